"""Changes as an Atom feed, for a theme or a locality or everything; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from observatory.sheets.marks import tag
from observatory.sheets.telling import Told
from observatory.wording import Words


class Entry(NamedTuple):
    """What one edition brought: its id and day, and its facts in words."""

    edition_id: str
    day: dt.date
    lines: list[Told]


def feed(entries: Sequence[Entry], words: Words, *, title: str, address: str, base: str) -> bytes:
    """An Atom feed: one entry per edition that changed something, the newest first.

    Args:
        entries: editions with what they changed, the newest first.
        words: the language.
        title: of the feed; names its theme and locality.
        address: of the feed itself.
        base: of the page of changes, with the feed's filters; an entry adds its edition.
    """
    day = entries[0].day if entries else dt.date(2026, 1, 1)
    parts = [
        f"<title>{escape(title)}</title><subtitle>{escape(words('changes.feed_lead'))}</subtitle>"
        f'<id>{escape(address)}</id><link rel="self" href="{escape(address)}"/><link href="{escape(base)}"/>'
        f"<updated>{day.isoformat()}T00:00:00-05:00</updated><author><name>{escape(words('app.name'))}</name></author>"
    ]
    parts += [_entry(one, words, base) for one in entries if one.lines]
    lang = words.lang
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">'
        f"{''.join(parts)}</feed>\n"
    ).encode()


def _entry(one: Entry, words: Words, base: str) -> str:
    mark = "&" if "?" in base else "?"
    link = escape(f"{base}{mark}asof={one.edition_id}")
    html = f"<ul>{''.join(tag('li', line.sentence) for line in one.lines)}</ul>"
    title = words("changes.entry", date=words.date(one.day), n=words.count("changes.facts", len(one.lines)))
    return (
        f'<entry><title>{escape(title)}</title><id>urn:observatory:{one.edition_id}</id><link href="{link}"/>'
        f'<updated>{one.day.isoformat()}T00:00:00-05:00</updated><content type="html">{escape(html)}</content></entry>'
    )
