"""The consistency rules: each fires on its fault, with the cell to mend, and is silent on a sound plan."""

from __future__ import annotations

from typing import Any

import pytest

from observatory.plan import FieldCell, Node, PlanVersion
from observatory.plan_rules import check_plan, compare_versions
from tests.plan.plans import node, promise, report, tree


def rules(plan: PlanVersion) -> list[str]:
    return [item.rule for item in check_plan(plan)]


def single(targets: dict[int, float], **fields: Any) -> PlanVersion:
    """A plan of one product with these targets, the result's own left without a rule to break."""
    plan = tree(node("1.1.1", weight=1.0, **fields))
    promise(plan, "1.1.1", targets)
    promise(plan, "1.1", {2024: 1}, kind="result")
    return plan


def test_a_sound_plan_breaks_no_rule() -> None:
    assert rules(single({2023: 4, 2024: 6}, final_target=10.0, starts="2023-01-01", ends="2024-12-31")) == []


def test_weights_may_differ_by_half_a_point() -> None:
    plan = tree(node("1.1.1", weight=0.4955), node("1.1.2", weight=0.5))
    assert "product_weights_sum" not in rules(plan)


@pytest.mark.parametrize(
    ("rule", "objective", "result", "product", "found", "expected"),
    [
        ("objective_weights_sum", 0.9, 0.9, 0.9, "0.9", "1"),
        ("result_weights_sum", 1.0, 0.9, 0.9, "0.9", "1"),
        ("product_weights_sum", 1.0, 1.0, 0.9, "0.9", "1"),
    ],
)
def test_weights_add_up_level_by_level(
    rule: str, objective: float, result: float, product: float, found: str, expected: str
) -> None:
    plan = single({2024: 1})
    weights = {"objective": objective, "result": result, "product": product}
    changed = PlanVersion(plan.header, [item._replace(weight=weights[item.kind]) for item in plan.nodes], plan.targets)

    broken = [item for item in check_plan(changed) if item.rule.endswith("_weights_sum")]
    assert [(item.rule, item.found, item.expected) for item in broken] == [(rule, found, expected)]


def test_what_is_not_in_force_weighs_nothing() -> None:
    plan = tree(node("1.1.1", weight=1.0), node("1.1.2", weight=0.2, in_force="no"))
    assert rules(plan).count("not_in_force_with_weight") == 1
    assert "product_weights_sum" not in rules(plan)


@pytest.mark.parametrize(
    ("kind", "targets", "final", "breaks"),
    [
        ("sum", {2023: 4, 2024: 6}, 10.0, False),
        ("sum", {2023: 4, 2024: 6}, 6.0, True),
        ("sum", {2023: 0.1, 2024: 0.2}, 0.3, False),
        ("constant", {2023: 6, 2024: 6}, 6.0, False),
        ("increasing", {2023: 4, 2024: 6}, 10.0, True),
        ("decreasing", {2023: 6, 2024: 0}, 0.0, False),
    ],
)
def test_yearly_targets_reach_the_final_one(kind: str, targets: dict[int, float], final: float, breaks: bool) -> None:
    base = {"increasing": 1.0, "decreasing": 8.0}.get(kind)
    plan = single(targets, annualization=kind, final_target=final, baseline_value=base)
    assert ("targets_miss_final" in rules(plan)) is breaks


@pytest.mark.parametrize(
    ("kind", "base", "final", "breaks"),
    [
        ("increasing", 50.0, 40.0, True),
        ("increasing", 40.0, 50.0, False),
        ("decreasing", 40.0, 50.0, True),
        ("decreasing", 50.0, 40.0, False),
        ("sum", 50.0, 40.0, False),
    ],
)
def test_the_final_target_lies_the_way_the_type_says(kind: str, base: float, final: float, breaks: bool) -> None:
    plan = single({2024: final}, annualization=kind, baseline_value=base, final_target=final)
    assert ("final_against_direction" in rules(plan)) is breaks


def test_a_decreasing_indicator_needs_its_baseline() -> None:
    assert "baseline_missing" in rules(single({2024: 5}, annualization="decreasing", baseline_text="N/D"))
    assert "baseline_assumed_zero" in rules(single({2024: 5}, annualization="increasing"))


@pytest.mark.parametrize(
    ("rule", "targets", "fields"),
    [
        ("annualization_unknown", {2024: 5}, {"annualization": "", "annualization_text": "Mixta"}),
        ("baseline_scale", {2024: 1}, {"annualization": "constant", "baseline_value": 80.0}),
        ("baseline_scale", {2024: 1}, {"annualization": "constant", "baseline_value": 17.0, "unit": "Porcentaje"}),
        ("target_scale", {2023: 0.34, 2024: 34.6}, {"annualization": "constant"}),
        ("target_jump", {2023: 579, 2024: 5000}, {}),
        ("target_moves_back", {2023: 0.96, 2024: 0.957}, {"annualization": "increasing", "baseline_value": 0.5}),
        ("target_near_baseline", {2024: 0.9994}, {"annualization": "decreasing", "baseline_value": 1.0}),
        ("type_against_direction", {2024: 7.7}, {"annualization": "constant", "direction": "lower_is_better"}),
        ("no_targets", {}, {}),
        ("dates_reversed", {2024: 5}, {"starts": "2025-01-01", "ends": "2024-12-31"}),
        ("target_outside_dates", {2024: 5}, {"starts": "2025-01-01"}),
    ],
)
def test_each_rule_fires_on_its_fault(rule: str, targets: dict[int, float], fields: dict[str, Any]) -> None:
    assert rule in rules(single(targets, **fields))


def test_a_missing_weight_is_no_zero() -> None:
    plan = tree(node("1.1.1"))
    assert "weight_missing" in rules(plan)


def test_rules_on_reports() -> None:
    plan = tree(
        node("1.1.1", annualization="increasing", baseline_value=10.0),
        node("1.1.2", annualization="constant"),
        node("1.1.3"),
    )
    for number in (1, 2, 3):
        promise(plan, f"1.1.{number}", {2023: 20, 2024: 20})
    report(plan, "1.1.1", {"2023": 18, "2024": 9})
    report(plan, "1.1.2", {"2023": 0, "2024": 5})

    found = [(item.rule, item.code, item.cell) for item in check_plan(plan)]
    assert ("level_fell", "1.1.1", "1.1.1.2024") in found
    assert ("level_below_baseline", "1.1.1", "1.1.1.2024") in found
    assert ("zero_among_others", "1.1.2", "1.1.2.2023") in found
    assert ("never_reported", "1.1.3", "IP!1.1.3") in found


def test_what_waits_for_the_official_file_is_no_fault() -> None:
    pending = Node("product:1.1.1", "result:1.1", 3, "product", "1.1.1", pending="annualization targets weight")
    assert [item for item in check_plan(tree(pending)) if item.node_id == "product:1.1.1"] == []


def test_a_finding_names_the_cell_of_its_field() -> None:
    plan = single({2023: 4, 2024: 6}, final_target=6.0)
    plan.cells.append(FieldCell("product:1.1.1", "final_target", "Productos!Z6"))

    assert [(item.cell, item.found, item.expected) for item in check_plan(plan)] == [("Productos!Z6", "10", "6")]


def test_versions_are_matched_by_code_and_not_by_place() -> None:
    before = tree(node("1.1.1", weight=0.5), node("1.1.2", weight=0.5))
    after = tree(node("1.1.3", weight=0.5), node("1.1.1", weight=0.4, name="Otro nombre"))

    assert [(item.rule, item.code) for item in compare_versions(before, after)] == [
        ("code_gone", "1.1.2"),
        ("code_new", "1.1.3"),
        ("renamed", "1.1.1"),
        ("weight_changed", "1.1.1"),
    ]
