"""View states to chapters: every page that can be part of a briefing, with what its link asks for and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from observatory.briefing import of_changes, of_city, of_indicator, of_places, of_plan, of_sources
from observatory.briefing.agenda import Agenda, Item, state_of
from observatory.briefing.parts import Briefing, Chapter, Dataset
from observatory.editions.book import Book
from observatory.links import ViewState, full_link
from observatory.look import look
from observatory.rows.catalogue import SourceRow
from observatory.sheets.view import View
from observatory.wording import Lang, words

CHAPTERS: dict[str, Callable[[View, Item, str], Chapter]] = {
    "overview": of_city.overview,
    "theme": of_city.theme,
    "indicator": of_indicator.indicator,
    "map": of_places.mapped,
    "territory": of_places.territory,
    "compare": of_places.compared,
    "changes": of_changes.changes,
    "plan": of_plan.plan,
    "sources": of_sources.sources,
}


def view_of(book: Book, item: Item, lang: Lang, origin: str = "") -> View:
    """The view of an item as the dashboard would have it, in the light look."""
    light = look("light")

    def pinned(page: str, state: ViewState) -> str:
        return f"{origin}{full_link(page, state, state.asof or book.edition_id)}" if origin else ""

    return View(item.page, book, replace(item.state, lang=lang), [], words(lang), light, light, origin, pinned)


def chapters(book: Book, agenda: Agenda, lang: Lang, origin: str = "") -> Iterator[Chapter]:
    """One chapter per view, in the agenda's order.

    Args:
        book: the edition's catalogue.
        agenda: what is shown.
        lang: of the words.
        origin: scheme and host of the links, empty when unknown.
    """
    for item in agenda.items:
        view = view_of(book, item, lang, origin)
        link = f"{origin}{full_link(item.page, view.state, book.edition_id)}"
        yield CHAPTERS[item.page](view, item, link)


def briefing(
    book: Book, agenda: Agenda, lang: Lang, origin: str = "", told: Callable[[int, int], None] = lambda *_: None
) -> Briefing:
    """The whole briefing. `told` hears how many chapters are made, and of how many."""
    made = []
    for chapter in chapters(book, agenda, lang, origin):
        made.append(chapter)
        told(len(made), len(agenda.items))
    state = state_of(agenda, lang)
    day: dt.date = agenda.day or book.edition.built_on
    title = agenda.title or words(lang)("briefing.default_title")
    link = f"{origin}{full_link('briefing', state, book.edition_id)}"
    view = view_of(book, Item("briefing", ViewState()), lang, origin)
    return Briefing(view, title, day, made, _sources(book, [one for chapter in made for one in chapter.data]), link)


def _sources(book: Book, data: Sequence[Dataset]) -> list[SourceRow]:
    """The sources of everything shown, each once, in the order they are first used."""
    found = [one for item in data for one in item.indicator.source_ids]
    return [book.sources[one] for one in dict.fromkeys(found)]
