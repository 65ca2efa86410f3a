"""Modelled air: means weighted by the persons of each sector, absences where nothing was modelled."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.sources import air_modelled_sector_2010_2024 as source


@pytest.fixture
def modelled() -> pd.DataFrame:
    """Three invented sectors, one of them without persons."""
    return pd.DataFrame(
        {"locality_code": ["14", "14", "15"], "persons": [100, 300, 0], "NO2_2010": [10.0, 20.0, 90.0]},
        index=["a", "b", "c"],
    )


def test_the_city_weighs_persons_not_sectors(modelled: pd.DataFrame) -> None:
    rows = {row.territory_code: row for row in source._year_rows(modelled.head(2), "NO2", 2010)}
    assert (rows["00"].value, rows["00"].sample, rows["00"].flag) == (17.5, 2, "modelled")
    assert rows["14"].value == 17.5


def test_a_locality_without_sectors_and_a_year_without_model_are_absences(modelled: pd.DataFrame) -> None:
    rows = {row.territory_code: row for row in source._year_rows(modelled.head(2), "NO2", 2010)}
    assert (rows["20"].value, rows["20"].absence) == (None, "not_published")
    assert {row.absence for row in source._year_rows(modelled, "NO2", 2011)} == {"not_published"}
