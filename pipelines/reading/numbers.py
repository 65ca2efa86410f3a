"""From text cells to numbers and dates, in the forms the publishers write them.

A column has one decimal mark, told from all of its cells: `1.234,5` and `39,3` write a comma, `2.5` a point. Whole
numbers may carry the marks of thousands (`1.234.567`) or a workbook's `25.0`. Hours run to 24:00, the next day's first.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from typing import Literal

from observatory.errors import SourceError

DecimalMark = Literal[",", "."]

_GROUPED = {
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?"),
    ".": re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?"),
}
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_STAMP = re.compile(
    r"(?P<a>\d{1,4})[-/](?P<b>\d{1,2})[-/](?P<c>\d{1,4})"
    r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?)?"
)
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

    Raises:
        SourceError: some cells can only be read with a comma and others only with a point.
    """
    comma = point = either = 0
    for cell in cells:
        text = cell.strip()
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
        raise SourceError(f"{comma} cells write a decimal comma and {point} a point", fix="say which is meant")
    return "," if comma or (either and not point) else "."


def number(text: str, mark: DecimalMark = ".") -> float | None:
    """A number written with this decimal mark, with or without marks of thousands; None when it is none.

    Blanks, a currency mark and a per-cent mark are no part of a number: `12 %` is none, for its scale is not said.
    """
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace("−", "-")
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


def whole_number(text: str) -> int | None:
    """A whole number; `1.234`, `1,234` and `25.0` are 1234, 1234 and 25; None when it is none."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if re.fullmatch(r"[+-]?\d+", plain):
        return int(plain)
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+|[+-]?\d{1,3}(,\d{3})+", plain):
        return int(re.sub("[.,]", "", plain))
    match = re.fullmatch(r"([+-]?\d+)[.,]0*", plain)
    return int(match.group(1)) if match else None


def moment(text: str, *, day_first: bool = True) -> dt.datetime | None:
    """A date, with its hour if it has one: year first, or day and month; hour 24 is the next day's first.

    None when it is no date of the calendar. The time carries no zone: the publishers write Bogotá's.
    """
    match = _STAMP.match(text.strip())
    if match is None:
        return None
    first, middle, last = match["a"], int(match["b"]), match["c"]
    if len(first) == 4:
        year, month, day = int(first), middle, int(last)
    elif len(last) == 4:
        day, month = (int(first), middle) if day_first else (middle, int(first))
        year = int(last)
    else:
        return None
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if hour > 24 or (hour == 24 and (minute or second)):
        return None
    try:
        return dt.datetime(year, month, day, 0, minute, second) + dt.timedelta(hours=hour)  # noqa: DTZ001
    except ValueError:
        return None


def year_month(text: str) -> str | None:
    """A month code of `2025-03`, `202503`, `03 2025`, `03/2025`, `marzo de 2025` or a date; None when it is none."""
    plain = text.strip().casefold()
    if match := re.fullmatch(r"(\d{4})[-/ ]?(\d{2})", plain):
        return _month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2})[-/ ](\d{4})", plain):
        return _month(int(match[2]), int(match[1]))
    if match := re.fullmatch(r"([a-zé]+)(?: de| del)?[ -/]+(\d{4})", plain):
        return _month(int(match[2]), MONTHS.get(match[1], 0))
    day = moment(plain)
    return f"{day:%Y-%m}" if day else None


def _month(year: int, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
