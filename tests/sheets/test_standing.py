"""How an indicator stands is told with what it is held against: badges, late arrivals, places without figures."""

from __future__ import annotations

import re

import pytest

from observatory.editions import reads
from observatory.editions.book import read_book
from observatory.links import ViewState
from observatory.look import look
from observatory.plan_rows import AggregateRow
from observatory.progress.pace import PaceReason
from observatory.sheets import arrival
from observatory.sheets.indicator import finding, shown_by
from observatory.sheets.indicator_head import head
from observatory.sheets.overview import sentences_html
from observatory.sheets.trends import change_in_brief, change_told, moves, trend_told
from observatory.sheets.view import View
from observatory.wording import LANGUAGES, Lang, Words
from tests import drawing
from tests.observatories import fixture_edition

BOOK = read_book(fixture_edition())
RATE = "homicide_rate"


def view_in(lang: Lang, page: str = "indicator", **state: tuple[str, ...]) -> View:
    return View(page, BOOK, ViewState(**state), [], Words(lang), look("light"), look("light"))  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_names_the_period_it_is_held_against(lang: Lang) -> None:
    view = view_in(lang)
    change = drawing.progress(method="change", status="changed", value=9.0, previous_value=8.0, previous_period="2024")
    assert change_told(view, change) == ("rising", view.words("change.rising", period="2024"))
    fell = change._replace(previous_value=10.0)
    assert change_told(view, fell) == ("falling", view.words("change.falling", period="2024"))
    better = fell._replace(status="improving")
    assert change_told(view, better) == ("improving", view.words("change.improving", period="2024"))


def test_what_reads_the_same_is_not_said_to_have_moved() -> None:
    view = view_in("es")
    row = drawing.progress(method="change", status="improving", value=9.01, previous_value=9.02, previous_period="2024")
    assert change_told(view, row) == ("unchanged", view.words("change.same", period="2024"))


def test_a_trend_names_its_years_and_stands_beside_a_change_only_where_they_differ() -> None:
    view = view_in("es")
    told = trend_told(view, RATE, "00")
    assert told is not None
    assert told.text.startswith("2021 a 2025: ")
    assert [one.status for one in moves(view, RATE, "00")] == ["unchanged"]
    assert trend_told(view, "feels_safe", "00") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_without_figures_is_told(lang: Lang) -> None:
    view = view_in(lang, ind=("feels_safe",), loc=("11",))
    drawn = head(view, shown_by(view))
    assert view.words("indicator.not_there", place=view.name("11"), shown=view.name("00")) in drawn
    here = view_in(lang, ind=(RATE,), loc=("11",))
    assert 'role="status"' not in head(here, shown_by(here))


def test_the_title_of_a_locality_names_it() -> None:
    view = view_in("es", ind=(RATE,), loc=("11",))
    assert finding(view, shown_by(view)).startswith(f"{view.name('11')}: la ")
    city = view_in("es", ind=(RATE,))
    assert finding(city, shown_by(city)).startswith("La ")


def test_further_away_says_from_which_baseline_and_not_arriving_once() -> None:
    view = view_in("es")
    read = next(row for row in reads.readings(BOOK.edition, RATE) if row.territory_code == "00")
    away = read._replace(arrival=None, arrival_reason=PaceReason.MOVING_AWAY, base_period="2023")
    said = arrival.said(view, away, drawing.progress())
    assert said == view.words("court.away_from_baseline", period="2023")
    assert said.count("no llega") == 1
    undated = drawing.progress(baseline_period=None)
    assert arrival.said(view, away, undated) == view.words("court.away_from_first", period="2023")
    still = arrival.said(view, read._replace(arrival=None, arrival_reason=PaceReason.STANDING_STILL), undated)
    assert len(re.findall("no llega", still, re.IGNORECASE)) == 1


def test_on_track_that_arrives_late_says_so() -> None:
    view = view_in("es")
    found = reads.readings(BOOK.edition, RATE)
    late = next(row for row in found if row.arrival is not None and row.arrival > 2028 and row.territory_code == "00")
    row = drawing.progress(indicator_id=RATE, target_id=late.target_id, status="on_track")
    assert arrival.late(view, row) == view.words("court.late", year=2028, due=view.words.period("2027"))
    assert arrival.late(view, row._replace(status="lagging")) == ""


def test_verdicts_without_a_share_are_counted_outside_the_mean() -> None:
    counts = {"met": 0, "on_track": 3, "at_risk": 0, "lagging": 1, "over_executed": 0, "not_assessed": 2}
    row = AggregateRow("2025-Q4", "policy", "", "result", 6, 3, 0, 1.0, 0.8, 0.8, 0.9, 0.9, **counts)
    assert row.outside == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_criterion_of_best_and_worst_is_told_beside_them(lang: Lang) -> None:
    view = view_in(lang, "overview")
    assert view.words("overview.chosen_by").split(":")[0] in sentences_html(view)


def test_a_narrow_cell_tells_the_year_alone_where_the_same_months_are_compared() -> None:
    view = view_in("es")
    row = drawing.progress(
        method="change", status="improving", value=8.0, period="2026-01--2026-08", previous_period="2025-01--2025-08"
    )
    assert change_in_brief(view, row) == ("improving", f"{view.words('status.improving')} (2025)")
    day = row._replace(period="2025-12-30", previous_period="2025-06-30")
    assert change_in_brief(view, day).text.endswith(f"({view.words.period('2025-06-30')})")
