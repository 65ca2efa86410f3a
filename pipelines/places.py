"""From points to places, and from small areas to localities.

A point belongs to the area that holds it, its border included; on a shared border the lower code wins. Where a record
also names a locality, the two are compared and what differs is counted. Figures of small areas (census sectors, UPL) go
to localities by weights, the share of each small area that lies in each locality, and are flagged `reestimated`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from observatory.errors import SourceError
from observatory.territory import CODES, outline_features
from pipelines.figures import Account, Capture
from pipelines.reading.layers import METRES, read_layer

if TYPE_CHECKING:
    import geopandas as gpd

Level = Literal["locality", "upl"]
NOWHERE = ""
SLIVER = 1e-4
PUBLISHED: dict[Level, tuple[str, str]] = {
    "locality": ("boundaries/localidades.geojson", "LocCodigo"),
    "upl": ("boundaries/upl_33_con_encuesta.geojson", "codigo_upl"),
}


@dataclass(frozen=True)
class Places:
    """Areas by code, in degrees (EPSG:4326)."""

    codes: tuple[str, ...]
    areas: tuple[shapely.Geometry, ...]

    def locate(self, longitudes: ArrayLike, latitudes: ArrayLike) -> NDArray[np.object_]:
        """Code of the area that holds each point, in degrees; the empty text where none does."""
        x, y = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
        found = np.full(x.shape, NOWHERE, dtype=object)
        open_points = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        for code, area in zip(self.codes, self.areas, strict=True):
            west, south, east, north = area.bounds
            px, py = x[open_points], y[open_points]
            near = open_points[(px >= west) & (px <= east) & (py >= south) & (py <= north)]
            inside = near[shapely.intersects_xy(area, x[near], y[near])]
            found[inside] = code
            open_points = open_points[found[open_points] == NOWHERE]
        return found


def places_of(capture: Capture, level: Level) -> Places:
    """Areas of a level: the published outlines if the capture holds them, else the generalised ones of this repository.

    The generalised outlines move a border by up to 82 m (localities) or 50 m (UPL).
    """
    file, column = PUBLISHED[level]
    if not capture.has(file):
        return known_places(level)
    layer = read_layer(capture.path(file), [column])
    codes = [f"{code}".zfill(2) for code in layer[column]]
    lacking = set(CODES[level]) - set(codes)
    if lacking:
        fix = "was the file cut short? All outlines are needed"
        raise SourceError(f"no outline of {', '.join(sorted(lacking))}", where=file, fix=fix)
    return _places(dict(zip(codes, layer.geometry, strict=True)))


def known_places(level: Level) -> Places:
    """Areas of a level as generalised in `data/territory`."""
    features = outline_features(level)["features"]
    return _places({item["properties"]["code"]: shapely.geometry.shape(item["geometry"]) for item in features})


def _places(areas: Mapping[str, shapely.Geometry]) -> Places:
    codes = sorted(areas)
    chosen = tuple(areas[code] for code in codes)
    shapely.prepare(list(chosen))
    return Places(tuple(codes), chosen)


@dataclass(frozen=True)
class Disagreement:
    """Records whose point lies in `located` while they name `named`; `located` is empty outside every area."""

    named: str
    located: str
    records: int


def disagreements(named: Sequence[str], located: Sequence[str]) -> list[Disagreement]:
    """Pairs of places that differ, most frequent first."""
    pairs = Counter((one, other) for one, other in zip(named, located, strict=True) if one != other)
    return [Disagreement(one, other, count) for (one, other), count in pairs.most_common()]


def place_accounts(file: str, named: Sequence[str], located: Sequence[str]) -> list[Account]:
    """Observed records of a file by whether their point lies in the locality they name; the name is what counts."""
    differing = disagreements(named, located)
    outside = sum(item.records for item in differing if not item.located)
    elsewhere = sum(item.records for item in differing) - outside
    lines = [
        ("used", len(named) - outside - elsewhere),
        ("used_point_in_other_locality", elsewhere),
        ("used_point_in_no_locality", outside),
    ]
    return [Account(file, "observed", rule, records) for rule, records in lines if records]


def area_weights(parts: gpd.GeoDataFrame, part_column: str, wholes: Places) -> pd.DataFrame:
    """Share of each small area in each place: columns `part`, `code`, `weight`; a part's weights sum to 1.

    Areas are measured in EPSG:9377. Shares under 1 in 10,000 are slivers of two borders that do not meet and are given
    to the rest.

    Raises:
        SourceError: a part touches no place.
    """
    import geopandas as gpd

    places = gpd.GeoDataFrame({"code": list(wholes.codes)}, geometry=list(wholes.areas), crs="EPSG:4326").to_crs(METRES)
    small = parts[[part_column, parts.geometry.name]].rename(columns={part_column: "part"}).to_crs(METRES)
    shared = gpd.overlay(small, places, keep_geom_type=True)
    shared["area"] = shared.area
    shared["weight"] = shared["area"] / shared.groupby("part")["area"].transform("sum")
    shared = shared[shared["weight"] >= SLIVER]
    shared["weight"] /= shared.groupby("part")["weight"].transform("sum")
    lost = sorted(set(small["part"]) - set(shared["part"]))
    if lost:
        raise SourceError(f"{len(lost)} areas lie in no place: {lost[:3]}", fix="check the outlines of both layers")
    return pd.DataFrame(shared[["part", "code", "weight"]]).sort_values(["part", "code"], ignore_index=True)


def spread(amounts: Mapping[str, float], weights: pd.DataFrame) -> dict[str, float]:
    """Additive amounts of small areas, spread over places by weight.

    Raises:
        SourceError: an area has no weights.
    """
    known = set(weights["part"])
    lost = sorted(set(amounts) - known)
    if lost:
        raise SourceError(f"no weights for {lost[:3]}", fix="weigh every area before spreading")
    chosen = weights[weights["part"].isin(list(amounts))]
    values = chosen["weight"] * chosen["part"].map(dict(amounts)).astype(float)
    return {str(code): float(total) for code, total in values.groupby(chosen["code"]).sum().items()}
