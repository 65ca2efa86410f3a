"""The trend of an indicator: a place against the city, its target path and the references; gaps are gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from observatory.charts import Figure
from observatory.charts.aims import add_breaks, add_references, add_targets
from observatory.charts.axes import period_ticks, position
from observatory.charts.frame import BROAD, Drawing, axis, labelled, line, value_axis
from observatory.charts.labels import text_width, wrapped
from observatory.charts.placing import Label
from observatory.charts.projected import add_projections
from observatory.look import Look
from observatory.quantities import brief, shown
from observatory.rows.catalogue import BreakRow, IndicatorRow, TargetRow
from observatory.rows.observation import Observation
from observatory.rows.progress import ProjectionRow
from observatory.scales import lined_up
from observatory.series import (
    by_place,
    comparable_with_annual,
    is_hollow,
    is_modelled,
    last_with_value,
    milestones,
    name_of,
    references,
    runs,
    sayings,
    with_value,
)
from observatory.territory import CITY
from observatory.wording import Words

LONG_RUN = 24  # points: beyond it only the dots that say something are drawn
LOWEST = 300  # pixels
MOST_TICKS = 9
MODELLED_DASH = "1px,4px"


def trend(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    place: str = CITY,
    targets: Sequence[TargetRow] = (),
    breaks: Sequence[BreakRow] = (),
    projections: Sequence[ProjectionRow] = (),
    height: int | None = None,
    width: float = 1080,
    scale: float = 1.0,
) -> Figure:
    """Draw an indicator over time: its place, and behind it the city `00` where the rows hold it.

    Args:
        observations: rows of one disaggregation.
        place: the territory of interest; only targets set for it are drawn.
        projections: of the place, model by model; the first model is labelled and drawn with its interval.
        height: pixels; by default as suits the width.
        width: pixels for which the labels are placed; the figure itself fills its room.
        scale: of text and lines; 1.6 in meeting mode.
    """
    drawing = Drawing(indicator, look, words, names, scale, width)
    series = by_place(observations)
    if place != CITY and CITY in series:
        _add_series(drawing, series[CITY], breaks, look.city, 1.8)
    if place in series:
        _add_series(drawing, series[place], breaks, look.accent, 2.8)
        add_projections(drawing, series[place], projections)
    add_breaks(drawing, breaks)
    drawn = [row for code in (CITY, place) for row in with_value(series.get(code, []))]
    if all(comparable_with_annual(row, indicator) for row in drawn):
        add_targets(drawing, milestones(targets, place))
        add_references(drawing, references(targets))
    return {"data": drawing.traces, "layout": labelled(drawing, height or height_for(width, scale), _axes(drawing))}


def height_for(width: float, scale: float = 1.0) -> int:
    """Pixels of height that suit a width: a third of it on desks, never too flat for labels inside on phones."""
    return round(max(width / 3, LOWEST * scale))


def _add_series(
    drawing: Drawing, rows: Sequence[Observation], breaks: Sequence[BreakRow], colour: str, width: float
) -> None:
    for run in runs(rows, breaks):
        if colour == drawing.look.accent:
            _add_interval(drawing, run, colour)
        is_model = all(is_modelled(row, drawing.indicator) for row in run)
        pen = drawing.pen(colour, width, MODELLED_DASH if is_model else "solid")
        texts = [_hover(drawing, row) for row in run]
        ys = [drawing.y(row.value or 0.0) for row in run]
        drawing.traces.append(line([position(row.period) for row in run], ys, texts, pen, _dots(drawing, run, colour)))
    drawing.periods += [row.period for row in with_value(rows)]
    last = last_with_value(rows)
    if last is not None and last.value is not None:
        name = name_of(last.territory_code, drawing.names, drawing.words)
        y, value = shown(last.value, drawing.indicator), brief(last.value, drawing.indicator, drawing.words)
        stacked = (*(f"<b>{escape(part)}</b>" for part in wrapped(name)), value)
        drawing.labels.append(Label((stacked, (f"<b>{escape(name)}</b> {value}",)), position(last.period), y, colour))


def _dots(drawing: Drawing, run: Sequence[Observation], colour: str) -> Figure:
    """Filled dots; hollow where a value is not final or comes out of a model. Long runs keep hollow and last ones."""
    hollow = [is_hollow(row) or is_modelled(row, drawing.indicator) for row in run]
    size = 7 * drawing.scale
    all_modelled = all(is_modelled(row, drawing.indicator) for row in run)
    keeps = [len(run) <= LONG_RUN or row is run[-1] or (is_hollow(row) and not all_modelled) for row in run]
    return {
        "size": [size if kept else 0 for kept in keeps],
        "color": [drawing.look.paper if is_open else colour for is_open in hollow],
        "line": {"color": colour, "width": 1.8 * drawing.scale},
        "opacity": 1,
    }


def _add_interval(drawing: Drawing, run: Sequence[Observation], colour: str) -> None:
    """A band under a line, a whisker through a single point; nothing unless every point has its interval."""
    ends = [
        (position(row.period), drawing.y(row.lower), drawing.y(row.upper))
        for row in run
        if row.lower is not None and row.upper is not None
    ]
    if len(ends) != len(run):
        return
    if len(ends) == 1:
        x, low, high = ends[0]
        whisker = {"type": "line", "x0": x, "x1": x, "y0": low, "y1": high, "layer": "below"}
        drawing.shapes.append(whisker | {"line": drawing.pen(colour, 1.5)})
        return
    outline = [(x, high) for x, _, high in ends] + [(x, low) for x, low, _ in reversed(ends)]
    band = {"mode": "lines", "fill": "toself", "fillcolor": drawing.look.band, "line": {"width": 0}}
    where = {"x": [x for x, _ in outline], "y": [y for _, y in outline], "hoverinfo": "skip"}
    drawing.traces.append({"type": "scatter", **where, **band})


def _hover(drawing: Drawing, row: Observation) -> str:
    place = escape(name_of(row.territory_code, drawing.names, drawing.words))
    said = escape(sayings(row, drawing.indicator, drawing.words))
    return f"<b>{place}</b> · {drawing.words.period(row.period)}<br>{said}"


def _axes(drawing: Drawing) -> Figure:
    ticks = lined_up(drawing.values)
    edges = [*(position(code) for code in drawing.periods), *drawing.ends] or [0.0]
    pad = max((max(edges) - min(edges)) * 0.02, 0.04)
    positions, texts = period_ticks(drawing.periods, drawing.words, _most_ticks(drawing))
    across = {"range": [min(edges) - pad, max(edges) + pad], "tickvals": positions, "ticktext": texts, "tickangle": 0}
    quiet = {"showgrid": False, "ticks": "outside", "tickcolor": drawing.look.hairline}
    return {"xaxis": axis(drawing) | across | quiet, "yaxis": value_axis(drawing, ticks)}


def _most_ticks(drawing: Drawing) -> int:
    """How many ticks there is room for, by the longest of them, with air between."""
    _, texts = period_ticks(drawing.periods, drawing.words, MOST_TICKS)
    lines = [line for text in texts for line in text.split("<br>")]
    widest = max((text_width(line, drawing.size) for line in lines), default=1.0)
    room = drawing.width - 60 * drawing.scale - (90 * drawing.scale if drawing.width >= BROAD else 0)
    return int(min(max(room / (1.7 * widest), 2), MOST_TICKS))
