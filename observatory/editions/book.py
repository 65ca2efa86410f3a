"""An edition's catalogue in memory, by code: what every page, briefing and export reads beside the figures."""

from __future__ import annotations

from dataclasses import dataclass

from observatory.editions import plan_reads, reads, receipts
from observatory.editions.opening import Edition
from observatory.links import Vocabulary
from observatory.plan_rows import VersionRow
from observatory.receipt import EntityRow
from observatory.rows.catalogue import BreakRow, CategoryRow, IndicatorRow, PlanRow, SourceRow, TargetRow, ThemeRow
from observatory.rows.observation import LatestRow
from observatory.rows.place import TerritoryRow
from observatory.rows.progress import ProgressRow
from observatory.territory import Level


@dataclass(frozen=True, eq=False)
class Book:
    """What every page needs of an edition, by code. Hashed by identity, so it can key caches."""

    edition: Edition
    themes: dict[str, ThemeRow]
    indicators: dict[str, IndicatorRow]
    sources: dict[str, SourceRow]
    territories: dict[str, TerritoryRow]
    names: dict[str, str]
    categories: dict[str, CategoryRow]
    plans: dict[str, PlanRow]
    versions: list[VersionRow]  # of the plans whose structure is known
    targets: list[TargetRow]
    breaks: list[BreakRow]
    latest_city: dict[str, LatestRow]
    progress: dict[tuple[str, str, str], ProgressRow]  # indicator, territory, `target` (the leading one) or `change`
    outlines: dict[str, dict[str, str]]  # level → code → GeoJSON geometry
    entities: dict[str, EntityRow]  # of indicators and sources
    vocabulary: Vocabulary

    @property
    def edition_id(self) -> str:
        """Date and content hash."""
        return self.edition.edition_id

    def targets_of(self, indicator_id: str) -> list[TargetRow]:
        """Milestones and references linked to an indicator."""
        return [target for target in self.targets if target.indicator_id == indicator_id]

    def breaks_of(self, indicator_id: str) -> list[BreakRow]:
        """Declared series breaks of an indicator."""
        return [found for found in self.breaks if found.indicator_id == indicator_id]

    def against_target(self, indicator_id: str, place: str = "00") -> ProgressRow | None:
        """Progress on the target that leads, if there is one."""
        return self.progress.get((indicator_id, place, "target"))

    def change(self, indicator_id: str, place: str = "00") -> ProgressRow | None:
        """Change since the previous comparable period."""
        return self.progress.get((indicator_id, place, "change"))

    def versions_of(self, plan_id: str) -> list[VersionRow]:
        """Versions of a plan whose structure is known, the oldest first."""
        return [row for row in self.versions if row.plan_id == plan_id]

    def localities(self) -> list[str]:
        """Codes of the twenty localities."""
        return [code for code, area in self.territories.items() if area.level == "locality"]


def _progress(edition: Edition) -> dict[tuple[str, str, str], ProgressRow]:
    found = {}
    for row in reads.progress(edition):
        if row.method == "change":
            found[row.indicator_id, row.territory_code, "change"] = row
        elif row.leads:
            found[row.indicator_id, row.territory_code, "target"] = row
    return found


def read_book(edition: Edition) -> Book:
    """Read the catalogue of an edition."""
    themes = {row.theme_id: row for row in reads.themes(edition)}
    indicators = {row.indicator_id: row for row in reads.indicators(edition)}
    sources = {row.source_id: row for row in reads.sources(edition)}
    territories = {row.territory_code: row for row in reads.territories(edition)}
    categories = {row.disaggregation: row for row in reads.categories(edition)}
    entities = {row.entity_id: row for row in receipts.entities(edition)}
    plans = {row.plan_id: row for row in reads.plans(edition)}
    versions, targets = plan_reads.versions(edition), reads.targets(edition)
    return Book(
        edition=edition,
        themes=themes,
        indicators=indicators,
        sources=sources,
        territories=territories,
        names={code: row.name for code, row in territories.items()},
        categories=categories,
        plans=plans,
        versions=versions,
        targets=targets,
        breaks=reads.breaks(edition),
        latest_city={row.indicator_id: row for row in reads.latest_city(edition)},
        progress=_progress(edition),
        outlines={level: _outlines(edition, level) for level in ("locality", "upl")},
        entities=entities,
        vocabulary=Vocabulary(
            indicators=frozenset(indicators),
            territories=frozenset(territories),
            themes=frozenset(themes),
            sources=frozenset(sources),
            disaggregations=frozenset(categories),
            entities=frozenset(entities),
            plans=frozenset(plans),
            versions=frozenset(row.version_code for row in versions),
            nodes=plan_reads.node_ids(edition) | {row.target_id for row in targets},
        ),
    )


def _outlines(edition: Edition, level: Level) -> dict[str, str]:
    return {row.territory_code: row.geojson for row in reads.geometries(edition, level)}
