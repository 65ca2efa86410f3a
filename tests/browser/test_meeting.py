"""A meeting in a real browser: keys walk it, Esc ends it at its briefing, Back takes it up again."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest

from observatory.links import short_code
from observatory.wording import words
from tests.browser.conftest import Reader

AGENDA = "~".join(
    short_code(page, query) for page, query in (("overview", {}), ("indicator", {"ind": "homicide_rate"}), ("plan", {}))
)


def test_esc_returns_to_the_briefing_and_back_to_the_meeting(reader: Reader) -> None:
    page = reader.open(f"/briefing?lang=es&agenda={AGENDA}&title=Sesi%C3%B3n")
    page.get_by_role("link", name=words("es")("share.present")).click()
    page.wait_for_selector("[data-meeting]")
    reader.settle()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/indicator?*present=1*")
    page.wait_for_selector("[data-meeting] >> text=2 / ")
    page.keyboard.press("Escape")
    page.wait_for_url("**/briefing?*")
    page.wait_for_selector(".obs-agenda")
    query = parse_qs(urlsplit(page.url).query)
    assert query["agenda"] == [AGENDA]
    assert query["title"] == ["Sesión"]
    assert "present" not in query
    page.go_back()
    page.wait_for_url("**/indicator?*present=1*")
    page.wait_for_selector("[data-meeting] >> text=2 / ")
    assert page.locator(".obs-head").count() == 0
    assert reader.errors == []


def test_no_words_of_the_summary_run_into_another_at_four_to_three(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 1024, "height": 768})
    page = reader.open("/?lang=es&present=1")
    page.wait_for_selector("[data-meeting]")
    reader.settle()
    boxes = page.evaluate(
        "[...document.querySelectorAll('.obs-tile span')].map((one) => { const range = document.createRange();"
        " range.selectNodeContents(one); const box = range.getBoundingClientRect(); return [box.left, box.right]; })"
    )
    assert len(boxes) > 4
    assert all(earlier[1] < later[0] for earlier, later in pairwise(boxes))


def test_home_and_end_walk_to_the_ends_and_the_sign_of_keys_goes_with_the_mouse(reader: Reader) -> None:
    page = reader.open(f"/?lang=es&present=1&agenda={AGENDA}")
    page.wait_for_selector("[data-meeting] >> text=1 / 3")
    reader.settle()
    assert page.locator(".obs-screen-keys").is_hidden()
    page.mouse.move(300, 300)
    page.locator(".obs-screen-keys").wait_for(state="visible")
    page.locator(".obs-screen-keys").wait_for(state="hidden")
    page.keyboard.press("End")
    page.wait_for_selector("[data-meeting] >> text=3 / 3")
    page.keyboard.press("Home")
    page.wait_for_selector("[data-meeting] >> text=1 / 3")


@pytest.mark.parametrize("view", ["/indicator?ind=homicide_rate", "/compare?tab=slope", "/indicator?tab=rank"])
def test_on_a_phone_the_picture_has_the_width_of_the_screen(phone: Reader, view: str) -> None:
    page = phone.open(f"{view}&lang=es&present=1")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.obs-screen-picture > svg')].some(
            one => one.getBoundingClientRect().width > innerWidth * 0.6)"""
    )


SMALLEST = """least => {
  const root = document.querySelector("[data-meeting]"), found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode, parent = one.parentElement;
    if (!one.textContent.trim() || parent.closest("title, desc, style") || !parent.checkVisibility()) continue;
    const drawn = parent.closest("text");
    const matrix = drawn ? drawn.getScreenCTM() : null;
    const scale = matrix ? Math.hypot(matrix.a, matrix.b) : new DOMMatrix(getComputedStyle(root).transform).a;
    const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
    if (size < least) found.push(`${size.toFixed(1)} ${one.textContent.trim().slice(0, 40)}`);
  }
  return found;
}"""
KINDS = (
    "/?",
    "/theme?theme=governance",
    "/indicator?ind=homicide_rate",
    "/indicator?ind=homicide_rate_jan_aug&tab=rank&loc=08",
    "/indicator?ind=homicide_rate_jan_aug&tab=line",
    "/map?ind=homicide_rate_jan_aug",
    "/map?ind=safe_at_night&lvl=upl",
    "/territory?loc=08",
    "/compare?loc=08~19",
    "/compare?tab=slope&ind=homicide_rate_jan_aug&loc=08",
    "/compare?tab=scatter&ind=homicide_rate_jan_aug~air_pm25_modelled",
    "/compare?tab=rank&ind=homicide_rate_jan_aug&loc=08",
    "/plan?",
    "/plan?plan=youth_policy_2019_2030",
    "/changes?",
    "/sources?",
)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768), (3840, 2160)])
def test_every_word_of_every_kind_of_view_is_large_enough_for_ten_metres(
    reader: Reader, width: int, height: int
) -> None:
    """28 pixels of a screen 1920 wide, in proportion on others; on every screen of the view."""
    reader.page.set_viewport_size({"width": width, "height": height})
    for kind in KINDS:
        page = reader.open(f"{kind}&lang=es&present=1")
        page.wait_for_selector("[data-meeting][data-step]")
        for _ in range(4):
            assert page.evaluate(SMALLEST, 28 * width / 1920) == [], kind
            at, total = str(page.locator("[data-meeting]").get_attribute("data-step")).split("/")
            if at == total:
                break
            page.keyboard.press("ArrowDown")
