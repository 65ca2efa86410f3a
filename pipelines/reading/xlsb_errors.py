"""Which cells of an .xlsb workbook hold a failed formula.

The format is a zip of binary parts made of records: id (1–2 bytes, 7 bits each), length (1–4 bytes, 7 bits each), body.
A row record gives the row of the cells that follow; a cell's body begins with its column and style, 4 bytes each.

Source: [MS-XLSB], records BrtRowHdr (0), BrtCellError (3), BrtFmlaError (11) and BrtBundleSh (156).
"""

from __future__ import annotations

import struct
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

ROW, CELL_ERROR, FORMULA_ERROR, SHEET = 0, 3, 11, 156
CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def xlsb_errors(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Per sheet, (row, column) from 0 → error code as shown in the cell.

    Raises:
        KeyError: a part the workbook names is missing.
        zipfile.BadZipFile: the file is no workbook.
    """
    with ZipFile(path) as archive:
        parts = _relations(archive)
        return {name: _errors(archive.read(parts[link])) for name, link in _sheets(archive.read("xl/workbook.bin"))}


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Id and body of each record."""
    place = 0
    while place < len(content):
        kind, place = _packed(content, place, 2)
        length, place = _packed(content, place, 4)
        yield kind, content[place : place + length]
        place += length


def _packed(content: bytes, place: int, most: int) -> tuple[int, int]:
    value = 0
    for step in range(most):
        byte = content[place + step]
        value |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            break
    return value, place + step + 1


def _errors(content: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    row = 0
    for kind, body in records(content):
        if kind == ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in (CELL_ERROR, FORMULA_ERROR):
            (column,) = struct.unpack_from("<I", body)
            found[(row, column)] = CODES.get(body[8], "#ERROR!")
    return found


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Name and relation of each sheet."""
    for kind, body in records(workbook):
        if kind == SHEET:
            link, place = _text(body, 8)
            yield _text(body, place)[0], link


def _text(body: bytes, place: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, place)
    end = place + 4 + 2 * length
    return body[place + 4 : end].decode("utf-16-le"), end


def _relations(archive: ZipFile) -> dict[str, str]:
    tree = Xml.fromstring(archive.read("xl/_rels/workbook.bin.rels"))  # noqa: S314  # expat limits entities
    targets = {item.get("Id", ""): item.get("Target", "") for item in tree}
    return {link: str(PurePosixPath("/xl") / target).lstrip("/") for link, target in targets.items()}
