"""Where each page of the twin stands, and what a view's address is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from observatory.editions.book import Book
from observatory.links import ViewState, full_link
from observatory.wording import Lang

ADDRESS = "OBSERVATORY_STATIC_URL"  # where the twin is served
INDEX = "index.html"
SEARCH = "search.html"
ENTRIES = "search-index.js"  # what is found there
SOURCES = "sources.html"
CHANGES = "changes.html"
PLANS = "plan/index.html"
PLAN_TABS = ("due", "groups", "board", "findings")  # parts of a plan that have a page of their own
OF_ROWS = ("receipt", "compare")  # pages of the dashboard that tell of the rows of one indicator


def path_of(page: str, state: ViewState, book: Book) -> str:
    """The file of a view below its language's folder, with its anchor; empty where the twin has no such page."""
    return FILES[page](state, book) if page in FILES else ""


def _theme(state: ViewState, _book: Book) -> str:
    return f"theme/{state.theme}.html" if state.theme else f"{SEARCH}#themes"


def _indicator(state: ViewState, _book: Book) -> str:
    return f"indicator/{state.indicator}.html" if state.indicator else f"{SEARCH}#indicators"


def _territory(state: ViewState, book: Book) -> str:
    if state.place is None:
        return f"{SEARCH}#localities"
    return f"territory/{state.place}.html" if state.place in book.localities() else ""


def _plan(state: ViewState, book: Book) -> str:
    """The plan, a part of it, or one of its results, products and targets; of other versions and cuts none."""
    plan = state.plan or next((row.plan_id for row in book.targets if row.target_id == state.node), None)
    current = next((row.version_code for row in book.versions_of(plan or "") if row.is_current), None)
    if state.ver not in (None, current) or state.t:
        return ""
    if plan and state.node:
        return node_path(plan, state.node)
    tab = f"-{state.tab}" if state.tab in PLAN_TABS else ""
    return f"plan/{plan}{tab}.html" if plan else PLANS


def node_path(plan_id: str, node_id: str) -> str:
    """The file of a result, product or target of a plan."""
    return f"plan/{plan_id}-{re.sub(r'[^A-Za-z0-9.]+', '-', node_id)}.html"


def _changes(state: ViewState, _book: Book) -> str:
    """Since the edition before, without filters; other comparisons need the dashboard."""
    return "" if state.since or state.theme or state.loc or state.ent else CHANGES


def _sources(state: ViewState, _book: Book) -> str:
    return f"{SOURCES}#{state.src}" if state.src else SOURCES


CHOICES = ("theme", "ind", "loc", "t", "tab", "dim", "lvl", "cls", "k", "area", "order", "y", "ent", "node")
TOLD = {
    "theme": {"theme"},
    "indicator": {"ind", "theme"},
    "territory": {"loc"},
    "plan": {"tab", "node"},
}  # what a page of the twin shows of what can be chosen

FILES: dict[str, Callable[[ViewState, Book], str]] = {
    "overview": lambda _state, _book: INDEX,
    "theme": _theme,
    "indicator": _indicator,
    "territory": _territory,
    "plan": _plan,
    "changes": _changes,
    "sources": _sources,
}


def nearest_path(page: str, state: ViewState, book: Book) -> str:
    """The file nearest to a view that has none of its own, or not with all that was chosen on it."""
    if page in ("map", "receipt"):
        page = "indicator"
    return path_of(page, ViewState(ind=state.ind, theme=state.theme, loc=state.loc, plan=state.plan), book) or INDEX


def is_whole(page: str, state: ViewState) -> bool:
    """Whether the twin shows all that a view does: no place, period, group or filter was chosen beyond its page."""
    chosen = {name for name in CHOICES if getattr(state, name)}
    return page in FILES and chosen <= TOLD.get(page, set())


def static_address(base: str, page: str, state: ViewState, lang: Lang, book: Book) -> str:
    """The full address of a view in the twin; empty without a base, or where the twin has no such page."""
    path = path_of(page, state, book)
    return f"{base.rstrip('/')}/{lang}/{path}" if base and path else ""


def nearest_address(base: str, page: str, state: ViewState, lang: Lang, book: Book) -> str:
    """The full address of the page of the twin that is nearest to a view; empty without a base."""
    return f"{base.rstrip('/')}/{lang}/{nearest_path(page, state, book)}" if base else ""


@dataclass(frozen=True)
class Site:
    """A twin under way: its catalogue, its own address and that of the dashboard, both empty when unknown."""

    book: Book
    address: str = ""
    dashboard: str = ""

    def addressing(self, lang: Lang, path: str) -> Callable[[str, ViewState], str]:
        """Addresses as seen from a file: within the twin; else in the dashboard, pinned; else its rows, or none."""
        up = "../" * path.count("/")

        def address(page: str, state: ViewState) -> str:
            found = path_of(page, state, self.book) if state.asof in (None, self.book.edition_id) else ""
            if found:
                other = f"{up}../{state.lang}/" if state.lang not in (None, lang) else up
                return f"{other}{found}"
            return self.in_dashboard(page, state, lang) or self._rows(up, page, state)

        return address

    def _rows(self, up: str, page: str, state: ViewState) -> str:
        """Where there is no dashboard, a number opens the rows of its indicator; empty for those of other editions."""
        is_here = state.asof in (None, self.book.edition_id)
        return f"{up}data/{state.indicator}.csv" if page in OF_ROWS and state.indicator and is_here else ""

    def opening(self, lang: Lang) -> Callable[[str, ViewState], str]:
        """Addresses in the dashboard for files of a language."""
        return lambda page, state: self.in_dashboard(page, state, lang)

    def in_dashboard(self, page: str, state: ViewState, lang: Lang) -> str:
        """The same view in the dashboard, pinned to the edition."""
        if not self.dashboard:
            return ""
        state = replace(state, lang=state.lang or lang, unknown=())
        return f"{self.dashboard.rstrip('/')}{full_link(page, state, state.asof or self.book.edition_id)}"
