"""A plan as files that can be quoted: the tree with its standing, targets, reports, groups, a board's cells, findings.

Shares leave as fractions, as the note says. Progress of a group is the capped one with its coverage beside it;
the sum without the limit follows under its own heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from observatory.links import ViewState, full_link
from observatory.plan import Node, PlanVersion
from observatory.plan_progress import Standing
from observatory.plan_rows import AggregateRow, BoardCell, VersionRow
from observatory.rows.catalogue import PlanRow, TargetRow
from observatory.tabular import Cell, Sheet, as_csv, as_xlsx, one_line, safe
from observatory.wording import Lang, Words

NODE = ("node_id", "kind", "code", "name", "indicator", "unit", "sector", "entity", "weight", "annualization")
STANDING = Standing._fields[1:]
TOLD = ("plan", "plan_version", "source", "note", "edition", "link")  # of every row of a CSV
RECEIPT = "receipt"  # the column of the address at which a row is worked out
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
    """Plain CSV: each result and product with its standing at the newest cut, and what every row must carry."""
    words, version = Words(context.lang), context.version
    head, rows = standing_table(context, newest_only=True)
    note = f"{words('plan.page.capped')} {words('plan.page.fractions')}"
    name = (version.name(context.lang), version.version(context.lang))
    told = [*name, version.source, note, context.edition_id, context.link]
    return as_csv([[*head, *TOLD], *([*row, *_cells(told)] for row in rows)])


def plan_xlsx(context: PlanContext) -> bytes:
    """A workbook with a sheet for each table of the plan, and one that says where they come from."""
    words = Words(context.lang)
    sheets = [Sheet(words(f"plan.sheet.{name}"), [head, *rows]) for name, (head, rows) in tables(context).items()]
    return as_xlsx([*sheets, Sheet(words("export.about"), about(context), is_table=False)])


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
    """Plain CSV: one line for each milestone, with what every row must carry."""
    note = Words(context.lang)("plan.page.fractions")
    told = [context.plan.name(context.lang), "", context.plan.norm(context.lang), note, context.edition_id]
    head, *lines = _target_lines(context)
    return as_csv([[*head, *TOLD], *([*line, *_cells([*told, context.link])] for line in lines)])


def targets_xlsx(context: TargetsContext) -> bytes:
    """A workbook of two sheets: the targets, and where they come from."""
    words = Words(context.lang)
    targets = Sheet(words("plan.sheet.targets"), _target_lines(context))
    return as_xlsx([targets, Sheet(words("export.about"), about_targets(context), is_table=False)])


def about_targets(context: TargetsContext) -> list[tuple[str, str]]:
    """What the file says about itself, as (what, text)."""
    words, lang = Words(context.lang), context.lang
    return _told(
        (words("table.plan"), f"{context.plan.name(lang)} ({context.plan.norm(lang)})"),
        (words("export.caveat"), words("plan.page.fractions")),
        (words("export.edition"), context.edition_id),
        (words("export.link"), context.link),
    )


def _target_lines(context: TargetsContext) -> list[list[Cell]]:
    told = [(row, context.statuses.get(row.target_id, ("", ""))) for row in context.targets]
    rows = [_cells((*row, *status, _sheet(context, row.plan_id, row.target_id))) for row, status in told]
    return [[*TargetRow._fields, "status", "reason", RECEIPT], *rows]


def _sheet(context: PlanContext | TargetsContext, plan_id: str, node_id: str, version: str | None = None) -> str:
    """The address of the sheet of a result, product or target, on the dashboard that the file's own link names."""
    parts = urlsplit(context.link)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    state = ViewState(lang=context.lang, plan=plan_id, ver=version, node=node_id)
    return f"{origin}{full_link('plan', state, context.edition_id)}"


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
            sheet = _sheet(context, context.version.plan_id, row.node_id, context.version.version_code)
            rows.append([*_cells(getattr(node, name) for name in NODE), *_cells(row[1:]), sheet])
    return [*NODE, *STANDING, RECEIPT], rows


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    return head, [_cells(row) for row in rows]


def _cells(row: Iterable[Any]) -> list[Cell]:
    return [safe(str(value).lower() if isinstance(value, bool) else value) for value in row]


def about(context: PlanContext) -> list[tuple[str, str]]:
    """What the file says about itself, as (what, text)."""
    words, version = Words(context.lang), context.version
    return _told(
        (words("table.plan"), f"{version.name(context.lang)} ({version.norm})"),
        (words("plan.page.version"), version.version(context.lang)),
        *((words("export.source"), text) for text in (version.source, version.follow_up) if text),
        *((words("export.caveat"), text) for text in [version.note(context.lang)] if text),
        (words("export.caveat"), words("plan.page.capped")),
        (words("export.caveat"), words("plan.page.fractions")),
        (words("export.edition"), context.edition_id),
        (words("export.link"), context.link),
    )


def _told(*lines: tuple[str, str]) -> list[tuple[str, str]]:
    return [(what, one_line(text)) for what, text in lines]
