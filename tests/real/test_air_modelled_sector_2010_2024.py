"""Modelled air equals its file, and the sectors stand where the projections say people live."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.figures import Capture, Parsed
from pipelines.reading.census_sectors import census_sectors


def test_rederives(assert_rederives: Callable[[str], Parsed]) -> None:
    rows = {
        (row.measure, row.territory_code, row.period): row
        for row in assert_rederives("air_modelled_sector_2010_2024").rows
    }
    assert rows["pm25_mean", "00", "2024"].value == pytest.approx(16.6689, abs=1e-4)
    assert rows["pm25_mean", "00", "2024"].sample == 631
    assert rows["no2_mean", "00", "2011"].absence == "not_published"
    assert rows["o3_mean", "20", "2024"].absence == "not_published"


def test_the_city_equals_a_reading_without_pandas(reference: Path, assert_rederives: Callable[[str], Parsed]) -> None:
    persons = census_sectors(Capture(reference))["persons"].to_dict()
    path = reference / "environment/contaminantes_aire_sector_censal_2010_2024.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        pairs = [(persons[row["SETU_CCNCT"]], float(row["PM10_2015"])) for row in csv.DictReader(lines)]
    expected = sum(weight * value for weight, value in pairs) / sum(weight for weight, _ in pairs)
    rows = assert_rederives("air_modelled_sector_2010_2024").rows
    (city,) = [
        row.value for row in rows if (row.measure, row.territory_code, row.period) == ("pm10_mean", "00", "2015")
    ]
    assert city == pytest.approx(expected)


def test_sectors_by_outline_hold_the_projected_people(reference: Path) -> None:
    located = census_sectors(Capture(reference)).groupby("locality_code")["persons"].sum()
    with (reference / "population/poblacion_localidad_2018_2035.csv").open(encoding="utf-8", newline="") as lines:
        projected = {
            row["cod_localidad"]: int(row["poblacion"]) for row in csv.DictReader(lines) if row["anio"] == "2018"
        }
    shares = {code: located[code] / projected[code] for code in projected if code != "20"}
    assert len(shares) == 19
    assert all(0.93 < share < 1.02 for share in shares.values()), shares
    assert located.sum() == 7136912
