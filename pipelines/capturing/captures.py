"""Captures on disk: published bytes, never edited, and a lock file that says where and when each came from.

    data/captures/<source>/lock.json                 what was captured; only this counts
    data/captures/<source>/<sha256[:16]>/<file>      the bytes
    data/captures/<source>/<sha256[:16]>/pages/      answers of a paged service as they came, compressed
    data/captures/<source>/.taking/ .partial/        work in hand; swept or continued by the next run

A capture is one file, or several taken together; its hash is that of the file, or of the list of files and hashes.
It is moved into place whole and only then entered into the lock file, so that no interruption leaves half a capture.
The same bytes twice are one capture. The newest stands last, whatever the clock of the machine says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from observatory.registry.models import Record
from pipelines.clock import Clock
from pipelines.connectors.errors import CaptureError
from pipelines.durable import move, sync, sync_folder
from pipelines.figures import Capture
from pipelines.process_lock import only_one

LOCK_FILE = "lock.json"
PAGES = "pages"
CHUNK = 1 << 20


class CapturedFile(Record):
    """One file of a capture, by its path inside it."""

    name: str
    sha256: str
    size: int


class Provenance(Record):
    """Where bytes came from. Times are UTC; `published` is what the publisher says was its last change."""

    connector: str
    address: str
    licence: str
    published: dt.datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    records: int | None = None


class Entry(Record):
    """One capture in the lock file: `retrieved` when its bytes were first seen, `checked` when last."""

    sha256: str
    size: int
    files: list[CapturedFile]
    retrieved: dt.datetime
    checked: dt.datetime
    provenance: Provenance

    @property
    def folder_name(self) -> str:
        """The folder its files lie in."""
        return self.sha256[:16]


class LockFile(Record):
    """The captures of a source, the newest last."""

    source: str
    captures: list[Entry]


@dataclass(frozen=True)
class Captures:
    """The captures below `root`."""

    root: Path
    clock: Clock

    def folder(self, source: str, entry: Entry) -> Path:
        """Where the files of a capture lie."""
        return self.root / source / entry.folder_name

    def entries(self, source: str) -> list[Entry]:
        """What the lock file lists, the newest last; empty when there is none.

        Raises:
            CaptureError: the lock file is damaged.
        """
        path = self.root / source / LOCK_FILE
        if not path.exists():
            return []
        try:
            return LockFile.model_validate_json(path.read_bytes()).captures
        except ValidationError as error:
            fix = "restore it from a backup, or move it away and capture again; the bytes stay where they are"
            raise CaptureError(
                f"damaged lock file: {error.error_count()} problems", where=str(path), fix=fix
            ) from error

    def newest(self, source: str) -> Entry | None:
        """The newest capture whose bytes are as they were taken; None when there is none."""
        found = reversed(self.entries(source))
        return next((entry for entry in found if is_whole(self.folder(source, entry), entry)), None)

    def capture(self, source: str) -> Capture | None:
        """The newest good capture as source modules read it; None when there is none."""
        entry = self.newest(source)
        return Capture(self.folder(source, entry)) if entry else None

    @contextmanager
    def taking(self, source: str) -> Iterator[Taking]:
        """Work on a source alone; what an earlier run left half done is swept.

        Raises:
            LockedError: another process is at it.
        """
        place = self.root / source
        with only_one(place / ".lock"):
            staging = place / ".taking"
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir()
            try:
                yield Taking(self, source, staging, place / ".partial")
            finally:
                shutil.rmtree(staging, ignore_errors=True)


@dataclass(frozen=True)
class Taking:
    """A capture being taken: connectors write into `staging`, unfinished downloads lie in `partial`."""

    store: Captures
    source: str
    staging: Path
    partial: Path

    def commit(self, provenance: Provenance) -> tuple[Entry, bool]:
        """Make a capture of all that lies in `staging`; the entry, and whether its bytes are new."""
        files = _files(self.staging)
        if not files:
            raise CaptureError("nothing was written", where=self.source, fix="run it again")
        now = self.store.clock.now()
        size = sum(file.size for file in files)
        entry = Entry(
            sha256=_identity(files), size=size, files=files, retrieved=now, checked=now, provenance=provenance
        )
        before = self.store.entries(self.source)
        known = next((old for old in before if old.sha256 == entry.sha256), None)
        self._place(entry)
        if known:
            entry = entry.model_copy(update={"retrieved": known.retrieved})
        self._write([*(old for old in before if old.sha256 != entry.sha256), entry])
        shutil.rmtree(self.partial, ignore_errors=True)
        return entry, known is None

    def confirm(self, entry: Entry) -> Entry:
        """Note that the publisher still has what `entry` holds."""
        seen = entry.model_copy(update={"checked": self.store.clock.now()})
        others = [old for old in self.store.entries(self.source) if old.sha256 != entry.sha256]
        self._write([*others, seen])
        return seen

    def _place(self, entry: Entry) -> None:
        target = self.store.folder(self.source, entry)
        if is_whole(target, entry):
            return
        shutil.rmtree(target, ignore_errors=True)
        for path in sorted(self.staging.rglob("*")):
            if path.is_file():
                sync(path)
        move(self.staging, target)
        sync_folder(target.parent)

    def _write(self, entries: list[Entry]) -> None:
        path = self.store.root / self.source / LOCK_FILE
        aside = path.with_name(".lock.json.new")
        document = LockFile(source=self.source, captures=entries).model_dump(mode="json")
        aside.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        sync(aside)
        move(aside, path)
        sync_folder(path.parent)


def is_whole(folder: Path, entry: Entry) -> bool:
    """Whether every file of a capture is there with the bytes it was taken with."""
    return all(
        (folder / file.name).is_file()
        and (folder / file.name).stat().st_size == file.size
        and sha256_of(folder / file.name) == file.sha256
        for file in entry.files
    )


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[CapturedFile]:
    """The files of a capture, sorted by name; the pages they were put together from do not decide its identity."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != PAGES]
    return [
        CapturedFile(name=path.relative_to(folder).as_posix(), sha256=sha256_of(path), size=path.stat().st_size)
        for path in sorted(found)
    ]


def _identity(files: list[CapturedFile]) -> str:
    if len(files) == 1:
        return files[0].sha256
    listed = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    return hashlib.sha256(listed.encode()).hexdigest()
