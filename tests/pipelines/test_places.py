"""Points to places by geometry, and small areas to places by weight."""

from __future__ import annotations

import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from observatory.errors import SourceError
from pipelines.figures import Account, Capture
from pipelines.places import (
    Disagreement,
    Places,
    area_weights,
    disagreements,
    known_places,
    place_accounts,
    places_of,
    spread,
)

HALVES = Places(("01", "02"), (box(-74.10, 4.60, -74.09, 4.61), box(-74.09, 4.60, -74.08, 4.61)))


def test_a_point_belongs_to_the_area_that_holds_it_and_on_a_border_to_the_lower_code() -> None:
    found = HALVES.locate([-74.095, -74.085, -74.09, -74.0, np.nan], [4.605, 4.605, 4.605, 4.605, 4.6])
    assert found.tolist() == ["01", "02", "01", "", ""]


def test_known_landmarks_lie_in_their_localities() -> None:
    places = known_places("locality")  # Plaza de Bolívar, El Dorado, Torre Colpatria, Soacha
    assert places.locate([-74.0760, -74.1445, -74.0703, -74.2150], [4.5981, 4.6985, 4.6108, 4.5800]).tolist() == [
        "17",
        "09",
        "03",
        "",
    ]


def test_without_published_outlines_those_of_the_repository_serve(tmp_path: Path) -> None:
    assert places_of(Capture(tmp_path), "upl").codes == known_places("upl").codes


def test_a_million_points_take_less_than_three_seconds() -> None:
    generator = np.random.default_rng(7)
    longitudes, latitudes = generator.uniform(-74.23, -74.0, 1_000_000), generator.uniform(4.45, 4.83, 1_000_000)
    places = known_places("locality")
    start = time.perf_counter()
    found = places.locate(longitudes, latitudes)
    assert time.perf_counter() - start < 3
    assert 0.5 < (found != "").mean() < 0.8


def test_disagreements_are_counted() -> None:
    named, located = ["01", "01", "02", "02", "02"], ["01", "02", "01", "01", ""]
    assert disagreements(named, located) == [
        Disagreement("02", "01", 2),
        Disagreement("01", "02", 1),
        Disagreement("02", "", 1),
    ]
    assert place_accounts("f.csv", named, located) == [
        Account("f.csv", "observed", "used", 1),
        Account("f.csv", "observed", "used_point_in_other_locality", 3),
        Account("f.csv", "observed", "used_point_in_no_locality", 1),
    ]


def parts(*edges: tuple[str, float, float]) -> gpd.GeoDataFrame:
    areas = [box(west, 4.602, east, 4.604) for _, west, east in edges]
    return gpd.GeoDataFrame({"sector": [name for name, _, _ in edges]}, geometry=areas, crs=4326)


def test_amounts_are_spread_by_area_and_keep_their_sum() -> None:
    weights = area_weights(parts(("a", -74.098, -74.094), ("b", -74.0925, -74.0825)), "sector", HALVES)
    assert weights["weight"].round(3).tolist() == [1.0, 0.25, 0.75]
    amounts = spread({"a": 10, "b": 100}, weights)
    assert {code: round(value, 1) for code, value in amounts.items()} == {"01": 35.0, "02": 75.0}
    assert sum(amounts.values()) == pytest.approx(110)


def test_a_part_outside_every_place_is_refused() -> None:
    with pytest.raises(SourceError, match="lost"):
        area_weights(parts(("a", -74.098, -74.094), ("lost", -74.2, -74.19)), "sector", HALVES)


def test_an_area_without_weights_is_refused() -> None:
    weights = area_weights(parts(("a", -74.098, -74.094)), "sector", HALVES)
    with pytest.raises(SourceError, match="no weights"):
        spread({"z": 1}, weights)
