"""Series read by every method, as rows of the edition: readings, trend markers, projections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from observatory.period import parse_period
from observatory.progress.case import Case
from observatory.progress.comparability import Point, Refusal, newest_run
from observatory.progress.deciding import comparable_points, natural_bounds
from observatory.progress.marker import POINTS, Marker, trend_marker
from observatory.progress.pace import without_target
from observatory.progress.projection import Backtest, Projection
from observatory.progress.reading import Reading
from observatory.registry.models import Deciding, Indicator
from observatory.rows.observation import Observation
from observatory.rows.progress import (
    MarkerRow,
    MethodRow,
    ProgressRow,
    ProjectionModelRow,
    ProjectionRow,
    ReadingRow,
    TrialRow,
)
from observatory.territory import CITY

NO_BACKTEST = Backtest((), None, None, 0.0, None)


@dataclass
class ReadingTables:
    """Rows of the tables of readings, by table."""

    reading: list[ReadingRow] = field(default_factory=list)
    method_reading: list[MethodRow] = field(default_factory=list)
    trial: list[TrialRow] = field(default_factory=list)
    trend_marker: list[MarkerRow] = field(default_factory=list)
    projection_model: list[ProjectionModelRow] = field(default_factory=list)
    projection: list[ProjectionRow] = field(default_factory=list)

    def sorted_rows(self) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
        """Each table with its rows in an order that does not hang on how they were found."""
        for name, rows in vars(self).items():
            yield name, sorted(rows, key=lambda row: tuple((part is not None, str(part)) for part in row[:5]))


@dataclass(frozen=True)
class Told:
    """A reading of a target's case, with the path's row."""

    case: Case
    row: ProgressRow
    decides: Deciding
    reading: Reading

    @property
    def key(self) -> tuple[str, str, str]:
        """Indicator, territory and target."""
        return self.case.indicator.id, self.case.territory_code, self.case.target.id


def add_reading(tables: ReadingTables, told: Told) -> None:
    """Add a target's reading with its methods, trials and projections."""
    reading = told.reading
    tables.reading.append(_reading_row(told))
    for said in reading.verdicts:
        numbers = said.observed, said.required, said.ratio
        tables.method_reading.append(MethodRow(*told.key, said.method, *numbers, said.verdict, said.reason))
    periods = _periods(told.case.series)
    for change in reading.robustness.changes if reading.robustness else ():
        period = periods[change.point.start, change.point.end]
        tables.trial.append(TrialRow(*told.key, change.trial, period, change.status))
    for projection in reading.projections:
        _add_projection(tables, told.key, projection)


def _reading_row(told: Told) -> ReadingRow:
    case, reading = told.case, told.reading
    run, cut = _run(case.indicator, case.series, told.row.period)
    final, stands, arrival = case.milestones[-1], reading.robustness, reading.arrival
    base_value, base_period = _base(told, run)
    assert final.period is not None
    return ReadingRow(
        *told.key,
        decides=told.decides,
        base_value=base_value,
        base_period=base_period,
        value=run[-1].value if run else None,
        period=_periods(case.series)[run[-1].start, run[-1].end] if run else None,
        target=final.value,
        target_period=final.period.code,
        points=len(run),
        cut_by=cut,
        refusal=reading.refusal,
        agreement=reading.comparison.agreement if reading.comparison else None,
        robustness=stands.state if stands else None,
        trials=stands.trials if stands else 0,
        needed=reading.needed,
        arrival=arrival.moment if arrival else None,
        arrival_reason=arrival.reason if arrival else None,
    )


def _base(told: Told, run: Sequence[Point]) -> tuple[float | None, str | None]:
    """The target's dated baseline, else the first comparable value."""
    baseline = told.case.target.baseline
    if baseline is not None and baseline.value is not None and baseline.period is not None:
        return baseline.value, baseline.period
    first = run[0] if run else None
    return (None, None) if first is None else (first.value, _periods(told.case.series)[first.start, first.end])


def _periods(series: Sequence[Observation]) -> dict[tuple[dt.date, dt.date], str]:
    return {(row.period_start, row.period_end): row.period for row in series}


def _run(indicator: Indicator, series: Sequence[Observation], until: str = "") -> tuple[list[Point], Refusal | None]:
    breaks = [parse_period(step.period).start for step in indicator.breaks]
    return newest_run(comparable_points(indicator, series, until), breaks)


def _add_projection(tables: ReadingTables, key: tuple[str, str, str], found: Projection) -> None:
    tested = found.backtest or NO_BACKTEST
    row = ProjectionModelRow(
        *key,
        model=found.model,
        reason=found.reason,
        forecasts=len(tested.hindcasts),
        skill=tested.skill,
        coverage=tested.coverage,
        longest=tested.longest,
        mean_error=tested.mean_error,
        probability=found.probability,
        probability_reason=found.probability_reason,
    )
    tables.projection_model.append(row)
    tables.projection.extend(ProjectionRow(*key, found.model, *step) for step in found.path)


def add_series(tables: ReadingTables, indicator: Indicator, series: Sequence[Observation], decides: Deciding) -> None:
    """Add what a series says without a target: its trend marker, and in the city its growth; five values at least.

    A locality whose values carry no interval has no marker, and none is kept.
    """
    run, cut = _run(indicator, series)
    if len(run) < POINTS:
        return
    code, sign = series[0].territory_code, _sign(indicator)
    marker = trend_marker(run, indicator.measure, sign)
    periods = _periods(series)
    if code == CITY or marker.reason is None:
        first, last = (periods[point.start, point.end] for point in (run[-POINTS], run[-1]))
        tables.trend_marker.append(_marker_row((indicator.id, code, first, last), marker))
    if code == CITY and sign is not None and indicator.id not in {row.indicator_id for row in tables.reading}:
        _add_growth(tables, indicator, (run, cut), sign, decides, periods)


def _add_growth(
    tables: ReadingTables,
    indicator: Indicator,
    found: tuple[list[Point], Refusal | None],
    sign: Literal[1, -1],
    decides: Deciding,
    periods: dict[tuple[dt.date, dt.date], str],
) -> None:
    run, cut = found
    limit = natural_bounds(indicator).high if sign > 0 else None
    said = without_target(run[0].mark, run[-1].mark, sign, limit)
    key = indicator.id, CITY, None
    first, last = (periods[point.start, point.end] for point in (run[0], run[-1]))
    row = ReadingRow(
        *key,
        decides=decides,
        base_value=run[0].value,
        base_period=first,
        value=run[-1].value,
        period=last,
        target=None,
        target_period=None,
        points=len(run),
        cut_by=cut,
        refusal=None,
        agreement=None,
        robustness=None,
        trials=0,
        needed=None,
        arrival=None,
        arrival_reason=None,
    )
    tables.reading.append(row)
    numbers = said.observed, said.required, said.ratio
    tables.method_reading.append(MethodRow(*key, said.method, *numbers, said.verdict, said.reason))


def _sign(indicator: Indicator) -> Literal[1, -1] | None:
    if indicator.direction == "higher_is_better":
        return 1
    return -1 if indicator.direction == "lower_is_better" else None


def _marker_row(key: tuple[str, str, str, str], marker: Marker) -> MarkerRow:
    return MarkerRow(
        *key,
        trend=marker.trend,
        verdict=marker.verdict,
        reason=marker.reason,
        test=marker.test,
        slope=marker.slope,
        chi_square=marker.chi_square,
        p_value=marker.p_value,
    )
