"""From observations to progress: each district target on its city series, and the last change of every series."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import duckdb

from observatory.observation import Observation, ProgressRow
from observatory.progress.change import assess_change
from observatory.progress.verdict import Case, assess_target, with_leader
from observatory.registry.models import Catalogue, Plan, Target
from observatory.territory import Level
from pipelines.inserting import insert, run

Series = dict[tuple[str, str], list[Observation]]


def assess(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, built_on: dt.date) -> None:
    """Fill `progress` from `observation`."""
    series: Series = defaultdict(list)
    for row in run(connection, "totals"):
        observation = Observation(*row)
        series[observation.indicator_id, observation.territory_code].append(observation)
    levels: dict[str, Level] = dict(connection.execute("SELECT territory_code, level FROM territory").fetchall())
    rows: list[ProgressRow] = [*_changes(catalogue, series), *_target_rows(catalogue, series, levels, built_on)]
    rows.sort(key=lambda row: (row.indicator_id, row.territory_code, row.method, row.target_id or ""))
    insert(connection, "progress", rows)


def _changes(catalogue: Catalogue, series: Series) -> Iterator[ProgressRow]:
    indicators = {item.id: item for item in catalogue.indicators}
    for (indicator_id, _), observations in series.items():
        change = assess_change(indicators[indicator_id], observations)
        if change is not None:
            yield change


def _target_rows(
    catalogue: Catalogue, series: Series, levels: dict[str, Level], built_on: dt.date
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
                case = Case(target, item, code, found, built_on, catalogue.status_bands, plan.starts)
                rows[item.id, code].append((assess_target(case), target, plan))
    for group in rows.values():
        yield from with_leader([(row, target, plan.starts, plan.closed) for row, target, plan in group])
