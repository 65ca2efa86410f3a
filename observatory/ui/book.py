"""Books of editions, read once per edition and shared by all sessions."""

from __future__ import annotations

import functools
import logging
from pathlib import Path

from observatory.editions import opening
from observatory.editions.book import Book, read_book
from observatory.errors import EditionError

_log = logging.getLogger(__name__)


@functools.lru_cache(maxsize=8)
def _book(path: str) -> Book:
    return read_book(opening.open_edition(Path(path)))


def _current(folder: Path) -> Book:
    try:
        return _book(str(opening.current_path(folder)))
    except EditionError as error:
        for edition in opening.list_editions(folder):
            try:
                shown = _book(str(edition.path))
            except EditionError as other:
                _log.warning("passed over: %s", other)
                continue
            _log.error("the current edition cannot be shown, %s is instead: %s", shown.edition_id, error)
            return shown
        raise


def book(asof: str | None = None, folder: Path = opening.EDITIONS) -> Book:
    """The book of the current edition, or of the one named.

    When the current one is damaged or the pointer names none, the newest edition that opens is shown instead.

    Raises:
        EditionError: there is no such edition here, or none that can be read.
    """
    if asof is None:
        return _current(folder)
    path = folder / f"{asof}.duckdb"
    if not path.is_file():
        raise EditionError(f"edition {asof} is not on this server", where=str(folder), fix="open the newest edition")
    return _book(str(path))
