"""Notified cases of family violence by locality and year, 2015–2024.

Publisher: Secretaría Distrital de Salud, epidemiological surveillance of family, gender and sexual violence;
aggregated by locality in a public repository. A notified case is one that health services, schools or other
institutions reported: more cases may mean more violence or more reporting.

Quirk: one locality of the twenty lost its name before the file was published (ten rows, one per year, 332 to 715
cases). By elimination it is Los Mártires, but the file does not say so: the rows keep an empty territory (quarantined
when an edition is built), Los Mártires shows `quarantined`, and the city's total counts them, since they are
Bogotá's. A year in which Los Mártires has its name needs none of this.
"""

from __future__ import annotations

from observatory.territory import CITY
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

CASES = "quality_of_life/sds_violencia_intrafamiliar_localidad_2015_2024.csv"
FILES: tuple[str, ...] = (CASES,)
MEASURE = "family_violence_cases"
LOST = "14"
SHAPES = {
    CASES: Contract(
        (
            Column("nombre_localidad", "locality", blank=True),
            Column("anio", "year"),
            Column("casos_violencia", "whole", lowest=0),
        ),
        undeclared="refuse",
        tolerance=0,
        unique=("nombre_localidad", "anio"),
        total="casos_violencia",
    )
}


def parse(capture: Capture) -> Parsed:
    """Cases by locality and year, the city's total where all twenty are told, and the rows that lost their name."""
    table = open_table(capture.path(CASES), SHAPES[CASES], source="sds_family_violence", name=CASES)
    frame = table.frame.set_axis(["code", "year", "cases"], axis="columns")
    nameless = frame[frame["code"] == ""]
    table = table.without(
        nameless.index, "nombre_localidad", "locality_lost", "a locality of Bogotá, if the publisher says"
    )
    named = set(zip(frame["code"], frame["year"], strict=True))
    totals = frame.groupby("year")["cases"].sum()
    places = frame["year"].value_counts()
    rows = [
        FigureRow(MEASURE, CITY, str(year), value=int(count))
        if places[str(year)] >= len(LOCALITIES)
        else FigureRow(MEASURE, CITY, str(year), absence="not_published")
        for year, count in totals.items()
    ]
    rows += [
        FigureRow(MEASURE, LOST, year, absence="quarantined")
        for year in nameless["year"].unique()
        if (LOST, year) not in named
    ]
    rows += [
        FigureRow(MEASURE, code, year, value=cases) for code, year, cases in frame.itertuples(index=False, name=None)
    ]
    used = Account(CASES, "observed", "used", len(table.frame))
    return Parsed(rows, [used, *table.set_aside()], table.refused)
