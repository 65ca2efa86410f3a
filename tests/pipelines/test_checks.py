"""Each check finds what it is for: a small edition is broken in one place, and that check alone answers."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from observatory.errors import TerritoryError
from pipelines.assemble import Identity, assemble, read_inputs
from pipelines.build import open_for_writing
from pipelines.inserting import SQL
from pipelines.read_territory import read_neighbours, read_outlines
from tests.observatories import DAY, copy_to, quiet


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    layout = copy_to(tmp_path / "observatory")
    connection = open_for_writing(None)
    assemble(connection, layout, read_inputs(layout), Identity("0" * 64, DAY), quiet)
    yield connection
    connection.close()


def answer(connection: duckdb.DuckDBPyConnection, check: str) -> list[tuple[str, str]]:
    return connection.execute((SQL / "checks" / f"{check}.sql").read_text(encoding="utf-8")).fetchall()


OF_AIR, OF_SURVEY, OF_DEATHS = (
    f"WHERE indicator_id = '{indicator}'" for indicator in ("pm25", "feels_safe", "homicide_rate")
)
BREAKAGES = {
    "additive_measures": "UPDATE figure SET value = value + 1 WHERE measure = 'homicides' AND territory_code = '00'",
    "accounts_add_up": "DELETE FROM account WHERE rule = 'unlocated'",
    "published_files_accounted": "DELETE FROM account WHERE stage = 'file' AND rule = 'used'",
    "localities_complete": f"DELETE FROM observation {OF_AIR} AND territory_code = '05' AND period = '2024'",
    "shares_within_0_and_1": f"UPDATE observation SET value = 42 {OF_SURVEY} AND period = '2023'",
    "one_population_vintage": f"UPDATE observation SET denominator_source_id = 'older' {OF_DEATHS} AND period = '2021'",
    "breaks_within_series": "UPDATE break_start SET starts = DATE '2030-01-01'",
    "every_indicator_observed": f"UPDATE observation SET value = NULL {OF_SURVEY}",
    "levels_observed": f"DELETE FROM observation {OF_AIR} AND territory_code <> '00'",
    "value_or_absence": f"UPDATE observation SET absence = 'late' {OF_SURVEY} AND period = '2023'",
    "unique_observations": f"INSERT INTO observation SELECT * FROM observation {OF_SURVEY} AND period = '2023'",
    "intervals_hold_values": f"UPDATE observation SET value = 0.9 {OF_SURVEY} AND period = '2023'",
    "not_assessed_has_reason": f"UPDATE progress SET status = 'not_assessed', reason = NULL {OF_SURVEY}",
    "nothing_personal": "UPDATE figure SET measure = 'victim_phone' WHERE measure = 'thefts'",
    "neighbours_known": "DELETE FROM neighbour WHERE territory_code = '20'",
    "plan_references": "INSERT INTO plan_version (plan_id, plan_version, version_code, position, is_current, name_es,"
    " name_en, norm, layout, source, first_year, last_year)"
    " VALUES ('unheard_of', '1', '1', 0, true, 'x', 'x', 'x', 'new', 'x', 2023, 2026)",
    "counts_are_whole": f"UPDATE observation SET numerator = 1.173 {OF_DEATHS} AND territory_code = '00'",
    "values_within_valid_range": "INSERT INTO rejected_row SELECT source_id, 'air.csv', row_number, 'value', '1300',"
    " 'out_of_valid_range', 'outside' FROM figure WHERE source_id = 'air' LIMIT 1",
    "rows_without_denominator": "UPDATE account SET rule = 'no_denominator' WHERE rule = 'unlocated'",
}
WARNED_BY_THE_FIXTURE = {"rows_quarantined"}


@pytest.mark.parametrize("check", BREAKAGES)
def test_a_check_is_silent_on_what_is_right_and_finds_what_is_broken(
    edition: duckdb.DuckDBPyConnection, check: str
) -> None:
    assert answer(edition, check) == []
    edition.execute(BREAKAGES[check])
    found = answer(edition, check)
    assert found
    assert all(subject and detail for subject, detail in found)


def test_every_check_is_tested() -> None:
    assert {path.stem for path in (SQL / "checks").glob("*.sql")} == BREAKAGES.keys() | WARNED_BY_THE_FIXTURE


def test_quarantined_rows_are_told_by_rule(edition: duckdb.DuckDBPyConnection) -> None:
    assert answer(edition, "rows_quarantined") == [("deaths.csv", "territory_missing: 1 rows, first at row 2")]


def test_outlines_that_are_no_polygons_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "upl.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"properties":{"code":"UPL01"},"geometry":{"type":"Point","coordinates":[0,0]}}]}',
        encoding="utf-8",
    )
    with pytest.raises(TerritoryError, match="a Point is no outline"):
        read_outlines(tmp_path)


def test_outlines_of_a_misspelt_type_are_refused(tmp_path: Path) -> None:
    (tmp_path / "localities.geojson").write_text('{"type":"FeatureColection","features":[]}', encoding="utf-8")
    with pytest.raises(TerritoryError, match="the type is 'FeatureColection' → GeoJSON says"):
        read_outlines(tmp_path)


def test_neighbours_stand_in_both_orders(tmp_path: Path) -> None:
    (tmp_path / "neighbours.csv").write_text("code,neighbour\n01,02\n", encoding="utf-8")
    assert read_neighbours(tmp_path) == [("01", "02"), ("02", "01")]


def test_places_that_do_not_add_up_are_told_with_the_city_s_row_and_what_mends_them(
    edition: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    edition.execute(BREAKAGES["additive_measures"])
    lines = (tmp_path / "observatory" / "data" / "figures" / "deaths.csv").read_text(encoding="utf-8").splitlines()
    found = [(subject, detail) for subject, detail in answer(edition, "additive_measures") if "homicides" in detail]
    assert found
    for subject, detail in found:
        period = detail.split()[1]
        row = next(at for at, line in enumerate(lines, 1) if line.startswith(f"homicides,00,{period},total"))
        assert subject == "deaths.csv"
        assert f", row {row} → mend the row, or say `additive: false` of homicides in indicators.yaml" in detail
