"""The rows of an action plan's sheet as nodes, targets, attributes and findings. Nothing is guessed or lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from observatory.plan import Attribute, FieldCell, Finding, Node, YearTarget
from observatory.plan_codes import node_id, parent_code
from observatory.progress.reporting import named_periodicity
from pipelines.reading.headings import Block, Table
from pipelines.reading.sheets import plain

CODE = re.compile(r"^(\d+(?:\.\d+)*)(?![\d%,])\s*\.?\s*")
DEPTHS = {"objective": 1, "result": 2, "product": 3}
TYPES = {"suma": "sum", "constante": "constant", "creciente": "increasing", "decreciente": "decreasing"}
FORCE = {"vigente": "yes", "si": "yes", "no vigente": "no", "no": "no"}
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
ATTRIBUTES = (
    "formula",
    "sdg",
    "sdg_target",
    "baseline_source",
    "approach",
    "approach_secondary",
    "objective_pdd",
    "pdd_code",
    "investment_project",
    "state",
)
SEVERITIES = {  # of what is found on reading; a warning otherwise
    "formula_error": "error",
    "code_repeated": "error",
    "number_as_text": "notice",
    "column_unknown": "notice",
    "sheet_not_read": "notice",
    "weights_in_percent": "notice",
    "plan_name_differs": "notice",
}
NOT_KNOWN = ("n/d", "nd", "n.d.", "no disponible", "n/a", "na", "no aplica")


@dataclass
class Draft:
    """What was read so far."""

    nodes: dict[str, Node] = field(default_factory=dict)
    targets: list[YearTarget] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    cells: list[FieldCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, rule: str, node: str, cell: str, found: str, expected: str = "") -> None:
        """Note what is wrong with a cell."""
        code, severity = node.partition(":")[2], SEVERITIES.get(rule, "warning")
        self.findings.append(Finding(rule, severity, node, "" if code.startswith("@") else code, cell, found, expected))


class Amount(NamedTuple):
    """A number, what its cell says when it says something else, and where it stands."""

    value: float | None
    text: str
    cell: str


@dataclass(frozen=True)
class Line:
    """One row of a table, seen from the result's or the product's block of columns."""

    draft: Draft
    table: Table
    row: int
    block: Block

    def text(self, name: str) -> str:
        """The cell of a field; empty when there is no such column."""
        column = self.table.column(self.block, name)
        return "" if column is None else self.table.sheet.text(self.row, column)

    def cell(self, name: str) -> str:
        """Address of a field."""
        column = self.table.column(self.block, name)
        return "" if column is None else self.table.sheet.address(self.row, column)

    def amount(self, name: str, node: str) -> Amount:
        """The number in a field, reported when it is none."""
        column = self.table.column(self.block, name)
        return Amount(None, "", "") if column is None else self.amount_at(column, node)

    def amount_at(self, column: int, node: str) -> Amount:
        """The number in a column, reported when it is none."""
        reading, cell = self.table.sheet.number(self.row, column), self.table.sheet.address(self.row, column)
        if reading.rule and reading.text.lower() not in NOT_KNOWN:
            self.draft.report(reading.rule, node, cell, reading.text)
        return Amount(reading.value, reading.text, cell)


def read_table(draft: Draft, table: Table) -> None:
    """Read every row of a plan's sheet; a blank objective or result is the one above (merged cells)."""
    heading = max(table.first_row - 1, 0)
    for column, label in table.unknown.items():
        draft.report("column_unknown", "", table.sheet.address(heading, column), label)
    objective = result = ""
    for row in range(table.first_row, len(table.sheet.rows)):
        if _is_blank(table, row):
            continue
        objective = _objective(draft, table, row) or objective
        result = _result(draft, table, row, objective) or result
        if table.has_products:
            _product(Line(draft, table, row, "product"), result or objective)


def _is_blank(table: Table, row: int) -> bool:
    columns = [column for (_, name), column in table.columns.items() if name in ("objective", "result", "product")]
    texts = [table.sheet.text(row, column) for column in columns]
    return not any(texts) or any(plain(text).startswith("total") for text in texts)


def _line(draft: Draft, table: Table, row: int, name: str) -> Line:
    return Line(draft, table, row, "result" if ("result", name) in table.columns else "product")


def _objective(draft: Draft, table: Table, row: int) -> str:
    line = _line(draft, table, row, "objective")
    text = line.text("objective")
    code = code_in(text, "objective")
    if not text or (known := _known(draft, "objective", code, text)):
        return known if text else ""
    node = _start(line, "objective", code, text, "")
    return _add(line, node, "objective_weight")


def _result(draft: Draft, table: Table, row: int, parent: str) -> str:
    line = _line(draft, table, row, "result")
    text = line.text("result")
    if not text:
        return ""
    code = _stated_code(line, "result") or code_in(text, "result")
    is_indicator = line.block == "result" and ("result", "annualization") in table.columns
    known = _known(draft, "result", code, text)
    if known and (table.has_products or not is_indicator):
        return known
    node = _start(line, "result", code, text, parent)
    return _add(line, _with_indicator(line, node, "result_indicator") if is_indicator else node, "result_weight")


def _product(line: Line, parent: str) -> None:
    text = line.text("product")
    if text:
        code = _stated_code(line, "product") or code_in(text, "product")
        node = _with_indicator(line, _start(line, "product", code, text, parent), "product_indicator")
        _add(line, node, "product_weight")


def _known(draft: Draft, kind: str, code: str, text: str) -> str:
    """Id of the node a row names again."""
    same = (
        node.node_id
        for node in draft.nodes.values()
        if node.kind == kind and (node.code == code if code else plain(node.name) == plain(text))
    )
    return next(same, "")


def code_in(text: str, kind: str) -> str:
    """The code a text begins with, when it has as many numbers as its kind: 6.1.10 of "6.1.10. Estrategia"."""
    found = CODE.match(text)
    return found[1] if found and found[1].count(".") + 1 == DEPTHS[kind] else ""


def _stated_code(line: Line, kind: str) -> str:
    """The code of the code column. A number cannot tell 1.1 from 1.10, which is reported."""
    name = f"{kind}_code" if (line.block, f"{kind}_code") in line.table.columns else "code"
    column = line.table.column(line.block, name)
    text = line.text(name)
    if column is None or not text:
        return ""
    value = line.table.sheet.value(line.row, column)
    if isinstance(value, float) and kind != "objective":
        line.draft.report("code_as_number", f"{kind}:{text}", line.cell(name), text)
    return text.rstrip(".")


def _start(line: Line, kind: str, code: str, text: str, parent: str) -> Node:
    cell = line.cell(kind)
    name = node_id(kind, code or f"@{cell}", set(line.draft.nodes))
    if not code:
        line.draft.report("code_missing", name, cell, text)
    elif "#" in name:
        line.draft.report("code_repeated", name, cell, code)
    above = line.draft.nodes[parent].code if parent else ""
    if code and above and above != parent_code(code):
        line.draft.report("code_under_other_parent", name, cell, code, above)
    return Node(name, parent, len(line.draft.nodes) + 1, kind, code, name=text, cell=cell)


def _add(line: Line, node: Node, weight: str) -> str:
    name = weight if (line.block, weight) in line.table.columns or node.kind == "objective" else "weight"
    amount = line.amount(name, node.node_id)
    line.draft.nodes[node.node_id] = node._replace(weight=amount.value, weight_text=amount.text)
    line.draft.cells += [FieldCell(node.node_id, "weight", amount.cell)] if amount.cell else []
    return node.node_id


def _with_indicator(line: Line, node: Node, indicator: str) -> Node:
    name = node.node_id
    baseline, final = line.amount("baseline_value", name), line.amount("final_target", name)
    stated_year = line.amount("baseline_year", name).value
    _read_years(line, name)
    _keep(line, name)
    fields = ("annualization", "periodicity", "baseline_value", "final_target", "starts", "ends", "in_force")
    line.draft.cells += [FieldCell(name, field, cell) for field in (indicator, *fields) if (cell := line.cell(field))]
    return node._replace(
        indicator=line.text(indicator) or line.text("name"),
        unit=line.text("unit"),
        sector=line.text("sector"),
        entity=line.text("entity"),
        office=line.text("office"),
        co_responsible="; ".join(filter(None, (line.text(f"co_{part}") for part in ("sector", "entity", "office")))),
        annualization=TYPES.get(plain(line.text("annualization")), ""),
        annualization_text=line.text("annualization"),
        periodicity=_periodicity(line, name),
        baseline_value=baseline.value,
        baseline_year=int(stated_year) if stated_year is not None and stated_year.is_integer() else None,
        baseline_text=baseline.text,
        final_target=final.value,
        final_target_text=final.text,
        starts=_day(line, "starts", name),
        ends=_day(line, "ends", name),
        in_force=FORCE.get(plain(line.text("in_force") or line.text("state")), ""),
    )


def _read_years(line: Line, node: str) -> None:
    for (block, year), column in sorted(line.table.years.items()):
        if block == line.block:
            amount = line.amount_at(column, node)
            if amount.value is not None or amount.text:
                line.draft.targets.append(YearTarget(node, year, amount.value, amount.text, amount.cell))


def _keep(line: Line, node: str) -> None:
    """Keep what has no column of its own here: costs, formulas, links to other plans, unknown columns."""
    sheet = line.table.sheet
    for name in ATTRIBUTES:
        if text := line.text(name):
            line.draft.attributes.append(Attribute(node, name, text, line.cell(name)))
    for column, label in sorted((line.table.costs | line.table.unknown).items()):
        if text := sheet.text(line.row, column):
            line.draft.attributes.append(Attribute(node, label, text, sheet.address(line.row, column)))


def _periodicity(line: Line, node: str) -> str:
    text = line.text("periodicity")
    found = named_periodicity(text)
    if text and found is None:
        line.draft.report("periodicity_unknown", node, line.cell("periodicity"), text)
    return found or ""


def _day(line: Line, name: str, node: str) -> str:
    text = line.text(name)
    if not text or DAY.match(text):
        return text
    line.draft.report("date_unreadable", node, line.cell(name), text)
    line.draft.attributes.append(Attribute(node, name, text, line.cell(name)))
    return ""
