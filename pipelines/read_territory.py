"""Read outlines and neighbours of `data/territory` as rows of the edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from observatory.errors import TerritoryError, read_utf8
from observatory.territory import NEIGHBOUR_COLUMNS, read_rows

RESTORE = "restore the file: polygons, each with its `code`, as data/territory/README.md says"
OUTLINES = {"city": "city.geojson", "locality": "localities.geojson", "upl": "upl.geojson"}


def read_outlines(folder: Path) -> list[tuple[str, str, str]]:
    """Outlines as (territory code, level, GeoJSON geometry), of the levels that have a file.

    Raises:
        TerritoryError: a file is no GeoJSON of features with `code` and a (multi)polygon.
    """
    found = [(level, folder / name) for level, name in OUTLINES.items()]
    return [outline for level, path in found if path.is_file() for outline in _outlines(level, path)]


def _outlines(level: str, path: Path) -> list[tuple[str, str, str]]:
    text = read_utf8(path, TerritoryError)
    try:
        document = json.loads(text)
        features = _collected(document, path)
    except json.JSONDecodeError as error:
        what = f"the outlines break off: {error.msg}" if text.strip() else "the file of outlines is empty"
        place = f"{path}, line {error.lineno}, column {error.colno}"
        raise TerritoryError(what, where=place, fix=RESTORE) from error
    except (KeyError, TypeError) as error:
        raise TerritoryError("no list of `features`", where=str(path), fix=RESTORE) from error
    return [_outline(level, path, at, feature) for at, feature in enumerate(features, start=1)]


def _collected(document: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = document["features"]
    kind = document.get("type")
    if kind != "FeatureCollection":
        raise TerritoryError(f"the type is {kind!r}", where=str(path), fix='GeoJSON says "type":"FeatureCollection"')
    return features


def _outline(level: str, path: Path, at: int, feature: dict[str, Any]) -> tuple[str, str, str]:
    try:
        return feature["properties"]["code"], level, _geometry(feature["geometry"])
    except (ValueError, KeyError, TypeError) as error:
        what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
        raise TerritoryError(what, where=f"{path}, feature {at}", fix=RESTORE) from error


def _geometry(geometry: dict[str, Any]) -> str:
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"a {geometry['type']} is no outline")
    return json.dumps(geometry, separators=(",", ":"))


def read_neighbours(folder: Path) -> list[tuple[str, str]]:
    """Pairs of areas that share a border, in both orders; none when there is no file."""
    path = folder / "neighbours.csv"
    if not path.is_file():
        return []
    pairs = {(row["code"], row["neighbour"]) for row in read_rows(path, NEIGHBOUR_COLUMNS)}
    return sorted(pairs | {(right, left) for left, right in pairs})


def rings(geojson: str) -> list[list[list[float]]]:
    """The rings of an outline, each a list of [longitude, latitude]."""
    geometry = json.loads(geojson)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]
