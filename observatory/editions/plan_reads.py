"""Typed reads of the plans in an open edition: each is one query of `queries/plan_*.sql`."""

from __future__ import annotations

from observatory.editions.opening import Edition
from observatory.plan import Adjustment, Finding, Header, Node, Note, PlanVersion, Report, YearTarget
from observatory.plan_progress import Standing
from observatory.plan_rows import AggregateRow, BoardCell, VersionRow
from observatory.registry.models import Text


def versions(edition: Edition) -> list[VersionRow]:
    """Every version of every plan, by plan and in order of versions."""
    return edition.rows("plan_versions", VersionRow)


def node_ids(edition: Edition) -> frozenset[str]:
    """Every code a link may name a result or product by."""
    return frozenset(edition.rows("plan_node_ids", str))


def plan_version(edition: Edition, version: VersionRow) -> PlanVersion:
    """A whole version but what its publisher computed: tree, targets, reports, texts, changes and findings."""
    return PlanVersion(
        header=_header(version),
        nodes=nodes(edition, version),
        targets=targets(edition, version),
        reports=reports(edition, version),
        notes=notes(edition, version),
        adjustments=adjustments(edition, version),
        findings=findings(edition, version),
    )


def _header(version: VersionRow) -> Header:
    known = {name: value for name, value in version._asdict().items() if name in Header.model_fields}
    name = Text(es=version.name_es, en=version.name_en)
    note = Text(es=version.note_es, en=version.note_en) if version.note_es and version.note_en else None
    return Header(**(known | {"version": version.plan_version, "name": name, "note": note}))


def nodes(edition: Edition, version: VersionRow) -> list[Node]:
    """Objectives, results and products in the order of the plan."""
    return edition.rows("plan_nodes", Node, **_key(version))


def targets(edition: Edition, version: VersionRow) -> list[YearTarget]:
    """Yearly targets, by node and year."""
    return edition.rows("plan_targets", YearTarget, **_key(version))


def reports(edition: Edition, version: VersionRow) -> list[Report]:
    """What was reported, by node, year and quarter."""
    return edition.rows("plan_reports", Report, **_key(version))


def notes(edition: Edition, version: VersionRow) -> list[Note]:
    """Texts that go with reports, by node, year and quarter."""
    return edition.rows("plan_notes", Note, **_key(version))


def adjustments(edition: Edition, version: VersionRow) -> list[Adjustment]:
    """Approved changes of the plan, the newest first."""
    return edition.rows("plan_adjustments", Adjustment, **_key(version))


def findings(edition: Edition, version: VersionRow) -> list[Finding]:
    """What the rules found, as they found it."""
    return edition.rows("plan_findings", Finding, **_key(version))


def standings(edition: Edition, version: VersionRow) -> list[Standing]:
    """Results and products at every cut, the oldest first."""
    return edition.rows("plan_standings", Standing, **_key(version))


def aggregates(edition: Edition, version: VersionRow) -> list[AggregateRow]:
    """Policy, objectives, sectors and entities at every cut, the oldest first."""
    return edition.rows("plan_aggregates", AggregateRow, **_key(version))


def board_cells(edition: Edition, version: VersionRow) -> list[BoardCell]:
    """A public board's percentages beside ours; none where there is no board."""
    return edition.rows("plan_board_cells", BoardCell, **_key(version))


def _key(version: VersionRow) -> dict[str, str]:
    return {"plan_id": version.plan_id, "plan_version": version.plan_version}
