"""Where localities are asked of an indicator told for the city alone, it is said so: never another one in its place."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from observatory.editions import opening
from observatory.editions.book import read_book
from observatory.quantities import number
from observatory.wording import LANGUAGES, Lang, words
from tests.pages.conftest import Open, html_of


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("indicator", "other"),
    [
        ("homicide_rate", "homicide_rate_jan_aug"),
        ("household_internet", "internet_dwellings_2018"),
        ("income_gini", "low_income_household_share"),
    ],
)
def test_the_map_of_a_city_s_indicator_says_so_and_opens_no_other(
    open_page: Open, editions: Path, lang: Lang, indicator: str, other: str
) -> None:
    page = open_page("map", ind=indicator, lang=lang)
    html, book = unescape(html_of(page)), read_book(opening.open_current(editions))
    row, latest, w = book.indicators[indicator], book.latest_city[indicator], words(lang)
    assert w("indicator.city_only") in html
    assert row.name(lang) in html
    assert number(latest.value or 0.0, row, w) in html
    assert f"/map?lang={lang}&ind={other}" in html
    assert not page.get("deck_gl_json_chart")
    assert page.selectbox(key="obs-ind").value == indicator


def test_the_city_s_own_indicators_offer_only_what_is_told_by_locality(editions: Path) -> None:
    book = read_book(opening.open_current(editions))
    for row in book.indicators.values():
        near = [book.indicators[one] for one in [*row.related, *([row.by_locality] if row.by_locality else [])]]
        assert not near or "locality" not in row.levels, row.indicator_id
        assert all("locality" in one.levels for one in near), row.indicator_id


@pytest.mark.parametrize("tab", ["rank", "slope", "scatter"])
def test_a_comparison_of_a_city_s_indicator_says_so(open_page: Open, tab: str) -> None:
    html = unescape(html_of(open_page("compare", ind="homicide_rate", tab=tab, lang="es")))
    assert words("es")("indicator.city_only") in html
    assert f"/compare?lang=es&ind=homicide_rate_jan_aug&tab={tab}" in html
