"""Means weigh schools by those tested, in schools made up for the test."""

import json
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.sources import saber11_2024 as source


def capture(folder: Path, *schools: tuple[str, int, int, float]) -> Capture:
    names = ("COD_LOCA", "SECTOR", "EVALUADOS", "P_Puntaje_")
    features = [{"properties": dict(zip(names, school, strict=True))} for school in schools]
    path = folder / source.SCHOOLS
    path.parent.mkdir()
    path.write_text(json.dumps({"features": features}), encoding="utf-8")
    return Capture(folder)


def test_a_large_school_weighs_more(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, ("01", 2, 30, 200.0), ("01", 1, 10, 300.0)))
    rows = {(row.measure, row.territory_code, row.disaggregation): row for row in parsed.rows}
    assert rows["global_score", "01", "total"].value == pytest.approx(225)
    assert rows["global_score", "00", "school_kind:official"].value == 200
    assert rows["students_tested", "00", "total"].value == 40


def test_an_unknown_locality_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="row 2, COD_LOCA '21', unknown_locality"):
        source.parse(capture(tmp_path, ("21", 1, 10, 300.0), ("01", 2, 10, 300.0)))


def test_the_year_is_that_of_the_day_of_the_layer(tmp_path: Path) -> None:
    schools = capture(tmp_path, ("01", 2, 30, 200.0), ("01", 1, 10, 300.0))
    path = tmp_path / source.SCHOOLS
    dated = path.read_text(encoding="utf-8").replace('"COD_LOCA"', '"FECHA": "2025-12-31", "COD_LOCA"')
    path.write_text(dated, encoding="utf-8")
    assert {row.period for row in source.parse(schools).rows} == {"2025"}
