from __future__ import annotations

import pytest
from shapely import Polygon
from shapely.geometry import shape

from pipelines.connectors.esri_geometry import doubled_area, feature, geometry, polygons

OUTER = [[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0], [0.0, 0.0]]  # clockwise
HOLE = [[2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 4.0], [2.0, 2.0]]  # counter-clockwise
ISLAND = [[2.5, 2.5], [2.5, 3.5], [3.5, 3.5], [3.5, 2.5], [2.5, 2.5]]  # clockwise, in the hole
POND = [[2.8, 2.8], [3.2, 2.8], [3.2, 3.2], [2.8, 3.2], [2.8, 2.8]]  # counter-clockwise, in the island


def test_points_lines_and_their_plurals() -> None:
    assert geometry({"x": -74.1, "y": 4.6}) == {"type": "Point", "coordinates": [-74.1, 4.6]}
    assert geometry({"x": -74.1, "y": 4.6, "z": 2600}) == {"type": "Point", "coordinates": [-74.1, 4.6, 2600]}
    assert geometry({"points": [[1, 2], [3, 4]]}) == {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}
    assert geometry({"paths": [[[1, 2], [3, 4]]]}) == {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    made = geometry({"paths": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]})
    assert made == {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]}


@pytest.mark.parametrize("empty", [{"x": "NaN", "y": "NaN"}, {"x": None, "y": None}, {"rings": []}, {"paths": []}])
def test_empty_shapes_are_null(empty: dict[str, object]) -> None:
    assert geometry(empty) is None


def test_a_record_without_geometry_keeps_its_attributes() -> None:
    made = feature({"attributes": {"OBJECTID": 7, "A": 0, "B": None}}, "OBJECTID")
    assert made == {"type": "Feature", "id": 7, "geometry": None, "properties": {"OBJECTID": 7, "A": 0, "B": None}}


def test_holes_lie_in_the_smallest_ring_around_them_and_turn_as_geojson_wants() -> None:
    made = polygons([POND, OUTER, ISLAND, HOLE])
    assert [len(polygon) for polygon in made] == [2, 2]
    assert Polygon(made[0][0], made[0][1:]).area == 100 - 4
    assert Polygon(made[1][0], made[1][1:]).area == pytest.approx(1 - 0.16)
    assert all(doubled_area(polygon[0]) > 0 and doubled_area(polygon[1]) < 0 for polygon in made)


def test_an_open_ring_is_closed_and_a_hole_of_nothing_becomes_a_polygon() -> None:
    made = polygons([HOLE[:-1]])
    assert made == [[HOLE]]


def test_the_area_is_the_same_whichever_way_it_is_counted() -> None:
    made = geometry({"rings": [OUTER, HOLE, ISLAND]})
    assert made is not None
    assert shape(made).is_valid
    assert shape(made).area == 100 - 4 + 1
