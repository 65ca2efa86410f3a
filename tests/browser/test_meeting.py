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
