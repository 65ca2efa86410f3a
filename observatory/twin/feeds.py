"""Atom feeds of a theme and of a locality: each indicator's newest figure, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from observatory.editions import reads
from observatory.links import ViewState
from observatory.quantities import quantity
from observatory.rows.observation import LatestRow
from observatory.sentences import dated
from observatory.sheets.feed import Channel, Item, atom
from observatory.sheets.indicator import finding, shown_by, subtitle
from observatory.sheets.marks import flags_text
from observatory.sheets.theme import indicators_of
from observatory.sheets.view import View
from observatory.twin.frame import view_at
from observatory.twin.places import Site, path_of, static_address
from observatory.wording import Lang, words


def theme_feed(site: Site, lang: Lang, theme_id: str) -> bytes:
    """What is newest of a theme in the city, as findings."""
    path, state = theme_path(theme_id), ViewState(theme=theme_id)
    view, book = view_at(site, lang, path, "theme", state), site.book
    latest = [row for one in indicators_of(view, theme_id) if (row := book.latest_city.get(one.indicator_id))]
    items = [_found(site, lang, path, row) for row in _newest(site, latest)]
    return _feed(site, lang, path, book.themes[theme_id].name(lang), items, ("theme", state))


def place_feed(site: Site, lang: Lang, code: str) -> bytes:
    """What is newest of a locality, as figures."""
    path, state = place_path(code), ViewState(loc=(code,))
    view = view_at(site, lang, path, "territory", state)
    latest = [row for row in reads.territory_sheet(site.book.edition, code) if row.value is not None]
    items = [_figure(site, view, path, row) for row in _newest(site, latest)]
    return _feed(site, lang, path, site.book.names[code], items, ("territory", state))


def theme_path(theme_id: str) -> str:
    """The file of a theme's feed below its language's folder."""
    return f"feed/{theme_id}.xml"


def place_path(code: str) -> str:
    """The file of a locality's feed below its language's folder."""
    return f"feed/territory-{code}.xml"


def _newest(site: Site, rows: Sequence[LatestRow]) -> list[LatestRow]:
    """The newest first; of one day in the catalogue's order."""
    known = site.book.indicators
    return sorted(rows, key=lambda row: (-_day(site, row).toordinal(), known[row.indicator_id].position))


def _day(site: Site, row: LatestRow) -> dt.date:
    """When a figure was published, else the cut-off of its source; the same in every edition that holds it."""
    source = site.book.sources[row.source_id]
    return min(source.published or source.cutoff, site.book.edition.built_on)


def _feed(site: Site, lang: Lang, path: str, about: str, items: Sequence[Item], page: tuple[str, ViewState]) -> bytes:
    w, own = words(lang), path.rpartition("/")[2]
    own = f"{site.address.rstrip('/')}/{lang}/{path}" if site.address else own
    channel = Channel(
        name=f"newest/{path}",
        title=w("static.feed_title", theme=about),
        subtitle=w("static.feed_lead"),
        home=_address(site, lang, *page),
        own=own,
        day=site.book.edition.built_on,
    )
    return atom(channel, items, w)


def _address(site: Site, lang: Lang, page: str, state: ViewState) -> str:
    """A page as seen from a feed: whole where the twin's address is known."""
    return static_address(site.address, page, state, lang, site.book) or f"../{path_of(page, state, site.book)}"


def _found(site: Site, lang: Lang, path: str, row: LatestRow) -> Item:
    """The finding of an indicator in the city."""
    state = ViewState(ind=(row.indicator_id,))
    view = view_at(site, lang, path, "indicator", state)
    shown, href = shown_by(view), _address(site, lang, "indicator", state)
    name = f"newest/{path}/{row.indicator_id}/{row.period}"
    return Item(name, finding(view, shown), href, _day(site, row), subtitle(view, shown))


def _figure(site: Site, view: View, path: str, row: LatestRow) -> Item:
    """The figure of an indicator in a locality."""
    one, w = site.book.indicators[row.indicator_id], view.words
    title = f"{dated(one.name(view.lang), row.period, w)}: {quantity(row.value or 0.0, one, w)}"
    more = " · ".join(
        part for part in (view.name(row.territory_code), one.unit(view.lang), flags_text(view, row)) if part
    )
    href = _address(site, view.lang, "indicator", ViewState(ind=(row.indicator_id,)))
    name = f"newest/{path}/{row.indicator_id}/{row.period}"
    return Item(name, title, href, _day(site, row), more)
