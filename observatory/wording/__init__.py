"""Every word and number the public reads, in Spanish and English.

`Words("es")("overview.title")` gives a text; `{names}` in it are filled from keywords. Keys are the nesting of
`es.yaml` and `en.yaml`; a key that one of them lacks fails the tests. Numbers follow es-CO (1.234,5) or en (1,234.5).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import yaml

from observatory.period import Kind, Period, parse_period
from observatory.wording.told import Reference, filled, opens

Lang = Literal["es", "en"]
LANGUAGES: tuple[Lang, ...] = ("es", "en")
NARROW_BLANK = "\u202f"
MINUS = "\u2212"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # both safe; the first is quick


@functools.cache
def texts(lang: Lang) -> dict[str, str]:
    """All texts of a language as flat `section.key`."""
    raw = Path(__file__).with_name(f"{lang}.yaml").read_text(encoding="utf-8")
    flat: dict[str, str] = {}
    document = yaml.load(raw, Loader=_LOADER)  # noqa: S506 - a safe loader
    _flatten("", document, flat)
    return flat


def _flatten(prefix: str, node: Any, into: dict[str, str]) -> None:
    if isinstance(node, dict):
        for key, child in node.items():
            _flatten(f"{prefix}.{key}" if prefix else str(key), child, into)
    else:
        into[prefix] = str(node)


class Words:
    """Texts and number formats of one language. Missing keys raise KeyError."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._texts = texts(lang)

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, its `{names}` filled; a sentence where figures fill it (see `told`)."""
        text = self._texts[key]
        return filled(text, values) if values else text

    def has(self, key: str) -> bool:
        """Whether the key stands in this language."""
        return key in self._texts

    def count(self, key: str, n: int, *, listed: Reference | None = None, **values: object) -> str:
        """`key.one` or `key.other` by number, with `{n}` formatted; the number opens where its items are `listed`."""
        return self(f"{key}.{'one' if n == 1 else 'other'}", n=opens(self.number(n, 0), listed), **values)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with this language's separators and a true minus sign."""
        text = f"{abs(value):,.{decimals}f}"
        if self.lang == "es":
            text = text.translate(str.maketrans(",.", ".,"))
        is_negative = value < 0 and any(digit in "123456789" for digit in text)
        return MINUS + text if is_negative else text

    def signed(self, value: float, decimals: int = 0) -> str:
        """A number that always carries its sign."""
        text = self.number(value, decimals)
        is_zero = not any(digit in "123456789" for digit in text)
        return text if is_zero or text.startswith(MINUS) else f"+{text}"

    def percent(self, fraction: float, decimals: int = 1) -> str:
        """A fraction 0–1 as percent."""
        return f"{self.number(fraction * 100, decimals)}{NARROW_BLANK}%"

    def date(self, day: dt.date) -> str:
        """A day in words: 31 de agosto de 2026 · 31 August 2026."""
        return self("date.day", day=day.day, month=self(f"month.long.{day.month}"), year=day.year)

    def period(self, code: str) -> str:
        """A period in words, short enough for an axis: 2025 · ago 2025 · ene–ago 2026 · 4.º trim. 2025."""
        period = parse_period(code)
        return _PERIOD_WORDS[period.kind](self, period)

    def months(self, period: Period) -> str:
        """The months of a span without the year: ene–ago."""
        return f"{self(f'month.short.{period.start.month}')}–{self(f'month.short.{period.end.month}')}"


def _span_words(words: Words, period: Period) -> str:
    if period.start.year == period.end.year:
        return f"{words.months(period)} {period.year}"
    first = f"{words(f'month.short.{period.start.month}')} {period.start.year}"
    return f"{first}–{words(f'month.short.{period.end.month}')} {period.year}"


_PERIOD_WORDS: dict[Kind, Callable[[Words, Period], str]] = {
    "year": lambda _, period: str(period.year),
    "semester": lambda words, period: words("date.semester", n=period.code[-1], year=period.year),
    "quarter": lambda words, period: words("date.quarter", n=period.code[-1], year=period.year),
    "month": lambda words, period: f"{words(f'month.short.{period.end.month}')} {period.year}",
    "day": lambda words, period: words(
        "date.day_short", day=period.end.day, month=words(f"month.short.{period.end.month}"), year=period.year
    ),
    "span": _span_words,
}


@functools.cache
def words(lang: Lang) -> Words:
    """The shared `Words` of a language."""
    return Words(lang)
