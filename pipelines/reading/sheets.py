"""Sheets of a workbook as cells with their addresses: values through calamine, formula errors besides.

calamine reads .xlsx and .xlsb alike but gives an empty cell where a formula failed; which cells hold errors is read
from the file itself, so that a failed formula is never taken for a blank.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, is_zipfile

import python_calamine

from observatory.errors import SourceError
from pipelines.reading.xlsb_errors import xlsb_errors

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb"})

Errors = dict[tuple[int, int], str]  # (row, column) from 0 → #DIV/0!
INTEGER = re.compile(r"^-?\d+$")
DECIMAL = re.compile(r"^-?\d+[.,]\d+$")
THOUSANDS = re.compile(r"^-?[1-9]\d{0,2}([.,]\d{3})+$")


class Reading(NamedTuple):
    """A cell read as a number: the number if it is one, what it says otherwise, and the rule it breaks."""

    value: float | None
    text: str
    rule: str


@dataclass(frozen=True)
class Sheet:
    """One sheet, from cell A1; rows and columns are counted from 0."""

    name: str
    rows: list[list[object]]
    errors: Errors

    def value(self, row: int, column: int) -> object:
        """What a cell holds; the error code where a formula failed; an empty text where there is nothing."""
        if found := self.errors.get((row, column)):
            return found
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def text(self, row: int, column: int) -> str:
        """The cell as text, blanks trimmed; empty for errors."""
        return "" if (row, column) in self.errors else as_text(self.value(row, column))

    def number(self, row: int, column: int) -> Reading:
        """The cell as a number."""
        if found := self.errors.get((row, column)):
            return Reading(None, found, "formula_error")
        return read_number(self.value(row, column))

    def address(self, row: int, column: int) -> str:
        """The address a reader finds the cell at: Plan!C12."""
        return f"{self.name}!{column_letters(column)}{row + 1}"

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.rows), default=0)


def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 → A, 27 → AB."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def as_text(value: object) -> str:
    """A cell value as a person would write it: whole numbers without decimals, days as 2023-12-31."""
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(str(value).split()) if value is not None else ""


def read_number(value: object) -> Reading:
    """A value as a number, only where it can be read in one way.

    Digits written as text are read, and said so; `1.200` can be a thousand two hundred or 1.2 and stays a text.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Reading(float(value), "", "")
    text = as_text(value)
    if not text:
        return Reading(None, "", "")
    bare = text.removesuffix("%").strip()
    if THOUSANDS.match(bare):
        return Reading(None, text, "number_ambiguous")
    if INTEGER.match(bare) or DECIMAL.match(bare):
        number = float(bare.replace(",", "."))
        return Reading(number / 100 if text.endswith("%") else number, text, "number_as_text")
    return Reading(None, text, "text_for_number")


def plain(value: object) -> str:
    """Text in small letters without accents or punctuation, for comparing headings: "Línea base:" → "linea base"."""
    bare = unicodedata.normalize("NFKD", as_text(value)).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", bare).split())


def read_workbook(path: Path) -> list[Sheet]:
    """The worksheets of an .xlsx, .xlsm or .xlsb file, in their order.

    Raises:
        SourceError: the file is missing or is no workbook.
    """
    if not path.is_file():
        raise SourceError("there is no such file", where=str(path), fix="name a workbook (.xlsx or .xlsb)")
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(
            f"{path.suffix or path.name!r} is no workbook", where=str(path), fix="name an .xlsx or .xlsb file"
        )
    try:
        errors = xlsb_errors(path) if path.suffix.lower() == ".xlsb" else xlsx_errors(path.read_bytes())
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return [
            Sheet(name, [list(row) for row in _rows(book, name)], errors.get(name, {})) for name in book.sheet_names
        ]
    except (python_calamine.CalamineError, BadZipFile, KeyError, OSError, ValueError) as error:
        fix = "save it again as .xlsx from the spreadsheet program"
        raise SourceError(f"cannot be read as a workbook: {error}", where=str(path), fix=fix) from error


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> Sequence[Sequence[object]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def xlsx_errors(content: bytes) -> dict[str, Errors]:
    """The formula errors of an .xlsx by its sheets; none of other forms, and no slow reading where there is none."""
    if not _has_errors(content):
        return {}
    import openpyxl  # on first use: few books hold an error

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return {
            sheet.title: {
                (cell.row - 1, cell.column - 1): str(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.data_type == "e"
            }
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _has_errors(content: bytes) -> bool:
    """Whether a sheet of an .xlsx marks a cell as an error."""
    if not is_zipfile(io.BytesIO(content)):
        return False
    with ZipFile(io.BytesIO(content)) as packed:
        return any(b't="e"' in packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/"))
