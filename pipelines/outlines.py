"""Outlines of the territories: official boundaries, generalised for the screen.

Sources: IDECA and Secretaría Distrital de Planeación, "Localidad. Bogotá D.C." (20 localities, EPSG:4326) and "Unidad
de Planeamiento Local" of Decreto 555 of 2021 (33 units, EPSG:4686; the file also carries survey means joined by others,
which are left out). Quirk: the published UPL do not meet exactly (49 slivers under 2 m wide between them), so
they are cleaned into one coverage first; no area moves by more than one part in a million.

Borders are simplified in metres as a coverage, so that two neighbours keep the very same line between them, and rounded
to 5 decimals (about 1 m) afterwards. Rings follow RFC 7946: outer rings run counter-clockwise.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from pyproj import Transformer

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.reading.json_text import read_json

Outlined = Literal["city", "locality", "upl"]
Point = tuple[float, float]

GRID = "EPSG:9377"  # MAGNA-SIRGAS, Origen Nacional: metres
DECIMALS = 5
GAP_METRES = 2.0
OUTPUTS: dict[Outlined, str] = {"city": "city.geojson", "locality": "localities.geojson", "upl": "upl.geojson"}


@dataclass(frozen=True)
class Layer:
    """One published layer and how it is generalised; `tolerance` is in metres."""

    level: Outlined
    file: str
    crs: str
    code: str
    count: int
    tolerance: float
    source: str
    licence: str


LAYERS = (
    Layer(
        level="locality",
        file="boundaries/localidades.geojson",
        crs="EPSG:4326",
        code="LocCodigo",
        count=20,
        tolerance=82,
        source="IDECA – Secretaría Distrital de Planeación, «Localidad. Bogotá D.C.», "
        "https://datosabiertos.bogota.gov.co/dataset/localidad-bogota-d-c",
        licence="CC BY 4.0",
    ),
    Layer(
        level="upl",
        file="boundaries/upl_33_con_encuesta.geojson",
        crs="EPSG:4686",
        code="codigo_upl",
        count=33,
        tolerance=50,
        source="IDECA – Secretaría Distrital de Planeación, «Unidad de Planeamiento Local», Decreto 555 de 2021",
        licence="No declarada en el archivo / not stated in the file",
    ),
)


def outlines(capture: Capture) -> dict[Outlined, str]:
    """GeoJSON text of each level, one feature a line, in order of code; the city is the union of its localities.

    Raises:
        SourceError: a layer cannot be read, lacks areas, or its generalised outlines no longer fit together.
    """
    areas = {layer.level: _generalised(layer, *_read(layer, capture)) for layer in LAYERS}
    texts: dict[Outlined, str] = {"city": _as_text(LAYERS[0], {"00": _city(areas["locality"])})}
    return texts | {layer.level: _as_text(layer, areas[layer.level]) for layer in LAYERS}


def neighbours(geojson: str) -> list[tuple[str, str]]:
    """Pairs of codes that share a stretch of border, both ways round, sorted; meeting in one point is not sharing."""
    borders = {
        feature["properties"]["code"]: _edges(feature["geometry"]["coordinates"])
        for feature in json.loads(geojson)["features"]
    }
    return sorted(
        (one, other) for one in borders for other in borders if one != other and borders[one] & borders[other]
    )


def write_territory(capture: Capture, folder: Path) -> None:
    """Write the three GeoJSON files of `OUTPUTS` and `neighbours.csv` (of the localities) into the folder."""
    texts = outlines(capture)
    for level, name in OUTPUTS.items():
        (folder / name).write_text(texts[level], encoding="utf-8")
    with (folder / "neighbours.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "neighbour"))
        writer.writerows(neighbours(texts["locality"]))


def _read(layer: Layer, capture: Capture) -> tuple[list[str], np.ndarray]:
    """Codes and published polygons of a layer, in order of code."""
    path = capture.path(layer.file)
    features = read_json(path, "features")["features"]
    areas = dict(_area(layer, path, at, feature) for at, feature in enumerate(features, start=1))
    if len(areas) != layer.count or len(features) != layer.count:
        raise SourceError(
            f"{len(features)} areas with {len(areas)} codes, {layer.count} expected",
            where=str(path),
            fix=f"check the property {layer.code!r}",
        )
    codes = sorted(areas)
    return codes, np.array([areas[code] for code in codes])


def _area(layer: Layer, path: Path, at: int, feature: dict[str, Any]) -> tuple[str, shapely.Geometry]:
    try:
        return feature["properties"][layer.code], shapely.geometry.shape(feature["geometry"])
    except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.ShapelyError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else f"no area: {error}"
        fix = f"each feature has the property {layer.code!r} and a polygon"
        raise SourceError(what, where=f"{path}, feature {at}", fix=fix) from error


def _generalised(layer: Layer, codes: list[str], published: np.ndarray) -> dict[str, shapely.Polygon]:
    """Simplified polygons in degrees by code, borders shared."""
    to_grid = Transformer.from_crs(layer.crs, GRID, always_xy=True)
    to_degrees = Transformer.from_crs(GRID, "EPSG:4326", always_xy=True)
    coverage = shapely.coverage_clean(_moved(published, to_grid), gap_width=GAP_METRES)
    simplified = shapely.coverage_simplify(coverage, layer.tolerance)
    rounded = shapely.transform(_moved(simplified, to_degrees), lambda points: np.round(points, DECIMALS))
    if not (shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded)):
        raise SourceError(
            f"the outlines no longer fit together at {layer.tolerance} m",
            where=layer.file,
            fix="lower the tolerance of the layer",
        )
    return dict(zip(codes, shapely.orient_polygons(rounded), strict=True))


def _city(localities: dict[str, shapely.Polygon]) -> shapely.Polygon:
    return shapely.orient_polygons(shapely.coverage_union_all(list(localities.values())))


def _moved(areas: np.ndarray, transformer: Transformer) -> np.ndarray:
    moved: np.ndarray = shapely.transform(
        areas, lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    )
    return moved


def _as_text(layer: Layer, areas: dict[str, shapely.Polygon]) -> str:
    head = _compact({"type": "FeatureCollection", "source": layer.source, "licence": layer.licence})
    features = ",\n".join(_compact(_feature(code, area)) for code, area in areas.items())
    return f'{head[:-1]},"features":[\n{features}\n]}}\n'


def _feature(code: str, area: shapely.Polygon) -> dict[str, Any]:
    rings = [area.exterior, *area.interiors]
    coordinates = [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords] for ring in rings]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


def _compact(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _edges(rings: Iterable[list[list[float]]]) -> set[frozenset[Point]]:
    """Stretches between two vertices, without direction."""
    return {
        frozenset(((start[0], start[1]), (end[0], end[1]))) for ring in rings for start, end in itertools.pairwise(ring)
    }
