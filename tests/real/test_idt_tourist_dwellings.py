"""Tourist dwellings equal their register, whose own locality agrees with the outlines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from pipelines.figures import Parsed


def test_rederives(assert_rederives: Callable[[str], Parsed]) -> None:
    parsed = assert_rederives("idt_tourist_dwellings")
    values = {(row.measure, row.territory_code): row.value for row in parsed.rows}
    assert (values["tourist_dwellings", "00"], values["tourist_dwellings", "02"]) == (7529, 2454)
    assert values["tourist_dwellings", "20"] == 0
    assert values["census_dwellings", "00"] == 2517733
    assert values["per_1000_dwellings", "00"] == pytest.approx(1000 * 7529 / 2517733)
    assert values["per_1000_dwellings", "20"] is None


def test_every_point_lies_in_the_locality_it_names(reference: Path) -> None:
    with gzip.open(reference / "economy/vivienda_turistica_rnt.geojson.gz", "rt", encoding="utf-8") as file:
        points = gpd.GeoDataFrame.from_features(json.load(file)["features"], crs=3857)
    localities = gpd.read_file(reference / "boundaries/localidades.geojson").to_crs(3857)
    joined = gpd.sjoin(points, localities, predicate="within")
    assert len(joined) == len(points)
    assert (joined["LOCALIDAD"].str.zfill(2) == joined["LocCodigo"]).all()
