"""Text alternatives of charts and maps: what a reader who does not see them must know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from observatory.quantities import number, quantity, round_brief, signed
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import Observation
from observatory.sentences.grammar import closed, listed
from observatory.sentences.opening import of_row, promised
from observatory.series import comparable_with_annual, milestones, name_of, with_value
from observatory.territory import CITY
from observatory.wording import Words
from observatory.wording.told import joined, opens

Kind = Literal["map", "strip", "ranking", "small_multiples"]


def trend_alt(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    words: Words,
    *,
    place_name: str,
    targets: Sequence[TargetRow] = (),
) -> str:
    """A trend in words: how many figures, lowest, highest, latest, and the targets drawn. Rows of one place."""
    rows = with_value(observations)
    name = indicator.name(words.lang)
    if not rows:
        return words("sentence.alt.trend_none", name=name, place=place_name)
    ordered = sorted(rows, key=lambda row: row.value or 0.0)
    last = rows[-1]
    text = words(
        "sentence.alt.trend" if len(rows) > 1 else "sentence.alt.trend_one",
        name=name,
        place=place_name,
        n=words.number(len(rows)),
        first=words.period(rows[0].period),
        last=words.period(last.period),
        value=opens(quantity(last.value or 0.0, indicator, words), of_row(last)),
        low=opens(number(ordered[0].value or 0.0, indicator, words), of_row(ordered[0])),
        low_period=words.period(ordered[0].period),
        high=opens(number(ordered[-1].value or 0.0, indicator, words), of_row(ordered[-1])),
        high_period=words.period(ordered[-1].period),
    )
    return closed(joined(" ", [text, *_targets(indicator, rows, targets, words)]))


def _targets(
    indicator: IndicatorRow, rows: Sequence[Observation], targets: Sequence[TargetRow], words: Words
) -> list[str]:
    if not all(comparable_with_annual(row, indicator) for row in rows):
        return []
    return [
        words(
            f"sentence.alt.{step.role}",
            period=words.period(step.period or ""),
            value=opens(round_brief(step.value or 0.0, indicator, words), promised(step)),
        )
        for step in milestones(targets, rows[0].territory_code)
    ]


def places_alt(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    words: Words,
    *,
    names: Mapping[str, str],
    kind: Kind = "map",
) -> str:
    """A map, strip or list of places in words: lowest, highest, the city, who has no value. Rows of one period.

    Of several periods the newest with a value is described.
    """
    known = with_value(observations)
    name = indicator.name(words.lang)
    kind_text = words(f"sentence.alt.{kind}")
    newest = max((row.period_end for row in known), default=None)
    rows = [row for row in known if row.territory_code != CITY and row.period_end == newest]
    if not rows:
        return words("sentence.alt.places_none", kind=kind_text, name=name)
    ordered = sorted(rows, key=lambda row: row.value or 0.0)
    low, high = ordered[0], ordered[-1]
    text = words(
        "sentence.alt.places" if low.value != high.value else "sentence.alt.places_equal",
        kind=kind_text,
        name=name,
        period=words.period(high.period),
        n=words.number(len(rows)),
        low=opens(number(low.value or 0.0, indicator, words), of_row(low)),
        low_place=name_of(low.territory_code, names, words),
        high=opens(quantity(high.value or 0.0, indicator, words), of_row(high)),
        high_place=name_of(high.territory_code, names, words),
    )
    city = [row for row in known if row.territory_code == CITY and row.period_end == newest]
    values = [opens(quantity(row.value or 0.0, indicator, words), of_row(row)) for row in city]
    said = [words("sentence.alt.city", value=value) for value in values]
    silent = [row.territory_code for row in observations if row.value is None and row.period_end == newest]
    missing = listed([name_of(code, names, words) for code in silent], words, at_most=20)
    return closed(joined(" ", [text, *said, *([words("sentence.alt.without", places=missing)] if missing else [])]))


def scatter_alt(
    horizontal: IndicatorRow,
    vertical: IndicatorRow,
    horizontal_rows: Sequence[Observation],
    vertical_rows: Sequence[Observation],
    words: Words,
    *,
    names: Mapping[str, str],
) -> str:
    """A scatter chart in words: how many places, the range of each axis, who lies highest on each."""
    pairs = paired(horizontal_rows, vertical_rows)
    across, upward = ([pair[side] for pair in pairs] for side in (0, 1))
    text = words(
        "sentence.alt.scatter",
        n=words.number(len(pairs)),
        horizontal=horizontal.name(words.lang),
        vertical=vertical.name(words.lang),
        low_x=_end(min, across, horizontal, words, number),
        high_x=_end(max, across, horizontal, words, quantity),
        low_y=_end(min, upward, vertical, words, number),
        high_y=_end(max, upward, vertical, words, quantity),
        place_x=_highest(pairs, 0, names, words),
        place_y=_highest(pairs, 1, names, words),
    )
    return closed(text)


def _end(
    of: Callable[..., Observation],
    rows: Sequence[Observation],
    indicator: IndicatorRow,
    words: Words,
    said: Callable[[float, IndicatorRow, Words], str],
) -> str:
    """The lowest or highest value of an axis; none where there is no place."""
    if not rows:
        return "—"
    row = of(rows, key=lambda one: one.value or 0.0)
    return opens(said(row.value or 0.0, indicator, words), of_row(row))


def _highest(
    pairs: Sequence[tuple[Observation, Observation]], side: int, names: Mapping[str, str], words: Words
) -> str:
    if not pairs:
        return "—"
    return name_of(max(pairs, key=lambda pair: pair[side].value or 0.0)[side].territory_code, names, words)


def paired(one: Iterable[Observation], other: Iterable[Observation]) -> list[tuple[Observation, Observation]]:
    """Rows of the same territory that both carry a value, without the city."""
    there = {row.territory_code: row for row in with_value(other)}
    here = [row for row in with_value(one) if row.territory_code != CITY]
    return [(row, there[row.territory_code]) for row in here if row.territory_code in there]


def slope_alt(
    indicator: IndicatorRow,
    first: Sequence[Observation],
    second: Sequence[Observation],
    words: Words,
    *,
    names: Mapping[str, str],
) -> str:
    """Two periods in words: how many places rose, fell or stayed, as shown, and the greatest steps."""
    steps = [
        (after, (after.value or 0.0) - (before.value or 0.0), _looks_equal(before, after, indicator, words))
        for before, after in paired(first, second)
    ]
    up = sorted(((step, row) for row, step, same in steps if not same and step > 0), key=_of_step)
    down = sorted(((step, row) for row, step, same in steps if not same and step < 0), key=_of_step)
    text = words(
        "sentence.alt.slope",
        first=words.period(first[0].period) if first else "",
        second=words.period(second[0].period) if second else "",
        name=indicator.name(words.lang),
        n=words.number(len(steps)),
        up=words.number(len(up)),
        down=words.number(len(down)),
        same=words.number(len(steps) - len(up) - len(down)),
    )
    greatest = [("slope_up", up[-1:]), ("slope_down", down[:1])]
    said = [
        words(
            f"sentence.alt.{key}",
            place=name_of(row.territory_code, names, words),
            step=opens(signed(step, indicator, words), of_row(row)),
        )
        for key, found in greatest
        for step, row in found
    ]
    return joined(" ", [text, *said])


def _of_step(found: tuple[float, Observation]) -> tuple[float, str]:
    return found[0], found[1].territory_code


def _looks_equal(one: Observation, other: Observation, indicator: IndicatorRow, words: Words) -> bool:
    return number(one.value or 0.0, indicator, words) == number(other.value or 0.0, indicator, words)


class Cell(NamedTuple):
    """A cell of a silence matrix: how many of its rows carry a value, and why the others do not."""

    row: str
    column: str
    with_value: int
    total: int
    reason: str | None


def silence_alt(cells: Iterable[Cell], words: Words) -> str:
    """A silence matrix in words."""
    found = list(cells)
    full = sum(0 < cell.with_value == cell.total for cell in found)
    empty = sum(cell.with_value == 0 for cell in found)
    return words(
        "sentence.alt.silence",
        n=words.number(full),
        partial=words.number(len(found) - full - empty),
        empty=words.number(empty),
    )
