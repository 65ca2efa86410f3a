"""What all plotly charts share: a drawing under way, its lines, its axes and its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from observatory.charts import Figure
from observatory.charts.labels import LINE, block_size, plain, spread, text_width
from observatory.charts.paper import Paper
from observatory.charts.placing import Box, Label, note, placed, scenery
from observatory.look import SMALL_SIZE, TEXT_SIZE, Look
from observatory.quantities import shown
from observatory.rows.catalogue import IndicatorRow
from observatory.scales import tick_text
from observatory.wording import Words

TOP, BOTTOM = 20, 12  # pixels above and below the plot, besides the ticks
BROAD = 560.0  # pixels from which on labels have a margin of their own at the right
CLEAR = "rgba(0,0,0,0)"


@dataclass
class Drawing:
    """What the parts of one chart need to know, and what they add to it."""

    indicator: IndicatorRow
    look: Look
    words: Words
    names: Mapping[str, str]
    scale: float
    width: float = 720.0
    traces: list[Figure] = field(default_factory=list)
    shapes: list[Figure] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)  # places on the time axis that have no period of their own

    @property
    def size(self) -> float:
        """Pixels of labels and ticks."""
        return SMALL_SIZE * self.scale

    def y(self, value: float) -> float:
        """A value on the axis; remembered, so that the axis covers it."""
        self.values.append(shown(value, self.indicator))
        return self.values[-1]

    def pen(self, colour: str, width: float, dash: str = "solid") -> Figure:
        """How a line is drawn; width in pixels before scaling."""
        return {"color": colour, "width": width * self.scale, "dash": dash}


def line(
    xs: Sequence[float | None], ys: Sequence[float | None], texts: Sequence[str | None], pen: Figure, marker: Figure
) -> Figure:
    """A line with markers whose hover texts are ready-made; None lifts the pen."""
    where = {"x": list(xs), "y": list(ys), "hovertext": list(texts), "hoverinfo": "text"}
    how = {"mode": "lines+markers", "line": pen, "marker": marker, "connectgaps": False, "cliponaxis": False}
    return {"type": "scatter", **where, **how}


def base_layout(drawing: Drawing, height: int, axes: Figure, right: float = 12.0) -> Figure:
    """Layout with its axes and the margins their texts need: no boxes, no legend, no drag; hover in the reader's hand.

    Args:
        drawing: the chart under way.
        height: pixels.
        axes: `xaxis` and `yaxis`.
        right: pixels of the right margin, for the labels at the ends of lines.
    """
    look, size = drawing.look, drawing.size
    hover_font = {"color": look.ink, "size": size, "family": look.font}
    rows = max((text.count("<br>") + 1 for text in axes["xaxis"]["ticktext"]), default=1)
    left = max((text_width(plain(text), size) for text in axes["yaxis"]["ticktext"]), default=0.0) + 10
    last = block_size(axes["xaxis"]["ticktext"][-1].split("<br>"), size)[0] if axes["xaxis"]["ticktext"] else 0.0
    below = BOTTOM + rows * LINE * size
    return {
        "height": height,
        "margin": {
            "l": round(left),
            "r": round(max(right, last / 2)),
            "t": round(TOP * drawing.scale),
            "b": round(below),
        },
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": look.font, "size": TEXT_SIZE * drawing.scale, "color": look.ink},
        "separators": ",." if drawing.words.lang == "es" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": look.soft, "bordercolor": look.outline, "font": hover_font, "align": "left"},
        "shapes": drawing.shapes,
    } | axes


def axis(drawing: Drawing) -> Figure:
    """What both axes share: no line, no zoom, quiet ticks."""
    font = {"size": drawing.size, "color": drawing.look.muted}
    return {"zeroline": False, "showline": False, "fixedrange": True, "automargin": False, "tickfont": font}


def value_axis(drawing: Drawing, ticks: Sequence[float]) -> Figure:
    """An axis of values that runs from its first tick to its last."""
    step = ticks[1] - ticks[0]
    texts = [tick_text(tick, step, drawing.indicator, drawing.words) for tick in ticks]
    span = {"range": [ticks[0], ticks[-1]], "tickvals": list(ticks), "ticktext": texts, "ticklabelstandoff": 5}
    return axis(drawing) | span | {"gridcolor": drawing.look.hairline}


def labelled(drawing: Drawing, height: int, axes: Figure) -> Figure:
    """The layout with its labels: in a margin where lines end at the edge of a broad chart, else inside."""
    last = max((x for trace in drawing.traces for x in trace["x"] if x is not None), default=0.0)
    outer = [one for one in drawing.labels if one.x is not None and one.y is not None and one.x == last]
    outer = outer if drawing.width >= BROAD * drawing.scale else []
    widest = max((block_size(one.texts[0], drawing.size)[0] for one in outer), default=0.0)
    layout = base_layout(drawing, height, axes, widest + 20 * drawing.scale if outer else 12.0)
    paper = Paper(layout, drawing.width)
    margin, taken = _in_margin(drawing, paper, outer)
    inner = [one for one in drawing.labels if one not in outer]
    around = scenery(paper, drawing.traces, drawing.shapes)
    return layout | {"annotations": [*margin, *placed(inner, paper, around, drawing.size, taken)]}


def _in_margin(drawing: Drawing, paper: Paper, labels: Sequence[Label]) -> tuple[list[Figure], list[Box]]:
    """Labels right of the last points, moved apart up or down where they would touch, and where they lie."""
    size, gap = drawing.size, 8 * drawing.scale
    wanted = [paper.y(label.y or 0.0) for label in labels]
    blocks = [block_size(label.texts[0], size) for label in labels]
    centres = spread(wanted, [high + 4 for _, high in blocks], 0, paper.bottom + size)
    notes, taken = [], []
    for label, (wide, high), y, centre in zip(labels, blocks, wanted, centres, strict=True):
        left = paper.x(label.x or 0.0) + gap
        where = {"x": label.x, "y": label.y, "xshift": gap, "yshift": round(y - centre, 1)}
        notes.append(note(label.texts[0], size, label.colour, "left", label.hover) | where)
        taken.append(Box(left, centre - high / 2, left + wide, centre + high / 2))
    return notes, taken
