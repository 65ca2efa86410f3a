"""What a plan promises on one indicator, and what was reported of it: the inputs of `annualization`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from observatory.progress.reporting import Periodicity, Quarter

Annualization = Literal["sum", "constant", "increasing", "decreasing"]
BaselineKind = Literal["declared", "fictitious", "assumed_zero", "not_used", "unknown"]


class Remark(StrEnum):
    """What an assessment rests on, or why part of it has no value."""

    FICTITIOUS_BASELINE = "fictitious_baseline"
    BASELINE_ASSUMED_ZERO = "baseline_assumed_zero"
    BASELINE_UNKNOWN = "baseline_unknown"
    DIRECTION_CONTRADICTED = "direction_contradicted"
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    NO_YEARLY_TARGETS = "no_yearly_targets"
    NO_FINAL_TARGET = "no_final_target"
    NOT_PROGRAMMED_THIS_YEAR = "not_programmed_this_year"
    BEFORE_FIRST_TARGET = "before_first_target"
    NOT_STARTED = "not_started"
    NOTHING_DUE_YET = "nothing_due_yet"
    NO_REPORT = "no_report"
    NO_REPORT_THIS_YEAR = "no_report_this_year"


class Report(NamedTuple):
    """What was reported for a quarter; None where nothing was. Publishers' filler zeros must come in as None."""

    quarter: Quarter
    value: float | None


class Baseline(NamedTuple):
    """Where a level starts from, and where that number comes from."""

    value: float | None
    kind: BaselineKind


@dataclass(frozen=True)
class Commitment:
    """What a plan promises on one indicator, in the unit of its reports.

    Args:
        annualization: how reports add up to progress.
        targets: target of each year; None or a missing year is not programmed.
        final_target: what is promised at the end; for a sum, the total.
        baseline: level at the start, None when the plan gives none.
        periodicity: how often it is measured, None when the plan does not say.
        starts: first quarter of the indicator.
        ends: last year of the indicator.
    """

    annualization: Annualization
    targets: Mapping[int, float | None]
    final_target: float | None
    baseline: float | None = None
    periodicity: Periodicity | None = None
    starts: Quarter | None = None
    ends: int | None = None

    @property
    def is_level(self) -> bool:
        """Whether reports are levels measured from the baseline."""
        return self.annualization in ("increasing", "decreasing")


def programmed(commitment: Commitment) -> dict[int, float]:
    """The years that have a target, in order.

    Source:
        District rule: a yearly target of 0 means "not programmed that year", except in a decreasing indicator whose
        final target is 0.
    """
    counts_zero = commitment.annualization == "decreasing" and commitment.final_target == 0
    years = sorted(commitment.targets.items())
    return {year: target for year, target in years if target is not None and (target != 0 or counts_zero)}


def fictitious_baseline(commitment: Commitment) -> float | None:
    """Baseline of a decreasing indicator whose plan gives none; None without yearly targets.

    Formula:
        (first target − final target) / (last year − first year + 1) + first target. The last year is the indicator's
        end when known, else its last target's; the final target is the last one when the plan leaves it out.

    Source:
        Rule RN-CUA-009 of the District's follow-up system.

    Example:
        >>> fictitious_baseline(Commitment("decreasing", {2020: 100, 2021: 80, 2022: 60}, 40))
        120.0
    """
    targets = programmed(commitment)
    if not targets:
        return None
    first_year, last_year = min(targets), max(targets)
    final = commitment.final_target if commitment.final_target is not None else targets[last_year]
    years = (commitment.ends or last_year) - first_year + 1
    return None if years <= 0 else (targets[first_year] - final) / years + targets[first_year]


def baseline_of(commitment: Commitment) -> Baseline:
    """The baseline the formulas use: declared, fictitious (decreasing), 0 (increasing); none for sum and constant."""
    if not commitment.is_level:
        return Baseline(None, "not_used")
    if commitment.baseline is not None:
        return Baseline(commitment.baseline, "declared")
    if commitment.annualization == "increasing":
        return Baseline(0.0, "assumed_zero")
    value = fictitious_baseline(commitment)
    return Baseline(value, "unknown" if value is None else "fictitious")


def contradicts_direction(commitment: Commitment) -> bool:
    """Whether a level is to end on the wrong side of its baseline: an increasing one below, a decreasing one above.

    Source:
        Consistency rules of the District's plans, one of V14, V16 and V17.
    """
    baseline, final = commitment.baseline, commitment.final_target
    if baseline is None or final is None or not commitment.is_level:
        return False
    return final < baseline if commitment.annualization == "increasing" else final > baseline
