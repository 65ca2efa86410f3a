"""The rows of a follow-up workbook: reports by quarter, what the workbook computed, and the texts that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from observatory.plan import Node, Note, Published, Report, YearTarget
from pipelines.plans.rows import TYPES, Draft
from pipelines.reading.headings import best_headings, column_name
from pipelines.reading.sheets import Reading, Sheet, as_text, plain

YEAR = re.compile(r"\b(20\d\d)\b")
QUARTER = re.compile(r"\bq ?([1-4])\b|\btrim(?:estre)? ?([1-4])\b|\b([1-4]) ?trim(?:estre)?\b")
# The first pattern found in a heading that names a year, or the policy's end, names the measure.
MEASURES = [
    ("share_of_year", re.compile(r"%.*vigencia|%.*\banual")),
    ("share_to_date", re.compile(r"%.*acumulad")),
    ("share_of_final", re.compile(r"%.*(total|final)")),
    ("accumulated_target", re.compile(r"meta.*acumulada")),
    ("target", re.compile(r"\bmetas?\b")),
    ("year_value", re.compile(r"acumulado|avance")),
]
KINDS = [
    ("approaches", re.compile(r"enfoque")),
    ("over_execution", re.compile(r"sobre ?(cumplimiento|ejecucion)")),
    ("lag", re.compile(r"rezago|retraso|incumplimiento|justificacion")),
]
FAULTY = ("formula_error", "text_for_number", "number_ambiguous")


class Column(NamedTuple):
    """What a column holds: `report`, a note's kind or a measure; its year (0: whole policy) and quarter (0: none)."""

    kind: str
    year: int
    quarter: int


@dataclass
class FollowUp:
    """What a workbook reports. `stated` holds each indicator as the follow-up describes it."""

    stated: dict[str, Node] = field(default_factory=dict)
    targets: list[YearTarget] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)


def read_quantitative(sheet: Sheet, into: FollowUp) -> bool:
    """Read "Avance Cuantitativo"; False when the sheet has no headings of one."""
    headings = best_headings(sheet)
    if headings is None:
        return False
    first_row, labels = headings
    names = _fields(labels)
    columns = {column: found for column, label in labels.items() if (found := quantity_in(label))}
    for column, label in labels.items():
        if column not in columns and column not in names.values():
            place = sheet.address(first_row - 1, column)
            into.draft.report("column_unknown", "", place, label)
    for row in range(first_row, len(sheet.rows)):
        if node_id := _identity(sheet, row, names, into.draft):
            into.stated[node_id] = _stated(sheet, row, names, node_id, into.draft)
            for column, what in columns.items():
                _read_cell(sheet, row, column, what, node_id, into)
    return True


def _fields(labels: dict[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, label in labels.items():
        name = column_name(label)
        if name and quantity_in(label) is None:
            found.setdefault("name" if name.endswith("_indicator") else name, column)
    return found


def quantity_in(label: str) -> Column | None:
    """What a numeric column holds: a quarter's report, or a measure of a year or of the whole policy."""
    year, quarter = YEAR.search(label), QUARTER.search(label)
    when = int(year[1]) if year else 0
    if year and quarter:
        return Column("report", when, int(next(filter(None, quarter.groups()))))
    measure = next((name for name, pattern in MEASURES if pattern.search(label)), None)
    if measure is None or not (year or measure == "share_of_final"):
        return None
    return Column(measure, when, 0)


def _identity(sheet: Sheet, row: int, names: dict[str, int], draft: Draft) -> str:
    """`product:1.1.10` of a row's code; empty where there is none. A number cannot tell 1.1 from 1.10."""
    column = next((names[name] for name in ("code", "product_code", "result_code") if name in names), None)
    text = sheet.text(row, column).rstrip(".") if column is not None else ""
    if not re.fullmatch(r"\d+(\.\d+)+", text):
        return ""
    node_id = f"{'product' if text.count('.') > 1 else 'result'}:{text}"
    if column is not None and isinstance(sheet.value(row, column), float):
        draft.report("code_as_number", node_id, sheet.address(row, column), text)
    return node_id


def _stated(sheet: Sheet, row: int, names: dict[str, int], node_id: str, draft: Draft) -> Node:
    def text(name: str) -> str:
        return sheet.text(row, names[name]) if name in names else ""

    def number(name: str) -> Reading:
        return sheet.number(row, names[name]) if name in names else Reading(None, "", "")

    kind, _, code = node_id.partition(":")
    weight = number("weight")
    if weight.rule:
        draft.report(weight.rule, node_id, sheet.address(row, names["weight"]), weight.text)
    return Node(
        node_id,
        "",
        row,
        kind,
        code,
        indicator=text("name"),
        weight=weight.value,
        weight_text=weight.text,
        sector=text("sector"),
        entity=text("entity"),
        annualization=TYPES.get(plain(text("annualization")), ""),
        annualization_text=text("annualization"),
        periodicity=text("periodicity"),
        baseline_value=number("baseline_value").value,
        baseline_text=number("baseline_value").text,
        final_target=number("final_target").value,
        final_target_text=number("final_target").text,
        starts=text("starts"),
        ends=text("ends"),
        in_force={"vigente": "yes", "no vigente": "no"}.get(plain(text("state") or text("in_force")), ""),
        cell=sheet.address(row, 0),
    )


def _read_cell(sheet: Sheet, row: int, column: int, what: Column, node_id: str, into: FollowUp) -> None:
    reading, cell = sheet.number(row, column), sheet.address(row, column)
    if reading.value is None and not reading.text:
        return
    if reading.rule:
        into.draft.report(reading.rule, node_id, cell, reading.text)
    if what.kind == "report":
        fault = reading.rule if reading.rule in FAULTY else ""
        used = None if fault else reading.value
        report = Report(node_id, what.year, what.quarter, reading.value, used, fault, reading.text, cell)
        into.reports.append(report)
    elif what.kind == "target":
        into.targets.append(YearTarget(node_id, what.year, reading.value, reading.text, cell))
    else:
        into.published.append(Published(node_id, what.year, what.kind, reading.value, reading.text, cell))


def read_qualitative(sheet: Sheet, into: FollowUp) -> bool:
    """Read "Avance Cualitativo"; False when the sheet has no headings of one."""
    headings = best_headings(sheet)
    if headings is None:
        return False
    first_row, labels = headings
    names = _fields(labels)
    columns = {column: what for column, label in labels.items() if (what := text_in(label))}
    for row in range(first_row, len(sheet.rows)):
        if node_id := _identity(sheet, row, names, into.draft):
            into.notes.extend(_notes(sheet, row, columns, node_id))
    return True


def text_in(label: str) -> Column | None:
    """What a column of texts holds: the kind of note, its year and quarter."""
    year, quarter = YEAR.search(label), QUARTER.search(label)
    if not year:
        return None
    kind = next((name for name, pattern in KINDS if pattern.search(label)), "progress")
    return Column(kind, int(year[1]), int(next(filter(None, quarter.groups()))) if quarter else 0)


def _notes(sheet: Sheet, row: int, columns: dict[int, Column], node_id: str) -> Iterator[Note]:
    for column, what in columns.items():
        if text := as_text(sheet.value(row, column)):
            yield Note(node_id, what.year, what.quarter, what.kind, text, sheet.address(row, column))
