"""Where a series leads by simple models: dashed lines from its last value, with the interval of the first model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from observatory.charts.axes import position
from observatory.charts.frame import Drawing, line
from observatory.charts.placing import Label
from observatory.quantities import brief, number
from observatory.rows.observation import Observation
from observatory.rows.progress import ProjectionRow
from observatory.series import last_with_value

DASH = "6px,4px"


def add_projections(drawing: Drawing, rows: Sequence[Observation], projections: Sequence[ProjectionRow]) -> None:
    """Draw each model's path on from the last value.

    Args:
        drawing: the chart under way.
        rows: the place's series, in time order.
        projections: model by model; the first one is labelled and has its interval drawn.
    """
    last = last_with_value(rows)
    if last is None or last.value is None:
        return
    start = position(last.period), drawing.y(last.value)
    for place, (_, steps) in enumerate(groupby(projections, key=lambda row: row.model)):
        _add_path(drawing, start, list(steps), is_first=place == 0)


def _add_path(drawing: Drawing, start: tuple[float, float], steps: list[ProjectionRow], *, is_first: bool) -> None:
    xs = [start[0], *(step.moment - 1 for step in steps)]
    ys = [start[1], *(drawing.y(step.value) for step in steps)]
    colour = drawing.look.accent
    if is_first:
        _add_band(drawing, start, steps)
        drawing.labels.append(Label(_wordings(drawing, steps[-1]), xs[-1], ys[-1], colour))
        drawing.ends.append(xs[-1])
    path = {"mode": "lines", "hoverinfo": "skip"}  # the pointer finds the values, not the start
    drawing.traces.append(line(xs, ys, [None] * len(xs), drawing.pen(colour, 1.4, DASH), {}) | path)
    dots = {"size": 6 * drawing.scale, "color": drawing.look.paper, "line": {"color": colour, "width": 1.2}}
    texts = [_hover(drawing, step) for step in steps]
    drawing.traces.append(line(xs[1:], ys[1:], texts, drawing.pen(colour, 1.4), dots) | {"mode": "markers"})


def _add_band(drawing: Drawing, start: tuple[float, float], steps: list[ProjectionRow]) -> None:
    upper = [start, *((step.moment - 1, drawing.y(step.upper)) for step in steps)]
    lower = [(step.moment - 1, drawing.y(step.lower)) for step in steps]
    outline = [*upper, *reversed(lower)]
    where = {"x": [x for x, _ in outline], "y": [y for _, y in outline], "hoverinfo": "skip"}
    band = {"mode": "lines", "fill": "toself", "fillcolor": drawing.look.band, "line": {"width": 0}, "opacity": 0.7}
    drawing.traces.append({"type": "scatter", **where, **band})


def _year(step: ProjectionRow) -> int:
    return math.ceil(step.moment) - 1


def _wordings(drawing: Drawing, step: ProjectionRow) -> tuple[tuple[str, ...], ...]:
    """What the end of the path is labelled with: in two lines, or in one."""
    value = brief(step.value, drawing.indicator, drawing.words)
    said = tuple(drawing.words("court.drawn", year=_year(step), value=value).split("|"))
    return said, (": ".join(said),)


def _hover(drawing: Drawing, step: ProjectionRow) -> str:
    value, lower, upper = (
        number(one, drawing.indicator, drawing.words) for one in (step.value, step.lower, step.upper)
    )
    model = drawing.words(f"projection.model.{step.model}")
    said = drawing.words("court.drawn_hover", year=_year(step), value=value, lower=lower, upper=upper)
    return f"{said}<br>{model}"
