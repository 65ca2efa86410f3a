"""Sentences that are text everywhere, and know which of their pieces are figures and what each of them opens.

`opens("14,8", reference)` is a piece; a template of `Words` that is filled with pieces is a `Sentence`. Where links can
be followed, its `pieces` are drawn as links; in text alternatives, previews and files it is plain text.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, SupportsIndex


class Reference(NamedTuple):
    """What a figure opens: a page, and what is chosen on it by the names of links; `part` is an element of the page."""

    page: str
    choices: tuple[tuple[str, object], ...] = ()
    part: str = ""


class Figure(NamedTuple):
    """A piece of a sentence, from its first character up to the one behind its last."""

    start: int
    end: int
    reference: Reference


class Sentence(str):
    """Text with its figures, in their order. Cutting, joining with `+` and replacing keep them; `join` does not."""

    figures: tuple[Figure, ...]

    def __new__(cls, text: str, figures: Iterable[Figure] = ()) -> Sentence:
        """The text and its figures, those without a character left out."""
        made = super().__new__(cls, text)
        made.figures = tuple(one for one in figures if one.start < one.end)
        return made

    def pieces(self) -> Iterator[tuple[str, Reference | None]]:
        """The text piece by piece, with what a piece opens."""
        text, at = str(self), 0
        for one in self.figures:
            if at < one.start:
                yield text[at : one.start], None
            yield text[one.start : one.end], one.reference
            at = one.end
        if at < len(text):
            yield text[at:], None

    def __add__(self, other: str) -> Sentence:
        """This text, then another."""
        return joined("", [self, other])

    def __radd__(self, other: str) -> Sentence:
        """Another text, then this one."""
        return joined("", [other, self])

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """A character, or a part with its figures."""
        text = str(self)[key]
        if not isinstance(key, slice) or key.step not in (None, 1):
            return text
        start, end, _ = key.indices(len(self))
        found = (Figure(max(a, start) - start, min(b, end) - start, what) for a, b, what in self.figures)
        return Sentence(text, found)

    def replace(self, old: str, new: str, count: SupportsIndex = -1, /) -> Sentence:
        """Every `old` as `new`; a figure that ends within it ends before it."""
        parts, at, left = list[str](), 0, int(count)
        while left != 0 and (found := self.find(old, at)) >= 0:
            parts += [self[at:found], new]
            at, left = found + len(old), left - 1
        return joined("", [*parts, self[at:]])

    def rstrip(self, chars: str | None = None, /) -> Sentence:
        """Without blanks, or characters, at the end."""
        kept = self[: len(str(self).rstrip(chars))]
        assert isinstance(kept, Sentence)
        return kept


def opens(text: str, reference: Reference | None) -> str:
    """A figure: the whole text opens what it refers to; plain text where there is nothing to open."""
    return Sentence(text, [Figure(0, len(text), reference)]) if reference is not None else text


def joined(separator: str, texts: Sequence[str]) -> Sentence:
    """Texts one behind the other with their figures."""
    said, figures, at = list[str](), list[Figure](), 0
    for place, text in enumerate(texts):
        for one in (separator, text) if place else (text,):
            figures += [Figure(at + a, at + b, what) for a, b, what in getattr(one, "figures", ())]
            said.append(str(one))
            at += len(one)
    return Sentence("".join(said), figures)


def filled(template: str, values: Mapping[str, object]) -> str:
    """A template with its `{names}` filled; a sentence as soon as one of the values has figures."""
    if not any(isinstance(value, Sentence) for value in values.values()):
        return template.format(**values)
    parts = list[str]()
    for literal, name, _, _ in string.Formatter().parse(template):
        parts.append(literal)
        if name is not None:
            value = values[name]
            parts.append(value if isinstance(value, str) else str(value))
    return joined("", parts)
