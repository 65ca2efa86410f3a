"""Notified cases of family violence by locality and year, 2015–2024.

Publisher: Secretaría Distrital de Salud, epidemiological surveillance of family, gender and sexual violence;
aggregated by locality in a public repository. A notified case is one that health services, schools or other
institutions reported: more cases may mean more violence or more reporting.

Quirk: one locality of the twenty lost its name before the file was published (ten rows, one per year, 332 to 715
cases). By elimination it is Los Mártires, but the file does not say so: the rows keep an empty territory (quarantined
when an edition is built), Los Mártires shows `quarantined`, and the city's total counts them, since they are
Bogotá's.
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY, locality_code
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table

CASES = "quality_of_life/sds_violencia_intrafamiliar_localidad_2015_2024.csv"
FILES: tuple[str, ...] = (CASES,)
MEASURE = "family_violence_cases"
LOST = "14"
YEARS = [str(year) for year in range(2015, 2025)]


def parse(capture: Capture) -> Parsed:
    """Cases by locality and year, the city's total, and the rows that lost their name."""
    table = read_table(capture.path(CASES), ["nombre_localidad", "anio", "casos_violencia"])
    table["cases"] = table["casos_violencia"].astype(int)
    table["code"] = table["nombre_localidad"].map(lambda name: locality_code(name) if name else "")
    if LOST in set(table["code"]):
        raise SourceError("Los Mártires has a name again", where=CASES, fix="remove the rule for lost names")
    totals = table.groupby("anio")["cases"].sum()
    rows = [FigureRow(MEASURE, CITY, year, value=int(totals[year])) for year in YEARS]
    rows += [FigureRow(MEASURE, LOST, year, absence="quarantined") for year in YEARS]
    rows += [
        FigureRow(MEASURE, code, year, value=int(cases))
        for code, year, cases in zip(table["code"], table["anio"], table["cases"], strict=True)
    ]
    lost = int((table["code"] == "").sum())
    used = Account(CASES, "observed", "used", len(table) - lost)
    return Parsed(rows, [used, Account(CASES, "quarantined", "locality_lost", lost)])
