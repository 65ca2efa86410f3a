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

from observatory.territory import CITY
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

SCHOOLS = "quality_of_life/saber11_colegios_2024.geojson"
FILES: tuple[str, ...] = (SCHOOLS,)
PERIOD = "2024"
TESTED, SCORE, LOCALITY = "EVALUADOS", "P_Puntaje_", "COD_LOCA"
KINDS = {"2": "official", "1": "private"}
SHAPES = {
    SCHOOLS: Contract(
        (
            Column(LOCALITY, "locality"),
            Column("SECTOR", "category", KINDS),
            Column(TESTED, "whole", lowest=1),
            Column(SCORE, "decimal", lowest=0, highest=500),
        )
    )
}


def parse(capture: Capture) -> Parsed:
    """Mean score and number tested, for the city, the 20 localities and, for the city, by kind of school."""
    table = open_table(capture.path(SCHOOLS), SHAPES[SCHOOLS], source="saber11_2024", name=SCHOOLS)
    schools = table.frame.astype({TESTED: int, SCORE: float})
    rows = _rows(schools, CITY)
    for name in KINDS.values():
        rows += _rows(schools[schools["SECTOR"] == name], CITY, f"school_kind:{name}")
    for code, group in schools.groupby(LOCALITY):
        rows += _rows(group, str(code))
    return Parsed(rows, table.accounts(), table.refused)


def _rows(schools: pd.DataFrame, code: str, disaggregation: str = "total") -> list[FigureRow]:
    tested = int(schools[TESTED].sum())
    mean = float((schools[SCORE] * schools[TESTED]).sum() / tested)
    return [
        FigureRow("global_score", code, PERIOD, disaggregation, value=mean, sample=tested),
        FigureRow("students_tested", code, PERIOD, disaggregation, value=tested),
    ]
