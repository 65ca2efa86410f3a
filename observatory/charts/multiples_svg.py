"""Small multiples as one SVG of a fixed grid, for print and slides; the scales and lines of `small_multiples`."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from observatory import svg
from observatory.charts.labels import abbreviated, text_width
from observatory.charts.scene import Scene
from observatory.charts.small_multiples import (
    Axes,
    Order,
    course_of,
    drawn_rows,
    last_dot,
    ordered,
    scales,
    scales_note,
)
from observatory.look import Look
from observatory.rows.catalogue import BreakRow, IndicatorRow
from observatory.rows.observation import Observation
from observatory.series import by_place, last_with_value
from observatory.territory import CITY
from observatory.wording import Words

LINE = 1.35  # of the note, in sizes of its text
PANEL, GAP = 46, 16  # pixels of a panel's height, and between panels
NARROWEST = 140  # pixels that a panel and its gap need


def multiples_svg(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    label: str,
    width: float = 720,
    order: Order = "value",
    chosen: Collection[str] = (),
    breaks: Sequence[BreakRow] = (),
    part: slice = slice(None),
) -> str:
    """Draw one small chart per place, as many in a row as have room; empty text without any value.

    Args: as `small_multiples`, with the text alternative, the width in pixels, and which of the places in their order
    are drawn; the scales are those of all.
    """
    known = drawn_rows(observations, indicator)
    series = by_place(row for row in observations if row.territory_code != CITY)
    if not series or not known:
        return ""
    scene, columns = Scene(indicator, look, words, names, chosen), max(2, round(width / NARROWEST))
    wide, row_height = (width - (columns - 1) * GAP) / columns, 1.6 * scene.size + PANEL + GAP
    axes = replace(scales(known, indicator), width=wide, height=PANEL)
    city_rows = [row for row in known if row.territory_code == CITY]
    city = course_of(scene, axes, city_rows, breaks, look.outline, 1.0)
    parts, drawn = [], ordered(list(series), series, order)[part]
    for index, code in enumerate(drawn):
        x, y = index % columns * (wide + GAP), index // columns * row_height
        parts.append(f'<g transform="translate({svg.short(x)} {svg.short(y)})">')
        parts.append(_panel(scene, axes, series[code], breaks, city) + "</g>")
    note_y = -(-len(drawn) // columns) * row_height + scene.size
    note = textwrap.wrap(scales_note(scene, axes, known), int(width / (0.56 * scene.size)))
    parts += [svg.text(0, note_y + index * LINE * scene.size, line, look.muted) for index, line in enumerate(note)]
    bottom = note_y + (len(note) - 1) * LINE * scene.size + 6
    return svg.drawing("".join(parts), look, label=label, width=width, height=bottom, size=scene.size)


def _panel(scene: Scene, axes: Axes, rows: Sequence[Observation], breaks: Sequence[BreakRow], city: str) -> str:
    """Name and last value over the lines of a place."""
    look, code, last = scene.look, rows[0].territory_code, last_with_value(rows)
    is_chosen = code in scene.chosen
    colour, strong = (look.accent, ' font-weight="700"') if is_chosen else (look.ink, "")
    said = scene.value(None if last is None else last.value)
    name = abbreviated(scene.name(code), axes.width - text_width(f" {said}", scene.size), scene.size)
    head = svg.text(0, scene.size, name, colour, more=strong)
    head += svg.text(axes.width, scene.size, said, colour, anchor="end", more=strong)
    course = course_of(scene, axes, rows, breaks, look.accent, 2.6 if is_chosen else 1.8)
    floor = svg.line(0, 0.96 * PANEL, axes.width, 0.96 * PANEL, look.hairline)
    lines = f"{floor}{city}{course}{last_dot(scene, axes, last)}"
    return f'{head}<g transform="translate(0 {svg.short(1.6 * scene.size)})">{lines}</g>'
