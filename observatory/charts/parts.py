"""Bars of the parts of a change: to the left what lowers, to the right what raises, the whole below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from observatory import svg
from observatory.look import SMALL_SIZE, Look

START, END = 16.0, 84.0  # percent of the width that bars may take: their values stand outside them on any width
ROW = 3.2  # height of a name and its bar, in text sizes


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
    rises = [place * ROW * size + 1.5 * size for place in range(len(parts) + 1)]
    body += [svg.line(zero, top - 2, zero, top + size + 2, look.outline) for top in rises]
    return svg.figure("".join(body), look, label=label, height=bottom, size=size, widest=720)


def _row(part: Part, place: int, ends: tuple[float, float], colour: str, look: Look, size: float) -> str:
    """The name, and under it the bar with its value beyond its end."""
    top = place * ROW * size
    first, last = sorted((0.0, part.value))
    left, right = (float(svg.share(value, *ends, START, END).rstrip("%")) for value in (first, last))
    where = f'x="{svg.short(left)}%" y="{svg.short(top + size * 1.5)}" width="{svg.short(max(right - left, 0.3))}%"'
    bar = f'<rect {where} height="{svg.short(size)}" fill="{colour}"/>'
    is_lower = part.value < 0
    end, anchor = (left - 1, "end") if is_lower else (right + 1, "start")
    value = svg.text(f"{svg.short(end)}%", top + size * 2.35, part.said, look.ink, anchor=anchor)
    return svg.text(0, top + size, part.name, look.ink) + bar + value
