"""Mean global score of the Saber 11 school-leaving test by locality of the school, 2024.

Publisher: Secretaría de Educación del Distrito with ICFES results, layer `PruebasSaber11_2024`: one row per school
(1,054), with the number tested and the school's mean. The locality is where the school stands, not where its students
live.

Column names were cut to ten letters when the layer was exported. `EVALUADOS` is the number tested and `P_Puntaje_`
the mean global score, 0–500: recomputed as 5 × (3 × (reading + mathematics + social + science) + English) / 13 from
the five rounded means, it agrees within 2.3 points in every school and 0.02 on average. Means of localities weigh
schools by those tested.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table

SCHOOLS = "quality_of_life/saber11_colegios_2024.geojson"
FILES: tuple[str, ...] = (SCHOOLS,)
UNDATED = "2024"
TESTED, SCORE, LOCALITY, DAY = "EVALUADOS", "P_Puntaje_", "COD_LOCA", "FECHA"
KINDS = {"2": "official", "1": "private"}
SHAPES = {
    SCHOOLS: Contract(
        (
            Column(LOCALITY, "locality"),
            Column("SECTOR", "category", KINDS),
            Column(TESTED, "whole", lowest=1),
            Column(SCORE, "decimal", lowest=0, highest=500),
            Column(DAY, "date", optional=True),
        ),
        repeats=0,
    )
}


def parse(capture: Capture) -> Parsed:
    """Mean score and number tested, for the city, the 20 localities and, for the city, by kind of school.

    Raises:
        SourceError: schools of two years in one file.
    """
    table = open_table(capture.path(SCHOOLS), SHAPES[SCHOOLS], source="saber11_2024", name=SCHOOLS)
    schools = table.frame.astype({TESTED: int, SCORE: float})
    year = _year(table)
    rows = _rows(schools, CITY, year)
    for name in KINDS.values():
        rows += _rows(schools[schools["SECTOR"] == name], CITY, year, f"school_kind:{name}")
    for code, group in schools.groupby(LOCALITY):
        rows += _rows(group, str(code), year)
    return Parsed(rows, table.accounts(), table.refused)


def _year(table: Table) -> str:
    """The year of the layer's day; 2024 where it has none."""
    if DAY not in table.frame:
        return UNDATED
    years = sorted({f"{day:%Y}" for day in table.frame[DAY]})
    if len(years) != 1:
        raise SourceError(f"schools of {', '.join(years)}", where=f"{table.file}, column {DAY}", fix="one year a file")
    return years[0]


def _rows(schools: pd.DataFrame, code: str, period: str, disaggregation: str = "total") -> list[FigureRow]:
    tested = int(schools[TESTED].sum())
    mean = float((schools[SCORE] * schools[TESTED]).sum() / tested)
    return [
        FigureRow("global_score", code, period, disaggregation, value=mean, sample=tested),
        FigureRow("students_tested", code, period, disaggregation, value=tested),
    ]
