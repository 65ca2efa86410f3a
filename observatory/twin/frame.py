"""What stands around every page of the twin: head, navigation, edition, the same view in the dashboard."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from html import escape
from pathlib import Path

from observatory import sheets
from observatory.links import ViewState
from observatory.look import look
from observatory.sheets.css_look import css_look, look_css
from observatory.sheets.marks import anchor, tag
from observatory.sheets.view import View
from observatory.twin.places import CHANGES, INDEX, PLANS, SEARCH, SOURCES, Site
from observatory.wording import LANGUAGES, Lang, words

HERE = Path(__file__).parent
NAVIGATION = (("overview", INDEX), ("index", SEARCH), ("plan", PLANS), ("changes", CHANGES), ("sources", SOURCES))


@dataclass(frozen=True)
class Page:
    """A page of one language: its file below the language's folder, what it says, which view it is."""

    lang: Lang
    path: str
    title: str
    description: str
    body: str
    page: str
    state: ViewState
    feed: str = ""  # file of its feed below the language's folder


def view_at(site: Site, lang: Lang, path: str, page: str, state: ViewState) -> View:
    """A view as seen from a file of the twin."""
    addressing = site.addressing(lang, path)
    return View(page, site.book, state, [], words(lang), look("light"), css_look(), site.dashboard, addressing)


def made(view: View, path: str, title: str, description: str, body: str, feed: str = "") -> Page:
    """A page of a view; long descriptions are cut."""
    return Page(view.lang, path, title, " ".join(description.split())[:300], body, view.page, view.state, feed)


@functools.cache
def style() -> str:
    """The style sheet of the whole twin: colours, what pages say, the frame."""
    return look_css() + _shared("style.css") + (HERE / "twin.css").read_text(encoding="utf-8")


def script() -> str:
    """The script of the index: the dashboard's search, and what starts it."""
    return _shared("search.js") + (HERE / "search.js").read_text(encoding="utf-8")


def _shared(name: str) -> str:
    return Path(sheets.__file__).with_name(name).read_text(encoding="utf-8")


def document(site: Site, one: Page) -> str:
    """A page as a whole HTML document."""
    w, up = words(one.lang), "../" * (one.path.count("/") + 1)
    title = one.title if one.path == INDEX else f"{one.title} · {w('app.name')}"
    return (
        f'<!DOCTYPE html>\n<html lang="{one.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f'<meta name="description" content="{escape(one.description)}">\n'
        f'<link rel="stylesheet" href="{up}style.css">\n<link rel="icon" href="{up}icon.svg" type="image/svg+xml">\n'
        f"{_relations(site, one, up)}</head>\n"
        f'<body class="obs-canvas"><a class="skip" href="#main">{escape(w("static.skip"))}</a>\n'
        f'{_head(one, up)}<main id="main">{one.body}</main>\n{_foot(site, one)}</body>\n</html>\n'
    )


def _relations(site: Site, one: Page, up: str) -> str:
    """Canonical address, the other language, the feed."""
    lines = [f'<link rel="alternate" hreflang="{lang}" href="{up}{lang}/{escape(one.path)}">' for lang in LANGUAGES]
    if site.address:
        whole = f"{site.address.rstrip('/')}/{one.lang}/{one.path}"
        lines.append(f'<link rel="canonical" href="{escape(whole)}">')
    if one.feed:
        title = escape(one.title)
        lines.append(
            f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{up}{one.lang}/{one.feed}">'
        )
    return "\n".join(lines) + "\n"


def _head(one: Page, up: str) -> str:
    w = words(one.lang)
    named = escape(w("app.name")) + tag("small", w("app.motto"))
    home = f'<a class="obs-name" href="{up}{one.lang}/{INDEX}">{named}</a>'
    langs = "".join(_language(one, lang, up) for lang in LANGUAGES)
    pages = []
    for key, path in NAVIGATION:
        current = ' aria-current="page"' if path == one.path else ""
        name = w("static.index") if key == "index" else w(f"nav.{key}")
        pages.append(f'<a href="{up}{one.lang}/{path}"{current}>{escape(name)}</a>')
    return (
        f'<header class="obs-head">{home}<span></span>'
        f'<nav class="obs-langs" aria-label="{escape(w("app.language_label"))}">{langs}</nav>'
        f'<nav class="obs-nav" aria-label="{escape(w("app.pages_label"))}">{"".join(pages)}</nav></header>\n'
    )


def _language(one: Page, lang: Lang, up: str) -> str:
    current = ' aria-current="true"' if lang == one.lang else ""
    href = f"{up}{lang}/{escape(one.path)}"
    return f'<a href="{href}" hreflang="{lang}" lang="{lang}"{current}>{lang.upper()}</a>'


def _foot(site: Site, one: Page) -> str:
    w, edition = words(one.lang), site.book.edition
    said = w("footer.edition", edition=edition.edition_id, date=w.date(edition.built_on))
    live = site.in_dashboard(one.page, one.state, one.lang)
    more = f"<p>{anchor(live, w('static.dashboard'))}</p>" if live else ""
    return f'<footer class="obs-foot"><p>{escape(said)}</p>{tag("p", w("footer.about"))}{more}</footer>\n'
