"""Where a plan stands at a cut: each indicator by the District's rules, and weighted up to objectives and the policy.

Progress of the policy is Σ weight × share over the indicators that can be assessed, and it is always said together with
its coverage: the weight assessed over the weight that should be. A share counts at most 1 and at least 0 there, so that
over-execution of one indicator does not hide the lag of another; the sum without that limit stands beside it. Results
and products are two systems of weights and are never added to each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from math import fsum
from typing import NamedTuple, cast

from observatory.plan import ANNUALIZATIONS, FAULTS, Node, PlanVersion
from observatory.plan import Report as PlanReport
from observatory.plan_rules import near_baseline
from observatory.progress.annualization import Assessment, assess
from observatory.progress.bands import band
from observatory.progress.commitment import Annualization, Commitment, Report
from observatory.progress.path import is_reached
from observatory.progress.reporting import MONTHS, Periodicity, Quarter, next_due
from observatory.registry.models import Bands

PRECISION = 12  # significant decimals of a share: 0.3 / 0.4 is 0.75, and an edge owns its band


class Standing(NamedTuple):
    """A result or product at a cut. Shares are fractions of what was due; `reason` says why there is no status.

    `year_value`, `accumulated`, `period_target` and `accumulated_target` are in the unit of the indicator; `year_share`
    is against the target of the year, `share` against that accumulated to date, `final_share` against the final one. A
    constant target not to be exceeded has a status without a share, and its reason.
    """

    node_id: str
    cut: str
    status: str = "not_assessed"
    reason: str = ""
    last_report: str = ""
    fault: str = ""  # of the newest report, where it has one: a verdict on a doubtful report says so
    baseline: float | None = None
    baseline_kind: str = "unknown"
    year_value: float | None = None
    year_target: float | None = None
    period_target: float | None = None
    year_share: float | None = None
    accumulated: float | None = None
    accumulated_target: float | None = None
    share: float | None = None
    final_target: float | None = None
    final_share: float | None = None
    expected_share: float | None = None
    gap: float | None = None
    justification: str = ""  # owed in writing: lag · over_execution · empty
    is_justified: bool = False
    next_due: str = ""


class Aggregate(NamedTuple):
    """Indicators of a group together. Weights are absolute shares of the policy.

    `progress` is Σ w·min(max(share, 0), 1) / Σ w over the assessed; `progress_uncapped` leaves shares as they are.
    `weight` is that of the indicators whose first report was due, `coverage` the assessed part of it. Indicators
    without a weight are counted in `unweighted` and enter no average.
    """

    group: str
    kind: str
    indicators: int
    assessed: int
    unweighted: int
    weight: float
    weight_assessed: float
    coverage: float | None
    progress: float | None
    progress_uncapped: float | None
    statuses: dict[str, int]


def commitment_of(plan: PlanVersion, node: Node) -> Commitment | None:
    """What the plan promises on an indicator; None while its type of annualization is not known."""
    if node.annualization not in ANNUALIZATIONS:
        return None
    return Commitment(
        annualization=cast(Annualization, node.annualization),
        targets={year: target.value for year, target in plan.targets_of(node.node_id).items()},
        final_target=node.final_target,
        baseline=node.baseline_value,
        periodicity=_periodicity(node),
        starts=_quarter(node.starts),
        ends=int(node.ends[:4]) if node.ends else None,
    )


def _periodicity(node: Node) -> Periodicity | None:
    return next((name for name in MONTHS if name == node.periodicity), None)


def _quarter(day: str) -> Quarter | None:
    return Quarter(int(day[:4]), (int(day[5:7]) + 2) // 3) if len(day) >= 7 else None


def reports_of(plan: PlanVersion, node: Node) -> list[Report]:
    """What enters the arithmetic; a report for a whole year stands in its last quarter."""
    return [Report(Quarter(item.year, item.quarter or 4), item.used) for item in plan.reports_of(node.node_id)]


def standing(plan: PlanVersion, node: Node, cut: Quarter, bands: Bands) -> Standing:
    """Where one indicator stands at a cut."""
    newest = _newest(plan, node, cut)
    empty = Standing(node.node_id, cut.code, fault=newest.fault if newest else "", next_due=_next_due(node, cut))
    commitment = commitment_of(plan, node)
    if commitment is None:
        return empty._replace(reason="pending" if node.counts else "not_in_force")
    result = assess(commitment, reports_of(plan, node), cut)
    known = _with_values(empty, result)
    reason = _reason(plan, node, newest, result)
    if reason or known.share is None:
        return _without_share(known, reason or "target_equals_baseline")
    if _is_ceiling(node):
        return _below_ceiling(plan, node, cut, known)
    return _justified(plan, node, cut, known._replace(status=band(known.share, bands)))


def _without_share(known: Standing, reason: str) -> Standing:
    return known._replace(year_share=None, share=None, final_share=None, gap=None, reason=reason)


def _is_ceiling(node: Node) -> bool:
    """Whether a constant target is a level not to be exceeded: the formula would then score a worse value higher."""
    return node.annualization == "constant" and node.direction == "lower_is_better"


def _below_ceiling(plan: PlanVersion, node: Node, cut: Quarter, known: Standing) -> Standing:
    """At the target or below it, or not; no share, so that it enters no average."""
    assert known.accumulated is not None and known.accumulated_target is not None
    is_kept = is_reached(known.accumulated, known.accumulated_target, -1)
    found = _without_share(known, "constant_lower_is_better")._replace(status="on_track" if is_kept else "lagging")
    return _justified(plan, node, cut, found)


def _justified(plan: PlanVersion, node: Node, cut: Quarter, found: Standing) -> Standing:
    """What is owed in writing for a status, and whether it was given."""
    owed = {"lagging": "lag", "at_risk": "lag", "over_executed": "over_execution"}.get(found.status, "")
    is_justified = bool(owed) and _is_justified(plan, node, cut, owed)
    return found._replace(justification=owed, is_justified=is_justified)


def _with_values(empty: Standing, result: Assessment) -> Standing:
    return empty._replace(
        last_report=result.last_report.code if result.last_report else "",
        baseline=result.baseline.value,
        baseline_kind=result.baseline.kind,
        year_value=result.year_value,
        year_target=result.year_target,
        period_target=result.period_target,
        year_share=_clean(result.year_share),
        accumulated=result.accumulated if result.last_report else None,
        accumulated_target=result.accumulated_target,
        share=_clean(result.share),
        final_target=result.final_target,
        final_share=_clean(result.final_share),
        expected_share=_clean(result.expected_share),
        gap=_clean(result.gap),
    )


def _clean(share: float | None) -> float | None:
    return None if share is None else round(share, PRECISION)


def _reason(plan: PlanVersion, node: Node, newest: PlanReport | None, result: Assessment) -> str:
    """Why no verdict is possible: a wording key under `plan.reason`; empty when one is.

    The formulas give a sum or an increasing indicator a higher share the higher its value: where less is better, a
    worse value would score above 1, so there is none; nor where the target hardly moves from the baseline.
    """
    if not node.counts:
        return "not_in_force"
    if not result.has_started:
        return "not_started"
    if not plan.target_values(node.node_id):
        return "no_targets"
    if node.direction == "lower_is_better" and node.annualization in ("sum", "increasing"):
        return f"{node.annualization}_lower_is_better"
    if newest is not None and newest.used is None:
        return "faulty_report"
    if result.last_report is None:
        return "no_report"
    if _is_near_baseline(node, result):
        return "target_near_baseline"
    if result.accumulated_target is None or (result.baseline.kind == "not_used" and not result.accumulated_target):
        return "nothing_due_yet"
    return ""


def _is_near_baseline(node: Node, result: Assessment) -> bool:
    """Whether what was due to date hardly moves from the baseline, so that any share of the way explodes."""
    start, due = result.baseline.value, result.accumulated_target
    is_level = node.annualization in ("increasing", "decreasing")
    return is_level and start is not None and due is not None and due != start and near_baseline(due, start)


def _newest(plan: PlanVersion, node: Node, cut: Quarter) -> PlanReport | None:
    """The newest report up to the cut that is used, or that nothing can be assessed on."""
    until = [item for item in plan.reports_of(node.node_id) if (item.year, item.quarter or 4) <= (cut.year, cut.number)]
    made = [item for item in until if item.used is not None or FAULTS.get(item.fault) == "held"]
    return made[-1] if made else None


def _is_justified(plan: PlanVersion, node: Node, cut: Quarter, owed: str) -> bool:
    return any(note.node_id == node.node_id and note.kind == owed and note.year == cut.year for note in plan.notes)


def _next_due(node: Node, cut: Quarter) -> str:
    """Code of the next quarter a report is due in; empty when the periodicity is not known or the indicator ended."""
    periodicity = _periodicity(node)
    if periodicity is None or not node.counts:
        return ""
    starts = _quarter(node.starts)
    first = cut if starts is None or starts <= cut.next else Quarter(starts.year, 1)
    due = next_due(first, periodicity)
    while starts is not None and due < starts:
        due = next_due(due, periodicity)
    return "" if node.ends and due.year > int(node.ends[:4]) else due.code


def standings(plan: PlanVersion, kind: str, cut: Quarter, bands: Bands) -> list[Standing]:
    """All results or products of a plan at a cut, in its order."""
    return [standing(plan, node, cut, bands) for node in plan.of_kind(kind)]


def aggregate(plan: PlanVersion, kind: str, group: str, rows: Iterable[Standing]) -> Aggregate:
    """Indicators taken together, by their weights."""
    found = [(plan.by_id[row.node_id], row) for row in rows]
    counting = [(node, row) for node, row in found if row.reason not in ("not_in_force", "not_started")]
    weighted = [(node.weight, row) for node, row in counting if node.weight is not None]
    assessed = [(weight, row.share) for weight, row in weighted if row.share is not None]
    weight, done = fsum(item for item, _ in weighted), fsum(item for item, _ in assessed)
    capped = fsum(item * min(max(share, 0.0), 1.0) for item, share in assessed)
    return Aggregate(
        group=group,
        kind=kind,
        indicators=len(found),
        assessed=sum(row.share is not None for _, row in found),
        unweighted=sum(node.weight is None for node, _ in counting),
        weight=round(weight, PRECISION),
        weight_assessed=round(done, PRECISION),
        coverage=_clean(done / weight) if weight else None,
        progress=_clean(capped / done) if done else None,
        progress_uncapped=_clean(fsum(item * share for item, share in assessed) / done) if done else None,
        statuses=dict(Counter(row.status for _, row in found)),
    )


def weighted_up(plan: PlanVersion, rows: list[Standing], kind: str) -> list[Aggregate]:
    """The policy (group "") and each of its objectives, from rows of one kind."""
    by_id = {row.node_id: row for row in rows}
    groups = [aggregate(plan, kind, "", rows)]
    for objective in plan.of_kind("objective"):
        below = [by_id[node.node_id] for node in plan.below(objective.node_id, kind) if node.node_id in by_id]
        groups.append(aggregate(plan, kind, objective.node_id, below))
    return groups


def grouped(plan: PlanVersion, rows: list[Standing], kind: str, group_of: Callable[[Node], str]) -> list[Aggregate]:
    """Aggregates by whatever names a node's group, e.g. its sector or entity; in alphabetical order, unnamed last."""
    groups: dict[str, list[Standing]] = defaultdict(list)
    for row in rows:
        groups[group_of(plan.by_id[row.node_id])].append(row)
    names = sorted(groups, key=lambda name: (not name, name))
    return [aggregate(plan, kind, name, groups[name]) for name in names]


def due_next(rows: Iterable[Standing]) -> list[Standing]:
    """Indicators by the quarter of their next report; those whose periodicity is not known are left out."""
    return sorted((row for row in rows if row.next_due), key=lambda row: row.next_due)


def owing_justification(rows: Iterable[Standing]) -> list[Standing]:
    """What lags or is over-executed and has no written reason yet, the farthest behind first."""
    owed = [row for row in rows if row.justification and not row.is_justified]
    return sorted(owed, key=lambda row: (row.justification != "lag", row.share if row.share is not None else 0.0))
