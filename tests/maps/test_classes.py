"""Classes: fixed, checkable by eye, split at the target."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from observatory.look import look
from observatory.maps.classes import Classes, Method, classes_for, classify
from observatory.maps.natural import natural_cuts
from tests import drawing

METHODS: tuple[Method, ...] = ("quantile", "natural", "equal", "pretty")
numbers = some.lists(some.integers(0, 2000).map(lambda number: number / 10), min_size=1, max_size=60)


@given(numbers, some.sampled_from(METHODS), some.integers(1, 7))
def test_every_value_has_one_class_and_equal_values_share_it(values: list[float], method: Method, count: int) -> None:
    classes = classify(values, method=method, count=count, step=0.1)
    assert list(classes.edges) == sorted(classes.edges)
    assert sum(classes.counts(values)) == len(values)
    if method != "pretty":
        assert classes.count <= max(count, 1)
    for value in values:
        index = classes.index(value)
        is_last = index == classes.count - 1
        assert classes.edges[index] <= value + 0.051
        assert value < classes.edges[index + 1] + 0.051 or is_last


@given(numbers, some.integers(2, 5))
def test_natural_breaks_are_the_best_there_are(values: list[float], count: int) -> None:
    distinct = sorted(set(values))[:9]
    weights = [values.count(value) for value in distinct]
    cuts = natural_cuts(distinct, weights, count)

    def cost(places: tuple[int, ...]) -> float:
        ends = [0, *places, len(distinct)]
        total = 0.0
        for start, end in itertools.pairwise(ends):
            members = [v for v, w in zip(distinct[start:end], weights[start:end], strict=True) for _ in range(w)]
            mean = sum(members) / len(members)
            total += sum((value - mean) ** 2 for value in members)
        return total

    wanted = min(count, len(distinct)) - 1
    best = min(map(cost, itertools.combinations(range(1, len(distinct)), wanted)))
    assert len(cuts) == wanted
    assert math.isclose(cost(tuple(cuts)), best, rel_tol=1e-6, abs_tol=1e-6)


def test_classes_of_homicides_are_the_same_for_all_years() -> None:
    classes = classes_for(drawing.indicator(), drawing.locality_rates())
    assert classes.edges[1:-1] == (4.5, 7.5, 10.1, 17.7)
    assert classes.counts(row.value for row in drawing.at(2026) if row.territory_code != "00") == [4, 3, 5, 4, 4]


def test_natural_breaks_fit_best() -> None:
    fits = {method: classes_for(drawing.indicator(), drawing.locality_rates(), method=method).fit for method in METHODS}
    assert max(fits, key=lambda method: fits[method]) == "natural"
    assert fits["natural"] > 0.9


def test_a_target_is_an_edge_and_who_just_reaches_it_is_on_the_good_side() -> None:
    values = [
        drawing.observation(f"{code:02d}", "2025", value) for code, value in enumerate((2, 5, 8, 8.04, 12, 20), 1)
    ]
    low = classes_for(drawing.indicator(), values, target=8.0)
    side = low.edges.index(low.anchor or 0)
    assert [low.index(row.value or 0) < side for row in values] == [True, True, True, False, False, False]
    high = classes_for(drawing.indicator(direction="higher_is_better"), values, target=8.0)
    side = high.edges.index(high.anchor or 0)
    assert [high.index(row.value or 0) >= side for row in values] == [False, False, True, True, True, True]


def test_colours_part_at_the_target_the_good_side_by_direction() -> None:
    tokens = look("light")
    classes = classes_for(drawing.indicator(), drawing.locality_rates(), target=8.0)
    colours = classes.colours(tokens, "lower_is_better")
    below = classes.edges.index(classes.anchor or 0)
    assert set(colours[:below]) <= set(tokens.diverging_good)
    assert set(colours[below:]) <= set(tokens.diverging_bad)
    flipped = classes.colours(tokens, "higher_is_better")
    assert set(flipped[:below]) <= set(tokens.diverging_bad)
    assert len(set(colours)) == classes.count


@pytest.mark.parametrize("count", range(1, 8))
@pytest.mark.parametrize("target", [None, 8.0])
def test_there_is_a_colour_for_every_class(count: int, target: float | None) -> None:
    classes = classes_for(drawing.indicator(), drawing.locality_rates(), count=count, target=target)
    colours = classes.colours(look("dark"), "lower_is_better")
    assert len(set(colours)) == len(colours) == classes.count


def test_a_target_beyond_all_values_or_without_a_good_side_splits_nothing() -> None:
    assert classes_for(drawing.indicator(), drawing.locality_rates(), target=500.0).anchor is None
    assert classes_for(drawing.indicator(direction="descriptive"), drawing.locality_rates(), target=8.0).anchor is None


def test_one_value_many_times_is_one_class_and_nothing_is_none() -> None:
    same = classify([3.0] * 20)
    assert (same.count, same.index(3.0), same.fit) == (1, 0, 1.0)
    assert classify([]) == Classes((), "quantile", None, 1.0, 0.0)
    assert classify([]).counts([None]) == []


def test_a_value_beyond_the_ends_falls_into_the_end_class() -> None:
    classes = classify([1.0, 2.0, 3.0, 4.0], count=2)
    assert (classes.index(-5.0), classes.index(99.0)) == (0, 1)
