"""What a trend is held against: target paths, reference levels, and the breaks that end a series."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from observatory.charts.axes import position
from observatory.charts.frame import Drawing, line
from observatory.charts.labels import wrapped
from observatory.charts.placing import Label
from observatory.period import parse_period
from observatory.quantities import round_brief, round_number, shown, suffix
from observatory.rows.catalogue import BreakRow, TargetRow

FARTHEST_REFERENCE = 2.5  # times the largest value: a line further off would flatten the series
NAME_LENGTHS = (90, 32, 20)  # letters of a line that names a reference, as there is room
TARGET_DASH, ANNOUNCED_DASH = "7px,4px", "7px,3px,2px,3px"
REFERENCE_DASH, BREAK_DASH = "2px,3px", "4px,2px"
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
    points, last = _points(drawing, steps), steps[-1]
    colour, is_announced = drawing.look.target, last.role == "announced"
    word = "chart.announced" if is_announced else "chart.target"
    before = len(points) - len(steps)
    says: list[str | None] = [
        f"{_said(drawing, word, step, with_unit=True)}<br>{escape(_name(step, drawing))}" for step in steps
    ]
    marker = {"symbol": "diamond-open" if is_announced else "diamond", "size": 8 * drawing.scale, "color": colour}
    xs, ys = [position(period) for period, _ in points], [drawing.y(value) for _, value in points]
    pen = drawing.pen(colour, 1.8, ANNOUNCED_DASH if is_announced else TARGET_DASH)
    opacity = [0] * before + [1] * len(steps)
    drawing.traces.append(line(xs, ys, [*[None] * before, *says], pen, marker | {"opacity": opacity}))
    drawing.periods += [period for period, _ in points]
    drawing.labels.append(Label(_wordings(drawing, word, last)[:2], xs[-1], ys[-1], colour))
    for index in range(len(steps) - 1):
        if index == 0 or steps[index].value != steps[index - 1].value:
            place = xs[before + index], ys[before + index]
            drawing.labels.append(Label(_wordings(drawing, word, steps[index])[1:], *place, colour, optional=True))


def _wordings(drawing: Drawing, word: str, step: TargetRow) -> tuple[tuple[str, ...], ...]:
    """What a milestone is labelled with: in two lines, in one, and by its value alone."""
    said = tuple(_said(drawing, f"{word}_end", step).split("|"))
    return said, (": ".join(said),), said[-1:]


def _said(drawing: Drawing, key: str, step: TargetRow, *, with_unit: bool = False) -> str:
    value = step.value or 0.0
    number = round_number(value, drawing.indicator, drawing.words) + suffix(drawing.indicator, drawing.words)
    said = number if with_unit else _brief(drawing, value)
    return drawing.words(key, period=drawing.words.period(step.period or ""), value=said)


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
        across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level, "layer": "below"}
        drawing.shapes.append(across | {"line": drawing.pen(drawing.look.benchmark, 1.2, REFERENCE_DASH)})
        name, value = _name(row, drawing), _brief(drawing, row.value or 0.0)
        texts = tuple(tuple(map(escape, wrapped(f"{name}: {value}", longest))) for longest in NAME_LENGTHS)
        drawing.labels.append(Label(texts, None, level, drawing.look.benchmark, escape(name)))


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
        drawing.shapes.append(upright | {"line": drawing.pen(drawing.look.muted, 1.2, BREAK_DASH)})
        reason = row.reason_en if drawing.words.lang == "en" else row.reason_es
        said = ((drawing.words("chart.break"),),)
        drawing.labels.append(Label(said, x, None, drawing.look.muted, escape(reason)))
