"""Publish an edition: lock, write beside, fsync, rename, point at it. Light to import; no DuckDB here."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from observatory.errors import EditionError
from pipelines.durable import move, sync, sync_folder

POINTER, LOCK = "current", ".lock"
WAIT_SECONDS = 120.0


def published(editions: Path, content_hash: str) -> Path | None:
    """The edition of this content, when its file is whole."""
    for path in sorted(editions.glob(f"*-{content_hash[:7]}.duckdb")):
        seal = path.with_suffix(".sha256")
        if seal.is_file() and seal.read_text(encoding="utf-8").split()[:1] == [file_hash(path)]:
            return path
    return None


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish(building: Path, target: Path) -> None:
    """Give a finished file its name and its seal, durably."""
    _replace(target.with_suffix(".sha256"), f"{file_hash(building)}  {target.name}\n")
    sync(building)
    move(building, target)
    sync_folder(target.parent)


def point_at(path: Path) -> None:
    """Make an edition the current one, in one step."""
    pointer = path.with_name(POINTER)
    if not pointer.is_file() or pointer.read_text(encoding="utf-8").strip() != path.name:
        _replace(pointer, f"{path.name}\n")
        sync_folder(path.parent)


def pointed_at(editions: Path) -> Path | None:
    """The current edition; None when there is none."""
    pointer = editions / POINTER
    if not pointer.is_file():
        return None
    path = editions / pointer.read_text(encoding="utf-8").strip()
    return path if path.is_file() else None


def sweep(editions: Path) -> None:
    """Remove what builds that were ended midway left behind. Only for the holder of the lock."""
    for leftover in (*editions.glob(".building-*"), *editions.glob(".*.sha256-*"), *editions.glob(f".{POINTER}-*")):
        leftover.unlink(missing_ok=True)


def remove_building(building: Path) -> None:
    """Remove a file being written, with its log."""
    building.unlink(missing_ok=True)
    building.with_name(building.name + ".wal").unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    sync(beside)
    move(beside, path)


@contextlib.contextmanager
def building_lock(editions: Path, waiting: Callable[[str], None], wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the folder's lock. The system frees it when its process ends, so that a crashed build leaves none behind.

    Args:
        editions: folder of the lock file, which holds the process id of the builder.
        waiting: told once when another build holds the lock.
        wait_seconds: how long to wait for it.

    Raises:
        EditionError: another build held the lock all the time.
    """
    editions.mkdir(parents=True, exist_ok=True)
    path = editions / LOCK
    with path.open("a+", encoding="utf-8") as file:
        _acquire(file.fileno(), path, waiting, time.monotonic() + wait_seconds)
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield
        finally:
            _unlock(file.fileno())


def _acquire(descriptor: int, path: Path, waiting: Callable[[str], None], until: float) -> None:
    is_told = False
    while not _try_lock(descriptor):
        if time.monotonic() > until:
            fix = "wait for it, or end it, and build again"
            raise EditionError(f"process {_holder(path)} is still building", where=str(path), fix=fix)
        if not is_told:
            waiting(f"process {_holder(path)} is building, waiting for it")
            is_told = True
        time.sleep(0.05)


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:  # Windows lets nobody read a locked range
        return "unknown"


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
