"""Places among territories: equal values share a place, and what an interval cannot tell from the city is said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.territory import CITY

GOOD_WAYS = ("lower_is_better", "higher_is_better")

Versus = Literal["better", "worse", "higher", "lower", "indistinguishable", "unknown"]


class Rank(NamedTuple):
    """A territory among its equals. `place` 1 is what `first_place` says; null without a value."""

    territory_code: str
    value: float | None
    lower: float | None
    upper: float | None
    place: int | None
    tied: bool
    versus_city: Versus
    flag: str
    absence: str | None


def numbered(row: Rank) -> str:
    """A place as tables and drawings write it: 3, or =3 where it is shared; empty without a value."""
    return "" if row.place is None else f"={row.place}" if row.tied else str(row.place)


def tied_with(row: Rank, ranks: Iterable[Rank]) -> list[str]:
    """Codes of the territories that share a place, in their order; empty where none does."""
    shared = [one.territory_code for one in ranks if row.tied and one.place == row.place]
    return [code for code in shared if code != row.territory_code]


def first_place(indicator: IndicatorRow) -> Literal["best", "highest"]:
    """What place 1 is: the best value; the highest where no way is good, and of counts, which follow size."""
    return "highest" if indicator.measure == "count" or indicator.direction not in GOOD_WAYS else "best"


def rank(indicator: IndicatorRow, observations: Sequence[Observation]) -> list[Rank]:
    """Order territories from the highest value to the lowest, those without a value last, and number their places.

    Values that look equal at the indicator's decimals share a place, and the next one is skipped (1, 2, 2, 4).

    Args:
        indicator: gives decimals and direction.
        observations: rows of one period and disaggregation; the city `00` is what the others are held against.
    """
    city = next((row.value for row in observations if row.territory_code == CITY), None)
    places = [row for row in observations if row.territory_code != CITY]
    known = sorted(
        (row for row in places if row.value is not None), key=lambda row: (-(row.value or 0.0), row.territory_code)
    )
    silent = sorted((row for row in places if row.value is None), key=lambda row: row.territory_code)
    keys = [_displayed(row.value or 0.0, indicator) for row in known]
    is_lowest_first = first_place(indicator) == "best" and indicator.direction == "lower_is_better"
    counted = sorted(keys, reverse=not is_lowest_first)
    ranked = [
        _rank(row, counted.index(key) + 1, keys.count(key) > 1, versus_city(row, city, indicator.direction))
        for row, key in zip(known, keys, strict=True)
    ]
    return ranked + [_rank(row, None, False, "unknown") for row in silent]


def _rank(row: Observation, place: int | None, tied: bool, versus: Versus) -> Rank:
    return Rank(row.territory_code, row.value, row.lower, row.upper, place, tied, versus, row.flag, row.absence)


def _displayed(value: float, indicator: IndicatorRow) -> float:
    return round(value * indicator.factor, indicator.decimals)


def versus_city(row: Observation, city: float | None, direction: str) -> Versus:
    """How a territory stands against the city by its interval; unknown without one."""
    if city is None or row.value is None or row.lower is None or row.upper is None:
        return "unknown"
    if row.lower <= city <= row.upper:
        return "indistinguishable"
    is_higher = row.value > city
    if direction == "higher_is_better":
        return "better" if is_higher else "worse"
    if direction == "lower_is_better":
        return "worse" if is_higher else "better"
    return "higher" if is_higher else "lower"


def distinguishable(ranks: Iterable[Rank]) -> list[Rank]:
    """Those that differ from the city beyond their interval."""
    return [row for row in ranks if row.versus_city not in ("indistinguishable", "unknown")]
