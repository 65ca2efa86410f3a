"""Layers in their coordinates, and layers that contradict themselves."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Point

from observatory.errors import SourceError
from pipelines.reading.layers import read_layer

PLACES = {"CÓDIGO": ["01", "02"], "nombre": ["Usaquén", "Chapinero"]}
POINTS = [Point(-74.03, 4.70), Point(-74.05, 4.65)]


def layer(crs: int) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(PLACES, geometry=POINTS, crs=4326).to_crs(crs)


@pytest.mark.parametrize("crs", [4326, 4686, 3857, 9377])
def test_every_declared_system_ends_in_degrees(crs: int, tmp_path: Path) -> None:
    layer(crs).to_file(tmp_path / "t.geojson")
    read = read_layer(tmp_path / "t.geojson", ["codigo"])
    assert read.crs.to_epsg() == 4326
    assert read.geometry.x.round(4).tolist() == [-74.03, -74.05]
    assert read["codigo"].tolist() == ["01", "02"]


def test_a_zipped_shapefile_is_read(tmp_path: Path) -> None:
    layer(4686).to_file(tmp_path / "t.shp", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        for part in sorted(tmp_path.glob("t.*")):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    assert read_layer(tmp_path / "t.zip", ["nombre"])["nombre"].tolist() == PLACES["nombre"]


def test_metres_said_to_be_degrees_are_refused(tmp_path: Path) -> None:
    layer(3857).set_crs(4326, allow_override=True).to_file(tmp_path / "t.gpkg")
    with pytest.raises(SourceError, match="say EPSG:3857"):
        read_layer(tmp_path / "t.gpkg")


def test_degrees_said_to_be_metres_are_refused(tmp_path: Path) -> None:
    layer(4326).set_crs(3857, allow_override=True).to_file(tmp_path / "t.gpkg")
    with pytest.raises(SourceError, match="say EPSG:4326"):
        read_layer(tmp_path / "t.gpkg")


def test_swapped_axes_are_told(tmp_path: Path) -> None:
    swapped = gpd.GeoDataFrame(PLACES, geometry=[Point(4.70, -74.03), Point(4.65, -74.05)], crs=4326)
    swapped.to_file(tmp_path / "t.geojson")
    with pytest.raises(SourceError, match="longitude and latitude are swapped"):
        read_layer(tmp_path / "t.geojson")


def test_a_missing_property_is_told_with_the_nearest(tmp_path: Path) -> None:
    layer(4326).to_file(tmp_path / "t.geojson")
    with pytest.raises(SourceError, match="did you mean 'nombre'"):
        read_layer(tmp_path / "t.geojson", ["nombres"])


def test_what_is_no_layer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError, match="no readable layer"):
        read_layer(tmp_path / "t.geojson")


def saved(path: Path, points: list[Point | None], **columns: list[object]) -> Path:
    gpd.GeoDataFrame(columns, geometry=points, crs=4326).to_file(path)
    return path


def test_a_feature_without_geometry_is_refused_unless_it_names_its_place(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.geojson", [POINTS[0], None], codigo=["01", "02"])
    with pytest.raises(SourceError, match=r"t\.geojson, feature 2: 1 features have no geometry"):
        read_layer(path, ["codigo"])
    assert len(read_layer(path, ["codigo"], may_lack=True)) == 2


def test_a_feature_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.geojson", [POINTS[0], POINTS[1], POINTS[0]], codigo=["01", "02", "01"])
    with pytest.raises(SourceError, match=r"feature 3: 1 features stand twice"):
        read_layer(path)


def test_a_feature_elsewhere_is_told_by_its_number(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.geojson", [POINTS[0], Point(0, 0)], codigo=["01", "02"])
    with pytest.raises(SourceError, match=r"feature 2: lies in \(0\.0, 0\.0, 0\.0, 0\.0\), as 1 of 2 do"):
        read_layer(path)


def test_a_shapefile_without_its_code_page_keeps_its_letters(tmp_path: Path) -> None:
    layer(4326).to_file(tmp_path / "t.shp", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "capa", "w") as archive:
        for part in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(tmp_path / f"t{part}", f"t{part}")
    assert read_layer(tmp_path / "capa", ["nombre"])["nombre"].tolist() == PLACES["nombre"]
