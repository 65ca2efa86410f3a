"""The traces of a figure as SVG: lines, bands and points, and what each says when pointed at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

from observatory.charts import Figure
from observatory.charts.labels import plain
from observatory.charts.paper import Paper
from observatory.svg import short

TICK_GAP = 5.7  # pixels between the texts of the axis of values and the plot, as plotly's standoff of 5 gives
REACH = 36.0  # pixels around a point at which it answers when pointed at, at most
SAME = 3.0  # pixels: points nearer to each other than that answer together
BREAK = re.compile(r"<br\s*/?>")
Point = tuple[float, float]


def dashed(dash: str) -> str:
    """Plotly's `4px,2px` as an attribute; nothing for a solid line."""
    return f' stroke-dasharray="{dash.replace("px", "").replace(",", " ")}"' if dash not in ("", "solid") else ""


def title(hover: str | None) -> str:
    """What a mark says when pointed at."""
    return f"<title>{escape(_said(hover), quote=False)}</title>" if hover else ""


def _said(hover: str) -> str:
    return plain(BREAK.sub(": ", hover))


def trace_svg(paper: Paper, trace: Figure) -> str:
    """A band, a line, its points."""
    points = [
        None if x is None or y is None else (paper.x(x), paper.y(y))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    parts = []
    if trace.get("fill") == "toself":
        parts.append(f'<path d="{_course(points)}z" fill="{trace["fillcolor"]}"/>')
    pen = trace.get("line", {})
    if "lines" in trace["mode"] and pen.get("width"):
        how = f'fill="none" stroke="{pen["color"]}" stroke-width="{short(pen["width"])}" stroke-linejoin="round"'
        parts.append(f'<path d="{_course(points)}" {how}{dashed(pen.get("dash", ""))}/>')
    if "markers" in trace["mode"]:
        parts.append(_markers(trace, points))
    faint = trace.get("opacity", 1)
    return f'<g opacity="{short(faint)}">{"".join(parts)}</g>' if faint != 1 else "".join(parts)


def _course(points: Sequence[Point | None]) -> str:
    parts, is_down = [], False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if is_down else 'M'}{_at(point)}")
        is_down = point is not None
    return "".join(parts)


def _at(point: Point) -> str:
    return f"{short(round(point[0], 1))} {short(round(point[1], 1))}"


def _of(value: Any, index: int, missing: Any) -> Any:
    """A property that is one for all points or a list with one for each."""
    if value is None:
        return missing
    return value[index] if isinstance(value, list) else value


def _markers(trace: Figure, points: Sequence[Point | None]) -> str:
    """All points that look alike as one path."""
    marker, alike = trace["marker"], dict[tuple[Any, ...], list[Point]]()
    edge = marker.get("line", {})
    for index, point in enumerate(points):
        size, colour = _of(marker.get("size"), index, 6), _of(marker.get("color"), index, "none")
        if point and size and _of(marker.get("opacity"), index, 1):
            ring = _of(edge.get("color"), index, colour), _of(edge.get("width"), index, 0)
            look = (_of(marker.get("symbol"), index, "circle"), size / 2, colour, *ring)
            alike.setdefault(look, []).append(point)
    return "".join(_alike(look, some) for look, some in alike.items())


def _alike(look: tuple[Any, ...], points: Sequence[Point]) -> str:
    symbol, half, colour, ring, width = look
    if symbol.endswith("-open"):
        colour, ring, width = "none", colour, 1.5
    pen = f' stroke="{ring}" stroke-width="{short(width)}"' if width else ""
    course = "".join(_outline(symbol.removesuffix("-open"), point, half) for point in points)
    return f'<path d="{course}" fill="{colour}"{pen}/>'


def _outline(symbol: str, point: Point, half: float) -> str:
    """A marker's outline: a diamond, else a circle."""
    x, y = point
    if symbol == "diamond":
        reach = short(round(half * 1.3, 1))
        return f"M{_at((x, y - half * 1.3))}l{reach} {reach}-{reach} {reach}-{reach}-{reach}z"
    size = short(half)
    around = f"a{size} {size} 0 1 "
    return f"M{_at((x - half, y))}{around}0 {short(2 * half)} 0{around}0 -{short(2 * half)} 0z"


def hits(paper: Paper, traces: Sequence[Figure]) -> str:
    """Unseen areas that say what is drawn there: upright strips along lines, discs around points that stand alone."""
    strips = [trace for trace in traces if "lines" in trace["mode"]]
    discs = [trace for trace in traces if trace["mode"].startswith("markers")]
    parts = _strips(paper, sorted(_told(paper, strips))) + _discs(sorted(_told(paper, discs)))
    return f'<g fill="none" pointer-events="all">{"".join(parts)}</g>' if parts else ""


def _told(paper: Paper, traces: Sequence[Figure]) -> list[tuple[float, float, str]]:
    """Every point that says something: where it lies and what it says."""
    return [
        (paper.x(x), paper.y(y), _said(text))
        for trace in traces
        for x, y, text in zip(trace["x"], trace["y"], _each(trace), strict=True)
        if x is not None and y is not None and text
    ]


def _each(trace: Figure) -> Sequence[str | None]:
    known: Sequence[str | None] | None = trace.get("hovertext")
    return known if known is not None else [None] * len(trace["x"])


def _strips(paper: Paper, told: Sequence[tuple[float, float, str]]) -> list[str]:
    """One strip for all that is said at about the same place on the time axis, from half-way to half-way."""
    columns: list[tuple[float, list[str]]] = []
    for x, _, text in told:
        if not columns or x - columns[-1][0] > SAME:
            columns.append((x, []))
        columns[-1][1].append(text)
    if not columns:
        return []
    middles = [(one[0] + other[0]) / 2 for one, other in pairwise(columns)]
    lefts, rights = [paper.left - REACH, *middles], [*middles, paper.right + REACH]
    parts = []
    for (x, texts), left, right in zip(columns, lefts, rights, strict=True):
        start, end = max(left, x - REACH), min(right, x + REACH)
        box = f"M{_at((start, paper.top))}H{short(round(end, 1))}V{short(paper.bottom)}H{short(round(start, 1))}z"
        said = escape("\n".join(dict.fromkeys(texts)), quote=False)
        parts.append(f'<path d="{box}"><title>{said}</title></path>')
    return parts


def _discs(told: Sequence[tuple[float, float, str]]) -> list[str]:
    """A disc around each point, half-way to its nearest neighbour."""
    parts = []
    for x, y, text in told:
        apart = [((x - a) ** 2 + (y - b) ** 2) ** 0.5 / 2 for a, b, other in told if other != text]
        reach = min(max(min(apart, default=REACH), 5.0), REACH / 2)
        where = f'cx="{short(round(x, 1))}" cy="{short(round(y, 1))}" r="{short(round(reach, 1))}"'
        parts.append(f"<circle {where}><title>{escape(text, quote=False)}</title></circle>")
    return parts
