"""Two periods side by side: one line per place from its earlier value to its later one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from observatory import svg
from observatory.charts.labels import shortened, spread
from observatory.charts.scene import Scene
from observatory.look import Look
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sentences.alternatives import paired, slope_alt
from observatory.territory import CITY
from observatory.wording import Words

LEFT, RIGHT = 41.0, 59.0  # percent of the width where labels end and begin
LEADER = 4.0  # percent between a label and its dot
LONGEST_NAME = 14
TEXT = 0.92  # of the size of other charts: twenty names stand on either side
WIDEST = 640  # pixels


def slope(
    indicator: IndicatorRow,
    first: Sequence[Observation],
    second: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: Collection[str] = (),
    scale: float = 1.0,
) -> str:
    """Draw two periods as fluid SVG; places without a value in either are left out, empty text when none is left.

    Args:
        indicator: what is measured.
        first: rows of the earlier period, the city `00` among them where there is one.
        second: rows of the later period, of the same season.
        look: light or dark.
        words: the reader's language.
        names: territory code → name.
        chosen: places in accent.
        scale: of text and lines.
    """
    pairs = [*_city(first, second), *paired(first, second)]
    if not pairs:
        return ""
    scene = Scene(indicator, look, words, names, chosen, None, scale)
    size, line_height, top = TEXT * scene.size, 1.4 * TEXT * scene.size, 2.2 * scene.size
    height = max(len(pairs) * line_height * 1.12, 14 * line_height)
    values = [row.value or 0.0 for pair in pairs for row in pair]
    low, high = min(values), max(values)

    def y(row: Observation) -> float:
        return top + height - ((row.value or 0.0) - low) / ((high - low) or 1.0) * height

    room = top - line_height / 2, top + height + line_height / 2
    sides = [spread([y(pair[side]) for pair in pairs], [line_height] * len(pairs), *room) for side in (0, 1)]
    parts = [_head(scene, first, f"{LEFT}%", "end"), _head(scene, second, f"{RIGHT}%", "start")]
    for index in sorted(range(len(pairs)), key=lambda index: _weight(pairs[index][0], chosen)):
        before, after = pairs[index]
        parts.append(_slope(scene, before, after, (y(before), y(after)), (sides[0][index], sides[1][index])))
    alt = slope_alt(indicator, first, second, words, names=names)
    bottom, widest = top + height + line_height, round(WIDEST * scale)
    return svg.figure("".join(parts), look, label=alt, height=bottom, size=size, widest=widest)


def _city(first: Sequence[Observation], second: Sequence[Observation]) -> list[tuple[Observation, Observation]]:
    before = next((row for row in first if row.territory_code == CITY and row.value is not None), None)
    after = next((row for row in second if row.territory_code == CITY and row.value is not None), None)
    return [(before, after)] if before is not None and after is not None else []


def _weight(row: Observation, chosen: Collection[str]) -> int:
    return 2 if row.territory_code in chosen else 1 if row.territory_code == CITY else 0


def _head(scene: Scene, rows: Sequence[Observation], x: str, anchor: str) -> str:
    said = scene.words.period(rows[0].period) if rows else ""
    return svg.text(x, scene.size, said, scene.look.muted, anchor=anchor, more=' font-weight="600"')


def _slope(
    scene: Scene, before: Observation, after: Observation, ends: tuple[float, float], labels: tuple[float, float]
) -> str:
    """One line with its dots and labels; `ends` and `labels` are heights in pixels, left and right."""
    look, size = scene.look, TEXT * scene.size
    weight = _weight(before, scene.chosen)
    colour, ink = (look.context, look.city, look.accent)[weight], (look.muted, look.city, look.accent)[weight]
    strong = ' font-weight="600"' if weight else ""
    name = scene.name(before.territory_code)
    values = scene.value(before.value), scene.value(after.value)
    left, right = LEFT + LEADER, RIGHT - LEADER
    drop, brief = 0.36 * size, shortened(name, LONGEST_NAME)
    parts = [
        f"<title>{escape(f'{name}: {values[0]} → {values[1]}', quote=False)}</title>",
        svg.line(f"{LEFT}%", labels[0], f"{left}%", ends[0], look.hairline),
        svg.line(f"{right}%", ends[1], f"{RIGHT}%", labels[1], look.hairline),
        svg.line(f"{left}%", ends[0], f"{right}%", ends[1], colour, f' stroke-width="{(1.2, 2, 2.6)[weight]}"'),
        svg.dot(f"{left}%", ends[0], 0.25 * size, colour),
        svg.dot(f"{right}%", ends[1], 0.25 * size, colour),
        svg.text(f"{LEFT - 0.8}%", labels[0] + drop, f"{brief} {values[0]}", ink, anchor="end", more=strong),
        svg.text(f"{RIGHT + 0.8}%", labels[1] + drop, f"{values[1]} {brief}", ink, more=strong),
    ]
    return f"<g>{''.join(parts)}</g>"
