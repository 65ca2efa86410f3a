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
from collections import Counter
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
CODES: dict[Level, tuple[str, ...]] = {
    "city": (CITY,),
    "locality": tuple(f"{number:02d}" for number in range(1, 21)),
    "upl": tuple(f"UPL{number:02d}" for number in range(1, 34)),
}
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
    """All territories by code, in order of code.

    Raises:
        TerritoryError: the table cannot be read, or its codes are not those of the city, its localities and its UPL.
    """
    path = folder / "territories.csv"
    rows = read_rows(path, TERRITORY_COLUMNS)
    for number, row in enumerate(rows, start=2):
        _check_code(row, f"{path}, row {number}")
    codes = Counter(row["code"] for row in rows)
    for code in (code for known in CODES.values() for code in known if codes[code] != 1):
        what = f"the code {code!r} stands {codes[code]} times" if codes[code] else f"the code {code!r} is not there"
        raise TerritoryError(what, where=str(path), fix="each territory has one row; restore the file")
    try:
        return {row["code"]: _territory(row) for row in rows}
    except ValueError as error:
        fix = "areas are numbers, years are whole"
        raise TerritoryError(str(error), where=str(path), fix=fix) from error


def _check_code(row: dict[str, str], where: str) -> None:
    code, level = row["code"], row["level"]
    if level not in CODES:
        raise TerritoryError(f"{level!r} is no level", where=where, fix=nearest(level, CODES) or ", ".join(CODES))
    if code not in CODES[level]:
        known = CODES[level]
        fix = f"{level}: {known[0]}–{known[-1]}" if len(known) > 1 else f"the code of the {level} is {known[0]}"
        raise TerritoryError(f"{code!r} ({row['name']}) is no code of level {level}", where=where, fix=fix)


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
    others = {name: code for name, code in aliases(folder) if code in known}
    return {folded(area.name): code for code, area in known.items()} | others


@functools.cache
def aliases(folder: Path = FOLDER) -> tuple[tuple[str, str], ...]:
    """Other spellings, folded, each with its code.

    Raises:
        TerritoryError: a code that is no territory, or a spelling that leads elsewhere than an official name or a row
            before; the row is named.
    """
    path, known = folder / "aliases.csv", territories(folder)
    said = {(area.level, folded(area.name)): code for code, area in known.items()}
    found = []
    for number, row in enumerate(read_rows(path, ALIAS_COLUMNS), start=2):
        name, code, where = folded(row["alias"]), row["code"], f"{path}, row {number}"
        if code not in known:
            fix = f"it is {said['locality', name]}" if ("locality", name) in said else "take a code of territories.csv"
            raise TerritoryError(f"{row['alias']!r} leads to {code!r}, which is no territory", where=where, fix=fix)
        first = said.setdefault((known[code].level, name), code)
        if first != code:
            fix = f"{row['alias']!r} is {first} already; mend the code or take the row out"
            raise TerritoryError(f"{row['alias']!r} leads to {code!r}", where=where, fix=fix)
        found.append((name, code))
    return tuple(found)


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
