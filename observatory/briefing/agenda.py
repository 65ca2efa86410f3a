"""An agenda: what a briefing shows, in its order, with title and day; its link and its file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from observatory.errors import EditionError, nearest, read_utf8
from observatory.links import (
    MAXIMUM_VIEWS,
    SHORT,
    Notice,
    ViewState,
    Vocabulary,
    migrated,
    parameters,
    parse_link,
    short_code,
    unfolded,
)
from observatory.registry.nodes import read_nodes
from observatory.wording import LANGUAGES, Lang

BRIEFED = (
    "overview",
    "theme",
    "indicator",
    "map",
    "territory",
    "compare",
    "changes",
    "plan",
    "sources",
)  # pages that can be part of a briefing
_KEYS = ("title", "date", "language", "views")
_OF_THE_WHOLE = ("lang", "asof", "v", "present", "agenda", "at", "title", "day")


@dataclass(frozen=True)
class Item:
    """One view: a page and what was chosen on it."""

    page: str
    state: ViewState


@dataclass(frozen=True)
class Agenda:
    """Views in their order. An empty title is filled by the language's own; no day means that of the edition."""

    items: tuple[Item, ...]
    title: str = ""
    day: dt.date | None = None

    def with_item(self, item: Item) -> Agenda:
        """The agenda with a view behind the others."""
        return replace(self, items=(*self.items, item))


def item_of(page: str, state: ViewState) -> Item:
    """A view without what belongs to the whole briefing: language, edition, meeting mode."""
    blank = ViewState()
    whole: dict[str, Any] = {name: getattr(blank, name) for name in _OF_THE_WHOLE}
    return Item(page, replace(state, unknown=(), **whole))


def codes(agenda: Agenda) -> tuple[str, ...]:
    """The views as short codes, the same each time."""
    return tuple(short_code(item.page, parameters(item.state)) for item in agenda.items)


def state_of(agenda: Agenda, lang: Lang | None = None) -> ViewState:
    """The state of the briefing page that holds the whole agenda."""
    day = agenda.day.isoformat() if agenda.day else None
    return ViewState(lang=lang, title=agenda.title or None, day=day, agenda=codes(agenda))


def agenda_of(state: ViewState, vocabulary: Vocabulary) -> tuple[Agenda, list[Notice]]:
    """The agenda that a link holds; views that cannot be read are reported and left out."""
    items: list[Item] = []
    notices: list[Notice] = []
    for code in state.agenda:
        found = unfolded({SHORT: code})
        if found is None or found[0] not in BRIEFED:
            notices.append(Notice("agenda", code[:40], "unreadable", ""))
            continue
        chosen, refused = parse_link(migrated(*found)[1], vocabulary)
        items.append(item_of(migrated(*found)[0], chosen))
        notices += refused
    day = dt.date.fromisoformat(state.day) if state.day else None
    return Agenda(tuple(items), state.title or "", day), notices


def read_agenda(path: Path, vocabulary: Vocabulary) -> tuple[Agenda, Lang]:
    """An agenda from a YAML file: title, date, language, and views as links in any form.

    Raises:
        EditionError: a key, language or day that cannot be read, or views, all at once; the file, the value and what
            would be right.
    """
    document = _document(path)
    for key in document:
        if key not in _KEYS:
            fix = nearest(str(key), _KEYS) or ", ".join(_KEYS)
            raise EditionError(f"unknown key {key!r}", where=str(path), fix=fix)
    refused: list[str] = []
    views = tuple(_views(map(str, document["views"]), vocabulary, refused))
    if refused:
        raise EditionError("; ".join(refused), where=str(path))
    if not 0 < len(views) <= MAXIMUM_VIEWS:
        raise EditionError(f"{len(views)} views", where=str(path), fix=f"write 1 to {MAXIMUM_VIEWS} links")
    return Agenda(views, str(document.get("title") or ""), _day(document.get("date"), path)), _lang(document, path)


def edition_of(path: Path, asked: str | None, current: str) -> str:
    """The edition an agenda is to be shown on: the one all its views are pinned to, else `asked`, else `current`.

    Raises:
        EditionError: a view is pinned to another edition than the briefing would show; which, and what mends it.
    """
    pins = [(str(link), _chosen(str(link))[1].get("asof")) for link in _document(path)["views"]]
    editions = list(dict.fromkeys(pin for _, pin in pins if pin))
    is_shared = len(editions) == 1 and all(pin for _, pin in pins)
    shown = asked or (editions[0] if is_shared else current)
    others = [f"{link} is pinned to {pin}" for link, pin in pins if pin and pin != shown]
    if not others:
        return shown
    fix = f"give --edition {editions[0]}, or take `asof` out of the link"
    if len(editions) > 1:
        fix = f"pin all views to one edition, or take `asof` out of their links and give --edition {editions[0]}"
    raise EditionError(f"the briefing would show {shown}, but {'; '.join(others)}", where=str(path), fix=fix)


def _document(path: Path) -> Mapping[str, Any]:
    document = read_nodes(read_utf8(path, EditionError), path.name).value
    if not isinstance(document, Mapping) or not isinstance(document.get("views"), list):
        raise EditionError("no agenda", where=str(path), fix="write `views:` with a list of links")
    return document


def _day(value: object, path: Path) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise EditionError(f"no day: {value!r}", where=str(path), fix="write date: 2026-11-23") from None


def _lang(document: Mapping[str, Any], path: Path) -> Lang:
    asked = document.get("language", LANGUAGES[0])
    found = next((lang for lang in LANGUAGES if lang == asked), None)
    if found is None:
        raise EditionError(f"unknown language {asked!r}", where=str(path), fix=", ".join(LANGUAGES))
    return found


def _views(links: Iterable[str], vocabulary: Vocabulary, refused: list[str]) -> Iterator[Item]:
    """The views of links; what is wrong with the others is added to `refused`."""
    for link in links:
        page, chosen = _chosen(link)
        if page not in BRIEFED:
            fix = nearest(page, BRIEFED) or ", ".join(BRIEFED)
            refused.append(f"{link}: page {page!r} cannot be part of a briefing → {fix}")
            continue
        state, notices = parse_link(chosen, vocabulary)
        for notice in notices:
            fix = f" → {notice.hint}" if notice.hint else ""
            refused.append(f"{link}: {notice.parameter}={notice.raw}: {notice.reason}{fix}")
        yield item_of(page, state)


def _chosen(link: str) -> tuple[str, dict[str, str]]:
    """Page and parameters of a link in any form."""
    parts = urlsplit(link)
    query = dict(parse_qsl(parts.query))
    return migrated(*(unfolded(query) or (parts.path.strip("/").rpartition("/")[2] or "overview", query)))
