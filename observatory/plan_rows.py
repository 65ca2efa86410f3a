"""Rows that an edition holds of plans beside those of `observatory.plan`: versions, aggregates, a board's cells.

Field order equals the column order of the queries `plan_*.sql`. Shares are fractions, weights shares of the policy.
"""

from __future__ import annotations

from typing import NamedTuple

from observatory.rows.language import Lang

STATUSES = ("met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed")


class VersionRow(NamedTuple):
    """One version of a plan's structure, as somebody published it."""

    plan_id: str
    plan_version: str  # as published
    version_code: str  # as links carry it
    version_en: str | None  # as English readers see it, where that is not the same
    position: int
    is_current: bool
    name_es: str
    name_en: str
    norm: str
    lead_sector: str | None
    lead_entity: str | None
    objective: str | None
    layout: str  # structure · board · new · old
    source: str
    source_sha256: str | None
    follow_up: str | None
    follow_up_sha256: str | None
    first_year: int
    last_year: int
    reported_to: str | None
    products_stated: int | None
    note_es: str | None
    note_en: str | None

    def name(self, lang: Lang) -> str:
        """The plan's name."""
        return self.name_en if lang == "en" else self.name_es

    def version(self, lang: Lang) -> str:
        """The version as readers see it."""
        return (self.version_en if lang == "en" else None) or self.plan_version

    def note(self, lang: Lang) -> str:
        """What must be known of this version; empty when nothing."""
        return (self.note_en if lang == "en" else self.note_es) or ""


class AggregateRow(NamedTuple):
    """Indicators of a group together at a cut.

    `progress` counts each share at most 1 and at least 0; it is said with its `coverage`, the assessed part of the
    weight whose first report was due. `progress_uncapped` leaves shares as they are and never stands alone.
    """

    cut: str
    group_kind: str  # policy · objective · sector · entity
    group_name: str  # node id of an objective, name of a sector or entity
    kind: str  # result · product
    indicators: int
    assessed: int
    unweighted: int
    weight: float
    weight_assessed: float
    coverage: float | None
    progress: float | None
    progress_uncapped: float | None
    met: int
    on_track: int
    at_risk: int
    lagging: int
    over_executed: int
    not_assessed: int

    @property
    def counts(self) -> dict[str, int]:
        """Indicators by status, those with any."""
        return {status: count for status in STATUSES if (count := getattr(self, status))}

    @property
    def outside(self) -> int:
        """Indicators with a verdict and no share: ceilings, kept or not; they enter no average."""
        return sum(self.counts.values()) - self.not_assessed - self.assessed


class BoardCell(NamedTuple):
    """A percentage of a public board beside ours; `reason` says why they are not the same."""

    node_id: str
    key: str
    kind: str
    annualization: str
    year: int
    measure: str  # share_of_year · share_to_date
    board: float | None
    ours: float | None
    agreement: str  # agree · differ · only_board · only_ours
    reason: str
