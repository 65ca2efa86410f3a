"""Trunk stations of TransMilenio by locality: a table of 2020 and a later layer.

Publisher: TransMilenio S.A. What: 149 stations of 2020 with their bicycle parking, and 140 points of a later layer that
carries no date (its period is written 2025 and flagged `estimated`, for it goes with open data of that year). Neither
names a locality: it is the one whose outline holds the point. Stations outside every locality (San Mateo and others in
Soacha) belong to no locality of Bogotá and are excluded.

Quirks: byte-order mark; one station number stands twice in 2020 and one name twice in the layer, each at its own place,
so both count; names differ between the two ("AV. Cali"), so stations are not followed from one to the other.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from pipelines.counting import count_rows
from pipelines.figures import Account, Capture, FigureRow, Parsed, Refused
from pipelines.places import places_of
from pipelines.reading.cells import Column, latitude, longitude
from pipelines.reading.contract import Contract, Table, open_table

TABLE = "mobility/estaciones_transmilenio_2020.csv"
LAYER = "mobility/estaciones_transmilenio.geojson"
FILES: tuple[str, ...] = (TABLE, LAYER)
MOST_BICYCLES = 5000
SHAPES = {
    TABLE: Contract(
        (
            Column("nombre_estacion"),
            longitude("longitud_estacion"),
            latitude("latitud_estacion"),
            Column("capacidad_biciestacion_estacion", "whole", lowest=0, highest=MOST_BICYCLES),
        ),
        repeats=0,
    ),
    LAYER: Contract(
        (
            Column("nombre_estacion"),
            longitude("coord_x"),
            latitude("coord_y"),
        ),
        undeclared="report",
        others=("troncal_estacion",),
        repeats=0,
    ),
}
POINTS = {TABLE: ("longitud_estacion", "latitud_estacion"), LAYER: ("coord_x", "coord_y")}


def parse(capture: Capture) -> Parsed:
    """Stations by locality and city, and in 2020 places to park a bicycle.

    Raises:
        SourceError: neither file is there.
    """
    rows: list[FigureRow] = []
    accounts: list[Account] = []
    refused: list[Refused] = []
    for file, period, flag in ((TABLE, "2020", ""), (LAYER, "2025", "estimated")):
        if not capture.has(file):
            continue
        table = open_table(capture.path(file), SHAPES[file], source="transmilenio_stations", name=file)
        located = _located(capture, table, file)
        inside = located[located["code"] != ""]
        rows += count_rows("trunk_stations", inside["code"], period, flag=flag)
        if file == TABLE:
            places = inside.loc[inside.index.repeat(inside["capacidad_biciestacion_estacion"].astype(int)), "code"]
            rows += count_rows("bicycle_places", places, period)
        accounts += table.accounts(("used", len(inside)))
        if len(inside) < len(located):
            accounts.append(Account(file, "excluded", "outside_bogota", len(located) - len(inside)))
        refused += table.refused
    if not rows:
        raise SourceError("no file of stations", where=str(capture.folder), fix=f"expected {FILES}")
    return Parsed(rows, accounts, refused)


def _located(capture: Capture, table: Table, file: str) -> pd.DataFrame:
    """The stations with `code`, the locality whose outline holds them."""
    x, y = POINTS[file]
    return table.frame.assign(code=places_of(capture, "locality").locate(table.frame[x], table.frame[y]))
