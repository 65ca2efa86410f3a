"""Places: ties are shared, intervals are heard."""

from __future__ import annotations

import pytest

from observatory.rows.observation import Observation
from observatory.statistics.ranks import distinguishable, first_place, rank, versus_city
from tests import drawing


def rows(**values: float | None) -> list[Observation]:
    return [drawing.observation(code.removeprefix("c"), "2025", value) for code, value in values.items()]


def test_values_that_look_equal_share_a_place_and_the_next_is_skipped() -> None:
    found = rank(drawing.indicator(), rows(c01=5.0, c02=9.04, c03=8.96, c04=12.0))
    assert [(row.territory_code, row.place, row.tied) for row in found] == [
        ("04", 4, False),
        ("02", 2, True),
        ("03", 2, True),
        ("01", 1, False),
    ]


@pytest.mark.parametrize(
    ("changed", "first", "place_of_the_highest"),
    [
        ({"direction": "lower_is_better"}, "best", 3),
        ({"direction": "higher_is_better"}, "best", 1),
        ({"direction": "descriptive"}, "highest", 1),
        ({"direction": "lower_is_better", "measure": "count"}, "highest", 1),
    ],
)
def test_the_first_place_is_the_best_and_the_highest_where_none_is(
    changed: dict[str, str], first: str, place_of_the_highest: int
) -> None:
    indicator = drawing.indicator(**changed)
    found = rank(indicator, rows(c01=5.0, c02=9.0, c03=7.0))
    assert first_place(indicator) == first
    assert [row.territory_code for row in found] == ["02", "03", "01"]
    assert found[0].place == place_of_the_highest


def test_zero_is_ranked_and_absence_is_last_without_a_place() -> None:
    found = rank(drawing.indicator(), rows(c01=None, c02=0.0, c03=1.0))
    assert [(row.territory_code, row.place) for row in found] == [("03", 2), ("02", 1), ("01", None)]
    assert found[-1].absence == "not_published"


def test_the_city_is_no_place_among_the_localities() -> None:
    assert len(rank(drawing.indicator(), drawing.at(2026))) == 20


@pytest.mark.parametrize(
    ("value", "lower", "upper", "direction", "expected"),
    [
        (12.0, 8.0, 17.0, "lower_is_better", "indistinguishable"),
        (12.0, 10.5, 14.0, "lower_is_better", "worse"),
        (8.0, 6.0, 9.9, "lower_is_better", "better"),
        (12.0, 10.5, 14.0, "higher_is_better", "better"),
        (8.0, 6.0, 9.9, "higher_is_better", "worse"),
        (12.0, 10.5, 14.0, "descriptive", "higher"),
        (8.0, 6.0, 9.9, "in_range", "lower"),
        (8.0, None, None, "lower_is_better", "unknown"),
    ],
)
def test_against_the_city_by_its_interval(
    value: float, lower: float | None, upper: float | None, direction: str, expected: str
) -> None:
    row = drawing.observation("08", "2025", value, lower=lower, upper=upper)
    assert versus_city(row, 10.0, direction) == expected


def test_few_localities_differ_from_the_city_in_homicides() -> None:
    found = {row.territory_code for row in distinguishable(rank(drawing.indicator(), drawing.at(2026)))}
    assert {"03", "14", "19"} <= found
    assert not {"08", "20", "17"} & found
