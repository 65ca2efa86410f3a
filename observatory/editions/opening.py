"""Open editions for reading: one hardened DuckDB per folder, editions attached read-only, a cursor per thread.

The process can neither write an edition nor read files outside the editions' folder through this door.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, starmap
from pathlib import Path
from typing import TypeVar

import duckdb

from observatory.editions import SCHEMA_VERSION
from observatory.editions.attaching import attach, detach, use
from observatory.errors import EditionError, EditionFormError, nearest

EDITIONS = Path(__file__).resolve().parents[2] / "data" / "editions"
POINTER = "current"
BUILD = "build one with `python -m pipelines build`"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{7})\.duckdb")
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "1GB",
    "threads": 1,  # each reader works in its own thread
}
_lock = threading.RLock()
_numbers = count(1)
_open: dict[tuple[Path, int, int], Edition] = {}
Row = TypeVar("Row")


@dataclass(frozen=True)
class EditionFile:
    """An edition in the folder, not opened."""

    edition_id: str
    path: Path
    built_on: dt.date
    bytes: int
    is_current: bool


class Edition:
    """An open edition. Safe to share between threads; equal and hashed by its id and file."""

    def __init__(self, path: Path, alias: str, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._alias, self._connection = alias, connection
        self._local = threading.local()
        self._reading, self._closing = 0, False
        self.edition_id, self.built_on, self.content_hash, self.schema_version = self._identity()

    def _identity(self) -> tuple[str, dt.date, str, int]:
        try:
            rows = (
                self._cursor()
                .execute("SELECT edition_id, built_on, content_hash, schema_version FROM edition")
                .fetchall()
            )
        except duckdb.Error as error:
            raise EditionError(
                f"no edition of the Observatory: {_first_line(error)}", where=str(self.path), fix=BUILD
            ) from error
        if len(rows) != 1:
            raise EditionError(f"an edition of {len(rows)} identities", where=str(self.path), fix=BUILD)
        if rows[0][3] != SCHEMA_VERSION:
            said = f"an edition of schema {rows[0][3]}, expected {SCHEMA_VERSION}"
            raise EditionFormError(said, where=str(self.path), fix=BUILD)
        return rows[0]

    def __repr__(self) -> str:
        return f"Edition({self.edition_id})"

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._connection.cursor()
            use(cursor, self._alias)
            self._local.cursor = cursor
        return cursor

    def rows(self, query: str, row: Callable[..., Row], **values: object) -> list[Row]:
        """The answer of `queries/<query>.sql` with `values` bound, one `row` each.

        Raises:
            EditionError: the edition is closed or its file is damaged.
        """
        self._enter()
        try:
            return list(starmap(row, self._cursor().execute(query_text(query), values or None).fetchall()))
        except (
            duckdb.IOException,
            duckdb.InternalException,
            duckdb.FatalException,
            duckdb.SerializationException,
        ) as error:
            raise EditionError(
                f"the edition is damaged: {_first_line(error)}", where=str(self.path), fix=BUILD
            ) from error
        finally:
            self._leave()

    def _enter(self) -> None:
        with _lock:
            if self._closing:
                raise EditionError("the edition is closed", where=str(self.path), fix="open it again")
            self._reading += 1

    def _leave(self) -> None:
        with _lock:
            self._reading -= 1
            self._detach_when_drained()

    def _detach_when_drained(self) -> None:
        if self._closing and self._reading == 0:
            detach(self._connection, self._alias)

    def _close(self) -> None:
        self._closing = True
        self._detach_when_drained()


@functools.cache
def query_text(name: str) -> str:
    """The SQL of `queries/<name>.sql`."""
    return (Path(__file__).with_name("queries") / f"{name}.sql").read_text(encoding="utf-8")


@functools.cache
def _connection(folder: Path) -> duckdb.DuckDBPyConnection:
    """The process's reading connection for one folder: it opens files of that folder alone and obeys no `SET`."""
    connection = duckdb.connect(":memory:", config=_CONFIG)
    connection.execute("SET allowed_directories = [$folder]", {"folder": str(folder)})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def open_edition(path: Path) -> Edition:
    """Open an edition file; the same file gives the same `Edition`.

    Raises:
        EditionError: missing, damaged, foreign, or of another schema.
    """
    path = path.resolve()
    if not path.is_file():
        raise EditionError("no such edition", where=str(path), fix=_other_choice(path))
    state = path.stat()
    key = (path, state.st_ino, state.st_mtime_ns)
    with _lock:
        if key not in _open:
            _forget(path)
            _open[key] = _attach(path)
        return _open[key]


def _other_choice(path: Path) -> str:
    near = nearest(path.name, [edition.path.name for edition in list_editions(path.parent)])
    return near or BUILD


def _forget(path: Path) -> None:
    for key in [key for key in _open if key[0] == path]:
        _open.pop(key)._close()


def _attach(path: Path) -> Edition:
    connection = _connection(path.parent)
    alias = f"edition_{path.stem}_{next(_numbers)}"
    try:
        attach(connection, path, alias, "READ_ONLY")
    except duckdb.Error as error:
        raise EditionError(f"the edition cannot be opened: {_first_line(error)}", where=str(path), fix=BUILD) from error
    try:
        return Edition(path, alias, connection)
    except EditionError:
        detach(connection, alias)
        raise


def close_edition(edition: Edition) -> None:
    """Let go of an edition's file once running reads are done."""
    with _lock:
        for key in [key for key, value in _open.items() if value is edition]:
            del _open[key]
        edition._close()


def current_path(folder: Path = EDITIONS) -> Path:
    """The file the pointer `current` names.

    Raises:
        EditionError: nothing was built yet, or the pointer names a file that is gone.
    """
    pointer = folder / POINTER
    if not pointer.is_file():
        raise EditionError("no edition was built yet", where=str(folder), fix=BUILD)
    path = folder / pointer.read_text(encoding="utf-8").strip()
    if not _NAME.fullmatch(path.name) or not path.is_file():
        raise EditionError(f"the pointer names {path.name!r}, which is no edition here", where=str(pointer), fix=BUILD)
    return path


def open_current(folder: Path = EDITIONS) -> Edition:
    """Open the current edition."""
    return open_edition(current_path(folder))


def path_of(edition_id: str, folder: Path = EDITIONS) -> Path:
    """The file of an edition by its id, as links name it.

    Raises:
        EditionError: no such edition here; the nearest id is given.
    """
    known = {edition.edition_id: edition.path for edition in list_editions(folder)}
    if edition_id not in known:
        there = f"there are {', '.join(known)}" if known else BUILD
        raise EditionError(f"no edition {edition_id!r}", where=str(folder), fix=nearest(edition_id, known) or there)
    return known[edition_id]


def open_by_id(edition_id: str, folder: Path = EDITIONS) -> Edition:
    """Open an edition by its id; errors as `path_of` and `open_edition`."""
    return open_edition(path_of(edition_id, folder))


def list_editions(folder: Path = EDITIONS) -> list[EditionFile]:
    """Editions of the folder, newest first."""
    pointer = folder / POINTER
    current = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    found = [_listed(path, current) for path in folder.glob("*.duckdb") if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda edition: (edition.built_on, edition.path.stat().st_mtime_ns), reverse=True)


def nearest_edition(edition_id: str, folder: Path = EDITIONS) -> EditionFile | None:
    """The edition that opens and whose day is nearest to that of one that does not, the newer of two; or None."""
    try:
        day = dt.date.fromisoformat(edition_id[:10])
    except ValueError:
        return None
    others = [edition for edition in list_editions(folder) if edition.edition_id != edition_id]
    ordered = sorted(others, key=lambda edition: abs((edition.built_on - day).days))
    return next((edition for edition in ordered if _opens(edition.path)), None)


def _opens(path: Path) -> bool:
    try:
        open_edition(path)
    except EditionError:
        return False
    return True


def _listed(path: Path, current: str) -> EditionFile:
    built_on = dt.date.fromisoformat(path.name[:10])
    return EditionFile(path.stem, path, built_on, path.stat().st_size, path.name == current)
