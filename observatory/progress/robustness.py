"""Would the status stand if one year were missing, if a value lay elsewhere in its interval, or by another method?

| state | when |
|---|---|
| `methods_disagree` | by one method the target is reached in time and by another it is not |
| `fragile` | leaving out one value, or moving one to an end of its 95 % interval, changes the status |
| `solid` | neither, and at least one such trial was possible |

Source: own rule, built on the leave-one-out check of Fingertips' trend marker (Office for Health Improvement and
Disparities, England) and on showing the methods of national and United Nations practice side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from observatory.progress.comparability import Point
from observatory.progress.cuts import Verdict
from observatory.progress.pace import Method, MethodVerdict

State = Literal["solid", "fragile", "methods_disagree"]
Trial = Literal["left_out", "at_lower_end", "at_upper_end"]
Agreement = Literal["agree", "differ_in_degree", "disagree"]
Judge = Callable[[Sequence[Point]], str | None]
_ANSWERS: dict[Verdict, str] = {
    "met": "arrives",
    "on_track": "arrives",
    "substantial": "improves",
    "moderate": "improves",
    "faster_needed": "too_slow",
    "limited": "too_slow",
    "stagnant": "no_progress",
    "deteriorating": "no_progress",
}


@dataclass(frozen=True)
class Change:
    """A trial that gave another status: what was tried on which point, and the status then."""

    trial: Trial
    point: Point
    status: str


@dataclass(frozen=True)
class Robustness:
    """How well a status stands; `state` is None when nothing could be tried and no second method spoke."""

    state: State | None
    status: str | None
    trials: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """The verdict of the method an indicator declares, beside the others; `dissenting` answer differently."""

    decides: MethodVerdict
    others: tuple[MethodVerdict, ...]
    agreement: Agreement | None
    dissenting: tuple[Method, ...]


def compare(verdicts: Sequence[MethodVerdict], decides: Method) -> Comparison:
    """Set the deciding method beside the others.

    `disagree`: by one the target is reached in time, by another it is not. `differ_in_degree`: they say the same on
    that and differ on how far from it. None when fewer than two methods gave a verdict, or the deciding one gave none.

    Raises:
        KeyError: the deciding method is not among the verdicts.
    """
    by_method = {verdict.method: verdict for verdict in verdicts}
    chosen = by_method[decides]
    others = tuple(verdict for verdict in verdicts if verdict.method != decides)
    spoken = [verdict for verdict in others if verdict.verdict is not None]
    if chosen.verdict is None or not spoken:
        return Comparison(chosen, others, None, ())
    answer = _ANSWERS[chosen.verdict]
    dissenting = tuple(item.method for item in spoken if item.verdict and _ANSWERS[item.verdict] != answer)
    answers = {answer, *(_ANSWERS[item.verdict] for item in spoken if item.verdict)}
    if len(answers) == 1:
        return Comparison(chosen, others, "agree", ())
    return Comparison(chosen, others, "disagree" if "arrives" in answers else "differ_in_degree", dissenting)


def robustness(
    judge: Judge, series: Sequence[Point], agreement: Agreement | None = None, *, only_newest: bool = False
) -> Robustness:
    """Try the status on the series with one value less, and with values at the ends of their intervals.

    Args:
        judge: gives the status of a series, or None where it can give none; such trials are not counted.
        series: points that may stand in one line, in time order. A declared baseline belongs to the judge, not here.
        agreement: what `compare` found.
        only_newest: whether the judge reads the newest point alone, so that a trial on another one would prove nothing.
    """
    status = judge(series)
    if status is None:
        return Robustness(None, None, 0, ())
    tried = [(trial, point, judge(changed)) for trial, point, changed in _trials(series, int(only_newest))]
    known = [(trial, point, found) for trial, point, found in tried if found is not None]
    changes = tuple(Change(trial, point, found) for trial, point, found in known if found != status)
    return Robustness(_state(len(known), len(changes), agreement), status, len(known), changes)


def _state(trials: int, changes: int, agreement: Agreement | None) -> State | None:
    if agreement == "disagree":
        return "methods_disagree"
    if changes:
        return "fragile"
    return "solid" if trials else None


def _trials(series: Sequence[Point], newest: int) -> Iterator[tuple[Trial, Point, list[Point]]]:
    for position, point in list(enumerate(series))[-newest:]:
        before, after = list(series[:position]), list(series[position + 1 :])
        if before or after:
            yield "left_out", point, before + after
        if point.lower is not None:
            yield "at_lower_end", point, [*before, replace(point, value=point.lower), *after]
        if point.upper is not None:
            yield "at_upper_end", point, [*before, replace(point, value=point.upper), *after]
