"""The District's quarterly follow-up workbook (.xlsb or .xlsx) onto a plan version: `import-follow-up FILE.xlsb`.

Sheets "Avance Cuantitativo" and "Avance Cualitativo". Reports are matched to the plan by code, never by position. What
the plan states stands; where a plan's fields are pending, what the follow-up states of them is taken. Every cell that
is no plain number is kept as text and reported with its address; so is every closed quarter that changed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from observatory.errors import SourceError
from observatory.plan import Finding, Node, PlanVersion, Report
from observatory.plan_rules import check_plan
from observatory.progress.reporting import named_periodicity
from pipelines.plans.files import current_plan, file_sha256, publish_plan
from pipelines.plans.follow_up_rows import FollowUp, read_qualitative, read_quantitative
from pipelines.reading.sheets import plain, read_workbook

QUANTITATIVE, QUALITATIVE = "avance cuantitativo", "avance cualitativo"
FILLED = {
    "name": "indicator",
    "indicator": "indicator",
    "weight": "weight",
    "annualization": "annualization",
    "periodicity": "periodicity",
    "baseline": "baseline_value",
    "final_target": "final_target",
    "entity": "entity",
    "dates": "starts",
}


def import_follow_up(path: Path, root: Path, plan_id: str) -> tuple[PlanVersion, Path]:
    """Read a workbook onto the current version of a plan under `root` (`data/plans`) and publish it.

    Raises:
        SourceError: there is no plan to follow, or the file holds no follow-up; the last good version stays.
    """
    plan = current_plan(root, plan_id)
    if plan is None:
        fix = "import the action plan first: python -m pipelines import-plan FILE.xlsx"
        raise SourceError(f"no plan {plan_id!r} to follow", where=str(root / plan_id), fix=fix)
    found = read_follow_up(path, plan)
    return found, publish_plan(found, root)


def read_follow_up(path: Path, plan: PlanVersion) -> PlanVersion:
    """The plan with the reports of a workbook in the place of its own.

    Raises:
        SourceError: the file is no workbook, or has no sheet "Avance Cuantitativo" with headings.
    """
    found = FollowUp()
    is_read = False
    for sheet in read_workbook(path):
        if QUANTITATIVE in plain(sheet.name):
            is_read = read_quantitative(sheet, found) or is_read
        elif QUALITATIVE not in plain(sheet.name) or not read_qualitative(sheet, found):
            found.draft.report("sheet_not_read", "", sheet.name, sheet.name)
    if not is_read:
        fix = "the sheet «Avance Cuantitativo» needs the headings «Código», «Nombre», «Tipo de anualización» …"
        raise SourceError("no follow-up was found", where=str(path), fix=fix)
    return _merged(plan, found, path)


def _merged(plan: PlanVersion, found: FollowUp, path: Path) -> PlanVersion:
    scale = 100.0 if any((node.weight or 0) > 1 for node in found.stated.values()) else 1.0
    stated = {
        name: node._replace(weight=None if node.weight is None else node.weight / scale)
        for name, node in found.stated.items()
    }
    nodes = [_filled(node, stated[node.node_id]) if node.node_id in stated else node for node in plan.nodes]
    promised = {target.node_id for target in plan.targets}
    targets = plan.targets + [target for target in found.targets if target.node_id not in promised]
    by_id = {node.node_id: node for node in nodes}
    reports = [_with_zeros_doubted(report, by_id.get(report.node_id)) for report in found.reports]
    quarters = [(report.year, report.quarter) for report in reports if report.value is not None]
    reported_to = "{}-Q{}".format(*max(quarters)) if quarters else plan.header.reported_to
    header = plan.header.model_copy(
        update={"follow_up": path.name, "follow_up_sha256": file_sha256(path), "reported_to": reported_to}
    )
    merged = replace(
        plan,
        header=header,
        nodes=nodes,
        targets=targets,
        reports=reports,
        published=found.published,
        notes=found.notes,
        findings=[],
    )
    findings = [*found.draft.findings, *_differences(plan, stated), *_rewritten(plan, reports), *_doubted(merged)]
    return replace(merged, findings=[*_of_the_plan(plan), *findings, *check_plan(merged)])


def _of_the_plan(plan: PlanVersion) -> list[Finding]:
    """What was found in the plan's own workbook; not the rules, which run again, nor an earlier follow-up."""
    again = set(check_plan(plan))
    cells = {report.cell for report in plan.reports}
    earlier = "Avance C"
    return [item for item in plan.findings if item not in again and item.cell not in cells and earlier not in item.cell]


def _filled(node: Node, stated: Node) -> Node:
    """The node with its pending fields taken from the follow-up where it states them."""
    waiting = node.pending.split()
    known = {name for name in waiting if name in FILLED and getattr(stated, FILLED[name]) not in ("", None)}
    if not known:
        return node
    filled = node._replace(
        indicator=node.indicator or stated.indicator,
        weight=stated.weight if "weight" in known else node.weight,
        sector=node.sector or stated.sector,
        entity=node.entity or stated.entity,
        annualization=node.annualization or stated.annualization,
        annualization_text=node.annualization_text or stated.annualization_text,
        periodicity=node.periodicity or named_periodicity(stated.periodicity) or "",
        baseline_value=stated.baseline_value if "baseline" in known else node.baseline_value,
        baseline_text=node.baseline_text or stated.baseline_text,
        final_target=stated.final_target if "final_target" in known else node.final_target,
        starts=node.starts or stated.starts,
        ends=node.ends or stated.ends,
        in_force=node.in_force or stated.in_force,
    )
    done = known | ({"targets"} if "annualization" in known else set())
    return filled._replace(pending=" ".join(name for name in waiting if name not in done))


def _with_zeros_doubted(report: Report, node: Node | None) -> Report:
    """A zero in a level that starts above zero is most likely no report: it is kept, and enters no arithmetic."""
    if node is None or report.used != 0 or not node.baseline_value or node.baseline_value < 0:
        return report
    is_level = node.annualization == "increasing" or (node.annualization == "decreasing" and node.final_target != 0)
    return report._replace(used=None, fault="zero_doubtful") if is_level else report


def _doubted(plan: PlanVersion) -> Iterator[Finding]:
    for report in plan.reports:
        if report.fault == "zero_doubtful":
            code = report.node_id.partition(":")[2]
            yield Finding("zero_doubtful", "warning", report.node_id, code, report.cell, "0", "")


def _differences(plan: PlanVersion, stated: dict[str, Node]) -> Iterator[Finding]:
    """Where follow-up and plan do not speak of the same thing."""
    for name, node in stated.items():
        if name not in plan.by_id:
            yield Finding("follow_up_not_in_plan", "error", name, node.code, node.cell, node.indicator, "")
            continue
        planned = plan.by_id[name]
        if (
            node.indicator
            and planned.indicator
            and plain(node.indicator) not in (plain(planned.indicator), plain(planned.name))
        ):
            yield Finding("renamed", "notice", name, node.code, node.cell, node.indicator, planned.indicator)
        if node.annualization and planned.annualization and node.annualization != planned.annualization:
            values = (node.annualization_text, planned.annualization_text)
            yield Finding("annualization_changed", "warning", name, node.code, node.cell, *values)
    kinds = {node.kind for node in stated.values()}
    for planned in plan.nodes:
        if planned.kind in kinds and planned.counts and planned.node_id not in stated:
            yield Finding("follow_up_missing", "warning", planned.node_id, planned.code, planned.cell, planned.code, "")


def _rewritten(plan: PlanVersion, reports: list[Report]) -> Iterator[Finding]:
    """Quarters reported before that now say something else."""
    before = {(item.node_id, item.year, item.quarter): item.value for item in plan.reports}
    for item in reports:
        earlier = before.get((item.node_id, item.year, item.quarter))
        if earlier is not None and earlier != item.value:
            values = ("" if item.value is None else f"{item.value:.10g}", f"{earlier:.10g}")
            yield Finding(
                "closed_quarter_changed", "warning", item.node_id, item.node_id.partition(":")[2], item.cell, *values
            )
