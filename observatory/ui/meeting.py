"""Meeting mode: one view per screen, large enough for ten metres, driven by keys or a clicker.

The screen is drawn from the same chapter as a briefing, so that what is projected is what is handed out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape

from observatory.briefing.agenda import BRIEFED, Item, agenda_of, item_of
from observatory.briefing.chapters import CHAPTERS, view_of
from observatory.briefing.parts import Chapter
from observatory.links import MAXIMUM_VIEWS, full_link, shortened
from observatory.qr import qr_svg
from observatory.sentences import listed
from observatory.sheets.marks import anchor, tag, told
from observatory.sheets.view import View
from observatory.ui.masthead import notice_text
from observatory.ui.meeting_body import parts
from observatory.ui.view import newest_id

ARROWS = {"previous": "‹", "next": "›"}
LONG_TITLE = 44  # letters of a title that is written smaller


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
    css = f"obs-screen obs-screen-{view.page}" + (" obs-screen-long" if len(chapter.title) > LONG_TITLE else "")
    return (
        f'<section class="{css}" data-meeting{data} data-leave="{escape(_leaving(view))}">'
        f'{_top(view, chapter)}<div class="obs-screen-room">{parts(view, chapter)}</div>'
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


def _top(view: View, chapter: Chapter) -> str:
    return f"<header>{told(view, 'h1', chapter.title)}{told(view, 'p', chapter.lead, 'obs-lead')}</header>"


def _foot(view: View, chapter: Chapter, link: str, place: int, count: int, steps: dict[str, str]) -> str:
    """Source, cut-off and edition; where the meeting is; the QR code that opens this very view on a phone."""
    w = view.words
    edition = w("footer.edition", edition=view.book.edition_id, date=w.date(view.book.edition.built_on))
    lines = [*(_sources(view, chapter) or chapter.sources[:2] or _publishers(view, chapter)), edition]
    if view.book.edition_id != newest_id():
        lines.append(w("edition.pinned", date=w.date(view.book.edition.built_on)))
    lines += [notice_text(view, notice) for notice in view.notices]
    said = "".join(tag("p", text) for text in lines)
    back, on = (_arrow(view, key, steps.get(key, "#")) for key in ("previous", "next"))
    position = f"<span>{place} / {count}</span>" if count > 1 else ""
    part = f'<span data-part="{escape(w("present.part"))}" data-table="{escape(w("present.table"))}" hidden></span>'
    more = f'<a href="#" data-walk="down" hidden>↓ {escape(w("present.detail"))}</a>'
    walk = f'<nav aria-label="{escape(w("present.walk"))}">{back}{position}{on}{part}{more}</nav>'
    code = qr_svg(shortened(link), w("share.qr_label")) if view.origin else ""
    return f"<footer><div>{said}{walk}<time data-timer hidden></time></div>{code}</footer>"


def _arrow(view: View, key: str, href: str) -> str:
    label = escape(view.words(f"present.{key}"))
    return f'<a href="{escape(href)}" data-walk="{key}" aria-label="{label}">{ARROWS[key]}</a>'


def _sources(view: View, chapter: Chapter) -> list[str]:
    """Who publishes what a screen of one or two indicators shows, and up to when; the QR code opens the rest."""
    found = dict.fromkeys(source for one in chapter.data for source in one.indicator.source_ids)
    if len({one.indicator.indicator_id for one in chapter.data}) > 2:
        return []
    w, rows = view.words, [view.book.sources[one] for one in list(found)[:2]]
    return [w("present.source", publisher=row.publisher, cutoff=w.date(row.cutoff)) for row in rows]


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
