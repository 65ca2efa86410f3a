"""Captures as the lock files tell of them, and whether their bytes are still as they were taken. Light to import.

The build may use the newest capture that is whole and can be read, so the newest whole ones, up to `TRIED`, are part of
what an edition is made of. A file whose size and time of change are those noted when its bytes were last compared is
not read again; notes lie under `data/captures/.cache/whole.json` and may be deleted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from observatory.errors import FigureError
from pipelines.durable import move

LOCK_FILE = "lock.json"
NOTES = Path(".cache") / "whole.json"
TRIED = 3
BOGOTA = dt.timezone(dt.timedelta(hours=-5), "America/Bogota")
Note = list[Any]  # size, time of change in nanoseconds, sha256


@dataclass(frozen=True)
class Held:
    """A capture: where it lies, what it is, where it came from. `published` is the publisher's last change."""

    source_id: str
    folder: Path
    sha256: str
    size: int
    address: str
    retrieved: dt.date
    published: dt.date | None
    is_whole: bool

    @property
    def identity(self) -> str:
        """All that an edition says of it, as one line."""
        state = "" if self.is_whole else "damaged"
        return f"{self.sha256} {self.address} {self.retrieved} {self.published} {state}"


@dataclass
class Shelf:
    """The captures below `root`."""

    root: Path
    notes: dict[str, Note] = field(default_factory=dict)

    @staticmethod
    def at(root: Path) -> Shelf:
        """The shelf with the notes of the build before; damaged notes are made anew."""
        try:
            notes = json.loads((root / NOTES).read_bytes())
        except (FileNotFoundError, ValueError):
            notes = {}
        return Shelf(root, notes if isinstance(notes, dict) else {})

    def sources(self) -> list[str]:
        """Sources that have a lock file."""
        return sorted(path.parent.name for path in self.root.glob(f"*/{LOCK_FILE}"))

    def held(self, source_id: str) -> list[Held]:
        """The newest whole captures, and damaged ones that are newer than the last of these; the newest first.

        Raises:
            FigureError: the lock file is damaged.
        """
        path = self.root / source_id / LOCK_FILE
        found: list[Held] = []
        try:
            for entry in reversed(json.loads(path.read_bytes())["captures"]):
                if sum(item.is_whole for item in found) < TRIED:
                    found.append(self._entry(source_id, entry))
        except (ValueError, KeyError, TypeError) as error:
            fix = "restore it from a backup, or move it away and capture again; the bytes stay where they are"
            raise FigureError(f"damaged lock file: {error!r}", where=str(path), fix=fix) from error
        return found

    def _entry(self, source_id: str, entry: dict[str, Any]) -> Held:
        folder, origin = self.root / source_id / entry["sha256"][:16], entry["provenance"]
        return Held(
            source_id=source_id,
            folder=folder,
            sha256=entry["sha256"],
            size=entry["size"],
            address=origin["address"],
            retrieved=_day(entry["retrieved"]),
            published=_day(origin["published"]) if _is_publishers(origin) else None,
            is_whole=all(self._is_as_taken(folder / file["name"], file) for file in entry["files"]),
        )

    def _is_as_taken(self, path: Path, file: dict[str, Any]) -> bool:
        if not path.is_file() or path.stat().st_size != file["size"]:
            return False
        name, state = path.relative_to(self.root).as_posix(), path.stat()
        note = self.notes.get(name)
        if note is None or note[:2] != [state.st_size, state.st_mtime_ns]:
            with path.open("rb") as content:
                note = [state.st_size, state.st_mtime_ns, hashlib.file_digest(content, "sha256").hexdigest()]
            self.notes[name] = note
        return bool(note[2] == file["sha256"])

    def note(self) -> None:
        """Keep what was compared for the next build."""
        path = self.root / NOTES
        if not self.root.is_dir():
            return
        path.parent.mkdir(exist_ok=True)
        aside = path.with_name(f".{path.name}-{os.getpid()}")
        aside.write_text(json.dumps(dict(sorted(self._present()))), encoding="utf-8")
        move(aside, path)

    def _present(self) -> Iterator[tuple[str, Note]]:
        yield from ((name, note) for name, note in self.notes.items() if (self.root / name).is_file())


def _is_publishers(origin: dict[str, Any]) -> bool:
    """Whether the day of the last change is the publisher's; a file that was brought knows its copy's."""
    return bool(origin.get("published")) and origin["connector"] != "file"


def _day(moment: str) -> dt.date:
    """The day in Bogotá of a moment in UTC."""
    return dt.datetime.fromisoformat(moment).astimezone(BOGOTA).date()
