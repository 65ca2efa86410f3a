"""Consistency rules of an action plan, as findings with the address of the cell to mend.

| rule | what it asks | District's number |
|---|---|---|
| objective_weights_sum | weights of the objectives add up to 100 % | V0 |
| result_weights_sum | weights of the results of an objective add up to the objective's | V1 |
| product_weights_sum | weights of the products of a result add up to the result's | V2 |
| annualization_unknown | the type is sum, constant, increasing or decreasing | V3 |
| targets_miss_final | sum: yearly targets add up to the final one; others: the last equals it | one of V14, V16, V17 |
| final_against_direction | increasing ends at or above its baseline, decreasing at or below | one of V14, V16, V17 |
| baseline_missing | a decreasing indicator states its baseline | one of V14, V16, V17 |
| not_in_force_with_weight | what is not in force weighs 0 | V18 |

The other rules are named by what they ask; the District's numbers for them were not seen. Weights may differ by 0.5
points. Source: rules of the District's follow-up tools for public policies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

from observatory.plan import ANNUALIZATIONS, FAULTS, Finding, Node, PlanVersion

DISTRICT_RULES = {
    "objective_weights_sum": "V0",
    "result_weights_sum": "V1",
    "product_weights_sum": "V2",
    "annualization_unknown": "V3",
    "targets_miss_final": "V14/V16/V17",
    "final_against_direction": "V14/V16/V17",
    "baseline_missing": "V14/V16/V17",
    "not_in_force_with_weight": "V18",
}
WEIGHT_TOLERANCE = 0.005
EQUAL = 1e-6  # relative difference below which two numbers of a plan are the same
PERCENT = (50.0, 200.0)  # factors that mean fractions and percent stand side by side
JUMP = 5.0  # a target this many times the one of the year before
NEAR_BASELINE = 0.01  # a target this close to the baseline, relative to it, makes any share of the way explode


def check_plan(plan: PlanVersion) -> list[Finding]:
    """Every rule a version breaks, plan-wide rules first, then indicator by indicator.

    What is pending the official file is not a fault; fields not published by the source are not either.
    """
    found = [*_objective_weights(plan), *_child_weights(plan, "result"), *_child_weights(plan, "product")]
    for node in plan.nodes:
        if node.kind != "objective" and not node.is_pending:
            found += [finding for rule in INDICATOR_RULES for finding in rule(plan, node)]
    return found


def _finding(
    plan: PlanVersion,
    rule: str,
    node: Node,
    field: str,
    found: object,
    expected: object = "",
    severity: str = "warning",
) -> Finding:
    cell = plan.cell_of(node, field)
    return Finding(rule, severity, node.node_id, node.code, cell, _shown(found), _shown(expected))


def _shown(value: object) -> str:
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return str(value)


def _objective_weights(plan: PlanVersion) -> Iterator[Finding]:
    weights = [node.weight for node in plan.of_kind("objective") if node.weight is not None]
    if weights and abs(sum(weights) - 1) > WEIGHT_TOLERANCE:
        yield Finding("objective_weights_sum", "error", "", "", "", _shown(float(sum(weights))), "1")


def _child_weights(plan: PlanVersion, kind: str) -> Iterator[Finding]:
    above = "objective" if kind == "result" else "result"
    for parent in plan.of_kind(above):
        children = [node for node in plan.children(parent.node_id) if node.kind == kind and node.counts]
        weights = [node.weight for node in children if node.weight is not None]
        if parent.weight is not None and weights and abs(sum(weights) - parent.weight) > WEIGHT_TOLERANCE:
            yield _finding(plan, f"{kind}_weights_sum", parent, "weight", float(sum(weights)), parent.weight, "error")


def _annualization(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    if node.annualization not in ANNUALIZATIONS and (node.indicator or node.kind == "product"):
        yield _finding(plan, "annualization_unknown", node, "annualization", node.annualization_text, severity="error")


def _final(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    targets = plan.target_values(node.node_id)
    if node.final_target is None or not targets or node.annualization not in ANNUALIZATIONS:
        return
    reached = sum(targets.values()) if node.annualization == "sum" else targets[max(targets)]
    if abs(reached - node.final_target) > EQUAL * max(abs(node.final_target), abs(reached)):
        yield _finding(plan, "targets_miss_final", node, "final_target", float(reached), node.final_target, "error")


def _direction(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    targets = plan.target_values(node.node_id)
    final = node.final_target if node.final_target is not None else targets[max(targets)] if targets else None
    if node.baseline_value is None or final is None:
        return
    worse = {"increasing": final < node.baseline_value, "decreasing": final > node.baseline_value}
    if worse.get(node.annualization):
        yield _finding(plan, "final_against_direction", node, "final_target", final, node.baseline_value, "error")


def _baseline(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    if node.annualization == "decreasing" and node.baseline_value is None:
        yield _finding(plan, "baseline_missing", node, "baseline_value", node.baseline_text, severity="error")
    elif node.annualization == "increasing" and node.baseline_value is None:
        yield _finding(plan, "baseline_assumed_zero", node, "baseline_value", node.baseline_text, "0", "notice")


def _baseline_scale(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    targets = [value for value in plan.target_values(node.node_id).values() if value > 0]
    start = node.baseline_value
    if not targets or not start or node.annualization == "sum":
        return
    is_percent = node.unit == "Porcentaje" and start > max(1.0, *targets) and max(targets) <= 1
    if start < 0 or is_percent or _is_percent_apart(start, median(targets)):
        yield _finding(plan, "baseline_scale", node, "baseline_value", start, median(targets))


def _is_percent_apart(one: float, other: float) -> bool:
    low, high = PERCENT
    return low <= one / other <= high or low <= other / one <= high


def _target_steps(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    targets = {year: value for year, value in plan.target_values(node.node_id).items() if value > 0}
    for (_, earlier), (year, later) in pairwise(targets.items()):
        cell = plan.targets_of(node.node_id)[year].cell or node.cell
        if node.annualization != "sum" and _is_percent_apart(later, earlier):
            yield Finding("target_scale", "error", node.node_id, node.code, cell, _shown(later), _shown(earlier))
        elif later >= JUMP * earlier:
            yield Finding("target_jump", "warning", node.node_id, node.code, cell, _shown(later), _shown(earlier))


def _target_path(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    targets = plan.target_values(node.node_id)
    sign = {"increasing": 1, "decreasing": -1}.get(node.annualization, 0)
    for (_, earlier), (year, later) in pairwise(targets.items()):
        if sign * (later - earlier) < 0 and later != 0:
            cell = plan.targets_of(node.node_id)[year].cell or node.cell
            yield Finding("target_moves_back", "warning", node.node_id, node.code, cell, _shown(later), _shown(earlier))


def near_baseline(target: float, start: float) -> bool:
    """Whether a target lies so close to its baseline that a share of the way says nothing: less than 1 % of it apart.

    Example:
        >>> near_baseline(0.9994, 1.0), near_baseline(0.96, 0.948)
        (True, False)
    """
    return abs(target - start) < NEAR_BASELINE * abs(start)


def _near_baseline(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    targets, start = plan.target_values(node.node_id), node.baseline_value
    if node.annualization not in ("increasing", "decreasing") or not targets or not start:
        return
    last = targets[max(targets)]
    if near_baseline(last, start):
        yield _finding(plan, "target_near_baseline", node, "baseline_value", last, start)


def _type_against_direction(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    if node.direction == "lower_is_better" and node.annualization in ("sum", "constant", "increasing"):
        yield _finding(plan, "type_against_direction", node, "annualization", node.annualization_text)


def _promises(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    if node.counts and not plan.target_values(node.node_id):
        yield _finding(plan, "no_targets", node, "final_target", "", severity="notice")
    if node.weight is None and node.counts:
        yield _finding(plan, "weight_missing", node, "weight", node.weight_text)
    if node.in_force == "no" and node.weight:
        yield _finding(plan, "not_in_force_with_weight", node, "weight", node.weight, 0, "error")


def _dates(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    if node.starts and node.ends and node.ends < node.starts:
        yield _finding(plan, "dates_reversed", node, "ends", node.ends, node.starts, "error")
    years = plan.target_values(node.node_id)
    outside = [year for year in years if node.starts and year < int(node.starts[:4])]
    outside += [year for year in years if node.ends and year > int(node.ends[:4])]
    for year in outside:
        cell = plan.targets_of(node.node_id)[year].cell or node.cell
        dates = f"{node.starts} – {node.ends}"
        yield Finding("target_outside_dates", "warning", node.node_id, node.code, cell, str(year), dates)


def _never_reported(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    """Only where others of its kind are reported: a file may follow products alone."""
    end = plan.header.reported_to if node.kind in plan.reported_kinds else None
    due = [year for year in plan.target_values(node.node_id) if end and year <= int(end[:4])]
    reports = plan.reports_of(node.node_id)
    silent = all(report.used is None and FAULTS.get(report.fault) != "held" for report in reports)
    if due and node.counts and silent:
        yield _finding(plan, "never_reported", node, "", f"{min(due)}–{max(due)}", severity="error")


def _level_fell(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    """A product's level counts what exists so far, so it cannot fall; a result's may."""
    if node.annualization != "increasing" or node.kind != "product":
        return
    made = [report for report in plan.reports_of(node.node_id) if report.used is not None]
    for before, after in pairwise(made):
        if after.used is not None and before.used is not None and after.used < before.used - EQUAL:
            cell = after.cell or node.cell
            yield Finding(
                "level_fell", "warning", node.node_id, node.code, cell, _shown(after.used), _shown(before.used)
            )


def _below_baseline(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    if node.annualization != "increasing" or node.kind != "product" or node.baseline_value is None:
        return
    for report in plan.reports_of(node.node_id):
        if report.used is not None and report.used < node.baseline_value:
            values = (_shown(report.used), _shown(node.baseline_value))
            yield Finding("level_below_baseline", "warning", node.node_id, node.code, report.cell, *values)


def _zero_among_others(plan: PlanVersion, node: Node) -> Iterator[Finding]:
    made = [report for report in plan.reports_of(node.node_id) if report.used is not None]
    if node.annualization == "constant" and any(report.used for report in made):
        for report in made:
            if report.used == 0:
                yield Finding("zero_among_others", "notice", node.node_id, node.code, report.cell, "0", "")


IndicatorRule = Callable[[PlanVersion, Node], Iterator[Finding]]
INDICATOR_RULES: tuple[IndicatorRule, ...] = (
    _annualization,
    _final,
    _direction,
    _baseline,
    _baseline_scale,
    _target_steps,
    _target_path,
    _near_baseline,
    _type_against_direction,
    _promises,
    _dates,
    _never_reported,
    _level_fell,
    _below_baseline,
    _zero_among_others,
)
FOLLOWED = {
    "annualization": "annualization_changed",
    "weight": "weight_changed",
    "final_target": "final_target_changed",
}


def compare_versions(before: PlanVersion, after: PlanVersion) -> list[Finding]:
    """What changed from one version to the next, matched by kind and code: positions are not stable, codes are."""
    earlier = {(node.kind, node.code): node for node in before.nodes if node.code}
    later = {(node.kind, node.code): node for node in after.nodes if node.code}
    found = [finding for key in later if key in earlier for finding in _changes(after, earlier[key], later[key])]
    new, gone = later.keys() - earlier.keys(), earlier.keys() - later.keys()
    found += [_finding(after, "code_new", later[key], "", key[1], severity="notice") for key in new]
    found += [Finding("code_gone", "notice", "", code, "", f"{kind} {code}", "") for kind, code in gone]
    return sorted(found, key=lambda finding: (finding.rule, finding.node_id, finding.code))


def _changes(after: PlanVersion, was: Node, now: Node) -> Iterator[Finding]:
    for name in ("name", "indicator"):
        old, new = getattr(was, name), getattr(now, name)
        if old and new and old.casefold().split() != new.casefold().split():
            yield _finding(after, "renamed", now, name, new, old, "notice")
    for name, rule in FOLLOWED.items():
        old, new = getattr(was, name), getattr(now, name)
        if old not in ("", None) and new not in ("", None) and old != new:
            yield _finding(after, rule, now, name, new, old, "notice")
