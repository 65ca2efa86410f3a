"""Daily PM2.5 of Bogotá, 2018–2020, one number per day and nothing else: µg/m³.

Publisher: presumably Secretaría Distrital de Ambiente, RMCAB; the repository it was found in does not say, nor which
stations it averages, so no indicator reads it. 1,096 values, exactly the days of 2018, 2019 and 2020, dated by
position.

Quirks: one column, no dates, decimal comma, no newline at the end.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

DAYS = "raw/pm25_diario_bogota_2018_2020_decimal_coma.csv"
FILES: tuple[str, ...] = (DAYS,)
FIRST, LAST = "2018-01-01", "2020-12-31"
SHAPES = {DAYS: Contract((Column("PM2.5", "decimal", lowest=0, highest=500),), undeclared="refuse", tolerance=0)}


def parse(capture: Capture) -> Parsed:
    """Mean of the days of each month and year, with the number of days.

    Raises:
        SourceError: there are not as many values as days.
    """
    table = open_table(capture.path(DAYS), SHAPES[DAYS], source="rmcab_pm25_daily_2018_2020", name=DAYS)
    days = pd.date_range(FIRST, LAST, freq="D")
    if len(days) != len(table.frame):
        raise SourceError(
            f"{len(table.frame)} values for {len(days)} days", where=DAYS, fix="they are dated by position"
        )
    values = pd.Series(table.frame["PM2.5"].astype(float).to_numpy(), index=days)
    rows = [
        FigureRow(f"pm25_{name}_mean", CITY, str(code), value=float(part.mean()), sample=len(part), flag="secondary")
        for name, pattern in (("month", "%Y-%m"), ("year", "%Y"))
        for code, part in values.groupby(days.strftime(pattern))
    ]
    return Parsed(rows, table.accounts(), table.refused)
