"""Typed reads of an open edition: each is one query of `queries/`, its answer a list of `observatory.rows` tuples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from observatory.editions.opening import Edition
from observatory.rows.account import AccountRow, CaptureRow, CheckRow, CorrectionRow, EditionRow, RejectedRow
from observatory.rows.catalogue import BreakRow, CategoryRow, IndicatorRow, PlanRow, SourceRow, TargetRow, ThemeRow
from observatory.rows.observation import TOTAL, LatestRow, Observation, PeriodRow, SilenceRow
from observatory.rows.place import GeometryRow, NeighbourRow, TerritoryRow
from observatory.rows.progress import (
    MarkerRow,
    MethodRow,
    ProgressRow,
    ProjectionModelRow,
    ProjectionRow,
    ReadingRow,
    TrialRow,
)
from observatory.territory import CITY, Level

# The codes of a level lie between these, so that a level is read without a join.
SPANS: dict[Level, tuple[str, str]] = {"city": (CITY, CITY), "locality": ("01", "98"), "upl": ("UPL", "UPL~")}


class _OfIndicator(Protocol):
    @property
    def indicator_id(self) -> str: ...


OfIndicator = TypeVar("OfIndicator", bound=_OfIndicator)


def by_indicator(rows: Iterable[OfIndicator]) -> dict[str, list[OfIndicator]]:
    """Rows of each indicator, in the order they come."""
    found: dict[str, list[OfIndicator]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _span(level: Level) -> dict[str, str]:
    first, last = SPANS[level]
    return {"first": first, "last": last}


def about(edition: Edition) -> EditionRow:
    """Which edition this is."""
    return edition.rows("about", EditionRow)[0]


def themes(edition: Edition) -> list[ThemeRow]:
    """The themes, in their order."""
    return edition.rows("themes", ThemeRow)


def indicators(edition: Edition) -> list[IndicatorRow]:
    """The indicators, in the catalogue's order."""
    return edition.rows("indicators", IndicatorRow)


def sources(edition: Edition) -> list[SourceRow]:
    """The sources, by id."""
    return edition.rows("sources", SourceRow)


def territories(edition: Edition) -> list[TerritoryRow]:
    """City, localities and planning units, by code."""
    return edition.rows("territories", TerritoryRow)


def geometries(edition: Edition, level: Level) -> list[GeometryRow]:
    """Generalised outlines of a level, by code."""
    return edition.rows("geometries", GeometryRow, level=level)


def neighbours(edition: Edition) -> list[NeighbourRow]:
    """Pairs of areas that share a border."""
    return edition.rows("neighbours", NeighbourRow)


def categories(edition: Edition) -> list[CategoryRow]:
    """Words of the disaggregations, by dimension and position."""
    return edition.rows("categories", CategoryRow)


def plans(edition: Edition) -> list[PlanRow]:
    """Plans that set targets."""
    return edition.rows("plans", PlanRow)


def targets(edition: Edition, indicator_id: str | None = None) -> list[TargetRow]:
    """Milestones of targets and references; of all indicators, and of none, when no id is given."""
    return edition.rows("targets", TargetRow, indicator_id=indicator_id)


def breaks(edition: Edition, indicator_id: str | None = None) -> list[BreakRow]:
    """Declared series breaks."""
    return edition.rows("breaks", BreakRow, indicator_id=indicator_id)


def progress(edition: Edition, indicator_id: str | None = None) -> list[ProgressRow]:
    """How indicators stand: one row per target, and one per series for its last change; the leading row first."""
    return edition.rows("progress", ProgressRow, indicator_id=indicator_id)


def readings(edition: Edition, indicator_id: str | None = None) -> list[ReadingRow]:
    """Series read by every method, by territory and target."""
    return edition.rows("readings", ReadingRow, indicator_id=indicator_id)


def method_readings(edition: Edition, indicator_id: str | None = None) -> list[MethodRow]:
    """What each method says, the path first."""
    return edition.rows("method_readings", MethodRow, indicator_id=indicator_id)


def trials(edition: Edition, indicator_id: str | None = None) -> list[TrialRow]:
    """Changes of a series that would change its status, the newest period first."""
    return edition.rows("trials", TrialRow, indicator_id=indicator_id)


def trend_markers(edition: Edition, indicator_id: str | None = None) -> list[MarkerRow]:
    """Trend markers, by territory."""
    return edition.rows("trend_markers", MarkerRow, indicator_id=indicator_id)


def projection_models(edition: Edition, indicator_id: str | None = None) -> list[ProjectionModelRow]:
    """Models with their backtests, the linear one first."""
    return edition.rows("projection_models", ProjectionModelRow, indicator_id=indicator_id)


def projections(edition: Edition, indicator_id: str | None = None) -> list[ProjectionRow]:
    """Projected values, by model and time."""
    return edition.rows("projections", ProjectionRow, indicator_id=indicator_id)


def observations(edition: Edition, indicator_id: str | None = None) -> list[Observation]:
    """Every observation of an indicator, or of all: for exports and comparisons, not for pages."""
    return edition.rows("observations", Observation, indicator_id=indicator_id)


def series(edition: Edition, indicator_id: str, codes: Sequence[str], disaggregation: str = TOTAL) -> list[Observation]:
    """Series of some territories, by territory and time."""
    bound = {"indicator_id": indicator_id, "codes": list(codes), "disaggregation": disaggregation}
    return edition.rows("series", Observation, **bound)


def place_series(edition: Edition, territory_code: str) -> list[Observation]:
    """Series of every indicator in a territory, totals only, by indicator and time."""
    return edition.rows("place_series", Observation, territory_code=territory_code, disaggregation=TOTAL)


def all_series(edition: Edition, indicator_id: str, level: Level, disaggregation: str = TOTAL) -> list[Observation]:
    """Series of every territory of a level, by territory and time."""
    bound = {"indicator_id": indicator_id, "disaggregation": disaggregation}
    return edition.rows("all_series", Observation, **bound, **_span(level))


def snapshot(
    edition: Edition, indicator_id: str, period: str, level: Level, disaggregation: str = TOTAL
) -> list[Observation]:
    """One period in every territory of a level, by territory."""
    bound = {"indicator_id": indicator_id, "period": period, "disaggregation": disaggregation}
    return edition.rows("snapshot", Observation, **bound, **_span(level))


def breakdown(edition: Edition, indicator_id: str, territory_code: str, dimension_id: str) -> list[Observation]:
    """Every category of a dimension in a territory, by category and time."""
    bound = {"indicator_id": indicator_id, "territory_code": territory_code, "dimension_id": dimension_id}
    return edition.rows("breakdown", Observation, **bound)


def periods(edition: Edition, indicator_id: str, level: Level) -> list[PeriodRow]:
    """Periods of an indicator's totals at a level, oldest first."""
    return edition.rows("periods", PeriodRow, indicator_id=indicator_id, **_span(level))


def latest(edition: Edition, indicator_id: str, level: Level) -> list[LatestRow]:
    """The newest totals of an indicator at a level, by territory."""
    return edition.rows("latest", LatestRow, indicator_id=indicator_id, level=level)


def latest_city(edition: Edition) -> list[LatestRow]:
    """The city's newest total of each indicator that has one, in the catalogue's order."""
    return territory_sheet(edition, CITY)


def territory_sheet(edition: Edition, territory_code: str) -> list[LatestRow]:
    """The newest total of each indicator in a territory, beside the city's for the same period."""
    return edition.rows("territory_sheet", LatestRow, territory_code=territory_code)


def silence(edition: Edition, indicator_id: str | None = None) -> list[SilenceRow]:
    """Values per indicator, locality and year, and why there are none."""
    return edition.rows("silence", SilenceRow, indicator_id=indicator_id)


def captures(edition: Edition) -> list[CaptureRow]:
    """Files that entered the edition."""
    return edition.rows("captures", CaptureRow)


def accounts(edition: Edition) -> list[AccountRow]:
    """What became of the rows that came in."""
    return edition.rows("accounts", AccountRow)


def rejected(edition: Edition, source_id: str | None = None) -> list[RejectedRow]:
    """Rows refused."""
    return edition.rows("rejected", RejectedRow, source_id=source_id)


def corrections(edition: Edition) -> list[CorrectionRow]:
    """Rows of figure tables that were corrected."""
    return edition.rows("corrections", CorrectionRow)


def checks(edition: Edition) -> list[CheckRow]:
    """Results of the checks."""
    return edition.rows("checks", CheckRow)
