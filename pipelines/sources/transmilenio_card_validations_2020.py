"""Trips paid with three kinds of card at trunk stations, 1–18 March 2020.

Publisher: TransMilenio S.A. (Recaudo Bogotá), counted by day, station and card in a public repository from 56 million
records: 8,344 rows, 155 stations, 5,196,553 trips. Only older adults, persons with disability and subsidised riders are
in it, so it is never total ridership.

Quirks: dates DD/MM/YYYY; codes inside the text, as "(02000) Cabecera Autopista Norte". Figures are kept by day.
"""

from __future__ import annotations

from pipelines.counting import city_rows
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

TRIPS = "mobility/transmilenio_validaciones_perfiles_2020-03.csv"
FILES: tuple[str, ...] = (TRIPS,)
PROFILES = {
    "(002) Adulto Mayor": "older_adults",
    "(005) Discapacidad": "disability",
    "(006) Apoyo Ciudadano": "subsidised",
}
SHAPES = {
    TRIPS: Contract(
        (
            Column("CLEARING_TEXTO", "date"),
            Column("FCS_ESTACION_RUTABUS"),
            Column("TISC_PERFIL", "category", PROFILES),
            Column("Count", "whole", lowest=0),
        ),
        undeclared="refuse",
        unique=("CLEARING_TEXTO", "FCS_ESTACION_RUTABUS", "TISC_PERFIL"),
    )
}


def parse(capture: Capture) -> Parsed:
    """Trips by day and kind of card in the city."""
    table = open_table(capture.path(TRIPS), SHAPES[TRIPS], source="transmilenio_card_validations_2020", name=TRIPS)
    rows: list[FigureRow] = []
    for day, of_day in table.frame.groupby(table.frame["CLEARING_TEXTO"].map(lambda stamp: f"{stamp:%Y-%m-%d}")):
        trips = {str(profile): int(sum_) for profile, sum_ in of_day.groupby("TISC_PERFIL")["Count"].sum().items()}
        rows += city_rows("card_trips", trips, str(day), "card_profile")
    return Parsed(rows, table.accounts(), table.refused)
