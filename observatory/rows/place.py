"""Areas, their outlines and who borders whom."""

from __future__ import annotations

from typing import NamedTuple


class TerritoryRow(NamedTuple):
    """An area and its newest population."""

    territory_code: str
    level: str  # city · locality · upl
    name: str
    area_km2: float
    is_rural: bool
    valid_from: int
    valid_to: int | None
    population: int | None
    population_period: str | None


class GeometryRow(NamedTuple):
    """The generalised outline of an area: GeoJSON geometry as text, EPSG:4326."""

    territory_code: str
    level: str
    geojson: str


class NeighbourRow(NamedTuple):
    """Two areas of one level that share a border; each pair stands in both orders."""

    territory_code: str
    neighbour_code: str
