"""An Atom feed per theme: each indicator's newest finding, the newest first."""

from __future__ import annotations

from html import escape

from observatory.links import ViewState
from observatory.rows.catalogue import IndicatorRow
from observatory.sheets.indicator import finding, shown_by, subtitle
from observatory.sheets.theme import indicators_of
from observatory.twin.frame import view_at
from observatory.twin.places import Site, path_of, static_address
from observatory.wording import Lang, words

NAME = "urn:bogota-observatory"


def feed(site: Site, lang: Lang, theme_id: str) -> bytes:
    """The feed of a theme. Ids hold indicator and period, so that a reader sees each new figure once."""
    path = f"feed/{theme_id}.xml"
    view = view_at(site, lang, path, "theme", ViewState(theme=theme_id))
    w, book = words(lang), site.book
    newest = [
        (row, latest) for row in indicators_of(view, theme_id) if (latest := book.latest_city.get(row.indicator_id))
    ]
    newest.sort(key=lambda pair: (pair[1].period_end, -pair[0].position), reverse=True)
    entries = "".join(_entry(site, lang, path, row, latest.period) for row, latest in newest)
    title = w("static.feed_title", theme=book.themes[theme_id].name(lang))
    built = f"{book.edition.built_on.isoformat()}T12:00:00-05:00"
    home = static_address(site.address, "theme", ViewState(theme=theme_id), lang, book) or f"../theme/{theme_id}.html"
    own = f"{site.address.rstrip('/')}/{lang}/{path}" if site.address else f"{theme_id}.xml"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">\n'
        f"<title>{escape(title)}</title>\n<id>{NAME}:{lang}:{theme_id}</id>\n<updated>{built}</updated>\n"
        f"<author><name>{escape(w('app.name'))}</name></author>\n"
        f'<link rel="alternate" href="{escape(home)}"/>\n<link rel="self" href="{escape(own)}"/>\n{entries}</feed>\n'
    ).encode()


def _entry(site: Site, lang: Lang, path: str, row: IndicatorRow, period: str) -> str:
    state, book = ViewState(ind=(row.indicator_id,)), site.book
    view = view_at(site, lang, path, "indicator", state)
    shown = shown_by(view)
    href = static_address(site.address, "indicator", state, lang, book) or f"../{path_of('indicator', state, book)}"
    return (
        f"<entry><title>{escape(finding(view, shown))}</title>"
        f"<id>{NAME}:{lang}:{row.indicator_id}:{escape(period)}</id>"
        f"<updated>{book.edition.built_on.isoformat()}T12:00:00-05:00</updated>"
        f'<link href="{escape(href)}"/><summary>{escape(subtitle(view, shown))}</summary></entry>\n'
    )
