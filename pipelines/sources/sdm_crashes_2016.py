"""Road crashes of 2016 by month and locality.

Publisher: Secretaría Distrital de Movilidad (SDM), "2016 Accidentes de tránsito Bogotá" (datos.gov.co, 79fi-zm8c).
What: a pivot of that dataset, months down and 19 localities across (12 x 19 counts, 34,931 crashes of any severity).
Since when: January to December 2016.

Quirks: tab-separated, byte-order mark, month as "01 2016", localities in capitals. There is no column for Sumapaz and
the file does not say whether none happened there or none were counted: its row says not published. The city is the sum
of the 19 columns; the daily table of the same publication has the same total.
"""

from __future__ import annotations

import re

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY, locality_code
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table

PIVOT = "mobility/accidentes_localidad_mes_2016.tsv"
FILES: tuple[str, ...] = (PIVOT,)
YEAR = "2016"
NOT_COVERED = "20"
_MONTH = re.compile(r"(0[1-9]|1[0-2]) 2016")


def parse(capture: Capture) -> Parsed:
    """Crashes of 2016 by locality and city, and by month in the city.

    Raises:
        SourceError: a month is unreadable, repeated or missing.
        TerritoryError: an unknown locality.
    """
    table = read_table(capture.path(PIVOT)).set_index("MES").astype(int)
    months = [_month(text) for text in table.index]
    if sorted(months) != [f"{YEAR}-{number:02d}" for number in range(1, 13)]:
        raise SourceError(f"months {months} are not the twelve of {YEAR}", where=PIVOT)
    rows = _year_rows(table) + [
        FigureRow("crashes_by_month", CITY, month, value=int(total))
        for month, total in zip(months, table.sum(axis="columns"), strict=True)
    ]
    return Parsed(rows, [Account(PIVOT, "observed", "used", len(table))])


def _month(text: str) -> str:
    match = _MONTH.fullmatch(text)
    if match is None:
        raise SourceError(f"{text!r} is no month of {YEAR}", where=PIVOT, fix="expected as in '01 2016'")
    return f"{YEAR}-{match.group(1)}"


def _year_rows(table: pd.DataFrame) -> list[FigureRow]:
    totals = {locality_code(str(name)): int(total) for name, total in table.sum().items()}
    if NOT_COVERED in totals:
        raise SourceError("Sumapaz is covered now", where=PIVOT, fix="drop its absence from this module")
    rows = [FigureRow("crashes", code, YEAR, value=total) for code, total in totals.items()]
    city = FigureRow("crashes", CITY, YEAR, value=sum(totals.values()))
    return [*rows, city, FigureRow("crashes", NOT_COVERED, YEAR, absence="not_published")]
