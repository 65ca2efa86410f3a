"""What a reader feels, in Chromium: first and second visit, another indicator, Back, print, what leaves the machine.

    make bench-browser                      # the page `indicator` beside the same content written the ordinary way
    python tasks.py bench-browser --quick   # fewer visits and changes

Medians; the two pages take turns.

painted: the frame with the line chart and the localities has been drawn; this is what the reader sees. On a second
    visit the browser shows the page as it drew it last, with links that work and without controls that do.
answers: the live page has drawn the same, and no page of an earlier visit stands before it. The ordinary page keeps
    nothing, so for it the two are one moment.
The first visit lasts two seconds after it is painted, as a reader's does at least; a page is kept once it is at rest.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from benchmarks import serving
from benchmarks.chromium import profile, watched
from observatory.editions import reads
from observatory.editions.opening import Edition, open_current

PRINTS = Path(__file__).resolve().parent.parent / "build" / "bench"
LINE = ".js-plotly-plot .scatterlayer path.js-line, .js-plotly-plot .scatterlayer path.point"
TREND = ".obs-live .obs-wide svg"  # drawn by the server; plotly takes over when it is pointed at

# In the page: when is everything drawn, and how long after the last key is the chart another one.
CLOCK = """
(isPainted) => {
  const kept = () => document.querySelector('#obs-kept')?.shadowRoot;
  const look = () => [...document.querySelectorAll('.obs-live, .js-plotly-plot')].slice(0, 1).map(plot =>
    [...plot.querySelectorAll('.obs-wide svg > *, .scatterlayer path, .infolayer text')].map(e =>
      (e.getAttribute('d') || e.textContent) + (e.getAttribute('transform') || '')).join()).join();
  const clock = window.benchmark = { painted: 0, answers: 0, changed: 0, key: 0, look: '' };
  const seen = {};
  addEventListener('keydown', event => {
    if (event.key === 'Enter') { clock.key = performance.now(); clock.look = look(); clock.changed = 0; }
  }, true);
  const tick = () => {
    const isLive = !clock.answers && isPainted(document);
    const shown = { painted: isLive || !clock.painted && kept() && isPainted(kept()), answers: isLive && !kept() };
    for (const name in shown) {
      if (!clock[name] && seen[name]) clock[name] = performance.now(); // the frame after the one that it came with
      seen[name] ||= shown[name];
    }
    const now = clock.key && !clock.changed ? look() : '';
    if (now && now !== clock.look) clock.changed = performance.now();
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}
"""
OURS = f"(shown) => shown.querySelector('{TREND} path') && shown.querySelectorAll('svg path').length >= 26"
ORDINARY = f"(shown) => shown.querySelector('{LINE}') && shown.querySelector('.js-plotly-plot canvas')"
STAY = 2000  # milliseconds a visit lasts once the page answers


class Visit(NamedTuple):
    """One visit: seconds until the page is painted and until it answers, bytes and files that came."""

    painted: float
    answers: float
    bytes: int
    files: int


@dataclass
class Felt:
    """What was measured of a page: seconds, bytes, milliseconds."""

    name: str
    url: str
    painted: str  # a function of a document or a kept page
    cold: list[float] = field(default_factory=list)
    cold_answers: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    warm_answers: list[float] = field(default_factory=list)
    cold_bytes: list[int] = field(default_factory=list)
    warm_bytes: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)
    back: list[float] = field(default_factory=list)
    back_is_exact: bool = False
    printed: str = ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--visits", type=int, default=10)
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--quick", action="store_true", help="three visits, eight changes")
    chosen = parser.parse_args()
    visits, changes = (3, 8) if chosen.quick else (chosen.visits, chosen.changes)
    with serving.exported() as folder, serving.dashboard() as mine, sync_playwright() as playwright:
        script, first = serving.ORDINARY / "indicator.py", first_indicator(open_current())
        with serving.streamlit(script, folder, OBSERVATORY_FIRST=first) as ordinary:
            ours = Felt("observatory", f"{mine.url}/indicator?ind={first}&lang=es", OURS)
            pages = [ours, Felt("ordinary", ordinary.url, ORDINARY)]
            measure(playwright, pages, visits, changes)
    print("\n".join(["", *report(pages)]))


def first_indicator(edition: Edition) -> str:
    """The first with a line for the city and values by locality, so that both pages begin with everything on them."""
    for row in reads.indicators(edition):
        if {"city", "locality"} <= set(row.levels) and len(reads.periods(edition, row.indicator_id, "city")) > 3:
            return row.indicator_id
    raise LookupError("no indicator has both a line for the city and values by locality")


def measure(playwright: Playwright, pages: list[Felt], visits: int, changes: int) -> None:
    """Visits in turns, then changes, Back and print on each page."""
    for number in range(visits + 1):
        for page in pages:
            _visits(playwright, page, is_counted=number > 0)
        print(f"  visit {number} of {visits}" if number else "  warmed up", flush=True)
    for page in pages:
        with profile(playwright) as context:
            _use(context, page, changes)
        print(f"  {page.name}: {len(page.changes)} changes", flush=True)


def _visits(playwright: Playwright, felt: Felt, *, is_counted: bool) -> None:
    """A first visit in a new profile, and a second one in the same."""
    with profile(playwright) as context:
        cold, warm = _visit(context, felt), _visit(context, felt)
    if is_counted:
        felt.cold.append(cold.painted)
        felt.cold_answers.append(cold.answers)
        felt.warm.append(warm.painted)
        felt.warm_answers.append(warm.answers)
        felt.cold_bytes.append(cold.bytes)
        felt.warm_bytes.append(warm.bytes)
        felt.files.append(cold.files)


def _visit(context: BrowserContext, felt: Felt) -> Visit:
    page, traffic = watched(context)
    _open(page, felt)
    painted, answers = page.evaluate("[benchmark.painted / 1000, benchmark.answers / 1000]")
    page.wait_for_timeout(STAY)
    felt.outside |= traffic.outside
    page.close()
    return Visit(painted, answers, traffic.bytes + traffic.messages, traffic.files)


def _open(page: Page, felt: Felt) -> None:
    page.add_init_script(f"({CLOCK})({felt.painted})")
    page.goto(felt.url, wait_until="commit")
    page.wait_for_function("window.benchmark && benchmark.answers", timeout=60_000)


def _use(context: BrowserContext, felt: Felt, changes: int) -> None:
    page, traffic = watched(context)
    _open(page, felt)
    page.wait_for_timeout(1500)
    _print(page, felt)
    attempts = 0
    while len(felt.changes) < changes and attempts < 3 * changes:
        attempts += 1
        changed = _change(page)
        if changed is not None:
            felt.changes.append(changed)
    _back(page, felt)
    felt.outside |= traffic.outside


def _change(page: Page) -> float | None:
    """Choose the next indicator by keyboard; milliseconds until the chart is another one, None when it stays empty."""
    page.locator("[data-testid=stSelectbox] input").first.click()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    waited = time.perf_counter()
    while time.perf_counter() - waited < 3:
        page.wait_for_timeout(50)
        clock = page.evaluate("({ key: benchmark.key, changed: benchmark.changed })")
        if clock["changed"]:
            page.wait_for_timeout(500)
            return float(clock["changed"] - clock["key"])
    return None


def _back(page: Page, felt: Felt) -> None:
    """Change once more and go back: is the page as it was, address and heading?"""

    def state() -> tuple[str, str]:
        return page.url, page.locator("h1").first.inner_text()

    before = state()
    if _change(page) is None or page.url == before[0]:
        return  # the address does not say what is shown: Back leaves the page
    started = time.perf_counter()
    page.go_back(wait_until="commit")
    while time.perf_counter() - started < 5:
        if state() == before:
            felt.back.append((time.perf_counter() - started) * 1000)
            felt.back_is_exact = True
            return
        page.wait_for_timeout(10)


def _print(page: Page, felt: Felt) -> None:
    """Print to PDF and say whether everything that is on the screen is on the paper."""
    PRINTS.mkdir(parents=True, exist_ok=True)
    target = PRINTS / f"print-{felt.name}.pdf"
    page.emulate_media(media="print")
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppViewContainer], .stApp')]
            .some(e => e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflowY !== 'visible')"""
    )
    canvases = page.locator("canvas").count()
    target.write_bytes(page.pdf(format="A4", print_background=True))
    page.emulate_media(media="screen")
    count = len(re.findall(rb"/Type\s*/Page[^s]", target.read_bytes()))
    parts = [f"{count} A4 pages", "cut at the window" if hidden else "whole"]
    if canvases:
        parts.append(f"{canvases} canvases print empty")
    felt.printed = ", ".join(parts)


def report(pages: list[Felt]) -> list[str]:
    """A line per measurement, a column per page, and what was to be reached."""
    mine = pages[0]
    rows: list[tuple[str, Callable[[Felt], str], str]] = [
        ("first visit, painted", lambda page: _seconds(page.cold), "2.1 s or less"),
        ("first visit, answers", lambda page: _seconds(page.cold_answers), ""),
        ("first visit, over the wire", lambda page: _megabytes(page.cold_bytes), "2.9 MB or less"),
        ("first visit, files", lambda page: f"{statistics.median(page.files):.0f}", ""),
        ("second visit, painted", lambda page: _seconds(page.warm), "0.55 s or less"),
        ("second visit, answers", lambda page: _seconds(page.warm_answers), ""),
        ("second visit, over the wire", lambda page: _megabytes(page.warm_bytes), ""),
        ("indicator chosen → chart", lambda page: _milliseconds(page.changes), "115 ms or less"),
        (
            "  of these, 95 % within",
            lambda page: _milliseconds(sorted(page.changes)[-max(1, len(page.changes) // 20) :][:1]),
            "",
        ),
        ("addresses outside", lambda page: str(len(page.outside)), "0"),
        (
            "Back",
            lambda page: f"exact, {_milliseconds(page.back)}" if page.back_is_exact else "leaves the page",
            "exact",
        ),
        ("print", lambda page: page.printed, "whole"),
    ]
    head = f"{'':<28}" + "".join(f"{page.name:<48}" for page in pages) + "to reach"
    lines = [f"{name:<28}" + "".join(f"{show(page):<48}" for page in pages) + goal for name, show, goal in rows]
    ratios = [
        f"{name}: {statistics.median(first) / statistics.median(second):.2f} of the ordinary page"
        for name, first, second in _compared(mine, pages[1])
    ]
    return [head, *lines, "", *ratios, *sorted(f"outside: {address}" for page in pages for address in page.outside)]


def _compared(mine: Felt, other: Felt) -> Iterable[tuple[str, list[float], list[float]]]:
    yield "first visit", mine.cold, other.cold
    yield "bytes", [float(size) for size in mine.cold_bytes], [float(size) for size in other.cold_bytes]
    yield "second visit, painted", mine.warm, other.warm
    yield "second visit, answers", mine.warm_answers, other.warm_answers
    if mine.changes and other.changes:
        yield "change", mine.changes, other.changes


def _seconds(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} s ({min(values):.2f}–{max(values):.2f})"


def _megabytes(values: list[int]) -> str:
    return f"{statistics.median(values) / 1e6:.2f} MB"


def _milliseconds(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} ms" if values else "–"


if __name__ == "__main__":
    main()
