"""From figure rows to observations of indicators; the rules stand in `pipelines/sql`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb

from observatory.period import parse_period
from observatory.registry.models import Catalogue, Indicator, Quantity
from observatory.statistics.intervals import poisson_interval
from pipelines.inserting import insert, run
from pipelines.parts import Tables, in_order
from pipelines.read_figures import FigureTable

TEMPORARY = """
CREATE TEMP TABLE figure (
    source_id TEXT, row_number BIGINT, measure TEXT, territory_code TEXT, level TEXT, period TEXT, period_start DATE,
    period_end DATE, season TEXT, year TEXT, disaggregation TEXT, dimension_id TEXT, value DOUBLE, lower DOUBLE,
    upper DOUBLE, sample BIGINT, flag TEXT, absence TEXT, capture_hash TEXT, policy TEXT
);
CREATE TEMP TABLE figure_file (source_id TEXT, file TEXT);
CREATE TEMP TABLE rule (
    indicator_id TEXT, per DOUBLE, interval_kind TEXT, valid_low DOUBLE, valid_high DOUBLE, flags TEXT
);
CREATE TEMP TABLE break_start (indicator_id TEXT, period TEXT, starts DATE);
CREATE TEMP TABLE additive (source_id TEXT, measure TEXT);
CREATE TEMP TABLE missing (indicator_id TEXT);
CREATE TEMP TABLE poisson (events DOUBLE, low DOUBLE, high DOUBLE);
CREATE TEMP TABLE observed AS FROM observation LIMIT 0;
CREATE TEMP TABLE held_back AS FROM rejected_row LIMIT 0;
CREATE TEMP TABLE row_use (source_id TEXT, row_number BIGINT, rank INTEGER);
"""
STEPS = ("candidate", "beyond", "draft", "observation")
COUNTED = """
SELECT DISTINCT value
FROM quantity
SEMI JOIN missing USING (indicator_id)
JOIN figure USING (source_id, measure)
WHERE part = 'numerator' AND value >= 0 AND value = round(value)
"""


def lay_out(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, tables: list[FigureTable]) -> None:
    """Fill `figure_row`, `entity` and `quantity`, and the temporary tables that observing asks.

    Catalogue tables are filled before. No indicator is observed yet.
    """
    connection.execute(TEMPORARY)
    insert(connection, "figure", _figure_rows(catalogue, tables))
    insert(connection, "figure_file", ((table.source_id, _file(table)) for table in tables))
    insert(connection, "entity", _entity_rows(catalogue))
    insert(connection, "quantity", _quantity_rows(catalogue))
    insert(connection, "rule", (_rule_row(catalogue, item) for item in catalogue.indicators))
    insert(connection, "break_start", _break_starts(catalogue))
    insert(connection, "additive", _additive_rows(catalogue))
    run(connection, "figure_row")


def observe(connection: duckdb.DuckDBPyConnection, names: list[str]) -> Mapping[str, Tables]:
    """Observe indicators, once for each connection: what each says, and what became of the rows it asks for.

    The tables are `observation` and `latest` as in the edition, `held_back` as `rejected_row`, and `row_use`.
    """
    want(connection, names)
    events = (value for (value,) in connection.execute(COUNTED).fetchall())
    insert(connection, "poisson", poisson_intervals(events))
    for step in STEPS:
        run(connection, step)
    found = {
        "observation": connection.execute("FROM observed").fetchall(),
        "latest": run(connection, "latest"),
        "held_back": run(connection, "held_back"),
        "row_use": run(connection, "row_use"),
    }
    parts: dict[str, dict[str, list[Sequence[Any]]]] = {name: {table: [] for table in found} for name in names}
    for table, rows in found.items():
        for row in rows:
            parts[row[0]][table].append(row[1:] if table in ("held_back", "row_use") else row)
    return parts


def want(connection: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    """Name the indicators whose parts are `missing`."""
    connection.execute("TRUNCATE missing")
    insert(connection, "missing", ((name,) for name in names))


def put_together(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, parts: Mapping[str, Tables]) -> None:
    """Fill `observation`, `latest`, `rejected_row` and the accounts of figures from the parts of every indicator."""
    positions = {item.id: position for position, item in enumerate(catalogue.indicators)}
    latest = sorted(in_order(parts, "latest"), key=lambda row: (row[1], positions[row[0]]))
    insert(connection, "observation", in_order(parts, "observation"))
    insert(connection, "latest", latest)
    for table in ("held_back", "row_use"):
        insert(connection, table, in_order(parts, table))
    run(connection, "rejected_row")
    run(connection, "account")


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


def _file(table: FigureTable) -> str:
    """Where the rows stand by their numbers, from `data` on: the embedded table, or what came of a capture."""
    parts = table.path.as_posix().split("/")
    return "/".join(parts[len(parts) - parts[::-1].index("data") - 1 :]) if "data" in parts else table.path.name


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


def poisson_intervals(events: Iterable[float]) -> Iterator[tuple[float, float, float]]:
    """Exact 95 % intervals of counts as (events, low, high)."""
    for count in sorted(events):
        yield (count, *poisson_interval(count))
