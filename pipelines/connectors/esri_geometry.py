"""Features of ArcGIS (`f=json`) as GeoJSON.

Esri tells outer rings from holes by their direction: outer ones run clockwise. GeoJSON (RFC 7946) nests holes in their
outer ring and turns both the other way round.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Position = list[float]
Ring = list[Position]


def feature(record: dict[str, Any], object_id: str) -> dict[str, Any]:
    """An Esri feature as a GeoJSON feature; attributes keep their values, a missing geometry is null."""
    attributes = record.get("attributes") or {}
    shape = record.get("geometry")
    return {
        "type": "Feature",
        "id": attributes.get(object_id),
        "geometry": geometry(shape) if shape else None,
        "properties": attributes,
    }


def geometry(shape: dict[str, Any]) -> dict[str, Any] | None:
    """An Esri geometry as GeoJSON; None when it is empty.

    Raises:
        ValueError: a shape GeoJSON does not have.
    """
    if "x" in shape:
        return None if shape["x"] in (None, "NaN") else {"type": "Point", "coordinates": _point(shape)}
    if "points" in shape:
        return _several("MultiPoint", None, shape["points"])
    if "paths" in shape:
        return _several("MultiLineString", "LineString", shape["paths"])
    if "rings" in shape:
        return _several("MultiPolygon", "Polygon", polygons(shape["rings"]))
    raise ValueError(f"a geometry with {sorted(shape)}, which GeoJSON does not have")


def _point(shape: dict[str, Any]) -> Position:
    height = shape.get("z")
    return [shape["x"], shape["y"], *([height] if isinstance(height, (int, float)) else [])]


def _several(many: str, one: str | None, parts: list[Any]) -> dict[str, Any] | None:
    if not parts:
        return None
    if one and len(parts) == 1:
        return {"type": one, "coordinates": parts[0]}
    return {"type": many, "coordinates": parts}


def polygons(rings: list[Ring]) -> list[list[Ring]]:
    """Rings as polygons: each hole lies in the smallest outer ring around it; a hole without one becomes a polygon."""
    closed = [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings if len(ring) >= 3]
    outer = sorted((ring for ring in closed if doubled_area(ring) < 0), key=lambda ring: abs(doubled_area(ring)))
    made = {position: [ring[::-1]] for position, ring in enumerate(outer)}
    stray = []
    for hole in (ring for ring in closed if doubled_area(ring) >= 0):
        home = next((position for position, ring in enumerate(outer) if _lies_in(hole, ring)), None)
        if home is None:
            stray.append([hole])
        else:
            made[home].append(hole[::-1])
    order = sorted(made, key=lambda position: closed.index(outer[position]))
    return [made[position] for position in order] + stray


def doubled_area(ring: Ring) -> float:
    """Twice the signed area; negative for a ring that runs clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _lies_in(hole: Ring, ring: Ring) -> bool:
    """Whether most corners of a hole lie in a ring: corners may touch it."""
    return 2 * sum(_contains(ring, corner) for corner in hole) > len(hole)


def _contains(ring: Ring, point: Position) -> bool:
    x, y = point[0], point[1]
    inside = False
    for a, b in pairwise(ring):
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]:
            inside = not inside
    return inside
