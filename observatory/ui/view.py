"""What one run of a page works with: the edition, the reader's choices, language and look."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from observatory.editions import opening
from observatory.errors import EditionError
from observatory.links import Notice, ViewState, Vocabulary, address, carried, full_link, parse_link
from observatory.look import Look, look
from observatory.observation import IndicatorRow
from observatory.ui.adaptive import adaptive_look
from observatory.ui.book import Book, book
from observatory.wording import Lang, Words, words

PAGES = ("overview", "theme", "indicator", "map", "territory", "compare", "sources")
# What a page keeps of the reader's choices when they come from another page.
KEEPS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "theme": ("theme",),
    "indicator": ("ind", "loc"),
    "map": ("ind", "loc", "lvl"),
    "territory": ("loc",),
    "compare": ("ind", "loc"),
    "sources": (),
}


@dataclass(frozen=True)
class View:
    """One run of a page."""

    page: str
    book: Book
    state: ViewState
    notices: list[Notice]
    words: Words
    look: Look  # explicit colours for plotly and deck
    page_look: Look  # colours that follow the reader's light or dark page, for HTML and SVG

    @property
    def lang(self) -> Lang:
        """`es` or `en`."""
        return self.words.lang

    @property
    def scale(self) -> float:
        """How much larger everything is drawn in meeting mode."""
        return 1.6 if self.state.present else 1.0

    def link(self, page: str, keep: Iterable[str] | None = None, **changes: object) -> str:
        """Address of a page with what it keeps of this view, and changes."""
        kept = carried(self.state, KEEPS[page] if keep is None else keep)
        return address(page, replace(kept, **changes))  # type: ignore[arg-type]  # fields of ViewState

    def here(self, **changes: object) -> str:
        """Address of this page with changes."""
        return address(self.page, replace(self.state, **changes))  # type: ignore[arg-type]  # fields of ViewState

    def pinned(self, **in_force: object) -> str:
        """Full link of this view with its host, pinned to its edition; `in_force`: choices made for the reader."""
        state = replace(self.state, lang=self.lang, unknown=(), **in_force)  # type: ignore[arg-type]
        return f"{_origin()}{full_link(self.page, state, self.book.edition_id)}"

    def indicator(self, indicator_id: str) -> IndicatorRow:
        """The record of an indicator."""
        return self.book.indicators[indicator_id]

    def name(self, code: str) -> str:
        """Name of a territory."""
        return self.book.names[code]


def _origin() -> str:
    """Scheme and host the reader came by, empty when unknown."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def editions_folder() -> Path:
    """Where editions lie: `OBSERVATORY_EDITIONS`, or `data/editions`."""
    return Path(os.environ.get("OBSERVATORY_EDITIONS") or opening.EDITIONS)


def reader_language(state: ViewState) -> Lang:
    """The link's language, else the browser's, else Spanish."""
    if state.lang is not None:
        return "en" if state.lang == "en" else "es"
    return "en" if (st.context.locale or "es").lower().startswith("en") else "es"


def current_view(page: str) -> View:
    """The view that the address asks for.

    Raises:
        EditionError: there is no edition to show.
    """
    query = st.query_params.to_dict()
    asof = parse_link({name: query[name] for name in ("asof",) if name in query}, Vocabulary())[0].asof
    shown = book(asof, editions_folder())
    state, notices = parse_link(query, shown.vocabulary)
    drawn = look("dark" if st.context.theme.type == "dark" else "light")
    return View(page, shown, state, notices, words(reader_language(state)), drawn, adaptive_look())


def newest_id() -> str | None:
    """The current edition's id, if there is one."""
    try:
        return opening.current_path(editions_folder()).stem
    except EditionError:
        return None
