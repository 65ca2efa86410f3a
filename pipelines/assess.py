"""From observations to progress: each district target on its city series, and the last change of every series."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import duckdb

from observatory.progress.case import Case
from observatory.progress.change import assess_change
from observatory.progress.deciding import decided, read_target
from observatory.progress.leading import with_leader
from observatory.progress.verdict import assess_target
from observatory.registry.models import Catalogue, Deciding, Plan, Target
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow
from observatory.territory import Level
from pipelines.inserting import insert, run
from pipelines.readings import ReadingTables, Told, add_reading, add_series

Series = dict[tuple[str, str], list[Observation]]


def assess(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, built_on: dt.date) -> None:
    """Fill `progress` and the tables of readings from `observation`."""
    series: Series = defaultdict(list)
    for row in run(connection, "totals"):
        observation = Observation(*row)
        series[observation.indicator_id, observation.territory_code].append(observation)
    levels: dict[str, Level] = dict(connection.execute("SELECT territory_code, level FROM territory").fetchall())
    tables = ReadingTables()
    targets = _target_rows(catalogue, series, levels, built_on, tables)
    rows: list[ProgressRow] = [*_changes(catalogue, series), *targets]
    rows.sort(key=lambda row: (row.indicator_id, row.territory_code, row.method, row.target_id or ""))
    insert(connection, "progress", rows)
    _add_trends(catalogue, series, levels, tables)
    for name, found in tables.sorted_rows():
        insert(connection, name, found)


def _add_trends(catalogue: Catalogue, series: Series, levels: dict[str, Level], tables: ReadingTables) -> None:
    indicators = {item.id: item for item in catalogue.indicators}
    for (indicator_id, code), observations in series.items():
        if levels.get(code) in ("city", "locality"):
            item = indicators[indicator_id]
            add_series(tables, item, observations, catalogue.decides(item))


def _changes(catalogue: Catalogue, series: Series) -> Iterator[ProgressRow]:
    indicators = {item.id: item for item in catalogue.indicators}
    for (indicator_id, _), observations in series.items():
        change = assess_change(indicators[indicator_id], observations)
        if change is not None:
            yield change


def _target_rows(
    catalogue: Catalogue, series: Series, levels: dict[str, Level], built_on: dt.date, tables: ReadingTables
) -> Iterator[ProgressRow]:
    indicators = {item.id: item for item in catalogue.indicators}
    plans = {plan.id: plan for plan in catalogue.plans}
    rows: dict[tuple[str, str], list[tuple[ProgressRow, Target, Plan]]] = defaultdict(list)
    for target in catalogue.targets:
        if target.indicator is None or target.role == "reference":
            continue
        item, plan = indicators[target.indicator], plans[target.plan]
        for code, level in levels.items():
            if level in target.applies_to and level in item.levels:
                found = series.get((item.id, code), [])
                case = Case(target, item, code, found, built_on, catalogue.status_bands, plan.starts, plan.ends)
                rows[item.id, code].append((_assessed(case, catalogue.decides(item), tables), target, plan))
    for group in rows.values():
        yield from with_leader([(row, target, plan.starts, plan.closed) for row, target, plan in group])


def _assessed(case: Case, decides: Deciding, tables: ReadingTables) -> ProgressRow:
    """The verdict of the deciding method; the others go to the tables beside it."""
    row = assess_target(case)
    reading = read_target(case, row, decides)
    if reading is None:
        return decided(row, decides, None)
    add_reading(tables, Told(case, row, decides, reading))
    state = reading.robustness.state if reading.robustness else None
    return decided(row, decides, reading)._replace(robustness=state or row.robustness)
