"""From text cells to numbers and dates, in the forms the publishers write them.

A column has one decimal mark, told from all of its cells: `1.234,5` and `39,3` write a comma, `2.5` a point. Whole
numbers may carry the marks of thousands (`1.234.567`) or a workbook's `25.0`. Hours run to 24:00, the next day's first.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from observatory.errors import SourceError

DecimalMark = Literal[",", "."]

_GROUPED = {
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?"),
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?"),
}
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_STAMP = re.compile(
    r"(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2}|[a-zé]{3,10})(?P=sep)(?P<c>\d{1,4})"
    r"(?:(?:[ t]+|, *)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?: *(?P<half>[ap]) ?\.? ?m\.?)?)? *(?:z|[+-]00:?00|[+-]05:?00)?"
)
_DIGITS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2}) de ([a-z]+)(?: de| del)? (\d{4})")
_SERIAL = re.compile(r"([3-5]\d{4})(?:[.,](\d+))?")  # 1982 to 2064
_SERIAL_ORIGIN = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # day 0 of a spreadsheet, in the publisher's time
_FEW = 0.05
_GROUPS_ENOUGH = 3
_BLANKS = re.compile(r"[+-]? ?[1-9]\d{0,2}( \d{3})+([.,]\d*)?|[+-] \d+([.,]\d*)?")
_MARKED = re.compile(r"[+-]?[\d.,]*\d[\d.,]*")
MONTHS = {
    "enero": 1,
    "febrero": 2,
    "marzo": 3,
    "abril": 4,
    "mayo": 5,
    "junio": 6,
    "julio": 7,
    "agosto": 8,
    "septiembre": 9,
    "setiembre": 9,
    "octubre": 10,
    "noviembre": 11,
    "diciembre": 12,
}


def decimal_mark(cells: Iterable[str]) -> DecimalMark:
    """The decimal mark of a column: what its cells can only mean, else the comma of Spanish if one is there.

    Where all that is marked could be thousands (`1.234`), and the rest are whole and below a thousand, it is: a column
    of decimals has some that end otherwise. One cell in twenty may write another mark: it is no number of this column.

    Raises:
        SourceError: some cells can only be read with a comma and others only with a point.
    """
    comma = point = either = 0
    texts = [text for text in (cell.strip().removesuffix("%").strip() for cell in cells) if _MARKED.fullmatch(text)]
    if grouping := _grouping(texts):
        return "," if grouping == "." else "."
    for text in texts:
        if "," in text and "." in text:
            comma, point = (comma + 1, point) if text.rfind(",") > text.rfind(".") else (comma, point + 1)
        elif text.count(",") > 1:
            point += 1
        elif text.count(".") > 1:
            comma += 1
        elif "," in text:
            comma, either = (comma, either + 1) if _GROUPED["."].fullmatch(text) else (comma + 1, either)
        elif "." in text and not _GROUPED[","].fullmatch(text):
            point += 1
    if comma and point:
        if min(comma, point) <= _FEW * max(comma, point):
            return "," if comma > point else "."
        raise SourceError(f"{comma} cells write a decimal comma and {point} a point", fix="say which is meant")
    return "," if comma or (either and not point) else "."


def _grouping(texts: Sequence[str]) -> str:
    """The mark that all marked cells group thousands with, where the cells tell; else nothing."""
    whole = [int(text) for text in texts if re.fullmatch(r"[+-]?\d+", text)]
    marked = {text for text in texts if "," in text or "." in text}
    if len(marked) < _GROUPS_ENOUGH or not whole or not 100 <= max(map(abs, whole)) < 1000:
        return ""
    return next(
        (mark for mark in ".," if all(re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}([{mark}]\d{{3}})+", t) for t in marked)), ""
    )


def number(text: str, mark: DecimalMark = ".") -> float | None:
    """A number written with this decimal mark, with or without marks of thousands; None when it is none.

    Blanks, a currency mark and a per-cent mark are no part of a number: `12 %` is none, for its scale is not said.
    """
    plain = _without_blanks(text).replace("−", "-")
    if _GROUPED[mark].fullmatch(plain):
        plain = plain.replace("." if mark == "," else ",", "")
    if mark == ",":
        if "." in plain:
            return None
        plain = plain.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def _without_blanks(text: str) -> str:
    """The number without the blanks that group its thousands; other blanks stay, and make it none."""
    plain = " ".join(text.replace("\u202f", " ").split())
    return plain.replace(" ", "") if _BLANKS.fullmatch(plain) else plain


def whole_number(text: str) -> int | None:
    """A whole number; `1.234`, `1,234` and `25.0` are 1234, 1234 and 25; None when it is none, as `0.101`."""
    plain = _without_blanks(text)
    if re.fullmatch(r"[+-]?\d+", plain):
        return int(plain)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)", plain):
        return int(re.sub("[.,]", "", plain))
    match = re.fullmatch(r"([+-]?\d+)[.,]0*", plain)
    return int(match.group(1)) if match else None


def moment(text: str, *, day_first: bool = True) -> dt.datetime | None:
    """A date, with its hour if it has one: year first, or day and month; hour 24 is the next day's first.

    Also `20251231`, `31-dic-2025`, `31 de diciembre de 2025`, `11:30 p. m.` and a spreadsheet's day number. None when
    it is no date of the calendar. The time carries no zone: the publishers write Bogotá's, and a mark of Greenwich
    beside it is theirs for none.
    """
    plain = " ".join(text.replace("\u00a0", " ").split()).casefold()
    if match := _SERIAL.fullmatch(plain):
        return _of_serial(match)
    if match := _DIGITS.fullmatch(plain):
        return _at(*map(int, match.groups()))
    if match := _IN_WORDS.fullmatch(plain):
        return _at(int(match[3]), month_called(match[2]), int(match[1]))
    match = _STAMP.fullmatch(plain)
    if match is None:
        return None
    first, last = match["a"], match["c"]
    middle = int(match["b"]) if match["b"].isdecimal() else month_called(match["b"])
    hour = _hour(match)
    if hour is None or len(first) == len(last) or max(len(first), len(last)) != 4:
        return None
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    if len(first) == 4:
        return _at(int(first), middle, int(last), hour, minute, second)
    day, month = (int(first), middle) if day_first or match["b"].isalpha() else (middle, int(first))
    return _at(int(last), month, day, hour, minute, second)


def _hour(match: re.Match[str]) -> int | None:
    """The hour of 24 of a stamp; None when there is none such."""
    hour = int(match["hour"] or 0)
    if match["half"]:
        return hour % 12 + 12 * (match["half"] == "p") if 1 <= hour <= 12 else None
    is_end_of_day = hour == 24 and not int(match["minute"]) and not int(match["second"] or 0)
    return hour if hour < 24 or is_end_of_day else None


def _at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime | None:
    try:
        return dt.datetime(year, month, day, 0, minute, second) + dt.timedelta(hours=hour)  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None


def _of_serial(match: re.Match[str]) -> dt.datetime:
    """The moment of a spreadsheet's day number, to the second."""
    seconds = round(float(f"0.{match[2] or 0}") * 86_400)
    return _SERIAL_ORIGIN + dt.timedelta(days=int(match[1]), seconds=seconds)


def month_called(name: str) -> int:
    """The number of a month by its name or its first three letters; 0 when it is none."""
    return next((number for month, number in MONTHS.items() if name == month or name.rstrip(".") == month[:3]), 0)


def year_month(text: str) -> str | None:
    """A month code of `2025-03`, `202503`, `03 2025`, `03/2025`, `marzo de 2025` or a date; None when it is none."""
    plain = text.strip().casefold()
    if match := re.fullmatch(r"(\d{4})[-/ ]?(\d{2})", plain):
        return _month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})[-/ ](\d{4})", plain):
        return _month(int(match[2]), int(match[1]))
    if match := re.fullmatch(r"([a-z]+\.?)(?: de| del)?[ -/]+(\d{4})", plain):
        return _month(int(match[2]), month_called(match[1]))
    if match := re.fullmatch(r"(\d{4})[ -/]+([a-z]+\.?)", plain):
        return _month(int(match[1]), month_called(match[2]))
    day = moment(plain)
    return f"{day:%Y-%m}" if day else None


def _month(year: int, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
