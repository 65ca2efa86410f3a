"""The trend of an indicator: one place against the city, its target path and the references, gaps and breaks as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from observatory.charts import Figure
from observatory.charts.axes import lined_up, period_ticks, position, tick_text
from observatory.charts.labels import shortened, spread, text_width, wrapped
from observatory.charts.series import (
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
from observatory.look import SMALL_SIZE, TEXT_SIZE, Look
from observatory.observation import BreakRow, IndicatorRow, Observation, TargetRow
from observatory.period import parse_period
from observatory.quantities import number, quantity, shown
from observatory.territory import CITY
from observatory.wording import Words

TOP, BOTTOM = 14, 40
FARTHEST_REFERENCE = 2.5  # times the largest value: a line further off would flatten the series


@dataclass
class _Label:
    lines: list[str]
    x: float
    y: float
    colour: str


@dataclass
class _Drawing:
    """What the parts of one chart need to know, and what they add to it."""

    indicator: IndicatorRow
    look: Look
    words: Words
    names: Mapping[str, str]
    scale: float
    traces: list[Figure] = field(default_factory=list)
    shapes: list[Figure] = field(default_factory=list)
    notes: list[Figure] = field(default_factory=list)
    labels: list[_Label] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)

    def y(self, value: float) -> float:
        """A value on the axis; remembered, so that the axis covers it."""
        self.values.append(shown(value, self.indicator))
        return self.values[-1]

    @property
    def size(self) -> float:
        return SMALL_SIZE * self.scale


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
    others: bool = False,
    height: int = 360,
    scale: float = 1.0,
) -> Figure:
    """Draw an indicator over time.

    Args:
        indicator: what is measured.
        observations: rows of one disaggregation: the place, and where wanted the city `00` and the other territories.
        look: light or dark.
        words: the reader's language.
        names: territory code → name.
        place: the territory of interest.
        targets: milestones and references; only those set for the place are drawn as targets.
        breaks: series breaks of the indicator.
        others: whether the other territories are drawn as thin context.
        height: pixels.
        scale: of text and lines; 1.6 in meeting mode.
    """
    drawing = _Drawing(indicator, look, words, names, scale)
    series = by_place(observations)
    for code in [other for other in series if other not in (place, CITY)] if others else []:
        _add_context(drawing, series[code], breaks)
    if place != CITY and CITY in series:
        _add_series(drawing, series[CITY], breaks, look.city, 1.8)
    if place in series:
        _add_series(drawing, series[place], breaks, look.accent, 2.8)
    drawn = [row for code in (CITY, place) for row in with_value(series.get(code, []))]
    if all(comparable_with_annual(row, indicator) for row in drawn):
        _add_targets(drawing, milestones(targets, place))
        _add_references(drawing, references(targets))
    _add_breaks(drawing, breaks)
    return {"data": drawing.traces, "layout": _layout(drawing, height)}


def _add_context(drawing: _Drawing, rows: Sequence[Observation], breaks: Sequence[BreakRow]) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str | None] = []
    for run in runs(rows, breaks):
        xs += [*(position(row.period) for row in run), None]
        ys += [*(drawing.y(row.value or 0.0) for row in run), None]
        texts += [*(_hover(drawing, row) for row in run), None]
    if xs:
        trace = _line(xs, ys, texts, drawing.look.context, 1.0 * drawing.scale)
        drawing.traces.append(trace | {"opacity": 0.55, "marker": {"size": 3, "color": drawing.look.context}})


def _add_series(
    drawing: _Drawing, rows: Sequence[Observation], breaks: Sequence[BreakRow], colour: str, width: float
) -> None:
    for run in runs(rows, breaks):
        xs = [position(row.period) for row in run]
        ys = [drawing.y(row.value or 0.0) for row in run]
        _add_interval(drawing, run, xs, ys, colour)
        trace = _line(xs, ys, [_hover(drawing, row) for row in run], colour, width * drawing.scale)
        if all(is_modelled(row, drawing.indicator) for row in run):
            trace["line"]["dash"] = "1px,4px"
        drawing.traces.append(trace | {"marker": _markers(drawing, run, colour)})
    drawing.periods += [row.period for row in with_value(rows)]
    last = last_with_value(rows)
    if last is not None and last.value is not None:
        name = wrapped(name_of(last.territory_code, drawing.names, drawing.words))
        lines = [*(f"<b>{line}</b>" for line in name), number(last.value, drawing.indicator, drawing.words)]
        drawing.labels.append(_Label(lines, position(last.period), shown(last.value, drawing.indicator), colour))


def _line(xs: Sequence[float | None], ys: Sequence[float | None], texts: Sequence[str | None], colour: str, width: float) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(xs),
        "y": list(ys),
        "hovertext": list(texts),
        "hoverinfo": "text",
        "line": {"color": colour, "width": width},
        "connectgaps": False,
        "cliponaxis": False,
    }


def _markers(drawing: _Drawing, run: Sequence[Observation], colour: str) -> Figure:
    """Filled dots; hollow where a value is not final. Long runs keep only what says something: hollow ones and the last."""
    size = 7.0 * drawing.scale
    quiet = len(run) > 24
    sizes = [size if is_hollow(row) or row is run[-1] or not quiet else 0 for row in run]
    fills = [drawing.look.paper if is_hollow(row) else colour for row in run]
    return {"size": sizes, "color": fills, "opacity": 1, "line": {"color": colour, "width": 2 * drawing.scale}}


def _add_interval(drawing: _Drawing, run: Sequence[Observation], xs: list[float], ys: list[float], colour: str) -> None:
    known = [(x, row.lower, row.upper) for x, row in zip(xs, run, strict=True) if row.lower is not None and row.upper is not None]
    ends = [(x, drawing.y(lower), drawing.y(upper)) for x, lower, upper in known if lower is not None and upper is not None]
    if len(ends) != len(run):
        return
    if len(run) == 1:
        x, low, high = ends[0]
        whisker = {"x0": x, "x1": x, "y0": low, "y1": high, "line": {"color": colour, "width": 1.5 * drawing.scale}}
        drawing.shapes.append({"type": "line", "layer": "below", **whisker})
        return
    outline = [(x, high) for x, _, high in ends] + [(x, low) for x, low, _ in reversed(ends)]
    drawing.traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for x, _ in outline],
            "y": [y for _, y in outline],
            "fill": "toself",
            "fillcolor": drawing.look.band,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
    )


def _hover(drawing: _Drawing, row: Observation) -> str:
    place = name_of(row.territory_code, drawing.names, drawing.words)
    period = drawing.words.period(row.period)
    return f"<b>{place}</b> · {period}<br>{sayings(row, drawing.indicator, drawing.words)}"


def _add_targets(drawing: _Drawing, rows: Sequence[TargetRow]) -> None:
    for target_id in dict.fromkeys(row.target_id for row in rows):
        _add_path(drawing, [row for row in rows if row.target_id == target_id])


def _add_path(drawing: _Drawing, steps: Sequence[TargetRow]) -> None:
    first, last = steps[0], steps[-1]
    points = [(step.period or "", step.value or 0.0) for step in steps]
    if first.baseline_value is not None and first.baseline_period is not None:
        points.insert(0, (first.baseline_period, first.baseline_value))
    if first.kind in ("hold", "constant", "sum_per_year") and len(points) == 1 and drawing.periods:
        points.insert(0, (min(drawing.periods, key=position), points[0][1]))
    word = "announced" if last.role == "announced" else "target"
    says = [_target_words(drawing, f"chart.{word}", period, value) for period, value in points]
    says = [f"{text}<br>{shortened(last.name_en if drawing.words.lang == 'en' else last.name_es, 60)}" for text in says]
    xs, ys = [position(period) for period, _ in points], [drawing.y(value) for _, value in points]
    trace = _line(xs, ys, says, drawing.look.target, 1.8 * drawing.scale)
    trace["line"]["dash"] = "dashdot" if word == "announced" else "dash"
    marker = {"symbol": "diamond-open" if word == "announced" else "diamond", "size": 8 * drawing.scale}
    marker |= {"color": drawing.look.target, "opacity": [0 if period == first.baseline_period else 1 for period, _ in points]}
    drawing.traces.append(trace | {"marker": marker})
    drawing.periods.append(points[-1][0])
    lines = _target_words(drawing, f"chart.{word}_end", *points[-1]).split("|")
    drawing.labels.append(_Label(lines, xs[-1], ys[-1], drawing.look.target))


def _target_words(drawing: _Drawing, key: str, period: str, value: float) -> str:
    said = number(value, drawing.indicator, drawing.words) if key.endswith("_end") else quantity(value, drawing.indicator, drawing.words)
    return drawing.words(key, period=drawing.words.period(period), value=said)


def _add_references(drawing: _Drawing, rows: Sequence[TargetRow]) -> None:
    farthest = FARTHEST_REFERENCE * max(drawing.values, default=0.0)
    for row in rows:
        level = shown(row.value or 0.0, drawing.indicator)
        if level > farthest > 0:
            continue
        drawing.values.append(level)
        name = row.name_en if drawing.words.lang == "en" else row.name_es
        text = f"{shortened(name, 34)}: {number(row.value or 0.0, drawing.indicator, drawing.words)}"
        line = {"color": drawing.look.benchmark, "width": 1.2 * drawing.scale, "dash": "dot"}
        drawing.shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level, "line": line, "layer": "below"})
        drawing.notes.append(
            {"text": text, "xref": "paper", "x": 0, "y": level, "xanchor": "left", "yanchor": "bottom", "hovertext": name}
            | {"showarrow": False, "align": "left", "font": {"size": drawing.size, "color": drawing.look.benchmark}}
        )


def _add_breaks(drawing: _Drawing, breaks: Sequence[BreakRow]) -> None:
    if not drawing.periods:
        return
    first = min(position(code) for code in drawing.periods)
    for row in breaks:
        period = parse_period(row.period)
        x = position(row.period) - (period.end - period.start).days / 365 / 2
        if x <= first:
            continue
        line = {"color": drawing.look.muted, "width": 1.2 * drawing.scale, "dash": "4px,2px"}
        drawing.shapes.append({"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line})
        drawing.notes.append(
            {"text": drawing.words("chart.break"), "yref": "paper", "x": x, "y": 1, "xanchor": "right", "yanchor": "top"}
            | {"showarrow": False, "textangle": 0, "hovertext": row.reason_en if drawing.words.lang == "en" else row.reason_es}
            | {"font": {"size": drawing.size, "color": drawing.look.muted}, "xshift": -3}
        )


def _layout(drawing: _Drawing, height: int) -> Figure:
    look, scale = drawing.look, drawing.scale
    ticks = lined_up(drawing.values)
    low, high = ticks[0], ticks[-1]
    step = ticks[1] - ticks[0]
    positions, texts = period_ticks(drawing.periods, drawing.words)
    edges = [position(code) for code in drawing.periods] or [0.0]
    pad = max((max(edges) - min(edges)) * 0.02, 0.04)
    axis = {"zeroline": False, "showline": False, "fixedrange": True, "tickfont": {"size": drawing.size, "color": look.muted}}
    across = {"range": [min(edges) - pad, max(edges) + pad], "tickvals": positions, "ticktext": texts, "showgrid": False}
    upward = {"range": [low, high], "tickvals": ticks, "gridcolor": look.hairline, "automargin": True}
    upward["ticktext"] = [tick_text(tick, step, drawing.indicator, drawing.words) for tick in ticks]
    widest = max((text_width(_bare(line), drawing.size) for label in drawing.labels for line in label.lines), default=0)
    return {
        "height": height,
        "margin": {"l": 8, "r": round(widest + 14 * scale), "t": round(TOP * scale), "b": round(BOTTOM * scale)},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": look.font, "size": TEXT_SIZE * scale, "color": look.ink},
        "separators": ",." if drawing.words.lang == "es" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": look.soft, "bordercolor": look.hairline, "font": {"color": look.ink, "size": drawing.size}, "align": "left"},
        "xaxis": axis | across | {"ticks": "outside", "tickcolor": look.hairline},
        "yaxis": axis | upward,
        "shapes": drawing.shapes,
        "annotations": [*drawing.notes, *_end_labels(drawing, (low, high), height)],
    }


def _bare(line: str) -> str:
    return line.replace("<b>", "").replace("</b>", "")


def _end_labels(drawing: _Drawing, ends: tuple[float, float], height: int) -> list[Figure]:
    """Labels beside the last point of each line, in the right margin, pushed apart where they would touch."""
    plot = height - (TOP + BOTTOM) * drawing.scale
    line_height = 1.25 * drawing.size
    scale = plot / ((ends[1] - ends[0]) or 1)
    wanted = [(label.y - ends[0]) * scale for label in drawing.labels]
    heights = [len(label.lines) * line_height + 4 for label in drawing.labels]
    centres = spread(wanted, heights, -line_height, plot + line_height / 2)
    return [
        {
            "text": "<br>".join(label.lines),
            "xref": "paper",
            "x": 1,
            "y": ends[0] + centre / scale,
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "xshift": 8,
            "font": {"size": drawing.size, "color": label.colour},
        }
        for label, centre in zip(drawing.labels, centres, strict=True)
    ]
