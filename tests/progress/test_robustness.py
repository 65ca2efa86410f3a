"""A status that one year or one interval would change is fragile; methods that disagree are said to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from observatory.progress.comparability import Point
from observatory.progress.cuts import Verdict
from observatory.progress.pace import MethodVerdict, Way, linear, verdicts
from observatory.progress.path import Mark
from observatory.progress.robustness import compare, robustness


def point(year: int, value: float, half: float | None = None) -> Point:
    ends = (None, None) if half is None else (value - half, value + half)
    return Point(dt.date(year, 1, 1), dt.date(year, 12, 31), value, *ends)


def judge(series: Sequence[Point]) -> str | None:
    """The linear method from a declared base of 100 at the end of 2019 to 50 at the end of 2029."""
    return linear(Way(Mark(2020, 100), series[-1].mark, Mark(2030, 50), -1)).verdict


def said(method: str, verdict: Verdict | None) -> MethodVerdict:
    return MethodVerdict(method, None, None, None, verdict, None)  # type: ignore[arg-type]


def test_a_steady_fall_is_solid() -> None:
    found = robustness(judge, [point(2022, 85), point(2023, 80), point(2024, 75)])
    assert (found.state, found.status, found.trials, found.changes) == ("solid", "on_track", 3, ())


def test_a_last_year_that_decides_makes_it_fragile() -> None:
    found = robustness(judge, [point(2022, 98), point(2023, 97), point(2024, 75)])
    assert found.state == "fragile"
    assert [(change.trial, change.point.end.year, change.status) for change in found.changes] == [
        ("left_out", 2024, "limited")
    ]


def test_an_interval_across_a_cut_makes_it_fragile() -> None:
    steady = [point(2022, 85), point(2023, 80)]
    assert robustness(judge, [*steady, point(2024, 75, 1)]).state == "solid"
    found = robustness(judge, [*steady, point(2024, 75, 6)])
    assert [(change.trial, change.status) for change in found.changes] == [("at_upper_end", "faster_needed")]


def test_disagreement_of_methods_comes_before_fragility() -> None:
    found = robustness(judge, [point(2022, 98), point(2024, 75)], "disagree")
    assert found.state == "methods_disagree"
    assert found.changes


def test_nothing_to_try_is_no_state() -> None:
    assert robustness(judge, [point(2024, 75)]).state is None
    assert robustness(judge, [point(2024, 75, 1)]).state == "solid"
    assert robustness(lambda _: None, [point(2024, 75)]).status is None


@pytest.mark.parametrize(
    ("chosen", "others", "agreement", "dissenting"),
    [
        ("on_track", ["on_track", "met"], "agree", ()),
        ("on_track", ["faster_needed", "on_track"], "disagree", ("geometric",)),
        ("limited", ["faster_needed", "stagnant"], "differ_in_degree", ("projected",)),
        ("limited", ["on_track", "limited"], "disagree", ("geometric",)),
        ("on_track", [None, None], None, ()),
        (None, ["on_track", "met"], None, ()),
        ("deteriorating", ["stagnant", None], "agree", ()),
    ],
)
def test_agreement_is_told_by_whether_the_target_is_reached(
    chosen: Verdict | None, others: list[Verdict | None], agreement: str | None, dissenting: tuple[str, ...]
) -> None:
    spoken = [said("linear", chosen), said("geometric", others[0]), said("projected", others[1])]
    found = compare(spoken, "linear")
    assert (found.agreement, found.dissenting) == (agreement, dissenting)
    assert found.decides.verdict == chosen


def test_linear_and_projected_may_disagree_on_the_way_to_zero() -> None:
    found = compare(verdicts(Way(Mark(2015, 10), Mark(2022, 5), Mark(2030, 0), -1)), "linear")
    assert (found.agreement, found.dissenting) == ("disagree", ("projected",))


def test_the_deciding_method_must_be_there() -> None:
    with pytest.raises(KeyError):
        compare([said("linear", "met")], "geometric")
