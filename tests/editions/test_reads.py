from typing import get_type_hints

import pytest

from observatory.editions import reads
from observatory.rows.account import AccountRow, CaptureRow, CheckRow, EditionRow, RejectedRow
from observatory.rows.catalogue import BreakRow, CategoryRow, IndicatorRow, PlanRow, SourceRow, TargetRow, ThemeRow
from observatory.rows.observation import LatestRow, Observation, SilenceRow
from observatory.rows.place import GeometryRow, NeighbourRow, TerritoryRow
from observatory.rows.progress import (
    MarkerRow,
    MethodRow,
    ProgressRow,
    ProjectionModelRow,
    ProjectionRow,
    ReadingRow,
    TrialRow,
)
from tests.observatories import fixture_edition

TABLES = {
    "edition": EditionRow,
    "theme": ThemeRow,
    "source": SourceRow,
    "indicator": IndicatorRow,
    "category": CategoryRow,
    "series_break": BreakRow,
    "territory": TerritoryRow,
    "geometry": GeometryRow,
    "neighbour": NeighbourRow,
    "observation": Observation,
    "latest": LatestRow,
    "silence": SilenceRow,
    "plan": PlanRow,
    "target": TargetRow,
    "progress": ProgressRow,
    "reading": ReadingRow,
    "method_reading": MethodRow,
    "trial": TrialRow,
    "trend_marker": MarkerRow,
    "projection_model": ProjectionModelRow,
    "projection": ProjectionRow,
    "capture": CaptureRow,
    "account": AccountRow,
    "rejected_row": RejectedRow,
    "check_result": CheckRow,
}


@pytest.mark.parametrize("table", TABLES)
def test_a_tuple_s_fields_are_its_table_s_columns_in_order(table: str) -> None:
    assert fixture_edition()._cursor().table(table).columns == list(get_type_hints(TABLES[table]))


def test_themes_and_indicators_keep_the_catalogue_s_order() -> None:
    assert [theme.theme_id for theme in reads.themes(fixture_edition())] == ["quality_of_life", "environment"]
    assert [item.indicator_id for item in reads.indicators(fixture_edition())] == [
        "homicide_rate",
        "feels_safe",
        "pm25",
    ]


def test_an_indicator_comes_with_its_meaning() -> None:
    item = reads.indicators(fixture_edition())[0]
    assert (item.name("en"), item.label("es"), item.symbol("en")) == ("Homicide rate", "Homicidios", "per 100,000")
    assert (item.levels, item.per, item.valid_high, item.desired_low) == (["city", "locality"], 100_000, 400, None)
    assert (item.source_id, item.denominator_source_id) == ("deaths", "sdp_population_2025")
    assert item.synonyms == ["asesinatos", "murder"]


def test_a_source_comes_with_terms_and_hash() -> None:
    source = {row.source_id: row for row in reads.sources(fixture_edition())}["deaths"]
    assert (source.publisher_acronym, source.licence_en, source.share_alike, source.records) == (
        "SDSCJ",
        "CC BY 4.0",
        False,
        310,
    )
    assert len(source.capture_hash) == 64
    assert {row.source_id: row.sha256 for row in reads.captures(fixture_edition())}["deaths"] == source.capture_hash


def test_territories_outlines_and_neighbours_are_all_there() -> None:
    territories = reads.territories(fixture_edition())
    assert [sum(row.level == level for row in territories) for level in ("city", "locality", "upl")] == [1, 20, 33]
    assert len(reads.geometries(fixture_edition(), "locality")) == 20
    assert len(reads.geometries(fixture_edition(), "upl")) == 33
    pairs = {(row.territory_code, row.neighbour_code) for row in reads.neighbours(fixture_edition())}
    assert ("01", "02") in pairs
    assert {(right, left) for left, right in pairs} == pairs


def test_targets_of_one_indicator_or_of_all_also_of_none() -> None:
    rows = reads.targets(fixture_edition(), "homicide_rate")
    assert [(row.target_id, row.period, row.value, row.role) for row in rows] == [
        ("SEG-01", "2025", 12, "target"),
        ("SEG-01", "2027", 8, "target"),
        ("SEG-02", "2027", 7, "announced"),
    ]
    everything = reads.targets(fixture_edition())
    assert [row.target_id for row in everything if row.indicator_id is None] == ["DIG-01"]
    assert {row.role for row in everything} == {"target", "announced", "reference"}


def test_a_snapshot_is_one_period_of_one_level_and_nothing_else() -> None:
    rows = reads.snapshot(fixture_edition(), "homicide_rate", "2024", "locality")
    assert [row.territory_code for row in rows] == [f"{number:02d}" for number in range(1, 21)]
    assert {row.period for row in rows} == {"2024"}
    assert reads.snapshot(fixture_edition(), "homicide_rate", "2024", "upl") == []
    assert len(reads.snapshot(fixture_edition(), "homicide_rate", "2024", "city")) == 1


def test_series_come_by_territory_and_time() -> None:
    rows = reads.series(fixture_edition(), "homicide_rate", ["02", "00"])
    assert [(row.territory_code, row.period) for row in rows] == [
        (code, str(year)) for code in ("00", "02") for year in range(2021, 2026)
    ]
    assert len(reads.all_series(fixture_edition(), "homicide_rate", "locality")) == 100


def test_periods_count_values_and_absences() -> None:
    rows = reads.periods(fixture_edition(), "pm25", "locality")
    assert [(row.period, row.with_value, row.without_value) for row in rows] == [
        ("2023", 19, 1), ("2024", 19, 1), ("2025", 19, 1)
    ]  # fmt: skip


def test_what_is_not_there_is_an_empty_answer() -> None:
    assert reads.series(fixture_edition(), "nothing", ["00"]) == []
    assert reads.breakdown(fixture_edition(), "homicide_rate", "00", "sex") == []
    assert reads.plans(fixture_edition())[0].plan_id == "pdd"
    assert reads.breaks(fixture_edition(), "homicide_rate") == []
    assert reads.breaks(fixture_edition())[0].indicator_id == "pm25"
    assert [row.disaggregation for row in reads.categories(fixture_edition())] == ["sex:women", "sex:men"]


def test_checks_tell_all_their_results() -> None:
    results = {row.check_id: row.status for row in reads.checks(fixture_edition())}
    assert results["additive_measures"] == "passed"
    assert results["rows_quarantined"] == "warned"
    assert "failed" not in results.values()
