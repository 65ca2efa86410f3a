"""Road crashes of 2016 by day, of any severity, in the whole city.

Publisher: Secretaría Distrital de Movilidad (SDM), "2016 Accidentes de tránsito Bogotá" (datos.gov.co, 79fi-zm8c),
counted by day in a public repository: 366 days, 34,931 crashes, the total of the table by locality and month.

Quirks: dates DD-MM-YYYY, CRLF. Every day of the year must be there, once. Figures are kept by month.
"""

from __future__ import annotations

import datetime as dt

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

DAYS = "mobility/accidentes_diarios_2016.csv"
FILES: tuple[str, ...] = (DAYS,)
SHAPES = {
    DAYS: Contract(
        (Column("Fecha", "date"), Column("Total", "whole", lowest=0)), undeclared="refuse", unique=("Fecha",)
    )
}


def parse(capture: Capture) -> Parsed:
    """Crashes by month in the city.

    Raises:
        SourceError: a day of a year is missing.
    """
    table = open_table(capture.path(DAYS), SHAPES[DAYS], source="sdm_crashes_daily_2016", name=DAYS)
    days = table.frame["Fecha"]
    for year in sorted({day.year for day in days}):
        expected = (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
        found = sum(day.year == year for day in days)
        if found != expected:
            raise SourceError(f"{found} days of {year}, {expected} expected", where=DAYS)
    months = table.frame.groupby(days.map(lambda day: f"{day:%Y-%m}"))["Total"].sum()
    rows = [FigureRow("crashes_by_month", CITY, str(month), value=int(total)) for month, total in months.items()]
    return Parsed(rows, table.accounts(), table.refused)
