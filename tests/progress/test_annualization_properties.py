"""What must hold of the four rules for every plan and every series."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.progress.annualization import Assessment, assess, year_target
from observatory.progress.commitment import Annualization, Commitment, Report
from observatory.progress.reporting import Periodicity, Quarter

YEARS = (2024, 2025, 2026)
SHARES = ("year_share", "share", "expected_share", "final_share", "gap")
periodicities = st.sampled_from(["quarterly", "four_monthly", "semiannual", "annual", None])
cuts = st.builds(Quarter, st.sampled_from(YEARS), st.integers(1, 4))
amounts = st.integers(1, 10_000).map(float)
all_quarters = [Quarter(year, number) for year in YEARS for number in (1, 2, 3, 4)]
series = st.dictionaries(st.sampled_from(all_quarters), amounts)


@st.composite
def commitments(draw: st.DrawFn, kinds: tuple[Annualization, ...]) -> Commitment:
    steps = draw(st.lists(amounts, min_size=3, max_size=3))
    kind = draw(st.sampled_from(kinds))
    periodicity: Periodicity | None = draw(periodicities)
    if kind in ("sum", "constant"):
        final = sum(steps) if kind == "sum" else steps[-1]
        return Commitment(kind, dict(zip(YEARS, steps, strict=True)), final, None, periodicity)
    sign = 1 if kind == "increasing" else -1
    start = 40_000.0
    levels = [start + sign * sum(steps[: position + 1]) for position in range(3)]
    return Commitment(kind, dict(zip(YEARS, levels, strict=True)), levels[-1], start, periodicity)


every_kind = commitments(("sum", "constant", "increasing", "decreasing"))
levels = commitments(("increasing", "decreasing"))


def made(values: dict[Quarter, float]) -> list[Report]:
    return [Report(quarter, value) for quarter, value in values.items()]


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def times(commitment: Commitment, factor: float) -> Commitment:
    scaled = {year: None if target is None else target * factor for year, target in commitment.targets.items()}
    final = None if commitment.final_target is None else commitment.final_target * factor
    base = None if commitment.baseline is None else commitment.baseline * factor
    return replace(commitment, targets=scaled, final_target=final, baseline=base)


@settings(deadline=None)
@given(every_kind, series, cuts, st.sampled_from([0.001, 0.01, 0.5, 3.0, 100.0]))
def test_shares_do_not_depend_on_the_unit(
    commitment: Commitment, values: dict[Quarter, float], cut: Quarter, factor: float
) -> None:
    one = assess(commitment, made(values), cut)
    other = assess(times(commitment, factor), made({when: value * factor for when, value in values.items()}), cut)
    assert all(same(getattr(one, name), getattr(other, name)) for name in SHARES)


@settings(deadline=None)
@given(every_kind, series, cuts, st.sampled_from(all_quarters), amounts)
def test_a_better_report_never_lowers_a_share(
    commitment: Commitment, values: dict[Quarter, float], cut: Quarter, quarter: Quarter, gain: float
) -> None:
    sign = -1 if commitment.annualization == "decreasing" else 1
    values = {**values, quarter: values.get(quarter, 1.0)}
    worse = assess(commitment, made(values), cut)
    better = assess(commitment, made({**values, quarter: values[quarter] + sign * gain}), cut)
    for name in ("year_share", "share", "final_share", "gap"):
        low, high = getattr(worse, name), getattr(better, name)
        assert (low is None) == (high is None)
        assert low is None or high >= low


def mirrored(commitment: Commitment) -> Commitment:
    """The same way walked downwards: every level seen in a mirror at 100 000."""
    targets = {year: None if level is None else 100_000 - level for year, level in commitment.targets.items()}
    kind: Annualization = "decreasing" if commitment.annualization == "increasing" else "increasing"
    assert commitment.final_target is not None
    assert commitment.baseline is not None
    final, base = 100_000 - commitment.final_target, 100_000 - commitment.baseline
    return replace(commitment, annualization=kind, targets=targets, final_target=final, baseline=base)


@settings(deadline=None)
@given(levels, series, cuts)
def test_increasing_and_decreasing_are_mirror_images(
    commitment: Commitment, values: dict[Quarter, float], cut: Quarter
) -> None:
    one = assess(commitment, made(values), cut)
    other = assess(mirrored(commitment), made({when: 100_000 - value for when, value in values.items()}), cut)
    assert all(same(getattr(one, name), getattr(other, name)) for name in SHARES)


def on_path(commitment: Commitment, cut: Quarter) -> Assessment:
    """The assessment of a series that reports exactly what was asked, at every quarter due."""
    values: dict[Quarter, float] = {}
    for quarter in (quarter for quarter in all_quarters if quarter <= cut):
        asked = assess(commitment, made(values), quarter)
        if asked.effective_quarter == quarter.number and asked.accumulated_target is not None:
            done = asked.accumulated if commitment.annualization == "sum" and asked.accumulated is not None else 0.0
            values[quarter] = asked.accumulated_target - done
    return assess(commitment, made(values), cut)


@settings(deadline=None)
@given(every_kind, cuts)
def test_a_series_on_its_path_has_no_gap(commitment: Commitment, cut: Quarter) -> None:
    result = on_path(commitment, cut)
    if result.last_report is None and commitment.annualization == "constant":
        return  # nothing reported yet, while the whole level is asked
    assert result.gap is not None
    assert abs(result.gap) < 1e-12
    assert result.share is None or same(result.share, 1.0)


@settings(deadline=None)
@given(every_kind)
def test_at_the_end_of_a_consistent_plan_the_whole_is_expected(commitment: Commitment) -> None:
    result = assess(commitment, [], Quarter(2026, 4))
    assert same(result.expected_share, 1.0)
    assert year_target(commitment, 2026) == commitment.targets[2026]


@settings(deadline=None)
@given(every_kind, series, cuts)
def test_reports_after_the_cut_are_not_read(commitment: Commitment, values: dict[Quarter, float], cut: Quarter) -> None:
    known = {quarter: value for quarter, value in values.items() if quarter <= cut}
    assert assess(commitment, made(values), cut) == assess(commitment, made(known), cut)
