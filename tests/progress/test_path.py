import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from observatory.progress.path import Mark, decimal_year, expected_at, is_reached, standing

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))
shares_of_time = st.floats(0.01, 0.99)


def test_the_end_of_a_year_is_a_whole_number_also_in_leap_years() -> None:
    assert decimal_year(dt.date(2025, 12, 31)) == 2026
    assert decimal_year(dt.date(2024, 12, 31)) == 2025
    assert decimal_year(dt.date(2025, 6, 30)) == pytest.approx(2025 + 181 / 365)


def test_the_path_is_straight_between_marks_and_level_after_the_last() -> None:
    baseline, milestones = Mark(2024, 14), [Mark(2026, 12), Mark(2028, 8)]
    moments = [2024, 2025, 2026, 2027, 2028, 2035]
    assert [expected_at(moment, baseline, milestones) for moment in moments] == [14, 13, 12, 10, 8, 8]


def test_the_district_s_worked_example_of_a_falling_level() -> None:
    stands = standing(Mark(2026, 70), Mark(2024, 100), [Mark(2026, 40)])
    assert stands.share == 0.5
    assert stands.final_share == 0.5


def test_the_district_s_worked_example_of_a_rising_level() -> None:
    stands = standing(Mark(2025, 80), Mark(2024, 0), [Mark(2025, 100), Mark(2026, 200)])
    assert (stands.final_share, stands.expected_share) == (0.4, 0.5)
    assert stands.gap == pytest.approx(-0.1)
    assert stands.share == 0.8


def test_a_target_of_zero_is_legal() -> None:
    stands = standing(Mark(2025, 30), Mark(2024, 40), [Mark(2026, 0)])
    assert stands.expected == 20
    assert stands.share == 0.5


def test_a_baseline_of_zero_is_legal() -> None:
    assert standing(Mark(2025, 5), Mark(2024, 0), [Mark(2026, 10)]).share == 1


def test_only_a_flat_path_has_no_share() -> None:
    stands = standing(Mark(2025, 5), Mark(2024, 10), [Mark(2026, 10)])
    assert (stands.share, stands.expected_share, stands.final_share, stands.gap) == (None, None, None, None)


def test_a_value_moving_the_wrong_way_has_a_negative_share() -> None:
    assert standing(Mark(2026, 14.8), Mark(2024, 13.6), [Mark(2026, 11), Mark(2028, 8)]).share == pytest.approx(
        -0.4615, abs=1e-4
    )


@given(baseline=numbers, final=numbers, when=shares_of_time)
def test_a_value_on_the_path_has_share_one_and_gap_zero(baseline: float, final: float, when: float) -> None:
    assume(abs(final - baseline) > 1e-2)
    start, milestones, moment = Mark(2020, baseline), [Mark(2030, final)], 2020 + 10 * when
    stands = standing(Mark(moment, expected_at(moment, start, milestones)), start, milestones)
    assert stands.share == pytest.approx(1)
    assert stands.gap == pytest.approx(0, abs=1e-9)


@given(
    baseline=numbers, final=numbers, value=numbers, when=shares_of_time, scale=st.sampled_from([0.01, 100.0, 1000.0])
)
def test_a_change_of_scale_changes_no_share(
    baseline: float, final: float, value: float, when: float, scale: float
) -> None:
    assume(abs(final - baseline) > 1e-2)
    moment = 2020 + 10 * when
    plain = standing(Mark(moment, value), Mark(2020, baseline), [Mark(2030, final)])
    scaled = standing(Mark(moment, value * scale), Mark(2020, baseline * scale), [Mark(2030, final * scale)])
    assert scaled.share == pytest.approx(plain.share, rel=1e-6, abs=1e-6)
    assert scaled.gap == pytest.approx(plain.gap, rel=1e-6, abs=1e-6)


@given(baseline=numbers, final=numbers, value=numbers, when=shares_of_time)
def test_rising_and_falling_targets_are_mirror_images(baseline: float, final: float, value: float, when: float) -> None:
    assume(abs(final - baseline) > 1e-2)
    moment = 2020 + 10 * when
    plain = standing(Mark(moment, value), Mark(2020, baseline), [Mark(2030, final)])
    mirrored = standing(Mark(moment, -value), Mark(2020, -baseline), [Mark(2030, -final)])
    assert mirrored.share == pytest.approx(plain.share)
    assert is_reached(value, final, 1) == is_reached(-value, -final, -1)


@given(baseline=numbers, way=st.floats(0.1, 1e5), one=numbers, other=numbers, when=shares_of_time)
def test_the_share_grows_with_the_value_towards_the_target(
    baseline: float, way: float, one: float, other: float, when: float
) -> None:
    low, high = sorted((one, other))
    moment, start, milestones = 2020 + 10 * when, Mark(2020, baseline), [Mark(2030, baseline + way)]
    low_share = standing(Mark(moment, low), start, milestones).share
    high_share = standing(Mark(moment, high), start, milestones).share
    assert low_share is not None
    assert high_share is not None
    assert low_share <= high_share


@given(baseline=numbers, final=numbers, when=shares_of_time)
def test_the_path_stays_between_baseline_and_target(baseline: float, final: float, when: float) -> None:
    expected = expected_at(2020 + 10 * when, Mark(2020, baseline), [Mark(2030, final)])
    slack = 1e-9 * max(abs(baseline), abs(final), 1)
    assert min(baseline, final) - slack <= expected <= max(baseline, final) + slack
