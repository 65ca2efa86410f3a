"""One door to pace, trend and projection: a series against a target, read by every method side by side.

The indicator declares which method decides; the others stand beside it, and what they disagree on is told. Nothing is
read across a break, a change of vintage or of nature, nor part of a year against a year: the reading then holds the
refusal and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from observatory.period import Period
from observatory.progress.arrival import Arrival, arrival, needed_from_now
from observatory.progress.comparability import Point, Refusal, against_target, in_order, refusal
from observatory.progress.marker import Marker, trend_marker
from observatory.progress.pace import Method, MethodVerdict, Way, verdicts
from observatory.progress.path import Mark, decimal_year
from observatory.progress.projection import Bounds, Projection, project
from observatory.progress.robustness import Comparison, Judge, Robustness, compare, robustness
from observatory.registry.models import Measure

TargetMethod = Literal["path", "linear", "geometric", "projected"]
NO_BOUNDS = Bounds()


class PathVerdict(NamedTuple):
    """What the path says of a series: its status, and the same as a verdict to set beside the others."""

    status: str
    verdict: MethodVerdict


PathJudge = Callable[[Sequence[Point]], PathVerdict | None]


class Promise(NamedTuple):
    """What a series is held against.

    Args:
        target: promised value, in the unit of the series.
        period: period it is due in.
        sign: +1 when more is better, −1 when less is.
        base: value and moment it starts from; None, the first point of the series.
        decides: the method whose verdict counts.
    """

    target: float
    period: Period
    sign: Literal[1, -1]
    base: Mark | None = None
    decides: TargetMethod = "linear"


@dataclass(frozen=True)
class Reading:
    """How a series stands against a promise; all but the marker is None or empty under a refusal.

    `needed` is the pace from now on, in units a year; `comparison` is None where the path decides and tells nothing;
    `robustness` is that of the deciding method's verdict.
    """

    refusal: Refusal | None
    marker: Marker
    way: Way | None = None
    verdicts: tuple[MethodVerdict, ...] = ()
    comparison: Comparison | None = None
    robustness: Robustness | None = None
    needed: float | None = None
    arrival: Arrival | None = None
    projections: tuple[Projection, ...] = ()


def read(
    series: Sequence[Point],
    promise: Promise,
    measure: Measure,
    breaks: Sequence[dt.date] = (),
    bounds: Bounds = NO_BOUNDS,
    path: PathJudge | None = None,
) -> Reading:
    """Read a series against a promise by every method.

    Args:
        series: points of one territory (`observatory.progress.comparability.points`, or its `newest_run`).
        promise: target, its period, direction, base and deciding method.
        measure: what the indicator is; counts have no trend marker.
        breaks: first days from which the series is not comparable with what came before.
        bounds: natural limits for projections.
        path: what the path says of a series; needed when it decides.
    """
    known = in_order(series)
    marker = trend_marker(known, measure, promise.sign, breaks)
    refused = _refusal(known, promise, breaks)
    if refused is not None:
        return Reading(refused, marker)
    way = _way(known, promise)
    along = path(known) if path is not None else None
    said = verdicts(way) if along is None else (along.verdict, *verdicts(way))
    comparison = compare(said, promise.decides) if any(one.method == promise.decides for one in said) else None
    form: Literal["linear", "geometric"] = "linear" if promise.decides in ("path", "linear") else "geometric"
    return Reading(
        refusal=None,
        marker=marker,
        way=way,
        verdicts=said,
        comparison=comparison,
        robustness=_robustness(known, promise, path, comparison),
        needed=needed_from_now(way),
        arrival=arrival(way, form),
        projections=project(known, way.target, promise.sign, breaks, bounds),
    )


def _refusal(known: Sequence[Point], promise: Promise, breaks: Sequence[dt.date]) -> Refusal | None:
    found = refusal(known, breaks, 1 if promise.base is not None else 2)
    if found is not None:
        return found
    if promise.base is not None and any(promise.base.moment < decimal_year(day) <= known[-1].moment for day in breaks):
        return Refusal.SERIES_BREAK
    return against_target(known[-1], promise.period)


def _way(known: Sequence[Point], promise: Promise) -> Way:
    base = promise.base if promise.base is not None else known[0].mark
    return Way(base, known[-1].mark, Mark(decimal_year(promise.period.end), promise.target), promise.sign)


def _tried(known: Sequence[Point], promise: Promise) -> Sequence[Point]:
    """The points whose absence or error is tried: those after a declared base."""
    return known if promise.base is None else [point for point in known if point.moment > promise.base.moment]


def _robustness(
    known: Sequence[Point], promise: Promise, path: PathJudge | None, comparison: Comparison | None
) -> Robustness:
    agreement = None if comparison is None else comparison.agreement
    if promise.decides == "path":
        return robustness(_path_judge(known, promise, path), known, agreement, only_newest=True)
    return robustness(_judge(promise), _tried(known, promise), agreement)


def _path_judge(known: Sequence[Point], promise: Promise, path: PathJudge | None) -> Judge:
    """The path's status; once the target is due, only a value of its date can be judged."""
    due = decimal_year(promise.period.end)

    def judge(series: Sequence[Point]) -> str | None:
        if path is None or (known[-1].moment >= due > series[-1].moment):
            return None
        found = path(series)
        return None if found is None else found.status

    return judge


def _judge(promise: Promise) -> Judge:
    def judge(series: Sequence[Point]) -> str | None:
        if len(series) < (1 if promise.base is not None else 2):
            return None
        by_method: dict[Method, str | None] = {item.method: item.verdict for item in verdicts(_way(series, promise))}
        return by_method[promise.decides]

    return judge
