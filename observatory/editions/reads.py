"""Typed reads of an open edition: each is one query of `queries/`, its answer a list of the tuples of `observation`."""

from __future__ import annotations

from collections.abc import Sequence

from observatory import observation as rows
from observatory.editions.opening import Edition
from observatory.territory import CITY, Level

# The codes of a level lie between these, so that a level is read without a join.
SPANS: dict[Level, tuple[str, str]] = {"city": (CITY, CITY), "locality": ("01", "98"), "upl": ("UPL", "UPL~")}


def _span(level: Level) -> dict[str, str]:
    first, last = SPANS[level]
    return {"first": first, "last": last}


def about(edition: Edition) -> rows.EditionRow:
    """Which edition this is."""
    return edition.rows("about", rows.EditionRow)[0]


def themes(edition: Edition) -> list[rows.ThemeRow]:
    """The themes, in their order."""
    return edition.rows("themes", rows.ThemeRow)


def indicators(edition: Edition) -> list[rows.IndicatorRow]:
    """The indicators, in the catalogue's order."""
    return edition.rows("indicators", rows.IndicatorRow)


def sources(edition: Edition) -> list[rows.SourceRow]:
    """The sources, by id."""
    return edition.rows("sources", rows.SourceRow)


def territories(edition: Edition) -> list[rows.TerritoryRow]:
    """City, localities and planning units, by code."""
    return edition.rows("territories", rows.TerritoryRow)


def geometries(edition: Edition, level: Level) -> list[rows.GeometryRow]:
    """Generalised outlines of a level, by code."""
    return edition.rows("geometries", rows.GeometryRow, level=level)


def neighbours(edition: Edition) -> list[rows.NeighbourRow]:
    """Pairs of areas that share a border."""
    return edition.rows("neighbours", rows.NeighbourRow)


def categories(edition: Edition) -> list[rows.CategoryRow]:
    """Words of the disaggregations, by dimension and position."""
    return edition.rows("categories", rows.CategoryRow)


def plans(edition: Edition) -> list[rows.PlanRow]:
    """Plans that set targets."""
    return edition.rows("plans", rows.PlanRow)


def targets(edition: Edition, indicator_id: str | None = None) -> list[rows.TargetRow]:
    """Milestones of targets and references; of all indicators, and of none, when no id is given."""
    return edition.rows("targets", rows.TargetRow, indicator_id=indicator_id)


def breaks(edition: Edition, indicator_id: str | None = None) -> list[rows.BreakRow]:
    """Declared series breaks."""
    return edition.rows("breaks", rows.BreakRow, indicator_id=indicator_id)


def progress(edition: Edition, indicator_id: str | None = None) -> list[rows.ProgressRow]:
    """How indicators stand: one row per target, and one per series for its last change; the leading row first."""
    return edition.rows("progress", rows.ProgressRow, indicator_id=indicator_id)


def readings(edition: Edition, indicator_id: str | None = None) -> list[rows.ReadingRow]:
    """Series read by every method, by territory and target."""
    return edition.rows("readings", rows.ReadingRow, indicator_id=indicator_id)


def method_readings(edition: Edition, indicator_id: str | None = None) -> list[rows.MethodRow]:
    """What each method says, the path first."""
    return edition.rows("method_readings", rows.MethodRow, indicator_id=indicator_id)


def trials(edition: Edition, indicator_id: str | None = None) -> list[rows.TrialRow]:
    """Changes of a series that would change its status, the newest period first."""
    return edition.rows("trials", rows.TrialRow, indicator_id=indicator_id)


def trend_markers(edition: Edition, indicator_id: str | None = None) -> list[rows.MarkerRow]:
    """Trend markers, by territory."""
    return edition.rows("trend_markers", rows.MarkerRow, indicator_id=indicator_id)


def projection_models(edition: Edition, indicator_id: str | None = None) -> list[rows.ProjectionModelRow]:
    """Models with their backtests, the linear one first."""
    return edition.rows("projection_models", rows.ProjectionModelRow, indicator_id=indicator_id)


def projections(edition: Edition, indicator_id: str | None = None) -> list[rows.ProjectionRow]:
    """Projected values, by model and time."""
    return edition.rows("projections", rows.ProjectionRow, indicator_id=indicator_id)


def observations(edition: Edition, indicator_id: str | None = None) -> list[rows.Observation]:
    """Every observation of an indicator, or of all: for exports and comparisons, not for pages."""
    return edition.rows("observations", rows.Observation, indicator_id=indicator_id)


def series(
    edition: Edition, indicator_id: str, codes: Sequence[str], disaggregation: str = rows.TOTAL
) -> list[rows.Observation]:
    """Series of some territories, by territory and time."""
    bound = {"indicator_id": indicator_id, "codes": list(codes), "disaggregation": disaggregation}
    return edition.rows("series", rows.Observation, **bound)


def all_series(
    edition: Edition, indicator_id: str, level: Level, disaggregation: str = rows.TOTAL
) -> list[rows.Observation]:
    """Series of every territory of a level, by territory and time."""
    bound = {"indicator_id": indicator_id, "disaggregation": disaggregation}
    return edition.rows("all_series", rows.Observation, **bound, **_span(level))


def snapshot(
    edition: Edition, indicator_id: str, period: str, level: Level, disaggregation: str = rows.TOTAL
) -> list[rows.Observation]:
    """One period in every territory of a level, by territory."""
    bound = {"indicator_id": indicator_id, "period": period, "disaggregation": disaggregation}
    return edition.rows("snapshot", rows.Observation, **bound, **_span(level))


def breakdown(edition: Edition, indicator_id: str, territory_code: str, dimension_id: str) -> list[rows.Observation]:
    """Every category of a dimension in a territory, by category and time."""
    bound = {"indicator_id": indicator_id, "territory_code": territory_code, "dimension_id": dimension_id}
    return edition.rows("breakdown", rows.Observation, **bound)


def periods(edition: Edition, indicator_id: str, level: Level) -> list[rows.PeriodRow]:
    """Periods of an indicator's totals at a level, oldest first."""
    return edition.rows("periods", rows.PeriodRow, indicator_id=indicator_id, **_span(level))


def latest(edition: Edition, indicator_id: str, level: Level) -> list[rows.LatestRow]:
    """The newest totals of an indicator at a level, by territory."""
    return edition.rows("latest", rows.LatestRow, indicator_id=indicator_id, level=level)


def latest_city(edition: Edition) -> list[rows.LatestRow]:
    """The city's newest total of each indicator that has one, in the catalogue's order."""
    return territory_sheet(edition, CITY)


def territory_sheet(edition: Edition, territory_code: str) -> list[rows.LatestRow]:
    """The newest total of each indicator in a territory, beside the city's for the same period."""
    return edition.rows("territory_sheet", rows.LatestRow, territory_code=territory_code)


def silence(edition: Edition, indicator_id: str | None = None) -> list[rows.SilenceRow]:
    """Values per indicator, locality and year, and why there are none."""
    return edition.rows("silence", rows.SilenceRow, indicator_id=indicator_id)


def captures(edition: Edition) -> list[rows.CaptureRow]:
    """Files that entered the edition."""
    return edition.rows("captures", rows.CaptureRow)


def accounts(edition: Edition) -> list[rows.AccountRow]:
    """What became of the rows that came in."""
    return edition.rows("accounts", rows.AccountRow)


def rejected(edition: Edition, source_id: str | None = None) -> list[rows.RejectedRow]:
    """Rows refused."""
    return edition.rows("rejected", rows.RejectedRow, source_id=source_id)


def corrections(edition: Edition) -> list[rows.CorrectionRow]:
    """Rows of figure tables that were corrected."""
    return edition.rows("corrections", rows.CorrectionRow)


def checks(edition: Edition) -> list[rows.CheckRow]:
    """Results of the checks."""
    return edition.rows("checks", rows.CheckRow)
