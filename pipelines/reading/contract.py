"""What a published table must hold: columns, their kinds and valid values; what is wrong is told value by value.

Form may differ (encoding, delimiter, order of columns, case and accents of names, banners, workbook for text); meaning
may not. A row with an unknown category, an unknown locality or a value out of range is quarantined; where more rows
are than the contract tolerates, or a column that must be there is not, the file is refused. A column nobody declared
is dropped and reported, or refuses the file, as the contract says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import folded
from pipelines.figures import Account, Refused
from pipelines.reading.cells import Column, near, read_column
from pipelines.reading.grid import Form, Grid, grid_of, heads_of, key_of
from pipelines.reading.numbers import whole_number

TOTAL_WORDS = frozenset({"total", "totales", "total general", "gran total"})
HARMLESS = re.compile(
    r"(unnamed\d*|objectid\d*|fid|ogcfid|gid|id|index|x|y|globalid|shapelen(g|gth)?|shapearea|geopoint2d|geoshape|)"
)
_SHOWN = 5


class ContractError(SourceError):
    """A file breaks its contract too much to be read; `refused` says where."""

    def __init__(self, what: str, refused: list[Refused], *, where: str, fix: str = "") -> None:
        self.refused = refused
        super().__init__(what, where=where, fix=fix)


@dataclass(frozen=True)
class Contract:
    """Columns of a table.

    `others` are known and not read. An `undeclared` column is ignored where a register has many that nobody reads,
    reported (and dropped) where all columns are known, or refuses the file. `tolerance` is the share of rows that may
    be quarantined; `unique` columns make a row's key; `repeats` is the share of rows that may equal an earlier one in
    every column, where records have no key; `total` is the column that a row TOTAL adds up: it must be right, and is
    then left out.
    """

    columns: tuple[Column, ...]
    others: tuple[str, ...] = ()
    undeclared: Literal["ignore", "report", "refuse"] = "ignore"
    tolerance: float = 0.02
    unique: tuple[str, ...] = ()
    repeats: float = 1
    total: str = ""

    @property
    def required(self) -> list[str]:
        """Names of the columns that must be there."""
        return [column.name for column in self.columns if not column.optional]

    @property
    def wanted(self) -> list[tuple[str, ...]]:
        """The columns that must be there, each as the names it may have."""
        return [(column.name, *column.also_called) for column in self.columns if not column.optional]

    @staticmethod
    def called(column: Column) -> set[str]:
        """The names a column may have, as `key_of` compares them."""
        return {key_of(name) for name in (column.name, *column.also_called)}


@dataclass(frozen=True)
class Table:
    """A table that keeps its contract: `frame` is indexed by the file's row numbers, columns named by the contract."""

    source: str
    file: str
    frame: pd.DataFrame
    notes: int = 0
    totals: int = 0
    refused: list[Refused] = field(default_factory=list)
    quarantined: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """Records of the file, kept and quarantined."""
        return len(self.frame) + sum(self.quarantined.values())

    def without(
        self, rows: pd.Index, column: str, rule: str, hint: str, *, tolerance: float = 1, value: str | None = None
    ) -> Table:
        """The table with further rows quarantined by a rule of the source; `value` is what the file wrote, if known.

        Raises:
            ContractError: more rows are quarantined than tolerated.
        """
        read = ["" if cell is None else str(cell) for cell in self.frame.loc[rows, column]]
        values = read if value is None else [value] * len(rows)
        refused = [
            Refused(self.source, self.file, int(str(row)), column, cell[:80], rule, hint)
            for row, cell in zip(rows, values, strict=True)
        ]
        counts = self.quarantined + Counter({rule: len(rows)} if len(rows) else {})
        table = replace(self, frame=self.frame.drop(index=rows), refused=[*self.refused, *refused], quarantined=counts)
        _refuse_too_many(table, tolerance)
        return table

    def accounts(self, *observed: tuple[str, int]) -> list[Account]:
        """Accounts of the file: the rows observed by rule (all of the frame as `used` when none is named), the rest."""
        rules = observed or (("used", len(self.frame)),)
        return [Account(self.file, "observed", rule, rows) for rule, rows in rules if rows] + self.set_aside()

    def set_aside(self) -> list[Account]:
        """Accounts of the rows that are not in the frame: notes, totals and those quarantined."""
        lines = []
        if self.notes:
            lines.append(Account(self.file, "excluded", "note_below_table", self.notes))
        if self.totals:
            lines.append(Account(self.file, "excluded", "total_row", self.totals))
        return lines + [
            Account(self.file, "quarantined", rule, rows) for rule, rows in sorted(self.quarantined.items())
        ]


def open_table(path: Path, contract: Contract, *, source: str = "", name: str = "", sheet: str | None = None) -> Table:
    """Read a table of any format under its contract.

    Args:
        path: the file.
        contract: what it must hold.
        source: id of the source, for the refusals.
        name: how accounts call the file; its own name when empty.
        sheet: of a workbook; the largest when none is named.

    Raises:
        SourceError: no such table, a required column is missing.
        ContractError: more rows than tolerated break the contract, or an undeclared column does.
    """
    grid = grid_of(path, contract.wanted, Form(sheet=sheet))
    return check_grid(grid, contract, source=source, name=name or path.name)


def check_grid(grid: Grid, contract: Contract, *, source: str = "", name: str = "") -> Table:
    """A grid under its contract; see `open_table`."""
    file = name or grid.file
    _refuse_empty(grid, file)
    _refuse_repeats(grid, contract, file)
    grid, totals = _without_totals(grid, contract)
    places = _places(grid, contract, file)
    undeclared = _undeclared(grid, contract, source, file)
    width = len(grid.header)
    ragged = [index for index, row in enumerate(grid.rows) if any(cell.strip() for cell in row[width:])]
    refused = [_ragged(grid, index, source, file) for index in ragged]
    frame = pd.DataFrame(
        {
            column.name: [row[place].strip() if place < len(row) else "" for row in grid.rows]
            for column, place in places
        },
        index=grid.numbers,
        dtype=object,
    )
    for column, _ in places:
        try:
            frame[column.name], wrong = read_column(frame[column.name], column)
        except SourceError as error:
            raise SourceError(error.what, where=f"{file}, column {column.name}", fix=error.fix) from error
        refused += [Refused(source, file, row, column.name, value[:80], rule, hint) for row, value, rule, hint in wrong]
    refused += _repeated(frame.drop(index=list({item.row_number for item in refused})), contract, source, file)
    by_row = {item.row_number: item.rule for item in reversed(refused)}
    kept = frame.drop(index=list(by_row))
    table = Table(source, file, kept, grid.notes, len(totals), [*undeclared, *refused], Counter(by_row.values()))
    _refuse_too_many(table, contract.tolerance)
    _refuse_wrong_totals(table, totals, grid, contract)
    return table


def _refuse_empty(grid: Grid, file: str) -> None:
    if not grid.rows:
        fix = "capture it again; where nothing happened, publishers write zeros"
        raise SourceError("a header and no records", where=f"{file}, row {grid.header_row}", fix=fix)


def _refuse_repeats(grid: Grid, contract: Contract, file: str) -> None:
    """Refuse a table pasted into itself: in a survey, answers would count twice."""
    if contract.repeats >= 1:
        return
    seen: set[tuple[str, ...]] = set()
    repeated = []
    for row, number in zip(grid.rows, grid.numbers, strict=True):
        if tuple(row) in seen:
            repeated.append(number)
        seen.add(tuple(row))
    if len(repeated) > contract.repeats * len(grid.rows):
        what = f"{len(repeated)} of {len(grid.rows)} rows repeat an earlier one in every column"
        raise SourceError(what, where=f"{file}, row {repeated[0]}", fix="keep each record once")


def _without_totals(grid: Grid, contract: Contract) -> tuple[Grid, list[int]]:
    """The grid without its rows TOTAL, and the totals they give."""
    if not contract.total:
        return grid, []
    at = [key_of(name) for name in grid.header].index(key_of(contract.total))
    is_total = [folded(next((cell for cell in row if cell.strip()), "")) in TOTAL_WORDS for row in grid.rows]
    totals = [whole_number(row[at]) or 0 for row, total in zip(grid.rows, is_total, strict=True) if total]
    rows = [row for row, total in zip(grid.rows, is_total, strict=True) if not total]
    numbers = [number for number, total in zip(grid.numbers, is_total, strict=True) if not total]
    return replace(grid, rows=rows, numbers=numbers), totals


def _refuse_wrong_totals(table: Table, totals: list[int], grid: Grid, contract: Contract) -> None:
    if totals and not table.quarantined and any(total != table.frame[contract.total].sum() for total in totals):
        found = table.frame[contract.total].sum()
        fix = "a row is missing or stands twice" if grid.rows else "the table is empty"
        raise SourceError(f"the rows add up to {found}, the row TOTAL says {totals}", where=table.file, fix=fix)


def shape_of(path: Path, shapes: Mapping[str, Contract]) -> str | None:
    """Which of several contracts a file's header keeps; the one with most columns when several do, None when none."""
    keys = [{key_of(cell) for cell in row} for row in heads_of(path)]
    kept = {
        name: len(contract.required)
        for name, contract in shapes.items()
        if any(all(contract.called(column) & row for column in contract.columns if not column.optional) for row in keys)
    }
    return max(kept, key=lambda name: kept[name]) if kept else None


def _places(grid: Grid, contract: Contract, file: str) -> list[tuple[Column, int]]:
    keys = [key_of(cell) for cell in grid.header]
    found = []
    for column in contract.columns:
        at = [index for index, key in enumerate(keys) if key in contract.called(column)]
        exact = [index for index in at if grid.header[index] == column.name]
        if len(at) > 1 and len(exact) == 1:
            at = exact
        if len(at) > 1:
            where = f"{file}, row {grid.header_row}"
            raise SourceError(f"{len(at)} columns are called {column.name!r}", where=where, fix="keep one")
        if at:
            found.append((column, at[0]))
        elif not column.optional:
            raise SourceError(f"no column {[column.name]}", where=file, fix=f"the header holds {grid.header}")
    return found


def _undeclared(grid: Grid, contract: Contract, source: str, file: str) -> list[Refused]:
    """Columns that neither the contract nor custom knows.

    Raises:
        ContractError: the contract refuses them.
    """
    names = [name for column in contract.columns for name in (column.name, *column.also_called)]
    known = {key_of(name): name for name in (*names, *contract.others)}
    strange = [cell for cell in grid.header if key_of(cell) not in known and not HARMLESS.fullmatch(key_of(cell))]
    refused = [
        Refused(source, file, grid.header_row, cell[:80], cell[:80], "undeclared_column", near(cell, known.values()))
        for cell in strange
    ]
    if refused and contract.undeclared == "refuse":
        fix = f"{refused[0].hint or 'declare it, or remove it'}; declared are {sorted(known.values())}"
        raise ContractError(f"undeclared columns {strange}", refused, where=f"{file}, row {grid.header_row}", fix=fix)
    return refused if contract.undeclared == "report" else []


def _ragged(grid: Grid, index: int, source: str, file: str) -> Refused:
    cells = len(grid.rows[index])
    hint = f"the header has {len(grid.header)}"
    return Refused(source, file, grid.numbers[index], "", f"{cells} cells", "too_many_cells", hint)


def _repeated(frame: pd.DataFrame, contract: Contract, source: str, file: str) -> list[Refused]:
    if not contract.unique:
        return []
    repeated = frame[frame.duplicated(list(contract.unique))]
    return [
        Refused(source, file, int(row), ", ".join(contract.unique), str(values)[:80], "repeated_key", "keep one row")
        for row, values in zip(
            repeated.index, repeated[list(contract.unique)].itertuples(index=False, name=None), strict=True
        )
    ]


def _refuse_too_many(table: Table, tolerance: float) -> None:
    count, rows = sum(table.quarantined.values()), table.records
    if count > tolerance * rows:
        first = [item for item in table.refused if item.rule != "undeclared_column"][:_SHOWN]
        what = f"{count} of {rows} rows break the contract: " + "; ".join(
            f"row {item.row_number}, {item.column_name} {item.value!r}, {item.rule}" for item in first
        )
        raise ContractError(what, table.refused, where=table.file, fix=first[0].hint)
