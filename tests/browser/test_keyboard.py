"""Everything that takes the focus has a name, and nobody has to walk through a list of twenty places."""

from __future__ import annotations

import pytest

from observatory.wording import words
from tests.browser.conftest import Reader

MOST_STOPS = 120
NAME = """() => {
    const one = document.activeElement;
    const label = document.getElementById(one.getAttribute("aria-labelledby"))?.textContent;
    const name = one.getAttribute("aria-label") || label || one.labels?.[0]?.textContent;
    return [one.tagName, name || one.textContent.trim()];
}"""


def stops(reader: Reader) -> list[tuple[str, str]]:
    """Tag and name of each stop of the Tab key, from the top of the page to its end."""
    page, found = reader.page, []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        tag, name = page.evaluate(NAME)
        if tag == "BODY":
            return found
        found.append((tag, name))
    raise AssertionError(f"more than {MOST_STOPS} stops")


@pytest.mark.parametrize("name", ["overview", "map", "indicator", "compare?tab=rank", "sources"])
def test_every_stop_of_the_keyboard_has_a_name(reader: Reader, name: str) -> None:
    page = reader.open(f"/{name}{'&' if '?' in name else '?'}lang=es")
    if name == "map":
        page.wait_for_selector(".deck-events-root[aria-label]")
    found = stops(reader)
    assert found[0][0] == "MAIN"  # Streamlit's own
    assert found[1][1] == words("es")("static.skip")
    assert [stop for stop in found if not stop[1]] == []


def test_the_first_stop_leads_past_the_head(reader: Reader) -> None:
    page = reader.open("/map?lang=es")
    page.get_by_role("link", name=words("es")("static.skip")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(NAME)[1] == words("es")("control.indicator")
    assert "#" not in page.url


def test_the_list_of_places_can_be_passed_by(reader: Reader) -> None:
    page = reader.open("/map?lang=es")
    page.get_by_role("link", name=words("es")("app.skip_list")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(NAME) == ["SUMMARY", words("es")("table.twin")]
    assert "#" not in page.url
