"""What fits on a slide: sizes of text for its room, rows of a table for its height. Lengths in millimetres."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

POINT = 0.3528  # millimetres
WIDE = 0.53  # of a letter's size: how wide letters are on average in the broadest font a machine may put in
LINE = 1.2  # of a letter's size: from one line to the next


class Said(NamedTuple):
    """A paragraph: its text and the size it is written in."""

    text: str
    size: float  # points


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes."""
    return max(1, math.ceil(len(text) * size * POINT * WIDE / width))


def height(said: Sequence[Said], width: float, between: float = 1.0) -> float:
    """How high paragraphs stand one below the other."""
    return sum(lines(one.text, one.size, width) * one.size * POINT * LINE + between for one in said)


def size_for(text: str, sizes: Sequence[float], width: float, at_most: int) -> float:
    """The largest of the sizes at which a text takes no more lines than that; else the smallest."""
    return next((size for size in sizes if lines(text, size, width) <= at_most), sizes[-1])


def rows_for(heights: Sequence[float], room: float) -> int:
    """How many rows of a table stand in a room; one at least."""
    total, count = 0.0, 0
    for one in heights:
        total += one
        if total > room and count:
            break
        count += 1
    return count
