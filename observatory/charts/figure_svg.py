"""A figure of this package as SVG: what plotly would draw, for pages without scripts, print and slides.

It reads the part of plotly's figures that `trend` and `scatter` write: lines, markers, bands and texts, shapes and
annotations, two linear axes. So a chart is decided once, wherever it is drawn.
"""

from __future__ import annotations

from html import escape

from observatory.charts import Figure
from observatory.charts.labels import LINE, plain
from observatory.charts.paper import Paper
from observatory.charts.traces_svg import BREAK, TICK_GAP, dashed, hits, title, trace_svg
from observatory.look import Look
from observatory.svg import short

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
MIDDLE = 0.36  # of the letters' size: how far the base of a line lies below its middle


def figure_svg(figure: Figure, look: Look, *, label: str, width: float = 720, css: str = "") -> str:
    """Draw a figure as SVG that fills its room up to its width; each point says its hover text when pointed at.

    Args:
        figure: of `trend` or `scatter`, for this width.
        look: the colours of its ground; the figure has its own.
        label: text alternative.
        width: pixels; the height is the figure's.
        css: class of the SVG.
    """
    paper = Paper(figure["layout"], width)
    shapes = figure["layout"].get("shapes", [])
    below = [shape for shape in shapes if shape.get("layer") == "below"]
    above = [shape for shape in shapes if shape.get("layer") != "below"]
    parts = [
        _grid(paper),
        *(_shape(paper, shape) for shape in below),
        *(trace_svg(paper, trace) for trace in figure["data"]),
        *(_shape(paper, shape) for shape in above),
        _ticks(paper),
        hits(paper, figure["data"]),
        *(_annotation(paper, note, look) for note in figure["layout"].get("annotations", [])),
    ]
    style = f"display:block;width:100%;max-width:{short(width)}px;height:auto;font-family:{escape(look.font)}"
    named = f' class="{css}"' if css else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(label)}"{named}'
    return f'{head} viewBox="0 0 {short(width)} {short(paper.height)}" style="{style}">{"".join(parts)}</svg>'


def _grid(paper: Paper) -> str:
    across, upward = paper.layout["xaxis"], paper.layout["yaxis"]
    course = "".join(f"M{short(paper.left)} {short(y)}H{short(paper.right)}" for y in map(paper.y, upward["tickvals"]))
    if across.get("showgrid", True) and across.get("gridcolor"):
        ups = map(paper.x, across["tickvals"])
        course += "".join(f"M{short(x)} {short(paper.top)}V{short(paper.bottom)}" for x in ups)
    return f'<path d="{course}" stroke="{upward["gridcolor"]}"/>'


def _ticks(paper: Paper) -> str:
    across, upward = paper.layout["xaxis"], paper.layout["yaxis"]
    font, parts = upward["tickfont"], []
    for value, said in zip(upward["tickvals"], upward["ticktext"], strict=True):
        parts.append(_text(said, paper.left - TICK_GAP, paper.y(value) + MIDDLE * font["size"], font["size"], "end"))
    places = [paper.x(value) for value in across["tickvals"]]
    for x, said in zip(places, across["ticktext"], strict=True):
        parts.append(_text(said, x, paper.bottom + 7 + font["size"], font["size"], "middle"))
    if across.get("ticks"):
        course = "".join(f"M{short(x)} {short(paper.bottom)}v5" for x in places)
        parts.append(f'<path d="{course}" stroke="{across["tickcolor"]}"/>')
    return f'<g font-size="{short(font["size"])}" fill="{font["color"]}">{"".join(parts)}</g>'


def _text(said: str, x: float, y: float, size: float, anchor: str) -> str:
    """Text that plotly's tags make bold or break into lines; `y` is the base of the first."""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    parts = []
    for index, line in enumerate(BREAK.split(said)):
        bold = ' font-weight="600"' if "<b>" in line else ""
        where = f'x="{short(x)}" y="{short(round(y + index * LINE * size, 1))}"'
        parts.append(f"<text {where}{at}{bold}>{escape(plain(line), quote=False)}</text>")
    return "".join(parts)


def _shape(paper: Paper, shape: Figure) -> str:
    """A straight line."""
    (x0, y0), (x1, y1) = paper.placed(shape, "x0", "y0"), paper.placed(shape, "x1", "y1")
    pen = shape["line"]
    how = f'stroke="{pen["color"]}" stroke-width="{short(pen["width"])}"{dashed(pen.get("dash", ""))}'
    return f'<path d="M{short(x0)} {short(y0)}L{short(x1)} {short(y1)}" {how}/>'


def _annotation(paper: Paper, note: Figure, look: Look) -> str:
    """A text without frame, its middle moved from the place it is tied to."""
    x, y = paper.placed(note)
    font, lines = note["font"], len(BREAK.split(note["text"]))
    first = y - note.get("yshift", 0) - (lines - 1) * LINE * font["size"] / 2 + MIDDLE * font["size"]
    said = _text(note["text"], x + note.get("xshift", 0), first, font["size"], ANCHORS[note["xanchor"]])
    halo = f' stroke="{look.paper}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
    told = title(note.get("hovertext"))
    return f'<g font-size="{short(font["size"])}" fill="{font["color"]}"{halo}>{told}{said}</g>'
