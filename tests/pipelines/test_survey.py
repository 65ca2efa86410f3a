"""Shares and intervals against figures worked out by hand."""

import pytest

from observatory.errors import SourceError
from pipelines.survey import weighted_share


def test_equal_weights_leave_the_sample_as_it_is() -> None:
    share = weighted_share([True] * 20 + [False] * 80, [7.5] * 100)
    assert share.value == pytest.approx(0.2)
    assert share.effective == pytest.approx(100)
    assert share.sample == 100


def test_ten_in_a_hundred_has_the_published_interval_of_wilson() -> None:
    share = weighted_share([True] * 10 + [False] * 90, [1.0] * 100)
    assert (share.lower, share.upper) == (pytest.approx(0.05523, abs=1e-5), pytest.approx(0.17437, abs=1e-5))


def test_unequal_weights_shrink_the_sample_as_kish_says() -> None:
    share = weighted_share([True, False, False], [2.0, 1.0, 1.0])
    assert share.value == 0.5
    assert share.effective == pytest.approx(16 / 6)


def test_no_case_among_many_still_has_an_upper_bound() -> None:
    share = weighted_share([False] * 50, [1.0] * 50)
    assert (share.value, share.lower) == (0, 0)
    assert 0 < share.upper < 0.1


def test_a_small_or_wide_estimate_is_flagged() -> None:
    few = weighted_share([True] * 10 + [False] * 19, [1.0] * 29)
    many = weighted_share([True] * 100 + [False] * 100, [1.0] * 200)
    assert few.row("m", "01", "2025").flag == "low_reliability"
    assert many.row("m", "01", "2025").flag == ""


@pytest.mark.parametrize("weights", [[1.0, float("nan")], [1.0, 0.0], [1.0]])
def test_a_missing_weight_is_an_error_not_a_zero(weights: list[float]) -> None:
    with pytest.raises(SourceError):
        weighted_share([True, False], weights)


def test_nobody_gives_no_share() -> None:
    with pytest.raises(SourceError):
        weighted_share([], [])
