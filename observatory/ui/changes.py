"""The page of what changed: since when, for whom, and the facts between two editions."""

from __future__ import annotations

import contextlib
import functools
import itertools
from dataclasses import dataclass

import streamlit as st

from observatory.editions import opening
from observatory.editions.book import Book
from observatory.editions.opening import EditionFile
from observatory.errors import EditionError
from observatory.links import ViewState, full_link
from observatory.sheets import changes as sheet
from observatory.sheets.changed import facts
from observatory.sheets.fact import Fact, filtered
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.telling import Told, told
from observatory.sheets.view import View
from observatory.territory import CITY
from observatory.ui.book import book
from observatory.ui.canvas import show
from observatory.ui.controls import choose
from observatory.ui.downloads import XLSX
from observatory.ui.view import editions_folder
from observatory.wording import Words


@dataclass(frozen=True)
class Between:
    """The earlier edition that the shown one is held against, and what must be said about the choice."""

    before: Book | None
    note: str = ""


def earlier(view: View) -> list[EditionFile]:
    """Editions that the shown one can be held against, newest first: all that are older, or were made before it."""
    files = opening.list_editions(editions_folder())
    ids = [one.edition_id for one in files]
    mine = view.book.edition_id
    return files[ids.index(mine) + 1 :] if mine in ids else [one for one in files if one.edition_id != mine]


def between(view: View) -> Between:
    """The edition asked for: by its id, or the newest of a day or before it; without either the one before."""
    options, asked = earlier(view), view.state.since
    if not options:
        return Between(None)
    known = {one.edition_id: one for one in opening.list_editions(editions_folder())}
    note, found = "", options[0]
    if asked in known:
        found = known[str(asked)]
    elif asked is not None and len(asked) > len("2026-11-23"):
        nearest = opening.nearest_edition(asked, editions_folder())
        note, found = view.words("changes.unreadable", edition=asked), nearest or found
    elif asked is not None:
        older = [one for one in options if one.built_on.isoformat() <= asked]
        note, found = ("", older[0]) if older else (view.words("changes.oldest"), options[-1])
        note = view.words("changes.not_yet") if asked > view.book.edition.built_on.isoformat() else note
    try:
        return Between(book(found.edition_id, editions_folder()), note)
    except EditionError:
        note = view.words("changes.unreadable", edition=found.edition_id)
        nearest = opening.nearest_edition(found.edition_id, editions_folder())
        if nearest is None or nearest.edition_id == view.book.edition_id:
            return Between(None, note)
        return Between(book(nearest.edition_id, editions_folder()), note)


@functools.lru_cache(maxsize=16)
def _facts(before: Book, after: Book) -> list[Fact]:
    """Facts between two editions, computed once: editions never change."""
    return facts(before, after)


def told_between(before: Book, after: Book, state: ViewState, words: Words) -> list[Told]:
    """The facts that a link's filters leave, in words."""
    entity = after.entities[state.ent].name_es if state.ent in after.entities else None
    chosen = filtered(
        _facts(before, after), theme=state.theme, place=state.place, entity=entity, indicator=state.indicator
    )
    return told(before, after, chosen, words)


def between_editions(at_most: int) -> list[tuple[Book, Book]]:
    """Each of the newest editions with the one before it, newest first; those that cannot be read are left out."""
    books = []
    for one in opening.list_editions(editions_folder())[: at_most + 1]:
        with contextlib.suppress(EditionError):
            books.append(book(one.edition_id, editions_folder()))
    return [(before, after) for after, before in itertools.pairwise(books)]


def choices(view: View, before: Book) -> None:
    """Since when, and filters by theme, place and entity."""
    w, shown = view.words, view.book
    boxes = st.columns([4, 3, 3, 4], vertical_alignment="bottom")
    files = {one.edition_id: one for one in opening.list_editions(editions_folder())}
    options = [one for one in files if one != shown.edition_id]

    def day(one: str) -> str:
        return w("changes.edition_of", date=w.date(files[one].built_on), edition=one[-7:])

    with boxes[0]:
        choose(view, "since", options, before.edition_id, w("changes.control"), text=day)
    with boxes[1]:
        label, none = w("control.theme"), w("changes.all_themes")
        names = {key: row.name(view.lang) for key, row in shown.themes.items()}
        _filter(view, "theme", names, view.state.theme, label, none)
    with boxes[2]:
        places = {code: shown.names[code] for code in (CITY, *shown.localities())}
        _filter(view, "loc", places, view.state.place, w("control.place"), w("changes.all_places"))
    with boxes[3]:
        answering = {row.entity for row in shown.indicators.values()}
        entities = {key: row.name(view.lang) for key, row in shown.entities.items() if row.name_es in answering}
        _filter(view, "ent", entities, view.state.ent, w("changes.entity"), w("changes.all_entities"))


def _filter(view: View, parameter: str, names: dict[str, str], chosen: str | None, label: str, none: str) -> None:
    options = ["", *names]
    now = chosen if chosen in names else ""
    choose(view, parameter, options, str(now), label, text=lambda one: names[one] if one else none, default="")


def draw(view: View) -> None:
    """The whole page but head, foot and share box."""
    w, found = view.words, between(view)
    note = tag("p", found.note, "obs-banner") if found.note else ""
    if found.before is None:
        alone = w("changes.only_one", date=w.date(view.book.edition.built_on))
        show(f"{heading(1, w('nav.changes'))}{note}{tag('p', alone, 'obs-empty-note')}", "changes")
        return
    choices(view, found.before)
    state = view.state
    lines = told_between(found.before, view.book, state, w)
    is_filtered = bool(state.theme or state.loc or state.ent or state.ind)
    feed = anchor(feed_address(view), w("changes.feed"), "obs-more")
    show(note + sheet.body(view, found.before, lines, is_filtered=is_filtered) + feed, "changes")
    if lines:
        _downloads(view, found.before, lines)


def feed_address(view: View) -> str:
    """The address of the feed with the page's filters."""
    return view.here(since=None, asof=None, present=None, ind=(), lang=view.lang).replace(
        "/changes", "/feeds/changes.atom", 1
    )


def _downloads(view: View, before: Book, lines: list[Told]) -> None:
    w, name = view.words, f"{view.words('nav.changes').lower().replace(' ', '-')}-{view.book.edition_id}"

    def address(page: str, state: ViewState) -> str:
        return f"{view.origin}{full_link(page, state, view.book.edition_id)}"

    files = (
        ("csv", w("download.csv"), lambda: sheet.to_csv(w, lines, address), "text/csv"),
        ("xlsx", w("download.xlsx"), lambda: sheet.to_xlsx(w, lines, address), XLSX),
        ("html", w("changes.download_html"), lambda: sheet.document(view, before, lines), "text/html"),
    )
    with st.container(horizontal=True, key="obs-downloads"):
        for kind, label, made, mime in files:
            st.download_button(label, made, f"{name}.{kind}", mime, on_click="ignore", key=f"changes-{kind}")
