"""Where the names at the ends of native lines stand."""

from __future__ import annotations

import math

from observatory.briefing.parts import Line, Lines

LETTERS, LABEL_LINE = 18, 4.7  # letters of a line of a label, millimetres from one to the next


def label_moves(native: Lines, tall: float) -> dict[int, float]:
    """How far each label right of its line's end moves up or down, in millimetres, so that none touches another.

    A line that a projection carries on is named above or below its end instead and is not among them.
    """
    reach = native.ticks[-1] - native.ticks[0]
    goes_on = any(line.role == "projection" for line in native.lines)
    found = []
    for index, line in enumerate(native.lines):
        end = last_of(line)
        if line.is_labelled and end is not None and not (goes_on and line.role == "place"):
            found.append((index, (native.ticks[-1] - end[1]) / reach * tall, LABEL_LINE * _label_lines(line)))
    found.sort(key=lambda one: one[1])
    at = [place for _, place, _ in found]
    for _ in range(100):
        for one in range(len(found) - 1):
            over = (found[one][2] + found[one + 1][2]) / 2 - (at[one + 1] - at[one])
            if over > 0:
                at[one], at[one + 1] = at[one] - over / 2, at[one + 1] + over / 2
    return {index: moved - place for (index, place, _), moved in zip(found, at, strict=True)}


def _label_lines(line: Line) -> int:
    """How many lines a label takes: its name, wrapped, and its value below."""
    return math.ceil(len(line.name) / LETTERS) + 1


def last_of(line: Line) -> tuple[int, float] | None:
    """Place and value of a line's end."""
    known = [(place, value) for place, value in enumerate(line.values) if value is not None]
    return known[-1] if known else None


def falls(line: Line) -> bool:
    """Whether a line comes down to its end: there is room below it then."""
    known = [value for value in line.values if value is not None]
    return len(known) > 1 and known[-1] < known[-2]
