"""The catalogue holds every official target that was compiled for the project, with its value, year and source mark.

The compilation is the table `design/targets.csv` beside the folder of published files.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from observatory.registry.models import Target

CATALOGUE = Path(__file__).resolve().parents[2] / "indicators.yaml"
BASE_ID = re.compile(r"[A-Z]{3}-\d{2}")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
UNDATED = ("in force", "reference", "ten-year plan")

Rows = list[dict[str, str]]
Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows(reference: Path) -> Rows:
    with (reference.parent / "design" / "targets.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(CATALOGUE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


@pytest.fixture(scope="module")
def records(catalogue: dict[str, Any]) -> Records:
    """Records by the id of the compilation: `AMB-05a` says the same as `AMB-05` of another indicator."""
    grouped: Records = defaultdict(list)
    for record in catalogue["targets"]:
        grouped[BASE_ID.match(record["id"])[0]].append(record)  # type: ignore[index]  # the model asks for the form
    return dict(grouped)


def inside(row: dict[str, str], text: str) -> float | None:
    """A number of the compilation in the unit inside, where shares are fractions; None where the text is no number."""
    try:
        return float(text) / (100 if row["unit"].startswith("%") else 1)
    except ValueError:
        return None


def numbers(text: str) -> set[str]:
    return {found.replace(",", "") for found in NUMBER.findall(text)}


def holds(record: dict[str, Any], row: dict[str, str]) -> bool:
    """Whether a milestone of the record says what the row says, in figures or in words."""
    period = None if row["target_year"] in UNDATED else row["target_year"]
    value = inside(row, row["target_value"])
    return any(
        value is not None and milestone["value"] == pytest.approx(value)
        for milestone in record["milestones"]
        if milestone["period"] == period and milestone["value"] is not None
    )


def said(records: list[dict[str, Any]], year: str) -> str:
    """Values and English words of the milestones of a year."""
    period = None if year in UNDATED else year
    milestones = [
        milestone for record in records for milestone in record["milestones"] if milestone["period"] == period
    ]
    return " ".join(f"{milestone['value']} {milestone.get('text', {}).get('en', '')}" for milestone in milestones)


def test_the_catalogue_has_the_127_targets_of_the_compilation(rows: Rows, records: Records) -> None:
    assert sorted(records) == sorted({row["id"] for row in rows})
    assert len(records) == 127


def test_every_value_stands_at_its_year(rows: Rows, records: Records) -> None:
    in_words = [row for row in rows if not any(holds(record, row) for record in records[row["id"]])]
    unsaid = [
        row["id"]
        for row in in_words
        if not numbers(row["target_value"].replace("PM2.5", "").replace("PM10", "").replace("NO2", ""))
        <= numbers(said(records[row["id"]], row["target_year"]))
    ]
    assert unsaid == []
    assert {row["id"] for row in in_words} == {
        *("MOV-12", "MOV-13", "MOV-14", "MOV-15", "AMB-01", "AMB-09", "AMB-12", "AMB-20", "EDU-13", "SEG-04")
    }


def test_carbon_neutral_is_said_in_words(records: Records) -> None:
    last = records["AMB-01"][0]["milestones"][-1]
    assert (last["period"], last["value"], last["text"]["es"]) == ("2050", None, "carbono neutral")


def test_no_milestone_is_added_but_those_of_the_official_board(rows: Rows, records: Records) -> None:
    compiled = {(row["id"], None if row["target_year"] in UNDATED else row["target_year"]) for row in rows}
    added = {
        (base, milestone["period"]): milestone["value"]
        for base, found in records.items()
        for record in found
        for milestone in record["milestones"]
        if (base, milestone["period"]) not in compiled
    }
    level = {"EDU-03": 0.924, "EDU-04": 0.823, "EDU-06": 0.0153, "EDU-10": 1.0}
    board = {(base, str(year)): value for base, value in level.items() for year in range(2021, 2025)}
    board |= {("SEG-09", str(year)): 7.7 for year in range(2022, 2025)}
    board |= {("DIG-04", "2022"): 0.105, ("DIG-06", "2021"): 500, ("DIG-06", "2022"): 525}
    assert added == board


def test_what_was_added_is_what_the_official_board_says(reference: Path, records: Records) -> None:
    keys = {"R5": "EDU-03", "R6": "EDU-04", "R8": "EDU-10", "R10": "EDU-06"}
    keys |= {"R16": "SEG-09", "R3": "DIG-04", "P38": "DIG-06"}
    board = {
        keys[item["llave"]]: {str(point["anio"]): point["meta"] for point in item["serie"]}
        for name in ("ppdj_resultados_metas_vs_ejecutado.json", "ppdj_productos_metas_vs_ejecutado.json")
        for item in json.loads((reference / "policy" / name).read_text(encoding="utf-8"))["items"]
        if item["llave"] in keys
    }
    assert len(board) == len(keys)
    for base, targets in board.items():
        percent = 100 if base == "EDU-06" else 1  # the one the board keeps in percent
        for milestone in records[base][0]["milestones"]:
            assert milestone["value"] * percent == pytest.approx(targets[milestone["period"]]), base


def test_baselines_are_as_stated_and_never_guessed(rows: Rows, records: Records) -> None:
    for row in rows:
        baseline = records[row["id"]][0].get("baseline")
        value = inside(row, row["baseline_value"])
        if not row["baseline_value"]:
            assert baseline is None or (row["id"], baseline["value"]) == ("MOV-02", None), row["id"]
        elif value is None:
            level = re.match(
                r"[\d.]+(?= per )", row["baseline_value"]
            )  # of a change in percent: the level it counts from
            assert baseline is not None and baseline["text"], row["id"]
            assert baseline["value"] == (float(level[0]) if level else None), row["id"]
        else:
            assert baseline is not None and baseline["value"] == pytest.approx(value), row["id"]
        if row["baseline_year"].isdigit():
            assert baseline is not None and baseline["period"] == row["baseline_year"], row["id"]


def test_source_marks_and_scopes_are_those_of_the_compilation(rows: Rows, records: Records) -> None:
    for row in rows:
        mark, _, scope = row["seen"].partition("; ")
        world = row["territory"].startswith("world")
        for record in records[row["id"]]:
            assert record["seen"] == mark.split()[0], row["id"]
            assert record["scope"] == (scope or ("international" if world else "district")), row["id"]


def test_press_is_announced_and_other_scopes_are_references(catalogue: dict[str, Any]) -> None:
    targets = [Target.model_validate(record) for record in catalogue["targets"]]
    assert {target.role for target in targets if target.scope != "district"} == {"reference"}
    assert {target.role for target in targets if target.scope == "district" and target.seen == "PR"} == {"announced"}


def test_changes_without_a_base_are_never_levels(catalogue: dict[str, Any]) -> None:
    changes = [record for record in catalogue["targets"] if record["kind"] == "percent_change"]
    assert {record["id"][:6] for record in changes} == {
        *("MOV-01", "MOV-02", "MOV-03", "AMB-01", "AMB-02", "AMB-03", "AMB-04", "SAL-02", "SAL-05", "SAL-06")
    }
    assert all(record["fit"] != "same_definition" for record in changes)


def test_sums_of_the_land_use_plan_have_no_baseline_and_fall_due_in_2035(catalogue: dict[str, Any]) -> None:
    sums = [record for record in catalogue["targets"] if record["plan"] == "pot_2022_2035" and record["kind"] == "sum"]
    assert len(sums) == 35
    assert all("baseline" not in record for record in sums)
    assert {milestone["period"] for record in sums for milestone in record["milestones"]} == {"2035"}


def test_youth_goals_are_set_against_youth_figures_only(catalogue: dict[str, Any]) -> None:
    sources = {indicator["id"]: (indicator.get("value") or {}).get("source") for indicator in catalogue["indicators"]}
    linked = [record for record in catalogue["targets"] if record["plan"] == "youth_policy_2019_2030"]
    assert {sources[record["indicator"]] for record in linked if record["indicator"]} == {"sdis_youth_policy"}


def test_goals_of_the_closed_plan_are_marked_closed(catalogue: dict[str, Any]) -> None:
    assert {plan["id"] for plan in catalogue["plans"] if plan.get("closed")} == {"pdd_2020_2024"}
