"""The District's action-plan workbook (.xlsx) as a plan version: `import-plan FILE.xlsx`.

Both layouts are read: results and products on sheets of their own, or side by side on one, with the costs of the older
form. Nothing is guessed: a cell that cannot be read in one way is kept as text and reported with its address. Weights
are fractions; where any weight of a kind is above 1, all of that kind are in percent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from observatory.errors import SourceError
from observatory.plan import KINDS, Header, Node, PlanVersion
from observatory.plan_rules import check_plan, compare_versions
from observatory.registry.models import Plan, Text
from pipelines.plans.files import current_plan, file_sha256, publish_plan
from pipelines.plans.rows import Draft, read_table
from pipelines.plans.technical_sheets import is_technical_sheet, read_technical_sheet
from pipelines.reading.headings import Table, find_table
from pipelines.reading.sheets import plain, read_workbook

STATED = {
    "name": re.compile(r"^nombre de la politica|^politica publica$"),
    "norm": re.compile(r"conpes"),
    "lead_sector": re.compile(r"^sector lider"),
    "lead_entity": re.compile(r"^entidad lider"),
    "objective": re.compile(r"^objetivo general"),
}
NARROW_SEARCH = 6  # cells to the right of a label in which its value is looked for


def import_plan(path: Path, root: Path, plan: Plan, version: str) -> tuple[PlanVersion, Path]:
    """Read a workbook and make it the current version of a plan of the catalogue under `root` (`data/plans`).

    Raises:
        SourceError: the file is no workbook or holds no plan; the last good version stays.
    """
    found = read_plan_workbook(path, plan, version, current_plan(root, plan.id))
    return found, publish_plan(found, root)


def read_plan_workbook(path: Path, plan: Plan, version: str, previous: PlanVersion | None = None) -> PlanVersion:
    """The plan a workbook holds, with everything found wrong in it.

    Args:
        path: the official workbook.
        plan: the catalogue's record of the plan.
        version: version its targets belong to, in the words readers will see.
        previous: the version it follows, to say what was renamed or changed.

    Raises:
        SourceError: the file is no workbook or no sheet has the headings of a plan.
    """
    sheets = read_workbook(path)
    tables = [table for sheet in sheets if (table := find_table(sheet)) and _is_plan(table)]
    if not tables:
        fix = "a sheet needs the headings «Objetivo específico», «Resultado esperado», «Tipo de anualización» …"
        raise SourceError("no sheet looks like an action plan", where=str(path), fix=fix)
    draft = Draft()
    for table in sorted(tables, key=lambda table: table.has_products):
        read_table(draft, table)
    read = {table.sheet.name for table in tables}
    for sheet in sheets:
        if sheet.name not in read and not (is_technical_sheet(sheet) and read_technical_sheet(sheet, draft)):
            draft.report("sheet_not_read", "", sheet.name, sheet.name)
    nodes = _in_fractions(draft)
    header = _header(path, tables, plan, version, draft)
    bare = PlanVersion(header, nodes, draft.targets, attributes=draft.attributes, cells=draft.cells)
    findings = [*draft.findings, *check_plan(bare), *(compare_versions(previous, bare) if previous else [])]
    return replace(bare, findings=findings)


def _is_plan(table: Table) -> bool:
    return bool({name for _, name in table.columns} & {"result", "product"}) and bool(table.years)


def _in_fractions(draft: Draft) -> list[Node]:
    """The nodes with weights as fractions, kind by kind."""
    nodes = list(draft.nodes.values())
    for kind in KINDS:
        weights = [node.weight for node in nodes if node.kind == kind and node.weight is not None]
        if any(weight > 1 for weight in weights):
            draft.report("weights_in_percent", "", "", kind)
            nodes = [_hundredth(node) if node.kind == kind else node for node in nodes]
    return nodes


def _hundredth(node: Node) -> Node:
    return node if node.weight is None else node._replace(weight=round(node.weight / 100, 12))


def _header(path: Path, tables: list[Table], plan: Plan, version: str, draft: Draft) -> Header:
    stated = _stated(tables)
    if (name := stated.pop("name", "")) and plain(name) not in plain(plan.name.es):
        draft.report("plan_name_differs", "", "", name, plan.name.es)
    years = [target.year for target in draft.targets]
    return Header(
        plan_id=plan.id,
        version=version,
        name=Text(es=plan.name.es, en=plan.name.en),
        norm=plan.norm.es,
        lead_sector=stated.get("lead_sector"),
        lead_entity=stated.get("lead_entity"),
        objective=stated.get("objective"),
        layout="old" if any(table.costs for table in tables) else "new",
        source=path.name,
        source_sha256=file_sha256(path),
        first_year=plan.starts or min(years),
        last_year=plan.ends or max(years),
    )


def _stated(tables: list[Table]) -> dict[str, str]:
    """What stands above the table beside its label: name, norm, lead sector and entity, general objective."""
    found: dict[str, str] = {}
    for table in tables:
        for row in range(table.first_row):
            for column in range(table.sheet.width):
                label = plain(table.sheet.text(row, column))
                name = next((key for key, pattern in STATED.items() if pattern.search(label)), None)
                value = _beside(table, row, column) if name else ""
                if name and value:
                    found.setdefault(name, value)
    return found


def _beside(table: Table, row: int, column: int) -> str:
    texts = (table.sheet.text(row, place) for place in range(column + 1, column + NARROW_SEARCH))
    return next((text for text in texts if text), "")
