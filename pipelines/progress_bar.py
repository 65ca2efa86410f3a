"""A plain progress bar on the error stream: redrawn in a terminal, silent in a log."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TextIO

WIDTH = 24
SECONDS_BETWEEN = 0.1


def size_text(size: float) -> str:
    """Bytes for a reader: `14.2 MB`."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


class ProgressBar:
    """One line for the source in hand."""

    def __init__(self, stream: TextIO, name: str, monotonic: Callable[[], float]) -> None:
        self._stream, self._name, self._monotonic = stream, name, monotonic
        self._drawn_at = float("-inf")
        self._terminal = stream.isatty()

    def report(self, done: int, total: int | None, unit: str) -> None:
        """Draw how far it is, at most ten times a second."""
        now = self._monotonic()
        if not self._terminal or (now - self._drawn_at < SECONDS_BETWEEN and done != total):
            return
        self._drawn_at = now
        columns = shutil.get_terminal_size().columns
        self._stream.write(f"\r{self.line(done, total, unit)[: columns - 1]:<{columns - 1}}")
        self._stream.flush()

    def line(self, done: int, total: int | None, unit: str) -> str:
        """The line's text."""
        amount = size_text(done) if unit == "bytes" else f"{done} {unit}"
        if not total:
            return f"{self._name}  {amount}"
        filled = min(WIDTH, done * WIDTH // total)
        whole = size_text(total) if unit == "bytes" else str(total)
        return f"{self._name}  [{'#' * filled}{'.' * (WIDTH - filled)}] {done * 100 // total:3d} %  {amount} / {whole}"

    def clear(self) -> None:
        """Wipe the line."""
        if self._terminal:
            self._stream.write(f"\r{' ' * (shutil.get_terminal_size().columns - 1)}\r")
            self._stream.flush()
