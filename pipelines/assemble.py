"""Assemble an edition in an open DuckDB: read, observe, assess, check. Nothing is published here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from observatory.editions import SCHEMA_VERSION
from observatory.errors import FigureError
from observatory.registry.loading import load_catalogue
from observatory.registry.models import Catalogue, Source
from observatory.rows.account import CheckRow, CorrectionRow
from observatory.territory import Territory, aliases, territories
from pipelines import catalogue_tables
from pipelines.assess import assess, fall_silent
from pipelines.capture_tables import account_rows, capture_checks, capture_rows, passed_over_row, reached
from pipelines.capturing.held import Shelf
from pipelines.catalogue_checks import check_cutoffs, check_marks, check_texts
from pipelines.check import check_edition, counted
from pipelines.correct import correct, read_corrections
from pipelines.inserting import insert
from pipelines.kept_figures import read_or_kept
from pipelines.layout import Layout
from pipelines.made_from import MadeFrom, plans_key
from pipelines.observe import lay_out, observe, put_together
from pipelines.parts import Parts, insert_parts
from pipelines.plans.tables import insert_plans, plan_tables
from pipelines.read_figures import Contract, FigureTable
from pipelines.read_territory import read_neighbours, read_outlines
from pipelines.rules import check_rules
from pipelines.source_tables import PassedOver, SourceTable, choices, refused_rows, with_origins

SCHEMA = Path(__file__).resolve().parents[1] / "observatory" / "editions" / "schema.sql"
POPULATION = ("sdp_population_2025", "population")
Progress = Callable[[str, str], None]


class FigureProblemsError(FigureError):
    """All that is wrong with the figure tables; `problems` holds one line each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Inputs:
    """Everything an edition is made of, read and found right, and the parts that earlier builds kept."""

    catalogue: Catalogue
    tables: list[FigureTable]
    territories: dict[str, Territory]
    origins: dict[str, SourceTable]
    passed_over: list[PassedOver]
    corrections: list[CorrectionRow]
    made_from: MadeFrom
    parts: Parts


@dataclass(frozen=True)
class Identity:
    """What an edition is called."""

    content_hash: str
    built_on: dt.date

    @property
    def edition_id(self) -> str:
        """Date and content hash, 2026-11-23-4f2a9c1."""
        return f"{self.built_on.isoformat()}-{self.content_hash[:7]}"


def read_inputs(layout: Layout) -> Inputs:
    """Read catalogue and figure tables.

    Raises:
        CatalogueError: the catalogue breaks its contract.
        TerritoryError: codes or names of the territories contradict each other.
        FigureProblemsError: figure tables break theirs, or do not match the catalogue's sources.
    """
    catalogue = load_catalogue(layout.catalogue)
    shelf, parts = Shelf.at(layout.captures), Parts.at(layout.captures)
    reading = _Reading(catalogue, layout, territories(layout.territory), shelf, parts)
    aliases(layout.territory)  # raises where they contradict the names
    for source in catalogue.sources:
        reading.read(source)
    for path in layout.figure_tables:
        if path.stem not in reading.origins and all(path.stem != source.id for source in catalogue.sources):
            reading.refuse_unknown(path.stem)
    if reading.problems:
        raise FigureProblemsError(reading.problems)
    shelf.note()
    tables, corrected = correct(reading.tables, read_corrections(layout.corrections))
    made_from = MadeFrom(catalogue, reading.areas, tables, reading.rows, corrected)
    return Inputs(catalogue, tables, reading.areas, reading.origins, reading.passed_over, corrected, made_from, parts)


@dataclass
class _Reading:
    """Figure tables read so far, where each stands, and what is wrong."""

    catalogue: Catalogue
    layout: Layout
    areas: dict[str, Territory]
    shelf: Shelf
    parts: Parts
    problems: list[str] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    tables: list[FigureTable] = field(default_factory=list)
    origins: dict[str, SourceTable] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    def read(self, source: Source) -> None:
        """Read the first table that keeps the contract; captures before it are passed over, with the reason."""
        for choice in choices(source, self.layout, self.shelf):
            if isinstance(choice, PassedOver):
                self.passed_over.append(choice)
                continue
            found = self._problems(choice)
            if not found:
                return
            if choice.capture is None:
                self.problems += found
                return
            self.passed_over.append(PassedOver(source.id, "breaks_contract", found[0], choice.capture))
        told = [f"{item.reason}: {item.detail}" for item in self.passed_over if item.source_id == source.id]
        what = "; ".join(["a source without figures", *told])
        fix = f"write data/figures/{source.id}.csv, or python -m pipelines capture {source.id} --from FILE"
        if told:
            fix = "" if "→" in told[-1] else "mend the file or what reads it, and capture it again"
        self.problems.append(str(FigureError(what, where=source.id, fix=fix)))

    def refuse_unknown(self, source_id: str) -> None:
        """Tell of a table that no source of the catalogue stands for."""
        try:
            Contract.of(self.catalogue, source_id, self.areas)
        except FigureError as error:
            self.problems.append(str(error))

    def _problems(self, origin: SourceTable) -> list[str]:
        try:
            contract = Contract.of(self.catalogue, origin.source_id, self.areas)
            table, rows = read_or_kept(origin.figures, contract, self.parts)
        except FigureError as error:
            return [str(error)]
        if not table.rejected:
            self.tables.append(with_origins(table, origin, self.layout))
            self.origins[origin.source_id] = origin
            self.rows[origin.source_id] = rows
        return [str(rejected) for rejected in table.rejected]


def assemble(
    connection: duckdb.DuckDBPyConnection, layout: Layout, inputs: Inputs, identity: Identity, progress: Progress
) -> list[CheckRow]:
    """Fill the empty default database of `connection`; the results of the checks are returned and kept within."""
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    insert(connection, "edition", [(identity.edition_id, identity.built_on, identity.content_hash, SCHEMA_VERSION)])
    _insert_catalogue(connection, inputs)
    _insert_territory(connection, layout, inputs, identity.built_on)
    _insert_accounts(connection, layout, inputs)
    _tell_captures(connection, inputs, progress)
    _put_together(connection, layout, inputs, identity.built_on, progress)
    results = [
        *check_edition(connection),
        *check_rules(connection, inputs.catalogue.rules, identity.built_on),
        *_kept(connection, capture_checks(inputs.origins.values(), inputs.passed_over)),
        *_kept(connection, check_texts(layout.catalogue, inputs.catalogue)),
        *_kept(connection, check_marks(layout.catalogue)),
        *_kept(connection, check_cutoffs(layout.catalogue, inputs.catalogue, identity.built_on)),
    ]
    _tell(connection, progress, "check", counted(results))
    return results


def _put_together(
    connection: duckdb.DuckDBPyConnection, layout: Layout, inputs: Inputs, built_on: dt.date, progress: Progress
) -> None:
    """Fill what is computed, from parts: those that are kept, and those made now."""
    catalogue, parts, made_from = inputs.catalogue, inputs.parts, inputs.made_from
    lay_out(connection, catalogue, inputs.tables)
    found = parts.take("indicator", made_from.indicators(), partial(observe, connection))
    put_together(connection, catalogue, found.tables())
    _tell(connection, progress, "observe", f"{_count(connection, 'observation')} observations")
    keys, make = made_from.verdicts(found.digests(), built_on), partial(assess, connection, catalogue, built_on)
    insert_parts(connection, parts.take("verdict", keys, make).tables())
    _tell(connection, progress, "assess", f"{_count(connection, 'progress')} rows of progress")
    keys, make = made_from.silences(found.digests(), built_on), partial(fall_silent, connection, built_on)
    insert_parts(connection, parts.take("silence", keys, make).tables())
    keys = {"all": plans_key(layout.plans, catalogue)}
    plans = parts.take("plans", keys, lambda _: {"all": plan_tables(layout.plans, catalogue.status_bands)})
    insert_plans(connection, plans.tables()["all"])
    told = f"{_count(connection, 'plan_version')} versions, {_count(connection, 'plan_standing')} standings"
    _tell(connection, progress, "plans", told)
    _keep(parts, progress)


def _keep(parts: Parts, progress: Progress) -> None:
    """Keep the parts for the next build, which does without where that cannot be; an edition says nothing of them."""
    progress("parts", parts.told())
    try:
        parts.keep()
    except OSError as error:
        progress("parts", f"not kept, the next build makes them again: {error.strerror}: {error.filename}")


def _tell(connection: duckdb.DuckDBPyConnection, progress: Progress, step: str, detail: str) -> None:
    progress(step, detail)
    insert(connection, "run", [(step, detail)])


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return len(connection.table(table))


def _insert_catalogue(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    catalogue, hashes = inputs.catalogue, {table.source_id: table.sha256 for table in inputs.tables}
    insert(connection, "theme", catalogue_tables.theme_rows(catalogue))
    tables = {table.source_id: table for table in inputs.tables}
    sources = catalogue_tables.source_rows(catalogue, hashes)
    rows = [reached(row, inputs.origins[row.source_id], tables[row.source_id]) for row in sources]
    insert(connection, "source", rows)
    insert(connection, "indicator", catalogue_tables.indicator_rows(catalogue))
    insert(connection, "category", catalogue_tables.category_rows(catalogue))
    insert(connection, "series_break", catalogue_tables.break_rows(catalogue))
    insert(connection, "plan", catalogue_tables.plan_rows(catalogue))
    insert(connection, "target", catalogue_tables.target_rows(catalogue))


def _insert_territory(connection: duckdb.DuckDBPyConnection, layout: Layout, inputs: Inputs, built_on: dt.date) -> None:
    people = _newest_population(inputs.tables, built_on)
    rows = [(*astuple(area), *people.get(area.code, (None, None))) for area in inputs.territories.values()]
    insert(connection, "territory", rows)
    insert(connection, "geometry", read_outlines(layout.territory))
    insert(connection, "neighbour", read_neighbours(layout.territory))


def _newest_population(tables: list[FigureTable], built_on: dt.date) -> dict[str, tuple[int, str]]:
    """People and year by territory: the newest total that is not of a year to come."""
    rows = [
        row
        for table in tables
        for row in table.figures
        if (table.source_id, row.measure, row.disaggregation) == (*POPULATION, "total")
        and row.value is not None
        and row.period.year <= built_on.year
    ]
    ordered = sorted(rows, key=lambda row: row.period)
    return {row.territory_code: (round(row.value or 0), row.period.code) for row in ordered}


def _insert_accounts(connection: duckdb.DuckDBPyConnection, layout: Layout, inputs: Inputs) -> None:
    origins = [inputs.origins[table.source_id] for table in inputs.tables]
    came = [
        row for origin, table in zip(origins, inputs.tables, strict=True) for row in capture_rows(origin, table, layout)
    ]
    refused = [row for item in inputs.passed_over if (row := passed_over_row(item))]
    insert(connection, "capture", [*came, *refused])
    insert(connection, "account", [row for origin in origins for row in account_rows(origin, layout)])
    insert(connection, "rejected_row", [row for origin in origins for row in refused_rows(origin)])
    insert(connection, "correction", inputs.corrections)
    insert(connection, "run", [("read", f"{sum(table.row_count for table in inputs.tables)} rows")])


def _tell_captures(connection: duckdb.DuckDBPyConnection, inputs: Inputs, progress: Progress) -> None:
    """Which captures are used, and each one passed over with its reason."""
    used = [f"{origin.source_id} ({origin.kind})" for origin in inputs.origins.values() if origin.capture]
    if used:
        _tell(connection, progress, "captures", f"{len(used)} used: {', '.join(used)}")
    for item in inputs.passed_over:
        _tell(connection, progress, "captures", f"passed over, {item.source_id}: {item.reason}: {item.detail}")


def _kept(connection: duckdb.DuckDBPyConnection, results: Iterable[CheckRow]) -> list[CheckRow]:
    """Results of checks outside the database, kept within."""
    rows = list(results)
    insert(connection, "check_result", rows)
    return rows
