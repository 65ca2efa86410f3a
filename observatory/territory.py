"""Territories of Bogotá: codes, official names, aliases.

Codes are text: `00` the city, `01`–`20` the localities, `UPL01`–`UPL33` the local planning units of
Decreto 555 of 2021. `99` in a figure table is the publisher's own "without location": part of the city, of no locality.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from observatory.errors import TerritoryError, nearest, read_utf8

Level = Literal["city", "locality", "upl"]

CITY = "00"
UNLOCATED = "99"
FOLDER = Path(__file__).resolve().parent.parent / "data" / "territory"
TERRITORY_COLUMNS = ("code", "level", "name", "area_km2", "is_rural", "valid_from", "valid_to")
ALIAS_COLUMNS = ("alias", "code", "seen_in")
NEIGHBOUR_COLUMNS = ("code", "neighbour")
_OUTLINES = {"city": "city.geojson", "locality": "localities.geojson", "upl": "upl.geojson"}


@dataclass(frozen=True)
class Territory:
    """One area.

    `area_km2`: of the city and the localities, IDECA's published area; of the UPL, measured on the published polygon in
    the same plane (EPSG:6247, Bogotá's urban grid). `is_rural`: of the UPL, those of the plan's "Sector Rural".
    `valid_from`: year of the norm that made it.
    """

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
    rows = read_rows(folder / "territories.csv", TERRITORY_COLUMNS)
    try:
        return {row["code"]: _territory(row) for row in rows}
    except ValueError as error:
        fix = "areas are numbers, years are whole"
        raise TerritoryError(str(error), where=str(folder / "territories.csv"), fix=fix) from error


def read_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a table of `data/territory`.

    Raises:
        TerritoryError: no such file, no UTF-8 text, another header, or a row with more or fewer cells.
    """
    reader = csv.DictReader(io.StringIO(read_utf8(path, TerritoryError), newline=""))
    if tuple(reader.fieldnames or ()) != columns:
        found = ",".join(reader.fieldnames or ()) or "empty"
        fix = f"{','.join(columns)} was expected; restore the file"
        raise TerritoryError(f"the header is {found}", where=f"{path}, row 1", fix=fix)
    rows = []
    for row in reader:
        if None in row or None in row.values():
            fix = f"{len(columns)} were expected; was the file cut short?"
            raise TerritoryError("a row of another number of cells", where=f"{path}, row {reader.line_num}", fix=fix)
        rows.append(row)
    return rows


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
    """Code by folded name or alias, within one level: a locality and a UPL may share a name."""
    known = {code: area for code, area in territories(folder).items() if area.level == level}
    rows = read_rows(folder / "aliases.csv", ALIAS_COLUMNS)
    aliases = {folded(row["alias"]): row["code"] for row in rows if row["code"] in known}
    return {folded(area.name): code for code, area in known.items()} | aliases


def locality_code(name: str, folder: Path = FOLDER) -> str:
    """Code of a locality by any accepted spelling.

    Raises:
        TerritoryError: no locality is called so; the nearest name is given.
    """
    return _code(name, "locality", "locality", folder)


def upl_code(name: str, folder: Path = FOLDER) -> str:
    """Code of a local planning unit by any accepted spelling.

    Raises:
        TerritoryError: no unit is called so; the nearest name is given.
    """
    return _code(name, "upl", "local planning unit (UPL)", folder)


def _code(name: str, level: Level, noun: str, folder: Path) -> str:
    names = _names(folder, level)
    try:
        return names[folded(name)]
    except KeyError:
        raise TerritoryError(f"{name!r} is no {noun} of Bogotá", fix=nearest(folded(name), names)) from None


@functools.cache
def neighbours(folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """Localities that share a stretch of border with each locality; meeting in one point is not sharing."""
    pairs = [(row["code"], row["neighbour"]) for row in read_rows(folder / "neighbours.csv", NEIGHBOUR_COLUMNS)]
    return {code: tuple(other for one, other in pairs if one == code) for code, _ in pairs}


def outline_features(level: Level, folder: Path = FOLDER) -> dict[str, Any]:
    """Outlines of a level as a GeoJSON FeatureCollection.

    EPSG:4326; each feature's only property is `code`; outer rings run counter-clockwise (RFC 7946); the members
    `source` and `licence` name the publisher. Read anew at each call, so the caller may change it.
    """
    collection: dict[str, Any] = json.loads((folder / _OUTLINES[level]).read_text(encoding="utf-8"))
    return collection
