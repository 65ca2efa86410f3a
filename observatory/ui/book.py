"""Books of editions, read once per edition and shared by all sessions."""

from __future__ import annotations

import functools
from pathlib import Path

from observatory.editions import opening
from observatory.editions.book import Book, read_book
from observatory.errors import EditionError


@functools.lru_cache(maxsize=8)
def _book(path: str) -> Book:
    return read_book(opening.open_edition(Path(path)))


def book(asof: str | None = None, folder: Path = opening.EDITIONS) -> Book:
    """The book of the current edition, or of the one named.

    Raises:
        EditionError: there is no such edition here, or it cannot be read.
    """
    if asof is None:
        return _book(str(opening.current_path(folder)))
    path = folder / f"{asof}.duckdb"
    if not path.is_file():
        raise EditionError(f"edition {asof} is not on this server", where=str(folder), fix="open the newest edition")
    return _book(str(path))
