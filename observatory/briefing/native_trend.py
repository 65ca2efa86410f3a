"""The trend as office programs have it: series over one row of periods, cut where the screen cuts its lines."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from observatory.briefing.parts import Line, Lines
from observatory.charts.aims import FARTHEST_REFERENCE, FLAT
from observatory.charts.axes import position
from observatory.charts.labels import shortened
from observatory.period import parse_period
from observatory.quantities import shown
from observatory.rows.catalogue import BreakRow, IndicatorRow, TargetRow
from observatory.rows.observation import Observation
from observatory.rows.progress import ProjectionRow
from observatory.scales import lined_up
from observatory.series import (
    by_place,
    comparable_with_annual,
    last_with_value,
    milestones,
    name_of,
    references,
    runs,
    with_value,
)
from observatory.sheets.view import View
from observatory.territory import CITY

LOCALES = {"es": "240A", "en": "809"}  # Colombia, United Kingdom
LONGEST_NAME = 34  # of a reference, as on the screen
Path = dict[str, float]  # period → value as stored


@dataclass(frozen=True)
class Aims:
    """What a series is held against, and where it leads: targets and references, breaks, projections."""

    targets: Sequence[TargetRow] = ()
    breaks: Sequence[BreakRow] = ()
    projections: Sequence[ProjectionRow] = ()


def displayed(value: float | None, indicator: IndicatorRow) -> float | None:
    """A value in the unit it is shown in, free of the noise of binary fractions."""
    return None if value is None else float(f"{shown(value, indicator):.12g}")


def number_form(indicator: IndicatorRow, lang: str, decimals: int | None = None) -> str:
    """How a spreadsheet writes the values, in the language of the briefing; percent with their sign.

    The language's code lets programs that heed it write 14,8 in a Spanish briefing on an English machine.
    """
    wanted = indicator.decimals if decimals is None else decimals
    sign = '"%"' if indicator.symbol("es").startswith("%") else ""
    return f"[$-{LOCALES[lang]}]#,##0{'.' * bool(wanted)}{'0' * wanted}{sign}"


def trend_lines(view: View, indicator: IndicatorRow, rows: Sequence[Observation], place: str, aims: Aims) -> Lines:
    """A place and the city, target paths, references and projections over one row of categories; gaps stay empty."""
    known = with_value(rows)
    is_annual = all(comparable_with_annual(row, indicator) for row in known)
    steps = milestones(aims.targets, place) if is_annual else []
    years = {year_of(step) for step in aims.projections}
    ways = [list(mine) for _, mine in groupby(steps, key=lambda step: step.target_id)]
    begun = {row.period for row in known}
    started = {code for way in ways for code in _start(way, begun)}
    codes = _filled({*begun, *started, *(step.period or "" for step in steps), *years})
    aimed = [_target(view, way, _start(way, begun)) for way in ways]
    is_joined = any(_has_gap(path, codes) for _, path, _, _ in aimed)
    paths = _series(view, known, place, aims.breaks, codes, shares=not is_joined)
    paths += _projected(view, known, place, aims.projections) + aimed
    paths += _references(view, paths, aims.targets, codes) if is_annual else []
    lines = [
        Line(name, [displayed(path.get(code), indicator) for code in codes], role, is_labelled)
        for name, path, role, is_labelled in paths
    ]
    drawn = lines_of(view, indicator, [view.words.period(code) for code in codes], lines)
    return drawn._replace(is_joined=is_joined)


def lines_of(view: View, indicator: IndicatorRow, categories: Sequence[str], lines: Sequence[Line]) -> Lines:
    """A line chart whose axis runs over the same round steps as on the screen."""
    ticks = lined_up(value for line in lines for value in line.values if value is not None)
    step = ticks[1] - ticks[0]
    decimals = next((n for n in range(4) if abs(round(step, n) - step) < 1e-9), 4)
    form, tick_form = (number_form(indicator, view.lang, places) for places in (None, decimals))
    return Lines(categories, lines, form, ticks, tick_form)


_Named = tuple[str, Path, str, bool]  # name, values, role, whether its end is labelled


def _series(
    view: View,
    known: Sequence[Observation],
    place: str,
    breaks: Sequence[BreakRow],
    codes: Sequence[str],
    *,
    shares: bool,
) -> list[_Named]:
    """Each place's runs: those with an empty period between them may share a series, the others have one each."""
    at = {code: index for index, code in enumerate(codes)}
    found: list[_Named] = []
    series = by_place(known)
    for code, role in ((place, "place"), (CITY, "city")):
        if code not in series or (role == "city" and place == CITY):
            continue
        paths: list[Path] = []
        for run in sorted(runs(series[code], breaks), key=lambda run: position(run[0].period)):
            apart = (path for path in paths if max(at[one] for one in path) < at[run[0].period] - 1)
            free = next(apart, None) if shares else None
            if free is None:
                free = {}
                paths.append(free)
            free |= {row.period: row.value or 0.0 for row in run}
        last = last_with_value(series[code])
        name = name_of(code, view.book.names, view.words)
        found += [(name, path, role, last is not None and last.period in path) for path in paths]
    return found


def _projected(
    view: View, known: Sequence[Observation], place: str, projections: Sequence[ProjectionRow]
) -> list[_Named]:
    """Each model's path from the last value on; the first one is labelled and has its interval."""
    last = last_with_value(by_place(known).get(place, []))
    if last is None or last.value is None:
        return []
    w, found, start = view.words, [], {last.period: last.value}
    for number, (model, steps) in enumerate(groupby(projections, key=lambda step: step.model)):
        way, name = list(steps), f"{w('nature.projection')}, {w(f'projection.model.{model}')}"
        path = start | {year_of(step): step.value for step in way}
        found.append((w("nature.projection") if number == 0 else name, path, "projection", number == 0))
        if number == 0:
            named = f"{name}: {w('table.interval')}"
            found += [(named, start | {year_of(step): step.lower for step in way}, "interval", False)]
            found += [(named, start | {year_of(step): step.upper for step in way}, "interval", False)]
    return found


def year_of(step: ProjectionRow) -> str:
    """The year whose end a projection's moment is."""
    return str(math.ceil(step.moment) - 1)


def _start(steps: Sequence[TargetRow], known: Collection[str]) -> Path:
    """Where a target's path begins, as on the screen: its baseline; one level to hold begins with the series."""
    first = steps[0]
    if first.kind in FLAT and len(steps) == 1 and known:
        return {min(known, key=position): first.value or 0.0}
    if first.baseline_value is None or first.baseline_period is None:
        return {}
    return {first.baseline_period: first.baseline_value}


def _target(view: View, steps: Sequence[TargetRow], start: Path) -> _Named:
    role = "announced" if steps[0].role == "announced" else "target"
    return view.words(f"role.{role}"), start | {step.period or "": step.value or 0.0 for step in steps}, role, True


def _has_gap(path: Path, codes: Sequence[str]) -> bool:
    """Whether categories without a value lie between those of a path."""
    places = sorted(codes.index(code) for code in path)
    return any(later - earlier > 1 for earlier, later in pairwise(places))


def _references(
    view: View, paths: Sequence[_Named], targets: Sequence[TargetRow], codes: Sequence[str]
) -> list[_Named]:
    """Norms and guides as flat lines, but for those so far off that they would flatten the series."""
    farthest = FARTHEST_REFERENCE * max((value for _, path, _, _ in paths for value in path.values()), default=0.0)
    return [
        (
            shortened(row.name_en if view.lang == "en" else row.name_es, LONGEST_NAME),
            dict.fromkeys(codes, row.value or 0.0),
            "reference",
            True,
        )
        for row in references(targets)
        if not 0 < farthest < (row.value or 0.0)
    ]


def _filled(codes: Collection[str]) -> list[str]:
    """Periods in time order; the years in between where all are years, so that gaps are as wide as they are."""
    periods = sorted({parse_period(code) for code in codes}, key=lambda period: position(period.code))
    if periods and all(period.kind == "year" for period in periods):
        return [str(year) for year in range(periods[0].year, periods[-1].year + 1)]
    return [period.code for period in periods]
