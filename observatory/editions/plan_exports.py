"""A plan as files that can be quoted: the tree with its standing, targets, reports, groups, a board's cells, findings.

Shares leave as fractions, as the first lines say. Progress of a group is the capped one with its coverage beside it;
the sum without the limit follows under its own heading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from observatory.editions.exports import Cell, safe
from observatory.plan import Node, PlanVersion
from observatory.plan_progress import Standing
from observatory.plan_rows import AggregateRow, BoardCell, VersionRow
from observatory.rows.catalogue import PlanRow, TargetRow
from observatory.wording import Lang, Words

NODE = ("node_id", "kind", "code", "name", "indicator", "unit", "sector", "entity", "weight", "annualization")
STANDING = Standing._fields[1:]
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
Table = tuple[Sequence[str], list[list[Cell]]]


@dataclass(frozen=True)
class PlanContext:
    """What a plan's file says about itself, and all it holds."""

    edition_id: str
    link: str
    lang: Lang
    version: VersionRow
    plan: PlanVersion
    standings: Sequence[Standing]
    aggregates: Sequence[AggregateRow]
    board: Sequence[BoardCell]


def plan_csv(context: PlanContext) -> bytes:
    """UTF-8 CSV with a byte-order mark: each result and product with its standing at the newest cut."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"# {line}"] for line in about(context))
    head, rows = standing_table(context, newest_only=True)
    writer.writerow(head)
    writer.writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()


def plan_xlsx(context: PlanContext) -> bytes:
    """A workbook with a sheet for each table of the plan, and one that says where they come from."""
    from xlsxwriter import Workbook

    stream, words = io.BytesIO(), Words(context.lang)
    with Workbook(stream, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for name, (head, rows) in tables(context).items():
            sheet = book.add_worksheet(words(f"plan.sheet.{name}"))
            sheet.write_row(0, 0, head, bold)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, row)
            sheet.freeze_panes(1, 0)
        sheet = book.add_worksheet(words("export.about"))
        for number, line in enumerate(about(context)):
            sheet.write_string(number, 0, line)
    return stream.getvalue()


@dataclass(frozen=True)
class TargetsContext:
    """The targets of the catalogue of one plan, with the status of each in the city and why there is none."""

    edition_id: str
    link: str
    lang: Lang
    plan: PlanRow
    targets: Sequence[TargetRow]
    statuses: dict[str, tuple[str, str]]  # target id → status and reason, as codes


def targets_csv(context: TargetsContext) -> bytes:
    """UTF-8 CSV with a byte-order mark: one line for each milestone."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"# {line}"] for line in about_targets(context))
    writer.writerows(_target_lines(context))
    return ("\ufeff" + text.getvalue()).encode()


def targets_xlsx(context: TargetsContext) -> bytes:
    """A workbook of two sheets: the targets, and where they come from."""
    from xlsxwriter import Workbook

    stream, words = io.BytesIO(), Words(context.lang)
    with Workbook(stream, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(words("plan.sheet.targets"))
        for number, line in enumerate(_target_lines(context)):
            sheet.write_row(number, 0, line, bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet = book.add_worksheet(words("export.about"))
        for number, text in enumerate(about_targets(context)):
            sheet.write_string(number, 0, text)
    return stream.getvalue()


def about_targets(context: TargetsContext) -> list[str]:
    """What the file says about itself, line by line."""
    words = Words(context.lang)
    plan = f"{context.plan.name(context.lang)} ({context.plan.norm(context.lang)})"
    edition = f"{words('export.edition')}: {context.edition_id}"
    return [plan, words("plan.page.fractions"), edition, f"{words('export.link')}: {context.link}"]


def _target_lines(context: TargetsContext) -> list[list[Cell]]:
    rows = [_cells((*row, *context.statuses.get(row.target_id, ("", "")))) for row in context.targets]
    return [[*TargetRow._fields, "status", "reason"], *rows]


def tables(context: PlanContext) -> dict[str, Table]:
    """Every table of the plan, those without rows left out."""
    plan = context.plan
    found = {
        "standings": standing_table(context, newest_only=False),
        "tree": _table(Node._fields, plan.nodes),
        "targets": _table(("node_id", "year", "value", "text", "cell"), plan.targets),
        "reports": _table(("node_id", "year", "quarter", "value", "used", "fault", "text", "cell"), plan.reports),
        "groups": _table(AggregateRow._fields, context.aggregates),
        "board": _table(BoardCell._fields, context.board),
        "adjustments": _table(("node_id", "date", "text"), plan.adjustments),
    }
    return {name: table for name, table in found.items() if table[1]}


def standing_table(context: PlanContext, *, newest_only: bool) -> Table:
    """Results and products beside where they stand; one row for each cut."""
    newest = max((row.cut for row in context.standings), default="")
    rows: list[list[Cell]] = []
    for row in context.standings:
        if row.cut == newest or not newest_only:
            node = context.plan.by_id[row.node_id]
            rows.append([*_cells(getattr(node, name) for name in NODE), *_cells(row[1:])])
    return [*NODE, *STANDING], rows


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    return head, [_cells(row) for row in rows]


def _cells(row: Iterable[Any]) -> list[Cell]:
    return [safe(str(value).lower() if isinstance(value, bool) else value) for value in row]


def about(context: PlanContext) -> list[str]:
    """What the file says about itself, line by line."""
    words, version = Words(context.lang), context.version
    lines = [f"{version.name(context.lang)} ({version.norm})", version.plan_version, version.source]
    lines += [text for text in (version.follow_up, version.note(context.lang)) if text]
    lines += [words("plan.page.capped"), words("plan.page.fractions")]
    lines += [f"{words('export.edition')}: {context.edition_id}", f"{words('export.link')}: {context.link}"]
    return [" ".join(line.split()) for line in lines]
