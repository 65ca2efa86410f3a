"""From observations to progress: each district target on its city series, and the last change of every series."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

import duckdb

from observatory.period import parse_period
from observatory.progress.case import Case
from observatory.progress.change import assess_change
from observatory.progress.deciding import decided, read_target
from observatory.progress.leading import with_leader
from observatory.progress.verdict import assess_target
from observatory.registry.models import Catalogue, Deciding, Indicator, Target
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow
from observatory.territory import Level
from pipelines.inserting import run
from pipelines.observe import want
from pipelines.parts import Tables
from pipelines.readings import ReadingTables, Told, add_reading, add_series

Series = dict[str, list[Observation]]  # by territory


def targets_of(catalogue: Catalogue, item: Indicator) -> list[Target]:
    """The targets that an indicator is held against."""
    return [target for target in catalogue.targets if target.indicator == item.id and target.role != "reference"]


def day_told(targets: Iterable[Target], day: dt.date) -> dt.date:
    """The day as far as targets can tell: that after the last milestone that is over.

    A verdict asks of the day only which milestones are over, so that it stands until another one is.
    """
    ends = (parse_period(step.period).end for target in targets for step in target.milestones if step.period)
    return max((end for end in ends if end < day), default=dt.date.min) + dt.timedelta(days=1)


def assess(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, built_on: dt.date, names: list[str]
) -> dict[str, Tables]:
    """Assess indicators by their observations: rows of `progress` and of the tables of readings."""
    want(connection, names)
    series: dict[str, Series] = {name: defaultdict(list) for name in names}
    for row in run(connection, "totals"):
        observation = Observation(*row)
        series[observation.indicator_id][observation.territory_code].append(observation)
    levels: dict[str, Level] = dict(connection.execute("SELECT territory_code, level FROM territory").fetchall())
    indicators = [item for item in catalogue.indicators if item.id in series]
    return {item.id: _told(catalogue, item, series[item.id], levels, built_on) for item in indicators}


def fall_silent(connection: duckdb.DuckDBPyConnection, built_on: dt.date, names: list[str]) -> dict[str, Tables]:
    """Rows of `silence` of indicators: how many values each locality has in each year."""
    want(connection, names)
    rows = run(connection, "silence", built_on=built_on)
    return {name: {"silence": [row for row in rows if row[0] == name]} for name in names}


def _told(catalogue: Catalogue, item: Indicator, series: Series, levels: dict[str, Level], built_on: dt.date) -> Tables:
    """All that is told of an indicator: its targets, its last changes, its trends; in an order of its own."""
    tables = ReadingTables()
    rows = [*_target_rows(catalogue, item, series, levels, built_on, tables)]
    rows += [change for found in series.values() if (change := assess_change(item, found)) is not None]
    for code, found in series.items():
        if levels.get(code) in ("city", "locality"):
            add_series(tables, item, found, catalogue.decides(item))
    rows.sort(key=lambda row: (row.territory_code, row.method, row.target_id or ""))
    return {"progress": rows, **dict(tables.sorted_rows())}


def _target_rows(
    catalogue: Catalogue, item: Indicator, series: Series, levels: dict[str, Level], day: dt.date, tables: ReadingTables
) -> Iterator[ProgressRow]:
    targets, plans = targets_of(catalogue, item), {plan.id: plan for plan in catalogue.plans}
    day, decides, bands = day_told(targets, day), catalogue.decides(item), catalogue.status_bands
    for code, level in levels.items():
        group = []
        for target in targets:
            if level in target.applies_to and level in item.levels:
                plan = plans[target.plan]
                case = Case(target, item, code, series.get(code, []), day, bands, plan.starts, plan.ends)
                group.append((_assessed(case, decides, tables), target, plan.starts, plan.closed))
        yield from with_leader(group)


def _assessed(case: Case, decides: Deciding, tables: ReadingTables) -> ProgressRow:
    """The verdict of the deciding method; the others go to the tables beside it."""
    row = assess_target(case)
    reading = read_target(case, row, decides)
    if reading is None:
        return decided(row, decides, None)
    add_reading(tables, Told(case, row, decides, reading))
    state = reading.robustness.state if reading.robustness else None
    return decided(row, decides, reading)._replace(robustness=state or row.robustness)
