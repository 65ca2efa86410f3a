"""Two indicators against each other, one dot per place; names where they do not touch, the rest on hover."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from html import escape

from observatory.charts import Figure
from observatory.charts.frame import Drawing, base_layout, value_axis
from observatory.charts.labels import block_size, text_width, wrapped
from observatory.charts.paper import Paper
from observatory.charts.placing import Box, Label, note, placed, scenery
from observatory.look import Look
from observatory.quantities import shown
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.scales import lined_up, tick_text
from observatory.sentences.alternatives import paired
from observatory.series import name_of, sayings
from observatory.wording import Words

Pair = tuple[Observation, Observation]
FLATNESS, LOWEST = 0.46, 360  # height as a share of the width, and at least so many pixels


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
    width: float = 720,
    scale: float = 1.0,
    lowest: float = LOWEST,
) -> Figure:
    """Draw two indicators of the same places; places without both values are left out.

    Args:
        horizontal_rows: rows of one period and disaggregation, as the vertical ones.
        chosen: places in accent, always named.
        width: pixels for which names are placed; the figure itself fills its room.
        scale: of text and marks.
        lowest: pixels of the height at least; a projector's is low, so that its words are large.
    """
    drawing = Drawing(vertical, look, words, names, scale, width)
    pairs = paired(horizontal_rows, vertical_rows)
    xs = [shown(one.value or 0.0, horizontal) for one, _ in pairs]
    ys = [shown(other.value or 0.0, vertical) for _, other in pairs]
    codes = [one.territory_code for one, _ in pairs]
    hovers = [_hover(pair, (horizontal, vertical), drawing) for pair in pairs]
    drawing.traces.append(_dots(drawing, (xs, ys), hovers, [code in chosen for code in codes]))
    height = round(max(FLATNESS * width if lowest == LOWEST else 0.0, lowest * scale))
    layout = _layout(drawing, horizontal, lined_up(xs), lined_up(ys), height)
    paper, titles = Paper(layout, width), layout["annotations"]
    labels = _names(drawing, codes, (xs, ys), paper, chosen)
    top = Box(paper.left, 0.0, paper.left + _widest(titles[0], drawing.size), paper.top - 6)
    placed_names = placed(labels, paper, scenery(paper, drawing.traces, []), drawing.size, [top])
    return {"data": drawing.traces, "layout": layout | {"annotations": [*titles, *placed_names]}}


def _dots(drawing: Drawing, places: tuple[list[float], list[float]], hovers: list[str], marks: list[bool]) -> Figure:
    look, scale = drawing.look, drawing.scale
    marker = {
        "size": [(12 if mark else 9) * scale for mark in marks],
        "color": [look.accent if mark else look.context for mark in marks],
        "line": {"width": 1, "color": look.paper},
        "opacity": 1,
    }
    where = {"x": places[0], "y": places[1], "hovertext": hovers, "hoverinfo": "text"}
    return {"type": "scatter", "mode": "markers", "cliponaxis": False, "marker": marker} | where


def _layout(
    drawing: Drawing, horizontal: IndicatorRow, across: Sequence[float], upward: Sequence[float], height: int
) -> Figure:
    """Axes named at their ends, with the margins that the names need."""
    step, size, lang = across[1] - across[0], drawing.size, drawing.words.lang
    texts = [tick_text(tick, step, horizontal, drawing.words) for tick in across]
    axes = {"xaxis": value_axis(drawing, across) | {"ticktext": texts}, "yaxis": value_axis(drawing, upward)}
    layout = base_layout(drawing, height, axes, max(text_width(texts[-1], size) / 2 + 4, 24 * drawing.scale))
    longest = int(drawing.width / (0.62 * size))
    above = wrapped(f"↑ {drawing.indicator.label(lang)}", longest)
    below = wrapped(f"{horizontal.label(lang)} →", longest)
    (_, over), (_, under) = block_size(above, size), block_size(below, size)
    layout["xaxis"] |= {"ticktext": _thinned(texts, Paper(layout, drawing.width), size)}
    ticks = layout["margin"]["b"]
    layout["margin"] |= {"t": round(over + 18 * drawing.scale), "b": round(ticks + under)}
    corner = {"xref": "paper", "yref": "paper"}
    first = corner | {"x": 0, "y": 1, "xshift": 0, "yshift": round(over / 2 + 10 * drawing.scale, 1)}
    last = corner | {"x": 1, "y": 0, "xshift": 0, "yshift": -round(ticks + under / 2 - 4, 1)}
    ink = drawing.look.ink
    titles = [
        note(list(map(escape, above)), size, ink) | first,
        note(list(map(escape, below)), size, ink, "right") | last,
    ]
    return layout | {"annotations": titles}


def _thinned(texts: Sequence[str], paper: Paper, size: float) -> list[str]:
    """Every tick named where there is room, else every second one."""
    needed = sum(text_width(text, size) + size for text in texts)
    step = 1 if needed <= paper.right - paper.left else 2
    return [text if index % step == 0 else "" for index, text in enumerate(texts)]


def _widest(title: Figure, size: float) -> float:
    return block_size(title["text"].split("<br>"), size)[0]


def _names(
    drawing: Drawing,
    codes: Sequence[str],
    places: tuple[Sequence[float], Sequence[float]],
    paper: Paper,
    chosen: Collection[str],
) -> list[Label]:
    """Names of the places, chosen ones first, then those farthest out."""
    middle = (paper.left + paper.right) / 2, (paper.top + paper.bottom) / 2

    def rank(index: int) -> tuple[bool, float]:
        x, y = paper.x(places[0][index]), paper.y(places[1][index])
        return codes[index] not in chosen, -math.hypot(x - middle[0], y - middle[1])

    labels = []
    for index in sorted(range(len(codes)), key=rank):
        is_chosen, name = codes[index] in chosen, escape(name_of(codes[index], drawing.names, drawing.words))
        colour = drawing.look.accent if is_chosen else drawing.look.muted
        text = f"<b>{name}</b>" if is_chosen else name
        labels.append(Label(((text,),), places[0][index], places[1][index], colour, optional=not is_chosen))
    return labels


def _hover(pair: Pair, indicators: tuple[IndicatorRow, IndicatorRow], drawing: Drawing) -> str:
    words = drawing.words
    lines = [f"<b>{escape(name_of(pair[0].territory_code, drawing.names, words))}</b>"]
    for row, indicator in zip(pair, indicators, strict=True):
        said = escape(sayings(row, indicator, words))
        lines.append(f"{escape(indicator.label(words.lang))}, {words.period(row.period)}: {said}")
    return "<br>".join(lines)
