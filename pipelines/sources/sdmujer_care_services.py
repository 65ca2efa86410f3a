"""Services of the care blocks (manzanas del cuidado) by locality.

Publisher: Secretaría Distrital de la Mujer (SDMujer), layer of services: 245 rows, each a service at an address of one
of 26 blocks, with a point in EPSG:3857. Telephones were removed before. The layer has no date: the period is written
2025 and flagged `estimated`.

The locality is the one whose outline holds the point: five services name "Santa Fe y La Candelaria", one block for two
localities, and the others name one. Where a service names another locality than its point's, the accounts tell.

Quirks: "Los Martíres" with its accent on the wrong letter, en dashes in the hours, a third coordinate.
"""

from __future__ import annotations

from observatory.territory import folded
from pipelines.counting import count_rows
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.places import place_accounts, places_of
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract
from pipelines.reading.layers import read_layer
from pipelines.reading.places import code_named, refuse_unknown

SERVICES = "quality_of_life/manzanas_cuidado_servicios.geojson"
FILES: tuple[str, ...] = (SERVICES,)
PERIOD = "2025"
FOR_WHOM = {
    "Para quienes requieren Cuidado": "cared_for",
    "Para las Cuidadoras": "carers",
    "Para familias de las cuidadoras y Comunidad": "families",
}
SHARED = folded("Santa Fe y La Candelaria")
SHAPES = {SERVICES: Contract(tuple(map(Column, ("LOCALIDAD", "TIPO_SERVI", "MANZANA"))))}


def parse(capture: Capture) -> Parsed:
    """Services by locality and city, in all and by whom they are for.

    Raises:
        SourceError: a service is for somebody unknown, or in an unknown locality.
    """
    layer = read_layer(capture.path(SERVICES), ["LOCALIDAD", "TIPO_SERVI"], may_lack=True)
    refuse_unknown(layer["TIPO_SERVI"], SERVICES, FOR_WHOM, "TIPO_SERVI")
    located = places_of(capture, "locality").locate(layer.geometry.x, layer.geometry.y)
    named = [
        code if folded(str(name)) == SHARED else code_named(name, f"{SERVICES}, feature {feature}, column LOCALIDAD")
        for feature, (name, code) in enumerate(zip(layer["LOCALIDAD"], located, strict=True), start=1)
    ]
    codes = [code or name for code, name in zip(located, named, strict=True)]
    rows: list[FigureRow] = count_rows("care_services", codes, PERIOD, flag="estimated")
    for spanish, name in FOR_WHOM.items():
        chosen = [code for code, kind in zip(codes, layer["TIPO_SERVI"], strict=True) if kind == spanish]
        rows += count_rows("care_services", chosen, PERIOD, f"care_for:{name}", flag="estimated")
    return Parsed(rows, place_accounts(SERVICES, named, list(located)))
