"""Youth policy: the committed plan and comparison follow from the board's files, and its percentages are recomputed."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from observatory.plan import FAULTS, PlanVersion
from observatory.plan_progress import standings, weighted_up
from observatory.progress.reporting import Quarter
from observatory.registry.loading import load_catalogue
from pipelines.layout import REPOSITORY
from pipelines.plans.board_comparison import Compared, compare_board
from pipelines.plans.files import current_plan, write_rows
from pipelines.plans.youth import MEASURED_BY, derive_youth
from pipelines.sources.sdis_youth_policy import PRODUCTS, RESULTS, SERIES

HOME = REPOSITORY / "data" / "plans" / "youth_policy_2019_2030"
CATALOGUE = load_catalogue(REPOSITORY / "indicators.yaml")
BANDS = CATALOGUE.status_bands


@pytest.fixture(scope="module")
def plan(reference: Path) -> PlanVersion:
    """The plan derived from the board's files."""
    return derive_youth(reference)


@pytest.fixture(scope="module")
def compared(plan: PlanVersion) -> list[Compared]:
    """Every cell beside ours."""
    return compare_board(plan, BANDS)


def items(reference: Path, file: str) -> dict[str, dict[str, Any]]:
    content = json.loads((reference / file).read_text(encoding="utf-8"))
    return {item["llave"]: item for item in content["items"]}


def test_the_committed_plan_rederives(plan: PlanVersion) -> None:
    assert current_plan(HOME.parent, "youth_policy_2019_2030") == plan


def test_the_committed_comparison_rederives(compared: list[Compared], tmp_path: Path) -> None:
    write_rows(tmp_path / "again.csv", Compared, compared)
    assert (tmp_path / "again.csv").read_bytes() == (HOME / "board_comparison.csv").read_bytes()


def test_every_cell_of_the_files_is_in_the_plan(plan: PlanVersion, reference: Path) -> None:
    cells = [cell for file in (RESULTS, PRODUCTS) for item in items(reference, file).values() for cell in item["serie"]]

    assert len(plan.targets) == sum(cell["meta"] is not None for cell in cells)
    assert len(plan.reports) == sum(cell["valor"] is not None for cell in cells)
    shares = [item for item in plan.published if item.measure == "share_to_date"]
    assert len(shares) == sum(cell.get("porcentaje_acum") is not None for cell in cells)


def test_the_boards_accumulated_percentages_follow_from_its_own_cells(reference: Path) -> None:
    """By its formulas: all 509 come out, so a difference to ours is one of rules and not of arithmetic."""
    checked = 0
    for item in items(reference, PRODUCTS).values():
        start = item["valor_linea_base"] if isinstance(item["valor_linea_base"], float) else 0.0
        start = start if item["tipo_anualizacion"] == "Creciente" else 0.0
        for cell in item["serie"]:
            if cell["porcentaje_acum"] is not None:
                share = (cell["acumulado"] - start) / (cell["meta_acum"] - start)
                assert cell["porcentaje_acum"] == pytest.approx(100 * share, abs=0.0501), (item["llave"], cell["anio"])
                checked += 1
    assert checked == 509


def test_accumulated_percentages_agree_or_differ_for_a_reason(compared: list[Compared]) -> None:
    counts = Counter((row.agreement, row.reason) for row in compared if row.measure == "share_to_date")
    assert counts == {
        ("agree", ""): 471,
        ("only_board", "zero_doubtful"): 37,
        ("only_board", "negative_value"): 1,
        ("only_ours", "target_held"): 2,
        ("only_ours", "after_end"): 2,
    }


def test_yearly_percentages_agree_or_differ_for_a_reason(compared: list[Compared]) -> None:
    yearly = [row for row in compared if row.measure == "share_of_year"]
    assert Counter((row.agreement, row.reason) for row in yearly if row.kind == "product") == {
        ("agree", ""): 471,
        ("only_board", "zero_doubtful"): 37,
        ("only_board", "negative_value"): 1,
        ("only_ours", "target_held"): 2,
    }
    assert Counter((row.agreement, row.reason) for row in yearly if row.kind == "result") == {
        ("agree", ""): 87,
        ("differ", "decreasing_formula"): 9,
        ("differ", "target_scale"): 1,
        ("differ", "written_as_percent"): 3,
        ("only_board", "constant_lower_is_better"): 9,
        ("only_board", "increasing_lower_is_better"): 5,
        ("only_board", "missing_as_zero"): 54,
        ("only_board", "not_credible"): 5,
        ("only_board", "scale_unknown"): 14,
        ("only_board", "target_near_baseline"): 5,
        ("only_board", "target_scale"): 2,
        ("only_board", "written_as_percent"): 2,
        ("only_board", "zero_doubtful"): 4,
    }


@pytest.mark.parametrize(
    ("key", "year", "board", "ours", "reason"),
    [
        ("R27", 2025, 1.518, (331 - 270) / (218 - 270), "decreasing_formula"),
        ("R37", 2025, 1.465, (9.2 - 8.552681094469495) / (6.28 - 8.552681094469495), "decreasing_formula"),
        ("R5", 2025, 110.411, 1.0202 / 0.924, "written_as_percent"),
        ("R35", 2022, -105.333, None, "missing_as_zero"),
        ("R18", 2021, 0.009, None, "scale_unknown"),
        ("R20", 2020, 0.021, 0.2 / 0.094, "target_scale"),
        ("R16", 2022, 1.212, None, "constant_lower_is_better"),
        ("R27", 2024, 0.377, None, "not_credible"),
        ("P120", 2025, -0.284, None, "negative_value"),
    ],
)
def test_cells_worked_by_hand(
    compared: list[Compared], key: str, year: int, board: float, ours: float | None, reason: str
) -> None:
    row = next(row for row in compared if (row.key, row.year, row.measure) == (key, year, "share_of_year"))
    assert (row.board, row.reason) == (board, reason)
    assert row.ours == (None if ours is None else pytest.approx(ours, abs=0.00051))


def test_faults_of_shared_series_are_those_of_the_figure_table(plan: PlanVersion) -> None:
    with (REPOSITORY / "data" / "figures" / "sdis_youth_policy.csv").open(encoding="utf-8", newline="") as file:
        figures = {(row["measure"], row["period"]): row["value"] for row in csv.DictReader(file)}
    measures = {key: series.measure for file in SERIES.values() for key, series in file.items()}
    for node in plan.nodes:
        if measure := measures.get(node.cell):
            for report in plan.reports_of(node.node_id):
                if report.fault != "before_start":
                    stated = figures[(measure, str(report.year))]
                    assert (None if stated == "" else pytest.approx(float(stated))) == report.used, (
                        node.cell,
                        report.year,
                    )


def test_results_point_at_the_indicators_that_measure_them() -> None:
    targets = [target for target in CATALOGUE.targets if target.plan == "youth_policy_2019_2030" and target.indicator]
    for target in targets:
        key = target.article.es.strip(")").replace("(", " ").split()[-1]
        assert MEASURED_BY[key] == target.indicator
    assert len(targets) == len(MEASURED_BY)


def test_the_plan_is_assessed_with_its_coverage(plan: PlanVersion) -> None:
    cut = Quarter(2025, 4)
    results = weighted_up(plan, standings(plan, "result", cut, BANDS), "result")[0]
    products = weighted_up(plan, standings(plan, "product", cut, BANDS), "product")[0]

    assert (results.indicators, results.assessed, results.unweighted) == (36, 27, 0)
    assert (products.indicators, products.assessed, products.unweighted) == (99, 86, 1)
    assert results.coverage == pytest.approx(0.7617, abs=0.0001)
    assert products.coverage == pytest.approx(0.9686, abs=0.0001)


def test_the_zeros_of_2019_change_nothing_after_it_however_they_are_read(plan: PlanVersion) -> None:
    """All 38 products report 0 in their first year: read as true zeros they leave every later verdict as it is."""
    read = [
        item._replace(used=0.0, fault="") if item.fault == "zero_doubtful" and item.year == 2019 else item
        for item in plan.reports
    ]
    assert sum(item.used == 0 and item.year == 2019 for item in read) == 38
    other = replace(plan, reports=read)
    for year in range(2020, 2026):
        cut = Quarter(year, 4)
        ours, theirs = (
            [(row.node_id, row.status, row.share) for row in standings(one, "product", cut, BANDS)]
            for one in (plan, other)
        )
        assert ours == theirs, year


def test_levels_not_to_be_exceeded_are_kept_or_not_without_a_percentage(plan: PlanVersion) -> None:
    """Suicides of 6.3 against 7.7 and dropout of 2.0 % against 1.53 %; HIV incidence is called increasing."""
    rows = {plan.by_id[row.node_id].cell: row for row in standings(plan, "result", Quarter(2025, 4), BANDS)}
    assert {key: (rows[key].status, rows[key].reason, rows[key].share) for key in ("R10", "R16", "R19")} == {
        "R10": ("lagging", "constant_lower_is_better", None),
        "R16": ("on_track", "constant_lower_is_better", None),
        "R19": ("not_assessed", "increasing_lower_is_better", None),
    }


def test_each_faulty_cell_is_a_finding(plan: PlanVersion) -> None:
    faulty = Counter(report.fault for report in plan.reports if report.fault)
    assert faulty == Counter(item.rule for item in plan.findings if item.rule in FAULTS)
    assert faulty["missing_as_zero"] == 55
