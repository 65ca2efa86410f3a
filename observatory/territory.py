"""Territories of Bogotá: codes, official names, aliases.

Codes are text: `00` the city, `01`–`20` the localities, `UPL01`–`UPL33` the local planning units of Decreto 555 of 2021.
`99` in a figure table is the publisher's own "without location": part of the city, of no locality.
"""

from __future__ import annotations

import csv
import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from observatory.errors import TerritoryError, nearest

Level = Literal["city", "locality", "upl"]

CITY = "00"
UNLOCATED = "99"
FOLDER = Path(__file__).resolve().parent.parent / "data" / "territory"


@dataclass(frozen=True)
class Territory:
    """One area; `area_km2` from IDECA's published area, `valid_from` the year of the norm that made it."""

    code: str
    level: Level
    name: str
    area_km2: float
    is_rural: bool
    valid_from: int
    valid_to: int | None


def folded(text: str) -> str:
    """Text for comparing: no accents, no punctuation, lower case, single blanks."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join("".join(mark if mark.isalnum() else " " for mark in plain).casefold().split())


@functools.cache
def territories(folder: Path = FOLDER) -> dict[str, Territory]:
    """All territories by code, in order of code."""
    with (folder / "territories.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _territory(row) for row in csv.DictReader(lines)}


def _territory(row: dict[str, str]) -> Territory:
    return Territory(
        code=row["code"],
        level=row["level"],  # type: ignore[arg-type]  # checked by tests/test_territory.py
        name=row["name"],
        area_km2=float(row["area_km2"]),
        is_rural=row["is_rural"] == "true",
        valid_from=int(row["valid_from"]),
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
    )


@functools.cache
def _names(folder: Path, level: Level) -> dict[str, str]:
    names = {folded(area.name): area.code for area in territories(folder).values() if area.level == level}
    with (folder / "aliases.csv").open(encoding="utf-8", newline="") as lines:
        aliases = {folded(row["alias"]): row["code"] for row in csv.DictReader(lines)}
    known = territories(folder)
    return names | {alias: code for alias, code in aliases.items() if code in known and known[code].level == level}


def locality_code(name: str, folder: Path = FOLDER) -> str:
    """Code of a locality by any accepted spelling.

    Raises:
        TerritoryError: no locality is called so; the nearest name is given.
    """
    names = _names(folder, "locality")
    try:
        return names[folded(name)]
    except KeyError:
        raise TerritoryError(f"{name!r} is no locality of Bogotá", fix=nearest(folded(name), names)) from None
