"""Annual means of air pollutants by census sector, 2010–2024: a model, not a measurement.

Publisher of the measurements: Secretaría Distrital de Ambiente, RMCAB. Third parties (repository
HaiderFonseca/Air-Pollution-in-Bogota) interpolated the annual values of the stations over the city and took the mean of
each census sector of 2018; their method notes give µg/m³ and admit that how the surface was interpolated is not
documented.

Shape: 631 sectors, one column per pollutant and year, in no order of time (PM2.5 of 2023 and 2024 come first). NO2 has
no 2011 and no 2012. Ten hamlets, all five sectors of Sumapaz among them, have no concentrations.

Here: the mean of each locality and of the city, weighted by the persons of the 2018 census in each sector, so that it
reads "the concentration where people live"; the weights are the same in every year. CO, SO2 and black carbon are left
out: none has an annual limit among the references of the Observatory.
"""

from __future__ import annotations

import re

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY, territories
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.census_sectors import LOCALITIES, SECTORS, census_sectors
from pipelines.reading.tables import read_table

CONCENTRATIONS = "environment/contaminantes_aire_sector_censal_2010_2024.csv"
FILES = (CONCENTRATIONS, SECTORS, LOCALITIES)

MEASURES = {"PM2.5": "pm25_mean", "PM10": "pm10_mean", "OZONO": "o3_mean", "NO2": "no2_mean"}
YEARS = tuple(range(2010, 2025))
SECTOR = "SETU_CCNCT"
_COLUMN = re.compile(r"(PM2\.5|PM10|OZONO|NO2)_(\d{4})")


def parse(capture: Capture) -> Parsed:
    """Population-weighted annual means in µg/m³ by locality and city; `sample` is the number of sectors."""
    concentrations = _concentrations(capture)
    sectors = census_sectors(capture)
    unknown = concentrations.index.difference(sectors.index)
    if len(unknown):
        raise SourceError(f"{len(unknown)} sectors are not in the census layer", where=CONCENTRATIONS)
    modelled = sectors.join(concentrations, how="inner")
    rows = [row for pollutant in MEASURES for year in YEARS for row in _year_rows(modelled, pollutant, year)]
    return Parsed(rows, _accounts(len(sectors), len(concentrations)))


def _concentrations(capture: Capture) -> pd.DataFrame:
    """Wide table in µg/m³ indexed by sector; columns `pollutant_year`."""
    table = read_table(capture.path(CONCENTRATIONS))
    if SECTOR not in table:
        raise SourceError(f"no column {SECTOR!r}", where=CONCENTRATIONS, fix=f"the header holds {list(table)[:8]}")
    table = table.set_index(SECTOR)
    return table[[column for column in table.columns if _COLUMN.fullmatch(column)]].astype(float)


def _year_rows(modelled: pd.DataFrame, pollutant: str, year: int) -> list[FigureRow]:
    column = f"{pollutant}_{year}"
    areas = {code: modelled[modelled["locality_code"] == code] for code in _localities()} | {CITY: modelled}
    return [_row(MEASURES[pollutant], code, str(year), area, column) for code, area in areas.items()]


def _row(measure: str, code: str, period: str, area: pd.DataFrame, column: str) -> FigureRow:
    if column not in area or area.empty:
        return FigureRow(measure, code, period, flag="modelled", absence="not_published")
    mean = float((area[column] * area["persons"]).sum() / area["persons"].sum())
    return FigureRow(measure, code, period, value=mean, sample=len(area), flag="modelled")


def _localities() -> list[str]:
    return [area.code for area in territories().values() if area.level == "locality"]


def _accounts(sectors: int, concentrations: int) -> list[Account]:
    return [
        Account(CONCENTRATIONS, "observed", "used", concentrations),
        Account(SECTORS, "observed", "used", concentrations),
        Account(SECTORS, "excluded", "sector_without_concentrations", sectors - concentrations),
        Account(LOCALITIES, "observed", "used", len(_localities())),
    ]
