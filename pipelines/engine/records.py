"""What records look like: where they lie, and which of their columns say when, where, what and how much."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from observatory.errors import FigureError

Format = Literal["csv", "parquet"]
NAME = re.compile(r"[a-z][a-z0-9_]*")
RESERVED = frozenset({"place", "month", "category", "records", "weight", "happened", "record", "x", "y"})


@dataclass(frozen=True)
class Shape:
    """Columns of the records.

    Args:
        time: when it happened; a date or timestamp, in a CSV written as `time_format` (strptime) or ISO 8601.
        place: locality, by code or name. Otherwise `x` and `y`, degrees of longitude and latitude (EPSG:4326).
        category: one category per record.
        flags: measure by column: true or false, or a text that is true when it equals `yes`.
        weight: a number to add up.
        delimiter, decimal: of a CSV; found out when left out, and a point.
    """

    time: str
    place: str | None = None
    x: str | None = None
    y: str | None = None
    category: str | None = None
    flags: dict[str, str] = field(default_factory=dict)
    weight: str | None = None
    time_format: str | None = None
    yes: str | None = None
    delimiter: str | None = None
    decimal: str = "."

    def __post_init__(self) -> None:
        """Refuse shapes that say nothing, or two things, about the place."""
        has_points = self.x is not None and self.y is not None
        if (self.place is None) != has_points or (self.x is None) != (self.y is None):
            raise FigureError("records need a column of places, or two of coordinates", fix="give place, or x and y")
        for name in self.flags:
            if not NAME.fullmatch(name) or name in RESERVED:
                fix = "small letters, digits and _; not " + ", ".join(sorted(RESERVED))
                raise FigureError(f"{name!r} is no name of a measure", fix=fix)

    @property
    def has_points(self) -> bool:
        """True when places are told by coordinates."""
        return self.x is not None


@dataclass(frozen=True)
class Records:
    """Files of records, one or a pattern such as `folder/*.parquet`, and their shape."""

    files: str
    shape: Shape

    @property
    def format(self) -> Format:
        """By the name's ending.

        Raises:
            FigureError: neither CSV nor Parquet.
        """
        ending = Path(self.files).suffix.lower()
        if ending in (".csv", ".tsv", ".txt"):
            return "csv"
        if ending == ".parquet":
            return "parquet"
        raise FigureError(f"{ending!r} holds no records", where=self.files, fix="give a .csv or .parquet file")


@dataclass(frozen=True)
class Group:
    """Records of one place, month (ISO date of its first day) and category, as an engine counted them.

    `place` and `category` are as the records have them; None is none.
    """

    place: str | None
    month: str | None
    category: str | None
    records: int
    flags: tuple[int, ...]
    weight: float | None


@dataclass(frozen=True)
class Refusal:
    """A line that could not be read: a value of another type."""

    line: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True)
class Groups:
    """What an engine answers: groups in order of place, month and category, and the lines it could not read."""

    rows: list[Group]
    refused: list[Refusal] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Records counted."""
        return sum(group.records for group in self.rows)
