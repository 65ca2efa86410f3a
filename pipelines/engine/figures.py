"""From an engine's groups to rows of a figure table: places become codes, months stay or become years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from observatory.errors import TerritoryError
from observatory.territory import CITY, UNLOCATED, folded, locality_code
from pipelines.counting import LOCALITIES
from pipelines.engine.records import Group, Groups, Shape
from pipelines.figures import Account, FigureRow

Grain = Literal["month", "year"]
Cell = tuple[str, str, str, str]  # measure, territory_code, period, disaggregation
NO_TIME, UNREADABLE = "time_missing", "unreadable_value"


@dataclass
class Cells:
    """Rows of a figure table, what became of every record, and names that are no locality."""

    rows: list[FigureRow]
    accounts: list[Account]
    unknown: dict[str, str] = field(default_factory=dict)  # name as written → nearest known name


def cells_of(groups: Groups, shape: Shape, file: str, grain: Grain = "month") -> Cells:
    """Cells by locality, city and period: `records`, every flag, the sum `weight`; totals and `category:…`.

    A record without time is quarantined. One whose place is unknown, blank or outside counts in the city and, as `99`,
    without location. A locality without records in a period that has some is a true zero.
    """
    sums: dict[Cell, float] = defaultdict(float)
    outcomes: Counter[tuple[str, str]] = Counter()
    codes, unknown = _codes(group.place for group in groups.rows)
    for group in groups.rows:
        outcome = _outcome(group, codes)
        outcomes[outcome] += group.records
        if outcome[1] != NO_TIME:
            for cell, value in _added(group, codes[group.place], shape, grain):
                sums[cell] += value
    if groups.refused:
        outcomes["quarantined", UNREADABLE] += len({refusal.line for refusal in groups.refused})
    accounts = [Account(file, *key, rows) for key, rows in sorted(outcomes.items())]  # type: ignore[arg-type]
    return Cells(_with_zeros(sums), accounts, unknown)


def _outcome(group: Group, codes: dict[str | None, str]) -> tuple[str, str]:
    if group.month is None:
        return "quarantined", NO_TIME
    return "observed", "used" if codes[group.place] != UNLOCATED else "unlocated"


def _codes(places: Iterable[str | None]) -> tuple[dict[str | None, str], dict[str, str]]:
    """Code by place as written; unknown names are unlocated, with their nearest name."""
    codes: dict[str | None, str] = {}
    unknown: dict[str, str] = {}
    for place in set(places):
        codes[place] = UNLOCATED
        if place is not None and place.zfill(2) in LOCALITIES:  # a file of numbers says 8 for 08
            codes[place] = place.zfill(2)
        elif place is not None and place != UNLOCATED and folded(place):
            try:
                codes[place] = locality_code(place)
            except TerritoryError as error:
                unknown[place] = error.fix
    return codes, dict(sorted(unknown.items()))


def _added(group: Group, code: str, shape: Shape, grain: Grain) -> Iterator[tuple[Cell, float]]:
    period = str(group.month)[: 4 if grain == "year" else 7]
    values: dict[str, float] = {"records": group.records, **dict(zip(shape.flags, group.flags, strict=True))}
    if group.weight is not None:
        values["weight"] = group.weight
    shown = ["total"] + ([f"category:{_slug(group.category)}"] if shape.category else [])
    for measure, value in values.items():
        for disaggregation in shown:
            for place in (code, CITY):
                yield (measure, place, period, disaggregation), value


def _slug(category: str | None) -> str:
    return "_".join(folded(category or "").split()) or "not_stated"


def _with_zeros(sums: dict[Cell, float]) -> list[FigureRow]:
    """Rows in order; where the city has a figure, a locality without records has zero."""
    for measure, code, period, disaggregation in list(sums):
        if code == CITY:
            for locality in LOCALITIES:
                sums.setdefault((measure, locality, period, disaggregation), 0.0)
    return [FigureRow(*cell, value=_whole(value)) for cell, value in sorted(sums.items())]


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value
