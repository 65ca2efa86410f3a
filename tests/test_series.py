"""Lines join only what may be joined."""

from __future__ import annotations

import pytest

from observatory.period import parse_period
from observatory.rows.catalogue import BreakRow
from observatory.rows.observation import Observation
from observatory.series import between_breaks, comparable_with_annual, joins, milestones, runs, sayings
from observatory.wording import words
from tests import drawing


@pytest.mark.parametrize(
    ("earlier", "later", "may"),
    [
        ("2023", "2024", True),
        ("2022", "2024", False),
        ("2023-12", "2024-01", True),
        ("2023-11", "2024-01", False),
        ("2024-Q4", "2025-Q1", True),
        ("2024-S1", "2024-S2", True),
        ("2024-01--2024-08", "2025-01--2025-08", True),
        ("2024-01--2024-08", "2026-01--2026-08", False),
        ("2024-01--2024-07", "2024-01--2024-08", False),
        ("2024-08--2024-10", "2024-09--2024-11", True),
        ("2024-08--2024-10", "2025-08--2025-10", False),
        ("2018-12-30", "2019-12-30", True),
        ("2018-12-30", "2019-06-30", False),
        ("2024", "2025-01--2025-08", False),
    ],
)
def test_a_line_joins_only_touching_periods_of_one_kind(earlier: str, later: str, may: bool) -> None:
    assert joins(parse_period(earlier), parse_period(later)) is may


def periods(found: list[list[Observation]]) -> list[list[str]]:
    return [[row.period for row in run] for run in found]


def test_runs_are_cut_at_years_without_figure() -> None:
    assert periods(runs(drawing.city_rates())) == [["2019", "2020"], ["2022", "2023", "2024", "2025"]]


def test_runs_are_cut_at_absences_and_keep_zero() -> None:
    rows = [drawing.observation("00", year, value) for year, value in (("2019", 0.0), ("2020", None), ("2021", 0.0))]
    assert periods(runs(rows)) == [["2019"], ["2021"]]


def test_runs_are_cut_at_a_series_break() -> None:
    breaks = [BreakRow("homicide_rate", "2024", "-", "-")]
    assert periods(runs(drawing.city_rates(), breaks))[1:] == [["2022", "2023"], ["2024", "2025"]]


def test_a_year_is_never_joined_to_a_part_of_a_year() -> None:
    rows = [drawing.observation("00", code, 1.0) for code in ("2024", "2024-01--2024-08", "2025-01--2025-08")]
    assert periods(runs(rows)) == [["2024"], ["2024-01--2024-08", "2025-01--2025-08"]]


def test_only_targets_with_a_number_for_the_very_place_are_milestones() -> None:
    others = [
        drawing.target("2025", 1.0, territory_code=None),
        drawing.target("2025", 1.0, role="reference"),
        drawing.target("2025", 1.0, kind="percent_change"),
        drawing.target("2025", 1.0)._replace(value=None),
    ]
    assert milestones([*others, *drawing.TARGETS], "00") == list(drawing.TARGETS)
    assert milestones(drawing.TARGETS, "08") == []


def test_a_part_of_a_year_is_comparable_with_a_year_unless_it_counts() -> None:
    part = drawing.of("00")[-1]
    assert not comparable_with_annual(part, drawing.indicator())
    assert comparable_with_annual(part, drawing.indicator(measure="mean"))
    assert comparable_with_annual(drawing.city_rates()[0], drawing.indicator())


def test_a_value_says_its_interval_and_its_flags_and_an_absence_its_reason() -> None:
    row = drawing.observation("00", "2025", 14.8, lower=13.9, upper=15.7, flag="provisional")
    assert sayings(row, drawing.indicator(), words("es")) == "14,8\u00a0por 100.000 hab. (13,9–15,7) · provisional"
    silent = drawing.observation("00", "2025", None, absence="late")
    assert sayings(silent, drawing.indicator(), words("en")) == words("en")(
        "chart.no_data", reason=words("en")("absence.late")
    )
    modelled = sayings(row._replace(flag=""), drawing.indicator(nature="modelled"), words("en"))
    assert modelled.endswith("· modelled")


def test_a_stretch_ends_at_the_breaks_around_a_period() -> None:
    rows = drawing.city_rates()
    last = rows[-1].period
    broken = [BreakRow("x", last, "porque", "because")]
    assert between_breaks(rows, last, []) == rows
    assert [row.period for row in between_breaks(rows, last, broken)] == [last]
    assert between_breaks(rows, rows[0].period, broken) == rows[:-1]
