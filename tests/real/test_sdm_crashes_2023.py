"""The crash figures of 2023 come out of the published files, and agree with totals counted by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from pipelines.figures import Parsed

Figures = dict[tuple[str, str, str, str], float | int | None]


def figures(parsed: Parsed) -> Figures:
    return {row.key: row.value for row in parsed.rows}


def test_rederives_with_the_known_totals(assert_rederives: Callable[[str], Parsed]) -> None:
    values = figures(assert_rederives("sdm_crashes_2023"))
    known = {
        ("deaths", "00"): 543,
        ("deaths", "08"): 75,
        ("deaths", "20"): 0,
        ("injured", "00"): 22978,
        ("crashes", "00"): 14106,
        ("crashes", "08"): 1969,
        ("crashes_with_deaths", "00"): 525,
        ("crashes_with_motorcycle", "00"): 8417,
        ("crashes_with_bicycle", "00"): 2149,
        ("crashes_with_pedestrian", "00"): 2891,
    }
    assert {key: values[(*key, "2023", "total")] for key in known} == known


def test_localities_months_and_road_users_add_up_to_the_city(assert_rederives: Callable[[str], Parsed]) -> None:
    values = figures(assert_rederives("sdm_crashes_2023"))
    localities = [f"{number:02d}" for number in range(1, 21)]
    users = ("pedestrian", "motorcyclist", "cyclist", "passenger", "driver")
    for measure in ("deaths", "injured", "crashes"):
        city = values[measure, "00", "2023", "total"]
        assert sum(values[measure, code, "2023", "total"] or 0 for code in localities) == city
        months = [values[f"{measure}_by_month", "00", f"2023-{month:02d}", "total"] for month in range(1, 13)]
        assert sum(month or 0 for month in months) == city
        if measure != "crashes":
            assert sum(values[measure, "00", "2023", f"road_user:{user}"] or 0 for user in users) == city


def test_every_record_is_accounted_for(assert_rederives: Callable[[str], Parsed]) -> None:
    rows: dict[str, int] = {}
    for account in assert_rederives("sdm_crashes_2023").accounts:
        rows[account.file] = rows.get(account.file, 0) + account.rows
    assert rows == {"raw/sdm_siniestros_2023.csv": 14106, "raw/sdm_siniestros_2023_actor_vial.xlsx": 33542}


def test_suba_counted_line_by_line_gives_the_same(reference: Path, assert_rederives: Callable[[str], Parsed]) -> None:
    """Counted from the text of the file, apart from the parser."""
    with (reference / "raw/sdm_siniestros_2023.csv").open(encoding="utf-8-sig", newline="") as lines:
        records = list(csv.DictReader(lines, delimiter=";"))
    values = figures(assert_rederives("sdm_crashes_2023"))
    in_suba = [record for record in records if record["Localidad"] == "SUBA"]
    assert len(in_suba) == values["crashes", "11", "2023", "total"]
    motorcycles = [record for record in in_suba if record["Con_Moto"] == "SI"]
    assert len(motorcycles) == values["crashes_with_motorcycle", "11", "2023", "total"]
