"""What stands above and below every page: name, pages, search, language, edition, notices."""

from __future__ import annotations

import functools
import os
import re
from dataclasses import replace
from html import escape

from observatory.editions.book import Book
from observatory.links import LANGUAGES, Notice, address
from observatory.sheets.marks import anchor, tag
from observatory.sheets.search import entries, index, search_box
from observatory.sheets.view import PAGES, View
from observatory.twin.places import ADDRESS, is_whole, nearest_address, static_address
from observatory.ui.canvas import hold_search_index, show
from observatory.ui.remembered import drawn
from observatory.ui.view import base_path, newest_id
from observatory.wording import Lang, words

DID_YOU_MEAN = re.compile(r"did you mean '(.*)'\?")  # as `errors.nearest` writes it
HINTS = {"too_long": "notice.at_most", "too_many": "notice.at_most"}


def masthead(view: View) -> None:
    """The head of the page."""
    parts = (_name(view), _search(view), _languages(view), _navigation(view))
    banners = (_edition_banner(view), *(_notice(view, notice) for notice in view.notices))
    skip, content = (
        anchor("#obs-content", view.words("static.skip"), "obs-skip"),
        '<span id="obs-content" tabindex="-1">',
    )
    head = (
        f'<header class="obs-head" data-lang="{view.lang}" data-drawn="{escape(drawn(view))}">{"".join(parts)}</header>'
    )
    show(
        f"{skip}{head}{content}</span>" + "".join(banners),
        "obs-masthead",
    )


def footer(view: View, last: str = "") -> None:
    """The foot of the page behind its last HTML: edition, and who answers for the figures."""
    w = view.words
    edition = w("footer.edition", edition=view.book.edition_id, date=w.date(view.book.edition.built_on))
    sources = f'<a href="{escape(view.link("sources"))}">{escape(w("footer.sources"))}</a>'
    light = _static_page(view)
    about = f"<p>{escape(edition)}</p><p>{escape(w('footer.about'))} {sources}</p>{light}"
    show(f'{last}<footer class="obs-foot">{about}</footer>', "obs-footer")
    hold_search_index(search_index(view.book, view.lang))


def _static_page(view: View) -> str:
    """The same view in the static twin, or the page of the twin that is nearest to it; empty where there is no twin."""
    base, state = os.environ.get(ADDRESS, ""), view.state
    twin = static_address(base, view.page, state, view.lang, view.book) if is_whole(view.page, state) else ""
    near = nearest_address(base, view.page, state, view.lang, view.book)
    said = view.words("static.twin" if twin else "static.nearest")
    return f"<p>{anchor(twin or near, said)}</p>" if near else ""


def _name(view: View) -> str:
    home = escape(view.link("overview"))
    motto = tag("small", view.words("app.motto"))
    return f'<a class="obs-name" href="{home}">{escape(view.words("app.name"))}{motto}</a>'


def _languages(view: View) -> str:
    links = []
    for lang in LANGUAGES:
        current = ' aria-current="true"' if lang == view.lang else ""
        name = escape(words("en" if lang == "en" else "es")("app.language"))
        href = escape(view.here(lang=lang))
        links.append(f'<a href="{href}" hreflang="{lang}" lang="{lang}"{current} title="{name}">{lang.upper()}</a>')
    return f'<nav class="obs-langs" aria-label="{escape(view.words("app.language_label"))}">{"".join(links)}</nav>'


def _navigation(view: View) -> str:
    links = []
    for page in PAGES:
        current = ' aria-current="page"' if page == view.page else ""
        links.append(f'<a href="{escape(view.link(page))}"{current}>{escape(view.words(f"nav.{page}"))}</a>')
    return f'<nav class="obs-nav" aria-label="{escape(view.words("app.pages_label"))}">{"".join(links)}</nav>'


def _search(view: View) -> str:
    suffix = f"&asof={view.state.asof}" if view.state.asof else ""
    return search_box(view.words, base=base_path(), suffix=suffix)


@functools.lru_cache(maxsize=16)
def search_index(book: Book, lang: Lang) -> str:
    """JSON of everything a reader may search for."""
    return index(entries(book, lang, lambda page, state: address(page, replace(state, lang=lang))))


def _edition_banner(view: View) -> str:
    newest, w, state = newest_id(), view.words, view.state
    if state.asof is None and newest != view.book.edition_id:
        said = w("edition.fallen_back", date=w.date(view.book.edition.built_on))
        return f'<p class="obs-banner obs-warn" role="status">{escape(said)}</p>'
    if state.asof is None or newest in (None, view.book.edition_id):
        return ""
    text = escape(w("edition.pinned", date=w.date(view.book.edition.built_on)))
    about = {"ind": state.ind[:1], "loc": state.loc[:1], "theme": None if state.ind else state.theme}
    since = view.link("changes", (), since=view.book.edition_id, asof=None, **about)
    links = (anchor(view.here(asof=None), w("edition.newest")), anchor(since, w("edition.changed")))
    return f'<p class="obs-banner" role="note">{text} {" · ".join(links)}</p>'


def notice_text(view: View, notice: Notice) -> str:
    """What was set aside of a link, and what could stand in its place."""
    text = view.words(f"notice.{notice.reason}", parameter=notice.parameter, raw=notice.raw)
    if not notice.hint:
        return text
    meant = DID_YOU_MEAN.fullmatch(notice.hint)
    key, hint = ("notice.meant", meant[1]) if meant else (HINTS.get(notice.reason, "notice.hint"), notice.hint)
    return f"{text} {view.words(key, hint=hint)}"


def _notice(view: View, notice: Notice) -> str:
    return f'<p class="obs-banner obs-warn" role="status">{escape(notice_text(view, notice))}</p>'
