"""Notified cases of problematic drug use by locality and year, 2015–2024.

Publisher: Secretaría Distrital de Salud, surveillance of psychoactive substance use (VESPA); aggregated by locality
in a public repository. It counts people whom institutions reported, not people who use drugs; practice changed over
time (Bosa 3,059 in 2015 and 264 in 2017).

Quirk: Los Mártires is not in the file, in any year, so the city has no total here: both are `not_published`. Sumapaz
has no row from 2016 to 2020; whether that is none or unknown cannot be told, so those years are `not_published` too. A
year that names all twenty localities has a city total.
"""

from __future__ import annotations

from observatory.territory import CITY
from pipelines.counting import LOCALITIES
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

CASES = "quality_of_life/sds_consumo_psicoactivas_localidad_2015_2024.csv"
FILES: tuple[str, ...] = (CASES,)
MEASURE = "drug_use_cases"
YEARS = [str(year) for year in range(2015, 2025)]


SHAPES = {
    CASES: Contract(
        (
            Column("nombre_localidad", "locality"),
            Column("anio", "year"),
            Column("casos_consumo", "whole", lowest=0),
        ),
        undeclared="refuse",
        tolerance=0,
        unique=("nombre_localidad", "anio"),
        total="casos_consumo",
    )
}


def parse(capture: Capture) -> Parsed:
    """Cases by locality and year; what the file does not hold is said."""
    table = open_table(capture.path(CASES), SHAPES[CASES], source="sds_drug_use", name=CASES)
    cases = {(code, year): count for code, year, count in table.frame.itertuples(index=False, name=None)}
    years = sorted({*YEARS, *(year for _, year in cases)})
    for year in years:
        counts = [cases[code, year] for code in LOCALITIES if (code, year) in cases]
        if len(counts) == len(LOCALITIES):
            cases[CITY, year] = sum(counts)
    rows = [_row(cases, code, year) for code in (CITY, *LOCALITIES) for year in years]
    return Parsed(rows, table.accounts(), table.refused)


def _row(cases: dict[tuple[str, str], int], code: str, year: str) -> FigureRow:
    if (code, year) in cases:
        return FigureRow(MEASURE, code, year, value=cases[code, year])
    return FigureRow(MEASURE, code, year, absence="not_published")
