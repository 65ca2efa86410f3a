"""Hours of the air network in the two forms in which they are found: a wide table of text, and a long Parquet.

Wide: one row per hour, one column per station and pollutant (`suba_pm10`), the time being the END of the hour (the last
of a day is written 24:00). Where the times stop before the rows do, the rows are taken as an unbroken sequence of
hours, if those that have a time are one. Long: one row per hour, station and pollutant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from observatory.errors import SourceError
from pipelines.figures import Refused
from pipelines.reading.cells import near
from pipelines.reading.grid import Grid, grid_of, key_of
from pipelines.reading.numbers import decimal_mark, moment

TIME_NAMES = ("datetime", "fecha hora", "fecha y hora", "fecha")
NO_DATA = frozenset({"", "nodata", "nan", "na", "n/a", "----", "-9999", "-9999.0", "invld", "<samp", "rs232", "calib"})
GREATEST = 1500.0
HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Hours:
    """Values in µg/m³ by station and pollutant, indexed by the START of each hour, and what was refused.

    `starts` are the hours that the file has rows for, `rebuilt` counts those whose time it does not say.
    """

    values: pd.DataFrame
    starts: pd.DatetimeIndex
    rebuilt: int
    refused: list[Refused]


def wide_hours(path: Path, known: Iterable[str], *, source: str, name: str) -> Hours:
    """The hours of a wide table.

    Args:
        path: the file.
        known: columns it may hold, `station_pollutant`; those it lacks are left out.
        source: id of the source, for refusals.
        name: how the file is called in refusals.

    Raises:
        SourceError: an unknown column, or times that are no sequence of hours.
    """
    grid = grid_of(path, [TIME_NAMES])
    time = next(at for at, cell in enumerate(grid.header) if key_of(cell) in {key_of(item) for item in TIME_NAMES})
    columns = _columns(grid, time, known, name)
    starts, rebuilt = _starts([row[time] if time < len(row) else "" for row in grid.rows], name)
    refused: list[Refused] = []
    values = {}
    for column, at in columns.items():
        cells = pd.Series([row[at] if at < len(row) else "" for row in grid.rows], dtype="str")
        values[column], wrong = _numbers(cells)
        refused += [
            Refused(
                source, name, grid.numbers[place], column, cells[place], "out_of_range", f"valid is 0 to {GREATEST}"
            )
            for place in wrong
        ]
    frame = pd.DataFrame(values).set_index(starts)
    return Hours(frame.reindex(pd.date_range(starts[0], starts[-1], freq="h")), starts, rebuilt, refused)


def _columns(grid: Grid, time: int, known: Iterable[str], name: str) -> dict[str, int]:
    names = {_plain(column): column for column in known}
    found, unknown = {}, []
    for at, cell in enumerate(grid.header):
        if at == time or not cell:
            continue
        if _plain(cell) in names:
            found[names[_plain(cell)]] = at
        else:
            unknown.append(cell)
    if unknown:
        raise SourceError(
            f"unknown columns {unknown}", where=f"{name}, row {grid.header_row}", fix=near(unknown[0], known)
        )
    return found


def _plain(column: str) -> str:
    return key_of(column)


def _starts(stamps: list[str], name: str) -> tuple[pd.DatetimeIndex, int]:
    """Start of each row's hour, and how many the file does not say."""
    filled = [stamp for stamp in stamps if stamp.strip()]
    ends = [moment(stamp) for stamp in filled]
    if not ends or None in ends:
        bad = filled[ends.index(None)] if filled else ""
        raise SourceError(f"{bad!r} is no hour", where=name, fix="write it as 31-12-2021 24:00")
    index = pd.DatetimeIndex([end for end in ends if end is not None]) - HOUR
    if len(filled) == len(stamps):
        if not (index.is_unique and index.is_monotonic_increasing):
            raise SourceError("the hours are no unbroken sequence: some stand twice or go back", where=name)
        return index, 0
    whole = pd.date_range(index[0], periods=len(stamps), freq="h")
    in_front = all(stamp.strip() for stamp in stamps[: len(filled)])
    if not in_front or not (index == whole[: len(index)]).all():
        wrong = [stamp for stamp, start, end in zip(filled, whole, index, strict=False) if start != end]
        raise SourceError(f"the hours are no unbroken sequence: {wrong[:3]}", where=name)
    return whole, len(stamps) - len(filled)


def _numbers(cells: pd.Series[str]) -> tuple[pd.Series[float], list[int]]:
    """Values of a column, and the places of those that can be none."""
    plain = cells.str.strip()
    missing = plain.str.casefold().isin(list(NO_DATA))
    text = plain.str.replace(",", ".") if decimal_mark(plain[~missing].unique()) == "," else plain
    values = pd.to_numeric(text.where(~missing), errors="coerce")
    wrong = ~missing & (values.isna() | (values < 0) | (values > GREATEST))
    return values.where(~wrong), [int(str(place)) for place in cells.index[wrong]]


def long_hours(path: Path) -> tuple[Hours, int, int]:
    """The hours of a long Parquet, with the number of its rows that hold a value and that hold none.

    Raises:
        SourceError: an hour, station and pollutant stands twice.
    """
    table = pd.read_parquet(path, columns=["fecha_hora", "estacion", "contaminante", "valor_ugm3"])
    table["column"] = table["estacion"] + "_" + table["contaminante"]
    if table.duplicated(["fecha_hora", "column"]).any():
        raise SourceError("an hour of a station stands twice", where=path.name)
    values = table.pivot(index="fecha_hora", columns="column", values="valor_ugm3").astype(float)
    values.index = pd.DatetimeIndex(values.index) - dt.timedelta(hours=1)
    present = int(table["valor_ugm3"].notna().sum())
    return Hours(values, values.index, 0, []), present, len(table) - present
