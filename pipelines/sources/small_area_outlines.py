"""UPZ, neighbourhoods and travel-survey zones (UTAM): which locality each lies in.

Publishers: Secretaría Distrital de Planeación (112 UPZ and 4 rural UPR, heavily simplified: together 1,496 km² where
the District has 1,633, so they do not tile it), Catastro or SDP (1,193 points of neighbourhoods), Secretaría Distrital
de Movilidad (141 UTAM of the survey of 2019, of which 117 in Bogotá). No figure is published by these areas here; they
are read so that figures can be, and counted by locality.

Quirks: the code column of the UPZ is called `uplcodigo`; 72 neighbourhood codes stand twice, each with its own point; a
UPZ belongs to the locality that holds the largest part of it.
"""

from __future__ import annotations

import geopandas as gpd

from observatory.errors import SourceError
from pipelines.counting import count_rows
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import Places, area_weights, places_of
from pipelines.reading.layers import read_layer

UPZ = "boundaries/upz_116_simplificado.geojson"
NEIGHBOURHOODS = "boundaries/barrios_puntos.geojson"
ZONES = "boundaries/utam_eodh2019_shp.zip"
FILES: tuple[str, ...] = (UPZ, NEIGHBOURHOODS, ZONES)
PERIODS = {UPZ: "2020", NEIGHBOURHOODS: "2020", ZONES: "2019"}
BOGOTA = "BOGOTA"


def parse(capture: Capture) -> Parsed:
    """UPZ, neighbourhoods and zones counted by locality.

    Raises:
        SourceError: a code of a UPZ or a zone stands twice.
    """
    places = places_of(capture, "locality")
    rows: list[FigureRow] = []
    accounts: list[Account] = []
    for file, read in ((UPZ, _upz), (NEIGHBOURHOODS, _neighbourhoods), (ZONES, _zones)):
        if capture.has(file):
            measure, codes, outside = read(capture, places)
            rows += count_rows(measure, codes, PERIODS[file], flag="estimated")
            accounts.append(Account(file, "observed", "used", len(codes)))
            if outside:
                accounts.append(Account(file, "excluded", "outside_bogota", outside))
    return Parsed(rows, accounts)


Counted = tuple[str, list[str], int]


def _upz(capture: Capture, places: Places) -> Counted:
    layer = read_layer(capture.path(UPZ), ["uplcodigo"])
    return "zonal_units", _largest(layer, "uplcodigo", places, UPZ), 0


def _zones(capture: Capture, places: Places) -> Counted:
    layer = read_layer(capture.path(ZONES), ["UTAM", "MUNNombre"])
    inside = layer[layer["MUNNombre"] == BOGOTA]
    return "survey_zones", _largest(inside, "UTAM", places, ZONES), len(layer) - len(inside)


def _neighbourhoods(capture: Capture, places: Places) -> Counted:
    layer = read_layer(capture.path(NEIGHBOURHOODS), ["codigo"])
    located = [str(code) for code in places.locate(layer.geometry.x, layer.geometry.y)]
    inside = [code for code in located if code]
    return "neighbourhoods", inside, len(located) - len(inside)


def _largest(layer: gpd.GeoDataFrame, column: str, places: Places, file: str) -> list[str]:
    """The locality that holds most of each area."""
    if layer[column].duplicated().any():
        raise SourceError(f"{layer[column][layer[column].duplicated()].iloc[0]} stands twice", where=file)
    weights = area_weights(layer.assign(geometry=layer.geometry.make_valid()), column, places)
    return weights.sort_values("weight").groupby("part").tail(1).sort_values("part")["code"].tolist()
