"""What captures say, parsed once each and kept under `data/captures/.cache/<source>/<key>/`.

The key is the hash of the capture, of the code or declaration that reads it and of the names and outlines of
territories; a source whose key is unchanged is not parsed again, whatever else changed.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from observatory.errors import ObservatoryError, SourceError
from pipelines.capturing.held import Held
from pipelines.content import READING, content_bytes, has_module
from pipelines.durable import move
from pipelines.layout import REPOSITORY

if TYPE_CHECKING:
    from observatory.registry.models import Source
    from pipelines.figures import Capture, Parsed

KEPT = 3  # parses of a source that are kept: going back to an earlier capture is quick
TERRITORY = ("data/territory/*.csv", "data/territory/*.geojson")


class RefusedCaptureError(ObservatoryError):
    """A capture is of no use to the edition; `reason` is the code of the words `capture.reason.<code>`."""

    def __init__(self, reason: str, what: str, *, where: str = "", fix: str = "") -> None:
        self.reason = reason
        super().__init__(what, where=where, fix=fix)


def parsed_folder(capture: Held, source: Source, root: Path) -> Path:
    """The folder that holds `<source>.csv`, `accounts.csv` and `refused.csv` of a capture, parsed now or before.

    Raises:
        RefusedCaptureError: nothing reads the source, the capture cannot be read, or its accounts do not balance.
    """
    if source.reader is None and not has_module(source.id):
        fix = f"declare `reader:` in indicators.yaml, or write pipelines/sources/{source.id}.py"
        raise RefusedCaptureError("no_reader", "nothing reads this source", where=source.id, fix=fix)
    folder = root / ".cache" / source.id / _key(capture, source)
    if not folder.is_dir():
        _keep(folder, source.id, _parse(capture, source))
    return folder


def _key(capture: Held, source: Source) -> str:
    digest = hashlib.sha256(capture.sha256.encode())
    digest.update(source.reader.model_dump_json().encode() if source.reader else b"")
    for path in _code(source):
        digest.update(path.relative_to(REPOSITORY).as_posix().encode() + b"\0" + content_bytes(path))
    return digest.hexdigest()[:16]


def _code(source: Source) -> Iterator[Path]:
    own = () if source.reader else (f"pipelines/sources/{source.id}.py",)
    patterns = (*READING, *TERRITORY, "pipelines/parsed_captures.py", *own)
    yield from sorted(path for pattern in patterns for path in REPOSITORY.glob(pattern))


def _module(source_id: str) -> ModuleType:
    return importlib.import_module(f"pipelines.sources.{source_id}")


def _parse(capture: Held, source: Source) -> Parsed:
    """What the source makes of a capture. A file may break its reader in ways nobody foresaw: all are told the same."""
    from pipelines.figures import Capture
    from pipelines.reading.contract import ContractError

    try:
        files = Capture(capture.folder)
        parsed, files = _read(files, source)
        _refuse_unaccounted(parsed, files, source)
    except RefusedCaptureError:
        raise
    except ContractError as error:
        raise RefusedCaptureError("breaks_contract", _told(error, capture)) from error
    except Exception as error:
        raise RefusedCaptureError("unreadable", _told(error, capture)) from error
    return parsed


def _read(files: Capture, source: Source) -> tuple[Parsed, Capture]:
    from pipelines.capturing.fitting import fit, parse_capture
    from pipelines.completing import completed
    from pipelines.reading.declared import parse_declared

    if source.reader is not None:
        files = _alone(files, source.reader.file)
        parsed = parse_declared(files, source.reader, source.id)
        return completed(parsed, counted=source.reader.combine == "count"), files
    module = _module(source.id)
    return completed(parse_capture(module, files)), fit(module, files)


def _alone(files: Capture, name: str) -> Capture:
    """The capture, whose only file stands for the one that is declared, whatever it is called."""
    found = [path for path in files.folder.rglob("*") if path.is_file()]
    if len(found) != 1 or "*" in name or files.has(name):
        return files
    return replace(files, aliases={name: found[0].relative_to(files.folder).as_posix()})


def _told(error: Exception, capture: Held) -> str:
    """The error in one line that says the same on every machine."""
    said = str(error) if isinstance(error, ObservatoryError) else f"{type(error).__name__}: {error}"
    place = f"{capture.source_id}/{capture.folder.name}"
    return " ".join(said.replace(str(capture.folder), place).split())


def _refuse_unaccounted(parsed: Parsed, files: Capture, source: Source) -> None:
    """Hold the accounts against the records of each file, counted apart from the source.

    Raises:
        SourceError: there are figures without an account of where they come from.
        RefusedCaptureError: records were lost or counted twice.
    """
    from pipelines.counting_records import records_in

    if parsed.rows and not parsed.accounts:
        raise SourceError("figures without an account of the records behind them", where=source.id)
    told = Counter[str]()
    for line in parsed.accounts:
        told[line.file] += line.rows
    for file, rows in told.items():
        counted = records_in(files.path(file), _wanted(file, source))
        if counted not in (None, rows):
            what = f"the file holds {counted} records, {rows} are accounted for"
            raise RefusedCaptureError("accounts_differ", what, where=file, fix="the reader loses or repeats records")


def _wanted(file: str, source: Source) -> list[tuple[str, ...]]:
    """Columns that tell the header of a file."""
    from pipelines.reading.declared import named_columns

    if source.reader is not None:
        return [(name,) for name in named_columns(source.reader)]
    shape = getattr(_module(source.id), "SHAPES", {}).get(file)
    return shape.wanted if shape else []


def _keep(folder: Path, source_id: str, parsed: Parsed) -> None:
    """Keep what came of a parse, whole or not at all."""
    from pipelines.figures import Refused, write_accounts, write_figures

    beside = folder.with_name(f".{folder.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        write_figures(parsed.rows, beside / f"{source_id}.csv")
        write_accounts(parsed.accounts, beside / "accounts.csv")
        _write(beside / "refused.csv", [item.name for item in fields(Refused)], map(astuple, parsed.rejected))
        _into_place(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    _forget_old(folder)


def _into_place(beside: Path, folder: Path) -> None:
    """Move a parse into place; another process may have come first with the same."""
    try:
        move(beside, folder)
    except OSError:
        if not folder.is_dir():
            raise


def _write(path: Path, header: list[str], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _forget_old(newest: Path) -> None:
    others = [path for path in newest.parent.iterdir() if path.is_dir() and path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime_ns, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
