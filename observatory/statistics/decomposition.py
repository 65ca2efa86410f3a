"""Why a city's rate changed: its localities' own rates, where people live, or the figures themselves.

With r the rate of each locality and w its share of the city's population, at 0 and 1, R = Σ w·r, P what was published:

| part | formula |
|---|---|
| within localities | Σ (r₁ − r₀) · (w₀ + w₁) / 2 |
| population shift | Σ (w₁ − w₀) · (r₀ + r₁) / 2 |
| unlocated events | (U₁ / D₁ − U₀ / D₀) · per, with U the events of no locality and D the city's population |
| revision | first figure as published now − as first published |
| definition | what is left: P₁ − P₀ − all of the above |

The first three are the change of the city's rate on one definition and vintage; the last is 0 when the published
figures are made of the same localities. The parts add up to P₁ − P₀. A locality's shift is measured from the mean rate
of the city, so that gaining people in a place above it raises the city: Σ (w₁ − w₀) · ((r₀ + r₁) / 2 − (R₀ + R₁) / 2),
the same sum.

Source: Kitagawa, Components of a difference between two rates, Journal of the American Statistical Association 50
(1955).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from observatory.errors import TerritoryError, nearest


class Ratio(NamedTuple):
    """Events and population of an area; a population is above zero."""

    numerator: float
    denominator: float


@dataclass(frozen=True)
class Moment:
    """A city at one period: its localities, and the events of none of them."""

    areas: Mapping[str, Ratio]
    unlocated: float = 0.0


class Published(NamedTuple):
    """City figures as published: the earlier one as first published, the later one, and the earlier as published now.

    The last is on the definition it was first published on; None, it was not revised.
    """

    start: float
    end: float
    restated_start: float | None = None


class Contribution(NamedTuple):
    """What one locality adds to the city's change, in the unit of the rate."""

    code: str
    within: float
    shift: float


@dataclass(frozen=True)
class Decomposition:
    """The parts of a city's change, in the unit of the rate; see the module for the formulas."""

    start: float
    end: float
    within: float
    shift: float
    unlocated: float
    revision: float
    definition: float
    areas: tuple[Contribution, ...]

    @property
    def total(self) -> float:
        """The change of the published figure."""
        return self.end - self.start


def city_rate(moment: Moment, per: float) -> float:
    """The rate of the city from its numerators and denominators, never a mean of rates.

    Example:
        >>> city_rate(Moment({"01": Ratio(1, 100), "02": Ratio(30, 900)}), 1000)
        31.0
    """
    events = math.fsum(area.numerator for area in moment.areas.values()) + moment.unlocated
    return events / _population(moment) * per


def decompose(before: Moment, after: Moment, per: float, published: Published | None = None) -> Decomposition:
    """The parts of a city's change from one period to another.

    Args:
        before: the earlier period, on today's definition and vintage.
        after: the later period, on the same.
        per: e.g. 100 000 inhabitants.
        published: the figures whose change is explained; None, those of the localities.

    Raises:
        TerritoryError: the localities of the two periods differ, or one has no population.

    Example:
        >>> before = Moment({"01": Ratio(10, 500), "02": Ratio(5, 500)})
        >>> after = Moment({"01": Ratio(8, 400), "02": Ratio(12, 600)})
        >>> parts = decompose(before, after, 1000)
        >>> round(parts.within, 6), round(parts.shift, 6), round(parts.total, 6)
        (5.5, -0.5, 5.0)
    """
    _refuse_unlike(before, after)
    figures = published or Published(city_rate(before, per), city_rate(after, per))
    start, end, restated = figures
    areas = tuple(_contributions(before, after, per))
    within, shift = math.fsum(area.within for area in areas), math.fsum(area.shift for area in areas)
    unlocated = (after.unlocated / _population(after) - before.unlocated / _population(before)) * per
    revision = 0.0 if restated is None else restated - start
    left = math.fsum([end, -start, -within, -shift, -unlocated, -revision])
    definition = 0.0 if published is None else left
    return Decomposition(start, end, within, shift, unlocated, revision, definition, areas)


def _population(moment: Moment) -> float:
    return math.fsum(area.denominator for area in moment.areas.values())


def _refuse_unlike(before: Moment, after: Moment) -> None:
    for code in sorted(before.areas.keys() ^ after.areas.keys()):
        known = before.areas if code in after.areas else after.areas
        raise TerritoryError(f"{code!r} stands in one of the two periods only", fix=nearest(code, known))
    for moment in (before, after):
        empty = next((code for code, area in moment.areas.items() if area.denominator <= 0), None)
        if empty is not None:
            raise TerritoryError(f"{empty!r} has no population", fix="leave it out of both periods, and say so")


def _contributions(before: Moment, after: Moment, per: float) -> list[Contribution]:
    sizes = _population(before), _population(after)
    located = Moment(before.areas), Moment(after.areas)
    middle = (city_rate(located[0], per) + city_rate(located[1], per)) / 2
    found = []
    for code, one in before.areas.items():
        other = after.areas[code]
        rates = one.numerator / one.denominator * per, other.numerator / other.denominator * per
        weights = one.denominator / sizes[0], other.denominator / sizes[1]
        within = (rates[1] - rates[0]) * (weights[0] + weights[1]) / 2
        found.append(Contribution(code, within, (weights[1] - weights[0]) * ((rates[0] + rates[1]) / 2 - middle)))
    return found
