"""The committed outlines come from the published boundaries, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from pyproj import Transformer

from observatory.territory import FOLDER, locality_code, territories, upl_code
from pipelines.figures import Capture
from pipelines.outlines import neighbours, outlines, write_territory

FILES = ("city.geojson", "localities.geojson", "upl.geojson", "neighbours.csv")


@pytest.fixture(scope="module")
def written(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("territory")
    write_territory(Capture(reference), folder)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_the_committed_file_is_derived_again_exactly(name: str, written: Path) -> None:
    assert (written / name).read_bytes() == (FOLDER / name).read_bytes()


def test_outlines_are_the_same_text_at_every_run(reference: Path, written: Path) -> None:
    again = outlines(Capture(reference))
    assert again["locality"] == (written / "localities.geojson").read_text("utf-8")
    assert again["upl"] == (written / "upl.geojson").read_text("utf-8")


def test_generalising_neither_makes_nor_breaks_neighbours(reference: Path, written: Path) -> None:
    published = json.loads((reference / "boundaries" / "localidades.geojson").read_text("utf-8"))["features"]
    areas = {item["properties"]["LocCodigo"]: shapely.geometry.shape(item["geometry"]) for item in published}
    touching = [
        (one, other)
        for one in sorted(areas)
        for other in sorted(areas)
        if one != other and areas[one].intersection(areas[other]).length > 0
    ]
    assert neighbours((written / "localities.geojson").read_text("utf-8")) == touching


def test_names_and_areas_of_the_localities_are_the_published_ones(reference: Path) -> None:
    published = json.loads((reference / "boundaries" / "localidades.geojson").read_text("utf-8"))["features"]
    for item in (feature["properties"] for feature in published):
        assert locality_code(item["LocNombre"]) == item["LocCodigo"]
        assert territories()[item["LocCodigo"]].area_km2 == pytest.approx(item["LocArea"] / 1e6, abs=0.005)


def test_names_areas_and_rural_units_are_those_of_the_published_upl(reference: Path) -> None:
    published = json.loads((reference / "boundaries" / "upl_33_con_encuesta.geojson").read_text("utf-8"))["features"]
    plane = Transformer.from_crs("EPSG:4686", "EPSG:6247", always_xy=True)
    for feature in published:
        unit = territories()[feature["properties"]["codigo_upl"]]
        area = shapely.transform(shapely.geometry.shape(feature["geometry"]), plane.transform, interleaved=False)
        assert upl_code(feature["properties"]["nombre"]) == unit.code
        assert unit.area_km2 == pytest.approx(area.area / 1e6, abs=0.005)
        assert unit.is_rural == (feature["properties"]["sector"] == "Sector Rural")
