"""City figures copied by hand from published pages: each printed number stands in the facts' row it was read from."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = Path(os.environ.get("OBSERVATORY_REFERENCE") or REPOSITORY.parent / "shared" / "reference")
FACTS = REFERENCE.parent / "design" / "FACTS.md"
PERCENT, AS_PRINTED = 100, 1

# source → (row of the facts, divisor, {measure: {period: number as printed}})
PRINTED: dict[str, list[tuple[str, int, dict[str, dict[str, str]]]]] = {
    "bcv_perception": [
        (
            "| Citizen perception (BCV) ",
            PERCENT,
            {
                "satisfaction_with_city": {"2022": "44", "2023": "53", "2024": "55.7", "2025": "61"},
                "pride_in_city": {"2022": "35", "2023": "53", "2024": "55.4", "2025": "57"},
                "optimism": {"2024": "37.1", "2025": "48"},
                "insecurity_feeling": {"2025": "62"},
                "mayor_approval": {"2024": "42.3", "2025": "26"},
                "trust_in_district": {"2024": "12.3", "2025": "17.7"},
                "council_approval": {"2023": "12.8", "2024": "16.5"},
            },
        )
    ],
    "dane_poverty_city": [
        ("| Monetary poverty % ", PERCENT, {"monetary_poverty": {"2022": "28.1", "2023": "23.7", "2024": "19.6"}}),
        ("| Extreme poverty % ", PERCENT, {"extreme_poverty": {"2022": "8.1", "2023": "5.5"}}),
        ("| Gini ", AS_PRINTED, {"gini": {"2023": "0.530"}}),
    ],
    "saludata_poverty": [
        (
            "| Multidimensional poverty % ",
            PERCENT,
            {"multidimensional_poverty": {"2019": "7.1", "2020": "7.5", "2021": "5.7", "2022": "3.8"}},
        )
    ],
    "household_internet_city": [
        ("| Household internet % ", PERCENT, {"household_internet": {"2020": "78.0", "2021": "81.5", "2022": "79.4"}})
    ],
    "tic_participation": [
        (
            "| Digital participation ",
            AS_PRINTED,
            {"virtual_votes": {"2022": "135,000"}, "public_connectivity_spaces": {"2022": "240"}},
        )
    ],
    "tic_sti_investment": [
        ("| STI investment share ", PERCENT, {"sti_investment_share": {"2000-01--2019-12": "45.77"}}),
    ],
}


def committed(source: str, disaggregation: str = "total") -> dict[tuple[str, str], float]:
    """City values by (measure, period)."""
    with (REPOSITORY / f"data/figures/{source}.csv").open(encoding="utf-8", newline="") as lines:
        return {
            (row["measure"], row["period"]): float(row["value"])
            for row in csv.DictReader(lines)
            if row["disaggregation"] == disaggregation
        }


@pytest.mark.parametrize("source", PRINTED)
def test_equals_what_was_printed(source: str) -> None:
    facts = FACTS.read_text(encoding="utf-8").splitlines()
    expected: dict[tuple[str, str], float] = {}
    for label, divisor, measures in PRINTED[source]:
        (line,) = (line for line in facts if line.startswith(label))
        for measure, values in measures.items():
            for period, printed in values.items():
                assert printed in line
                expected[measure, period] = float(printed.replace(",", "")) / divisor
    assert committed(source) == pytest.approx(expected)


def test_plan_of_the_smart_territory_policy_equals_the_official_workbook() -> None:
    plan = json.loads((REFERENCE / "policy/plan_accion_bti_estructura.json").read_text(encoding="utf-8"))
    by_objective = Counter(code.partition(".")[0] for code in plan["codigos_ip"])
    table = committed("bti_follow_up")
    assert table["products_in_plan", "2026"] == plan["n_ip"] == 46
    for objective, products in by_objective.items():
        assert committed("bti_follow_up", f"bti_objective:o{objective}")["products_in_plan", "2026"] == products


def test_follow_up_by_objective_equals_the_facts() -> None:
    section = FACTS.read_text(encoding="utf-8").split("### A2.")[1].split("### A3.")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and "→" in cells[0] and cells[0][0].isdigit():
            row = committed("bti_follow_up", f"bti_objective:o{cells[0][0]}")
            assert row["products_in_plan", "2026"] == float(cells[2].split("(")[1].rstrip(")"))
            assert row["products_in_follow_up", "2026"] == float(cells[3].split()[0])
    table = committed("bti_follow_up")
    assert f"**{table['products_in_follow_up', '2026']:.0f}** |" in section
    assert "38 product indicators, 99 numeric reports and 290 qualitative notes; at S1 2025 it was 67" in section
    reports = [table["numeric_reports", period] for period in ("2025-S1", "2025-S2")]
    assert [*reports, table["qualitative_notes", "2025-S2"]] == [67, 99, 290]
    assert (table["products_in_plan", "2023"], table["products_in_plan", "2025"]) == (36, 38)
