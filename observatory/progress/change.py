"""The last change of a series: the newest value against the one before it that may be compared.

Comparable: the same season (kind of period and months covered) and no declared break between them. When both have
intervals and these overlap, the difference is within the uncertainty and the status is `unchanged`.
"""

from __future__ import annotations

from collections.abc import Sequence

from observatory.period import parse_period
from observatory.registry.models import Indicator
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow
from observatory.statistics.margins import is_within_margin


def assess_change(indicator: Indicator, series: Sequence[Observation]) -> ProgressRow | None:
    """The change of one series, or None when it has no two comparable values.

    Args:
        indicator: gives direction and breaks.
        series: observations of one territory and disaggregation, ordered by the end of their periods.
    """
    values = [row for row in series if row.value is not None]
    if not values:
        return None
    newest = values[-1]
    previous = next((row for row in reversed(values[:-1]) if _is_comparable(row, newest, indicator)), None)
    if previous is None:
        return None
    is_within = is_within_margin(indicator, newest, previous)
    status = "unchanged" if is_within else _status(indicator, newest, previous)
    return _row(newest, previous, status, "within_interval" if is_within else None)


def _is_comparable(earlier: Observation, later: Observation, indicator: Indicator) -> bool:
    starts = (parse_period(step.period).start for step in indicator.breaks)
    return earlier.season == later.season and not any(
        earlier.period_end < start <= later.period_end for start in starts
    )


def _status(indicator: Indicator, newest: Observation, previous: Observation) -> str:
    assert newest.value is not None and previous.value is not None
    if newest.value == previous.value:
        return "unchanged"
    if indicator.direction == "descriptive" or indicator.nature == "modelled":
        return "changed"  # a model without intervals cannot tell better from worse
    gain = _goodness(indicator, newest.value) - _goodness(indicator, previous.value)
    if gain == 0:
        return "unchanged"
    return "improving" if gain > 0 else "worsening"


def _goodness(indicator: Indicator, value: float) -> float:
    """A number that is greater when the value is better."""
    if indicator.desired_range is not None:
        low, high = indicator.desired_range
        return -max(low - value, value - high, 0.0)
    return value if indicator.direction == "higher_is_better" else -value


def _row(newest: Observation, previous: Observation, status: str, robustness: str | None) -> ProgressRow:
    return ProgressRow(
        indicator_id=newest.indicator_id,
        territory_code=newest.territory_code,
        period=newest.period,
        method="change",
        target_id=None,
        plan_id=None,
        baseline=None,
        baseline_period=None,
        value=newest.value,
        previous_value=previous.value,
        previous_period=previous.period,
        target=None,
        target_period=None,
        final_target=None,
        final_period=None,
        expected=None,
        share=None,
        expected_share=None,
        final_share=None,
        gap=None,
        status=status,
        robustness=robustness,
        reason=None,
    )
