"""A small .xlsb writer, for tests alone: texts, numbers and failed formulas, as [MS-XLSB] has them."""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import ZipFile

Cell = str | float | None
DIVIDED_BY_ZERO = "#DIV/0!"


def write_xlsb(path: Path, sheets: dict[str, list[list[Cell]]]) -> Path:
    """One workbook; the text #DIV/0! becomes a failed formula."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _types(len(sheets)))
        office = f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.bin"/>'
        archive.writestr("_rels/.rels", _relations(office))
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(links))
        archive.writestr("xl/workbook.bin", _workbook(list(sheets)))
        for number, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _sheet(rows))
    return path


def _types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
        for n in range(1, sheets + 1)
    )
    main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.bin" ContentType="{main}"/>{parts}</Types>'
    )


def _relations(inner: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{inner}</Relationships>'


def _record(kind: int, body: bytes = b"") -> bytes:
    code = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(body)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return code + length + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _workbook(names: list[str]) -> bytes:
    bundle = b"".join(
        _record(156, struct.pack("<II", 0, n) + _text(f"rId{n}") + _text(name)) for n, name in enumerate(names, 1)
    )
    return _record(131) + _record(143) + bundle + _record(144) + _record(132)


def _sheet(rows: list[list[Cell]]) -> bytes:
    width = max(len(row) for row in rows)
    size = _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    lines = b"".join(_row(number, row) for number, row in enumerate(rows))
    return _record(129) + size + _record(145) + lines + _record(146) + _record(130)


def _row(number: int, row: list[Cell]) -> bytes:
    head = _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
    return head + b"".join(_cell(column, value) for column, value in enumerate(row) if value is not None)


def _cell(column: int, value: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    if value == DIVIDED_BY_ZERO:
        return _record(3, place + b"\x07")
    return _record(6, place + _text(value)) if isinstance(value, str) else _record(5, place + struct.pack("<d", value))
