"""The figure table of each source: parsed from its newest good capture, else the one embedded in `data/figures`.

A capture is parsed once. What came of it is kept under `data/captures/.cache/<source>/<key>/`, where the key is the
hash of the capture, of the code that reads it and of the names of territories; a source whose key is unchanged is not
parsed again, whatever else changed. The kept tables are the ones a parse would write, so the edition is the same.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from types import ModuleType

from observatory.errors import ObservatoryError
from pipelines.content import READING, captured, content_bytes
from pipelines.layout import REPOSITORY, Layout

KEPT = 3  # parses of a source that are kept: going back to an earlier capture is quick


@dataclass(frozen=True)
class SourceTable:
    """Where the figures of a source stand for this build.

    `origin` and `sha256` name what was published: the capture, or the embedded table itself (then without a hash).
    """

    source_id: str
    figures: Path
    accounts: Path
    refused: Path | None = None
    origin: str = ""
    sha256: str = ""
    bytes: int = 0
    kind: str = "figures"


@dataclass(frozen=True)
class Unread:
    """A capture that could not be read; the embedded figures stand in its place."""

    source_id: str
    reason: str


def source_tables(layout: Layout) -> tuple[list[SourceTable], list[Unread]]:
    """The tables of this build in order of source, and captures that could not be read."""
    present = captured(layout)
    tables, unread = [], []
    for path in layout.figure_tables:
        table = embedded(path.stem, layout)
        if path.stem in present:
            try:
                table = _from_capture(path.stem, layout) or table
            except ObservatoryError as error:
                unread.append(Unread(path.stem, str(error)))
        tables.append(table)
    return tables, unread


def embedded(source_id: str, layout: Layout) -> SourceTable:
    """The table in `data/figures`."""
    path = layout.figures / f"{source_id}.csv"
    return SourceTable(source_id, path, layout.accounts_table(source_id), origin=f"data/figures/{path.name}")


def _from_capture(source_id: str, layout: Layout) -> SourceTable | None:
    """The table of the newest good capture; None when its bytes are no longer as they were taken."""
    from pipelines.captures import Captures
    from pipelines.clock import Clock

    store = Captures(layout.captures, Clock())
    entry = store.newest(source_id)
    if entry is None:
        return None
    folder = layout.captures / ".cache" / source_id / _key(source_id, entry.sha256)
    if not folder.is_dir():
        _parse_into(folder, source_id, store.folder(source_id, entry))
    origin = f"data/captures/{source_id}/{entry.folder_name}"
    table = SourceTable(source_id, folder / f"{source_id}.csv", folder / "accounts.csv", folder / "refused.csv", origin)
    return replace(table, sha256=entry.sha256, bytes=entry.size, kind="capture")


def _key(source_id: str, capture_hash: str) -> str:
    digest = hashlib.sha256(capture_hash.encode())
    for path in _code(source_id):
        digest.update(path.relative_to(REPOSITORY).as_posix().encode() + b"\0" + content_bytes(path))
    return digest.hexdigest()[:16]


def _code(source_id: str) -> Iterator[Path]:
    patterns = (*READING, "data/territory/*.csv", f"pipelines/sources/{source_id}.py")
    yield from sorted(path for pattern in patterns for path in REPOSITORY.glob(pattern))


def _module(source_id: str) -> ModuleType:
    return importlib.import_module(f"pipelines.sources.{source_id}")


def _parse_into(folder: Path, source_id: str, capture: Path) -> None:
    """Parse a capture and keep what came of it, whole or not at all."""
    from pipelines.figures import Capture, Refused, write_accounts, write_figures

    parsed = _module(source_id).parse(Capture(capture))
    beside = folder.with_name(f".{folder.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        write_figures(parsed.rows, beside / f"{source_id}.csv")
        write_accounts(parsed.accounts, beside / "accounts.csv")
        _write(beside / "refused.csv", [item.name for item in fields(Refused)], map(astuple, parsed.rejected))
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _forget_old(folder)


def _write(path: Path, header: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _forget_old(newest: Path) -> None:
    others = [path for path in newest.parent.iterdir() if path.is_dir() and path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime_ns, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def refused_rows(table: SourceTable) -> list[tuple[str, str, int, str, str, str, str]]:
    """Values of the published files that were refused, as rows of `rejected_row`."""
    if table.refused is None:
        return []
    with table.refused.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return [
        (source, file, int(row), column, value, rule, hint) for source, file, row, column, value, rule, hint in rows
    ]
