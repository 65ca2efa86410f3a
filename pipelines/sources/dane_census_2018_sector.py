"""Census 2018 by sector: dwellings with electricity and internet, and multidimensional poverty, by locality.

Publisher: DANE, Censo Nacional de Población y Vivienda (CNPV) 2018 and its census-based multidimensional poverty
measure; compiled by census sector (641 of Bogotá) in a public repository. Locality: `pipelines.reading.census_sectors`.

Quirks and choices:
- `CON_…` are shares of all dwellings of the sector, empty ones included (only 93 % "have" electricity). Multiplied by
  the dwellings they give whole numbers, which are what is kept; the internet indicator divides by dwellings with
  electricity, the nearest count of occupied dwellings.
- `IPM_PROMEDIO` is a mean over the blocks of the sector, 0–1; sectors are weighted here by population. It is close
  to, not equal to, the published measure, hence `reestimated`.
- Six sectors hold no dwelling and no inhabitant: excluded (`no_dwellings`).
- Sumapaz: only its populated centres are here (381 inhabitants of about 3,200), so the locality has no figure; they
  count in the city.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY, territories
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.census_sectors import LOCALITIES, SECTORS, census_sectors
from pipelines.reading.contract import Contract, open_table

BOOK = "governance_digital/dane_cnpv2018_sector_censal_internet_ipm.xlsx"
FILES: tuple[str, ...] = (BOOK, SECTORS, LOCALITIES)
PERIOD = "2018"
SECTOR_ID = "SETU_CCNCT"
NOT_COVERED = "20"
DWELLINGS, PEOPLE = "STVIVIENDA", "STP27_PERS"
SHARES = {"CON_ELECTRICIDAD": "dwellings_with_electricity", "CON_INTERNET": "dwellings_with_internet"}
MEASURES = (*SHARES.values(), "dwellings", "population", "multidimensional_poverty")


POVERTY = "IPM_PROMEDIO"
SHAPES = {
    BOOK: Contract(
        (
            Column(SECTOR_ID),
            Column(DWELLINGS, "whole", lowest=0),
            Column(PEOPLE, "whole", lowest=0),
            *(Column(name, "decimal", lowest=0, highest=1, blank=True) for name in (*SHARES, POVERTY)),
        ),
        tolerance=0,
        unique=(SECTOR_ID,),
    )
}


def parse(capture: Capture) -> Parsed:
    """Counts of dwellings and the population-weighted poverty share, for the city and 19 localities."""
    table = open_table(capture.path(BOOK), SHAPES[BOOK], source="dane_census_2018_sector", name=BOOK)
    book = table.frame.astype({DWELLINGS: int, PEOPLE: int} | dict.fromkeys((*SHARES, POVERTY), float))
    inhabited = book[book[DWELLINGS] > 0].copy()
    inhabited["locality"] = inhabited[SECTOR_ID].map(census_sectors(capture)["locality_code"])
    if inhabited[["locality", *SHARES, POVERTY]].isna().any(axis=None):
        raise SourceError("an inhabited sector lacks its locality or its shares", where=BOOK)
    for column, measure in SHARES.items():
        inhabited[measure] = (inhabited[column] * inhabited[DWELLINGS]).round().astype(int)
    rows = _rows(CITY, inhabited)
    for code, sectors in inhabited[inhabited["locality"] != NOT_COVERED].groupby("locality"):
        rows += _rows(str(code), sectors)
    rows += [FigureRow(measure, NOT_COVERED, PERIOD, absence="not_published") for measure in MEASURES]
    _refuse_gaps(rows)
    empty = Account(BOOK, "excluded", "no_dwellings", len(book) - len(inhabited))
    return Parsed(rows, [*table.accounts(("used", len(inhabited))), empty], table.refused)


def _rows(code: str, sectors: pd.DataFrame) -> list[FigureRow]:
    poverty = float((sectors["IPM_PROMEDIO"] * sectors[PEOPLE]).sum() / sectors[PEOPLE].sum())
    counts = {"dwellings": DWELLINGS, "population": PEOPLE} | {measure: measure for measure in SHARES.values()}
    return [
        *(FigureRow(measure, code, PERIOD, value=int(sectors[column].sum())) for measure, column in counts.items()),
        FigureRow("multidimensional_poverty", code, PERIOD, value=poverty, sample=len(sectors), flag="reestimated"),
    ]


def _refuse_gaps(rows: list[FigureRow]) -> None:
    localities = {code for code, area in territories().items() if area.level != "upl"}
    lacking = localities - {row.territory_code for row in rows}
    if lacking:
        raise SourceError(f"no census sector falls in {sorted(lacking)}", where=SECTORS)
