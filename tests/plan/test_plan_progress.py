"""Where a plan stands: each indicator by the District's rules, then weighted up, with its coverage."""

from __future__ import annotations

import pytest

from observatory.plan import Note, PlanVersion
from observatory.plan_progress import (
    aggregate,
    due_next,
    grouped,
    owing_justification,
    standing,
    standings,
    weighted_up,
)
from observatory.progress.reporting import Quarter
from tests.plan.plans import BANDS, node, promise, report, tree

CUT = Quarter(2024, 4)


def stands(plan: PlanVersion, code: str = "1.1.1", cut: Quarter = CUT) -> tuple[str, str, float | None]:
    row = standing(plan, plan.by_id[f"product:{code}"], cut, BANDS)
    return row.status, row.reason, row.share


def test_a_sum_is_held_against_what_was_due_to_date() -> None:
    plan = tree(node("1.1.1", weight=1.0))
    promise(plan, "1.1.1", {2023: 100, 2024: 100})
    report(plan, "1.1.1", {"2023-Q4": 60, "2024-Q2": 40, "2024-Q4": 40})

    row = standing(plan, plan.by_id["product:1.1.1"], CUT, BANDS)
    assert (row.accumulated, row.accumulated_target, row.share, row.year_share) == (140, 200, 0.7, 0.8)
    assert (row.status, row.justification) == ("at_risk", "lag")


def test_an_annual_indicator_is_not_behind_in_june() -> None:
    plan = tree(node("1.1.1", weight=1.0, periodicity="annual", starts="2023-01-01"))
    promise(plan, "1.1.1", {2023: 100, 2024: 100})
    report(plan, "1.1.1", {"2023-Q4": 100})

    assert stands(plan, cut=Quarter(2024, 2)) == ("on_track", "", 1.0)


def test_a_decreasing_level_that_worsens_is_never_ahead() -> None:
    plan = tree(node("1.1.1", annualization="decreasing", baseline_value=270.0, weight=1.0))
    promise(plan, "1.1.1", {2024: 218})
    report(plan, "1.1.1", {"2024": 331})

    status, _, share = stands(plan)
    assert status == "lagging"
    assert share == pytest.approx((331 - 270) / (218 - 270))


def test_no_report_is_no_verdict_and_no_zero() -> None:
    plan = tree(node("1.1.1", weight=1.0))
    promise(plan, "1.1.1", {2024: 100})

    assert stands(plan) == ("not_assessed", "no_report", None)


def test_a_reported_zero_is_a_verdict() -> None:
    plan = tree(node("1.1.1", weight=1.0))
    promise(plan, "1.1.1", {2024: 100})
    report(plan, "1.1.1", {"2024": 0})

    assert stands(plan) == ("lagging", "", 0.0)


def test_a_zero_that_means_no_report_leaves_the_last_real_one_standing() -> None:
    plan = tree(node("1.1.1", annualization="constant", weight=1.0))
    promise(plan, "1.1.1", {2023: 10, 2024: 10})
    report(plan, "1.1.1", {"2023": 9})
    report(plan, "1.1.1", {"2024": 0}, fault="missing_as_zero")

    row = standing(plan, plan.by_id["product:1.1.1"], CUT, BANDS)
    assert (row.share, row.year_share, row.last_report) == (0.9, None, "2023-Q4")


def test_nothing_is_assessed_on_a_report_in_an_unknown_scale() -> None:
    plan = tree(node("1.1.1", annualization="constant", weight=1.0))
    promise(plan, "1.1.1", {2023: 10, 2024: 10})
    report(plan, "1.1.1", {"2023": 9})
    report(plan, "1.1.1", {"2024": 900}, fault="scale_unknown")

    assert stands(plan) == ("not_assessed", "faulty_report", None)


@pytest.mark.parametrize(
    ("value", "status", "owed"), [(6.3, "on_track", ""), (7.7, "on_track", ""), (9.33, "lagging", "lag")]
)
def test_a_constant_level_not_to_be_exceeded_is_kept_or_not_and_has_no_share(
    value: float, status: str, owed: str
) -> None:
    """Suicide rate of the youth policy: 9.33 against 7.7 would be 121 % of it by the formula."""
    plan = tree(node("1.1.1", annualization="constant", direction="lower_is_better", weight=1.0))
    promise(plan, "1.1.1", {2024: 7.7})
    report(plan, "1.1.1", {"2024": value})

    row = standing(plan, plan.by_id["product:1.1.1"], CUT, BANDS)
    assert (row.status, row.reason, row.share) == (status, "constant_lower_is_better", None)
    assert row.justification == owed
    policy = aggregate(plan, "product", "", [row])
    assert (policy.progress, policy.coverage, policy.statuses) == (None, 0.0, {status: 1})


@pytest.mark.parametrize("kind", ["sum", "increasing"])
def test_where_less_is_better_a_worse_value_is_no_success(kind: str) -> None:
    plan = tree(node("1.1.1", annualization=kind, direction="lower_is_better", weight=1.0))
    promise(plan, "1.1.1", {2024: 7.7})
    report(plan, "1.1.1", {"2024": 9.33})

    assert stands(plan) == ("not_assessed", f"{kind}_lower_is_better", None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"in_force": "no"}, "not_in_force"),
        ({"starts": "2026-01-01"}, "not_started"),
        ({"annualization": "", "pending": "annualization targets"}, "pending"),
        ({"annualization": "increasing", "baseline_value": 100.0}, "target_equals_baseline"),
    ],
)
def test_every_missing_verdict_has_its_reason(fields: dict[str, object], reason: str) -> None:
    plan = tree(node("1.1.1", weight=1.0, **fields))
    promise(plan, "1.1.1", {2024: 100})
    if reason == "target_equals_baseline":
        report(plan, "1.1.1", {"2024": 80})

    assert stands(plan) == ("not_assessed", reason, None)


def two_products() -> PlanVersion:
    """One far beyond its target and one far behind, one without a report and one without a weight."""
    plan = tree(
        node("1.1.1", weight=0.2, sector="Ambiente"),
        node("1.1.2", weight=0.3, sector="Salud"),
        node("1.1.3", weight=0.5, sector="Salud"),
        node("1.1.4", sector=""),
    )
    for number in (1, 2, 3, 4):
        promise(plan, f"1.1.{number}", {2024: 100})
    report(plan, "1.1.1", {"2024": 900})
    report(plan, "1.1.2", {"2024": 40})
    report(plan, "1.1.4", {"2024": 100})
    return plan


def test_over_execution_does_not_hide_a_lag() -> None:
    plan = two_products()
    policy = aggregate(plan, "product", "", standings(plan, "product", CUT, BANDS))

    assert policy.progress == pytest.approx((0.2 * 1 + 0.3 * 0.4) / 0.5)
    assert policy.progress_uncapped == pytest.approx((0.2 * 9 + 0.3 * 0.4) / 0.5)


def test_progress_is_said_with_its_coverage() -> None:
    plan = two_products()
    policy, objective = weighted_up(plan, standings(plan, "product", CUT, BANDS), "product")

    assert (policy.indicators, policy.assessed, policy.unweighted) == (4, 3, 1)
    assert (policy.weight, policy.weight_assessed, policy.coverage) == (1.0, 0.5, 0.5)
    assert policy.statuses == {"over_executed": 1, "lagging": 1, "not_assessed": 1, "on_track": 1}
    assert (objective.group, objective.progress) == ("objective:1", policy.progress)


def test_what_has_not_begun_enters_no_average() -> None:
    plan = tree(node("1.1.1", weight=0.4), node("1.1.2", weight=0.6, starts="2026-01-01"))
    promise(plan, "1.1.1", {2024: 10})
    promise(plan, "1.1.2", {2026: 10})
    report(plan, "1.1.1", {"2024": 8})
    policy = weighted_up(plan, standings(plan, "product", CUT, BANDS), "product")[0]

    assert (policy.weight, policy.coverage, policy.progress) == (0.4, 1.0, 0.8)


def test_a_plan_without_weights_has_no_progress_rather_than_zero() -> None:
    plan = tree(node("1.1.1"))
    policy = weighted_up(plan, standings(plan, "product", CUT, BANDS), "product")[0]

    assert (policy.progress, policy.coverage) == (None, None)


def test_sectors_are_grouped_with_the_unnamed_last() -> None:
    plan = two_products()
    rows = grouped(plan, standings(plan, "product", CUT, BANDS), "product", lambda item: item.sector)

    assert [(row.group, row.indicators, row.coverage) for row in rows] == [
        ("Ambiente", 1, 1.0),
        ("Salud", 2, 0.375),
        ("", 1, None),
    ]


def test_what_is_due_next_follows_the_periodicity() -> None:
    plan = tree(
        node("1.1.1", periodicity="quarterly"),
        node("1.1.2", periodicity="annual"),
        node("1.1.3", periodicity="semiannual", starts="2026-01-01"),
        node("1.1.4", periodicity="annual", ends="2024-12-31"),
        node("1.1.5"),
    )
    rows = due_next(standings(plan, "product", CUT, BANDS))

    assert [(row.node_id, row.next_due) for row in rows] == [
        ("product:1.1.1", "2025-Q1"),
        ("product:1.1.2", "2025-Q4"),
        ("product:1.1.3", "2026-Q2"),
    ]


def test_a_written_reason_settles_what_was_owed() -> None:
    plan = two_products()
    plan.notes.append(Note("product:1.1.2", 2024, 4, "lag", "Faltaron insumos", "AC!B2"))
    rows = owing_justification(standings(plan, "product", CUT, BANDS))

    assert [(row.node_id, row.justification) for row in rows] == [("product:1.1.1", "over_execution")]


def test_a_target_that_hardly_moves_from_its_baseline_is_not_assessed_and_never_swamps_the_policy() -> None:
    near = node("1.1.1", weight=0.5, annualization="decreasing", baseline_value=1.0)
    plan = tree(near, node("1.1.2", weight=0.5))
    promise(plan, "1.1.1", {2023: 0.9998, 2024: 0.9994})
    promise(plan, "1.1.2", {2024: 100})
    report(plan, "1.1.1", {"2024-Q4": 3.0612})
    report(plan, "1.1.2", {"2024-Q4": 80})

    row = standing(plan, near, CUT, BANDS)
    assert (row.status, row.reason, row.share, row.year_share) == ("not_assessed", "target_near_baseline", None, None)
    assert (row.accumulated, row.accumulated_target) == (3.0612, 0.9994)
    policy = aggregate(plan, "product", "", standings(plan, "product", CUT, BANDS))
    assert (policy.progress, policy.progress_uncapped, policy.coverage) == (0.8, 0.8, 0.5)
