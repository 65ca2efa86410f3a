"""A captured file under any name is read by its source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.capturing.fitting import fit, parse_capture
from pipelines.figures import Capture
from pipelines.sources import (
    bti_plan_structure,
    idrd_parks_2023,
    rmcab_hourly_2021_2023,
    sds_drug_use,
    sed_schools_2025,
)


def test_a_table_stands_for_the_file_whose_columns_it_has(tmp_path: Path) -> None:
    (tmp_path / "descarga (2).csv").write_text("NOMBRE_LOCALIDAD;ANIO;CASOS_CONSUMO\nusme;2015;7\n", encoding="utf-8")
    (tmp_path / "leeme.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    rows = {row.key: row.value for row in parse_capture(sds_drug_use, Capture(tmp_path)).rows}
    assert rows["drug_use_cases", "05", "2015", "total"] == 7


def test_a_known_name_without_its_folder_is_enough(tmp_path: Path) -> None:
    name = sds_drug_use.CASES.rpartition("/")[2]
    (tmp_path / name).write_text("nombre_localidad,anio,casos_consumo\nusme,2015,7\n", encoding="utf-8")
    assert fit(sds_drug_use, Capture(tmp_path)).aliases == {}
    assert parse_capture(sds_drug_use, Capture(tmp_path)).accounts[0].rows == 1


def test_a_layer_is_told_by_its_properties(tmp_path: Path) -> None:
    properties = dict.fromkeys(sed_schools_2025.COLUMNS, "1")
    text = json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties}]})
    (tmp_path / "capa (1).geojson").write_text(text, encoding="utf-8")
    assert fit(sed_schools_2025, Capture(tmp_path)).aliases == {sed_schools_2025.SITES: "capa (1).geojson"}


def test_the_only_file_stands_for_the_only_known_one(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    assert fit(bti_plan_structure, Capture(tmp_path)).aliases == {bti_plan_structure.PLAN: "plan.json"}


@pytest.mark.parametrize("module", [sds_drug_use, rmcab_hourly_2021_2023, sed_schools_2025])
def test_an_empty_capture_names_what_is_missing(module: object, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        parse_capture(module, Capture(tmp_path))  # type: ignore[arg-type]


def test_a_file_of_another_year_is_refused_where_the_source_alone_says_the_year(tmp_path: Path) -> None:
    text = "No.;LOCALIDAD;TIPO DE PARQUE;LATITUD;LONGITUD\n1;Usme;ZONAL;4,5;-74,1\n"
    (tmp_path / "parques_2026.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"parques_2026\.csv: the name says 2026, .* gives figures of 2023"):
        parse_capture(idrd_parks_2023, Capture(tmp_path))
    (tmp_path / "parques_2026.csv").rename(tmp_path / "parques.csv")
    assert {row.period for row in parse_capture(idrd_parks_2023, Capture(tmp_path)).rows} == {"2023"}
