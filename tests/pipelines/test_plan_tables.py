"""Plans on disk and in an edition: what is written is read back, and the tables hold what the rules compute."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from observatory.errors import FigureError
from observatory.plan import PlanVersion
from pipelines.layout import REPOSITORY
from pipelines.plans.files import current_plan, listed_folders, publish_plan, read_plan, read_plans
from pipelines.plans.tables import insert_plans, plan_tables
from tests.plan.plans import BANDS, node, promise, report, tree


def example(version: str = "1") -> PlanVersion:
    """A plan of two products, one ahead and one silent."""
    plan = tree(
        node("1.1.1", weight=0.25, sector="Ambiente"), node("1.1.2", weight=0.75, name="Dos, «con» comas\ny líneas")
    )
    promise(plan, "1.1.1", {2024: 10})
    promise(plan, "1.1.2", {2024: 10})
    report(plan, "1.1.1", {"2024": 0.1 + 0.2})
    return replace(plan, header=plan.header.model_copy(update={"version": version}))


def test_a_plan_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    folder = publish_plan(example(), tmp_path)
    assert read_plan(folder) == example()


def test_versions_keep_their_order_and_a_second_reading_takes_its_place(tmp_path: Path) -> None:
    for version in ("2023", "2026"):
        publish_plan(example(version), tmp_path)
    changed = example("2023")
    changed.nodes[-1] = changed.nodes[-1]._replace(weight=0.7)
    publish_plan(changed, tmp_path)

    assert [(item.plan.header.version, item.is_current) for item in read_plans(tmp_path)] == [
        ("2023", False),
        ("2026", True),
    ]
    assert read_plans(tmp_path)[0].plan.nodes[-1].weight == 0.7
    assert len(listed_folders(tmp_path / "example")) == 2


def test_a_version_half_written_is_never_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_plan(example("1"), tmp_path)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("pipelines.plans.files.write_rows", fail)
    with pytest.raises(OSError, match="disk full"):
        publish_plan(example("2"), tmp_path)

    kept = current_plan(tmp_path, "example")
    assert kept is not None
    assert kept.header.version == "1"


@pytest.mark.parametrize(
    ("table", "before", "after", "message"),
    [
        ("targets.csv", "2024", "veinte", "invalid literal"),
        ("nodes.csv", "node_id,", "id,", "columns"),
    ],
)
def test_a_damaged_table_is_named_with_its_line(
    tmp_path: Path, table: str, before: str, after: str, message: str
) -> None:
    path = publish_plan(example(), tmp_path) / table
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(FigureError, match=message) as error:
        read_plans(tmp_path)
    assert table in error.value.where


@pytest.fixture
def connection(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """An edition with the example in two versions."""
    for version in ("2023", "2026"):
        publish_plan(example(version), tmp_path / "plans")
    connection = duckdb.connect()
    insert_plans(connection, plan_tables(tmp_path / "plans", BANDS))
    return connection


def test_standings_and_aggregates_are_in_the_edition(connection: duckdb.DuckDBPyConnection) -> None:
    standing = "SELECT status, share, reason FROM plan_standing WHERE plan_version = '2026' ORDER BY node_id"
    assert connection.execute(standing).fetchall() == [
        ("lagging", 0.03, ""),
        ("not_assessed", None, "no_report"),
        ("not_assessed", None, "no_targets"),
    ]
    policy = (
        "SELECT indicators, weight, weight_assessed, coverage, progress, lagging, not_assessed FROM plan_aggregate"
        " WHERE plan_version = '2026' AND group_kind = 'policy' AND kind = 'product'"
    )
    assert connection.execute(policy).fetchall() == [(2, 1.0, 0.25, 0.25, 0.03, 1, 1)]


def test_one_version_is_current(connection: duckdb.DuckDBPyConnection) -> None:
    versions = "SELECT plan_version, is_current, position FROM plan_version ORDER BY position"
    assert connection.execute(versions).fetchall() == [("2023", False, 0), ("2026", True, 1)]


def test_columns_hold_their_fields(connection: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT name, weight, sector, cell, in_force FROM plan_node WHERE plan_version = '2026' AND code = '1.1.2'"
    assert connection.execute(query).fetchall() == [("Dos, «con» comas\ny líneas", 0.75, "", "IP!1.1.2", "")]


def test_no_plans_give_empty_tables(tmp_path: Path) -> None:
    connection = duckdb.connect()
    insert_plans(connection, plan_tables(tmp_path / "none", BANDS))
    assert connection.execute("SELECT count(*) FROM plan_node").fetchone() == (0,)


def test_the_shipped_plans_go_in_whole() -> None:
    connection = duckdb.connect()
    insert_plans(connection, plan_tables(REPOSITORY / "data" / "plans", BANDS))

    counts = (
        "SELECT v.plan_id, v.plan_version, v.is_current, count(*) FILTER (kind = 'objective'),"
        " count(*) FILTER (kind = 'result'), count(*) FILTER (kind = 'product') FROM plan_version v"
        " JOIN plan_node USING (plan_id, plan_version) GROUP BY ALL ORDER BY v.plan_id, any_value(v.position)"
    )
    assert connection.execute(counts).fetchall() == [
        ("bti_2023_2032", "aprobación 2023", False, 7, 7, 0),
        ("bti_2023_2032", "seguimiento 2025", False, 7, 7, 38),
        ("bti_2023_2032", "plan de acción v4 (2026)", True, 7, 7, 46),
        ("youth_policy_2019_2030", "metas al corte 2025-12-31", True, 7, 36, 99),
    ]
    orphans = (
        "SELECT count(*) FROM plan_node n LEFT JOIN plan_node p ON p.plan_id = n.plan_id"
        " AND p.plan_version = n.plan_version AND p.node_id = n.parent_id WHERE n.parent_id <> '' AND p.node_id IS NULL"
    )
    assert connection.execute(orphans).fetchone() == (0,)


def test_the_shipped_versions_are_named_in_both_languages() -> None:
    headers = [item.plan.header for item in read_plans(REPOSITORY / "data" / "plans")]
    assert len(headers) == 4
    for header in headers:
        assert header.version_in("es") == header.version
        assert header.version_in("en") == header.version_en != header.version
