"""Any table file as a grid of text cells with row numbers: delimited text, workbook, Parquet or GeoJSON properties.

Where the table begins is found by its header, so banner rows do no harm; empty rows are dropped, and so are the notes
below a table (rows with one filled cell) and all from a row END on. Row numbers stay those of the file.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from observatory.errors import SourceError, nearest
from observatory.territory import folded
from pipelines.reading.text import read_text
from pipelines.reading.workbook import is_workbook, sheet_rows, until_end

DELIMITERS = ";,\t|"
BANNER_ROWS = 40
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
    if is_workbook(path):
        rows = sheet_rows(path, form.sheet)
        return rows, list(range(1, len(rows) + 1))
    if path.suffix.lower() == ".parquet":
        rows = _parquet_rows(path)
        return rows, list(range(1, len(rows) + 1))
    text = read_text(path, form.encoding)
    if text[:500].lstrip().startswith(("{", "[")):
        rows = _property_rows(text, path)
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


def _parquet_rows(path: Path) -> list[list[str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipelines.reading.workbook import cell_text

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        what = f"no readable Parquet: {str(error).replace(str(path), path.name)}"
        raise SourceError(what, where=path.name, fix="capture it again") from error
    columns = [[cell_text(value) for value in column.to_pylist()] for column in table.columns]
    return [table.column_names, *map(list, zip(*columns, strict=True))]


def _property_rows(text: str, path: Path) -> list[list[str]]:
    """Header and rows of the properties of a GeoJSON's features, or of a list of records."""
    from pipelines.reading.workbook import cell_text

    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"broken JSON: {error}", where=path.name, fix="capture it again") from error
    if isinstance(content, dict) and "error" in content and "features" not in content:
        what = f"the server's error, no data: {str(content['error'])[:120]}"
        raise SourceError(what, where=path.name, fix="capture it again later, or check its address")
    items = content if isinstance(content, list) else content.get("features", content.get("records", []))
    records = [item.get("properties") or item.get("attributes") or item for item in items]
    header = list(dict.fromkeys(name for record in records for name in record))
    return [header, *([cell_text(record.get(name)) for name in header] for record in records)]


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
    body = until_end(rows[at + 1 :])
    kept = [index for index, row in enumerate(body) if any(cell.strip() for cell in row)]
    last = _last_record(body, kept, len([cell for cell in header if cell]))
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
    """How many of the kept rows stand above the notes: rows at the end with one filled cell of three or more."""
    last = len(kept)
    while width >= 3 and last and _is_note(body[kept[last - 1]]):
        last -= 1
    return last


def _is_note(row: list[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return len(filled) == 1 and sum(letter.isalpha() for letter in filled[0]) >= 3


def year_in(name: str) -> str | None:
    """A year that stands in a file's name, if just one does."""
    found = set(re.findall(r"(?<!\d)(20\d{2})(?!\d)", name))
    return found.pop() if len(found) == 1 else None
