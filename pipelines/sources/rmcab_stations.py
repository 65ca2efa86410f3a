"""The air-quality stations of Bogotá by locality.

Publisher: Secretaría Distrital de Ambiente (SDA), RMCAB, layer of stations: 19, all active. `sect_loc` is the
locality's code and empty for seven; the locality here is the one whose outline holds the station. Where both are there
they are compared: MinAmbiente is coded to Santa Fe.

Quirks: blanks before and after names and codes. The layer has no date; a reader of August 2026 found 19 stations, and
the period is written 2026 and flagged `estimated`.
"""

from __future__ import annotations

from pipelines.counting import count_rows
from pipelines.figures import Capture, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column, latitude, longitude
from pipelines.reading.contract import Contract, open_table

STATIONS = "environment/rmcab_estaciones.csv"
FILES: tuple[str, ...] = (STATIONS,)
PERIOD = "2026"
SHAPES = {
    STATIONS: Contract(
        (
            Column("estacion"),
            Column("cod_estac"),
            Column("sect_loc", "locality", blank=True),
            longitude("longitud"),
            latitude("latitud"),
        ),
        tolerance=0,
        unique=("cod_estac",),
    )
}


def parse(capture: Capture) -> Parsed:
    """Stations by locality and city."""
    table = open_table(capture.path(STATIONS), SHAPES[STATIONS], source="rmcab_stations", name=STATIONS)
    frame = table.frame
    located = places_of(capture, "locality").locate(frame["longitud"], frame["latitud"])
    named = frame["sect_loc"].where(frame["sect_loc"] != "", located)
    inside = [code for code in located if code]
    rows = count_rows("air_stations", inside, PERIOD, flag="estimated")
    accounts = place_accounts(STATIONS, list(named), list(located))
    return Parsed(rows, accounts + table.set_aside(), table.refused)
