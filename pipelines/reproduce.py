"""Compute one number again from the figure tables, and hold it against what an edition says."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from observatory.errors import EditionError, FigureError
from observatory.rows.observation import TOTAL
from pipelines.commands import Commands, Progress, command
from pipelines.layout import Layout

if TYPE_CHECKING:
    from observatory.editions.opening import Edition
    from observatory.registry.models import Catalogue
    from observatory.rows.observation import Observation
    from pipelines.read_figures import FigureTable

Key = tuple[str, str, str, str]  # indicator, territory, period, disaggregation
Number = tuple[float | None, str | None]  # value, or why there is none


def add_command(commands: Commands) -> None:
    """`reproduce INDICATOR --place 00 --period 2025`."""
    words = "compute one number again from the figure tables, or from the publisher's files"
    parser = command(commands, "reproduce", _reproduce, words)
    parser.add_argument("indicator", metavar="INDICATOR")
    parser.add_argument("--place", default="00", help="code of the territory; the city when left out")
    parser.add_argument("--period", required=True, help="2025, 2025-Q4, 2026-01--2026-08 …")
    parser.add_argument("--category", default=TOTAL, help="dimension:category; the total when left out")
    parser.add_argument("--edition", help="edition id; the current one when left out")
    parser.add_argument("--from", dest="folder", type=Path, help="folder of the publishers' files, to begin with these")


def _reproduce(options: argparse.Namespace, layout: Layout, progress: Progress) -> int:
    from observatory.editions.opening import open_by_id, open_current

    edition = open_by_id(options.edition, layout.editions) if options.edition else open_current(layout.editions)
    key = (options.indicator, options.place, options.period, options.category)
    row = _quoted(edition, key)
    value, absence = reproduce(layout, [key], edition, options.folder, progress)[key]
    print(_told(value, absence))  # noqa: T201  # the answer of the command
    if (value, absence) == (row.value, row.absence):
        progress("same", f"as edition {edition.edition_id} says")
        return 0
    said = _told(row.value, row.absence)
    raise EditionError(
        f"edition {edition.edition_id} says {said}",
        where=" ".join(key),
        fix="catalogue or code differ from those it was built with; check out the version it names",
    )


def _told(value: float | None, absence: str | None) -> str:
    return f"none ({absence})" if value is None else repr(value)


def _quoted(edition: Edition, key: Key) -> Observation:
    from observatory.editions.receipts import observed

    row = observed(edition, *key)
    if row is None:
        what, fix = _missing(edition, key)
        raise EditionError(what, where=f"edition {edition.edition_id}", fix=fix)
    return row


def _missing(edition: Edition, key: Key) -> tuple[str, str]:
    """Which part of a key is not there, and the nearest that is."""
    from observatory.editions import reads
    from observatory.errors import nearest

    indicator, place, period, category = key
    indicators = [row.indicator_id for row in reads.indicators(edition)]
    if indicator not in indicators:
        return f"no indicator {indicator!r}", nearest(indicator, indicators) or "`build` lists them on the dashboard"
    rows = reads.observations(edition, indicator)
    held = (
        ("place", place, {row.territory_code for row in rows}),
        ("period", period, {row.period for row in rows if row.territory_code == place}),
        ("category", category, {row.disaggregation for row in rows if row.territory_code == place}),
    )
    for name, given, known in held:
        if given not in known:
            near = f"did you mean {given.zfill(2)!r}?" if given.zfill(2) in known else nearest(given, known)
            fix = near or f"{indicator} has {', '.join(sorted(known))}"
            return f"{indicator} has no {name} {given!r}", fix
    return f"{indicator} has no {category!r} in {period} for {place}", "leave out --category, or take another period"


def reproduce(
    layout: Layout, keys: Iterable[Key], edition: Edition, folder: Path | None, progress: Progress
) -> dict[Key, Number]:
    """Numbers again by the pipeline's own rules, from only the tables that their indicators need.

    Args:
        layout: where catalogue and figure tables stand.
        keys: the numbers wanted.
        edition: names by hash the tables it was made of.
        folder: publishers' files; the tables that have any are then derived from them first.
        progress: told what is read.

    Raises:
        FigureError: a table is no longer the one the edition was made of, or breaks its contract.
        EditionError: a number does not come out at all.
        SourceError: a folder is given, and no table has a file to begin with.
    """
    from observatory.registry.loading import load_catalogue
    from pipelines.correct import correct, read_corrections

    wanted = set(keys)
    catalogue = load_catalogue(layout.catalogue)
    chosen = catalogue.model_copy(
        update={"indicators": [item for item in catalogue.indicators if item.id in {key[0] for key in wanted}]}
    )
    needed = sorted({source for item in chosen.indicators for source in item.source_ids})
    folders = _folders(needed, folder, progress)
    read = [_table(layout, catalogue, source, edition, folders[source], progress) for source in needed]
    made = [item for item in read_corrections(layout.corrections) if item.source in needed]
    tables, _ = correct(read, made)
    found = _observed(chosen, tables, wanted)
    missing = wanted - found.keys()
    if missing:
        fix = "is it the catalogue of this edition?"
        raise EditionError("the number does not come out", where=" ".join(min(missing)), fix=fix)
    return found


def _table(
    layout: Layout, catalogue: Catalogue, source: str, edition: Edition, folder: Path | None, progress: Progress
) -> FigureTable:
    """The table that the edition was made of: of the newest capture, embedded, or derived from `folder`."""
    from observatory.editions import reads
    from observatory.territory import territories
    from pipelines.capturing.held import Shelf
    from pipelines.read_figures import Contract, read_figures
    from pipelines.source_tables import SourceTable, choices

    contract = Contract.of(catalogue, source, territories(layout.territory))
    expected = next(row.capture_hash for row in reads.sources(edition) if row.source_id == source)
    with tempfile.TemporaryDirectory() as name:
        if folder is not None:
            paths = [_derived(source, folder, Path(name))]
        else:
            known = next(one for one in catalogue.sources if one.id == source)
            tables = choices(known, layout, Shelf.at(layout.captures))
            paths = [one.figures for one in tables if isinstance(one, SourceTable)]
        for path in dict.fromkeys(paths):
            table = read_figures(path, contract)
            if table.sha256 == expected:
                progress("read", f"{path.name}, sha256 {table.sha256}")
                return table
    fix = f"check out the version of edition {edition.edition_id}; its rows are on the receipt's page"
    raise FigureError("the table is not the one the edition was made of", where=str(path), fix=fix)


def _folders(sources: list[str], folder: Path | None, progress: Progress) -> dict[str, Path | None]:
    """Where each table begins: in the publisher's files where a module reads them, else at its own rows (None)."""
    from observatory.errors import SourceError
    from pipelines.rederive import source_ids

    read = source_ids() if folder is not None else []
    if folder is not None and not {*read} & {*sources}:
        what = "figures typed in by hand have no file to begin with"
        raise SourceError(what, where=", ".join(sources), fix="leave out --from")
    for source in sources if folder is not None else ():
        if source not in read:
            progress("table", f"{source} has no file to begin with; taken from its table, not from {folder}")
    return {source: folder if source in read else None for source in sources}


def _derived(source: str, folder: Path, into: Path) -> Path:
    """The figure table made anew from the publisher's files."""
    import importlib

    from pipelines.capturing.fitting import parse_module
    from pipelines.figures import Capture, write_figures

    path = into / f"{source}.csv"
    write_figures(parse_module(importlib.import_module(f"pipelines.sources.{source}"), Capture(folder)).rows, path)
    return path


def _observed(catalogue: Catalogue, tables: list[FigureTable], wanted: set[Key]) -> dict[Key, Number]:
    import duckdb

    from observatory.rows.observation import Observation
    from pipelines.assemble import SCHEMA
    from pipelines.catalogue_tables import break_rows
    from pipelines.inserting import insert
    from pipelines.observe import lay_out, observe

    with duckdb.connect(":memory:") as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        insert(connection, "series_break", break_rows(catalogue))
        lay_out(connection, catalogue, tables)
        parts = observe(connection, sorted({key[0] for key in wanted}))
    rows = [Observation(*row) for part in parts.values() for row in part["observation"]]
    return {key: (row.value, row.absence) for row in rows if (key := row[:4]) in wanted}
