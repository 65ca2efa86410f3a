"""Victims of road crashes of 2018 by age band and kind of crash, in the whole city.

Publisher: Secretaría Distrital de Movilidad (SDM), 2018; three tables of ten age bands by six kinds of crash, one per
outcome: died, taken to hospital, assessed on the spot. From a public repository that does not say how deaths were
counted (on the spot or within 30 days), so these figures stand apart from the yearbook's.

Quirks: bands written "<= 4 años", "5-15 años", ">= 81 años".
"""

from __future__ import annotations

from observatory.errors import SourceError
from pipelines.counting import city_rows
from pipelines.figures import Account, Capture, FigureRow, Parsed, Refused
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

OUTCOMES = {
    "mobility/victimas_transito_2018_edad_muertas.csv": "deaths",
    "mobility/victimas_transito_2018_edad_hospitalizadas.csv": "hospitalised",
    "mobility/victimas_transito_2018_edad_valoradas.csv": "assessed",
}
FILES: tuple[str, ...] = tuple(OUTCOMES)
YEAR = "2018"
BANDS = {
    "<= 4 años": "under_5",
    "5-15 años": "5_15",
    "16-23 años": "16_23",
    "24-30 años": "24_30",
    "31-40 años": "31_40",
    "41-50 años": "41_50",
    "51-60 años": "51_60",
    "61-70 años": "61_70",
    "71-80 años": "71_80",
    ">= 81 años": "over_80",
}
KINDS = ("Choque", "Atropello", "Caida de ocupante", "Volcamiento", "Incendio", "Otro")
TABLE = Contract(
    (Column("rango", "category", BANDS), *(Column(kind, "whole", lowest=0) for kind in KINDS)),
    undeclared="refuse",
    tolerance=0,
    unique=("rango",),
)
SHAPES = dict.fromkeys(FILES, TABLE)


def parse(capture: Capture) -> Parsed:
    """Victims by outcome and age band in the city.

    Raises:
        SourceError: a band of ages is not there.
    """
    rows: list[FigureRow] = []
    accounts: list[Account] = []
    refused: list[Refused] = []
    for file, outcome in OUTCOMES.items():
        table = open_table(capture.path(file), TABLE, source="sdm_victims_age_2018", name=file)
        sums = table.frame[list(KINDS)].sum(axis="columns")
        by_band = {str(band): int(total) for band, total in zip(table.frame["rango"], sums, strict=True)}
        lacking = [name for name, band in BANDS.items() if band not in by_band]
        if lacking:
            raise SourceError(f"no row for {', '.join(lacking)}", where=file, fix="all the bands make the city")
        rows += city_rows(outcome, by_band, YEAR, "age_band")
        accounts += table.accounts()
        refused += table.refused
    return Parsed(rows, accounts, refused)
