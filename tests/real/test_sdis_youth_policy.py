"""Youth policy: the committed table follows from the follow-up board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from pipelines.figures import Parsed


@pytest.fixture
def parsed(assert_rederives: Callable[[str], Parsed]) -> Parsed:
    return assert_rederives("sdis_youth_policy")


def series(parsed: Parsed, measure: str) -> dict[str, float | None]:
    return {row.period: row.value for row in parsed.rows if row.measure == measure}


def test_every_cell_is_accounted_for(parsed: Parsed) -> None:
    cells: Counter[str] = Counter()
    for line in parsed.accounts:
        cells[line.file] += line.rows
    assert sorted(cells.values()) == [36 * 6, 99 * 7]


def test_values_as_reported(parsed: Parsed) -> None:
    assert series(parsed, "digital_skills_trained") == {
        "2021": 680,
        "2022": 703,
        "2023": 554,
        "2024": 662,
        "2025": 8213,
    }
    assert series(parsed, "localities_with_youth_house") == {"2025": 19}
    assert series(parsed, "suicide_rate")["2024"] == 7.5


def test_percent_is_brought_to_the_scale_of_the_series(parsed: Parsed) -> None:
    coverage = series(parsed, "lower_secondary_gross_coverage")
    assert coverage == {"2020": None, "2021": None, "2022": 1.106, "2023": 1.0385, "2024": 1.0058, "2025": 1.0202}
    assert series(parsed, "upper_secondary_dropout")["2025"] == 0.02


def test_zero_without_report_is_absence(parsed: Parsed) -> None:
    assert not [row for row in parsed.rows if row.value == 0]
    assert {row.absence for row in parsed.rows if row.value is None} == {"not_published", "quarantined"}


def test_no_correction_is_guessed(parsed: Parsed) -> None:
    road = {row.period: (row.value, row.absence) for row in parsed.rows if row.measure == "road_death_rate_15_29"}
    assert road["2020"] == (None, "quarantined")
    assert road["2025"] == (9.2, "")
