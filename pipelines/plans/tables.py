"""The plans of `data/plans` as tables of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

import observatory.editions
from observatory.plan import Header, Node, PlanVersion
from observatory.plan_progress import Aggregate, Standing, grouped, standings, weighted_up
from observatory.progress.reporting import Quarter
from observatory.registry.models import Bands
from pipelines.inserting import insert
from pipelines.plans.board_comparison import compare_board

if TYPE_CHECKING:
    from pipelines.plans.files import Listed

SCHEMA = Path(observatory.editions.__file__).with_name("plan_schema.sql")
PARTS = {
    "plan_node": "nodes",
    "plan_target": "targets",
    "plan_report": "reports",
    "plan_published": "published",
    "plan_note": "notes",
    "plan_attribute": "attributes",
    "plan_adjustment": "adjustments",
    "plan_finding": "findings",
}
STATUSES = ("met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed")
ASSESSED = ("result", "product")
Row = tuple[Any, ...]


def insert_plans(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Iterable[Sequence[object]]]) -> None:
    """Create the plan tables of an edition and fill them."""
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    for table, rows in tables.items():
        insert(connection, table, rows)


def plan_tables(folder: Path, bands: Bands) -> dict[str, list[Row]]:
    """The rows of the plan tables, by table; one of `plan_version` for each version.

    Args:
        folder: `data/plans`; none or empty gives no rows.
        bands: cuts between statuses, of the catalogue.

    Raises:
        FigureError: a table of a version cannot be read.
    """
    from pipelines.plans.files import read_plans  # with what reads workbooks, which kept tables need not wait for

    tables: dict[str, list[Row]] = {"plan_version": []}
    for listed in read_plans(folder):
        tables["plan_version"].append(_version_row(listed))
        for table, rows in _tables_of(listed.plan, bands):
            key = (listed.plan.header.plan_id, listed.plan.header.version)
            tables.setdefault(table, []).extend((*key, *row) for row in rows)
    return tables


def _tables_of(plan: PlanVersion, bands: Bands) -> Iterator[tuple[str, Sequence[Row]]]:
    """Rows of a version by table, without the key they share."""
    for table, part in PARTS.items():
        yield table, getattr(plan, part)
    for cut in cuts_of(plan):
        rows = [row for kind in ASSESSED for row in standings(plan, kind, cut, bands)]
        yield "plan_standing", rows
        yield "plan_aggregate", list(_aggregates(plan, rows, cut))
    if plan.header.layout == "board":
        yield "plan_board_cell", compare_board(plan, bands)


def _version_row(listed: Listed) -> tuple[Any, ...]:
    from pipelines.plans.files import version_code

    header: Header = listed.plan.header
    note = header.note
    return (
        header.plan_id,
        header.version,
        version_code(header.version),
        header.version_en,
        listed.position,
        listed.is_current,
        header.name.es,
        header.name.en,
        header.norm,
        header.lead_sector,
        header.lead_entity,
        header.objective,
        header.layout,
        header.source,
        header.source_sha256,
        header.follow_up,
        header.follow_up_sha256,
        header.first_year,
        header.last_year,
        header.reported_to,
        header.products_stated,
        note.es if note else None,
        note.en if note else None,
    )


def cuts_of(plan: PlanVersion) -> list[Quarter]:
    """The quarters a version is assessed at, the newest last: those with reports, a year's report counting in its Q4.

    A version without reports is assessed once, at the end of the year before it begins.
    """
    made = {Quarter(report.year, report.quarter or 4) for report in plan.reports if report.value is not None}
    return sorted(made) or [Quarter(plan.header.first_year - 1, 4)]


def _aggregates(plan: PlanVersion, rows: list[Standing], cut: Quarter) -> Iterator[tuple[Any, ...]]:
    groups: dict[str, Callable[[Node], str]] = {"sector": lambda node: node.sector, "entity": lambda node: node.entity}
    for kind in ASSESSED:
        of_kind = [row for row in rows if plan.by_id[row.node_id].kind == kind]
        for item in weighted_up(plan, of_kind, kind):
            yield _aggregate_row(cut, "objective" if item.group else "policy", item)
        for name, group_of in groups.items():
            for item in grouped(plan, of_kind, kind, group_of):
                yield _aggregate_row(cut, name, item)


def _aggregate_row(cut: Quarter, group_kind: str, item: Aggregate) -> tuple[Any, ...]:
    counts = [item.statuses.get(status, 0) for status in STATUSES]
    return (cut.code, group_kind, item.group, *item[1:-1], *counts)
