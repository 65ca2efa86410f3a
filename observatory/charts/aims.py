"""What a trend is held against: target paths, reference levels, and the breaks that end a series."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from observatory.charts.axes import position
from observatory.charts.frame import Drawing, Label, line
from observatory.charts.labels import shortened
from observatory.period import parse_period
from observatory.quantities import round_brief, round_number, shown, suffix
from observatory.rows.catalogue import BreakRow, TargetRow

FARTHEST_REFERENCE = 2.5  # times the largest value: a line further off would flatten the series
FLAT = ("hold", "constant", "sum_per_year")


def add_targets(drawing: Drawing, steps: Sequence[TargetRow]) -> None:
    """Draw each target's path through its milestones, dashed; announced ones dash-dotted with open marks."""
    for target_id in dict.fromkeys(step.target_id for step in steps):
        _add_path(drawing, [step for step in steps if step.target_id == target_id])


def _points(drawing: Drawing, steps: Sequence[TargetRow]) -> list[tuple[str, float]]:
    first = steps[0]
    points = [(step.period or "", step.value or 0.0) for step in steps]
    if first.kind in FLAT and len(points) == 1 and drawing.periods:
        return [(min(drawing.periods, key=position), points[0][1]), *points]
    if first.baseline_value is not None and first.baseline_period is not None:
        return [(first.baseline_period, first.baseline_value), *points]
    return points


def _add_path(drawing: Drawing, steps: Sequence[TargetRow]) -> None:
    points = _points(drawing, steps)
    last = steps[-1]
    colour, is_announced = drawing.look.target, last.role == "announced"
    word = "chart.announced" if is_announced else "chart.target"
    name = escape(shortened(_name(last, drawing), 60))
    says = [_said(drawing, word, period, value, suffix(drawing.indicator, drawing.words)) for period, value in points]
    is_milestone = [1 if index >= len(points) - len(steps) else 0 for index in range(len(points))]
    marker = {"symbol": "diamond-open" if is_announced else "diamond", "size": 8 * drawing.scale, "color": colour}
    xs, ys = [position(period) for period, _ in points], [drawing.y(value) for _, value in points]
    pen = drawing.pen(colour, 1.8, "dashdot" if is_announced else "dash")
    drawing.traces.append(line(xs, ys, [f"{said}<br>{name}" for said in says], pen, marker | {"opacity": is_milestone}))
    drawing.periods.append(points[-1][0])
    drawing.labels.append(Label(_said(drawing, f"{word}_end", *points[-1]).split("|"), xs[-1], ys[-1], colour))


def _said(drawing: Drawing, key: str, period: str, value: float, unit: str = "") -> str:
    number = round_number(value, drawing.indicator, drawing.words) + unit if unit else _brief(drawing, value)
    return drawing.words(key, period=drawing.words.period(period), value=number)


def _brief(drawing: Drawing, value: float) -> str:
    return round_brief(value, drawing.indicator, drawing.words)


def _name(row: TargetRow, drawing: Drawing) -> str:
    return row.name_en if drawing.words.lang == "en" else row.name_es


def add_references(drawing: Drawing, rows: Sequence[TargetRow]) -> None:
    """Draw reference levels as named dotted lines, but for those so far off that they would flatten the series."""
    farthest = FARTHEST_REFERENCE * max(drawing.values, default=0.0)
    for row in rows:
        level = shown(row.value or 0.0, drawing.indicator)
        if level > farthest > 0:
            continue
        drawing.values.append(level)
        name = _name(row, drawing)
        text = f"{escape(shortened(name, 34))}: {_brief(drawing, row.value or 0.0)}"
        across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level, "layer": "below"}
        drawing.shapes.append(across | {"line": drawing.pen(drawing.look.benchmark, 1.2, "dot")})
        where = {"xref": "paper", "x": 0, "y": level, "xanchor": "left", "yanchor": "bottom"}
        drawing.note(text, drawing.look.benchmark, hovertext=escape(name), **where)


def add_breaks(drawing: Drawing, breaks: Sequence[BreakRow]) -> None:
    """Draw each series break inside the chart as a vertical mark that says what it is."""
    if not drawing.periods:
        return
    first = min(position(code) for code in drawing.periods)
    for row in breaks:
        period = parse_period(row.period)
        x = position(row.period) - ((period.end - period.start).days + 1) / 730
        if x <= first:
            continue
        upright = {"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1}
        drawing.shapes.append(upright | {"line": drawing.pen(drawing.look.muted, 1.2, "4px,2px")})
        reason = row.reason_en if drawing.words.lang == "en" else row.reason_es
        where = {"yref": "paper", "x": x, "y": 1, "xanchor": "right", "yanchor": "top", "xshift": -4}
        drawing.note(drawing.words("chart.break"), drawing.look.muted, hovertext=escape(reason), **where)
