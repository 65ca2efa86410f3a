"""Cards, the course of a locality and the accounts of a source, on the fixture."""

from __future__ import annotations

import dataclasses
import re

import pytest

from observatory.editions import reads
from observatory.editions.book import read_book
from observatory.links import ViewState
from observatory.look import look
from observatory.rows.account import AccountRow
from observatory.sentences import listed
from observatory.sheets.accounting import accounts_html
from observatory.sheets.cards import card
from observatory.sheets.table import table
from observatory.sheets.territory import body, origins, sheet_rows, strengths, theme_grid
from observatory.sheets.view import View
from observatory.wording import LANGUAGES, Lang, Words
from tests.observatories import fixture_edition

BOOK = read_book(fixture_edition())


def view_in(lang: Lang, page: str = "overview") -> View:
    return View(page, BOOK, ViewState(), [], Words(lang), look("light"), look("light"))


def test_names_that_hold_commas_are_parted_by_semicolons() -> None:
    names = ["tasa de deserción, sector oficial", "homicidios", "embarazo", "jóvenes"]
    assert listed(names[1:], Words("es")) == "homicidios, embarazo y jóvenes"
    assert listed(names, Words("es")) == "tasa de deserción, sector oficial; homicidios; embarazo; y jóvenes"
    assert (
        listed([*names, "otra"], Words("en")) == "tasa de deserción, sector oficial; homicidios; embarazo; and 2 more"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_card_has_an_empty_hole(lang: Lang) -> None:
    view = view_in(lang)
    for indicator in BOOK.indicators.values():
        drawn = card(view, indicator)
        course = drawn.split('<div class="obs-course">')[1]
        rows = [row for row in reads.series(BOOK.edition, indicator.indicator_id, ["00"]) if row.value is not None]
        assert ("obs-spark" in course) == (len(rows) > 1)
        assert re.sub(r"<[^>]+>", "", course).strip()
        if len(rows) > 1:
            assert view.words.period(rows[0].period) in course
            assert view.words.period(rows[-1].period) in course


def test_a_locality_is_drawn_against_itself_where_it_has_three_figures() -> None:
    code = BOOK.localities()[0]
    found: dict[str, int] = {}
    for row in reads.place_series(BOOK.edition, code):
        assert row.territory_code == code
        found[row.indicator_id] = found.get(row.indicator_id, 0) + (row.value is not None)
    sheet = body(view_in("es", "territory"), code)
    shown = {row.indicator_id for row in reads.territory_sheet(BOOK.edition, code) if row.value is not None}
    assert sheet.count("obs-spark") == sum(found[one] >= 3 for one in shown)


def test_a_row_says_its_order_where_no_way_is_good_and_that_it_is_estimated() -> None:
    view, code = view_in("es", "territory"), BOOK.localities()[0]
    rows = {row.indicator_id: row for row in sheet_rows(view, code)}
    judged = next(
        row for row in BOOK.indicators.values() if row.direction == "lower_is_better" and row.measure == "mean"
    )
    latest = rows[judged.indicator_id]._replace(value=9.0, city_value=10.0, lower=None, above=3, below=16, equal=1)
    for direction, nature, place, versus in (
        ("lower_is_better", "official", "territory.placed", "better"),
        ("lower_is_better", "modelled", "territory.placed", "below_estimated"),
        ("descriptive", "official", "territory.placed_highest", "below"),
    ):
        changed = judged._replace(direction=direction, nature=nature)
        book = dataclasses.replace(BOOK, indicators={**BOOK.indicators, judged.indicator_id: changed})
        grid = theme_grid(dataclasses.replace(view, book=book), judged.theme_id, [latest])
        ordinal = view.words("territory.ordinal", n=4 if direction == "descriptive" else 17)
        said = [cell.text for cell in grid.rows[0]]
        assert (said[3], said[5]) == (view.words(f"versus.{versus}"), view.words(place, place=ordinal, total=20))


def test_what_a_locality_does_best_names_each_measure_once_and_says_that_nothing_worries() -> None:
    view, code = view_in("es", "territory"), BOOK.localities()[0]
    row = next(one for one in sheet_rows(view, code) if BOOK.indicators[one.indicator_id].measure == "mean")
    judged = BOOK.indicators[row.indicator_id]._replace(nature="official", direction="lower_is_better")
    labels = {
        "one": "Lesionados viales por 100.000 hab.",
        "two": "Lesionados viales, tasa del anuario",
        "three": "Tasa de hurto",
    }
    indicators = {
        one: judged._replace(indicator_id=one, label_es=label, position=place)
        for place, (one, label) in enumerate(labels.items())
    }
    rows = [
        row._replace(indicator_id=one, value=1.0, city_value=2.0, lower=0.9, upper=1.1, above=18, below=1, equal=1)
        for one in indicators
    ]
    said = strengths(dataclasses.replace(view, book=dataclasses.replace(BOOK, indicators=indicators)), rows)
    assert "anuario" not in said[0]
    assert [label.split()[0].lower() in said[0] for label in (labels["one"], labels["three"])] == [True, True]
    assert said[1:] == [view.words("territory.no_worst")]


def test_a_sheet_names_each_publisher_once_with_its_cutoffs() -> None:
    view, code = view_in("es", "territory"), BOOK.localities()[0]
    said = origins(view, sheet_rows(view, code))
    assert said in body(view, code)
    for row in sheet_rows(view, code):
        source = BOOK.sources[row.source_id]
        assert said.count(f"{source.publisher_acronym or source.publisher} (") == 1


def test_accounts_take_one_line_per_file_with_every_reason() -> None:
    rows = [
        AccountRow("s", "file", "a.csv", "observed", "used", 90),
        AccountRow("s", "file", "a.csv", "excluded", "outside_bogota", 9),
        AccountRow("s", "file", "a.csv", "quarantined", "locality_lost", 1),
    ]
    html = accounts_html(view_in("es", "sources"), rows)
    assert html.count("<tr>") == 2
    assert ">100<" in html
    assert ">90<" in html
    assert "<div>9: fuera de Bogotá</div>" in html
    assert "<div>1 en cuarentena: " in html


def test_a_stacked_table_says_the_header_of_each_cell() -> None:
    html = table("x", ["A", "B <"], [["1", "2"], ["3", ""]], css="obs-stack")
    assert '<td data-label="B &lt;">2</td>' in html
    assert "<td></td>" in html
    assert "data-label" not in table("x", ["A", "B"], [["1", "2"]])
