"""Hourly PM10 and PM2.5 at the 15 stations of Bogotá's air network, 1 January 2021 to 14 June 2023, in µg/m³.

Publisher: Secretaría Distrital de Ambiente, Red de Monitoreo de Calidad del Aire (RMCAB); file kept by the repository
chalonov/bogota-air-quality-app.

Shape: 21,480 rows, one per hour, and one column per station and pollutant; `;`, decimal comma, byte-order mark. The
time is the END of the hour (the last of a day is written 24:00) and is empty after row 8,760. The rows are an unbroken
sequence of hours: the 8,760 stamps that exist agree with it, and the parser refuses a file where they do not. Zeros
(5,945 of 566,808 values, nearly all PM2.5) are kept as published. The same values in long form, with the times rebuilt
by others (644,400 rows, 77,592 without a value), are read too: they must be the same, hour by hour.

Files of other years or with fewer stations are read in the same way; a value under 0 or over 1,500 µg/m³ is refused.

Rules:
- A month, a day or a year of a station counts with at least 75 % of its hours (days: 18 of 24 hours), the completeness
  that RMCAB itself asks. Otherwise there is no value and the absence is `suppressed`. June 2023 ends on the 14th, so it
  has no value anywhere, and neither has the year 2023.
- The city is the mean over a fixed group of stations, those complete in every full year (2021 and 2022): 12 for PM2.5,
  11 for PM10. With whatever stations happen to report, a change of stations would read as a change of air: Carvajal,
  the most polluted, is silent in most months of 2022 and 2023. A month of the city needs three quarters of that group
  (9 stations).
- Days over the daily limit of Resolución 2254 of 2017 (PM2.5 37, PM10 75 µg/m³) are counted among complete days; the
  city adds up the days of the same group, when together they have 75 % of the year.

`sample`: valid hours (means) or complete days (days) of a station; of the city, stations or their complete days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from observatory.errors import SourceError
from observatory.period import parse_period
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Outcome, Parsed
from pipelines.reading.rmcab import Hours, long_hours, wide_hours

WIDE = "raw/rmcab_horario_pm10_pm25_2021_2023.csv"
LONG = "performance/rmcab_horario_largo_2021_2023.parquet"
FILES: tuple[str, ...] = (WIDE, LONG)
PATTERNS = ("*rmcab*hor*.csv*", "*rmcab*hor*.xls*", "*calidad*aire*hor*.csv*")

COMPLETENESS = 0.75
HOURS_IN_DAY = 24
STATIONS = {
    "bolivia": "bolivia",
    "carvajal": "carvajal_sevillana",
    "car": "alto_rendimiento",
    "colina": "colina",
    "fontibon": "fontibon",
    "guaymaral": "guaymaral",
    "kennedy": "kennedy",
    "lasferias": "las_ferias",
    "mambiente": "minambiente",
    "mfontibon": "movil_fontibon",
    "paranda": "puente_aranda",
    "sancristobal": "san_cristobal",
    "suba": "suba",
    "tunal": "tunal",
    "usaquen": "usaquen",
}


@dataclass(frozen=True)
class Pollutant:
    """A pollutant: its column ending, the name used in measures and its daily limit in µg/m³."""

    ending: str
    name: str
    daily_limit: float


POLLUTANTS = (Pollutant("pm10", "pm10", 75.0), Pollutant("pm2.5", "pm25", 37.0))


def parse(capture: Capture) -> Parsed:
    """Monthly and annual means and days over the daily limit, by station and for the fixed group of the city.

    Raises:
        SourceError: no file, two files of one period, or a long form that differs from the table.
    """
    whole = Parsed([])
    for file in capture.find([WIDE], *PATTERNS):
        found, accounts = _wide(capture, file)
        if file == WIDE and capture.has(LONG):
            accounts += _long(capture, found)[1]
        _add(whole, found, accounts)
    if not whole.rows and capture.has(LONG):
        _add(whole, *_long(capture, None))
    if not whole.rows:
        raise SourceError("no file of hours", where=str(capture.folder), fix=f"expected {WIDE}")
    if len({row.key for row in whole.rows}) != len(whole.rows):
        raise SourceError("two files hold the same period", where=str(capture.folder), fix="keep one of each")
    return whole


def _add(whole: Parsed, found: Hours, accounts: list[Account]) -> None:
    for pollutant in POLLUTANTS:
        stations = _stations(found.values, pollutant)
        if len(stations.columns):
            whole.rows.extend(_pollutant_rows(stations, pollutant))
    whole.accounts.extend(accounts)
    whole.rejected.extend(found.refused)


def _wide(capture: Capture, file: str) -> tuple[Hours, list[Account]]:
    """Values of a wide table by station and pollutant, indexed by the START of each hour."""
    known = [f"{station}_{pollutant.ending}" for station in STATIONS for pollutant in POLLUTANTS]
    found = wide_hours(capture.path(file), known, source="rmcab_hourly_2021_2023", name=file)
    hours = found.values
    unfinished = 0 if _ends_a_month(hours) else int((found.starts >= hours.index[-1].replace(day=1, hour=0)).sum())
    rebuilt = max(found.rebuilt - unfinished, 0)
    lines: tuple[tuple[Outcome, str, int], ...] = (
        ("observed", "used", len(found.starts) - unfinished - rebuilt),
        ("observed", "used_time_rebuilt", rebuilt),
        ("excluded", "month_incomplete", unfinished),
    )
    return found, [Account(file, outcome, rule, rows) for outcome, rule, rows in lines if rows]


def _long(capture: Capture, table: Hours | None) -> tuple[Hours, list[Account]]:
    """The long form, which must be the same as the table if there is one."""
    long, present, missing = long_hours(capture.path(LONG))
    if table is not None and not _same(table.values, long.values):
        raise SourceError("the wide and the long form differ", where=LONG, fix="keep the one that was published")
    return long, [Account(LONG, "observed", "used", present), Account(LONG, "excluded", "value_missing", missing)]


def _ends_a_month(hours: pd.DataFrame) -> bool:
    return bool((hours.index[-1] + pd.Timedelta(hours=1)).day == 1)


def _same(wide: pd.DataFrame, long: pd.DataFrame) -> bool:
    """True when two frames hold the same values, whatever the order of their columns."""
    if set(wide) != set(long) or not wide.index.equals(pd.DatetimeIndex(long.index)):
        return False
    return bool(np.array_equal(wide.to_numpy(), long[list(wide)].to_numpy(), equal_nan=True))


def _stations(hours: pd.DataFrame, pollutant: Pollutant) -> pd.DataFrame:
    columns = {f"{short}_{pollutant.ending}": slug for short, slug in STATIONS.items()}
    columns = {column: slug for column, slug in columns.items() if column in hours}
    return hours[list(columns)].rename(columns=columns)


def _pollutant_rows(stations: pd.DataFrame, pollutant: Pollutant) -> list[FigureRow]:
    group = _city_group(stations)
    return [
        *_mean_rows(f"{pollutant.name}_month_mean", _split(stations, "%Y-%m"), group),
        *_mean_rows(f"{pollutant.name}_year_mean", _split(stations, "%Y"), group),
        *_day_rows(stations, pollutant, group),
    ]


def _split(frame: pd.DataFrame, pattern: str) -> list[tuple[str, pd.DataFrame]]:
    """The frame cut into months (`%Y-%m`) or years (`%Y`), with the code of each period."""
    return [(str(code), part) for code, part in frame.groupby(pd.DatetimeIndex(frame.index).strftime(pattern))]


def _days_in(code: str) -> int:
    period = parse_period(code)
    return (period.end - period.start).days + 1


def _complete(counts: pd.Series[int], code: str) -> list[str]:
    """Stations with at least 75 % of the hours of a period."""
    enough = COMPLETENESS * _days_in(code) * HOURS_IN_DAY
    return [str(name) for name, count in counts.items() if count >= enough]


def _city_group(stations: pd.DataFrame) -> list[str]:
    """Stations complete in every year that the file covers to its end."""
    years = [(code, part) for code, part in _split(stations, "%Y") if len(part) == _days_in(code) * HOURS_IN_DAY]
    complete = [set(_complete(part.count(), code)) for code, part in years]
    return sorted(set.intersection(*complete)) if complete else []


def _mean_rows(measure: str, parts: list[tuple[str, pd.DataFrame]], group: list[str]) -> list[FigureRow]:
    rows = []
    for code, part in parts:
        counts, means = part.count(), part.mean()
        valid = _complete(counts, code)
        for name in map(str, part.columns):
            value = float(means[name]) if name in valid else None
            rows.append(_row(measure, code, f"station:{name}", value, int(counts[name])))
        reporting = [name for name in group if name in valid]
        enough = bool(group) and len(reporting) >= COMPLETENESS * len(group)
        rows.append(_row(measure, code, "total", float(means[reporting].mean()) if enough else None, len(reporting)))
    return rows


def _row(measure: str, code: str, disaggregation: str, value: float | None, sample: int) -> FigureRow:
    absence = "suppressed" if value is None else ""
    return FigureRow(measure, CITY, code, disaggregation, value=value, sample=sample, absence=absence)


def _day_rows(stations: pd.DataFrame, pollutant: Pollutant, group: list[str]) -> list[FigureRow]:
    """Days over the limit and complete days per year; the city adds up the days of its group of stations."""
    days = stations.resample("D")
    means = days.mean().where(days.count() >= COMPLETENESS * HOURS_IN_DAY)
    members = {f"station:{name}": [name] for name in map(str, stations.columns)} | {"total": group}
    rows = []
    for code, of_year in _split(means, "%Y"):
        complete, over = of_year.count(), (of_year > pollutant.daily_limit).sum()
        for disaggregation, names in members.items():
            counts = {"over_limit": int(over[names].sum()), "complete": int(complete[names].sum())}
            enough = bool(names) and counts["complete"] >= COMPLETENESS * _days_in(code) * len(names)
            rows += [
                _row(
                    f"{pollutant.name}_days_{what}", code, disaggregation, count if enough else None, counts["complete"]
                )
                for what, count in counts.items()
            ]
    return rows
