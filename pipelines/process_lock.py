"""One process at a time in a folder. The system lets go of the lock when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from observatory.errors import ObservatoryError

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class LockedError(ObservatoryError):
    """Another process is at work there."""


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock file `path`, which stays behind, empty of meaning, when it is let go.

    Raises:
        LockedError: another process holds it; its number is told.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            _take(descriptor)
        except OSError as error:
            holder = path.read_text(encoding="ascii", errors="replace").strip() or "unknown"
            fix = "wait until it is done, or end it"
            raise LockedError(f"process {holder} is at work here", where=str(path.parent), fix=fix) from error
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)
