"""Read outlines and neighbours of `data/territory` as rows of the edition."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from observatory.errors import TerritoryError

OUTLINES = {"city": "city.geojson", "locality": "localities.geojson", "upl": "upl.geojson"}


def read_outlines(folder: Path) -> list[tuple[str, str, str]]:
    """Outlines as (territory code, level, GeoJSON geometry), of the levels that have a file.

    Raises:
        TerritoryError: a file is no GeoJSON of features with `code` and a (multi)polygon.
    """
    found = [(level, folder / name) for level, name in OUTLINES.items()]
    return [outline for level, path in found if path.is_file() for outline in _outlines(level, path)]


def _outlines(level: str, path: Path) -> list[tuple[str, str, str]]:
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return [(feature["properties"]["code"], level, _geometry(feature["geometry"])) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        fix = "a FeatureCollection of polygons with the property `code`; see data/territory/README.md"
        raise TerritoryError(f"no outlines: {error!r}", where=str(path), fix=fix) from error


def _geometry(geometry: dict[str, Any]) -> str:
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a {geometry['type']} is no outline")
    return json.dumps(geometry, separators=(",", ":"))


def read_neighbours(folder: Path) -> list[tuple[str, str]]:
    """Pairs of areas that share a border, in both orders; none when there is no file."""
    path = folder / "neighbours.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        pairs = {(row["code"], row["neighbour"]) for row in csv.DictReader(lines)}
    return sorted(pairs | {(right, left) for left, right in pairs})


def rings(geojson: str) -> list[list[list[float]]]:
    """The rings of an outline, each a list of [longitude, latitude]."""
    geometry = json.loads(geojson)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]
