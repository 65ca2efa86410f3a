"""A census sector belongs to the locality that covers most of it, whatever the layer's own column says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.reading.census_sectors import LOCALITIES, SECTORS, census_sectors


def write_layers(folder: Path, sectors: dict[str, tuple[int, float, float]]) -> Capture:
    """Two invented localities side by side, 14 west and 15 east of -74.09, and `sectors` as (persons, west, east)."""
    for file in (LOCALITIES, SECTORS):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
    halves = [box(-74.10, 4.60, -74.09, 4.61), box(-74.09, 4.60, -74.08, 4.61)]
    gpd.GeoDataFrame({"LocCodigo": ["14", "15"]}, geometry=halves, crs=4326).to_file(folder / LOCALITIES)
    layer = gpd.GeoDataFrame(
        {
            "SETU_CCNCT": list(sectors),
            "STP27_PERS": [float(persons) for persons, _, _ in sectors.values()],
            "LocCodigo": ["20"] * len(sectors),
        },
        geometry=[box(west, 4.601, east, 4.602) for _, west, east in sectors.values()],
        crs=4326,
    )
    layer.to_file(folder / "layer.shp")
    with zipfile.ZipFile(folder / SECTORS, "w") as archive:
        for part in folder.glob("layer.*"):
            archive.write(part, part.name)
    return Capture(folder)


def test_the_largest_overlap_decides(tmp_path: Path) -> None:
    capture = write_layers(tmp_path, {"a": (10, -74.099, -74.098), "b": (30, -74.0905, -74.0885)})
    located = census_sectors(capture)
    assert located["locality_code"].to_dict() == {"a": "14", "b": "15"}
    assert located["persons"].to_dict() == {"a": 10, "b": 30}


def test_a_sector_outside_every_locality_is_refused(tmp_path: Path) -> None:
    capture = write_layers(tmp_path, {"a": (10, -74.099, -74.098), "lost": (5, -75.0, -74.999)})
    with pytest.raises(SourceError, match="lost"):
        census_sectors(capture)
