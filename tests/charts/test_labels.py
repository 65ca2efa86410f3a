"""Labels never lie over each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from observatory.charts.labels import shortened, spread, wrapped


@given(some.lists(some.floats(0, 300), min_size=1, max_size=12))
def test_labels_keep_apart_and_inside(wanted: list[float]) -> None:
    centres = sorted(spread(wanted, [20.0] * len(wanted), 0, 300))
    assert all(high - low >= 20 - 1e-6 for low, high in pairwise(centres))
    assert centres[0] >= 10 - 1e-6
    assert centres[-1] <= 290 + 1e-6


def test_labels_that_have_room_stay_where_they_want() -> None:
    assert spread([50, 150], [20, 20], 0, 300) == [50, 150]


def test_names_are_wrapped_and_shortened_at_words_and_letters() -> None:
    assert wrapped("Rafael Uribe Uribe") == ["Rafael Uribe", "Uribe"]
    assert shortened("Rafael Uribe Uribe", 14) == "Rafael Uribe…"
    assert shortened("Kennedy", 14) == "Kennedy"
