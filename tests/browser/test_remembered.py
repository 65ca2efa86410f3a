"""A second visit: the page as this browser drew it last, at once, and then the live one in its place."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, WebSocketRoute

from benchmarks.chromium import PHONE
from observatory.wording import words
from tests.browser.conftest import DRAWN, Reader, Served, window
from tests.editions_apart import books

VIEWS = (
    "/indicator?lang=es&ind=homicide_rate",
    "/overview?lang=en",
    "/map?lang=es&ind=homicide_rate_jan_aug",
    "/compare?lang=en",
    "/sources?lang=es",
)
SHOWN = "#obs-kept"
SCROLLER = "[data-testid=stMain]"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } })"
MAP = "[data-testid=stDeckGlJsonChart]"


class Line:
    """The line to the server: what it says is held back until the line is let go."""

    def __init__(self, page: Page) -> None:
        self._held: list[str | bytes] | None = []
        self._reader: WebSocketRoute | None = None
        page.route_web_socket("**/_stcore/stream*", self._joined)

    def _joined(self, reader: WebSocketRoute) -> None:
        self._reader, server = reader, reader.connect_to_server()
        reader.on_message(server.send)
        server.on_message(self._heard)

    def _heard(self, message: str | bytes) -> None:
        if self._held is None and self._reader is not None:
            self._reader.send(message)
        elif self._held is not None:
            self._held.append(message)

    def let_go(self) -> None:
        held, self._held = self._held or [], None
        for message in held:
            if self._reader is not None:
                self._reader.send(message)


def visit(reader: Reader, path: str) -> Page:
    """A visit that lasts until the page is kept."""
    page = reader.open(path)
    page.wait_for_function("path => localStorage.getItem(`obs-page ${path}`)", arg=path, timeout=DRAWN)
    return page


@pytest.fixture
def returning(reader: Reader) -> Iterator[tuple[Page, Line]]:
    """A reader on the second visit of an indicator, before the server has said anything."""
    page = visit(reader, VIEWS[0])
    line = Line(page)
    page.goto(reader.url + VIEWS[0])
    yield page, line
    assert reader.errors == []


def pixels(page: Page) -> np.ndarray:
    """What the window shows, without the map: WebGL cannot be kept, its place is empty."""
    shown = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    for place in page.locator(MAP).all():
        box = place.bounding_box()
        if box:
            top, left = int(max(box["y"], 0)), int(box["x"])
            shown[top : int(box["y"] + box["height"]) + 1, left : int(box["x"] + box["width"]) + 1] = 0
    return shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_page_is_there_before_the_server_speaks_and_looks_as_it_will(
    browser: Browser, dashboard: str, width: str, scheme: str
) -> None:
    small = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if width == "phone" else {}
    with window(browser, dashboard, color_scheme=scheme, **small) as reader:
        for path in VIEWS:
            reader.page.close()
            reader.page = reader.page.context.new_page()
            page = visit(reader, path)
            line = Line(page)
            page.goto(dashboard + path)
            page.wait_for_selector(SHOWN)
            page.wait_for_timeout(300)
            assert page.locator("#root h1").count() == 0, path
            before = pixels(page)
            line.let_go()
            reader.settle()
            page.wait_for_timeout(300)
            after = pixels(page)
            assert np.abs(before - after).max() <= 2, path  # corners are smoothed a little differently each time
            assert reader.errors == []


def test_it_goes_without_a_trace_and_the_live_page_takes_over_where_the_reader_is(
    returning: tuple[Page, Line],
) -> None:
    page, line = returning
    page.locator(f"{SHOWN} {SCROLLER}").evaluate("one => one.scrollTo(0, 900)")
    page.locator(f"{SHOWN} .obs-nav a").nth(2).evaluate("one => one.focus({ preventScroll: true })")
    href = page.locator(f"{SHOWN} .obs-nav a").nth(2).get_attribute("href")
    line.let_go()
    page.wait_for_selector(SHOWN, state="detached")
    assert page.locator(SCROLLER).evaluate("one => one.scrollTop") == 900
    assert page.evaluate("document.activeElement.getAttribute('href')") == href
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at)"
        )
        == []
    )
    assert page.locator("#root").evaluate("one => getComputedStyle(one).visibility") == "visible"
    page.locator("[data-testid=stSelectbox] input").first.click()
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")


def test_its_links_lead_on_and_its_controls_wait(returning: tuple[Page, Line]) -> None:
    page, _ = returning
    assert page.locator(f"{SHOWN} input:not([inert]), {SHOWN} button:not([inert])").count() == 0
    assert page.locator(SHOWN).get_attribute("aria-busy") == "true"
    page.locator(f"{SHOWN} .obs-nav a", has_text=words("es")("nav.sources")).click()
    page.wait_for_url("**/sources?*")


def test_on_paper_is_what_is_on_the_screen(returning: tuple[Page, Line]) -> None:
    page, line = returning
    page.emulate_media(media="print")
    assert page.locator(f"{SHOWN} h1").first.is_visible()
    assert page.locator("#root").evaluate("one => getComputedStyle(one).display") == "none"
    assert page.locator(f"{SHOWN} {SCROLLER}").evaluate("one => getComputedStyle(one).overflowY") == "visible"
    line.let_go()
    page.wait_for_selector(SHOWN, state="detached")
    assert page.locator("#root").evaluate("one => getComputedStyle(one).display") != "none"


def test_a_server_that_stays_silent_leaves_no_dead_page(returning: tuple[Page, Line]) -> None:
    page, _ = returning
    page.wait_for_selector(SHOWN, state="detached", timeout=12_000)


def test_without_its_scripts_the_kept_page_goes_at_once(reader: Reader) -> None:
    page = visit(reader, VIEWS[1])
    page.route("**/static/js/index.*.js", lambda route: route.abort())
    page.goto(reader.url + VIEWS[1])
    page.wait_for_timeout(500)
    assert page.locator(SHOWN).count() == 0


def test_nothing_of_another_edition_is_shown_by_a_visit_or_by_back(browser: Browser, served: Served) -> None:
    before, after = books()
    path = "/indicator?lang=en&ind=feels_safe"
    with window(browser, served.url) as reader:
        page = visit(reader, path)
        page.goto(f"{reader.url}/healthz")
        served.publish(after.edition_id)
        page.add_init_script("addEventListener('DOMContentLoaded', () => {"
                             " window.old = document.querySelector('#obs-kept') !== null; })")  # fmt: skip
        page.go_back()
        reader.settle()
        assert page.evaluate("window.old") is False
        page.wait_for_selector(".obs-key >> text=43.0", timeout=DRAWN)
        page.wait_for_function("id => Object.values(localStorage).some(one => one.includes(id))", arg=after.edition_id)
        assert page.evaluate("id => Object.values(localStorage).some(one => one.includes(`${id}.`))",
                             before.edition_id) is False  # fmt: skip
        page.goto(reader.url + path)
        assert page.evaluate("window.old") is True


@pytest.mark.parametrize("change", ["width", "scheme", "language"])
def test_a_page_that_was_drawn_for_something_else_is_not_shown(reader: Reader, change: str) -> None:
    page = visit(reader, "/overview")
    Line(page)
    if change == "width":
        page.set_viewport_size({"width": 800, "height": 900})
    elif change == "scheme":
        page.emulate_media(color_scheme="dark")
    else:
        page.add_init_script("Object.defineProperty(navigator, 'language', { get: () => 'en-GB' })")
    page.goto(f"{reader.url}/overview")
    assert page.locator(SHOWN).count() == 0


def test_the_first_address_shows_the_summary(reader: Reader) -> None:
    visit(reader, "/overview?lang=en")
    Line(reader.page)
    reader.page.goto(f"{reader.url}/?lang=en")
    assert reader.page.locator(f"{SHOWN} h1").count() == 1


def test_what_a_reader_did_to_a_page_is_not_kept(reader: Reader) -> None:
    page = visit(reader, VIEWS[0])
    page.evaluate("localStorage.clear()")
    page.locator(".obs-canvas summary").first.click()
    box = page.get_by_role("combobox", name=words("es")("search.label"))
    box.fill("un secreto")
    page.wait_for_timeout(1000)
    box.blur()
    page.wait_for_function("path => localStorage.getItem(`obs-page ${path}`)", arg=VIEWS[0], timeout=DRAWN)
    assert box.input_value() == "un secreto"
    kept = page.evaluate("Object.values(localStorage).join()")
    assert "secreto" not in kept
    assert "<details open" not in kept


def test_meeting_mode_and_embedded_pages_are_not_kept(reader: Reader) -> None:
    for extra in ("present=1", "embed=true"):
        reader.page.goto(f"{reader.url}{VIEWS[0]}&{extra}")
        reader.page.wait_for_selector(".obs-canvas h1", timeout=DRAWN)
        reader.page.wait_for_timeout(1500)
    assert reader.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('obs-page'))") == []


def test_a_reader_without_storage_reads_as_before(reader: Reader) -> None:
    reader.page.add_init_script(NO_STORAGE)
    for _ in range(2):
        page = reader.open(VIEWS[1])
        page.wait_for_timeout(800)
        assert page.locator("h1").count() > 0
    assert reader.errors == []
