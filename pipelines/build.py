"""Build an edition. When its content was built before, nothing heavy is imported and nothing is written."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from observatory.errors import CheckError, EditionError, FigureError, of_system, read_utf8
from pipelines.content import content_hash
from pipelines.layout import Layout
from pipelines.publish import building_lock, point_at, pointed_at, publish, published, remove_building, sweep

if TYPE_CHECKING:
    import duckdb

    from observatory.rows.account import CheckRow
    from pipelines.assemble import Identity, Inputs

Progress = Callable[[str, str], None]
# A file is the same byte for byte whenever it is written: this storage has no random identity, and the ways to compress
# that are switched off leave what memory held before in the padding of their blocks. See docs/decisions/quality.md.
STORAGE = "STORAGE_VERSION 'v1.2.0', BLOCK_SIZE 16384"
EDITION_FILE = "edition_file"


def build(layout: Layout, built_on: dt.date, progress: Progress) -> Path:
    """Build the edition of the present inputs and make it current; the path of its file.

    Raises:
        ObservatoryError: inputs break a contract, a check or critical rule fails, a correction is stale or expired, or
            the edition cannot be written; the edition before stays current.
    """
    try:
        _refuse_expired_corrections(layout, built_on)
        digest = content_hash(layout)
        path = _ready(layout, digest, progress)
        if path is not None:
            return path
        with building_lock(layout.editions, lambda words: progress("wait", words)):
            path = _ready(layout, digest, progress)
            return path or _build(layout, digest, built_on, progress)
    except OSError as error:
        if error.filename and not Path(str(error.filename)).is_relative_to(layout.editions):
            raise of_system(error) from error
        raise _unwritten(layout.editions, error) from error


def _refuse_expired_corrections(layout: Layout, built_on: dt.date) -> None:
    """Also when nothing else changed: the day is not part of an edition's content."""
    if layout.corrections.is_file() and "expires:" in read_utf8(layout.corrections, FigureError):
        from pipelines.correct import refuse_expired

        refuse_expired(layout.corrections, built_on)


def _unwritten(editions: Path, error: Exception) -> EditionError:
    """The system's reason in words; DuckDB tells it in its first line."""
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    fix = "free space or mend the folder's rights, then build again; the edition before is still current"
    return EditionError(f"the edition cannot be written: {reason}", where=str(editions), fix=fix)


def _ready(layout: Layout, digest: str, progress: Progress) -> Path | None:
    path = published(layout.editions, digest)
    if path is not None:
        point_at(path)
        progress("build", f"unchanged: {path.stem}")
    return path


def _build(layout: Layout, digest: str, built_on: dt.date, progress: Progress) -> Path:
    from pipelines.assemble import Identity, read_inputs

    sweep(layout.editions)
    before = pointed_at(layout.editions)
    inputs = read_inputs(layout)
    rows = sum(table.row_count for table in inputs.tables)
    progress("read", f"{len(inputs.catalogue.indicators)} indicators, {len(inputs.tables)} tables, {rows} rows")
    identity = Identity(digest, built_on)
    building = layout.editions / f".building-{os.getpid()}.duckdb"
    path = layout.editions / f"{identity.edition_id}.duckdb"
    try:
        _write(building, layout, inputs, identity, progress)
        publish(building, path)
    finally:
        remove_building(building)
    point_at(path)
    progress("publish", f"{path.stem}, {path.stat().st_size / 1e6:.1f} MB")
    if before is not None and before != path:
        _tell_changes(before, path, progress)
    return path


def _write(building: Path, layout: Layout, inputs: Inputs, identity: Identity, progress: Progress) -> None:
    import duckdb

    from pipelines.assemble import assemble
    from pipelines.check import failures

    try:
        connection = open_for_writing(building)
        try:
            results = assemble(connection, layout, inputs, identity, progress)
            _refuse_failures(failures(results))
            close_written(connection)
        finally:
            connection.close()
    except (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException) as error:
        raise _unwritten(layout.editions, error) from error


def _tell_changes(before: Path, after: Path, progress: Progress) -> None:
    """What changed since the edition before; one of another schema cannot be compared, which is told."""
    from observatory.editions.diff import compare
    from observatory.editions.diff_words import summary
    from observatory.wording import words

    try:
        report = compare(before, after)
    except EditionError as error:
        progress("changes", f"not compared with {before.stem}: {error.what}")
        return
    progress("changes", f"since {before.stem}: {summary(report, words('en'))}")


def _refuse_failures(lines: list[str]) -> None:
    if lines:
        raise CheckError(lines)


def check(layout: Layout, built_on: dt.date, progress: Progress) -> list[CheckRow]:
    """Assemble in memory and run every check.

    Raises:
        ObservatoryError: inputs break a contract before checks can run.
    """
    from pipelines.assemble import Identity, assemble, read_inputs
    from pipelines.catalogue_checks import check_addresses
    from pipelines.check import counted

    inputs = read_inputs(layout)
    addressed = check_addresses(layout.addresses, inputs.catalogue) if layout.addresses.is_file() else []
    if addressed:
        progress("address", counted(addressed))
    connection = open_for_writing(None)
    try:
        return [*addressed, *assemble(connection, layout, inputs, Identity(content_hash(layout), built_on), progress)]
    finally:
        connection.close()


def open_for_writing(path: Path | None) -> duckdb.DuckDBPyConnection:
    """A connection whose default database is a new file, or memory; it downloads no extension."""
    import duckdb

    from observatory.editions.attaching import attach, use

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,
    }
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET disabled_compression_methods = 'alp,alprd,chimp,dict_fsst,fsst,patas,roaring,zstd'")
    if path is not None:
        attach(connection, path, EDITION_FILE, STORAGE)
        use(connection, EDITION_FILE)
    return connection


def close_written(connection: duckdb.DuckDBPyConnection) -> None:
    """Flush the new file and let go of it."""
    from observatory.editions.attaching import detach, use

    connection.execute("CHECKPOINT edition_file")
    use(connection, "memory")
    detach(connection, EDITION_FILE)
