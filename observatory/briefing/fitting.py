"""What fits on a slide: sizes of text for its room, rows of a table for its height. Lengths in millimetres."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from observatory.briefing.parts import Chapter
from observatory.sheets.cells import Cell, Grid

POINT = 0.3528  # millimetres
MORE_SLIDES = 4  # on which a table goes on; what still is left stands in the files
NOTE = 0.8  # of a line: how high a line of a note stands
BROADEST = 26  # letters of a column that a long text asks for
WIDE = 0.53  # of a letter's size: how wide letters are on average in the broadest font a machine may put in
LINE = 1.2  # of a letter's size: from one line to the next


class Said(NamedTuple):
    """A paragraph: its text and the size it is written in."""

    text: str
    size: float  # points


def as_one(chapter: Chapter) -> Grid:
    """The table of a slide: a row of each in turn, so that the first rows tell of all; the first where they differ."""
    grids = chapter.tables
    if len(grids) == 1 or chapter.has_tables_apart or len({tuple(grid.head) for grid in grids}) > 1:
        return grids[0]
    longest = max(len(grid.rows) for grid in grids)
    rows = [grid.rows[place] for place in range(longest) for grid in grids if place < len(grid.rows)]
    return grids[0]._replace(caption=" · ".join(grid.caption for grid in grids), rows=rows)


def share(grid: Grid, place: int) -> float:
    """How wide a column is, by its longest texts and words; the first is never squeezed."""
    texts = [f"{'○ ' if row[place].status else ''}{row[place].text}" for row in grid.rows]
    texts += [row[place].note[:24] for row in grid.rows]
    words = [*grid.head[place].split(), *(word for text in texts for word in text.split())]
    longest = max([min(len(text), BROADEST) for text in texts] + [len(word) for word in words])
    return float(max(longest, 6) + (6 if place == 0 else 0))


def row_lines(grid: Grid, kept: Sequence[int], letters: float) -> list[float]:
    """How many lines each row takes in a table of that many letters across; small notes count less."""
    shares = {place: share(grid, place) for place in kept}
    across = {place: letters * one / sum(shares.values()) for place, one in shares.items()}
    return [
        max(
            math.ceil(len(row[place].text) / across[place]) + NOTE * math.ceil(len(row[place].note) / across[place])
            for place in kept
        )
        for row in grid.rows
    ]


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes."""
    return max(1, math.ceil(len(text) * size * POINT * WIDE / width))


def height(said: Sequence[Said], width: float, between: float = 1.0) -> float:
    """How high paragraphs stand one below the other."""
    return sum(lines(one.text, one.size, width) * one.size * POINT * LINE + between for one in said)


def cell_height(cell: Cell, sizes: tuple[float, float], width: float) -> float:
    """How high a cell stands: its text and its note, whose sizes are given in points."""
    said = [Said(cell.text, sizes[0]), *([Said(cell.note, sizes[1])] if cell.note else [])]
    return height(said, width, 0) + 2


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


def words_of(one: Chapter, scale: float) -> list[Said]:
    """The words of a chapter as paragraphs, for measuring."""
    found = []
    if one.key:
        found += [Said(f"{one.key.value} {one.key.unit}", 40), Said(one.key.note, 12)]
        found += [Said(mark.word, 16) for mark in one.key.marks] + [Said(said, 13) for said in one.key.more]
    found += [Said(f"{tile.number} {tile.word}", 15 * scale) for tile in one.tiles]
    return found + [Said(said, 12.6 * scale) for said in one.sayings]
