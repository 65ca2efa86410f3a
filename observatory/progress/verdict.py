"""The verdict on one target in one territory; docs/decisions/progress.md tells the rules.

`met`: the final milestone is due and the value is at it or beyond it the good way. Before that the bands of the
catalogue give the status. A final milestone that is due and not reached is never better than at risk. Where a plan runs
beyond the last milestone it is known by, nothing is met yet: that milestone counts as one on the way.
"""

from __future__ import annotations

import datetime as dt

from observatory.period import Period, parse_period
from observatory.progress.bands import band, is_above
from observatory.progress.case import HOLD_KINDS, Case, Due
from observatory.progress.path import Mark, decimal_year, is_reached, standing
from observatory.progress.reasons import Reason
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow


def assess_target(case: Case) -> ProgressRow:
    """How the newest comparable value stands against the target; `not_assessed` and a reason where none can be told."""
    empty = _empty_row(case)
    reason = _reason_of_target(case)
    if reason is not None:
        return empty._replace(reason=reason)
    values = [row for row in case.series if row.value is not None]
    if not values:
        return empty._replace(reason=Reason.NO_VALUE)
    final = case.milestones[-1]
    comparable = [row for row in values if _comparable_reason(row, final) is None]
    if not comparable:
        return empty._replace(reason=_comparable_reason(values[-1], final))
    return _verdict(case, comparable[-1])


def _empty_row(case: Case) -> ProgressRow:
    target, milestones = case.target, case.milestones
    newest = next((row for row in reversed(case.series) if row.value is not None), None)
    final = milestones[-1] if milestones else None
    baseline = target.baseline
    final_period = final.period.code if final and final.period else None
    return ProgressRow(
        indicator_id=case.indicator.id,
        territory_code=case.territory_code,
        period=newest.period if newest else (final_period or ""),
        method="path",
        target_id=target.id,
        plan_id=target.plan,
        baseline=baseline.value if baseline else None,
        baseline_period=baseline.period if baseline else None,
        value=newest.value if newest else None,
        previous_value=None,
        previous_period=None,
        target=final.value if final else None,
        target_period=final_period,
        final_target=final.value if final else None,
        final_period=final_period,
        expected=None,
        share=None,
        expected_share=None,
        final_share=None,
        gap=None,
        status="not_assessed",
        robustness=None,
        reason=None,
    )


def _reason_of_target(case: Case) -> Reason | None:
    """Why the target itself allows no verdict."""
    target, milestones = case.target, case.milestones
    kinds = {"percent_change": Reason.PERCENT_CHANGE_WITHOUT_BASE, "sum": Reason.SUM_WITHOUT_FLOWS}
    if target.role == "reference":
        return Reason.REFERENCE_ONLY
    if target.fit == "none":
        return Reason.DIFFERENT_DEFINITION
    if target.kind in kinds:
        return kinds[target.kind]
    if target.fit == "check_definition":
        return Reason.DEFINITION_TO_CHECK
    if not milestones:
        return Reason.TARGET_WITHOUT_NUMBER
    if case.indicator.nature == "modelled":
        return Reason.MODELLED_AGAINST_LIMIT
    return _reason_of_direction(case)


def _reason_of_direction(case: Case) -> Reason | None:
    if case.sign is None:
        return Reason.NO_DIRECTION
    kinds = {"increasing": 1, "decreasing": -1}
    return Reason.DIRECTION_CONTRADICTED if kinds.get(case.target.kind, case.sign) != case.sign else None


def _comparable_reason(row: Observation, due: Due) -> Reason | None:
    """Why a value of this period may not be held against a milestone of that one."""
    period = parse_period(row.period)
    if due.period is None or due.period.kind != "year" or period.kind in ("year", "day"):
        return None
    if period.is_year_to_date:
        return Reason.YEAR_TO_DATE_AGAINST_YEAR
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return None if months >= 12 else Reason.PART_OF_YEAR_AGAINST_YEAR


def _verdict(case: Case, row: Observation) -> ProgressRow:
    period = parse_period(row.period)
    result = _empty_row(case)._replace(period=row.period, value=row.value)
    due = _due_at(case.milestones, period)
    result = result._replace(target=due.value, target_period=due.period.code if due.period else None)
    if case.target.kind in HOLD_KINDS:
        return _against_level(case, row, result)
    if case.target.kind == "sum_per_year":
        return _against_year(case, row, result)
    baseline = case.target.baseline
    if baseline is None or baseline.value is None or baseline.period is None:
        missing = Reason.NO_BASELINE if baseline is None or baseline.value is None else Reason.NO_BASELINE_PERIOD
        return _against_milestone(case, row, result, missing)
    return _on_path(case, row, result, Due(parse_period(baseline.period), baseline.value))


def _due_at(milestones: list[Due], period: Period) -> Due:
    """The milestone due at the period or next after it; the last when all have passed."""
    return next((due for due in milestones if due.period is None or due.period.end >= period.end), milestones[-1])


def _on_path(case: Case, row: Observation, result: ProgressRow, baseline: Due) -> ProgressRow:
    reason = _reason_of_path(case, row, baseline)
    if reason is not None:
        return result._replace(reason=reason)
    assert row.value is not None
    steps = [due.mark for due in case.milestones if due.period]
    stands = standing(Mark(decimal_year(row.period_end), row.value), baseline.mark, steps)
    is_within = row.lower is not None and row.upper is not None and row.lower <= stands.expected <= row.upper
    result = result._replace(**stands._asdict(), robustness="within_interval" if is_within else None)
    return _with_status(case, row, result)


def _reason_of_path(case: Case, row: Observation, baseline: Due) -> Reason | None:
    """Why the path cannot be drawn, or holds nothing for this value."""
    assert baseline.period is not None
    steps, start = case.milestones, baseline.period
    if any(due.period is None for due in steps):
        return Reason.TARGET_WITHOUT_PERIOD
    if any(due.period is not None and due.period.end <= start.end for due in steps):
        return Reason.MILESTONES_BEFORE_BASELINE
    if steps[-1].value == baseline.value:
        return Reason.TARGET_EQUALS_BASELINE
    if row.period_end < start.end:
        return Reason.VALUE_BEFORE_BASELINE
    if row.period_end == start.end:
        return Reason.VALUE_AT_BASELINE
    return Reason.SERIES_BREAK_BETWEEN if _is_broken(case, start.end, row) else None


def _is_broken(case: Case, since: dt.date, row: Observation) -> bool:
    """Whether the series has a declared break after `since` and up to the value."""
    starts = (parse_period(step.period).start for step in case.indicator.breaks)
    return any(since < start <= row.period_end for start in starts)


def _with_status(case: Case, row: Observation, result: ProgressRow) -> ProgressRow:
    assert row.value is not None and case.sign is not None
    final = case.milestones[-1]
    assert final.period is not None
    has_reached, is_due = is_reached(row.value, final.value, case.sign), row.period_end >= final.period.end
    if is_due and case.is_final_known:
        return _when_due(case, result, has_reached)
    if not is_due and final.period.end < case.built_on:
        return result._replace(reason=Reason.TARGET_IN_THE_PAST_WITH_NO_VALUE)
    if result.share is None:
        return result._replace(reason=Reason.NOTHING_DUE_YET)
    early = Reason.REACHED_BEFORE_DUE if has_reached else None
    reason = Reason.LATER_TARGETS_UNKNOWN if is_due else early
    return result._replace(status=band(result.share, case.bands), reason=reason)


def _when_due(case: Case, result: ProgressRow, has_reached: bool) -> ProgressRow:
    if has_reached:
        return result._replace(status="met")
    share = result.share
    is_near = share is not None and is_above(share, case.bands.at_risk_above)
    return result._replace(status="at_risk" if is_near else "lagging", reason=Reason.DUE_NOT_REACHED)


def _against_level(case: Case, row: Observation, result: ProgressRow) -> ProgressRow:
    """A level to be kept: the value is at it or beyond it, or it is not; never measured against the baseline."""
    return _reached_or_not(case, row, result._replace(method="milestone", expected=result.target), Reason.LEVEL_ONLY)


def _against_year(case: Case, row: Observation, result: ProgressRow) -> ProgressRow:
    """What was done in a year against what was programmed for it; years are not added and there is no baseline."""
    period = parse_period(row.period)
    of_year = next((due.value for due in case.milestones if due.period and due.period.code == period.code), None)
    if of_year is None or of_year == 0 or case.sign != 1:
        return result._replace(reason=Reason.NOT_PROGRAMMED)
    assert row.value is not None
    share = row.value / of_year
    result = result._replace(method="year", expected=of_year, share=share, reason=Reason.YEAR_ONLY)
    return result._replace(status=band(share, case.bands))


def _against_milestone(case: Case, row: Observation, result: ProgressRow, missing: Reason) -> ProgressRow:
    """Without a dated baseline there is no path: only a milestone of the value's year, or the last once due, counts.

    A break of the series after the plan's first year parts the value from the series the target was set on.
    """
    period, final = parse_period(row.period), case.milestones[-1]
    has_milestone = any(due.period is not None and due.period.end == period.end for due in case.milestones)
    is_due = final.period is not None and period.end >= final.period.end
    if not (has_milestone or is_due):
        is_late = final.period is not None and final.period.end < case.built_on
        return result._replace(reason=Reason.TARGET_IN_THE_PAST_WITH_NO_VALUE if is_late else missing)
    if case.plan_starts is not None and _is_broken(case, dt.date(case.plan_starts, 12, 31), row):
        return result._replace(reason=Reason.SERIES_BREAK_BETWEEN)
    return _reached_or_not(
        case, row, result._replace(method="milestone", expected=result.target), Reason.MILESTONE_ONLY
    )


def _reached_or_not(case: Case, row: Observation, result: ProgressRow, reason: Reason) -> ProgressRow:
    assert row.value is not None and result.target is not None and case.sign is not None
    final = case.milestones[-1]
    is_due = final.period is None or row.period_end >= final.period.end
    if not is_reached(row.value, result.target, case.sign):
        return result._replace(status="lagging", reason=Reason.DUE_NOT_REACHED if is_due else reason)
    if is_due and case.is_final_known:
        return result._replace(status="met", reason=reason)
    return result._replace(status="on_track", reason=Reason.LATER_TARGETS_UNKNOWN if is_due else reason)
