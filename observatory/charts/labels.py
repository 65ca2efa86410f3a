"""Labels at the ends of lines: what they say, how wide they are, and how they keep off each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

LINE = 1.3  # letters' heights from one line of text to the next
LETTER_WIDTHS = {
    letter: width
    for width, letters in ((0.32, " ijl.,:;|'!·\u202f\u00a0"), (0.42, "frtI()[]-–/"))
    for letter in letters
}
LETTER_WIDTHS |= dict.fromkeys("mwMW%@—…↑", 0.92) | dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZÁÉÍÓÚÑ", 0.69)
OTHER_WIDTH = 0.6  # of the text size, as for figures: of a wide sans face, so that narrower ones have room


def text_width(text: str, size: float) -> float:
    """Pixels that a line of text needs, from above."""
    return sum(LETTER_WIDTHS.get(letter, OTHER_WIDTH) for letter in text) * size


def plain(text: str) -> str:
    """A text of plotly's without its tags."""
    return unescape(re.sub(r"<[^>]+>", "", text))


def block_size(lines: Sequence[str], size: float) -> tuple[float, float]:
    """Width and height in pixels of lines of text, bold ones wider."""
    wide = max(text_width(plain(line), size * (1.12 if "<b>" in line else 1.0)) for line in lines)
    return wide, ((len(lines) - 1) * LINE + 1.1) * size


def wrapped(text: str, longest: int = 14) -> list[str]:
    """Text broken at blanks into lines of about `longest` letters."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def abbreviated(name: str, room: float, size: float) -> str:
    """A name whose first words are initials, as many as its room in pixels asks: R. Uribe Uribe."""
    parts = name.split(" ")
    for count in range(len(parts)):
        short = " ".join([*(f"{part[0]}." for part in parts[:count]), *parts[count:]])
        if text_width(short, size) <= room:
            break
    return short


def shortened(text: str, longest: int) -> str:
    """Text cut at `longest` letters, with an ellipsis when it was cut."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres of labels as near as can be to where they are wanted, none over another, all within low and high.

    Pooled as in isotonic regression: labels that touch move together around the mean of what they want.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    pools: list[tuple[float, float, list[int]]] = []  # wanted start, height, members
    for index in order:
        pool = (wanted[index] - heights[index] / 2, heights[index], [index])
        while pools and pools[-1][0] + pools[-1][1] > pool[0]:
            start, height, members = pools.pop()
            size = len(members), len(pool[2])
            middle = (start * size[0] + (pool[0] - height) * size[1]) / sum(size)
            pool = (middle, height + pool[1], [*members, *pool[2]])
        pools.append(pool)
    return _kept_inside(_starts(pools, heights), heights, low, high)


def _starts(pools: list[tuple[float, float, list[int]]], heights: Sequence[float]) -> list[tuple[int, float]]:
    """Each label's index and lower end, from the lowest up."""
    starts = []
    for start, _, members in pools:
        for index in members:
            starts.append((index, start))
            start += heights[index]
    return starts


def _kept_inside(starts: list[tuple[int, float]], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres, pushed down from above, then up from below; where there is no room for all, the lowest keep theirs."""
    ceiling, lowered = high, []
    for index, start in reversed(starts):
        ceiling = min(start, ceiling - heights[index])
        lowered.append((index, ceiling))
    floor, centres = low, [0.0] * len(heights)
    for index, start in reversed(lowered):
        floor = max(start, floor)
        centres[index] = floor + heights[index] / 2
        floor += heights[index]
    return centres
