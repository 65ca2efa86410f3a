"""Areas of the localities and of the UPL, from every form in which their outlines are published.

Publisher: IDECA and Secretaría Distrital de Planeación (SDP). Localities: the layer converted to EPSG:4326, the
original shapefile (EPSG:4686), a portal's export whose area is text with a decimal comma, and a simplified layer
without areas. UPL: 33 units of Decreto 555 of 2021 (EPSG:4686), with survey means that others joined and that are not
read.

Kept: the area the publisher wrote (km²) of the localities, and the area measured on the outlines of the UPL in
EPSG:9377. Every form must name the same twenty localities, or 33 UPL, and no outline may be broken. The export is of
another vintage: Usaquén (65.32 for 65.20 km²) and Chapinero (38.16 for 38.01) differ and are left out of it. Nothing
here is an indicator: `data/territory` holds the outlines that pages draw.
"""

from __future__ import annotations

from typing import Literal

import geopandas as gpd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.layers import METRES, read_layer
from pipelines.reading.numbers import decimal_mark, number
from pipelines.reading.places import code_named

CONVERTED = "boundaries/localidades.geojson"
SHAPEFILE = "boundaries/localidades_ideca_shp.zip"
EXPORT = "boundaries/localidades_export_portal_decimal_coma.geojson"
SIMPLIFIED = "boundaries/localidades_simplificado.geojson"
UNITS = "boundaries/upl_33_con_encuesta.geojson"
FILES: tuple[str, ...] = (CONVERTED, SHAPEFILE, EXPORT, SIMPLIFIED, UNITS)
COLUMNS = {
    CONVERTED: ["LocCodigo", "LocNombre", "LocArea"],
    SHAPEFILE: ["LocCodigo", "LocNombre", "LocArea"],
    EXPORT: ["Identificador unico de la localidad", "Nombre de la localidad", "Area de la localidad"],
    SIMPLIFIED: ["codigo_localidad", "nombre_localidad"],
    UNITS: ["codigo_upl", "nombre"],
}
YEAR = {"locality": "2016", "upl": "2021"}
COUNTS = {"locality": 20, "upl": 33}
AGREEMENT_KM2 = 0.0001
MOST_DIFFERING = 2


def parse(capture: Capture) -> Parsed:
    """Published areas of the localities and measured areas of the UPL, in km².

    Raises:
        SourceError: a form lacks an area, breaks an outline or disagrees with another.
    """
    accounts: list[Account] = []
    published: dict[str, float] = {}
    rows: list[FigureRow] = []
    for file in (name for name in FILES if capture.has(name)):
        layer = read_layer(capture.path(file), COLUMNS[file])
        codes = _codes(layer, file)
        differing = 0
        if file == UNITS:
            rows += _measured(layer, codes)
        elif file != SIMPLIFIED:
            differing = _differing(published, dict(zip(codes, _areas(layer, file), strict=True)), file)
        accounts.append(Account(file, "observed", "used", len(layer) - differing))
        if differing:
            accounts.append(Account(file, "excluded", "area_of_other_vintage", differing))
    rows += [FigureRow("area_km2", code, YEAR["locality"], value=round(area, 4)) for code, area in published.items()]
    if published:
        rows.append(FigureRow("area_km2", CITY, YEAR["locality"], value=round(sum(published.values()), 4)))
    return Parsed(rows, accounts)


def _codes(layer: gpd.GeoDataFrame, file: str) -> list[str]:
    level: Literal["locality", "upl"] = "upl" if file == UNITS else "locality"
    code_column, name_column = COLUMNS[file][:2]
    codes = [str(code) if level == "upl" else str(code).zfill(2) for code in layer[code_column]]
    for feature, (code, name) in enumerate(zip(codes, layer[name_column], strict=True), start=1):
        where = f"{file}, feature {feature}, column {name_column}"
        named = code_named(name, where, level)
        if named != code:
            raise SourceError(f"{name!r} is {named}, the code says {code}", where=where, fix="mend one of them")
    if len(set(codes)) != COUNTS[level] or len(codes) != COUNTS[level]:
        raise SourceError(f"{len(codes)} areas, {COUNTS[level]} expected", where=file)
    if not layer.geometry.is_valid.all():
        raise SourceError(f"the outline of {codes[int((~layer.geometry.is_valid).argmax())]} is broken", where=file)
    return codes


def _areas(layer: gpd.GeoDataFrame, file: str) -> list[float]:
    """Published areas in km²."""
    texts = [str(value) for value in layer[COLUMNS[file][2]]]
    mark = decimal_mark(texts)
    areas = [number(text, mark) for text in texts]
    if None in areas:
        where = f"{file}, feature {areas.index(None) + 1}, column {COLUMNS[file][2]}"
        raise SourceError(f"{texts[areas.index(None)]!r} is no area", where=where, fix="a number of m², as 38089149.4")
    return [area / 1e6 for area in areas if area is not None]


def _differing(published: dict[str, float], areas: dict[str, float], file: str) -> int:
    """How many areas differ from those already read; more than a few are refused."""
    differing = [code for code, area in areas.items() if abs(published.setdefault(code, area) - area) > AGREEMENT_KM2]
    if len(differing) > MOST_DIFFERING:
        code = differing[0]
        raise SourceError(f"{code}: {areas[code]} km² here, {published[code]} elsewhere", where=file)
    return len(differing)


def _measured(layer: gpd.GeoDataFrame, codes: list[str]) -> list[FigureRow]:
    areas = layer.to_crs(METRES).area / 1e6
    return [
        FigureRow("area_measured_km2", code, YEAR["upl"], value=round(float(area), 4), flag="estimated")
        for code, area in zip(codes, areas, strict=True)
    ]
