"""Where the labels of a chart go: beside what they name, off the lines, the points, each other and the edges.

Candidates around a point and a cost for each (point-feature labelling after Christensen, Marks and Shieber 1995);
taken one by one in order of importance, then each again while the others stay.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from observatory.charts import Figure
from observatory.charts.labels import block_size
from observatory.charts.paper import Paper

GAP = 8.0  # pixels between a point and its label
ROUNDS = 3
TOUCHING = 200.0  # cost of lying over another label: above it a label that may be left out is
OVER_DOT = 40.0
MISTAKEN = 60.0  # cost of lying nearer to what another label names
# Sides of a point: right, down (2: a line farther; 3: behind another label), and what it costs rather than right of it.
SIDES = (
    (1, 0, 0.0),
    (0, -1, 1.0),
    (0, 1, 1.5),
    (-1, -1, 2.0),
    (1, -1, 2.0),
    (1, 1, 2.5),
    (-1, 1, 2.5),
    (-1, 0, 4.0),
    (0, -2, 12.0),
    (0, 2, 12.0),
    (-1, -2, 14.0),
    (-1, 2, 14.0),
    (1, -2, 14.0),
    (1, 2, 14.0),
    (0, -3, 24.0),
    (0, 3, 24.0),
    (-1, -3, 26.0),
    (-1, 3, 26.0),
)
ALONG = ((0.0, 0.0), (1.0, 0.5), (0.5, 2.0), (0.25, 2.0), (0.75, 2.0))  # shares of a line, and what each costs
ANCHORS = {-1: "right", 0: "center", 1: "left"}


class Box(NamedTuple):
    """A rectangle on paper, in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether two rectangles lie over each other."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def distance(self, x: float, y: float) -> float:
        """Pixels from a point to the rectangle; zero inside."""
        return math.hypot(max(self.left - x, x - self.right, 0.0), max(self.top - y, y - self.bottom, 0.0))

    def within(self, other: Box) -> bool:
        """Whether this rectangle lies wholly inside another."""
        sides = self.left >= other.left and self.right <= other.right
        return sides and self.top >= other.top and self.bottom <= other.bottom


class Stroke(NamedTuple):
    """A straight piece of a drawn line, and how much it matters to keep off it."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float

    def inside(self, box: Box) -> float:
        """Pixels of it that lie inside a rectangle (Liang and Barsky 1984)."""
        if max(self.x0, self.x1) <= box.left or min(self.x0, self.x1) >= box.right:
            return 0.0
        if max(self.y0, self.y1) <= box.top or min(self.y0, self.y1) >= box.bottom:
            return 0.0
        across, down = self.x1 - self.x0, self.y1 - self.y0
        start, end = 0.0, 1.0
        for step, low, high in (
            (across, box.left - self.x0, box.right - self.x0),
            (down, box.top - self.y0, box.bottom - self.y0),
        ):
            if step:
                start, end = max(start, min(low / step, high / step)), min(end, max(low / step, high / step))
        return max(end - start, 0.0) * math.hypot(across, down)


@dataclass(frozen=True)
class Label:
    """Text that names a point, a level (`x` is None) or an upright line (`y` is None)."""

    texts: tuple[tuple[str, ...], ...]  # its lines, as wanted and then shorter and shorter
    x: float | None
    y: float | None
    colour: str
    hover: str | None = None
    optional: bool = False  # left out where there is no room


class Candidate(NamedTuple):
    """One place for a label: its lines, where it lies, which side of it is held, and what it costs."""

    lines: tuple[str, ...]
    box: Box
    anchor: int
    along: float
    cost: float


class Scenery(NamedTuple):
    """What labels must keep off."""

    strokes: list[Stroke]
    dots: list[Box]
    bounds: Box

    def cost(self, box: Box) -> float:
        """What a label pays for what lies under it."""
        lines = sum(stroke.weight * stroke.inside(box) for stroke in self.strokes)
        return lines + OVER_DOT * sum(box.touches(dot) for dot in self.dots)


def scenery(paper: Paper, traces: Sequence[Figure], shapes: Sequence[Figure]) -> Scenery:
    """The lines, edges of bands and points of a figure on paper."""
    strokes: list[Stroke] = []
    dots: list[Box] = []
    for trace in traces:
        weight = 0.35 if trace.get("fill") else 1.0
        points = [
            None if x is None or y is None else (paper.x(x), paper.y(y))
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        if "lines" in trace["mode"]:
            strokes += [Stroke(*one, *other, weight) for one, other in pairwise(points) if one and other]
        if weight == 1:
            dots += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in filter(None, points)]
    for shape in shapes:
        ends = paper.placed(shape, "x0", "y0"), paper.placed(shape, "x1", "y1")
        strokes.append(Stroke(*ends[0], *ends[1], 0.6))
    return Scenery(strokes, dots, Box(paper.left, 2, paper.width - 2, paper.bottom - 2))


def placed(
    labels: Sequence[Label], paper: Paper, around: Scenery, size: float, taken: Sequence[Box] = ()
) -> list[Figure]:
    """Annotations for labels, the most important first; `taken`: rectangles of texts that stand already."""
    points = [(paper.x(label.x), paper.y(label.y)) for label in labels if label.x is not None and label.y is not None]
    choices = [_candidates(label, paper, around, size, points) for label in labels]
    chosen: dict[int, Candidate] = {}
    for _ in range(ROUNDS):
        for index, ways in enumerate(choices):
            others = [*taken, *(one.box for other, one in chosen.items() if other != index)]
            costs = [way.cost + TOUCHING * sum(way.box.touches(box) for box in others) for way in ways]
            best = min(range(len(ways)), key=costs.__getitem__, default=None)
            chosen.pop(index, None)
            if best is not None and not (labels[index].optional and costs[best] >= OVER_DOT):
                chosen[index] = ways[best]
    return [_annotation(labels[index], chosen[index], paper, size) for index in sorted(chosen)]


def _candidates(
    label: Label, paper: Paper, around: Scenery, size: float, points: Sequence[tuple[float, float]]
) -> list[Candidate]:
    """Places inside the drawing; of a text that fits nowhere, all places of its shortest wording."""
    fitting: list[Candidate] = []
    spilling: list[Candidate] = []
    for index, lines in enumerate(label.texts):
        for box, anchor, along, cost in _places(label, paper, block_size(lines, size), around.bounds, size):
            mistaken = MISTAKEN * _is_mistaken(box, label, paper, points)
            way = Candidate(lines, box, anchor, along, cost + 5 * index + mistaken + around.cost(box))
            (fitting if box.within(around.bounds) else spilling).append(way)
    return fitting or [way for way in spilling if way.lines == label.texts[-1]]


def _is_mistaken(box: Box, label: Label, paper: Paper, points: Sequence[tuple[float, float]]) -> bool:
    """Whether a point that another label names is nearer than the label's own."""
    if label.x is None or label.y is None:
        return False
    own = paper.x(label.x), paper.y(label.y)
    return any(box.distance(*point) < box.distance(*own) for point in points if point != own)


def _places(
    label: Label, paper: Paper, block: tuple[float, float], bounds: Box, size: float
) -> Iterable[tuple[Box, int, float, float]]:
    if label.x is not None and label.y is not None:
        return _beside((paper.x(label.x), paper.y(label.y)), block, bounds, size)
    if label.y is not None:
        return _along_level(paper, paper.y(label.y), block)
    return _along_upright(paper, paper.x(label.x or 0.0), block)


def _beside(
    point: tuple[float, float], block: tuple[float, float], bounds: Box, size: float
) -> Iterator[tuple[Box, int, float, float]]:
    (x, y), (wide, high) = point, block
    for right, down, cost in SIDES:
        is_corner = bool(right and down)
        gap = GAP * 0.7 if is_corner else GAP
        left = {1: x + gap, 0: x - wide / 2, -1: x - gap - wide}[right]
        if right == 0:
            left = min(max(left, bounds.left), max(bounds.right - wide, bounds.left))
        far = gap + {2: 1.3 * size, 3: high + 0.7 * size}.get(abs(down), 0.0)
        top = y - high / 2 if not down else y - far - high if down < 0 else y + far
        yield Box(left, top, left + wide, top + high), right, 0.0, cost


def _along_level(paper: Paper, y: float, block: tuple[float, float]) -> Iterator[tuple[Box, int, float, float]]:
    wide, high = block
    for share, cost in ALONG:
        left = paper.left + share * (paper.right - paper.left - wide)
        anchor = 1 if share == 0 else -1 if share == 1 else 0
        yield Box(left, y - high - 2, left + wide, y - 2), anchor, share, cost
        yield Box(left, y + 2, left + wide, y + 2 + high), anchor, share, cost + 1


def _along_upright(paper: Paper, x: float, block: tuple[float, float]) -> Iterator[tuple[Box, int, float, float]]:
    wide, high = block
    for share, cost in ALONG:
        top = paper.top + share * (paper.bottom - paper.top - high)
        yield Box(x + 5, top, x + 5 + wide, top + high), 1, share, cost
        yield Box(x - 5 - wide, top, x - 5, top + high), -1, share, cost + 0.25


def _annotation(label: Label, way: Candidate, paper: Paper, size: float) -> Figure:
    """The label as plotly writes it: tied to its point, level or line, moved by pixels."""
    box = way.box
    held = {1: box.left, 0: (box.left + box.right) / 2, -1: box.right}[way.anchor]
    tied: Figure = {"x": label.x, "y": label.y}
    if label.x is None:
        tied |= {"x": way.along, "xref": "paper"}
    if label.y is None:
        tied |= {"y": 1 - way.along, "yref": "paper"}
    x, y = paper.placed(tied)
    tied |= {"xshift": round(held - x, 1), "yshift": round(y - (box.top + box.bottom) / 2, 1)}
    return note(way.lines, size, label.colour, ANCHORS[way.anchor], label.hover) | tied


def note(lines: Sequence[str], size: float, colour: str, anchor: str = "left", hover: str | None = None) -> Figure:
    """A text without arrow and frame, held at its middle; where it lies is for the caller to add."""
    shown = {"text": "<br>".join(lines), "showarrow": False, "font": {"size": size, "color": colour}}
    frame = {"xanchor": anchor, "yanchor": "middle", "align": anchor, "borderpad": 0, "borderwidth": 0}
    return shown | frame | ({"hovertext": hover} if hover else {})
