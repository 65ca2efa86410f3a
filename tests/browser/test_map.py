"""The map on a phone: right after its title and choices, nothing cut, no button in another language."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Reader

MAP = "[data-testid=stDeckGlJsonChart]"


@pytest.mark.parametrize(("width", "height", "above"), [(390, 844, 844), (844, 390, 390)])
def test_the_map_of_a_phone_begins_on_its_first_screen(reader: Reader, width: int, height: int, above: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": height})
    page = reader.open("/map?lang=es&ind=homicide_rate_jan_aug")
    page.wait_for_selector(MAP)
    places = page.evaluate(
        f"['h1', '{MAP}', '.obs-map-beside section']"
        ".map((one) => document.querySelector(one).getBoundingClientRect().top)"
    )
    assert places[0] < places[1] < above
    if width < height:
        assert places[1] < places[2]
    ends = page.evaluate(
        "[...document.querySelectorAll('.stButtonGroup button')].map((one) => [one.getBoundingClientRect().right,"
        " one.closest('.stButtonGroup').getBoundingClientRect().right, one.scrollWidth - one.clientWidth])"
    )
    assert all(right <= edge + 1 and over <= 0 for right, edge, over in ends)


def test_the_map_has_no_toolbar_of_its_own(reader: Reader) -> None:
    page = reader.open("/map?lang=es&ind=homicide_rate_jan_aug")
    page.wait_for_selector(MAP)
    page.locator(MAP).hover()
    assert page.locator("[data-testid=stMain] [data-testid=stElementToolbar]:visible").count() == 0
