"""Bars of the parts of a change: to the left what lowers, to the right what raises, the whole below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from observatory import svg
from observatory.look import SMALL_SIZE, Look

START, END = 40.0, 96.0  # percent of the width that the bars may take
ROW = 2.2  # rows in text sizes


class Part(NamedTuple):
    """A bar: its name, its value, and the value in words."""

    name: str
    value: float
    said: str


def parts_bar(parts: Sequence[Part], total: Part, look: Look, *, label: str, scale: float = 1.0) -> str:
    """Draw the parts of a change and their sum on one scale, as fluid SVG.

    Args:
        parts: in the order they are told.
        total: their sum, drawn in ink.
        look: light or dark.
        label: text alternative.
        scale: of text and marks.
    """
    size = SMALL_SIZE * scale
    values = [0.0, total.value, *(part.value for part in parts)]
    low, high = min(values), max(values)
    body = [_row(part, place, (low, high), look.accent, look, size) for place, part in enumerate(parts)]
    body.append(_row(total, len(parts), (low, high), look.ink, look, size))
    bottom = (len(parts) + 1) * ROW * size
    zero = svg.share(0.0, low, high, START, END)
    body.append(svg.line(zero, 0, zero, bottom, look.outline))
    return svg.figure("".join(body), look, label=label, height=bottom, size=size, widest=720)


def _row(part: Part, place: int, ends: tuple[float, float], colour: str, look: Look, size: float) -> str:
    top = place * ROW * size
    first, last = sorted((0.0, part.value))
    left, right = (float(svg.share(value, *ends, START, END).rstrip("%")) for value in (first, last))
    width = svg.short(max(right - left, 0.3))
    bar = f'<rect x="{svg.short(left)}%" y="{svg.short(top + size * 0.5)}" width="{width}%" height="{svg.short(size)}"'
    middle = top + size * 1.35
    name = svg.text(0, middle, part.name, look.ink)
    is_near_edge = right > 84
    said = svg.text(
        f"{svg.short(right - 0.8 if is_near_edge else right + 0.8)}%",
        middle,
        part.said,
        look.paper if is_near_edge and right - left > 14 else look.ink,
        anchor="end" if is_near_edge else "start",
    )
    return f'{name}{bar} fill="{colour}"/>{said}'
