"""Meeting mode: one view per screen, large enough for ten metres, driven by keys or a clicker.

The screen is drawn from the same chapter as a briefing, so that what is projected is what is handed out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape

from observatory.briefing.agenda import BRIEFED, Item, agenda_of, item_of
from observatory.briefing.chapters import CHAPTERS, view_of
from observatory.briefing.fitting import as_one
from observatory.briefing.parts import Chapter, Key, Picture
from observatory.links import MAXIMUM_VIEWS, full_link, shortened
from observatory.qr import qr_svg
from observatory.quantities import number
from observatory.sentences import listed
from observatory.sheets.cells import Grid
from observatory.sheets.marks import anchor, status_mark, tag
from observatory.sheets.table import grid_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import CITY
from observatory.ui.masthead import notice_text
from observatory.ui.view import newest_id

DRAWN_FOR_TWENTY = 720.0  # the same for pictures of all localities
DRAWN_ALONE = 900.0  # the same for a picture that has the screen to itself
DRAWN_FOR_TALL = 400.0  # the same where it is four to three, or a phone: a chart keeps its least height and fills more
DRAWN_FOR = 520.0  # pixels of width that a chart is drawn for, then stretched, so that its words grow with it
ALONE, BESIDE = (8, 5), (5, 3)  # rows and columns of a table that can be read, alone or beside sentences
TABLED = ("plan", "sources")  # pages whose table is said beside their sentences


def is_meeting(view: View) -> bool:
    """Whether the view is projected: meeting mode, on a page that has a screen."""
    return bool(view.state.present) and view.page in BRIEFED


def screen_key(view: View) -> str:
    """What a screen depends on beside edition and language: address, host, newest edition, what was set aside."""
    return f"screen {view.origin}{view.here()} {newest_id()} {view.notices}"


def screen(view: View) -> str:
    """The whole screen of a view."""
    item = item_of(view.page, view.state)
    told = view_of(view.book, item, view.lang, view.origin)
    link = f"{view.origin}{full_link(view.page, told.state, view.book.edition_id)}"
    chapter = CHAPTERS[view.page](told, item, link)
    views, place = _agenda(view, item)
    links = {"previous": place - 1, "next": place + 1, "first": 1, "last": len(views)}
    steps = {key: _address(view, views[n - 1], n) for key, n in links.items() if 0 < n <= len(views)}
    data = "".join(f' data-{key}="{escape(href)}"' for key, href in steps.items())
    css = f"obs-screen obs-screen-{view.page}"
    return (
        f'<section class="{css}" data-meeting{data} data-leave="{escape(_leaving(view))}">'
        f"{_top(chapter)}<div class='obs-screen-room'><div class='obs-screen-body'>{_body(view, chapter)}</div></div>"
        f"{_foot(view, chapter, link, place, len(views), steps)}{_presenter(view, views, place)}"
        f'<p class="obs-screen-keys" aria-hidden="true" hidden>{escape(view.words("present.keys"))}</p></section>'
    )


def _agenda(view: View, here: Item) -> tuple[list[Item], int]:
    """The views of the meeting and which of them is shown, from 1; without an agenda: this view alone."""
    items = list(agenda_of(view.state, view.book.vocabulary)[0].items)
    if not items:
        return [here], 1
    if view.state.at is not None and view.state.at <= len(items):
        return items, view.state.at
    return items, items.index(here) + 1 if here in items else 1


def _leaving(view: View) -> str:
    """Where a meeting ends: at its briefing, the agenda kept; without an agenda at the page of this view."""
    state = view.state
    if state.agenda:
        return view.link("briefing", (), agenda=state.agenda, title=state.title, day=state.day, present=None, at=None)
    return view.here(present=None, at=None)


def _address(view: View, item: Item, place: int) -> str:
    """One view of the meeting; what names its briefing goes with it."""
    state = view.state
    kept = {"lang": view.lang, "asof": state.asof, "present": True, "agenda": state.agenda, "at": place}
    kept |= {"title": state.title, "day": state.day}
    return view.addressing(item.page, replace(item.state, **kept))  # type: ignore[arg-type]  # fields of ViewState


def _top(chapter: Chapter) -> str:
    return f"<header><h1>{escape(chapter.title)}</h1>{tag('p', chapter.lead, 'obs-lead')}</header>"


def _body(view: View, chapter: Chapter) -> str:
    """The number, the counts, the sentences beside one picture; tables where there is nothing else."""
    parts = [_key(view, chapter.key) if chapter.key else "", _tiles(view, chapter)]
    if chapter.sayings:
        parts.append(f'<ul class="obs-sentences">{"".join(tag("li", said) for said in chapter.sayings)}</ul>')
    if view.page == "map":
        parts.append(_places(view, chapter))
    picture, told = _picture(view, chapter), "".join(parts)
    if not picture and (not told or view.page in TABLED):
        picture = _table(view, chapter, *(BESIDE if told else ALONE))
    return f'<div class="obs-screen-told">{told}</div>{picture}' if told else picture


def _table(view: View, chapter: Chapter, rows: int, columns: int) -> str:
    """The first rows of the tables as one: what can be read from the last row of chairs."""
    if not chapter.tables:
        return ""
    grid = as_one(chapter)
    kept = [place for place in range(len(grid.head)) if place not in grid.minor][:columns]
    told = Grid(
        grid.caption,
        [grid.head[place] for place in kept],
        [[row[place] for place in kept] for row in grid.rows[:rows]],
        frozenset(index for index, place in enumerate(kept) if place in grid.numeric),
    )
    return f'<div class="obs-screen-told">{grid_table(view, told, "obs-titled")}</div>'


def _places(view: View, chapter: Chapter) -> str:
    """The places of a map from the highest value down, and the city."""
    items = []
    for one in chapter.data:
        city = [row for row in one.rows if row.territory_code == CITY and row.value is not None]
        ranked = [(row.territory_code, row.value) for row in rank(one.indicator, one.rows) if row.value is not None]
        for code, value in [*((row.territory_code, row.value or 0.0) for row in city), *ranked]:
            css = ' class="obs-screen-city"' if code == CITY else ""
            said = escape(number(value, one.indicator, view.words))
            items.append(f"<li{css}><span>{escape(view.name(code))}</span><strong>{said}</strong></li>")
    return f'<ol class="obs-screen-places">{"".join(items)}</ol>'


def _key(view: View, key: Key) -> str:
    marks = "".join(status_mark(view, mark.status, mark.word) for mark in key.marks)
    more = "".join(tag("span", text) for text in key.more)
    value = f'<p class="obs-value">{escape(key.value)} <small>{escape(key.unit)}</small></p>'
    return (
        f'<div class="obs-key"><div>{value}{tag("p", key.note)}</div><div class="obs-marks">{marks}{more}</div></div>'
    )


def _tiles(view: View, chapter: Chapter) -> str:
    items = []
    for one in chapter.tiles:
        mark = view.page_look.status.get(one.status)
        shape = f'<b aria-hidden="true">{mark.shape}</b> ' if mark else ""
        style = f' style="--mark:{mark.colour}"' if mark else ""
        said = f"<strong>{escape(one.number)}</strong><span>{shape}{escape(one.word)}</span>"
        items.append(f'<li class="obs-tile"{style}>{said}</li>')
    return f'<ul class="obs-tiles">{"".join(items)}</ul>' if items else ""


def _chosen(view: View, chapter: Chapter) -> Picture | None:
    """The picture of the tab that was asked for, else the first."""
    pictures = chapter.pictures
    is_second = view.page == "indicator" and view.state.tab is not None and len(pictures) > 1
    return pictures[1 if is_second else 0] if pictures else None


def _picture(view: View, chapter: Chapter) -> str:
    picture = _chosen(view, chapter)
    width = DRAWN_FOR if picture in chapter.pictures[:1] else DRAWN_FOR_TWENTY
    width = DRAWN_ALONE if view.page == "compare" else width
    drawn = picture.draw(view.page_look, width) if picture else ""
    if picture is None or not drawn:
        return ""
    key = ""
    if picture.legend is not None:
        rows = [
            f'<li><i style="--swatch:{one.colour or "transparent"}"></i><span>{escape(one.text)}</span></li>'
            for one in picture.legend(view.page_look)
        ]
        key = f'<ul class="obs-screen-legend">{"".join(rows)}</ul>'
    css = f"obs-screen-picture obs-{picture.shape}"
    ways = [("", drawn)]
    if view.page == "indicator" and picture is chapter.pictures[0]:
        ways = [(" obs-screen-broad", drawn), (" obs-screen-tall", picture.draw(view.page_look, DRAWN_FOR_TALL))]
    if view.page == "compare":
        ways = [(" obs-screen-wide", drawn), (" obs-screen-hand", picture.draw(view.page_look, DRAWN_FOR_TALL))]
    alt = escape(picture.alt)
    return "".join(f'<figure class="{css}{way}" role="img" aria-label="{alt}">{svg}{key}</figure>' for way, svg in ways)


def _foot(view: View, chapter: Chapter, link: str, place: int, count: int, steps: dict[str, str]) -> str:
    """Source, cut-off and edition; where the meeting is; the QR code that opens this very view on a phone."""
    w = view.words
    edition = w("footer.edition", edition=view.book.edition_id, date=w.date(view.book.edition.built_on))
    lines = [*(chapter.sources[:2] or [*_publishers(view, chapter), edition])]
    if view.book.edition_id != newest_id():
        lines.append(w("edition.pinned", date=w.date(view.book.edition.built_on)))
    lines += [notice_text(view, notice) for notice in view.notices]
    said = "".join(tag("p", text) for text in lines)
    arrows = [
        anchor(steps[key], "‹" if key == "previous" else "›") if key in steps else "" for key in ("previous", "next")
    ]
    position = f"<span>{place} / {count}</span>" if count > 1 else ""
    walk = f'<nav aria-label="{escape(w("present.walk"))}">{arrows[0]}{position}{arrows[1]}</nav>'
    code = qr_svg(shortened(link), w("share.qr_label")) if view.origin else ""
    return f"<footer><div>{said}{walk}<time data-timer hidden></time></div>{code}</footer>"


def _publishers(view: View, chapter: Chapter) -> list[str]:
    """Who publishes what a screen of many indicators shows, as one line; those behind most of them first."""
    counted = Counter(
        view.book.sources[source].publisher for one in chapter.data for source in one.indicator.source_ids[:1]
    )
    names = [name for name, _ in counted.most_common()]
    return [view.words("present.publishers", names=listed(names, view.words))] if names else []


def _presenter(view: View, views: list[Item], place: int) -> str:
    """What only the presenter calls up: the agenda, the time, the keys."""
    w = view.words
    items = []
    for n, item in enumerate(views[:MAXIMUM_VIEWS], 1):
        current = ' aria-current="true"' if n == place else ""
        items.append(f"<li{current}>{anchor(_address(view, item, n), name_of(view, item))}</li>")
    keys = "".join(tag("li", w(f"present.key.{key}")) for key in ("walk", "agenda", "timer", "dark", "leave"))
    title = escape(w("present.agenda"))
    return (
        f'<aside class="obs-screen-agenda" hidden aria-label="{title}"><h2>{title}'
        f" <time data-elapsed></time></h2><ol>{''.join(items)}</ol><ul>{keys}</ul></aside>"
    )


def name_of(view: View, item: Item) -> str:
    """A view of an agenda in a few words: the page and what it is about."""
    about = [view.book.indicators[one].label(view.lang) for one in item.state.ind]
    about += [view.name(code) for code in item.state.loc]
    about += [view.book.themes[item.state.theme].name(view.lang)] if item.state.theme else []
    return " · ".join([view.words(f"nav.{item.page}"), *about])
