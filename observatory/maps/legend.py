"""The legend of a map in HTML: ranges, how many places fall into each, no data, and which way is good in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from observatory import svg
from observatory.look import SMALL_SIZE, TEXT_SIZE, Look
from observatory.maps.classes import Classes
from observatory.maps.symbols import LARGEST, is_count, legend_values, radius
from observatory.quantities import number, round_number
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.series import is_modelled
from observatory.territory import CITY
from observatory.wording import Words

SYMBOL_SCALE = 0.75  # of the circles on the map
_ROW = "display:flex;align-items:center;gap:.6em;font-size:inherit;margin:0"


def legend(
    indicator: IndicatorRow,
    classes: Classes,
    observations: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    target_name: str | None = None,
    scale: float = 1.0,
) -> str:
    """Explain a map.

    Args:
        indicator: gives unit, decimals and direction.
        classes: those of the map.
        observations: the rows that the map draws; counted per class, the city left out.
        look: light or dark.
        words: the reader's language.
        target_name: named at the edge between the two sides; the word for target when it is not given.
        scale: of text and swatches.
    """
    rows = [row for row in observations if row.territory_code != CITY]
    circles = _circles(indicator, classes, look, words) if is_count(indicator) else []
    ranges = [_entry(one, look) for one in entries(indicator, classes, rows, look, words)]
    title = words("map.legend.title", name=indicator.name(words.lang), unit=indicator.unit(words.lang))
    said = " ".join(notes(indicator, classes, rows, words, target_name))
    style = (
        f"font-family:{escape(look.font)};font-size:{svg.short(TEXT_SIZE * scale)}px;color:{look.ink};max-width:24em"
    )
    small = f"font-size:{svg.short(SMALL_SIZE * scale)}px;color:{look.muted};margin:.6em 0 0"
    listed = f'<ul style="list-style:none;margin:.4em 0 0;padding:0">{"".join([*circles, *ranges])}</ul>'
    head = f'<div style="font-weight:600">{escape(title)}</div>'
    return f'<div class="obs-legend" style="{style}">{head}{listed}<p style="{small}">{escape(said)}</p></div>'


class Entry(NamedTuple):
    """A class of a map: its colour (empty: hatched, without data), its range, how many places fall into it.

    `is_short`: whether it lies on the unfavourable side of the target, where every place carries a dot.
    """

    colour: str
    text: str
    places: str
    is_short: bool = False


def entries(
    indicator: IndicatorRow, classes: Classes, rows: Sequence[Observation], look: Look, words: Words
) -> list[Entry]:
    """One entry per class, the highest on top as on a scale, then the places without data; `rows` without the city."""
    colours = classes.colours(look, indicator.direction)
    counts = classes.counts(row.value for row in rows)
    found = []
    for index in reversed(range(0 if is_count(indicator) else classes.count)):
        low, high = (_edge(classes, place, indicator, words) for place in (index, index + 1))
        text = words("map.legend.class", low=low, high=high) if low != high else low
        is_short = classes.falls_short(index, indicator.direction)
        found.append(Entry(colours[index], text, words.count("map.legend.count", counts[index]), is_short))
    silent = sum(row.value is None for row in rows)
    if silent or not rows:
        found.append(Entry("", words("map.legend.no_data"), words.count("map.legend.count", silent)))
    return found


def notes(
    indicator: IndicatorRow,
    classes: Classes,
    rows: Sequence[Observation],
    words: Words,
    target_name: str | None = None,
) -> list[str]:
    """What must be said to read a map: which way is good, where classes come from, what is modelled."""
    said = [_direction(indicator, words)]
    if is_count(indicator):
        said.append(words("map.legend.symbols"))
    else:
        if classes.anchor is not None:
            value = round_number(classes.anchor, indicator, words)
            key = "map.legend.reference" if target_name else "map.legend.target"
            said += [words(key, value=value, name=target_name), words("map.legend.dot")]
        said += [words("map.legend.same_years"), words("map.legend.edge")]
    if any(row.value is not None and is_modelled(row, indicator) for row in rows):
        said.append(words("map.legend.modelled"))
    return said


def _edge(classes: Classes, place: int, indicator: IndicatorRow, words: Words) -> str:
    """An edge with the decimals that tell it from the next one, at least those of the indicator."""
    value = classes.edges[place]
    if 0 < place < classes.count and value != classes.anchor:
        scaled = value * indicator.factor
        exact = next(n for n in range(indicator.decimals, 13) if n == 12 or abs(round(scaled, n) - scaled) < 1e-9)
        return number(value, indicator, words, extra=min(exact - indicator.decimals, 3))
    return number(value, indicator, words)


def _hatch(look: Look) -> str:
    stripes = f"repeating-linear-gradient(135deg,{look.hatch} 0 1.5px,{look.paper} 1.5px 5px)"
    return f"background:{stripes};border:1px solid {look.outline}"


def _entry(entry: Entry, look: Look) -> str:
    dot = f"radial-gradient(circle,{look.ink} 3px,{look.paper} 3.5px 4px,transparent 4.5px)," if entry.is_short else ""
    ground = f"background:{dot}linear-gradient({entry.colour},{entry.colour})"
    swatch = f"{ground};border:1px solid {look.outline}" if entry.colour else _hatch(look)
    box = f'<span style="flex:none;width:2em;height:1.1em;border-radius:2px;box-sizing:border-box;{swatch}"></span>'
    row = f"{_ROW};padding:.12em 0;font-variant-numeric:tabular-nums"
    many = f'<span style="margin-left:auto;color:{look.muted}">{escape(entry.places)}</span>'
    return f'<li style="{row}">{box}<span>{escape(entry.text)}</span>{many}</li>'


def _circles(indicator: IndicatorRow, classes: Classes, look: Look, words: Words) -> list[str]:
    entries = []
    widest = 2 * LARGEST * SYMBOL_SCALE + 2
    for value in legend_values(classes):
        size = radius(value, classes, LARGEST * SYMBOL_SCALE)
        high = 2 * size + 2
        mark = svg.dot(widest / 2, high / 2, size, look.accent, f' fill-opacity=".72" stroke="{look.paper}"')
        box = f'width="{svg.short(widest)}" height="{svg.short(high)}"'
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" {box}>{mark}</svg>'
        row = f"{_ROW};padding:.1em 0"
        entries.append(f'<li style="{row}">{drawn}<span>{escape(number(value, indicator, words))}</span></li>')
    return entries


def _direction(indicator: IndicatorRow, words: Words) -> str:
    if indicator.direction == "in_range" and indicator.desired_low is not None and indicator.desired_high is not None:
        low, high = (round_number(end, indicator, words) for end in (indicator.desired_low, indicator.desired_high))
        return words("map.legend.in_range", low=low, high=high)
    key = indicator.direction if indicator.direction != "in_range" else "descriptive"
    return words(f"map.legend.{key}")
