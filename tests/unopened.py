"""Figures that open nothing: what a reader sees in HTML, outside links and outside what is declared below.

A figure is a number with decimals, thousands, a sign or a percent sign, and every whole number that is a value of the
indicators in question. Counts of things that are listed beside them, dates and codes are none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

from observatory.editions import reads
from observatory.editions.book import Book
from observatory.editions.plan_reads import nodes
from observatory.quantities import number
from observatory.wording import LANGUAGES, Lang, texts, words

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
# Declared exceptions, by element: links open what they say; pictures have a table beside them, whose numbers open;
# a summary opens what it sums up; the rest is not read.
ELEMENTS = frozenset({"a", "svg", "summary", "code", "script", "style", "title", "option"})
# Declared exceptions, by class.
CLASSES = {
    "obs-working": "the working itself: how a number that opens it was computed",
    "obs-formula": "the same in one line",
    "obs-counted": "counts of what is listed right below, and what part of them",
    "obs-cells": "cells of a plan's file as they are written there, each beside its address",
    "obs-legend": "edges of a map's classes: ticks of an axis",
    "legend": "the same in a briefing",
    "obs-ends": "first and last period of a course",
    "obs-method": "definition and method: the catalogue's own words",
    "obs-cite": "how to cite: dates and ids",
    "obs-foot": "edition and day",
    "obs-key-pin": "the address of a view",
    "pin": "the same in a briefing",
    "source": "source line: dates and terms",
}
DATES = re.compile(
    r"\b\d{4}-\d{2}-\d{2}(?:-[0-9a-f]{7})?\b|\b\d{1,2} (?:de )?[^\W\d]{3,10}\.? (?:de )?\d{4}\b|\b(?:19|20)\d{2}\b"
    r"|\b\d\.º (?:trim|sem)|\bQ\d\b|\b95[\u202f\u00a0 ]?%|[\d.,]+[\u202f\u00a0 ]km²"
)
SEPARATORS: dict[Lang, tuple[str, str]] = {"es": (r"\.", ","), "en": (",", r"\.")}


class Found(NamedTuple):
    """A figure that opens nothing, with the words around it and the elements it stands in."""

    token: str
    text: str
    where: str


class _Walk(HTMLParser):
    """Text outside the declared exceptions, piece by piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, frozenset[str]]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, frozenset((dict(attrs).get("class") or "").split())))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        if not any(character.isdigit() for character in data):
            return
        if any(name in ELEMENTS or css & CLASSES.keys() for name, css in self.open):
            return
        where = " > ".join(f"{name}.{'.'.join(sorted(css))}" if css else name for name, css in self.open[-3:])
        self.texts.append((data, where))


@functools.cache
def catalogue_words(book: Book) -> re.Pattern[str]:
    """Texts that hold a digit and are as people wrote them: the catalogue's names, units and notes; rules in words."""
    known: set[str] = set()
    rows = [*book.indicators.values(), *book.sources.values(), *book.plans.values(), *book.themes.values()]
    for row in [*rows, *book.targets, *book.versions, *book.categories.values()]:
        for value in row:
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and len(text) > 2 and any(one.isdecimal() for one in text):
                    known |= {text.lower(), text.lower().rstrip(".")}
    for indicator in book.indicators.values():
        known |= {said.lower() for lang in LANGUAGES for said in (indicator.symbol(lang), indicator.label(lang))}
    for version in book.versions:
        known |= {said.lower() for node in nodes(book.edition, version) for said in (node.name, node.indicator)}
    for lang in LANGUAGES:
        known |= {text.lower() for text in texts(lang).values() if "{" not in text and len(text) > 20}
    kept = (text for text in known if any(one.isdecimal() for one in text) and not text.isdecimal())
    ordered = sorted(kept, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


def whole_values(book: Book, lang: Lang) -> dict[str, frozenset[str]]:
    """By indicator, its values that are whole numbers of three figures or more, as they are said."""
    found: dict[str, set[str]] = {}
    for row in reads.observations(book.edition):
        indicator = book.indicators[row.indicator_id]
        if indicator.decimals == 0 and row.value is not None and row.value * indicator.factor >= 100:
            found.setdefault(row.indicator_id, set()).add(number(row.value, indicator, words(lang)))
    return {one: frozenset(values) for one, values in found.items()}


def figures_in(text: str, lang: Lang, values: Iterable[str] = ()) -> list[str]:
    """Tokens that look like figures, or are one of `values`."""
    group, point = SEPARATORS[lang]
    number = rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+{point}\d+|\d+(?=[\u202f\u00a0 ]?[%‰])|(?<!\w)[+−]\d+"
    found = re.findall(rf"(?<![\w.,]){number}", text)
    known = set(values)
    return found + [one for one in re.findall(r"(?<![\w.,−–-])\d+(?![\w.,–-])", text) if one in known]


def unopened(html: str, lang: Lang, book: Book, values: Iterable[str] = ()) -> list[Found]:
    """Every figure of a page that opens nothing."""
    walk = _Walk()
    walk.feed(html)
    found, known = [], list(values)
    for text, where in walk.texts:
        bare = DATES.sub(" ", catalogue_words(book).sub(" ", text.lower()))
        found += [Found(token, text.strip()[:120], where) for token in figures_in(bare, lang, known)]
    return found
