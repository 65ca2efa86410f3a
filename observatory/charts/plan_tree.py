"""A plan as rings: objectives inside, results around them, products outside, each with colour and shape of its status.

Every product has the same angle, whatever it weighs, so that none is too thin to be seen. What is pending has a dotted
outline. A pure drawing: the table of the same tree stands beside it on the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from observatory import svg
from observatory.look import Look

SIZE = 440.0
CENTRE, GAP = 74.0, 1.5
WIDTHS: dict[int, tuple[float, ...]] = {1: (120.0,), 2: (52.0, 84.0), 3: (38.0, 40.0, 58.0)}
GLYPH_FROM = 5.0  # pixels of arc below which a segment carries no shape
FULL_BAR = 1.25  # share at which the bar ends; 1 is marked


class Segment(NamedTuple):
    """A node of the tree. `status` is empty for what only groups others; `mark` is written on it."""

    key: str
    parent: str
    title: str
    status: str = ""
    mark: str = ""
    href: str = ""
    is_pending: bool = False


class _Placed(NamedTuple):
    segment: Segment
    depth: int
    start: float
    end: float


def sunburst(segments: Sequence[Segment], look: Look, *, label: str, centre: Sequence[str], scale: float = 1.0) -> str:
    """Draw the rings as SVG, at most 440 pixels wide.

    Args:
        segments: parents before their children, in the order of the plan; parent "" for the innermost.
        look: light, dark or both.
        label: text alternative.
        centre: lines written in the middle, the first large.
        scale: of the whole in meeting mode.
    """
    placed = _placed(segments)
    depth = max((item.depth for item in placed), default=0) + 1
    radii = _radii(depth)
    parts = [_segment(item, radii[item.depth], look) for item in placed]
    parts += _middle(centre, look)
    style = (
        f"display:block;width:100%;max-width:{svg.short(SIZE * scale)}px;height:auto;font-family:{escape(look.font)}"
    )
    half = svg.short(SIZE / 2)
    box = f"-{half} -{half} {svg.short(SIZE)} {svg.short(SIZE)}"
    body = "".join(parts)
    named = f'role="{svg.role(body)}" aria-label="{escape(label)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {named} viewBox="{box}" style="{style}">{body}</svg>'


def _placed(segments: Sequence[Segment]) -> list[_Placed]:
    """Each segment with its depth and angles; a leaf is one step, a parent as wide as its leaves."""
    children: dict[str, list[Segment]] = {}
    for segment in segments:
        children.setdefault(segment.parent, []).append(segment)
    total = sum(segment.key not in children for segment in segments) or 1
    step, at = 2 * math.pi / total, 0.0
    found: list[_Placed] = []

    def place(segment: Segment, depth: int) -> None:
        nonlocal at
        start, position = at, len(found)
        for child in children.get(segment.key, []):
            place(child, depth + 1)
        if segment.key not in children:
            at += step
        found.insert(position, _Placed(segment, depth, start, at))

    for segment in children.get("", []):
        place(segment, 0)
    return found


def _radii(depth: int) -> list[tuple[float, float]]:
    inner, found = CENTRE, []
    for width in WIDTHS[max(depth, 1)]:
        found.append((inner, inner + width - GAP))
        inner += width
    return found


def _segment(item: _Placed, radii: tuple[float, float], look: Look) -> str:
    segment, (inner, outer) = item.segment, radii
    mark = look.status.get(segment.status)
    is_hollow = mark is None or segment.status in ("not_assessed", "no_target")
    fill = look.soft if mark is None else look.paper if is_hollow else mark.colour
    line = look.hatch if segment.is_pending else look.outline if is_hollow else look.paper
    dotted = ' stroke-dasharray="2 2"' if segment.is_pending else ""
    path = _arc(item.start, item.end, inner, outer)
    title = f"<title>{escape(segment.title, quote=False)}</title>"
    shape = f'<path d="{path}" fill="{fill}" stroke="{line}" stroke-width="0.8"{dotted}>{title}</path>'
    return svg.linked(shape + _glyph(item, radii, look, is_hollow=is_hollow), segment.href or None)


def _arc(start: float, end: float, inner: float, outer: float) -> str:
    """The outline of a ring's piece; a whole ring is cut into two halves."""
    if end - start > 2 * math.pi - 1e-6:
        middle = (start + end) / 2
        return f"{_arc(start, middle, inner, outer)} {_arc(middle, end - 1e-4, inner, outer)}"
    large = int(end - start > math.pi)
    (ax, ay), (bx, by) = _at(start, outer), _at(end, outer)
    (cx, cy), (dx, dy) = _at(end, inner), _at(start, inner)
    short = svg.short
    return (
        f"M{short(ax)} {short(ay)}A{short(outer)} {short(outer)} 0 {large} 1 {short(bx)} {short(by)}"
        f"L{short(cx)} {short(cy)}A{short(inner)} {short(inner)} 0 {large} 0 {short(dx)} {short(dy)}Z"
    )


def _at(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.sin(angle), -radius * math.cos(angle)


def _glyph(item: _Placed, radii: tuple[float, float], look: Look, *, is_hollow: bool) -> str:
    """The mark of a segment at its middle, where there is room."""
    segment, radius = item.segment, sum(radii) / 2
    status = look.status.get(segment.status)
    said = segment.mark or (status.shape if status else "")
    room = (item.end - item.start) * radius
    if not said or room < GLYPH_FROM * max(1.0, 0.75 * len(said)):
        return ""
    x, y = _at((item.start + item.end) / 2, radius)
    size = min(15.0, room) if segment.mark else min(12.0, room - 1)
    colour = look.ink if status is None else look.muted if is_hollow else look.paper
    more = (
        f' font-size="{svg.short(size)}" text-anchor="middle" dominant-baseline="central"'
        ' pointer-events="none" aria-hidden="true"'
    )
    return svg.text(x, y, said, colour, more=more)


def _middle(lines: Sequence[str], look: Look) -> list[str]:
    """Lines in the middle, the first large."""
    found, y = [], -8.0 - 7 * max(0, len(lines) - 2)
    for position, line in enumerate(lines):
        size = 28 if position == 0 and len(line) <= 6 else 14.5
        weight = ' font-weight="600"' if size > 20 else ""
        more = f' font-size="{svg.short(size)}" text-anchor="middle" dominant-baseline="central"{weight}'
        found.append(svg.text(0, y, line, look.ink if position == 0 else look.muted, more=more))
        y += 25 if position == 0 else 17
    return found


def bar(share: float | None, status: str, look: Look, *, label: str, expected: float = 1.0) -> str:
    """Progress as a bar against what was due (the upright mark), as fluid SVG; nothing without a share.

    Args:
        share: of what was due that was done; below 0 the bar is empty, above 1.25 it ends in a point.
        status: its colour; accent for a group of indicators.
        look: light, dark or both.
        label: text alternative.
        expected: share that was due, marked.
    """
    if share is None:
        return ""
    colour = look.status[status].colour if status else look.accent
    shown = min(max(share, 0.0), FULL_BAR)
    width, due = svg.share(shown, 0, FULL_BAR), svg.share(expected, 0, FULL_BAR)
    rect = '<rect x="0" y="3" width="{}" height="8" fill="{}"/>'
    parts = [rect.format(due, look.hairline), rect.format(width, colour)]
    parts.append(svg.line(due, 0, due, 14, look.ink, ' stroke-width="1.5"'))
    if share > FULL_BAR:
        parts.append(svg.text("100%", 7, "»", look.paper, anchor="end", more=' dominant-baseline="central"'))
    return svg.figure("".join(parts), look, label=label, height=14, size=12)
