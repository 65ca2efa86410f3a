"""Pictures of every page: desktop and phone, Spanish and English, light and dark.

    make shots                               # all of them into build/shots/, the chosen few into docs/shots/
    python tasks.py shots --pages indicator map

`docs/shots/` holds one desktop picture of each page in Spanish, light, and the summary on a phone, small enough to be
committed.
"""

from __future__ import annotations

import argparse
import io
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Playwright, sync_playwright

from benchmarks import serving
from benchmarks.chromium import DESKTOP, PHONE, profile

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING, COMMITTED = ROOT / "build" / "shots", ROOT / "docs" / "shots"
PAGES = (*sorted(path.stem for path in (ROOT / "pages").glob("*.py")), "meeting")
LONGEST = 6000  # pixels of a page that are kept
COMMITTED_WIDTH, COLOURS = 1000, 128
FEATURED = {  # what a picture shows, where the page's own first choice shows less
    "indicator": "ind=homicide_rate",
    "meeting": "ind=homicide_rate&present=1",
}
SCREENS = {"meeting": "indicator"}  # pictures that are another way of looking at a page
SIZES = {"desktop": DESKTOP, "phone": PHONE}


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    page: str
    size: str
    lang: str
    theme: str

    @property
    def name(self) -> str:
        """`indicator-desktop-es-light`."""
        return f"{self.page}-{self.size}-{self.lang}-{self.theme}"

    @property
    def is_committed(self) -> bool:
        """Whether the picture belongs into docs/."""
        spanish_light = (self.lang, self.theme) == ("es", "light")
        return spanish_light and (self.size == "desktop" or self.page == "overview")


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=PAGES)
    parser.add_argument("--query", default="", help="further parameters of the address, such as ind=homicide_rate")
    chosen = parser.parse_args()
    EVERYTHING.mkdir(parents=True, exist_ok=True)
    COMMITTED.mkdir(parents=True, exist_ok=True)
    groups = list(itertools.product(SIZES, ("light", "dark")))
    with serving.dashboard() as server, sync_playwright() as playwright:
        for number, (size, theme) in enumerate(groups, start=1):
            shots = [Shot(page, size, lang, theme) for page in chosen.pages for lang in ("es", "en")]
            _take(playwright, server.url, shots, chosen.query)
            print(f"  {number * len(shots)} of {len(groups) * len(shots)} pictures", flush=True)
    print(f"pictures in {EVERYTHING.relative_to(ROOT)}; those of the documentation in {COMMITTED.relative_to(ROOT)}")


def _take(playwright: Playwright, url: str, shots: list[Shot], query: str) -> None:
    """Pictures of one size and theme, in one browser."""
    phone: dict[str, Any] = {"has_touch": True, "is_mobile": True} if shots[0].size == "phone" else {}
    with profile(playwright, viewport=SIZES[shots[0].size], color_scheme=shots[0].theme, **phone) as context:
        for shot in shots:
            page = context.new_page()
            asked = "&".join(part for part in (f"lang={shot.lang}", query or FEATURED.get(shot.page, "")) if part)
            page.goto(f"{url}/{SCREENS.get(shot.page, shot.page)}?{asked}")
            page.wait_for_selector("h1", timeout=60_000)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)  # plotly and deck.gl draw
            _stretch(page)
            _keep(shot, page.screenshot(full_page=True))
            page.close()


def _stretch(page: Any) -> None:
    """Make the window as tall as the page, which scrolls inside the window."""
    main = page.locator("[data-testid=stMain]")
    height = main.evaluate("e => e.scrollHeight") if main.count() else 0
    size = page.viewport_size
    if height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": min(height, LONGEST)})
        page.wait_for_timeout(900)


def _keep(shot: Shot, png: bytes) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.save(EVERYTHING / f"{shot.name}.png")
    if shot.is_committed:
        width = min(COMMITTED_WIDTH, picture.width)
        small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
        top = small.crop((0, 0, width, min(small.height, width * 3 // 2)))
        name = shot.page if shot.size == "desktop" else f"{shot.page}-{shot.size}"
        # The method that keeps rare colours: the marks of a status are few among many greys.
        top.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            COMMITTED / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    main()
