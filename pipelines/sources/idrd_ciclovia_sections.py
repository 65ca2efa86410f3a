"""Kilometres of the Sunday Ciclovía by locality, 2019.

Publisher: Instituto Distrital de Recreación y Deporte (IDRD), layer of sections updated in August 2019: 15 features of
14 sections (the Séptima Sur comes in two). EPSG:4686. It is the recreational Ciclovía of Sundays and holidays, not the
network of cycle lanes.

Lengths are measured here on the layer's lines in EPSG:9377, cut along the outlines of the localities: a derived figure,
flagged `estimated`. Quirks: letters lost in two names ("CONEXIàN", "PEPE SIERRA ?"), which are not kept.
"""

from __future__ import annotations

import geopandas as gpd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import PUBLISHED, places_of
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract
from pipelines.reading.layers import DEGREES, METRES, read_layer
from pipelines.reading.places import refuse_unknown, years_of

SECTIONS = "mobility/ciclovia_tramos.geojson"
FILES: tuple[str, ...] = (SECTIONS, PUBLISHED["locality"][0])
COLUMNS = ["ID_TRAMO", "ESTADO_TRAMO", "FECHA_ACTU"]
IN_USE = "Activo"
SHAPES = {SECTIONS: Contract(tuple(map(Column, COLUMNS)))}


def parse(capture: Capture) -> Parsed:
    """Kilometres of sections in use by locality and city.

    Raises:
        SourceError: an unknown state of a section, or sections updated in several years.
    """
    layer = read_layer(capture.path(SECTIONS), COLUMNS)
    refuse_unknown(layer["ESTADO_TRAMO"].astype(str), SECTIONS, [IN_USE], "ESTADO_TRAMO")
    years = years_of(layer["FECHA_ACTU"], SECTIONS)
    if len(years) != 1:
        raise SourceError(f"sections of the years {sorted(years)}", where=SECTIONS, fix="give one year a file")
    lengths = _lengths(layer, capture)
    values = {code: round(lengths.get(code, 0.0), 3) for code in LOCALITIES}
    values[CITY] = round(float(layer.to_crs(METRES).length.sum()) / 1000, 3)
    year = years.pop()
    rows = [FigureRow("ciclovia_km", code, year, value=value, flag="estimated") for code, value in values.items()]
    return Parsed(rows, [Account(SECTIONS, "observed", "used", len(layer))])


def _lengths(layer: gpd.GeoDataFrame, capture: Capture) -> dict[str, float]:
    """Kilometres within each locality."""
    places = places_of(capture, "locality")
    areas = gpd.GeoDataFrame({"code": list(places.codes)}, geometry=list(places.areas), crs=DEGREES).to_crs(METRES)
    cut = gpd.overlay(layer[["geometry"]].to_crs(METRES), areas, keep_geom_type=True)
    return {str(code): float(metres) / 1000 for code, metres in cut.length.groupby(cut["code"]).sum().items()}
