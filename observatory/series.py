"""Series: which observations a line may join, and how a point says what it is."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from observatory.period import Period, parse_period
from observatory.quantities import interval, quantity
from observatory.rows.catalogue import BreakRow, IndicatorRow, TargetRow
from observatory.rows.observation import Observation
from observatory.territory import CITY
from observatory.wording import Words

HOLLOW_FLAGS = frozenset({"provisional", "estimated", "reestimated", "low_reliability"})
MODELLED_FLAG = "modelled"
FEW_EVENTS = 10


def by_place(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Rows of each territory in time order, absences included."""
    ordered = sorted(observations, key=lambda row: (row.territory_code, row.period_end, row.period_start))
    return {code: list(rows) for code, rows in groupby(ordered, key=lambda row: row.territory_code)}


def with_value(observations: Iterable[Observation]) -> list[Observation]:
    """Rows that carry a value; zero is one."""
    return [row for row in observations if row.value is not None]


def periods_of(observations: Iterable[Observation]) -> list[str]:
    """Periods in which any row carries a value, the oldest first."""
    ordered = sorted(with_value(observations), key=lambda row: (row.period_end, row.period_start))
    return list(dict.fromkeys(row.period for row in ordered))


def last_with_value(observations: Sequence[Observation]) -> Observation | None:
    """The newest row that carries a value."""
    return next((row for row in reversed(observations) if row.value is not None), None)


def joins(earlier: Period, later: Period) -> bool:
    """Whether a line may run from one period to the next: same kind and nothing missing in between.

    Years, semesters, quarters and months must touch. Year-to-date spans and counted days must be the same
    stretch one year later, other spans a window of equal length moved by one month.
    """
    if earlier.kind != later.kind:
        return False
    if earlier.kind not in ("span", "day"):
        return later.start == earlier.end + dt.timedelta(days=1)
    months = _months(later.start) - _months(earlier.start)
    same_length = _months(later.end) - _months(earlier.end) == months
    if earlier.kind == "day":
        return months == 12 and later.start.day == earlier.start.day
    return same_length and (months == 1 or (months == 12 and earlier.start.month == 1))


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month


def _length(period: Period) -> int:
    return _months(period.end) - _months(period.start) + 1


def runs(observations: Sequence[Observation], breaks: Iterable[BreakRow] = ()) -> list[list[Observation]]:
    """Stretches of one territory's rows that a line may join: cut at absences, gaps, other seasons and breaks."""
    starts = {parse_period(row.period).start for row in breaks}
    found: list[list[Observation]] = []
    for kind_rows in _by_kind(with_value(observations)):
        found.append([kind_rows[0]])
        for earlier, later in pairwise(kind_rows):
            is_cut = any(earlier.period_start < start <= later.period_start for start in starts)
            if is_cut or not joins(parse_period(earlier.period), parse_period(later.period)):
                found.append([])
            found[-1].append(later)
    return found


def between_breaks(observations: Iterable[Observation], period: str, breaks: Iterable[BreakRow]) -> list[Observation]:
    """Rows of any places that may be compared with a period: no series break lies between."""
    starts = sorted(parse_period(row.period).start for row in breaks)
    stretch = bisect.bisect_right(starts, parse_period(period).start)
    return [row for row in observations if bisect.bisect_right(starts, row.period_start) == stretch]


def _by_kind(rows: list[Observation]) -> list[list[Observation]]:
    """Rows apart by kind of period and, for spans, by their length, so that a year never meets a year-to-date."""
    kinds: dict[tuple[str, int], list[Observation]] = {}
    for row in rows:
        period = parse_period(row.period)
        kinds.setdefault((period.kind, _length(period)), []).append(row)
    return list(kinds.values())


def is_hollow(row: Observation) -> bool:
    """Whether a point is drawn hollow: provisional, estimated or of low reliability."""
    return not HOLLOW_FLAGS.isdisjoint(row.flags)


def is_modelled(row: Observation, indicator: IndicatorRow) -> bool:
    """Whether a value comes out of a model rather than an instrument, a register or a survey."""
    return indicator.nature == MODELLED_FLAG or MODELLED_FLAG in row.flags


def is_steady(row: Observation) -> bool:
    """Whether a value rests on enough events (ten) to set a scale for others; true where events are not counted."""
    return row.numerator is None or row.numerator >= FEW_EVENTS


def notes(row: Observation, indicator: IndicatorRow, words: Words) -> list[str]:
    """What must be said beside a value: its flags and, where the indicator is one, that it is modelled."""
    flags = row.flags
    if is_modelled(row, indicator) and MODELLED_FLAG not in flags:
        flags = [*flags, MODELLED_FLAG]
    return [words(f"flag.{flag}") for flag in flags]


def sayings(row: Observation, indicator: IndicatorRow, words: Words) -> str:
    """A value with all that belongs to it: 14,8 por 100.000 hab. (13,9–15,7) · provisional; or why it is absent."""
    if row.value is None:
        return words("chart.no_data", reason=words(f"absence.{row.absence or 'not_published'}"))
    ends = interval(row.lower, row.upper, indicator, words)
    parts = [quantity(row.value, indicator, words) + (f" ({ends})" if ends else "")]
    return " · ".join([*parts, *notes(row, indicator, words)])


def name_of(code: str, names: Mapping[str, str], words: Words) -> str:
    """A territory's name; the city's is the same in both languages."""
    return names.get(code) or (words("level.city") if code == CITY else code)


def comparable_with_annual(row: Observation, indicator: IndicatorRow) -> bool:
    """Whether a value may stand against a figure for a full year: not a count or rate of a part of the year."""
    period = parse_period(row.period)
    full = period.kind in ("year", "day") or (period.kind == "span" and _length(period) == 12)
    return full or indicator.measure not in ("count", "rate")


def milestones(targets: Iterable[TargetRow], place: str) -> list[TargetRow]:
    """Milestones that can be drawn for a place: numbers, in its own unit, set for that very place."""
    levels = ("increasing", "decreasing", "hold", "constant", "sum_per_year")
    return [
        row
        for row in targets
        if row.role != "reference"
        and row.kind in levels
        and row.territory_code == place
        and row.value is not None
        and row.period is not None
    ]


def references(targets: Iterable[TargetRow]) -> list[TargetRow]:
    """Reference levels with a number: norms, guides, national and international limits.

    Of the dated milestones of one reference only the last is a level to look at; those in force without a date all are.
    """
    known = [row for row in targets if row.role == "reference" and row.value is not None]
    levels = [row for row in known if row.kind != "percent_change"]
    last = {row.target_id: row for row in sorted(levels, key=lambda row: row.period or "") if row.period}
    return [row for row in levels if row.period is None or last[row.target_id] is row]
