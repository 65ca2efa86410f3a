"""Notified cases of problematic drug use by locality and year, 2015–2024.

Publisher: Secretaría Distrital de Salud, surveillance of psychoactive substance use (VESPA); aggregated by locality
in a public repository. It counts people whom institutions reported, not people who use drugs; practice changed over
time (Bosa 3,059 in 2015 and 264 in 2017).

Quirk: Los Mártires is not in the file, in any year, so the city has no total here: both are `not_published`. Sumapaz
has no row from 2016 to 2020; whether that is none or unknown cannot be told, so those years are `not_published` too.
"""

from __future__ import annotations

from observatory.territory import CITY, locality_code, territories
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table

CASES = "quality_of_life/sds_consumo_psicoactivas_localidad_2015_2024.csv"
FILES: tuple[str, ...] = (CASES,)
MEASURE = "drug_use_cases"
YEARS = [str(year) for year in range(2015, 2025)]


def parse(capture: Capture) -> Parsed:
    """Cases by locality and year; what the file does not hold is said."""
    table = read_table(capture.path(CASES), ["nombre_localidad", "anio", "casos_consumo"])
    cases = {
        (locality_code(name), year): int(count)
        for name, year, count in zip(table["nombre_localidad"], table["anio"], table["casos_consumo"], strict=True)
    }
    codes = [CITY, *(code for code, area in territories().items() if area.level == "locality")]
    rows = [_row(cases, code, year) for code in codes for year in YEARS]
    return Parsed(rows, [Account(CASES, "observed", "used", len(table))])


def _row(cases: dict[tuple[str, str], int], code: str, year: str) -> FigureRow:
    if (code, year) in cases:
        return FigureRow(MEASURE, code, year, value=cases[code, year])
    return FigureRow(MEASURE, code, year, absence="not_published")
