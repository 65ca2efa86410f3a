"""A strip of twenty dots: where each locality lies, the city and the target marked, the chosen one named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatory import svg
from observatory.look import SMALL_SIZE, Look
from observatory.observation import IndicatorRow, Observation
from observatory.quantities import number, round_number, shown
from observatory.scales import lined_up, tick_text
from observatory.sentences.alternatives import places_alt
from observatory.series import name_of, sayings, with_value
from observatory.territory import CITY
from observatory.wording import Words

START, END = 3.0, 97.0  # percent of the width


def strip(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: str | None = None,
    target: float | None = None,
    links: Mapping[str, str] | None = None,
    scale: float = 1.0,
) -> str:
    """Draw the places of one period on one axis, as fluid SVG; empty text when none has a value.

    Args:
        indicator: what is measured.
        observations: rows of one period and disaggregation, the city `00` among them where there is one.
        look: light or dark.
        words: the reader's language.
        names: territory code → name.
        chosen: the locality in accent, named above its dot.
        target: value ticked on the axis, in the unit inside.
        links: territory code → address.
        scale: of text and marks.
    """
    known = with_value(observations)
    if not known:
        return ""
    size = SMALL_SIZE * scale
    middle = 2.1 * size
    values = [shown(row.value or 0.0, indicator) for row in known]
    ticks = lined_up([*values, *([shown(target, indicator)] if target is not None else [])])
    ends = ticks[0], ticks[-1]

    def x(value: float) -> str:
        return svg.share(shown(value, indicator), *ends, START, END)

    places = sorted((row for row in known if row.territory_code != CITY), key=lambda row: row.territory_code == chosen)
    marks = [
        _dot(row, x(row.value or 0.0), middle, indicator, look, words, names, links or {}, chosen, scale)
        for row in places
    ]
    parts = [svg.line(f"{START}%", middle, f"{END}%", middle, look.hairline), *marks]
    for row in known:
        if row.territory_code == CITY:
            parts.append(_upright(x(row.value or 0.0), middle, size, look.city, 2.5 * scale))
            city = words("chart.city_short", value=number(row.value or 0.0, indicator, words))
            parts.append(_label(x(row.value or 0.0), middle + 2.1 * size, city, look.city))
    if target is not None:
        parts.append(_upright(x(target), middle, size, look.target, 2 * scale, ' stroke-dasharray="3 2"'))
        goal = words("chart.target_short", value=round_number(target, indicator, words))
        parts.append(_label(x(target), middle + 3.3 * size, goal, look.target))
    bottom = middle + (3.3 if target is not None else 2.1) * size + 1.4 * size
    step = ticks[1] - ticks[0]
    for value, anchor in zip(ends, ("start", "end"), strict=True):
        place = svg.share(value, *ends, 0, 100)
        parts.append(svg.text(place, bottom, tick_text(value, step, indicator, words), look.muted, anchor=anchor))
    alt = places_alt(indicator, observations, words, names=names, kind="strip")
    return svg.figure("".join(parts), look, label=alt, height=bottom + 4, size=size)


def _dot(
    row: Observation,
    x: str,
    y: float,
    indicator: IndicatorRow,
    look: Look,
    words: Words,
    names: Mapping[str, str],
    links: Mapping[str, str],
    chosen: str | None,
    scale: float,
) -> str:
    name = name_of(row.territory_code, names, words)
    title = f"{name}: {sayings(row, indicator, words)}"
    if row.territory_code != chosen:
        mark = svg.dot(x, y, 4.5 * scale, look.context, ' fill-opacity=".6"', title)
        return svg.linked(mark, links.get(row.territory_code))
    mark = svg.dot(x, y, 6 * scale, look.accent, f' stroke="{look.paper}" stroke-width="1.5"', title)
    said = f"{name} {number(row.value or 0.0, indicator, words)}"
    return svg.linked(mark, links.get(row.territory_code)) + _label(
        x, y - 0.9 * SMALL_SIZE * scale, said, look.accent, True
    )


def _upright(x: str, middle: float, size: float, colour: str, width: float, more: str = "") -> str:
    return svg.line(
        x, middle - 0.8 * size, x, middle + 0.95 * size, colour, f' stroke-width="{svg.short(width)}"{more}'
    )


def _label(x: str, y: float, said: str, colour: str, strong: bool = False) -> str:
    """A label that leans inwards near either end."""
    where = float(x.rstrip("%"))
    anchor = "start" if where < 15 else "end" if where > 85 else "middle"
    return svg.text(x, y, said, colour, anchor=anchor, more=' font-weight="600"' if strong else "")
