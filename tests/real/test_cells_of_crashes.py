"""The published crashes of 2023 as records of the engine: its cells are the figures of the source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipelines.engine.figures import cells_of
from pipelines.engine.on_duckdb import group_on_duckdb
from pipelines.engine.records import Records, Shape
from pipelines.figures import Account, Parsed
from pipelines.places import known_places

FILE = "raw/sdm_siniestros_2023.csv"
CRASHES = Shape(
    time="Fecha_Acc",
    time_format="%d/%m/%Y",
    place="Localidad",
    category="Gravedad_indicador_30d",
    flags={"crashes_with_motorcycle": "Con_Moto", "crashes_with_bicycle": "Con_Bicicleta"},
    yes="SI",
    weight="Hora_Acc",
    delimiter=";",
    decimal=",",
)
POINTS = Shape(time="Fecha_Acc", time_format="%d/%m/%Y", x="Longitud", y="Latitud", delimiter=";", decimal=",")


def test_cells_by_locality_are_the_figures_of_the_source(
    reference: Path, assert_rederives: Callable[[str], Parsed]
) -> None:
    cells = cells_of(group_on_duckdb(Records(str(reference / FILE), CRASHES)), CRASHES, FILE, "year")
    assert cells.accounts == [Account(FILE, "observed", "used", 14_106)]
    values = {row.key: row.value for row in cells.rows}
    wanted = {"crashes": "records"} | {name: name for name in CRASHES.flags}
    rows = [row for row in assert_rederives("sdm_crashes_2023").rows if row.measure in wanted]
    assert len(rows) == 21 * len(wanted)
    assert {row.key: values[wanted[row.measure], *row.key[1:]] for row in rows} == {row.key: row.value for row in rows}


def test_months_of_the_city_are_the_figures_of_the_source(
    reference: Path, assert_rederives: Callable[[str], Parsed]
) -> None:
    cells = cells_of(group_on_duckdb(Records(str(reference / FILE), CRASHES)), CRASHES, FILE)
    values = {row.period: row.value for row in cells.rows if row.key[:2] == ("records", "00") and row.key[3] == "total"}
    parsed = assert_rederives("sdm_crashes_2023").rows
    assert values == {row.period: row.value for row in parsed if row.measure == "crashes_by_month"}


def test_severities_are_categories(reference: Path, assert_rederives: Callable[[str], Parsed]) -> None:
    cells = cells_of(group_on_duckdb(Records(str(reference / FILE), CRASHES)), CRASHES, FILE, "year")
    deadly = {
        row.territory_code: row.value for row in cells.rows if row.key[0::3] == ("records", "category:con_muertos")
    }
    parsed = assert_rederives("sdm_crashes_2023").rows
    assert deadly == {row.territory_code: row.value for row in parsed if row.measure == "crashes_with_deaths"}


def test_coordinates_place_nearly_every_crash_where_it_says(reference: Path) -> None:
    groups = group_on_duckdb(Records(str(reference / FILE), POINTS), known_places("locality"))
    cells = cells_of(groups, POINTS, FILE, "year")
    assert sum(account.rows for account in cells.accounts) == 14_106
    named = cells_of(group_on_duckdb(Records(str(reference / FILE), CRASHES)), CRASHES, FILE, "year")
    by_name = {row.territory_code: row.value or 0 for row in named.rows if row.key[0::3] == ("records", "total")}
    by_point = {row.territory_code: row.value or 0 for row in cells.rows if row.measure == "records"}
    moved = sum(abs(by_name[code] - by_point[code]) for code in by_name if code != "00") / 2
    assert moved < 0.05 * 14_106
