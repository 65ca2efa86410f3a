"""How series stand against targets: statuses, paces, trends and projections."""

from __future__ import annotations

from typing import NamedTuple


class ProgressRow(NamedTuple):
    """How an indicator stands in a territory, computed once at the build."""

    indicator_id: str
    territory_code: str
    period: str
    method: str  # path · milestone · year · linear · geometric · projected · trend · change
    target_id: str | None
    plan_id: str | None
    baseline: float | None
    baseline_period: str | None
    value: float | None
    previous_value: float | None
    previous_period: str | None
    target: float | None
    target_period: str | None
    final_target: float | None
    final_period: str | None
    expected: float | None
    share: float | None
    expected_share: float | None
    final_share: float | None
    gap: float | None
    status: str
    robustness: str | None
    reason: str | None  # wording key reason.<code>
    leads: bool = False  # the row whose status stands for the indicator in this territory


class ReadingRow(NamedTuple):
    """A series read by every method, against a target or, where `target_id` is None, alone."""

    indicator_id: str
    territory_code: str
    target_id: str | None
    decides: str
    base_value: float | None
    base_period: str | None
    value: float | None
    period: str | None
    target: float | None
    target_period: str | None
    points: int
    cut_by: str | None  # wording key pace.refusal.<code>
    refusal: str | None  # wording key pace.refusal.<code>
    agreement: str | None  # agree · differ_in_degree · disagree
    robustness: str | None  # solid · fragile · methods_disagree
    trials: int
    needed: float | None  # units a year
    arrival: float | None  # decimal year
    arrival_reason: str | None  # wording key pace.reason.<code>


class MethodRow(NamedTuple):
    """What one method says of a reading: paces in units (linear) or fractions a year."""

    indicator_id: str
    territory_code: str
    target_id: str | None
    method: str  # path · linear · geometric · projected · no_target
    observed: float | None
    required: float | None
    ratio: float | None
    verdict: str | None
    reason: str | None  # wording key pace.reason.<code>


class TrialRow(NamedTuple):
    """A change of the series that would change the status."""

    indicator_id: str
    territory_code: str
    target_id: str
    trial: str  # left_out · at_lower_end · at_upper_end
    period: str
    status: str


class MarkerRow(NamedTuple):
    """Whether the last five comparable values have a trend; slope in units a year."""

    indicator_id: str
    territory_code: str
    first_period: str
    period: str
    trend: str | None
    verdict: str | None
    reason: str | None
    test: str | None
    slope: float | None
    chi_square: float | None
    p_value: float | None


class ProjectionModelRow(NamedTuple):
    """A model's backtest, and the probability of meeting the target where the backtest supports one."""

    indicator_id: str
    territory_code: str
    target_id: str
    model: str  # linear · geometric
    reason: str | None
    forecasts: int
    skill: float | None
    coverage: float | None
    longest: float | None
    mean_error: float | None
    probability: float | None
    probability_reason: str | None  # wording key projection.reason.<code>


class ProjectionRow(NamedTuple):
    """A model's value at a moment, a decimal year, with its 95 % interval."""

    indicator_id: str
    territory_code: str
    target_id: str
    model: str
    moment: float
    value: float
    lower: float
    upper: float
