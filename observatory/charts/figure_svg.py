"""A figure of this package as SVG: what plotly would draw, for pages without scripts, print and slides.

It reads the part of plotly's figures that `trend` and `scatter` write: lines, markers, bands and texts, shapes and
annotations, two linear axes. So a chart is decided once, wherever it is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from observatory.charts import Figure
from observatory.charts.labels import text_width
from observatory.look import Look
from observatory.svg import short

DASHES = {"solid": "", "dash": "7 4", "dot": "2 3", "dashdot": "7 3 2 3", "longdash": "11 4"}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
SIDES = {  # of a text beside its point: anchor, then how far right and down in letters
    "top center": ("middle", 0.0, -0.75),
    "middle right": ("start", 0.7, 0.35),
    "middle left": ("end", -0.7, 0.35),
    "bottom center": ("middle", 0.0, 1.45),
}
LINE = 1.3  # heights of a letter from one line to the next
_BREAK = re.compile(r"<br\s*/?>")


def figure_svg(figure: Figure, look: Look, *, label: str, width: float = 720, css: str = "") -> str:
    """Draw a figure as SVG that fills its room up to its width.

    Args:
        figure: of `trend` or `scatter`.
        look: the colours of its ground; the figure has its own.
        label: text alternative.
        width: pixels; the height is the figure's.
        css: class of the SVG.
    """
    plot = _plot(figure["layout"], width)
    shapes = figure["layout"].get("shapes", [])
    below = [shape for shape in shapes if shape.get("layer") == "below"]
    above = [shape for shape in shapes if shape.get("layer") != "below"]
    parts = [
        _grid(plot),
        *(_shape(plot, shape) for shape in below),
        *(_trace(plot, trace) for trace in figure["data"]),
        *(_shape(plot, shape) for shape in above),
        _ticks(plot),
        *(_annotation(plot, note) for note in figure["layout"].get("annotations", [])),
    ]
    style = f"display:block;width:100%;max-width:{short(width)}px;height:auto;font-family:{escape(look.font)}"
    named = f' class="{css}"' if css else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}"{named}'
    return f'{head} viewBox="0 0 {short(width)} {short(plot.height)}" style="{style}">{"".join(parts)}</svg>'


@dataclass(frozen=True)
class _Plot:
    """Where the axes lie on paper, in pixels."""

    layout: Figure
    left: float
    right: float
    top: float
    bottom: float
    height: float

    def x(self, value: float) -> float:
        """A value of the horizontal axis on paper."""
        low, high = map(float, self.layout["xaxis"]["range"])
        return self.left + (value - low) / ((high - low) or 1) * (self.right - self.left)

    def y(self, value: float) -> float:
        """A value of the vertical axis on paper."""
        low, high = map(float, self.layout["yaxis"]["range"])
        return self.bottom - (value - low) / ((high - low) or 1) * (self.bottom - self.top)

    def placed(self, item: Figure, x: str = "x", y: str = "y") -> tuple[float, float]:
        """A point of a shape or note: on the axes, or as a share of the plot (`paper`)."""
        across = self.left + item[x] * (self.right - self.left) if item.get("xref") == "paper" else self.x(item[x])
        down = self.bottom - item[y] * (self.bottom - self.top) if item.get("yref") == "paper" else self.y(item[y])
        return across, down


def _plot(layout: Figure, width: float) -> _Plot:
    margin, height, axis = layout["margin"], float(layout["height"]), layout["yaxis"]
    size = axis["tickfont"]["size"]
    widest = max((text_width(_plain(text), size) for text in axis["ticktext"]), default=0.0)
    return _Plot(layout, margin["l"] + widest, width - margin["r"], margin["t"], height - margin["b"], height)


def _plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", text))


def _grid(plot: _Plot) -> str:
    across, upward = plot.layout["xaxis"], plot.layout["yaxis"]
    colour, sides = upward["gridcolor"], (plot.left, plot.right)
    parts = [_line(sides[0], y, sides[1], y, colour, 1) for y in map(plot.y, upward["tickvals"])]
    if across.get("showgrid", True) and across.get("gridcolor"):
        parts += [_line(x, plot.top, x, plot.bottom, colour, 1) for x in map(plot.x, across["tickvals"])]
    return "".join(parts)


def _ticks(plot: _Plot) -> str:
    across, upward = plot.layout["xaxis"], plot.layout["yaxis"]
    parts = []
    for value, said in zip(upward["tickvals"], upward["ticktext"], strict=True):
        font = upward["tickfont"]
        parts.append(_text(said, plot.left - 6, plot.y(value) + 0.36 * font["size"], font, "end"))
    for value, said in zip(across["tickvals"], across["ticktext"], strict=True):
        font, x = across["tickfont"], plot.x(value)
        if across.get("ticks"):
            parts.append(_line(x, plot.bottom, x, plot.bottom + 5, across["tickcolor"], 1))
        parts.append(_text(said, x, plot.bottom + 8 + font["size"], font, "middle"))
    if title := across.get("title"):
        middle, font = (plot.left + plot.right) / 2, title["font"]
        parts.append(_text(title["text"], middle, plot.height - 0.5 * font["size"], font, "middle"))
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: str = "") -> str:
    where = f'x1="{short(x1)}" y1="{short(y1)}" x2="{short(x2)}" y2="{short(y2)}"'
    return f'<line {where} stroke="{colour}" stroke-width="{short(width)}"{_dashed(dash)}/>'


def _dashed(dash: str) -> str:
    """Plotly's word for a dash, or its own `4px,2px`, as an attribute."""
    steps = DASHES[dash] if dash in DASHES else dash.replace("px", "").replace(",", " ")
    return f' stroke-dasharray="{steps}"' if steps else ""


def _text(said: str, x: float, y: float, font: Figure, anchor: str, more: str = "") -> str:
    """Text that plotly's tags make bold or break into lines; `y` is the base of the first."""
    size, lines = font["size"], _BREAK.split(said)
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    parts = []
    for index, line in enumerate(lines):
        bold = ' font-weight="600"' if "<b>" in line else ""
        where = f'x="{short(x)}" y="{short(y + index * LINE * size)}"'
        words = escape(_plain(line), quote=False)
        parts.append(f'<text {where} font-size="{short(size)}" fill="{font["color"]}"{at}{bold}{more}>{words}</text>')
    return "".join(parts)


def _shape(plot: _Plot, shape: Figure) -> str:
    """A straight line or a rectangle."""
    (x0, y0), (x1, y1) = plot.placed(shape, "x0", "y0"), plot.placed(shape, "x1", "y1")
    pen = shape.get("line", {})
    if shape["type"] == "line":
        return _line(x0, y0, x1, y1, pen["color"], pen["width"], pen.get("dash", ""))
    box = f'x="{short(min(x0, x1))}" y="{short(min(y0, y1))}" width="{short(abs(x1 - x0))}"'
    return f'<rect {box} height="{short(abs(y1 - y0))}" fill="{shape.get("fillcolor", "none")}"/>'


def _annotation(plot: _Plot, note: Figure) -> str:
    x, y = plot.placed(note)
    font, lines = note["font"], len(_BREAK.split(note["text"]))
    block = (lines - 1) * LINE * font["size"]
    above = {"middle": block / 2 - 0.36 * font["size"], "bottom": block + 0.35 * font["size"]}
    first = y - above.get(note.get("yanchor", "middle"), -0.95 * font["size"]) - note.get("yshift", 0)
    anchor = ANCHORS[note.get("xanchor", "center")]
    said = _text(note["text"], x + note.get("xshift", 0), first, font, anchor)
    title = note.get("hovertext")
    return f"<g>{_title(title)}{said}</g>" if title else said


def _title(hover: str | None) -> str:
    return f"<title>{escape(_plain(_BREAK.sub(': ', hover)), quote=False)}</title>" if hover else ""


def _trace(plot: _Plot, trace: Figure) -> str:
    points = [
        None if x is None or y is None else (plot.x(x), plot.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    parts = []
    if trace.get("fill") == "toself":
        parts.append(f'<path d="{_course(points)}z" fill="{trace["fillcolor"]}"/>')
    pen = trace.get("line", {})
    if "lines" in trace["mode"] and pen.get("width"):
        how = f'fill="none" stroke="{pen["color"]}" stroke-width="{short(pen["width"])}" stroke-linejoin="round"'
        parts.append(f'<path d="{_course(points)}" {how}{_dashed(pen.get("dash", ""))}/>')
    if "markers" in trace["mode"]:
        parts += [_marker(trace, index, point) for index, point in enumerate(points) if point]
    if "text" in trace["mode"]:
        parts += [_beside(trace, index, point) for index, point in enumerate(points) if point]
    body = "".join(parts)
    if trace.get("cliponaxis") is True:
        body = _clipped(plot, body)
    faint = trace.get("opacity", 1)
    return f'<g opacity="{short(faint)}">{body}</g>' if faint != 1 else body


def _clipped(plot: _Plot, body: str) -> str:
    """What must stay inside the axes; a drawing within the drawing hides what leaves it."""
    wide, high = plot.right - plot.left, plot.bottom - plot.top
    box = f"{short(plot.left)} {short(plot.top)} {short(wide)} {short(high)}"
    at = f'x="{short(plot.left)}" y="{short(plot.top)}" width="{short(wide)}" height="{short(high)}"'
    return f'<svg {at} viewBox="{box}">{body}</svg>'


def _course(points: Sequence[tuple[float, float] | None]) -> str:
    parts, is_down = [], False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if is_down else 'M'}{short(point[0])} {short(point[1])}")
        is_down = point is not None
    return "".join(parts)


def _of(value: Any, index: int, missing: Any) -> Any:
    """A property that is one for all points or a list with one for each."""
    if value is None:
        return missing
    return value[index] if isinstance(value, list) else value


def _marker(trace: Figure, index: int, point: tuple[float, float]) -> str:
    marker = trace["marker"]
    size, colour = _of(marker.get("size"), index, 6), _of(marker.get("color"), index, "none")
    opacity, symbol = _of(marker.get("opacity"), index, 1), _of(marker.get("symbol"), index, "circle")
    if not size or not opacity:
        return ""
    edge = marker.get("line", {})
    is_open = symbol.endswith("-open")
    ring = _of(edge.get("color"), index, colour) if not is_open else colour
    width = 1.5 if is_open else _of(edge.get("width"), index, 0)
    pen = f' stroke="{ring}" stroke-width="{short(width)}"' if width else ""
    fill = "none" if is_open else colour
    hover = _title(_of(trace.get("hovertext"), index, None))
    shape = _symbol(symbol.removesuffix("-open"), point, size / 2)
    return f'<{shape} fill="{fill}"{pen}>{hover}</{shape.split(" ")[0]}>'


def _symbol(symbol: str, point: tuple[float, float], half: float) -> str:
    """A marker's element without its end."""
    x, y = point
    if symbol == "diamond":
        reach = half * 1.3
        corners = f"M{short(x)} {short(y - reach)}l{short(reach)} {short(reach)} {short(-reach)} {short(reach)} "
        return f'path d="{corners}{short(-reach)} {short(-reach)}z"'
    if symbol == "square":
        return f'path d="M{short(x - half)} {short(y - half)}h{short(2 * half)}v{short(2 * half)}h{short(-2 * half)}z"'
    if symbol == "triangle-up":
        return f'path d="M{short(x)} {short(y - half * 1.15)}l{short(half)} {short(half * 2)}h{short(-2 * half)}z"'
    return f'circle cx="{short(x)}" cy="{short(y)}" r="{short(half)}"'


def _beside(trace: Figure, index: int, point: tuple[float, float]) -> str:
    said = _of(trace.get("text"), index, "")
    if not said:
        return ""
    anchor, right, down = SIDES[_of(trace.get("textposition"), index, "top center")]
    size = trace["textfont"]["size"]
    font = {"size": size, "color": _of(trace["textfont"].get("color"), index, "currentColor")}
    return _text(said, point[0] + right * size, point[1] + down * size, font, anchor)
