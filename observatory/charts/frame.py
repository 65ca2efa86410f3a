"""What all plotly charts share: a drawing under way, its lines, its axes and its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from observatory.charts import Figure
from observatory.charts.labels import spread, text_width
from observatory.look import SMALL_SIZE, TEXT_SIZE, Look
from observatory.quantities import shown
from observatory.rows.catalogue import IndicatorRow
from observatory.scales import tick_text
from observatory.wording import Words

TOP, BOTTOM = 14, 40
CLEAR = "rgba(0,0,0,0)"


@dataclass
class Label:
    """Text at the end of a line; `x` and `y` on the axes."""

    lines: list[str]
    x: float
    y: float
    colour: str


@dataclass
class Drawing:
    """What the parts of one chart need to know, and what they add to it."""

    indicator: IndicatorRow
    look: Look
    words: Words
    names: Mapping[str, str]
    scale: float
    traces: list[Figure] = field(default_factory=list)
    shapes: list[Figure] = field(default_factory=list)
    notes: list[Figure] = field(default_factory=list)
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

    def note(self, text: str, colour: str, **where: object) -> None:
        """Add a small text to the chart."""
        font = {"size": self.size, "color": colour}
        self.notes.append({"text": text, "showarrow": False, "align": "left", "font": font, **where})


def line(
    xs: Sequence[float | None], ys: Sequence[float | None], texts: Sequence[str | None], pen: Figure, marker: Figure
) -> Figure:
    """A line with markers whose hover texts are ready-made; None lifts the pen."""
    where = {"x": list(xs), "y": list(ys), "hovertext": list(texts), "hoverinfo": "text"}
    how = {"mode": "lines+markers", "line": pen, "marker": marker, "connectgaps": False, "cliponaxis": False}
    return {"type": "scatter", **where, **how}


def base_layout(drawing: Drawing, height: int, right: float) -> Figure:
    """Layout without axes: no boxes, no legend, no drag; separators and hover in the reader's hand.

    Args:
        drawing: the chart under way.
        height: pixels.
        right: pixels of the right margin, for the labels at the ends of lines.
    """
    look, scale = drawing.look, drawing.scale
    hover_font = {"color": look.ink, "size": drawing.size, "family": look.font}
    return {
        "height": height,
        "margin": {"l": 8, "r": round(right), "t": round(TOP * scale), "b": round(BOTTOM * scale)},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": look.font, "size": TEXT_SIZE * scale, "color": look.ink},
        "separators": ",." if drawing.words.lang == "es" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"bgcolor": look.soft, "bordercolor": look.outline, "font": hover_font, "align": "left"},
        "shapes": drawing.shapes,
    }


def axis(drawing: Drawing) -> Figure:
    """What both axes share: no line, no zoom, quiet ticks."""
    font = {"size": drawing.size, "color": drawing.look.muted}
    return {"zeroline": False, "showline": False, "fixedrange": True, "tickfont": font}


def value_axis(drawing: Drawing, ticks: Sequence[float]) -> Figure:
    """An axis of values that runs from its first tick to its last."""
    step = ticks[1] - ticks[0]
    texts = [tick_text(tick, step, drawing.indicator, drawing.words) for tick in ticks]
    span = {"range": [ticks[0], ticks[-1]], "tickvals": list(ticks), "ticktext": texts}
    return axis(drawing) | span | {"gridcolor": drawing.look.hairline, "automargin": True}


def margin_for(labels: Sequence[Label], size: float) -> float:
    """Pixels that the widest label needs."""
    return max((text_width(_bare(text), size) for label in labels for text in label.lines), default=0) + size


def _bare(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")


def end_labels(drawing: Drawing, ends: tuple[float, float], height: int) -> list[Figure]:
    """Labels right of the last point of each line, moved apart up or down where they would touch."""
    plot = height - (TOP + BOTTOM) * drawing.scale
    per_unit = plot / ((ends[1] - ends[0]) or 1)
    line_height = 1.3 * drawing.size
    wanted = [(label.y - ends[0]) * per_unit for label in drawing.labels]
    heights = [len(label.lines) * line_height for label in drawing.labels]
    centres = spread(wanted, heights, -line_height / 2, plot + line_height / 2)
    return [
        {
            "text": "<br>".join(label.lines),
            "x": label.x,
            "y": ends[0] + centre / per_unit,
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "xshift": 7 * drawing.scale,
            "font": {"size": drawing.size, "color": label.colour},
        }
        for label, centre in zip(drawing.labels, centres, strict=True)
    ]
