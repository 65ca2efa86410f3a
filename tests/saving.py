"""Save a table again in another form: the same meaning in other bytes."""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

Rows = list[list[str]]


def as_text(rows: Rows, delimiter: str, line_end: str = "\n") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return buffer.getvalue()


def plain(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))


def save_workbook(path: Path, rows: Rows, banner: int = 0) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(banner):
        sheet.append([f"Alcaldía Mayor de Bogotá, línea {number}"])
    for row in rows:
        sheet.append(row)
    sheet.append([])
    sheet.append(["Fuente: la misma de siempre"])
    book.save(path)
    return path


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _rearranged(rows: Rows) -> Rows:
    """Columns in reverse, headers in capitals without accents, empty rows, a harmless column."""
    header, *body = [list(reversed(row)) for row in rows]
    saved = [["OBJECTID", *(plain(cell).upper() for cell in header)]]
    for number, row in enumerate(body, start=1):
        saved.append([str(number), *row])
        if number % 50 == 0:
            saved.append([""] * (len(row) + 1))
    return saved


FORMS: dict[str, Callable[[Path, Rows], Path]] = {
    "utf8_semicolon": lambda folder, rows: _write(folder / "otro.csv", as_text(rows, ";", "\r\n").encode("utf-8-sig")),
    "cp1252_comma": lambda folder, rows: _write(folder / "otro.csv", as_text(rows, ",").encode("cp1252")),
    "cp850_tab": lambda folder, rows: _write(folder / "otro.tsv", as_text(rows, "\t").encode("cp850")),
    "mac_roman_cr": lambda folder, rows: _write(folder / "otro.csv", as_text(rows, ";", "\r").encode("mac_roman")),
    "utf16_tab": lambda folder, rows: _write(folder / "otro.txt.csv", as_text(rows, "\t").encode("utf-16")),
    "mojibake": lambda folder, rows: _write(folder / "otro.csv", _twice_encoded(as_text(rows, ";"))),
    "workbook": lambda folder, rows: save_workbook(folder / "otro.xlsx", rows, banner=5),
    "workbook_named_csv": lambda folder, rows: save_workbook(folder / "otro.xlsx", rows).rename(folder / "otro.csv"),
    "zipped_with_notes": lambda folder, rows: _zipped(folder / "otro.zip", as_text(rows, ";")),
    "gzipped": lambda folder, rows: _write(folder / "otro.csv", gzip.compress(as_text(rows, ";").encode())),
    "rearranged": lambda folder, rows: _write(folder / "otro.csv", as_text(_rearranged(rows), "|").encode()),
}


def _zipped(path: Path, text: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datos/tabla.csv", text)
        archive.writestr("LÉAME.txt", "Nota metodológica")
    return path


def _twice_encoded(text: str) -> bytes:
    """UTF-8 read as CP1252 and saved as UTF-8; the five bytes CP1252 lacks stay as they are."""
    marks = [bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()]
    return "".join(marks).encode()
