"""The figure table of each source: from its newest good capture, beside or instead of the one in `data/figures`.

Good is a capture whose bytes are as they were taken, that its module or its `reader:` reads, whose accounts balance and
whose figures keep their contract. The newest good one is used; where there is none, the embedded table stands, and each
capture that was passed over is told with the reason. What a capture does not carry stays as embedded: see `merging`.
"""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from observatory.errors import FigureError
from pipelines.capturing.held import Held, Shelf
from pipelines.content import content_bytes
from pipelines.durable import move
from pipelines.figures import COLUMNS
from pipelines.layout import Layout
from pipelines.merging import Merged, Row, merge
from pipelines.parsed_captures import RefusedCaptureError, parsed_folder
from pipelines.read_figures import FigureTable, figure_cells

if TYPE_CHECKING:
    from observatory.registry.models import Source

Kind = Literal["embedded", "capture", "declared"]
PERIOD, VALUE = COLUMNS.index("period"), COLUMNS.index("value")
PERIODS_TOLD = 6


@dataclass(frozen=True)
class SourceTable:
    """Where the figures of a source stand for this build.

    `merged` says which of them were embedded, where a capture does not carry all; `refused` lists values of the
    published files that were refused, where they came from a capture; `shorter` tells what the capture before had more.
    """

    source_id: str
    figures: Path
    accounts: Path
    kind: Kind = "embedded"
    capture: Held | None = None
    refused: Path | None = None
    merged: Merged | None = None
    shorter: str = ""


@dataclass(frozen=True)
class PassedOver:
    """A capture that is not used: `reason` is a code of the words `capture.reason.<code>`, `detail` what was found."""

    source_id: str
    reason: str
    detail: str
    capture: Held | None = None


def embedded(source_id: str, layout: Layout) -> SourceTable:
    """The table in `data/figures`."""
    return SourceTable(source_id, layout.figures / f"{source_id}.csv", layout.accounts_table(source_id))


def choices(source: Source, layout: Layout, shelf: Shelf) -> Iterator[SourceTable | PassedOver]:
    """The tables a source may stand on, the best first, and captures passed over on the way.

    The last is the embedded table, where there is one. A capture is parsed when it is its turn, not before.
    """
    own = embedded(source.id, layout)
    try:
        held = shelf.held(source.id) if source.id in shelf.sources() else []
    except FigureError as error:
        yield PassedOver(source.id, "lock_damaged", f"{error.what} → {error.fix}")
        held = []
    for position, capture in enumerate(held):
        try:
            table = _captured(capture, source, own, layout.captures)
            yield replace(table, shorter=_shorter(capture, held[position + 1 :], source, layout.captures))
        except RefusedCaptureError as error:
            yield PassedOver(source.id, error.reason, str(error), capture)
    if own.figures.is_file():
        yield own


def _captured(capture: Held, source: Source, own: SourceTable, root: Path) -> SourceTable:
    if not capture.is_whole:
        fix = f"python -m pipelines capture {source.id}"
        raise RefusedCaptureError("bytes_changed", "its bytes are no longer as they were taken", fix=fix)
    folder = parsed_folder(capture, source, root)
    figures, merged = _merged(folder, source, own.figures)
    kind: Kind = "declared" if source.reader else "capture"
    return SourceTable(source.id, figures, folder / "accounts.csv", kind, capture, folder / "refused.csv", merged)


def _shorter(capture: Held, earlier: list[Held], source: Source, root: Path) -> str:
    """What the newest readable capture before this one had more, values or periods; empty where it had not."""
    for before in (one for one in earlier if one.is_whole):
        try:
            old = _periods_of_values(parsed_folder(before, source, root) / f"{source.id}.csv")
        except RefusedCaptureError:
            continue
        new = _periods_of_values(parsed_folder(capture, source, root) / f"{source.id}.csv")
        gone = sorted(set(old) - set(new))
        if len(new) >= len(old) and not gone:
            return ""
        told = (
            f", nothing of {', '.join(gone[:PERIODS_TOLD])}{' …' if len(gone) > PERIODS_TOLD else ''}" if gone else ""
        )
        return f"{len(new)} values, {len(old)} in {before.folder.name} before{told}"
    return ""


def _periods_of_values(path: Path) -> list[str]:
    return [cells[PERIOD] for cells in _rows(path) if cells[VALUE]]


def _merged(folder: Path, source: Source, own: Path) -> tuple[Path, Merged | None]:
    """The table of a capture with the embedded rows that stay, as a file beside the parsed one."""
    parsed = folder / f"{source.id}.csv"
    if not own.is_file():
        return parsed, None
    try:
        merged = merge(_rows(parsed), _rows(own), source.on_capture)
    except FigureError as error:
        raise RefusedCaptureError("carries_less", error.what, fix=error.fix) from error
    if not merged.kept:
        return parsed, merged
    name = f"with-{hashlib.sha256(content_bytes(own)).hexdigest()[:16]}"
    path = folder / name / parsed.name
    if not path.is_file():
        for old in folder.glob("with-*"):
            shutil.rmtree(old, ignore_errors=True)
        path.parent.mkdir(exist_ok=True)
        _write(path, merged.rows)
    return path, merged


def _rows(path: Path) -> list[Row]:
    return [cells for _, cells in figure_cells(path)]


def _write(path: Path, rows: list[Row]) -> None:
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    move(aside, path)


def with_origins(table: FigureTable, origin: SourceTable, layout: Layout) -> FigureTable:
    """The table as read, knowing for each row what it was published in."""
    if origin.capture is None:
        return table
    own = embedded(origin.source_id, layout).figures
    kept_hash = hashlib.sha256(content_bytes(own)).hexdigest() if origin.merged else ""
    kept = origin.merged.kept if origin.merged else frozenset()
    return replace(table, published=origin.capture.sha256, kept=kept, kept_hash=kept_hash)


def refused_rows(table: SourceTable) -> list[tuple[str, str, int, str, str, str, str]]:
    """Values of the published files that were refused, as rows of `rejected_row`."""
    if table.refused is None:
        return []
    with table.refused.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return [
        (table.source_id, file, int(row), column, value, rule, hint) for _, file, row, column, value, rule, hint in rows
    ]
