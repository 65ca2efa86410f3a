"""The plans of `data/plans` as tables of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

import observatory.editions
from observatory.plan import Header, Node, PlanVersion
from observatory.plan_progress import Aggregate, Standing, grouped, standings, weighted_up
from observatory.progress.reporting import Quarter
from observatory.registry.models import Bands
from pipelines.board_comparison import compare_board
from pipelines.inserting import insert
from pipelines.plan_files import Listed, read_plans

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


def insert_plans(connection: duckdb.DuckDBPyConnection, folder: Path, bands: Bands) -> list[Listed]:
    """Create the plan tables and fill them from `data/plans`; gives back the versions that went in.

    Args:
        connection: of the edition being built.
        folder: `data/plans`; none or empty leaves the tables empty.
        bands: cuts between statuses, of the catalogue.

    Raises:
        FigureError: a table of a version cannot be read.
    """
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    plans = read_plans(folder)
    for listed in plans:
        insert(connection, "plan_version", [_version_row(listed)])
        for table, part in PARTS.items():
            insert(connection, table, _keyed(listed.plan, getattr(listed.plan, part)))
        for cut in cuts_of(listed.plan):
            rows = [row for kind in ASSESSED for row in standings(listed.plan, kind, cut, bands)]
            insert(connection, "plan_standing", _keyed(listed.plan, rows))
            insert(connection, "plan_aggregate", _keyed(listed.plan, list(_aggregates(listed.plan, rows, cut))))
        if listed.plan.header.layout == "board":
            insert(connection, "plan_board_cell", _keyed(listed.plan, compare_board(listed.plan, bands)))
    return plans


def _keyed(plan: PlanVersion, rows: list[Any]) -> list[tuple[Any, ...]]:
    return [(plan.header.plan_id, plan.header.version, *row) for row in rows]


def _version_row(listed: Listed) -> tuple[Any, ...]:
    header: Header = listed.plan.header
    note = header.note
    return (
        header.plan_id,
        header.version,
        listed.position,
        listed.is_current,
        header.catalogue_plan_id,
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
