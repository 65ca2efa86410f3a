"""A share is at an edge of the bands whatever arithmetic made of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.progress.bands import TOLERANCE, band
from observatory.progress.path import Mark, standing
from tests.progress.series import BANDS

EDGES = {Fraction(1, 2): "lagging", Fraction(3, 4): "at_risk", Fraction(5, 4): "on_track"}
OWNERS = sorted((float(edge), status) for edge, status in EDGES.items())
thousandths = st.integers(-2_000, 2_000).map(lambda number: Fraction(number, 1_000))


def test_fifteen_points_of_twelve_due_are_the_upper_edge_of_the_band() -> None:
    """From 0.30 in 2022 to 0.60 in 2027, 0.45 in 2024: 125 % of what was due, which floating point makes more."""
    stands = standing(Mark(2025, 0.45), Mark(2023, 0.30), [Mark(2028, 0.60)])
    assert stands.share is not None
    assert stands.share > 1.25
    assert band(stands.share, BANDS) == "on_track"


@given(st.sampled_from(sorted(EDGES)), thousandths, thousandths.filter(bool), st.integers(1, 9), st.integers(1, 9))
def test_a_band_owns_its_upper_edge_whatever_the_figures(
    edge: Fraction, baseline: Fraction, due: Fraction, years: int, of: int
) -> None:
    final = baseline + due * Fraction(of, years)
    value = baseline + edge * due
    expected = float(baseline) + (float(final) - float(baseline)) * years / of
    share = (float(value) - float(baseline)) / (expected - float(baseline))
    assert band(share, BANDS) == EDGES[edge]


@pytest.mark.parametrize(("edge", "status"), OWNERS)
@given(st.floats(-1, 1))
def test_only_what_lies_beyond_the_tolerance_leaves_the_band(edge: float, status: str, part: float) -> None:
    assert band(edge + part * 0.9 * TOLERANCE, BANDS) == status
    assert band(edge + 2 * TOLERANCE, BANDS) != status
