"""What would be needed in the localities for the city to meet its target.

All from numerators and denominators, never from means of rates. With n and D the events and population of a locality
now, D' its population at the target's date, r = n / D, τ the city's target, U the events of no locality (held as is), E
the people of localities without a figure:

| quantity | formula |
|---|---|
| events allowed | τ · (ΣD' + E) / per |
| events at today's rates | Σ r·D' + U |
| to move | the difference, the good way |
| common factor | (events allowed − U) / Σ r·D': every rate times this meets the target |
| reach of a locality | how many of its events move if its rate comes to a floor, by default τ; 0 when it is past it |
| smallest set | the localities of the greatest reach, one after another, until their reaches cover what is to move |

Taking the greatest first gives the fewest localities. The city's target stays the city's: these are sums that show
where it would have to be met, not targets of localities, unless the plan says so.

Source: arithmetic of this project.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from observatory.errors import TerritoryError

TOLERANCE = 1e-9  # share of a whole that is rounding


class Area(NamedTuple):
    """A locality: events and population now, and its population at the target's date.

    `before` and `years` give its rate that many years ago, in the unit of the target, where known.
    """

    code: str
    numerator: float
    denominator: float
    denominator_then: float
    before: float | None = None
    years: float | None = None


@dataclass(frozen=True)
class Goal:
    """The city's target: a rate per so many, so many years ahead; sign +1 when more is better, −1 when less is."""

    rate: float
    per: float
    sign: Literal[1, -1]
    years: float


class Need(NamedTuple):
    """What a locality would have to do if all moved by the same factor; rates in the unit of the target.

    `observed_pace` and `needed_pace` are units a year, `speed_up` how many times faster; None where not known, or where
    the locality stands still or moves the other way.
    """

    code: str
    rate: float
    needed_rate: float
    change: float
    observed_pace: float | None
    needed_pace: float
    speed_up: float | None


class Step(NamedTuple):
    """A locality of the smallest set: events it moves, and what is covered with it so far, as a share of the whole."""

    code: str
    events: float
    covered: float


@dataclass(frozen=True)
class Needed:
    """What the city's target asks; `common_factor` is None when no locality has events.

    `smallest_set` is empty when nothing is to move, and None when all localities together do not reach the target;
    `shortfall` is then the number of events missing.
    """

    allowed: float
    expected: float
    to_move: float
    common_factor: float | None
    areas: tuple[Need, ...]
    smallest_set: tuple[Step, ...] | None
    shortfall: float


def needed(
    areas: Sequence[Area],
    goal: Goal,
    unlocated: float = 0.0,
    floors: Mapping[str, float] | None = None,
    elsewhere: float = 0.0,
) -> Needed:
    """What the city's target asks of its localities.

    Args:
        areas: every locality of the city that has a figure.
        goal: the city's target.
        unlocated: events of no locality; `elsewhere`: people of localities without a figure.
        floors: rate each locality could come to, e.g. its own best year; by default the city's target.

    Raises:
        TerritoryError: a locality has no population.

    Example:
        >>> city = [Area("01", 60, 1000, 1000), Area("02", 30, 1000, 1000), Area("03", 10, 1000, 1000)]
        >>> result = needed(city, Goal(rate=25, per=1000, sign=-1, years=4))
        >>> result.to_move, result.common_factor, [step.code for step in result.smallest_set]
        (25.0, 0.75, ['01'])
    """
    _refuse_empty(areas)
    located = math.fsum(_events(area) for area in areas)
    allowed = goal.rate * math.fsum([elsewhere, *(area.denominator_then for area in areas)]) / goal.per
    distance = goal.sign * (allowed - located - unlocated)
    to_move = distance if distance > TOLERANCE * allowed else 0.0
    factor = None if located == 0 else (allowed - unlocated) / located
    steps, shortfall = _smallest_set(areas, goal, to_move, floors or {})
    return Needed(
        allowed=allowed,
        expected=located + unlocated,
        to_move=to_move,
        common_factor=factor,
        areas=tuple(_need(area, goal, factor, is_met=to_move == 0) for area in areas),
        smallest_set=None if shortfall > 0 else steps,
        shortfall=shortfall,
    )


def reach(area: Area, goal: Goal, floor: float | None = None) -> float:
    """How many of a locality's events at the target's date move if its rate comes to the floor; 0 when it is past it.

    Example:
        >>> reach(Area("01", 60, 1000, 1200), Goal(25, 1000, -1, 4))
        42.0
    """
    level = goal.rate if floor is None else floor
    return max(0.0, goal.sign * (level * area.denominator_then / goal.per - _events(area)))


def _refuse_empty(areas: Sequence[Area]) -> None:
    empty = next((area.code for area in areas if area.denominator <= 0 or area.denominator_then <= 0), None)
    if empty is not None:
        raise TerritoryError(f"{empty!r} has no population", fix="leave it out, and say so")


def _events(area: Area) -> float:
    """Events at the target's date at today's rate."""
    return area.numerator * area.denominator_then / area.denominator


def _need(area: Area, goal: Goal, factor: float | None, *, is_met: bool) -> Need:
    rate = area.numerator / area.denominator * goal.per
    asked = rate if is_met or factor is None else max(0.0, rate * factor)
    pace = None if area.before is None or not area.years else (rate - area.before) / area.years
    needed_pace = (asked - rate) / goal.years
    is_moving = pace is not None and pace * goal.sign > 0
    speed_up = needed_pace / pace if pace is not None and is_moving else None
    return Need(area.code, rate, asked, asked - rate, pace, needed_pace, speed_up)


def _smallest_set(
    areas: Sequence[Area], goal: Goal, to_move: float, floors: Mapping[str, float]
) -> tuple[tuple[Step, ...], float]:
    """The steps of the greatest reach first, and how many events all of them leave uncovered."""
    reaches = sorted((-reach(area, goal, floors.get(area.code)), area.code) for area in areas)
    steps: list[Step] = []
    covered = 0.0
    for events, code in ((-negative, code) for negative, code in reaches):
        if events <= 0 or covered >= to_move - TOLERANCE * to_move:
            break
        covered += events
        steps.append(Step(code, events, covered / to_move))
    left = max(0.0, to_move - covered)
    return tuple(steps), left if left > TOLERANCE * to_move else 0.0
