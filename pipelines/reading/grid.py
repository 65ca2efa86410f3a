"""Any table file as a grid of text cells with row numbers: delimited text, workbook, Parquet or GeoJSON properties.

Where the table begins is found by its header, so banner rows do no harm; empty rows are dropped, and so are the notes
below a table and all from a row END on, which are counted. Row numbers stay those of the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from python_calamine import CalamineWorkbook

from observatory.errors import SourceError, TerritoryError, nearest
from observatory.territory import folded, locality_code
from pipelines.reading.packed import form_of
from pipelines.reading.records import layer_rows, parquet_rows, property_rows
from pipelines.reading.text import read_text
from pipelines.reading.workbook import (
    largest_sheet,
    open_workbook,
    rows_of,
    sheet_called,
    sheet_heads,
    until_end,
)

DELIMITERS = ";,\t|"
BANNER_ROWS = 40
ENOUGH_TO_TELL = 2  # names found, before a sheet is known by them
NOTE = re.compile(
    r"(fuentes?|notas?|elabor\w+|observaci\w+|consulta\w*|actualiza\w+|cifras|convenciones|"
    r"(fecha de )?(corte|extraccion|publicacion|generacion|procesamiento|elaboracion|consulta|actualizacion))\b"
)
AFTER_ALL = "\ue000"  # a line after the last: a quote still open there takes it in

Wanted: TypeAlias = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Form:
    """How a file is written, where that is said instead of detected; rows count from 1."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None


DETECTED = Form()


@dataclass(frozen=True)
class Grid:
    """Header and rows of a table; `numbers` are the rows' numbers in the file, the first being 1.

    `notes` counts the rows below the table that are no records.
    """

    file: str
    header: list[str]
    header_row: int
    rows: list[list[str]]
    numbers: list[int]
    notes: int = 0


def key_of(name: str) -> str:
    """A column name for comparing: no case, accents, blanks or punctuation."""
    return folded(name).replace(" ", "")


def delimiter_of(text: str, wanted: Wanted = ()) -> str:
    """The delimiter of a table: the one that finds the wanted names, else cuts its lines into equally many cells."""
    lines = [line for line in text[:40_000].split("\n")[:BANNER_ROWS] if line.strip()]
    needed = _keys(wanted)
    return max(DELIMITERS, key=lambda mark: _fitness(lines, mark, needed))


def _fitness(lines: list[str], mark: str, needed: list[set[str]]) -> tuple[int, bool, float, int, int]:
    """How well a delimiter fits: wanted names found, more than one cell, share of even lines, cells, earlier header."""
    cut = [next(csv.reader([line], delimiter=mark), []) for line in lines]
    if not cut:
        return (0, False, 0.0, 0, 0)
    found = [_found(cells, needed) if needed else len(cells) for cells in cut]
    at = found.index(max(found))
    width = len(cut[at])
    even = sum(len(cells) == width for cells in cut[at:]) / len(cut[at:])
    if needed:
        return (max(found), even > 0.5, even, width, -at)
    return (0, width > 1, even * len(cut[at:]) / len(cut), width, -at)


def raw_rows(path: Path, form: Form = DETECTED, wanted: Wanted = ()) -> tuple[list[list[str]], list[int]]:
    """All rows of a file as text cells, and their numbers.

    Raises:
        SourceError: the file is no table, or a quote never closes.
    """
    held = form_of(path)
    if held == "workbook":
        rows = _book_rows(path, form, wanted)
    elif held == "parquet":
        rows = parquet_rows(path)
    elif held != "text":
        rows = layer_rows(path)
    else:
        return _rows_of_text(path, form, wanted)
    return rows, list(range(1, len(rows) + 1))


def heads_of(path: Path) -> list[list[str]]:
    """The rows among which a header stands: the first ones of the table, or of every sheet of a workbook.

    Raises:
        SourceError: the file is no table.
    """
    if form_of(path) != "workbook":
        return raw_rows(path)[0][:BANNER_ROWS]
    return [row for rows in sheet_heads(open_workbook(path), BANNER_ROWS).values() for row in rows]


def _book_rows(path: Path, form: Form, wanted: Wanted) -> list[list[str]]:
    """The rows of the sheet that is named, else of the one that holds the wanted names, else of the largest."""
    book = open_workbook(path)
    named = sheet_called(book, form.sheet) if form.sheet else None
    if named is None and wanted and (form.sheet or len(book.sheet_names) > 1):
        named = _sheet_of(book, path, wanted, all_of_them=form.sheet is not None)
    return rows_of(book, named or form.sheet or largest_sheet(book, path), path)


def _sheet_of(book: CalamineWorkbook, path: Path, wanted: Wanted, *, all_of_them: bool) -> str | None:
    """The sheet whose header holds most of the wanted names; the first of several that hold as many of them.

    Raises:
        SourceError: several sheets hold all of them, as where each year has its own.
    """
    needed = _keys(wanted)
    heads = sheet_heads(book, BANNER_ROWS)
    found = {name: max((_found(row, needed) for row in rows), default=0) for name, rows in heads.items()}
    whole = [name for name, count in found.items() if count == len(needed) >= ENOUGH_TO_TELL]
    if len(whole) > 1:
        fix = "give each sheet as a file of its own, or declare `sheet`"
        raise SourceError(f"{len(whole)} sheets hold the table: {whole[:5]}", where=path.name, fix=fix)
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= (len(needed) if all_of_them else 1) else None


def _rows_of_text(path: Path, form: Form, wanted: Wanted) -> tuple[list[list[str]], list[int]]:
    text = read_text(path, form.encoding)
    if text[:500].lstrip().startswith(("{", "[")):
        rows = property_rows(text, path)
        return rows, list(range(1, len(rows) + 1))
    if text[:500].lstrip().casefold().startswith(("<!doctype", "<html", "<?xml")):
        raise SourceError("a web page, no table", where=path.name, fix="capture the file again as published")
    return _delimited_rows(text, path, form.delimiter or delimiter_of(text, wanted))


def _delimited_rows(text: str, path: Path, delimiter: str) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(chain(io.StringIO(text, newline=""), [AFTER_ALL]), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise _never_closed(path, _lines_of(text, len(rows), delimiter) + 1) from error
    after = rows.pop()
    if after != [AFTER_ALL]:
        raise _never_closed(path, text.count("\n") - after[-1].count("\n") + 1)
    if text.count("\n") > len(rows):  # some cell has several lines
        _refuse_swallowed(rows, path, delimiter)
    if text and not text.endswith("\n"):
        _refuse_cut_short(rows, path)
    return rows, list(range(1, len(rows) + 1))


def _never_closed(path: Path, line: int) -> SourceError:
    what = "the quote opened here is never closed, and all below it would be one cell"
    return SourceError(what, where=f"{path.name}, line {line}", fix="take the quote away, or close it")


def _lines_of(text: str, records: int, delimiter: str) -> int:
    """How many lines the first records of a text take."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in islice(reader, records):
        pass
    return reader.line_num


def _refuse_swallowed(rows: list[list[str]], path: Path, delimiter: str) -> None:
    """Refuse a cell of several lines that holds whole records, in a row that has not as many cells as the others."""
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    line = 1
    for row in rows:
        broken = [at for at, cell in enumerate(row) if "\n" in cell]
        if broken and width > 1 and len(row) != width:
            for at in broken:
                if any(inner.count(delimiter) == width - 1 for inner in row[at].split("\n")[1:]):
                    raise _never_closed(path, line + sum(cell.count("\n") for cell in row[:at]))
        line += 1 + sum(row[at].count("\n") for at in broken)


def _refuse_cut_short(rows: list[list[str]], path: Path) -> None:
    """Refuse a file that ends inside a record: its last line, never ended, has some of the cells of the line before."""
    if len(rows) >= 3 and 1 < len(rows[-1]) < len(rows[-2]) == len(rows[-3]):
        what = f"the file ends inside a record, after {len(rows[-1])} of {len(rows[-2])} cells"
        raise SourceError(what, where=f"{path.name}, row {len(rows)}", fix="it was cut short; capture it again")


def grid_of(path: Path, wanted: Wanted = (), form: Form = DETECTED) -> Grid:
    """The table in a file.

    Args:
        path: the file.
        wanted: columns that its header must hold, each as its accepted names, whatever their case, accents and order.
        form: how the file is written, where that is not to be detected.

    Raises:
        SourceError: no row holds the wanted names; the nearest found are told.
    """
    needed = _keys(wanted)
    rows, numbers = raw_rows(path, form, wanted)
    at = form.header_row - 1 if form.header_row else _header_at(rows, needed, path)
    header = [cell.strip() for cell in rows[at]]
    found = {key_of(cell) for cell in header}
    missing = [names[0] for names, keys in zip(wanted, needed, strict=True) if not keys & found]
    if missing:
        near = "; ".join(filter(None, (nearest(name, [cell for cell in header if cell]) for name in missing)))
        fix = f"the header holds {header}" + (f"; {near}" if near else "")
        raise SourceError(f"no column {missing}", where=f"{path.name}, row {numbers[at]}", fix=fix)
    body = rows[at + 1 :]
    kept = [index for index, row in enumerate(body) if any(cell.strip() for cell in row)]
    end = len(until_end(body))
    ended = sum(index < end for index in kept)
    last = _last_record(body, kept[:ended], len([cell for cell in header if cell]))
    chosen = kept[:last]
    return Grid(
        path.name,
        header,
        numbers[at],
        [body[index] for index in chosen],
        [numbers[at + 1 + index] for index in chosen],
        notes=len(kept) - last,
    )


def _keys(wanted: Wanted) -> list[set[str]]:
    return [{key_of(name) for name in names} for names in wanted]


def _found(cells: list[str], needed: list[set[str]]) -> int:
    """How many of the needed columns a row names."""
    keys = {key_of(cell) for cell in cells}
    return sum(bool(names & keys) for names in needed)


def _header_at(rows: list[list[str]], needed: list[set[str]], path: Path) -> int:
    """The row that holds most of the wanted names; without any wanted, the first with the usual number of cells."""
    head = rows[:BANNER_ROWS]
    if not any(cell.strip() for row in head for cell in row):
        raise SourceError("the table is empty", where=path.name, fix="capture it again, or take its file away")
    if needed:
        return max(range(len(head)), key=lambda at: (_found(head[at], needed), -at))
    filled = [sum(bool(cell.strip()) for cell in row) for row in head]
    widest = max(filled)
    return next(at for at, count in enumerate(filled) if count > widest / 2)


def _last_record(body: list[list[str]], kept: list[int], width: int) -> int:
    """How many of the kept rows stand above the notes at the end."""
    last = len(kept)
    while last and _is_note(body[kept[last - 1]], width):
        last -= 1
    return last


def _is_note(row: list[str], width: int) -> bool:
    """One filled cell of words where records have three or more, or words that begin as notes do, in two at most.

    A locality without figures is no note: it is a record that lacks them.
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    if len(filled) == 1 and _is_locality(filled[0]):
        return False
    if not all(sum(letter.isalpha() for letter in cell) >= 3 for cell in filled):
        return False
    return (len(filled) == 1 and width >= 3) or (len(filled) <= 2 and NOTE.match(folded(filled[0])) is not None)


def _is_locality(cell: str) -> bool:
    try:
        locality_code(cell)
    except TerritoryError:
        return False
    return True


def year_in(name: str) -> str | None:
    """A year that stands in a file's name, if just one does."""
    found = years_in(name)
    return found.pop() if len(found) == 1 else None


def years_in(name: str) -> set[str]:
    """The years that stand in a file's name."""
    return set(re.findall(r"(?<!\d)(20\d{2})(?!\d)", name))
