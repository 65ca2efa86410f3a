"""Main parks and sports venues by locality, 2023.

Publisher: Instituto Distrital de Recreación y Deporte (IDRD), datosabiertos.bogota.gov.co/dataset/depor2023: 210 places
with locality, kind and point. It lists main parks and venues, a small part of the thousands of parks of the District,
so it tells nothing of how well a locality is provided; no indicator reads it.

Quirks: names in capitals, "CANDELARIA". The coordinates come from a search by name: some lie in Mexico, Barranquilla or
Antioquia. The named locality counts, and the accounts tell how many points lie elsewhere. No Sumapaz: not published.
"""

from __future__ import annotations

from pipelines.counting import RURAL, count_rows
from pipelines.figures import Capture, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

PARKS = "quality_of_life/idrd_parques_escenarios_2023.csv"
FILES: tuple[str, ...] = (PARKS,)
PERIOD = "2023"
KINDS = {
    "ZONAL": "zonal",
    "VECINAL": "neighbourhood",
    "METROPOLITANO": "metropolitan",
    "ESCENARIO DEPORTIVO": "sports_venue",
    "REGIONAL": "regional",
    "BOLSILLO": "pocket",
}
SHAPES = {
    PARKS: Contract(
        (
            Column("No."),
            Column("LOCALIDAD", "locality"),
            Column("TIPO DE PARQUE", "category", KINDS),
            Column("LATITUD", "decimal", blank=True),
            Column("LONGITUD", "decimal", blank=True),
        ),
        undeclared="report",
        others=("NOMBRE DEL PARQUE O ESCENARIO", "DIRECCIÓN"),
        unique=("No.",),
    )
}


def parse(capture: Capture) -> Parsed:
    """Parks and venues by locality and city, in all and by kind."""
    table = open_table(capture.path(PARKS), SHAPES[PARKS], source="idrd_parks_2023", name=PARKS)
    codes, kinds = table.frame["LOCALIDAD"], table.frame["TIPO DE PARQUE"]
    rows = count_rows("main_parks", codes, PERIOD, silent=RURAL)
    for kind in KINDS.values():
        rows += count_rows("main_parks", codes[kinds == kind], PERIOD, f"park_kind:{kind}", silent=RURAL)
    located = places_of(capture, "locality").locate(table.frame["LONGITUD"], table.frame["LATITUD"])
    accounts = place_accounts(PARKS, list(codes), list(located))
    return Parsed(rows, accounts + table.set_aside(), table.refused)
