"""Values that may not stand in one line are refused, each for its reason."""

from __future__ import annotations

import datetime as dt

import pytest

from observatory.period import parse_period
from observatory.progress.comparability import Point, Refusal, against_target, newest_run, points, refusal
from observatory.rows.observation import Observation


def point(code: str, value: float = 1.0, **changes: object) -> Point:
    period = parse_period(code)
    fields: dict[str, object] = {"season": period.season, **changes}
    return Point(period.start, period.end, value, **fields)  # type: ignore[arg-type]


def years(*numbers: int) -> list[Point]:
    return [point(str(number)) for number in numbers]


def observation(period: str, value: float | None, flag: str = "", denominator: str | None = "sdp_2025") -> Observation:
    span = parse_period(period)
    absence = None if value is not None else "not_published"
    return Observation(
        "homicide_rate", "00", period, "total", span.start, span.end, span.season, value, None, None, None, None, None,
        flag, absence, "scj_homicides", "0" * 64, denominator,
    )  # fmt: skip


def test_unbroken_years_may_stand_in_one_line() -> None:
    assert refusal(years(2021, 2022, 2023)) is None
    assert refusal(years(2021, 2023)) is None
    assert refusal(years(2021), minimum=2) is Refusal.FEW_POINTS
    assert refusal([]) is Refusal.FEW_POINTS


def test_a_break_parts_what_came_before() -> None:
    breaks = [dt.date(2022, 1, 1)]
    assert refusal(years(2021, 2022), breaks) is Refusal.SERIES_BREAK
    assert refusal(years(2022, 2023), breaks) is None


def test_vintages_models_and_seasons_are_not_mixed() -> None:
    old, new = point("2021", vintage="sdp_2018"), point("2022", vintage="sdp_2025")
    assert refusal([old, new]) is Refusal.MIXED_VINTAGES
    assert refusal([point("2021"), point("2022", is_modelled=True)]) is Refusal.MODELLED_WITH_MEASURED
    assert refusal([point("2025"), point("2026-01--2026-08")]) is Refusal.MIXED_SEASONS
    assert refusal([point("2025-01--2025-08"), point("2026-01--2026-08")]) is None


def test_rolling_averages_are_not_independent() -> None:
    rolling = [point("2024-01--2025-12", season="span"), point("2025-01--2026-12", season="span")]
    assert refusal(rolling) is Refusal.OVERLAPPING_PERIODS
    assert refusal(years(2024, 2024)) is Refusal.OVERLAPPING_PERIODS


@pytest.mark.parametrize(
    ("period", "target", "expected"),
    [
        ("2026-01--2026-08", "2026", Refusal.PART_OF_YEAR_AGAINST_YEAR),
        ("2026-Q4", "2026", Refusal.PART_OF_YEAR_AGAINST_YEAR),
        ("2026", "2027", None),
        ("2025-07--2026-06", "2026", None),
        ("2019-12-30", "2027", None),
        ("2026-Q4", "2026-Q4", None),
    ],
)
def test_part_of_a_year_is_not_held_against_a_year(period: str, target: str, expected: Refusal | None) -> None:
    assert against_target(point(period), parse_period(target)) is expected


def test_the_newest_run_ends_where_something_parts_it() -> None:
    series = [*years(2019, 2020, 2021, 2022), point("2021-01--2021-08"), point("2022-01--2022-08")]
    run, cut = newest_run(series, [dt.date(2020, 1, 1)])
    assert ([item.end.year for item in run], cut) == ([2020, 2021, 2022], Refusal.SERIES_BREAK)
    assert newest_run([]) == ([], None)
    assert newest_run(years(2020, 2021))[1] is None


def test_points_keep_zero_and_drop_absence() -> None:
    rows = [observation("2022", 0.0), observation("2021", 4.0, "modelled provisional"), observation("2023", None)]
    found = points(rows)
    assert [(item.value, item.is_modelled, item.vintage) for item in found] == [
        (4.0, True, "sdp_2025"),
        (0.0, False, "sdp_2025"),
    ]
    assert all(item.is_modelled for item in points(rows, is_modelled=True))
    assert found[0].moment == 2022
