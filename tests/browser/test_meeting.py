"""A meeting in a real browser: keys walk it, Esc ends it at its briefing, Back takes it up again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

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
