"""The travel survey figures of 2019 come out of the official books and agree with sheets the parser does not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines.figures import Parsed

MOBILITY = "raw/sdm_eodh2019_anexoD_movilidad.xlsx"
SOCIOECONOMIC = "raw/sdm_eodh2019_anexoD_socioeconomicos.xlsx"
Values = dict[tuple[str, str, str], float | int | None]


def values(parsed: Parsed) -> Values:
    return {(row.measure, row.territory_code, row.disaggregation): row.value for row in parsed.rows}


def cells(path: Path, sheet: str) -> dict[str, float]:
    """First column against second, where the second is a number."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return {str(row[0]): row[1] for row in rows if isinstance(row[1], float)}


@pytest.fixture
def parsed(assert_rederives: Callable[[str], Parsed]) -> Parsed:
    return assert_rederives("sdm_mobility_survey_2019")


def test_mean_times_are_those_of_the_book(parsed: Parsed) -> None:
    found = values(parsed)
    assert found["mean_travel_time", "05", "total"] == 58.5307
    assert found["mean_travel_time", "02", "total"] == 41.1857
    assert found["mean_travel_time", "00", "total"] == 51.9463


def test_trips_equal_the_sheets_by_stratum_and_by_municipality(reference: Path, parsed: Parsed) -> None:
    total = values(parsed)["trips", "00", "total"]
    assert sum(cells(reference / MOBILITY, "IND_62").values()) == pytest.approx(total, abs=0.01)
    assert cells(reference / MOBILITY, "IND_63")["Bogotá D.c."] == pytest.approx(total, abs=0.01)


@pytest.mark.parametrize(
    ("measure", "sheet"),
    [("motor_vehicles", "IND_46"), ("cars", "IND_50"), ("motorcycles", "IND_54"), ("bicycles", "IND_58")],
)
def test_vehicles_equal_the_sheets_by_stratum(reference: Path, parsed: Parsed, measure: str, sheet: str) -> None:
    by_stratum = sum(cells(reference / SOCIOECONOMIC, sheet).values())
    assert values(parsed)[measure, "00", "total"] == pytest.approx(by_stratum, abs=0.01)


def test_lowest_incomes_equal_the_sheet_by_municipality(reference: Path, parsed: Parsed) -> None:
    by_municipality = cells(reference / SOCIOECONOMIC, "IND_16")["Bogotá D.c."]
    assert values(parsed)["households_lowest_income", "00", "total"] == pytest.approx(by_municipality, abs=0.01)


def test_mean_time_covers_walks_of_any_length(reference: Path, parsed: Parsed) -> None:
    """The means by mode, weighted with all trips, give the published mean; without short walks they do not."""
    minutes = cells(reference / MOBILITY, "IND_212")
    trips = cells(reference / MOBILITY, "IND_210")
    long_walks = sum(minutes[mode] * trips[mode] for mode in minutes) / sum(trips.values())
    trips["A Pie"] = float(values(parsed)["trips_all_walks", "00", "mode:walking"] or 0)
    all_walks = sum(minutes[mode] * trips[mode] for mode in minutes) / sum(trips.values())
    published = values(parsed)["mean_travel_time", "00", "total"]
    assert all_walks == pytest.approx(published, abs=0.01)
    assert long_walks != pytest.approx(published, abs=1)


@pytest.mark.parametrize("measure", ["trips", "residents", "motor_vehicles", "bicycles", "households_income_known"])
def test_localities_and_rural_zones_add_up_to_the_city(parsed: Parsed, measure: str) -> None:
    found = {
        code: value for (name, code, group), value in values(parsed).items() if (name, group) == (measure, "total")
    }
    city = found.pop("00")
    assert sum(value or 0 for value in found.values()) == pytest.approx(city, abs=0.01)
    assert found["20"] is None
