"""Atom feeds (RFC 4287) of the dashboard and of the static twin; pure."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from observatory.sheets.marks import tag
from observatory.sheets.telling import Told
from observatory.wording import Words

_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "observatorio.bogota")  # of every id here: the same on any host


class Entry(NamedTuple):
    """What one edition brought: its id and day, and its facts in words."""

    edition_id: str
    day: dt.date
    lines: list[Told]


class Item(NamedTuple):
    """An entry of a feed. `name` is what its id is made of: the same for good, another for any other entry."""

    name: str
    title: str
    href: str
    day: dt.date  # when what it says last changed
    text: str
    is_html: bool = False


class Channel(NamedTuple):
    """What a feed says of itself."""

    name: str  # what its id is made of
    title: str
    subtitle: str
    home: str  # the page that shows the same
    own: str  # the address of the feed
    day: dt.date  # of a feed without entries


def atom(channel: Channel, items: Sequence[Item], words: Words) -> bytes:
    """A feed in the language of the words; its entries in their order."""
    lang, day = words.lang, max((item.day for item in items), default=channel.day)
    parts = [
        f"<id>{_id(channel.name, lang)}</id><title>{escape(channel.title)}</title>",
        f"<subtitle>{escape(channel.subtitle)}</subtitle><updated>{_time(day)}</updated>",
        f"<author><name>{escape(words('app.name'))}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape(channel.own)}"/>',
        f'<link rel="alternate" type="text/html" hreflang="{lang}" href="{escape(channel.home)}"/>',
        *(f"\n{_entry(item, lang)}" for item in items),
    ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">'
    return f"{head}{''.join(parts)}</feed>\n".encode()


def _entry(item: Item, lang: str) -> str:
    text = f'<content type="html">{escape(item.text)}</content>' if item.is_html else tag("summary", item.text)
    return (
        f"<entry><id>{_id(item.name, lang)}</id><title>{escape(item.title)}</title>"
        f'<link rel="alternate" type="text/html" hreflang="{lang}" href="{escape(item.href)}"/>'
        f"<updated>{_time(item.day)}</updated>{text}</entry>"
    )


def _id(name: str, lang: str) -> str:
    return uuid.uuid5(_NAMES, f"{lang}/{name}").urn


def _time(day: dt.date) -> str:
    """A day in Bogotá, as RFC 3339 writes a time."""
    return f"{day.isoformat()}T00:00:00-05:00"


def feed(entries: Sequence[Entry], words: Words, *, title: str, address: str, base: str, about: str = "") -> bytes:
    """What changed from edition to edition: one entry per edition that changed something, the newest first.

    Args:
        entries: editions with what they changed, the newest first.
        words: the language.
        title: of the feed; names its theme and locality.
        address: of the feed itself.
        base: of the page of changes, with the feed's filters; an entry adds its edition.
        about: the filters, which part this feed and its entries from those of others.
    """
    day = entries[0].day if entries else dt.date(2026, 1, 1)
    channel = Channel(f"changes/{about}", title, words("changes.feed_lead"), base, address, day)
    return atom(channel, [_of_edition(one, words, base, about) for one in entries if one.lines], words)


def _of_edition(one: Entry, words: Words, base: str, about: str) -> Item:
    mark = "&" if "?" in base else "?"
    html = f"<ul>{''.join(tag('li', line.sentence) for line in one.lines)}</ul>"
    title = words("changes.entry", date=words.date(one.day), n=words.count("changes.facts", len(one.lines)))
    return Item(f"changes/{about}/{one.edition_id}", title, f"{base}{mark}asof={one.edition_id}", one.day, html, True)
