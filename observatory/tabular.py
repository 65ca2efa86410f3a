"""Tables as files: plain CSV for programs and spreadsheets alike, and workbooks of several sheets.

A CSV begins with its header and holds nothing but rows: whatever a figure must carry stands in columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Cell = str | float | int | None
Line = Sequence[Cell]
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 480  # pixels of a column of a table
NAMES, TEXTS = 22, 110  # characters of the two columns of a sheet of names and texts
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}


class Sheet(NamedTuple):
    """A sheet of a workbook: a table with its header as first line, or names with their texts."""

    name: str
    lines: Sequence[Line]
    is_table: bool = True


def safe(cell: Cell) -> Cell:
    """A cell no spreadsheet runs as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_MARKS) else cell


def one_line(text: str) -> str:
    """A text without breaks, safe in a spreadsheet."""
    return str(safe(" ".join(text.split())))


def as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 CSV, header first, with the byte-order mark by which spreadsheets know the letters."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook: numbers as numbers, texts as texts, headers bold and in sight."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        bold = book.add_format({"bold": True})
        for name, lines, is_table in sheets:
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line, bold if is_table and number == 0 else None)
            if is_table:
                sheet.freeze_panes(1, 0)
                sheet.autofilter(0, 0, len(lines) - 1, len(lines[0]) - 1)
                sheet.autofit(WIDEST)
            else:
                sheet.set_column(0, 0, NAMES, bold)
                sheet.set_column(1, 1, TEXTS)
    return stream.getvalue()
