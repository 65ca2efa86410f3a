"""Homicides in Bogotá by year: the National Police's yearly books 2003–2023, and two later totals seen in the press.

Publisher: Policía Nacional de Colombia, SIEDCO, "Homicidio intencional"; one book per year (2003–2010 in one),
stacked as text with each row's book and row number. A row is one fact or several alike; `CANTIDAD` is summed.

Quirks: Bogotá is spelt `Bogotá D.C. (CT)` and `BOGOTÁ D.C. (CT)`, always in the department CUNDINAMARCA; `AÑO` is
filled only to 2010, so the year is that of `FECHA`. Each book is that year's cut: later cuts differ by a few cases
(2020: 1,038 in the book, 1,030 in a later report).

`LATER` is no file. 2024: 1,204, Siedco as reported by Bogotá Cómo Vamos (August 2025); a later Siedco cut gives
1,214. 2025: 1,173, as read out in the Council of Bogotá on 29 January 2026. Both agree with the published rates (15.2
and 14.8 per 100,000) and are flagged `secondary provisional` until the police's books are loaded.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed

BOOKS = "performance/ponal_homicidios_colombia_2003_2023_texto.parquet"
FILES: tuple[str, ...] = (BOOKS,)
MEASURE = "homicides"
BOGOTA = "BOGOTÁ D.C. (CT)"
YEARS = [str(year) for year in range(2003, 2024)]
LATER = {"2024": 1204, "2025": 1173}


def parse(capture: Capture) -> Parsed:
    """Victims by year of the fact; every row of the books is accounted for."""
    books = pd.read_parquet(capture.path(BOOKS), columns=["MUNICIPIO", "FECHA", "CANTIDAD"])
    bogota = books[books["MUNICIPIO"].str.upper() == BOGOTA]
    victims = bogota["CANTIDAD"].astype(int).groupby(bogota["FECHA"].str[:4]).sum()
    if sorted(victims.index) != YEARS:
        raise SourceError(f"Bogotá has homicides in {sorted(victims.index)}", where=BOOKS, fix=f"expected {YEARS}")
    rows = [FigureRow(MEASURE, CITY, year, value=int(victims[year])) for year in YEARS]
    rows += [FigureRow(MEASURE, CITY, year, value=count, flag="provisional secondary") for year, count in LATER.items()]
    used = Account(BOOKS, "observed", "used", len(bogota))
    return Parsed(rows, [used, Account(BOOKS, "excluded", "outside_bogota", len(books) - len(bogota))])
