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
from pipelines.reading.cells import Column, near
from pipelines.reading.census_sectors import LOCALITIES, SECTORS, census_sectors
from pipelines.reading.contract import Contract, Table, check_grid
from pipelines.reading.grid import grid_of, key_of

CONCENTRATIONS = "environment/contaminantes_aire_sector_censal_2010_2024.csv"
FILES = (CONCENTRATIONS, SECTORS, LOCALITIES)

MEASURES = {"PM2.5": "pm25_mean", "PM10": "pm10_mean", "OZONO": "o3_mean", "NO2": "no2_mean"}
FIRST_YEAR = 2010
GREATEST = 500
LEAST_SECTORS = 0.95
SECTOR = "SETU_CCNCT"
_POLLUTANTS = {key_of(name): name for name in MEASURES}
_COLUMN = re.compile(rf"({'|'.join(_POLLUTANTS)})(\d{{4}})")
SHAPES = {
    CONCENTRATIONS: Contract(
        (Column(SECTOR), *(Column(f"{name}_{FIRST_YEAR}", "decimal") for name in MEASURES)),
    )
}


def parse(capture: Capture) -> Parsed:
    """Population-weighted annual means in µg/m³ by locality and city; `sample` is the number of sectors.

    Raises:
        SourceError: a concentration is none, a sector stands twice or is unknown, or too many have none.
    """
    table = _concentrations(capture)
    sectors = census_sectors(capture)
    modelled = _modelled(table, sectors)
    years = range(FIRST_YEAR, max(int(str(column)[-4:]) for column in modelled.columns[2:]) + 1)
    rows = [row for pollutant in MEASURES for year in years for row in _year_rows(modelled, pollutant, year)]
    return Parsed(rows, [*_accounts(len(sectors), len(table.frame)), *table.set_aside()], table.refused)


def _contract(header: list[str]) -> Contract:
    """The sector and each concentration of the header, in µg/m³; other pollutants are not read."""
    wanted = [name for name in header if _COLUMN.fullmatch(key_of(name))]
    values = (Column(name, "decimal", lowest=0, highest=GREATEST) for name in wanted)
    return Contract((Column(SECTOR), *values), tolerance=0, unique=(SECTOR,))


def _concentrations(capture: Capture) -> Table:
    """Wide table in µg/m³ indexed by the file's rows: the sector, and a column for each pollutant and year."""
    grid = grid_of(capture.path(CONCENTRATIONS), [(SECTOR,)])
    contract = _contract(grid.header)
    if len(contract.columns) == 1:
        fix = f"the header holds {grid.header[:12]}"
        raise SourceError("no column as PM2.5_2024", where=f"{CONCENTRATIONS}, row {grid.header_row}", fix=fix)
    return check_grid(grid, contract, source="air_modelled_sector_2010_2024", name=CONCENTRATIONS)


def _modelled(table: Table, sectors: pd.DataFrame) -> pd.DataFrame:
    """Persons, locality and concentrations (`PM2.5_2024`) of each sector.

    Raises:
        SourceError: a sector is not in the census layer, or too many of the layer have no concentrations.
    """
    unknown = table.frame[~table.frame[SECTOR].isin(sectors.index)]
    if len(unknown):
        where = f"{CONCENTRATIONS}, row {unknown.index[0]}, column {SECTOR}"
        fix = near(str(unknown[SECTOR].iloc[0]), map(str, sectors.index)) if len(unknown) == 1 else "of another census?"
        raise SourceError(f"{len(unknown)} sectors are not in the census layer", where=where, fix=fix)
    if len(table.frame) < LEAST_SECTORS * len(sectors):
        what = f"{len(table.frame)} of {len(sectors)} sectors have concentrations"
        raise SourceError(what, where=CONCENTRATIONS, fix="was the file cut short? Capture it again")
    values = table.frame.set_index(SECTOR).astype(float)
    found = {column: _COLUMN.fullmatch(key_of(str(column))) for column in values}
    names = {column: f"{_POLLUTANTS[match[1]]}_{match[2]}" for column, match in found.items() if match}
    return sectors.join(values.rename(columns=names), how="inner")


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
