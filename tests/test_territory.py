"""Territories: codes, names, areas, outlines and neighbours agree with each other."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from observatory.errors import TerritoryError
from observatory.territory import (
    FOLDER,
    Level,
    aliases,
    folded,
    locality_code,
    neighbours,
    outline_features,
    territories,
    upl_code,
)

LEVELS: tuple[Literal["locality", "upl"], ...] = ("locality", "upl")
VERTICES_AT_MOST = {"locality": 2_500, "upl": 5_000}
LOCALITIES = [f"{number:02d}" for number in range(1, 21)]
UNITS = [f"UPL{number:02d}" for number in range(1, 34)]


def polygons(level: Literal["locality", "upl"]) -> dict[str, shapely.Polygon]:
    features = outline_features(level)["features"]
    return {feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"]) for feature in features}


def in_metres(areas: list[shapely.Polygon]) -> np.ndarray:
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:9377", always_xy=True)
    return np.asarray(
        shapely.transform(
            np.array(areas), lambda points: np.column_stack(to_grid.transform(points[:, 0], points[:, 1]))
        )
    )


def edges(polygon: shapely.Polygon) -> list[frozenset[tuple[float, float]]]:
    rings = [polygon.exterior, *polygon.interiors]
    return [frozenset(pair) for ring in rings for pair in itertools.pairwise(ring.coords)]


def test_there_is_one_city_twenty_localities_and_thirty_three_upl() -> None:
    assert list(territories()) == ["00", *LOCALITIES, *UNITS]
    assert Counter(area.level for area in territories().values()) == {"city": 1, "locality": 20, "upl": 33}
    assert {area.level for area in territories().values()} == set(get_args(Level))


def test_names_are_unique_within_a_level() -> None:
    named = [(area.level, folded(area.name)) for area in territories().values()]
    assert len(set(named)) == len(named)


def test_rural_are_sumapaz_and_the_three_units_of_the_rural_sector() -> None:
    assert [code for code, area in territories().items() if area.is_rural] == ["20", "UPL01", "UPL02", "UPL06"]


def test_the_units_date_from_the_land_use_plan_of_2021() -> None:
    assert {territories()[code].valid_from for code in UNITS} == {2021}


@pytest.mark.parametrize("level", LEVELS)
def test_areas_of_a_level_add_up_to_the_city(level: str) -> None:
    parts = [area.area_km2 for area in territories().values() if area.level == level]
    assert sum(parts) == pytest.approx(territories()["00"].area_km2, rel=1e-4)


@pytest.mark.parametrize("level", LEVELS)
def test_each_area_is_within_one_percent_of_its_outline(level: Literal["locality", "upl"]) -> None:
    outlined = polygons(level)
    measured = shapely.area(in_metres(list(outlined.values()))) / 1e6
    for code, area in zip(outlined, measured, strict=True):
        assert area == pytest.approx(territories()[code].area_km2, rel=0.01), code


@pytest.mark.parametrize("level", LEVELS)
def test_outlines_hold_every_code_once_and_nothing_else(level: Literal["locality", "upl"]) -> None:
    features = outline_features(level)["features"]
    codes = [feature["properties"]["code"] for feature in features]
    assert codes == [area.code for area in territories().values() if area.level == level]
    assert {tuple(feature["properties"]) for feature in features} == {("code",)}


@pytest.mark.parametrize("level", LEVELS)
def test_outlines_are_few_vertices_rounded_to_five_decimals(level: Literal["locality", "upl"]) -> None:
    points = shapely.get_coordinates(list(polygons(level).values()))
    assert len(points) <= VERTICES_AT_MOST[level]
    assert np.array_equal(points, np.round(points, 5))
    west, south, east, north = -74.46, 3.72, -73.98, 4.84
    assert ((points >= (west, south)) & (points <= (east, north))).all()


@pytest.mark.parametrize("level", LEVELS)
def test_outlines_are_a_valid_coverage_without_gaps_or_overlaps(level: Literal["locality", "upl"]) -> None:
    areas = list(polygons(level).values())
    assert shapely.is_valid(areas).all()
    assert shapely.coverage_is_valid(areas)
    city = shapely.union_all(areas)
    assert city.geom_type == "Polygon"
    assert not city.interiors
    assert sum(area.area for area in areas) == pytest.approx(city.area, rel=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_every_stretch_is_the_border_of_one_area_or_the_very_same_of_two(level: Literal["locality", "upl"]) -> None:
    areas = polygons(level)
    borders = Counter(edge for area in areas.values() for edge in edges(area))
    assert set(borders.values()) == {1, 2}
    outside = shapely.union_all(list(areas.values())).exterior.length
    once = sum(shapely.LineString(list(edge)).length for edge, times in borders.items() if times == 1)
    assert once == pytest.approx(outside, rel=1e-9)


def test_the_city_is_the_union_of_its_localities() -> None:
    (feature,) = outline_features("city")["features"]
    assert feature["properties"] == {"code": "00"}
    city = shapely.geometry.shape(feature["geometry"])
    assert city.equals(shapely.union_all(list(polygons("locality").values())))
    assert city.is_valid
    assert city.exterior.is_ccw


@pytest.mark.parametrize("level", LEVELS)
def test_outer_rings_run_counter_clockwise(level: Literal["locality", "upl"]) -> None:
    assert all(area.exterior.is_ccw for area in polygons(level).values())


@pytest.mark.parametrize("level", LEVELS)
def test_outlines_name_their_publisher_and_stand_one_feature_a_line(level: Literal["locality", "upl"]) -> None:
    collection = outline_features(level)
    assert "IDECA" in collection["source"]
    assert collection["licence"]
    lines = (FOLDER / {"locality": "localities.geojson", "upl": "upl.geojson"}[level]).read_text("utf-8").splitlines()
    features: list[dict[str, Any]] = [json.loads(line.rstrip(",")) for line in lines[1:-1]]
    assert features == collection["features"]


def test_neighbours_are_the_localities_whose_outlines_share_a_stretch() -> None:
    borders = {code: set(edges(area)) for code, area in polygons("locality").items()}
    shared = {
        one: tuple(other for other in borders if other != one and borders[one] & borders[other]) for one in borders
    }
    assert neighbours() == shared


def test_neighbourhood_is_mutual_and_leaves_nobody_alone() -> None:
    assert sorted(neighbours()) == LOCALITIES
    assert all(code in neighbours()[other] for code, others in neighbours().items() for other in others)


def test_la_candelaria_lies_wholly_within_santa_fe_and_sumapaz_touches_usme_only() -> None:
    assert neighbours()["17"] == ("03",)
    assert neighbours()["20"] == ("05",)


def test_every_alias_resolves_to_its_code() -> None:
    with (FOLDER / "aliases.csv").open(encoding="utf-8", newline="") as lines:
        aliases = list(csv.DictReader(lines))
    for row in aliases:
        resolve = upl_code if row["code"].startswith("UPL") else locality_code
        assert resolve(row["alias"]) == row["code"], row
    assert all(row["seen_in"] for row in aliases)
    assert len({(row["alias"], row["code"]) for row in aliases}) == len(aliases)


def test_a_name_shared_by_a_locality_and_a_unit_resolves_by_level() -> None:
    assert (locality_code("Sumapáz"), upl_code("Sumapáz")) == ("20", "UPL01")
    assert (locality_code("Rafael Uribe"), upl_code("Rafael Uribe")) == ("18", "UPL20")


@given(st.sampled_from(LOCALITIES), st.sampled_from(["upper", "lower", "title"]), st.sampled_from(["", " ", "  "]))
def test_case_and_outer_blanks_do_not_matter(code: str, case: str, blank: str) -> None:
    assert locality_code(blank + getattr(territories()[code].name, case)() + blank) == code


@pytest.mark.parametrize("name", ["", "Soacha", "USAQU\ufffdN", "SIN LOCALIZACION", "99", "Sin Localización"])
def test_a_name_that_is_no_locality_is_refused(name: str) -> None:
    with pytest.raises(TerritoryError, match="is no locality of Bogotá"):
        locality_code(name)


def test_the_error_offers_the_nearest_name() -> None:
    with pytest.raises(TerritoryError, match="did you mean 'teusaquillo'"):
        locality_code("Teusaquilo")
    with pytest.raises(TerritoryError, match="did you mean 'tibabuyes'"):
        upl_code("Tibabuies")


def test_geometry_libraries_are_not_imported_with_the_territories() -> None:
    probe = "import sys, observatory.territory; print({'shapely', 'pyproj', 'geopandas', 'numpy'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", probe], encoding="utf-8").strip() == "set()"


def copied(folder: Path) -> Path:
    for name in ("territories.csv", "aliases.csv"):
        shutil.copy(FOLDER / name, folder)
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\n00,city", "\n77,city", "row 2: '77' (Bogotá D.C.) is no code of level city → the code of the city is 00"),
        ("\n05,loc", "\n5,loc", "row 7: '5' (Usme) is no code of level locality → locality: 01–20"),
        ("\n05,loc", "\n06,loc", "the code '05' is not there → each territory has one row"),
        ("\n05,locality", "\n05,localty", "row 7: 'localty' is no level → did you mean 'locality'?"),
    ],
)
def test_a_wrong_code_is_told_where_the_territories_stand(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = copied(tmp_path) / "territories.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TerritoryError) as raised:
        territories(tmp_path)
    assert "territories.csv" in str(raised.value)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Usme,99,foo", "'Usme' leads to '99', which is no territory → it is 05"),
        ("USME,04,foo", "'USME' leads to '04' → 'USME' is 05 already"),
        ("Somewhere,99,foo", "'Somewhere' leads to '99', which is no territory → take a code of territories.csv"),
    ],
)
def test_an_alias_that_contradicts_a_name_is_refused_with_its_row(row: str, said: str, tmp_path: Path) -> None:
    path = copied(tmp_path) / "aliases.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, row]) + "\n", encoding="utf-8")
    with pytest.raises(TerritoryError) as raised:
        aliases(tmp_path)
    assert f"aliases.csv, row {len(lines) + 1}: {said}" in str(raised.value)


def test_an_alias_may_be_a_unit_s_name_on_another_level() -> None:
    assert ("rafael uribe", "18") in aliases()
    assert upl_code("Rafael Uribe") == "UPL20"
