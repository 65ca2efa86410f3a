"""The edition before another one, and what changed since then in words: for files, which have no server to ask."""

from __future__ import annotations

import functools

from observatory.editions import opening
from observatory.editions.book import Book, read_book
from observatory.editions.opening import EditionFile
from observatory.errors import EditionError
from observatory.links import ViewState
from observatory.sheets.changed import facts
from observatory.sheets.fact import Fact, filtered
from observatory.sheets.telling import Told, told
from observatory.wording import Words


def edition_before(shown: Book, asked: str | None = None) -> Book | None:
    """The edition that a shown one is held against; None where there is none, or it cannot be read.

    Args:
        shown: its folder holds the others.
        asked: an edition's id, or a day whose newest edition is meant; the one just before when None.
    """
    files = opening.list_editions(shown.edition.path.parent)
    ids = [one.edition_id for one in files]
    older = files[ids.index(shown.edition_id) + 1 :] if shown.edition_id in ids else files
    found = _asked(files, older, asked)
    try:
        return read_book(opening.open_edition(found.path)) if found else None
    except EditionError:
        return None


def _asked(files: list[EditionFile], older: list[EditionFile], asked: str | None) -> EditionFile | None:
    if asked is not None and (named := next((one for one in files if one.edition_id == asked), None)):
        return named
    if asked is not None:
        day = asked[: len("2026-11-23")]
        older = [one for one in older if one.built_on.isoformat() <= day] or older[-1:]
    return older[0] if older else None


@functools.lru_cache(maxsize=8)
def _facts(before: Book, after: Book) -> list[Fact]:
    """Facts between two editions, computed once: editions never change."""
    return facts(before, after)


def told_since(before: Book, after: Book, state: ViewState, words: Words) -> list[Told]:
    """What changed, under the filters of a link."""
    entity = after.entities[state.ent].name_es if state.ent in after.entities else None
    chosen = filtered(
        _facts(before, after), theme=state.theme, place=state.place, entity=entity, indicator=state.indicator
    )
    return told(before, after, chosen, words)
