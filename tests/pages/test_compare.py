"""What is compared names its sources and can be taken away as it is shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from observatory.editions import opening, reads
from observatory.editions.exports import COLUMNS
from observatory.period import parse_period
from observatory.wording import words
from tests.pages.conftest import Open, html_of

EN = words("en")


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the download buttons of a page would hand over, by their keys."""
    found: dict[str, Any] = {}

    def button(label: str, data: Any, name: str, *_: object, key: str, **__: object) -> None:
        found[key] = (label, name, data)

    monkeypatch.setattr("observatory.ui.downloads.st.download_button", button)
    return found


def lines(taken: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken["csv"][2]().decode("utf-8-sig"))))


def places(found: Sequence[dict[str, str]]) -> set[str]:
    return {row["territory_code"] for row in found}


def test_localities_side_by_side_name_publisher_and_cutoff_of_each_indicator(open_page: Open) -> None:
    html = unescape(html_of(open_page("compare", loc="08~19", lang="en")))
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>', html)
    start = EN("compare.published", publisher="\0", cutoff="").split("\0")[0]
    assert len(rows) > 20
    assert [row for row in rows if start not in row and "<small>" in row] == []


def test_what_stands_side_by_side_is_what_is_downloaded(open_page: Open, editions: Path, taken: dict[str, Any]) -> None:
    html = unescape(html_of(open_page("compare", loc="08~19", lang="en")))
    found = lines(taken)
    edition = opening.open_edition(opening.current_path(editions))
    shown = {row.indicator_id: row for row in reads.territory_sheet(edition, "08")}
    assert tuple(found[0]) == COLUMNS
    assert places(found) == {"00", "08", "19"}
    for row in found:
        assert row["period"] == shown[row["indicator_id"]].period
        assert row["source"]
        assert row["unit"]
        assert row["edition"] == edition.edition_id
        assert "tab=table" in row["link"]
        assert "loc=08~19" in row["link"]
    assert all(EN.period(parse_period(row["period"]).code) in html for row in found)
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken["xlsx"][2]()))
    figures, about = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert len(figures) == len(found) + 1
    assert {what for what, _ in about} >= {EN("export.definition"), EN("export.licence"), EN("export.edition")}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"tab": "slope", "ind": "homicide_rate_jan_aug", "t": "2019-01--2019-08..2026-01--2026-08"}, 42),
        ({"tab": "rank", "ind": "homicide_rate_jan_aug", "t": "2026-01--2026-08"}, 21),
    ],
)
def test_the_rows_of_a_comparison_are_its_own(
    open_page: Open, taken: dict[str, Any], query: dict[str, str], expected: int
) -> None:
    open_page("compare", lang="en", **query)
    found = lines(taken)
    assert len(found) == expected
    assert {row["period"] for row in found} == set(query["t"].split(".."))
    assert f"t={query['t']}" in found[0]["link"]


def test_one_indicator_alone_asks_for_another(open_page: Open) -> None:
    html = html_of(open_page("compare", lang="en", tab="scatter", ind="homicide_rate_jan_aug"))
    assert words("en")("compare.pick_two") in html
    assert words("en")("compare.not_cause") in html_of(open_page("compare", lang="en", tab="scatter"))


def test_one_period_alone_leads_on_to_the_order(open_page: Open) -> None:
    html = html_of(open_page("compare", lang="en", tab="slope", ind="safe_at_night"))
    assert words("en")("compare.one_period") in html
    assert words("en")("compare.see_in_order") in html


def test_a_scatter_gives_both_indicators(open_page: Open, taken: dict[str, Any]) -> None:
    open_page("compare", lang="en", tab="scatter", ind="homicide_rate_jan_aug~air_pm25_modelled")
    found = lines(taken)
    assert {row["indicator_id"] for row in found} == {"homicide_rate_jan_aug", "air_pm25_modelled"}
    assert {row["nature"] for row in found if row["indicator_id"] == "air_pm25_modelled"} == {EN("nature.modelled")}
