"""What the city's target asks of its localities, and where a change of the city comes from, on the fixture."""

from __future__ import annotations

import pytest

from observatory.editions import reads
from observatory.editions.book import read_book
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow
from observatory.sheets.decomposition import splits
from observatory.sheets.needed import asked, is_askable
from tests.observatories import fixture_edition

BOOK = read_book(fixture_edition())
CODES = BOOK.localities()
RATE: IndicatorRow = BOOK.indicators["homicide_rate"]


def rows() -> list[Observation]:
    edition = fixture_edition()
    return reads.all_series(edition, "homicide_rate", "city") + reads.all_series(edition, "homicide_rate", "locality")


def target() -> ProgressRow:
    found = BOOK.against_target("homicide_rate")
    assert found is not None
    return found


def test_the_parts_of_a_change_add_up_to_what_the_screen_shows() -> None:
    for split in splits(RATE, rows(), CODES):
        parts = split.parts
        assert parts.within + parts.shift + split.elsewhere == pytest.approx(parts.total, abs=1e-12)
        city = {row.period: row.value for row in rows() if row.territory_code == "00"}
        assert parts.total == pytest.approx((city["2025"] or 0) - (city[split.first.period] or 0))


def test_unlocated_events_are_a_part_of_their_own() -> None:
    split = splits(RATE, rows(), CODES)[0]
    # 175 of 178 events are located in 2025, 228 of 230 in 2024; the population stands still
    assert split.parts.shift == pytest.approx(0)
    assert split.elsewhere == pytest.approx((3 - 2) / 2_074_000 * 100_000)
    assert split.parts.within == pytest.approx((175 - 228) / 2_074_000 * 100_000)


def test_the_last_change_and_the_longest_one_are_split() -> None:
    assert [(one.first.period, one.last.period) for one in splits(RATE, rows(), CODES)] == [
        ("2024", "2025"),
        ("2021", "2025"),
    ]


def test_no_change_is_split_across_a_break() -> None:
    assert [one.first.period for one in splits(RATE, rows(), CODES, ["2024"])] == ["2024"]
    assert splits(RATE, rows(), CODES, ["2025"]) == []


def test_a_locality_without_a_figure_is_left_out_of_both_ends_and_named() -> None:
    silent = [row for row in rows() if not (row.territory_code == "07" and row.period == "2024")]
    split = splits(RATE, silent, CODES)[0]
    assert split.missing == ("07",)
    assert split.parts.within + split.parts.shift + split.elsewhere == pytest.approx(split.parts.total, abs=1e-12)


def test_surveys_and_counts_are_not_split() -> None:
    assert splits(RATE._replace(nature="survey"), rows(), CODES) == []
    assert splits(RATE._replace(measure="count"), rows(), CODES) == []


def test_the_target_asks_events_of_the_fewest_localities() -> None:
    found = asked(RATE, target(), rows(), CODES)
    assert found.period == "2025"
    assert found.needed is not None
    assert found.needed.to_move == pytest.approx(178 - 8 * 20.74)
    assert [step.code for step in found.needed.smallest_set or ()] == ["18", "19"]
    assert found.needed.common_factor == pytest.approx((8 * 20.74 - 3) / 175)


def test_part_of_the_year_is_not_asked_for_a_yearly_target() -> None:
    part = [row._replace(period="2025-01--2025-08", period_end=row.period_end.replace(month=8)) for row in rows()]
    newest = [row for row in part if row.period_start.year == 2025]
    assert asked(RATE, target(), newest, CODES).refusal == "season"


def test_refusals_say_why() -> None:
    city = [row for row in rows() if row.territory_code == "00"]
    assert asked(RATE, target(), city, CODES).refusal == "no_localities"
    silent = [row for row in rows() if row.territory_code != "07"]
    found = asked(RATE, target(), silent, CODES)
    assert (found.refusal, found.places) == ("locality_without_value", ("07",))


def test_only_levels_of_rates_still_ahead_are_asked() -> None:
    assert is_askable(RATE, target())
    assert not is_askable(RATE, None)
    assert not is_askable(RATE._replace(measure="count"), target())
    assert not is_askable(RATE, target()._replace(final_period="2025"))
    assert not is_askable(RATE, target()._replace(method="year"))
    assert not is_askable(RATE, target()._replace(status="not_assessed", reason="definition_to_check"))
