"""Which method's verdict counts, and how it is told in the words of the statuses.

The catalogue declares one method for all (`deciding_method`), an indicator may declare its own (`decides`).

| method | its verdict becomes the status |
|---|---|
| path | as the path says |
| linear, geometric, projected | met · on track · faster needed → at risk · any other → lagging |
| trend | none is told against the target; the trend marker stands for the indicator |

Where the path says nothing because of the target itself (another definition, no number, a break), no other method
does; only a missing baseline or its missing date lets a pace be measured from the first comparable figure.

Source: own rule; the words of pace are those of Open SDG's progress measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from observatory.period import parse_period
from observatory.progress.case import LEVEL_KINDS, Case
from observatory.progress.comparability import Point, newest_run, points
from observatory.progress.cuts import Verdict
from observatory.progress.pace import MethodVerdict
from observatory.progress.path import Mark, decimal_year
from observatory.progress.projection import Bounds
from observatory.progress.reading import PathJudge, PathVerdict, Promise, Reading, TargetMethod, read
from observatory.progress.reasons import Reason
from observatory.progress.verdict import assess_target
from observatory.registry.models import Deciding, Indicator
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow

WITHOUT_BASE = {Reason.NO_BASELINE, Reason.NO_BASELINE_PERIOD}
STATUSES: Mapping[Verdict, str] = {"met": "met", "on_track": "on_track", "faster_needed": "at_risk"}
_ALONG: Mapping[str, Verdict] = {
    "met": "met",
    "on_track": "on_track",
    "over_executed": "on_track",
    "at_risk": "faster_needed",
}


def decided(row: ProgressRow, decides: Deciding, reading: Reading | None) -> ProgressRow:
    """The row with the status of the method that decides, its name in `method`.

    Args:
        row: what `assess_target` said along the path.
        decides: the method declared for the indicator.
        reading: the same series by every method; None where there is none to be read.
    """
    is_barred = row.status == "not_assessed" and row.reason not in WITHOUT_BASE
    if decides == "path" or is_barred:
        return row
    if decides == "trend":
        return row._replace(method="trend", status="not_assessed", reason=Reason.TREND_DECIDES)
    found = None if reading is None or reading.comparison is None else reading.comparison.decides
    if found is None or found.verdict is None:
        return row._replace(method=decides, status="not_assessed", reason=Reason.METHOD_GIVES_NONE)
    return row._replace(method=decides, status=STATUSES.get(found.verdict, "lagging"), reason=None)


def read_target(case: Case, row: ProgressRow, decides: Deciding) -> Reading | None:
    """A target's series read by every method; None where no pace can be asked for.

    Args:
        case: the target beside its series.
        row: what `assess_target` said of it.
        decides: the method declared for the indicator; where it is the trend, the path stands in for comparison.
    """
    final = case.milestones[-1] if case.milestones else None
    is_barred = row.status == "not_assessed" and row.reason not in WITHOUT_BASE
    if is_barred or final is None or final.period is None or case.sign is None or case.target.kind not in LEVEL_KINDS:
        return None
    breaks = [parse_period(step.period).start for step in case.indicator.breaks]
    run, _ = newest_run(comparable_points(case.indicator, case.series, row.period), breaks)
    method: TargetMethod = "path" if decides == "trend" else decides
    promise = Promise(final.value, final.period, 1 if case.sign > 0 else -1, _base(case), method)
    bounds = natural_bounds(case.indicator)
    return read(run, promise, case.indicator.measure, breaks, bounds, path_judge(case))


def comparable_points(indicator: Indicator, series: Sequence[Observation], until: str = "") -> list[Point]:
    """Points of a series up to the period `until`, all when it is empty.

    Weighted estimates of a survey keep their intervals and lose their numerators: these are not counted answers.
    """
    last = parse_period(until).end if until else None
    rows = [row for row in series if last is None or row.period_end <= last]
    found = points(rows, is_modelled=indicator.nature == "modelled")
    if indicator.nature == "survey":
        return [replace(point, numerator=None, denominator=None) for point in found]
    return found


def natural_bounds(indicator: Indicator) -> Bounds:
    """0 for what cannot be negative, 1 for a share that cannot pass the whole."""
    low, high = indicator.valid_range
    return Bounds(0.0 if low >= 0 else None, 1.0 if indicator.measure == "share" and high <= 1 else None)


def path_judge(case: Case) -> PathJudge:
    """What the path says of a series with points left out or moved."""
    rows = {(row.period_start, row.period_end): row for row in case.series}

    def judge(series: Sequence[Point]) -> PathVerdict | None:
        changed = [rows[point.start, point.end]._replace(value=point.value) for point in series]
        row = assess_target(replace(case, series=changed))
        return None if row.status == "not_assessed" else PathVerdict(row.status, _along(row))

    return judge


def _along(row: ProgressRow) -> MethodVerdict:
    """The path's status as a verdict of pace; lagging is `deteriorating` where the value moved away from the target."""
    behind: Verdict = "deteriorating" if row.share is not None and row.share < 0 else "limited"
    return MethodVerdict("path", None, None, row.share, _ALONG.get(row.status, behind), None)


def _base(case: Case) -> Mark | None:
    """The target's own baseline, where it has a value and a date."""
    baseline = case.target.baseline
    if baseline is None or baseline.value is None or baseline.period is None:
        return None
    return Mark(decimal_year(parse_period(baseline.period).end), baseline.value)
