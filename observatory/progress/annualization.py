"""Progress of a plan's indicator at a cut, by the four types of annualization of the District.

With LB the baseline, MV the target of the year, MVp the target of the year before, MF the final target, AV the progress
accumulated at the cut and m = 3 × the effective quarter (`observatory.progress.reporting`):

| quantity | sum | constant | increasing, decreasing |
|---|---|---|---|
| value of the year | Σ reports of the year | last report of the year | last report of the year |
| AV, accumulated progress | Σ reports of all years | last report, 0 if none | last report, LB if none |
| MP, target of the period | MV·m/12 | MVp + (MV − MVp)·m/12; with no year before, MV | MVp + (MV − MVp)·m/12, from LB |
| MA, accumulated target | Σ targets of earlier years + MP | MP | MP |
| PAV, share of the year | Σ reports of the year / MP | last report / MP | (last report − LB) / (MP − LB) |
| PHV, share to date | AV / MA | AV / MA | (AV − LB) / (MA − LB) |
| PAF, share of the final target | AV / MF | AV / MF | (AV − LB) / (MF − LB) |
| TID, expected share | MA / MF | MA / MF | (MA − LB) / (MF − LB) |
| gap | PAF − TID | PAF − TID | PAF − TID |

Shares are fractions, 1 is all of it. A divisor of 0 gives no value. A decreasing indicator that worsens has a negative
share. A constant one is never measured against the baseline. Zero is a value; None is absence.

Source: formulas of the District's follow-up workbooks for public policies (SDP), as reproduced and tested by the
follow-up tools of the Secretariat for Social Integration; definitions in SDP's follow-up report of CONPES D.C. 08.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from observatory.errors import PeriodError
from observatory.progress.bands import band
from observatory.progress.commitment import (
    Baseline,
    Commitment,
    Remark,
    Report,
    baseline_of,
    contradicts_direction,
    programmed,
)
from observatory.progress.reporting import Quarter, effective_quarter, has_started
from observatory.registry.models import Bands

_BARS = (
    Remark.NO_YEARLY_TARGETS,
    Remark.BASELINE_UNKNOWN,
    Remark.TARGET_EQUALS_BASELINE,
    Remark.NOTHING_DUE_YET,
)


@dataclass(frozen=True)
class Assessment:
    """Where a commitment stands at a cut; see the module for the formulas. Values in the unit of the reports."""

    cut: Quarter
    effective_quarter: int
    baseline: Baseline
    year_target: float | None
    previous_target: float | None
    period_target: float | None
    accumulated_target: float | None
    final_target: float | None
    year_value: float | None
    accumulated: float | None
    last_report: Quarter | None
    year_share: float | None
    share: float | None
    expected_share: float | None
    final_share: float | None
    gap: float | None
    has_started: bool
    remarks: tuple[Remark, ...]


def year_target(commitment: Commitment, year: int) -> float | None:
    """MV: the target of a year. A level or constant with none that year is held to the last earlier one.

    Example:
        >>> year_target(Commitment("increasing", {2021: 20, 2023: 25, 2025: 40}, 90), 2024)
        25
    """
    targets = programmed(commitment)
    return targets.get(year) if commitment.annualization == "sum" else _last_until(targets, year)


def previous_target(commitment: Commitment, year: int) -> float | None:
    """MVp: the last target before a year; with none, the baseline of a level, the year's own target of a constant."""
    if commitment.annualization == "sum":
        return None
    earlier = _last_until(programmed(commitment), year - 1)
    if earlier is not None:
        return earlier
    return baseline_of(commitment).value if commitment.is_level else year_target(commitment, year)


def _last_until(targets: Mapping[int, float], year: int) -> float | None:
    return next((target for when, target in sorted(targets.items(), reverse=True) if when <= year), None)


def period_target(commitment: Commitment, year: int, quarter: int) -> float | None:
    """MP: the target of the year up to the effective quarter, 0 to 4; None when the plan has no yearly targets.

    Formula:
        sum MV·m/12; others MVp + (MV − MVp)·m/12, with m = 3 × quarter. Before its first target a level is held to its
        baseline and a constant to 0: the plan asks nothing yet.

    Example:
        >>> period_target(Commitment("sum", {2026: 50_000}, 500_000), 2026, 2)
        25000.0
        >>> period_target(Commitment("increasing", {2025: 40, 2026: 100}, 200, 0), 2026, 2)
        70.0
    """
    targets = programmed(commitment)
    if not targets:
        return None
    target, way = year_target(commitment, year), quarter / 4
    if commitment.annualization == "sum":
        return (target or 0.0) * way
    if target is None:
        return baseline_of(commitment).value if commitment.is_level else 0.0
    before = previous_target(commitment, year)
    if before == target or way == 1:
        return target
    return None if before is None else before * (1 - way) + target * way


def accumulated_target(commitment: Commitment, year: int, quarter: int) -> float | None:
    """MA: MP, and for a sum the targets of the earlier years besides.

    Example:
        >>> accumulated_target(Commitment("sum", {2025: 150_000, 2026: 50_000}, 500_000), 2026, 2)
        175000.0
    """
    target = period_target(commitment, year, quarter)
    if target is None or commitment.annualization != "sum":
        return target
    return sum(value for when, value in programmed(commitment).items() if when < year) + target


def share_of(value: float | None, target: float | None, baseline: Baseline) -> float | None:
    """The part of a target that a value covers; None when either is absent or the divisor is 0.

    Formula:
        (value − LB) / (target − LB) for a level; value / target for a sum and a constant.

    Example:
        >>> share_of(70, 40, Baseline(100, "declared"))
        0.5
        >>> share_of(4, 0, Baseline(20, "declared"))
        0.8
    """
    start = 0.0 if baseline.kind == "not_used" else baseline.value
    if value is None or target is None or start is None or target == start:
        return None
    return (value - start) / (target - start)


def year_value(commitment: Commitment, reports: Iterable[Report], cut: Quarter) -> float | None:
    """Value of the cut's year up to the cut: the sum of its reports, or the last one; None when none was made."""
    values = [value for quarter, value in _made(reports, cut) if quarter.year == cut.year]
    if not values:
        return None
    return sum(values) if commitment.annualization == "sum" else values[-1]


def _made(reports: Iterable[Report], cut: Quarter) -> list[tuple[Quarter, float]]:
    """Reports with a value up to the cut, in order.

    Raises:
        PeriodError: a quarter is reported twice.
    """
    made = sorted((report.quarter, report.value) for report in reports if report.value is not None)
    quarters = [quarter for quarter, _ in made]
    for one, other in pairwise(quarters):
        if one == other:
            raise PeriodError(f"{one.code} is reported twice", fix="keep one report for each quarter")
    return [(quarter, value) for quarter, value in made if quarter <= cut]


def accumulated(commitment: Commitment, reports: Iterable[Report], cut: Quarter) -> float | None:
    """AV: progress accumulated at the cut. Without any report: 0 for sum and constant, the baseline for a level."""
    values = [value for _, value in _made(reports, cut)]
    if commitment.annualization == "sum":
        return sum(values)
    if values:
        return values[-1]
    return baseline_of(commitment).value if commitment.is_level else 0.0


def assess(commitment: Commitment, reports: Sequence[Report], cut: Quarter) -> Assessment:
    """Where a commitment stands at a cut, by the formulas of the module.

    Args:
        commitment: what the plan promises, in one unit throughout.
        reports: what was reported; later quarters than the cut are not read.
        cut: quarter looked at.

    Raises:
        PeriodError: a quarter is reported twice.

    Example:
        >>> promise = Commitment("increasing", {2025: 100, 2026: 200}, 200, 0, "annual")
        >>> result = assess(promise, [Report(Quarter(2025, 4), 80)], Quarter(2025, 4))
        >>> result.final_share, result.expected_share, round(result.gap, 2)
        (0.4, 0.5, -0.1)
    """
    result = _computed(commitment, reports, cut)
    return replace(result, remarks=tuple(_remarks(commitment, result)))


def _computed(commitment: Commitment, reports: Sequence[Report], cut: Quarter) -> Assessment:
    made = [quarter for quarter, _ in _made(reports, cut)]
    effective = effective_quarter(cut, commitment.periodicity, made)
    baseline, final = baseline_of(commitment), commitment.final_target
    of_period = period_target(commitment, cut.year, effective)
    to_date = accumulated_target(commitment, cut.year, effective)
    done, of_year = accumulated(commitment, reports, cut), year_value(commitment, reports, cut)
    final_share, expected_share = share_of(done, final, baseline), share_of(to_date, final, baseline)
    return Assessment(
        cut=cut,
        effective_quarter=effective,
        baseline=baseline,
        year_target=year_target(commitment, cut.year),
        previous_target=previous_target(commitment, cut.year),
        period_target=of_period,
        accumulated_target=to_date,
        final_target=final,
        year_value=of_year,
        accumulated=done,
        last_report=made[-1] if made else None,
        year_share=share_of(of_year, of_period, baseline),
        share=share_of(done, to_date, baseline),
        expected_share=expected_share,
        final_share=final_share,
        gap=None if final_share is None or expected_share is None else final_share - expected_share,
        has_started=has_started(cut, commitment.periodicity, commitment.starts, is_reported=bool(made)),
        remarks=(),
    )


def _remarks(commitment: Commitment, result: Assessment) -> list[Remark]:
    targets, year = programmed(commitment), result.cut.year
    kinds = {
        "fictitious": Remark.FICTITIOUS_BASELINE,
        "assumed_zero": Remark.BASELINE_ASSUMED_ZERO,
        "unknown": Remark.BASELINE_UNKNOWN,
    }
    told = {
        kinds.get(result.baseline.kind): result.baseline.kind in kinds,
        Remark.DIRECTION_CONTRADICTED: contradicts_direction(commitment),
        Remark.TARGET_EQUALS_BASELINE: commitment.is_level and result.final_target == result.baseline.value,
        Remark.NO_FINAL_TARGET: commitment.final_target is None,
        Remark.NO_YEARLY_TARGETS: not targets,
        Remark.NOT_PROGRAMMED_THIS_YEAR: bool(targets) and year not in targets,
        Remark.BEFORE_FIRST_TARGET: bool(targets) and year < min(targets, default=year),
        Remark.NOT_STARTED: not result.has_started,
        Remark.NOTHING_DUE_YET: bool(targets) and result.share is None and result.baseline.kind != "unknown",
        Remark.NO_REPORT: result.last_report is None,
        Remark.NO_REPORT_THIS_YEAR: result.last_report is not None and result.year_value is None,
    }
    return [remark for remark, holds in told.items() if holds and remark is not None]


def status_of(result: Assessment, bands: Bands) -> tuple[str, Remark | None]:
    """The status of the share to date by the catalogue's bands, or `not_assessed` and why; no data is never red.

    Source:
        The bands and their source stand in the catalogue (`status_bands`); over-execution is apart from success.
    """
    if not result.has_started:
        return "not_assessed", Remark.NOT_STARTED
    if result.last_report is None:
        return "not_assessed", Remark.NO_REPORT
    if result.share is None:
        return "not_assessed", next(reason for reason in _BARS if reason in result.remarks)
    return band(result.share, bands), None
