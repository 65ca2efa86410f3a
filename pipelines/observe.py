"""From figure rows to observations of indicators; the rules stand in `pipelines/sql`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from observatory.period import parse_period
from observatory.registry.models import Catalogue, Indicator, Quantity
from observatory.statistics.intervals import poisson_interval
from pipelines.inserting import insert, run
from pipelines.read_figures import FigureTable

TEMPORARY = """
CREATE TEMP TABLE figure (
    source_id TEXT, row_number BIGINT, measure TEXT, territory_code TEXT, level TEXT, period TEXT, period_start DATE,
    period_end DATE, season TEXT, year TEXT, disaggregation TEXT, dimension_id TEXT, value DOUBLE, lower DOUBLE,
    upper DOUBLE, sample BIGINT, flag TEXT, absence TEXT, capture_hash TEXT, policy TEXT
);
CREATE TEMP TABLE rule (
    indicator_id TEXT, per DOUBLE, interval_kind TEXT, valid_low DOUBLE, valid_high DOUBLE, flags TEXT
);
CREATE TEMP TABLE poisson (events DOUBLE, low DOUBLE, high DOUBLE);
CREATE TEMP TABLE break_start (indicator_id TEXT, period TEXT, starts DATE);
CREATE TEMP TABLE additive (source_id TEXT, measure TEXT);
"""
STEPS = ("figure_row", "candidate", "beyond", "draft", "observation", "rejected_row", "account")


def observe(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, tables: list[FigureTable]) -> None:
    """Fill `observation`, `rejected_row`, the figure stage of `account`, and what receipts walk back along.

    Catalogue tables are filled before.
    """
    connection.execute(TEMPORARY)
    insert(connection, "figure", _figure_rows(catalogue, tables))
    insert(connection, "entity", _entity_rows(catalogue))
    insert(connection, "quantity", _quantity_rows(catalogue))
    insert(connection, "rule", (_rule_row(catalogue, item) for item in catalogue.indicators))
    insert(connection, "break_start", _break_starts(catalogue))
    insert(connection, "additive", _additive_rows(catalogue))
    insert(connection, "poisson", poisson_intervals(_events(tables)))
    for step in STEPS:
        run(connection, step)


def _figure_rows(catalogue: Catalogue, tables: list[FigureTable]) -> Iterator[tuple[object, ...]]:
    declared = {source.id: source.out_of_range for source in catalogue.sources}
    for table in tables:
        for row in table.figures:
            period, dimension = row.period, row.disaggregation.partition(":")[0]
            yield (
                row.source_id, row.row_number, row.measure, row.territory_code, row.level, period.code, period.start,
                period.end, period.season, str(period.year), row.disaggregation, dimension, row.value, row.lower,
                row.upper, row.sample, row.flag, row.absence, table.origin_of(row.row_number),
                declared[table.source_id] or ("quarantine" if table.is_captured(row.row_number) else "refuse"),
            )  # fmt: skip


def _quantity_rows(catalogue: Catalogue) -> Iterator[tuple[object, ...]]:
    measures = {source.id: source.measures for source in catalogue.sources}
    for item in catalogue.indicators:
        parts: dict[str, Quantity | None] = {"value": item.value, "numerator": item.numerator}
        parts["denominator"] = item.denominator
        for part, quantity in parts.items():
            if quantity is not None:
                place = (quantity.source, quantity.measure, quantity.category)
                name = measures[quantity.source][quantity.measure].name
                yield (item.id, part, *place, list(item.levels), list(item.dimensions), name.es, name.en)


def _entity_rows(catalogue: Catalogue) -> Iterator[tuple[object, ...]]:
    for entity in catalogue.entities:
        yield entity.id, entity.name.es, entity.name.en, entity.acronym


def _rule_row(catalogue: Catalogue, item: Indicator) -> tuple[object, ...]:
    """`flags` every value of the indicator carries: what is modelled or second-hand says so at the number."""
    is_secondary = any(source.confidence == "secondary" for source in catalogue.sources if source.id in item.source_ids)
    natures = {"modelled": "modelled", "estimated": "estimated"}
    flags = [natures.get(item.nature, ""), "secondary" if is_secondary else ""]
    return (item.id, item.per, item.interval, *item.valid_range, " ".join(flags))


def _break_starts(catalogue: Catalogue) -> Iterator[tuple[object, ...]]:
    for item in catalogue.indicators:
        for step in item.breaks:
            yield item.id, step.period, parse_period(step.period).start


def _additive_rows(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for source in catalogue.sources:
        for key, measure in source.measures.items():
            if measure.additive:
                yield source.id, key


def _events(tables: list[FigureTable]) -> set[float]:
    values = {row.value for table in tables for row in table.figures}
    return {value for value in values if value is not None and value >= 0 and value.is_integer()}


def poisson_intervals(events: Iterable[float]) -> Iterator[tuple[float, float, float]]:
    """Exact 95 % intervals of counts as (events, low, high)."""
    for count in sorted(events):
        yield (count, *poisson_interval(count))
