"""Two indicators against each other, one dot per place; names where they do not touch, the rest on hover."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import NamedTuple

from observatory.charts import Figure
from observatory.charts.frame import BOTTOM, TOP, Drawing, base_layout, value_axis
from observatory.charts.labels import shortened, text_width
from observatory.look import Look
from observatory.quantities import shown
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.scales import lined_up, tick_text
from observatory.sentences.alternatives import paired
from observatory.series import name_of, sayings
from observatory.wording import Words

NARROWEST = 300.0  # pixels of the plot on a phone, for which names are kept apart
Pair = tuple[Observation, Observation]


def scatter(
    horizontal: IndicatorRow,
    vertical: IndicatorRow,
    horizontal_rows: Sequence[Observation],
    vertical_rows: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: Collection[str] = (),
    height: int = 440,
    scale: float = 1.0,
) -> Figure:
    """Draw two indicators of the same places; places without both values are left out.

    Args:
        horizontal: indicator of the axis across.
        vertical: indicator of the axis upwards.
        horizontal_rows: rows of one period and disaggregation.
        vertical_rows: rows of one period and disaggregation.
        look: light or dark.
        words: the reader's language.
        names: territory code → name.
        chosen: places in accent, always named.
        height: pixels.
        scale: of text and marks.
    """
    drawing = Drawing(vertical, look, words, names, scale)
    pairs = paired(horizontal_rows, vertical_rows)
    xs = [shown(one.value or 0.0, horizontal) for one, _ in pairs]
    ys = [shown(other.value or 0.0, vertical) for _, other in pairs]
    across, upward = lined_up(xs), lined_up(ys)
    labels, sides = _labels(pairs, [_share(xs, across), _share(ys, upward)], drawing, chosen, height)
    is_chosen = [one.territory_code in chosen for one, _ in pairs]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": xs,
        "y": ys,
        "text": labels,
        "textposition": sides,
        "textfont": {"size": drawing.size, "color": [look.accent if mark else look.muted for mark in is_chosen]},
        "hovertext": [_hover(pair, (horizontal, vertical), drawing) for pair in pairs],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": [(12 if mark else 9) * scale for mark in is_chosen],
            "color": [look.accent if mark else look.context for mark in is_chosen],
            "line": {"width": 1, "color": look.paper},
            "opacity": 1,
        },
    }
    layout = base_layout(drawing, height, _axes(drawing, horizontal, across, upward), 24 * scale)
    layout["margin"] |= {"t": round(34 * scale), "b": round(56 * scale)}
    return {"data": [trace], "layout": layout}


def _share(values: Sequence[float], ticks: Sequence[float]) -> list[float]:
    return [(value - ticks[0]) / ((ticks[-1] - ticks[0]) or 1.0) for value in values]


def _axes(drawing: Drawing, horizontal: IndicatorRow, across: Sequence[float], upward: Sequence[float]) -> Figure:
    words = drawing.words
    step = across[1] - across[0]
    texts = [tick_text(tick, step, horizontal, words) for tick in across]
    below = value_axis(drawing, across) | {"ticktext": texts}
    font = {"size": drawing.size, "color": drawing.look.ink}
    below["title"] = {"text": escape(shortened(horizontal.label(words.lang), 60)), "font": font, "standoff": 10}
    above = {
        "text": f"↑ {escape(shortened(drawing.indicator.label(words.lang), 60))}",
        "showarrow": False,
        "font": font,
    }
    where = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 10}
    return {"xaxis": below, "yaxis": value_axis(drawing, upward), "annotations": [above | where]}


def _hover(pair: Pair, indicators: tuple[IndicatorRow, IndicatorRow], drawing: Drawing) -> str:
    words = drawing.words
    lines = [f"<b>{escape(name_of(pair[0].territory_code, drawing.names, words))}</b>"]
    for row, indicator in zip(pair, indicators, strict=True):
        said = escape(sayings(row, indicator, words))
        lines.append(f"{escape(indicator.label(words.lang))}, {words.period(row.period)}: {said}")
    return "<br>".join(lines)


def _labels(
    pairs: Sequence[Pair], shares: list[list[float]], drawing: Drawing, chosen: Collection[str], height: int
) -> tuple[list[str], list[str]]:
    """Names and their sides, kept off each other on a phone: chosen places first, then those farthest out."""
    plot = height - (TOP + BOTTOM) * drawing.scale
    dots = [(x * NARROWEST, y * plot) for x, y in zip(*shares, strict=True)]
    codes = [one.territory_code for one, _ in pairs]
    names = [name_of(code, drawing.names, drawing.words) for code in codes]
    taken = [_Box(x - 6, x + 6, y - 6, y + 6) for x, y in dots]
    labels, sides = [""] * len(pairs), ["top center"] * len(pairs)
    for index in sorted(
        range(len(pairs)), key=lambda place: (codes[place] not in chosen, -_outness(dots[place], plot))
    ):
        others = [box for place, box in enumerate(taken) if place != index]
        for side, box in _boxes(dots[index], names[index], drawing.size).items():
            if (
                not any(box.touches(other) for other in others)
                and box.left > -24
                and box.right < NARROWEST + 24
                and box.bottom > -2
            ):
                labels[index], sides[index] = escape(names[index]), side
                taken.append(box)
                break
        else:
            labels[index] = escape(names[index]) if codes[index] in chosen else ""
    return labels, sides


class _Box(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float

    def touches(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


def _boxes(dot: tuple[float, float], name: str, size: float) -> dict[str, _Box]:
    """Where a name would lie on each side of its dot, the best side first."""
    (x, y), wide, half = dot, text_width(name, size), size * 0.6
    return {
        "top center": _Box(x - wide / 2, x + wide / 2, y + 6, y + 6 + 2 * half),
        "middle right": _Box(x + 7, x + 7 + wide, y - half, y + half),
        "middle left": _Box(x - 7 - wide, x - 7, y - half, y + half),
        "bottom center": _Box(x - wide / 2, x + wide / 2, y - 6 - 2 * half, y - 6),
    }


def _outness(dot: tuple[float, float], plot: float) -> float:
    return abs(dot[0] / NARROWEST - 0.5) + abs(dot[1] / plot - 0.5)
