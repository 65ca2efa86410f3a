"""A strip of twenty dots: where each locality lies, the city and the target marked, the chosen one named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
NEAR = 34.0  # percent from an end within which a label would meet the text of that end on a phone


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
        observations: rows of one period and disaggregation; the city `00` is marked, unless places add up to it.
        chosen: the locality in accent, named above its dot.
        target: value ticked on the axis, in the unit inside.
    """
    scene = Scene(indicator, look, words, names, () if chosen is None else (chosen,), links, scale)
    places = [row for row in with_value(observations) if row.territory_code != CITY]
    levels = _levels(scene, observations, target)
    values = [*(row.value or 0.0 for row in places), *(level.value for level in levels)]
    if not values:
        return ""
    ticks = lined_up(shown(value, indicator) for value in values)
    axis = _Axis(scene, ticks, 2.1 * scene.size)
    parts = [svg.line(f"{START}%", axis.middle, f"{END}%", axis.middle, look.hairline)]
    others = "".join(_dot(axis, row) for row in places if row.territory_code != chosen)
    parts.append(f'<g fill="{look.context}" fill-opacity=".55" stroke="{look.context}">{others}</g>')
    parts += [_chosen_dot(axis, row) for row in places if row.territory_code == chosen]
    for index, level in enumerate(levels):
        parts += [_upright(axis, level), _label(axis.x(level.value), axis.line(index), level.said, level.colour)]
    free = _free_line(axis, levels)
    alt = places_alt(indicator, observations, words, names=names, kind="strip")
    bottom = axis.line(max(free, len(levels) - 1)) + 6
    return svg.figure("".join(parts + _ends(axis, free)), look, label=alt, height=bottom, size=scene.size)


@dataclass(frozen=True)
class _Level:
    """A value marked across the axis: the city's, a target."""

    value: float
    said: str
    colour: str
    width: float
    more: str = ""


def _levels(scene: Scene, observations: Sequence[Observation], target: float | None) -> list[_Level]:
    indicator, words, look = scene.indicator, scene.words, scene.look
    levels = [
        _Level(row.value, words("chart.city_short", value=brief(row.value, indicator, words)), look.city, 2.5)
        for row in observations
        if row.territory_code == CITY and row.value is not None and indicator.measure != "count"
    ]
    if target is not None:
        said = words("chart.target_short", value=round_brief(target, indicator, words))
        levels.append(_Level(target, said, look.target, 2, ' stroke-dasharray="3 2"'))
    return levels


@dataclass(frozen=True)
class _Axis:
    """The line that places lie on; `middle` in pixels from above."""

    scene: Scene
    ticks: Sequence[float]
    middle: float

    def x(self, value: float) -> str:
        """Where a value lies."""
        return svg.share(shown(value, self.scene.indicator), self.ticks[0], self.ticks[-1], START, END)

    def line(self, index: int) -> float:
        """Base of the lines of text below it, from the first."""
        return self.middle + (2.1 + 1.3 * index) * self.scene.size


def _free_line(axis: _Axis, levels: Sequence[_Level]) -> int:
    """The first line of text on which no label comes near the ends of the axis, on a phone."""
    places = [float(axis.x(level.value).rstrip("%")) for level in levels]
    return next(index for index in range(len(levels) + 1) if index == len(levels) or NEAR < places[index] < 100 - NEAR)


def _ends(axis: _Axis, line: int) -> list[str]:
    """The two ends of the axis, written below it."""
    scene, ticks = axis.scene, axis.ticks
    step = ticks[1] - ticks[0]
    return [
        svg.text(
            place, axis.line(line), tick_text(value, step, scene.indicator, scene.words), scene.look.muted, anchor=at
        )
        for value, place, at in ((ticks[0], "0%", "start"), (ticks[-1], "100%", "end"))
    ]


def _dot(axis: _Axis, row: Observation) -> str:
    scene = axis.scene
    mark = svg.dot(axis.x(row.value or 0.0), axis.middle, 4.5 * scene.scale, title=_title(scene, row))
    return scene.linked(mark, row.territory_code)


def _chosen_dot(axis: _Axis, row: Observation) -> str:
    scene, x, look = axis.scene, axis.x(row.value or 0.0), axis.scene.look
    more = f' stroke="{look.paper}" stroke-width="1.5"'
    mark = svg.dot(x, axis.middle, 6 * scene.scale, look.accent, more, _title(scene, row))
    named = f"{scene.name(row.territory_code)} {scene.value(row.value)}"
    label = _label(x, axis.middle - 0.9 * scene.size, named, look.accent, strong=True)
    return scene.linked(mark, row.territory_code) + label


def _title(scene: Scene, row: Observation) -> str:
    return f"{scene.name(row.territory_code)}: {sayings(row, scene.indicator, scene.words)}"


def _upright(axis: _Axis, level: _Level) -> str:
    x, middle, size = axis.x(level.value), axis.middle, axis.scene.size
    more = f' stroke-width="{svg.short(level.width * axis.scene.scale)}"{level.more}'
    return svg.line(x, middle - 0.8 * size, x, middle + 0.95 * size, level.colour, more)


def _label(x: str, y: float, said: str, colour: str, *, strong: bool = False) -> str:
    """A label that leans inwards near either end."""
    where = float(x.rstrip("%"))
    anchor = "start" if where < 15 else "end" if where > 85 else "middle"
    return svg.text(x, y, said, colour, anchor=anchor, more=' font-weight="600"' if strong else "")
