"""A strip of twenty dots: where each locality lies, the city and the target marked, the chosen one named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatory import svg
from observatory.charts.scene import Scene
from observatory.look import Look
from observatory.quantities import brief, round_brief, shown
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.scales import lined_up, tick_text
from observatory.sentences.alternatives import places_alt
from observatory.series import sayings, with_value
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
    scene = Scene(indicator, look, words, names, () if chosen is None else (chosen,), links, scale)
    levels = [row.value or 0.0 for row in known] + ([target] if target is not None else [])
    ticks = lined_up(shown(level, indicator) for level in levels)
    size, middle = scene.size, 2.1 * scene.size

    def x(value: float) -> str:
        return svg.share(shown(value, indicator), ticks[0], ticks[-1], START, END)

    places = sorted((row for row in known if row.territory_code != CITY), key=lambda row: row.territory_code == chosen)
    parts = [svg.line(f"{START}%", middle, f"{END}%", middle, look.hairline)]
    parts += [_dot(scene, row, x(row.value or 0.0), middle) for row in places]
    for row in known:
        if row.territory_code == CITY:
            parts.append(_upright(x(row.value or 0.0), middle, size, look.city, 2.5 * scale))
            said = words("chart.city_short", value=brief(row.value or 0.0, indicator, words))
            parts.append(_label(x(row.value or 0.0), middle + 2.1 * size, said, look.city))
    if target is not None:
        parts.append(_upright(x(target), middle, size, look.target, 2 * scale, ' stroke-dasharray="3 2"'))
        said = words("chart.target_short", value=round_brief(target, indicator, words))
        parts.append(_label(x(target), middle + 3.4 * size, said, look.target))
    bottom = middle + (3.4 if target is not None else 2.1) * size + 2
    parts += _ends(scene, ticks, middle + 2.1 * size)
    alt = places_alt(indicator, observations, words, names=names, kind="strip")
    return svg.figure("".join(parts), look, label=alt, height=bottom + 4, size=size)


def _ends(scene: Scene, ticks: Sequence[float], y: float) -> list[str]:
    """The two ends of the axis, written below it."""
    step = ticks[1] - ticks[0]
    return [
        svg.text(place, y, tick_text(value, step, scene.indicator, scene.words), scene.look.muted, anchor=anchor)
        for value, place, anchor in ((ticks[0], "0%", "start"), (ticks[-1], "100%", "end"))
    ]


def _dot(scene: Scene, row: Observation, x: str, y: float) -> str:
    name, look = scene.name(row.territory_code), scene.look
    title = f"{name}: {sayings(row, scene.indicator, scene.words)}"
    if row.territory_code not in scene.chosen:
        mark = svg.dot(x, y, 4.5 * scene.scale, look.context, ' fill-opacity=".6"', title)
        return scene.linked(mark, row.territory_code)
    mark = svg.dot(x, y, 6 * scene.scale, look.accent, f' stroke="{look.paper}" stroke-width="1.5"', title)
    label = _label(x, y - 0.9 * scene.size, f"{name} {scene.value(row.value)}", look.accent, strong=True)
    return scene.linked(mark, row.territory_code) + label


def _upright(x: str, middle: float, size: float, colour: str, width: float, more: str = "") -> str:
    return svg.line(
        x, middle - 0.8 * size, x, middle + 0.95 * size, colour, f' stroke-width="{svg.short(width)}"{more}'
    )


def _label(x: str, y: float, said: str, colour: str, *, strong: bool = False) -> str:
    """A label that leans inwards near either end."""
    where = float(x.rstrip("%"))
    anchor = "start" if where < 15 else "end" if where > 85 else "middle"
    return svg.text(x, y, said, colour, anchor=anchor, more=' font-weight="600"' if strong else "")
