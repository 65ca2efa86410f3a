"""Zones of tourist interest by locality, in square kilometres.

Publisher: Instituto Distrital de Turismo (IDT): 23 polygons in EPSG:3857, captured in 2011 and 2021. A zone may name
several localities ("Antonio Nariño, Santa Fe, Loz Mártires"), so the area is cut along the outlines instead and
measured in EPSG:9377: a derived figure, flagged `estimated`. The period is that of the newest capture. The published
`Shape_Area` was measured in EPSG:3857, where Bogotá is 1.4 % too large: it proves the outlines whole and is not kept.

Quirks: column "TIPOLOGÍA" with its accent, "Loz Mártires", "Oulet".
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.places import area_weights, places_of, spread
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract
from pipelines.reading.layers import METRES, read_layer
from pipelines.reading.places import refuse_unknown, years_of

ZONES = "economy/zonas_interes_turistico.geojson"
FILES: tuple[str, ...] = (ZONES,)
COLUMNS = ["COD_ZIT", "FECHA_CAPT", "Shape_Area"]
AGREEMENT = 0.0001
SHAPES = {ZONES: Contract(tuple(map(Column, COLUMNS)))}


def parse(capture: Capture) -> Parsed:
    """Square kilometres of zones by locality and city.

    Raises:
        SourceError: a zone stands twice, or its published area is not that of its outline.
    """
    layer = read_layer(capture.path(ZONES), COLUMNS)
    codes = layer["COD_ZIT"].astype(str)
    if codes.duplicated().any():
        raise SourceError(f"zone {codes[codes.duplicated()].iloc[0]} stands twice", where=ZONES)
    measured = layer.to_crs(METRES).area
    published = pd.to_numeric(layer["Shape_Area"], errors="coerce")
    refuse_unknown(layer["Shape_Area"].astype(str), ZONES, layer["Shape_Area"][published > 0].astype(str), "Shape_Area")
    apart = (layer.to_crs("EPSG:3857").area / published - 1).abs()
    if (apart > AGREEMENT).any():
        raise SourceError(f"zone {codes[apart.idxmax()]}: outline and area differ by {apart.max():.1%}", where=ZONES)
    by_code = spread(
        dict(zip(codes, measured / 1e6, strict=True)), area_weights(layer, "COD_ZIT", places_of(capture, "locality"))
    )
    values = {code: by_code.get(code, 0.0) for code in LOCALITIES} | {CITY: float(measured.sum()) / 1e6}
    year = max(years_of(layer["FECHA_CAPT"], ZONES))
    rows = [
        FigureRow("tourist_zone_km2", code, year, value=round(v, 4), flag="estimated") for code, v in values.items()
    ]
    return Parsed(rows, [Account(ZONES, "observed", "used", len(layer))])
