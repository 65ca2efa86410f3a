"""Figures from a file that a `reader:` block declares."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from observatory.errors import SourceError
from observatory.registry.reader import EXCLUDED, Reader
from observatory.territory import CITY
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, check_grid
from pipelines.reading.grid import Form, Grid, grid_of, key_of

PERCENT = 0.01
TERRITORY, PERIOD, VALUE = "(territory)", "(period)", "(value)"
Key = tuple[str, str, str, str]


def parse_declared(capture: Capture, reader: Reader, source_id: str = "") -> Parsed:
    """Figures of a declared file, with its accounts.

    Raises:
        SourceError: no such file, a column is missing, or two rows say the same figure.
        ContractError: more rows than tolerated break the declaration.
    """
    found = capture.find([reader.file], reader.file.casefold().rpartition("/")[2])
    if not found:
        raise SourceError(f"no file {reader.file!r}", where=str(capture.folder), fix="capture it, or mend `file`")
    whole = Parsed([])
    rows: dict[Key, FigureRow] = {}
    for name in found:
        table = _table(capture.path(name), reader, source_id, name)
        rows |= _figures(table, reader, rows)
        whole.accounts.extend(_accounts(table, reader))
        whole.rejected.extend(table.refused)
    is_doubtful = reader.combine == "none" and any(line.outcome == "quarantined" for line in whole.accounts)
    whole.rows.extend(_with_city(rows, reader, is_doubtful=is_doubtful).values())
    return whole


def _table(path: Path, reader: Reader, source_id: str, name: str) -> Table:
    form = Form(reader.form.encoding, reader.form.delimiter, reader.form.header_row, reader.form.sheet)
    grid = grid_of(path, [(item,) for item in named_columns(reader)], form)
    _refuse_nameless(grid, name)
    contract = Contract(_columns(reader), others=tuple(reader.ignore), undeclared="refuse", tolerance=reader.tolerance)
    return check_grid(_unpivoted(grid, reader), contract, source=source_id, name=name)


def _refuse_nameless(grid: Grid, name: str) -> None:
    """Refuse a column that holds something and has no name, but for the numbers of rows that some programs write."""
    for at, head in enumerate(grid.header):
        held = [row[at].strip() for row in grid.rows if at < len(row) and row[at].strip()]
        if head.strip() or not held or (at == 0 and all(cell.isdecimal() for cell in held)):
            continue
        where = f"{name}, row {grid.header_row}, column {at + 1}"
        raise SourceError(f"a column without a name holds {held[0][:40]!r}", where=where, fix="name it in the file")


def named_columns(reader: Reader) -> list[str]:
    """Columns that the file must have."""
    return [column.name for column in _columns(reader) if not column.name.startswith("(")]


def _columns(reader: Reader) -> tuple[Column, ...]:
    """The columns of the table, once it is tidy."""
    across = {"territories_across": TERRITORY, "periods_across": PERIOD}.get(reader.layout)
    territory = reader.territory.column or (TERRITORY if across == TERRITORY else None)
    period = reader.period.column or (PERIOD if across == PERIOD else None)
    kinds = {"year": "year", "month": "month", "day": "date"}
    missing = tuple(reader.missing)
    columns = [Column(name, missing=missing, blank=True) for name in reader.where]
    if territory:
        columns.append(Column(territory, reader.territory.level, dict(reader.territory.also)))
    if period:
        columns.append(Column(period, kinds[reader.period.holds]))  # type: ignore[arg-type]  # one of the kinds
    if reader.disaggregation:
        columns.append(Column(reader.disaggregation.column, "category", dict(reader.disaggregation.categories)))
    for part in reader.values.values():
        if part.column or across:
            kind = "whole" if part.whole else "decimal"
            low, high = part.lowest, part.highest
            columns.append(
                Column(
                    part.column or VALUE,
                    kind,  # type: ignore[arg-type]  # one of the kinds
                    lowest=low,
                    highest=high,
                    blank=part.blank,
                    missing=missing,
                    mark=reader.form.decimal,
                    is_percent=part.scale == PERCENT,
                )
            )
    return tuple(columns)


def _unpivoted(grid: Grid, reader: Reader) -> Grid:
    """A pivot as a tidy grid: a row for each cell below a territory or a period of the header."""
    if reader.layout == "tidy":
        return grid
    name = TERRITORY if reader.layout == "territories_across" else PERIOD
    kept = {key_of(column.name) for column in _columns(reader)} | {key_of(item) for item in reader.ignore}
    fixed = [at for at, cell in enumerate(grid.header) if key_of(cell) in kept]
    across = [at for at, cell in enumerate(grid.header) if cell and at not in fixed]
    rows, numbers = [], []
    for row, number in zip(grid.rows, grid.numbers, strict=True):
        cells = [*row, *[""] * (len(grid.header) - len(row))]
        for at in across:
            rows.append([*(cells[place] for place in fixed), grid.header[at], cells[at]])
            numbers.append(number)
    header = [*(grid.header[place] for place in fixed), name, VALUE]
    return replace(grid, header=header, rows=rows, numbers=numbers)


def _figures(table: Table, reader: Reader, before: dict[Key, FigureRow]) -> dict[Key, FigureRow]:
    """Rows by key.

    Raises:
        SourceError: two rows say the same figure and nothing says to combine them.
    """
    amounts = {} if reader.combine == "none" else {key: row.value for key, row in before.items()}
    for number, record in _records(table):
        place = _place(record, reader)
        if place == EXCLUDED or not _kept(record, reader):
            continue
        for measure, part in reader.values.items():
            value = 1 if reader.combine == "count" else record[part.column or VALUE]
            scaled = None if value is None else value * part.scale if part.scale != 1 else value
            key = (measure, place, _period(record, reader), _category(record, reader))
            if (key in amounts or key in before) and reader.combine == "none":
                where = f"{table.file}, row {number}"
                raise SourceError(f"{key} stands twice", where=where, fix="declare a disaggregation, or `combine: sum`")
            amounts[key] = _added(amounts.get(key), scaled)
    return {key: _row(key, value, reader) for key, value in amounts.items()}


def _records(table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """Row number and cells by column."""
    names = [str(name) for name in table.frame.columns]
    for number, cells in zip(table.frame.index, table.frame.itertuples(index=False, name=None), strict=True):
        yield int(str(number)), dict(zip(names, cells, strict=True))


def _added(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _place(record: dict[str, Any], reader: Reader) -> str:
    return reader.territory.fixed or str(record[reader.territory.column or TERRITORY])


def _kept(record: dict[str, Any], reader: Reader) -> bool:
    return all(record[name] in allowed for name, allowed in reader.where.items())


def _period(record: dict[str, Any], reader: Reader) -> str:
    if reader.period.fixed:
        return reader.period.fixed
    value = record[reader.period.column or PERIOD]
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else str(value)


def _category(record: dict[str, Any], reader: Reader) -> str:
    if reader.disaggregation is None:
        return "total"
    category = str(record[reader.disaggregation.column])
    return "total" if category == "total" else f"{reader.disaggregation.dimension}:{category}"


def _with_city(rows: dict[Key, FigureRow], reader: Reader, *, is_doubtful: bool) -> dict[Key, FigureRow]:
    """The rows, with the city's as the sum of the others where the declaration says so.

    `is_doubtful`: a figure that is not there may have been quarantined, and then the sum is not known.

    Raises:
        SourceError: the city is said to be given and is not, or to be the sum and is given.
    """
    given = any(code == CITY for _, code, _, _ in rows)
    if given != (reader.city == "given") and reader.city != "none":
        fix = "declare `city: sum`" if not given else "declare `city: given`"
        raise SourceError(f"the city is {'' if given else 'not '}in the file", where=reader.file, fix=fix)
    if reader.city != "sum":
        return rows
    parts: defaultdict[tuple[str, str, str], list[float | int | None]] = defaultdict(list)
    for (measure, _, period, category), row in rows.items():
        parts[measure, period, category].append(row.value)
    sums = {
        (measure, CITY, period, category): None if is_doubtful and len(values) < len(LOCALITIES) else _sum(values)
        for (measure, period, category), values in parts.items()
    }
    absence = "quarantined" if is_doubtful else "not_published"
    return rows | {key: _row(key, value, reader, absence) for key, value in sums.items()}


def _sum(values: list[float | int | None]) -> float | int | None:
    """The sum, or nothing where a part has no value."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _row(key: Key, value: float | int | None, reader: Reader, absence: str = "not_published") -> FigureRow:
    if value is None:
        return FigureRow(*key, absence=absence)
    return FigureRow(*key, value=value, flag=" ".join(reader.flag))


def _accounts(table: Table, reader: Reader) -> list[Account]:
    """What became of the file's rows; a row of a pivot is one record."""
    rules: dict[object, str] = {}
    for number, record in _records(table):
        rule = "used"
        if reader.territory.column and _place(record, reader) == EXCLUDED:
            rule = "territory_excluded"
        elif not _kept(record, reader):
            rule = "other_rows"
        rules.setdefault(number, rule)
    counts: defaultdict[str, int] = defaultdict(int)
    for rule in rules.values():
        counts[rule] += 1
    lines = [Account(table.file, "observed" if rule == "used" else "excluded", rule, n) for rule, n in counts.items()]
    return lines + table.accounts(("", 0))
