"""What a plan's page shows: the plan and version a link asks for, with everything an edition holds of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from observatory.editions import plan_reads, reads
from observatory.plan import Node, PlanVersion
from observatory.plan_progress import Standing
from observatory.plan_rows import AggregateRow, BoardCell, VersionRow
from observatory.rows.catalogue import IndicatorRow, PlanRow, TargetRow
from observatory.rows.progress import ProgressRow
from observatory.sheets.view import View

SCOPES = ("district", "national", "regional", "international")
ASSESSED = ("result", "product")


@dataclass(frozen=True)
class Promise:
    """A target of the catalogue: its milestones, how it stands in the city, the indicator that measures it."""

    milestones: list[TargetRow]
    progress: ProgressRow | None
    indicator: IndicatorRow | None

    @property
    def first(self) -> TargetRow:
        """What is the same in every milestone."""
        return self.milestones[0]

    @property
    def status(self) -> str:
        """Its status; `no_target` marks what is not measured or is a reference alone."""
        return self.progress.status if self.progress else "no_target"


@dataclass(frozen=True)
class Shown:
    """A plan with its structure at one version, or the targets of the catalogue alone."""

    plan: PlanRow
    version: VersionRow | None
    versions: list[VersionRow]
    tree: PlanVersion | None
    standings: list[Standing]  # every cut, the oldest first
    aggregates: list[AggregateRow]
    board: list[BoardCell]
    promises: list[Promise]

    @cached_property
    def cuts(self) -> list[str]:
        """Quarters assessed, the oldest first."""
        return sorted({row.cut for row in self.standings})

    @property
    def cut(self) -> str:
        """The newest quarter assessed; empty without a structure."""
        return self.cuts[-1] if self.cuts else ""

    @cached_property
    def now(self) -> dict[str, Standing]:
        """Standings at the newest cut, by node."""
        return {row.node_id: row for row in self.standings if row.cut == self.cut}

    @cached_property
    def groups(self) -> dict[tuple[str, str, str], AggregateRow]:
        """Aggregates at the newest cut: (group kind, group, kind of indicator)."""
        return {(row.group_kind, row.group_name, row.kind): row for row in self.aggregates if row.cut == self.cut}

    @property
    def is_pending(self) -> bool:
        """Whether nothing but the structure is known."""
        return self.version is not None and self.version.layout == "structure"

    def node(self, node_id: str | None) -> Node | None:
        """A result or product of the tree."""
        return self.tree.by_id.get(node_id or "") if self.tree else None

    def promise(self, target_id: str | None) -> Promise | None:
        """A target of the catalogue."""
        return next((item for item in self.promises if item.first.target_id == target_id), None)

    def assessed(self, kind: str) -> list[tuple[Node, Standing]]:
        """Results or products with their standing at the newest cut, in the order of the plan."""
        nodes = self.tree.of_kind(kind) if self.tree else []
        return [(node, self.now[node.node_id]) for node in nodes if node.node_id in self.now]


def plan_ids(view: View) -> list[str]:
    """Plans with a structure or a target, the District's open ones first, those with a structure before the others."""
    book = view.book
    with_targets = {row.plan_id for row in book.targets}
    known = [plan for plan in book.plans.values() if plan.plan_id in with_targets or book.versions_of(plan.plan_id)]

    def order(plan: PlanRow) -> tuple[int, bool, bool, str]:
        return (SCOPES.index(plan.scope), plan.closed, not book.versions_of(plan.plan_id), plan.name(view.lang))

    return [plan.plan_id for plan in sorted(known, key=order)]


def chosen_plan(view: View) -> str | None:
    """The link's plan, or the one its result, product or target belongs to; None for the list of all."""
    if view.state.plan is not None:
        return view.state.plan
    return next((row.plan_id for row in view.book.targets if row.target_id == view.state.node), None)


def chosen_version(view: View, plan_id: str) -> VersionRow | None:
    """The link's version of a plan, else its current one; None where no structure is known."""
    versions = view.book.versions_of(plan_id)
    asked = next((row for row in versions if row.version_code == view.state.ver), None)
    return asked or next((row for row in versions if row.is_current), None)


def shown(view: View, plan_id: str) -> Shown:
    """Everything the edition holds of a plan at the version asked for."""
    book, version = view.book, chosen_version(view, plan_id)
    edition = book.edition
    return Shown(
        plan=book.plans[plan_id],
        version=version,
        versions=book.versions_of(plan_id),
        tree=plan_reads.plan_version(edition, version) if version else None,
        standings=plan_reads.standings(edition, version) if version else [],
        aggregates=plan_reads.aggregates(edition, version) if version else [],
        board=plan_reads.board_cells(edition, version) if version else [],
        promises=promises(view, plan_id),
    )


def promises(view: View, plan_id: str | None = None) -> list[Promise]:
    """Targets of a plan, or of all, measured ones first; each with its progress in the city where it has one."""
    book = view.book
    progress = {
        row.target_id: row for row in reads.progress(book.edition) if row.target_id and row.territory_code == "00"
    }
    grouped: dict[str, list[TargetRow]] = {}
    for row in book.targets:
        if plan_id in (None, row.plan_id):
            grouped.setdefault(row.target_id, []).append(row)
    found = [
        Promise(rows, progress.get(target_id), book.indicators.get(rows[0].indicator_id or ""))
        for target_id, rows in grouped.items()
    ]
    return sorted(found, key=lambda item: (item.indicator is None, item.first.target_id))


def tabs_of(plan: Shown) -> Sequence[str]:
    """The parts of a plan's page."""
    if plan.tree is None:
        return ("tree", "due")
    if plan.is_pending:
        return ("tree", "findings") if plan.tree.findings else ("tree",)
    return ("tree", "due", "groups", *(["board"] if plan.board else []), "findings")


def chosen_tab(view: View, plan: Shown) -> str:
    """The link's part of the page, else the tree."""
    return view.state.tab if view.state.tab in tabs_of(plan) else "tree"  # type: ignore[return-value]  # not None
