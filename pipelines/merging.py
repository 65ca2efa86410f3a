"""Rows of a capture beside those of the embedded table: which of them an edition takes.

The unit is the section: a measure, a level, a period and a dimension (the totals are one). A section that the capture
carries is taken from it whole, so that no section mixes two publications; the embedded rows of other sections stay.
Embedded rows of a carried section are `superseded` where the capture has a value too, else `withdrawn`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from observatory.errors import FigureError
from observatory.territory import CITY

VALUE = 4
Row = list[str]  # cells of a figure table
Key = tuple[str, ...]
Policy = Literal["extend", "replace"]


@dataclass(frozen=True)
class Merged:
    """The rows of both, sorted by key. `kept` are lines of the merged table (the header being 1) that were embedded."""

    rows: list[Row]
    kept: frozenset[int]
    superseded: int
    withdrawn: list[Key]


def merge(captured: Sequence[Row], embedded: Sequence[Row], policy: Policy) -> Merged:
    """What an edition takes of a capture and of the embedded table.

    Raises:
        FigureError: the source's figures are replaced as one (`on_capture: replace`), and the capture carries less.
    """
    carried, said = {_section(row) for row in captured}, {_key(row) for row in captured if row[VALUE]}
    staying = [row for row in embedded if _section(row) not in carried]
    if policy == "replace" and staying:
        lost = sorted({_section(row) for row in staying})
        what = f"{len(lost)} sections of the embedded table are not in the capture, the first: {' '.join(lost[0])}"
        raise FigureError(what, fix="capture the whole publication; its vintages are never mixed")
    gone = [_key(row) for row in embedded if row[VALUE] and _section(row) in carried and _key(row) not in said]
    own = {_key(row) for row in staying}
    rows = sorted([*captured, *staying], key=_key)
    kept = frozenset(line for line, row in enumerate(rows, 2) if _key(row) in own)
    return Merged(rows, kept, len(embedded) - len(staying) - len(gone), sorted(gone))


def _key(row: Row) -> Key:
    return tuple(row[:4])


def _section(row: Row) -> Key:
    """Measure, level, period, dimension; records without a place belong to the localities they are told beside."""
    measure, code, period, disaggregation = row[:4]
    level = "city" if code == CITY else "upl" if code.startswith("UPL") else "locality"
    return measure, level, period, disaggregation.partition(":")[0]
