"""Layers of places: GeoJSON (plain or packed), ESRI JSON, zipped shapefiles and GeoPackages, as one frame in EPSG:4326.

What a layer says of its coordinates is checked against them: degrees must be degrees, and all of it must lie around
Bogotá. A layer that contradicts itself is refused with what its numbers look like, never moved by guess.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observatory.errors import SourceError, nearest
from pipelines.reading.grid import key_of
from pipelines.reading.packed import form_of, layer_in
from pipelines.reading.text import read_text, turned_back

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

AROUND_BOGOTA = (-75.2, 3.4, -73.2, 5.7)  # west, south, east, north in degrees; holds the municipalities of the survey
DEGREES = "EPSG:4326"
METRES = "EPSG:9377"  # MAGNA-SIRGAS, Origen Nacional


def read_layer(
    path: Path, columns: list[str] | None = None, crs: str | None = None, *, may_lack: bool = False
) -> gpd.GeoDataFrame:
    """The features of a layer, geometry in EPSG:4326.

    Args:
        path: the file.
        columns: properties that must be there; they are given back under these names.
        crs: what the coordinates are where the file does not say.
        may_lack: a feature may have no geometry, where it names its place besides.

    Raises:
        SourceError: no readable layer, a property is missing, a feature lacks its geometry or stands twice, or the
            coordinates are not what the file says.
    """
    layer = _opened(path)
    _refuse_features(layer, path, may_lack=may_lack)
    if layer.crs is None:
        layer = layer.set_crs(crs or DEGREES)
    _refuse_contradiction(layer, path)
    layer = layer.to_crs(DEGREES)
    _refuse_elsewhere(layer, path)
    return layer if columns is None else _with_columns(layer, columns, path)


def _opened(path: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd
    from pyogrio.errors import DataSourceError

    is_text = form_of(path) == "text"
    try:
        layer = gpd.read_file(io.BytesIO(read_text(path).encode()) if is_text else layer_in(path))
    except DataSourceError as error:
        raise SourceError(f"no readable layer: {error}", where=path.name, fix="capture it again") from error
    if not isinstance(layer, gpd.GeoDataFrame):
        fix = "is it the layer itself? A shapefile needs its .shp, .shx and .dbf"
        raise SourceError("a table without geometry, no layer", where=path.name, fix=fix)
    if layer.empty:
        raise SourceError("a layer without features", where=path.name, fix="capture it again")
    return layer if is_text else _with_letters(layer)


def _with_letters(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The layer with texts turned back that were read in another encoding than they were written in."""
    texts = [name for name in layer.columns if name != layer.geometry.name and not _is_numeric(layer[name])]
    turned = {
        name: layer[name].map(lambda cell: turned_back(cell) if isinstance(cell, str) else cell) for name in texts
    }
    return layer.assign(**turned)


def _is_numeric(column: pd.Series[Any]) -> bool:
    return column.dtype.kind in "iufbM"


def _refuse_features(layer: gpd.GeoDataFrame, path: Path, *, may_lack: bool) -> None:
    lacking = (layer.geometry.isna() | layer.geometry.is_empty).to_numpy()
    if lacking.any() and (not may_lack or lacking.all()):
        where = f"{path.name}, feature {int(lacking.argmax()) + 1}"
        raise SourceError(
            f"{int(lacking.sum())} features have no geometry", where=where, fix="ask the publisher for it"
        )
    texts = (
        layer.drop(columns=layer.geometry.name).astype(str).assign(outline=layer.geometry.to_wkb(hex=True).to_numpy())
    )
    twice = texts.duplicated().to_numpy()
    if twice.any():
        where = f"{path.name}, feature {int(twice.argmax()) + 1}"
        raise SourceError(f"{int(twice.sum())} features stand twice", where=where, fix="keep one of each")


def _refuse_contradiction(layer: gpd.GeoDataFrame, path: Path) -> None:
    west, south, east, north = layer.total_bounds
    far = max(abs(west), abs(east), abs(south), abs(north))
    if layer.crs.is_geographic and far > 360:
        fix = "say EPSG:3857" if far > 5_000_000 and north < 1_000_000 else "say the plane they are in"
        raise SourceError(f"{layer.crs.name} is degrees, but coordinates reach {far:.0f}", where=path.name, fix=fix)
    if not layer.crs.is_geographic and far <= 360:
        fix = "say EPSG:4326 or EPSG:4686"
        raise SourceError(f"{layer.crs.name} is metres, but coordinates reach {far:.4f}", where=path.name, fix=fix)


def _refuse_elsewhere(layer: gpd.GeoDataFrame, path: Path) -> None:
    west, south, east, north = layer.total_bounds
    least_x, least_y, most_x, most_y = AROUND_BOGOTA
    if least_x <= west <= east <= most_x and least_y <= south <= north <= most_y:
        return
    swapped = least_x <= south <= north <= most_x and least_y <= west <= east <= most_y
    fix = "longitude and latitude are swapped" if swapped else f"expected {AROUND_BOGOTA}"
    bounds = layer.bounds
    outside = (
        (bounds["minx"] < least_x) | (bounds["miny"] < least_y) | (bounds["maxx"] > most_x) | (bounds["maxy"] > most_y)
    ).to_numpy()
    first = int(outside.argmax())
    where = f"{path.name}, feature {first + 1}"
    edges = tuple(round(float(edge), 3) for edge in bounds.iloc[first])
    raise SourceError(f"lies in {edges}, as {int(outside.sum())} of {len(layer)} do", where=where, fix=fix)


def _with_columns(layer: gpd.GeoDataFrame, columns: list[str], path: Path) -> gpd.GeoDataFrame:
    keys = {key_of(str(name)): name for name in layer.columns}
    missing = [name for name in columns if key_of(name) not in keys]
    if missing:
        fix = nearest(missing[0], map(str, layer.columns)) or f"the layer holds {list(layer.columns)}"
        raise SourceError(f"no property {missing}", where=path.name, fix=fix)
    chosen = layer[[*(keys[key_of(name)] for name in columns), layer.geometry.name]]
    return chosen.rename(columns={keys[key_of(name)]: name for name in columns})
