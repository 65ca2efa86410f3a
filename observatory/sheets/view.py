"""What one run of a page works with: the edition, the reader's choices, language and look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from observatory.editions.book import Book
from observatory.links import Notice, ViewState, address, carried, full_link
from observatory.look import Look
from observatory.rows.catalogue import IndicatorRow
from observatory.wording import Lang, Words

PAGES = ("overview", "theme", "plan", "indicator", "map", "territory", "compare", "changes", "briefing", "sources")
ALL_PAGES = (*PAGES, "receipt")  # those of the navigation, and those that are reached from a number
# What a page keeps of the reader's choices when they come from another page.
KEEPS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "theme": ("theme",),
    "plan": ("plan", "ver"),
    "indicator": ("ind", "loc"),
    "map": ("ind", "loc", "lvl"),
    "territory": ("loc",),
    "compare": ("ind", "loc"),
    "changes": ("theme",),
    "briefing": (),
    "sources": (),
    "receipt": ("ind", "loc", "t", "dim"),
}


@dataclass(frozen=True)
class View:
    """One run of a page. `addressing` gives the address of a page and state, empty where there is no such page."""

    page: str
    book: Book
    state: ViewState
    notices: list[Notice]
    words: Words
    look: Look  # explicit colours for plotly and deck
    page_look: Look  # colours that follow the reader's light or dark page, for HTML and SVG
    origin: str = ""  # scheme and host of full links, empty when unknown
    addressing: Callable[[str, ViewState], str] = address

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
        return self.addressing(page, replace(kept, **changes))  # type: ignore[arg-type]  # fields of ViewState

    def here(self, **changes: object) -> str:
        """Address of this page with changes."""
        return self.addressing(self.page, replace(self.state, **changes))  # type: ignore[arg-type]  # fields of ViewState

    def pinned(self, **in_force: object) -> str:
        """Full link of this view with its host, pinned to its edition; `in_force`: choices made for the reader."""
        chosen = {"present": None, "agenda": (), "at": None} | in_force
        state = replace(self.state, lang=self.lang, unknown=(), **chosen)  # type: ignore[arg-type]  # as above
        return f"{self.origin}{full_link(self.page, state, self.book.edition_id)}"

    def indicator(self, indicator_id: str) -> IndicatorRow:
        """The record of an indicator."""
        return self.book.indicators[indicator_id]

    def name(self, code: str) -> str:
        """Name of a territory."""
        return self.book.names[code]
