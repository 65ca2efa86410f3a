"""The percentages a public board publishes beside ours, cell by cell, and why they differ.

The board rounds to a tenth of a percentage point; ours are rounded the same way before they are compared.
"""

from __future__ import annotations

from typing import NamedTuple

from observatory.plan import FAULTS, Node, PlanVersion
from observatory.plan_progress import standing
from observatory.progress.reporting import Quarter
from observatory.registry.models import Bands

TENTH_OF_A_POINT = 0.001
HALF = 0.00051  # half of it, and what floating point adds


class Compared(NamedTuple):
    """One cell. Shares are fractions; `agreement` is agree, differ, only_board or only_ours.

    `reason` is empty where both agree, else a fault of `observatory.plan.FAULTS` in the year's report, or:
    decreasing_formula (the board divides the report by the target, so that a worse value scores higher);
    constant_lower_is_better, increasing_lower_is_better (the same, where no formula of ours gives a verdict);
    target_scale (a target was read in another scale or held); target_held (no target that year: a level is held to
    the last one); target_near_baseline (it hardly moves from the baseline); after_end (the indicator ended, its last
    level stands); last_report (no report that year: a level or a constant stands at its last one).
    """

    node_id: str
    key: str
    kind: str
    annualization: str
    year: int
    measure: str
    board: float | None
    ours: float | None
    agreement: str
    reason: str


def compare_board(plan: PlanVersion, bands: Bands) -> list[Compared]:
    """Every cell in which the board or we give a share of the year or a share to date."""
    board = {(item.node_id, item.year, item.measure): item.value for item in plan.published}
    rows = []
    for node in plan.nodes:
        if node.kind == "objective":
            continue
        first, last = (2020, 2025) if node.kind == "result" else (2019, 2025)
        for year in range(first, last + 1):
            at = standing(plan, node, Quarter(year, 4), bands)
            reason = at.reason if at.reason.endswith(("_lower_is_better", "_near_baseline")) else ""
            measures = {"share_of_year": at.year_share} | (
                {"share_to_date": at.share} if node.kind == "product" else {}
            )
            rows += [
                row
                for measure, ours in measures.items()
                if (row := _compared(plan, node, year, measure, board.get((node.node_id, year, measure)), ours, reason))
            ]
    return rows


def _compared(
    plan: PlanVersion, node: Node, year: int, measure: str, board: float | None, ours: float | None, known: str
) -> Compared | None:
    if board is None and ours is None:
        return None
    agreement = "only_board" if ours is None else "only_ours" if board is None else "differ"
    if board is not None and ours is not None and abs(board - ours) <= HALF:
        agreement = "agree"
    reason = "" if agreement == "agree" else _reason(plan, node, year, agreement, known)
    rounded = None if ours is None else round(ours / TENTH_OF_A_POINT) * TENTH_OF_A_POINT
    shown = None if rounded is None else round(rounded, 6)
    row = (node.node_id, node.cell, node.kind, node.annualization, year, measure, board, shown, agreement, reason)
    return Compared(*row)


def _reason(plan: PlanVersion, node: Node, year: int, agreement: str, known: str) -> str:
    report = next((item for item in plan.reports_of(node.node_id) if item.year == year), None)
    target = plan.targets_of(node.node_id).get(year)
    if report is not None and FAULTS.get(report.fault, "kept") != "kept":
        return report.fault
    if known:
        return known
    if target is not None and target.text:
        return "target_scale"
    if agreement == "only_ours":
        return _why_only_ours(node, year, has_target=target is not None, has_report=report is not None)
    return "decreasing_formula" if node.annualization == "decreasing" else "unexplained"


def _why_only_ours(node: Node, year: int, *, has_target: bool, has_report: bool) -> str:
    if node.ends and year > int(node.ends[:4]):
        return "after_end"
    if not has_target:
        return "target_held"
    return "unexplained" if has_report else "last_report"
