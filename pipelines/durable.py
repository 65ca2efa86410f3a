"""Files that are there whole or not at all: put on disk, then moved into place in one step. Light to import."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

PATIENCE_SECONDS = 2.0


def sync(path: Path) -> None:
    """Put a file's content on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put a folder's names on disk, where the system knows how (Windows does not)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def move(source: Path, target: Path) -> None:
    """Give a file or folder its place, above a file that is there.

    Windows refuses for as long as somebody reads either of them, be it a page view or a scanner of viruses.

    Raises:
        OSError: it was refused for two seconds, or elsewhere once.
    """
    until = time.monotonic() + (PATIENCE_SECONDS if sys.platform == "win32" else 0)
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.02)
        else:
            return
