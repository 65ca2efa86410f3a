"""Cells of a column, read by what the column is: text, category, number, date, locality or UPL.

Values are compared without case, accents or punctuation. What cannot be read is told with its rule and what would be
right; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import pandas as pd

from observatory.errors import SourceError, TerritoryError, nearest
from observatory.territory import folded, locality_code, territories, upl_code
from pipelines.reading.numbers import DecimalMark, decimal_mark, moment, number, whole_number, year_month
from pipelines.reading.text import DESTROYED

ENOUGH_TO_TELL = 5  # different numbers, before percents are taken for fractions
_NUMBERED = re.compile(
    r"(?:localidad(?: de)?|upl)?[\s:.-]*(?P<before>\d{1,2})?[\s:.–_-]*"
    r"(?P<name>[^\d(]*?)[\s(:.–_-]*(?P<after>\d{1,2})?\)?",
    re.IGNORECASE,
)
_LONG = re.compile(r"[+-]?\d{4,}")
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+")
Kind = Literal["text", "category", "whole", "decimal", "date", "month", "year", "locality", "upl"]
Value: TypeAlias = str | int | float | dt.datetime | None


@dataclass(frozen=True)
class Column:
    """One column that is read.

    `known` maps what may be written to what is read (compared without case, accents or punctuation); for localities and
    UPL it holds what else may stand there. `blank` allows an empty cell; `missing` are words that mean empty. The range
    is of numbers, whose decimal `mark` is detected unless given; `also_called` are other names of the column; an
    `optional` one may be absent. Numbers of an `is_percent` column that all look like fractions refuse the file.
    """

    name: str
    kind: Kind = "text"
    known: Mapping[str, str] = field(default_factory=dict)
    lowest: float | None = None
    highest: float | None = None
    blank: bool = False
    missing: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    optional: bool = False
    mark: DecimalMark | None = None
    is_percent: bool = False


Wrong: TypeAlias = list[tuple[int, str, str, str]]


@dataclass(frozen=True)
class _Bad:
    """A text that cannot be read, why, and what would be right."""

    rule: str
    hint: str


def read_column(cells: pd.Series[str], column: Column) -> tuple[pd.Series[str], Wrong]:
    """The column read by its kind, and what cannot be: row number, value, rule, hint.

    Raises:
        SourceError: its numbers are written in more than one way, or percents as fractions.
    """
    mark: DecimalMark = column.mark or (decimal_mark(cells.unique()) if column.kind == "decimal" else ".")
    missing = {folded(word) or word for word in column.missing}
    longest = max(map(len, column.missing), default=0)
    results = {
        text: _empty(column)
        if not text or (len(text) <= longest and (folded(text) or text) in missing and not _named(text, column))
        else _read(text, column, mark)
        for text in cells.unique()
    }
    bad = {text: result for text, result in results.items() if isinstance(result, _Bad)}
    wrong = (
        [(int(str(row)), text, bad[text].rule, bad[text].hint) for row, text in cells.items() if text in bad]
        if bad
        else []
    )
    if column.kind == "whole":
        wrong += _doubtful_thousands(cells)
    if column.is_percent:
        _refuse_fractions([result for result in results.values() if isinstance(result, int | float)])
    values = [None if isinstance(result, _Bad) else result for result in map(results.__getitem__, cells)]
    return pd.Series(values, index=cells.index, dtype=object), wrong


def _refuse_fractions(numbers: Sequence[float]) -> None:
    told = [number for number in numbers if number]
    if len(told) >= ENOUGH_TO_TELL and max(told) <= 1:
        fix = "write 63 for 63 %; where the publisher now writes 0.63, declare so: scale 1"
        raise SourceError(f"percents are expected, and none of {len(told)} is above 1, as fractions are", fix=fix)


def _doubtful_thousands(cells: pd.Series[str]) -> Wrong:
    """Cells as `605.000` in a column that writes `1605` elsewhere: thousands have no mark there, so what are these?"""
    if not any(_LONG.fullmatch(text) for text in cells.unique()):
        return []
    hint = "write digits alone, as 605 or 605000: other rows write thousands without a mark"
    return [(int(str(row)), text, "ambiguous_number", hint) for row, text in cells.items() if _GROUPED.fullmatch(text)]


def _named(text: str, column: Column) -> bool:
    """True when the contract says what this word means, though it also means missing elsewhere."""
    return folded(text) in map(folded, column.known)


def _empty(column: Column) -> Value | _Bad:
    if "" in column.known:
        return column.known[""]
    if not column.blank:
        return _Bad("missing_value", "write a value")
    return "" if column.kind in ("text", "category", "locality", "upl") else None


def _read(text: str, column: Column, mark: DecimalMark) -> Value | _Bad:
    if DESTROYED.search(text):
        return _Bad("letters_destroyed", "capture the file again as published")
    if column.kind == "text":
        return text
    if column.kind in ("category", "locality", "upl"):
        return _read_name(text, column)
    plain = text.removesuffix("%").rstrip() if column.is_percent else text
    return _within(_READERS[column.kind](plain, mark), column)


_READERS: dict[str, Callable[[str, DecimalMark], int | float | str | dt.datetime | None]] = {
    "whole": lambda text, _: whole_number(text),
    "decimal": number,
    "date": lambda text, _: moment(text),
    "month": lambda text, _: year_month(text),
    "year": lambda text, _: whole_number(text),
}
_EXPECTED = {
    "whole": "a whole number, as 1234",
    "decimal": "a number, as 12,5 or 12.5",
    "date": "a date, as 31/12/2025 or 2025-12-31",
    "month": "a month, as 2025-12",
    "year": "a year, as 2025",
}


def _within(value: int | float | str | dt.datetime | None, column: Column) -> Value | _Bad:
    if value is None:
        return _Bad(f"not_a_{column.kind}", _EXPECTED[column.kind])
    if isinstance(value, int | float):
        low, high = column.lowest, column.highest
        if column.kind == "year":
            low, high = low or 1900, high or 2100
        if (low is not None and value < low) or (high is not None and value > high):
            return _Bad("out_of_range", _range_hint(value, low, high))
    return str(value) if column.kind == "year" else value


def _range_hint(value: float, low: float | None, high: float | None) -> str:
    valid = f"valid is {'' if low is None else low} to {'' if high is None else high}"
    is_percent = high is not None and 0 < high <= 1 < value <= 100
    return f"{valid}; if the file writes percents, declare `scale: 0.01` and `highest: 100`" if is_percent else valid


def _read_name(text: str, column: Column) -> str | _Bad:
    known = {folded(written): read for written, read in column.known.items() if written}
    if folded(text) in known:
        return known[folded(text)]
    if column.kind == "category":
        return _Bad("unknown_category", near(text, column.known))
    code = _code_of_number(text, column.kind)
    if code in territories():
        return code
    named = locality_code if column.kind == "locality" else upl_code
    try:
        return named(text)
    except TerritoryError as error:
        return _of_both(text, column.kind, named) or _Bad(
            f"unknown_{column.kind}", error.fix or near(text, _names(column.kind))
        )


def _of_both(text: str, kind: str, named: Callable[[str], str]) -> str | _Bad | None:
    """The code of `01 - Usaquén`, `Usaquén (01)`, `Localidad 1 Usaquén` or `Localidad de Usaquén`.

    None when it is none of these; where number and name are of two places, neither is believed.
    """
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    number = _code_of_number(match["before"] or match["after"] or "", kind)
    try:
        code = named(match["name"]) if match["name"] else number
    except TerritoryError:
        return None
    if match["before"] or match["after"]:
        if number not in territories():
            return None
        if number != code:
            return _Bad(f"unknown_{kind}", f"{number} is {territories()[number].name}: mend the number or the name")
    return code


def _code_of_number(text: str, kind: str) -> str:
    digits = re.sub(r"[.,]0+$", "", text)
    if kind == "locality":
        return digits.zfill(2) if digits.isdecimal() and 1 <= int(digits) <= 20 else ""
    digits = re.sub(r"^UPL ?", "", digits.upper())
    return f"UPL{digits.zfill(2)}" if digits.isdecimal() else ""


def _names(level: str) -> list[str]:
    return [area.name for area in territories().values() if area.level == level]


def near(text: str, choices: Iterable[str]) -> str:
    """The nearest of the choices as a hint, or the choices."""
    known = [choice for choice in choices if choice]
    by_fold = {folded(choice): choice for choice in known}
    found = nearest(folded(text), by_fold)
    return found.replace(repr(key), repr(by_fold[key])) if (key := _quoted(found)) in by_fold else _all(known)


def _quoted(hint: str) -> str:
    match = re.search(r"'(.*)'|\"(.*)\"", hint)
    return (match[1] or match[2] or "") if match else ""


def _all(known: list[str]) -> str:
    return f"known: {', '.join(known[:24])}"


def longitude(name: str) -> Column:
    """A column of degrees east, around Bogotá."""
    return Column(name, "decimal", lowest=-75.2, highest=-73.2)


def latitude(name: str) -> Column:
    """A column of degrees north, around Bogotá."""
    return Column(name, "decimal", lowest=3.4, highest=5.7)
