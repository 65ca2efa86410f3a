"""Hourly PM10 and PM2.5 at the 15 stations of Bogotá's air network, 1 January 2021 to 14 June 2023, in µg/m³.

Publisher: Secretaría Distrital de Ambiente, Red de Monitoreo de Calidad del Aire (RMCAB); file kept by the repository
chalonov/bogota-air-quality-app.

Shape: 21,480 rows, one per hour, and one column per station and pollutant; `;`, decimal comma, byte-order mark. The
time is the END of the hour (the last of a day is written 24:00) and is empty after row 8,760. The rows are an unbroken
sequence of hours: the 8,760 stamps that exist agree with it, and the parser refuses a file where they do not. Zeros
(5,945 of 566,808 values, nearly all PM2.5) are kept as published.

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

import datetime as dt
import io
from dataclasses import dataclass

import pandas as pd

from observatory.errors import SourceError
from observatory.period import parse_period
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_text

FILES = ("raw/rmcab_horario_pm10_pm25_2021_2023.csv",)

START = dt.datetime(2021, 1, 1)  # noqa: DTZ001 – the file gives local time without a zone
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
    """Monthly and annual means and days over the daily limit, by station and for the fixed group of the city."""
    hours = _hours(capture)
    rows = [row for pollutant in POLLUTANTS for row in _pollutant_rows(_stations(hours, pollutant), pollutant)]
    unfinished = int((hours.index >= hours.index[-1].replace(day=1, hour=0)).sum())
    return Parsed(
        rows,
        [
            Account(FILES[0], "observed", "used", len(hours) - unfinished),
            Account(FILES[0], "excluded", "month_incomplete", unfinished),
        ],
    )


def _hours(capture: Capture) -> pd.DataFrame:
    """Values by station and pollutant, indexed by the START of each hour.

    Raises:
        SourceError: a published stamp contradicts the unbroken sequence, or a column is not known.
    """
    text = read_text(capture.path(FILES[0]))
    table = pd.read_csv(io.StringIO(text), sep=";", decimal=",", dtype={"datetime": str})
    starts = pd.date_range(START, periods=len(table), freq="h")
    stamps = table["datetime"].dropna()
    wrong = [stamp for start, stamp in zip(starts, stamps, strict=False) if _end_stamp(start) != stamp]
    if wrong or not table["datetime"].iloc[len(stamps) :].isna().all():
        raise SourceError(f"the hours are no unbroken sequence: {wrong[:3]}", where=FILES[0])
    known = {f"{station}_{pollutant.ending}" for station in STATIONS for pollutant in POLLUTANTS}
    if set(table.columns) - {"datetime"} != known:
        raise SourceError(f"columns differ: {set(table.columns) ^ known}", where=FILES[0], fix="add the station here")
    return table.drop(columns="datetime").set_index(starts)


def _end_stamp(start: pd.Timestamp) -> str:
    """How the file writes the hour that begins at `start`."""
    return f"{start:%d-%m-%Y} {start.hour + 1:02d}:00"


def _stations(hours: pd.DataFrame, pollutant: Pollutant) -> pd.DataFrame:
    columns = {f"{short}_{pollutant.ending}": slug for short, slug in STATIONS.items()}
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
    return sorted(set.intersection(*complete))


def _mean_rows(measure: str, parts: list[tuple[str, pd.DataFrame]], group: list[str]) -> list[FigureRow]:
    rows = []
    for code, part in parts:
        counts, means = part.count(), part.mean()
        valid = _complete(counts, code)
        for name in STATIONS.values():
            value = float(means[name]) if name in valid else None
            rows.append(_row(measure, code, f"station:{name}", value, int(counts[name])))
        reporting = [name for name in group if name in valid]
        enough = len(reporting) >= COMPLETENESS * len(group)
        rows.append(_row(measure, code, "total", float(means[reporting].mean()) if enough else None, len(reporting)))
    return rows


def _row(measure: str, code: str, disaggregation: str, value: float | None, sample: int) -> FigureRow:
    absence = "suppressed" if value is None else ""
    return FigureRow(measure, CITY, code, disaggregation, value=value, sample=sample, absence=absence)


def _day_rows(stations: pd.DataFrame, pollutant: Pollutant, group: list[str]) -> list[FigureRow]:
    """Days over the limit and complete days per year; the city adds up the days of its group of stations."""
    days = stations.resample("D")
    means = days.mean().where(days.count() >= COMPLETENESS * HOURS_IN_DAY)
    members = {f"station:{name}": [name] for name in STATIONS.values()} | {"total": group}
    rows = []
    for code, of_year in _split(means, "%Y"):
        complete, over = of_year.count(), (of_year > pollutant.daily_limit).sum()
        for disaggregation, names in members.items():
            counts = {"over_limit": int(over[names].sum()), "complete": int(complete[names].sum())}
            enough = counts["complete"] >= COMPLETENESS * _days_in(code) * len(names)
            rows += [
                _row(
                    f"{pollutant.name}_days_{what}", code, disaggregation, count if enough else None, counts["complete"]
                )
                for what, count in counts.items()
            ]
    return rows
