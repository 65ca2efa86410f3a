"""Workbooks: `.xlsx`, `.xlsb`, `.xls` (BIFF) and `.ods`, read by python-calamine into text cells.

A cell is given as a person would type it: whole numbers without `.0`, dates as ISO text, truth as SI and NO. Merged
cells repeat their value where a header needs it; row numbers are those of the sheet.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from observatory.errors import SourceError, nearest
from observatory.territory import folded
from pipelines.reading.packed import unpacked
from pipelines.reading.sheets import xlsx_errors
from pipelines.reading.text import turned_back

END_WORDS = frozenset({"end", "fin"})

Rows = list[list[str]]


def open_workbook(path: Path) -> CalamineWorkbook:
    """The workbook in a file.

    Raises:
        SourceError: it is none, or broken, or locked by a password.
    """
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(unpacked(path)))
    except CalamineError as error:
        raise SourceError(f"no readable workbook: {error}", where=path.name, fix="save it again as .xlsx") from error


def sheet_heads(book: CalamineWorkbook, rows: int) -> dict[str, Rows]:
    """The first rows of each sheet as text, by its name; a sheet of charts has none."""
    return {name: _text_rows(book, name, rows) for name in book.sheet_names}


def largest_sheet(book: CalamineWorkbook, path: Path) -> str:
    """The name of the sheet with most cells.

    Raises:
        SourceError: an empty book.
    """
    sizes = {name: _cells(book, name) for name in book.sheet_names}
    if not sizes or max(sizes.values()) == 0:
        raise SourceError("the workbook is empty", where=path.name, fix="capture it again")
    return max(sizes, key=lambda name: sizes[name])


def _cells(book: CalamineWorkbook, name: str) -> int:
    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError:
        return 0
    return sheet.height * sheet.width


def _text_rows(book: CalamineWorkbook, name: str, rows: int | None = None) -> Rows:
    try:
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=rows)
    except CalamineError:
        return []
    return [[cell_text(cell) for cell in row] for row in cells]


def sheet_called(book: CalamineWorkbook, sheet: str) -> str | None:
    """The book's own name of a sheet, whatever its case, accents and blanks; None when there is none."""
    return {folded(name): name for name in book.sheet_names}.get(folded(sheet))


def rows_of(book: CalamineWorkbook, sheet: str, path: Path) -> Rows:
    """All rows of one sheet; its name may differ in case, accents and blanks. Failed formulas read as `#REF!`.

    Raises:
        SourceError: no such sheet.
    """
    found = sheet_called(book, sheet)
    if found is None:
        fix = nearest(sheet, book.sheet_names) or f"the book holds {', '.join(book.sheet_names[:12])}"
        raise SourceError(f"no sheet {sheet!r}", where=path.name, fix=fix)
    rows = _text_rows(book, found)
    for (row, column), code in xlsx_errors(unpacked(path)).get(found, {}).items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = code
    return rows


def cell_text(value: object) -> str:
    """A cell as text."""
    if isinstance(value, str):
        return turned_back(value)
    if isinstance(value, bool):
        return "SI" if value else "NO"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else _decimal(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value)


def _decimal(value: float) -> str:
    """A number with decimals; a zero behind three of them, which would look like thousands."""
    text = repr(value)
    return f"{text}0" if re.fullmatch(r"-?\d+\.\d{3}", text) else text


def until_end(rows: Rows) -> Rows:
    """The rows before one that holds nothing but the word END."""
    for at, row in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and folded(filled[0]) in END_WORDS:
            return rows[:at]
    return rows


def merged_header(upper: list[str], lower: list[str]) -> list[str]:
    """One header of two rows: a cell of the upper row reaches over the empty ones right of it."""
    names, reach = [], ""
    for at, below in enumerate(lower):
        above = upper[at].strip() if at < len(upper) else ""
        reach = above or reach
        names.append(" ".join(part for part in (reach, below.strip()) if part))
    return names
