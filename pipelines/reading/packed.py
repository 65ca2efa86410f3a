"""What a file is, told by its bytes and not by its name, and the table inside a packed one."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Literal

from observatory.errors import SourceError

Form = Literal["text", "workbook", "parquet", "shapefile", "geopackage"]

GREATEST_BYTES = 600_000_000
GZIP, ZIP, OLE, PARQUET, SQLITE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"SQLite format 3"
MARK_BYTES = 16
BOOK_PARTS = frozenset({"[Content_Types].xml", "content.xml"})  # of Office Open XML and of OpenDocument
COMPANIONS = frozenset({".txt", ".md", ".pdf", ".doc", ".docx", ".html", ".htm", ".xml", ".png", ".jpg", ".qmd"})
_BROKEN = (gzip.BadGzipFile, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)


def form_of(path: Path) -> Form:
    """What a file holds, out of its `.gz` or `.zip`.

    Raises:
        SourceError: the archive is broken, locked, or holds several tables.
    """
    try:
        with path.open("rb") as file:
            start = file.read(MARK_BYTES)
        if start.startswith(GZIP):
            with gzip.open(path) as packed:
                start = packed.read(MARK_BYTES)
        if start.startswith(ZIP):
            return _form_of_archive(unpacked(path))
    except _BROKEN as error:
        raise _broken(path, error) from error
    return _form(start)


def unpacked(path: Path) -> bytes:
    """The bytes of a file, out of its `.gz` or `.zip`, if it is packed.

    A workbook and a zipped shapefile are given as they are. Beside its only table an archive may hold texts about it.

    Raises:
        SourceError: the archive is broken, locked, holds several tables or unpacks to more than 600 MB.
    """
    data = path.read_bytes()
    try:
        if data.startswith(GZIP):
            with gzip.open(io.BytesIO(data)) as packed:
                data = _bounded(packed.read(GREATEST_BYTES + 1), path)
        if data.startswith(ZIP):
            data = _bounded(_table_of(data, path), path)
    except _BROKEN as error:
        raise _broken(path, error) from error
    return data


def layer_in(path: Path) -> Path | io.BytesIO:
    """A layer as its readers take it: a GeoPackage by its path, for they know it by its name, others by their bytes."""
    data = unpacked(path)
    return path if data.startswith(SQLITE) and path.suffix.lower() == ".gpkg" else io.BytesIO(data)


def _form(start: bytes) -> Form:
    if start.startswith(OLE):
        return "workbook"
    if start.startswith(PARQUET):
        return "parquet"
    return "geopackage" if start.startswith(SQLITE) else "text"


def _form_of_archive(data: bytes) -> Form:
    if not data.startswith(ZIP):
        return _form(data[:MARK_BYTES])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "workbook" if BOOK_PARTS & set(archive.namelist()) else "shapefile"


def _table_of(data: bytes, path: Path) -> bytes:
    """The only table of an archive; the archive itself where it is a workbook or a shapefile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if BOOK_PARTS & set(archive.namelist()):
            return data
        members = [item for item in archive.infolist() if not item.is_dir() and not _is_hidden(item.filename)]
        if any(_suffix(item) == ".shp" for item in members):
            return data
        tables = [item for item in members if _suffix(item) not in COMPANIONS] or members
        if len(tables) != 1:
            names = [item.filename for item in tables][:5]
            fix = "give the one that holds the table" if tables else "capture it again"
            raise SourceError(f"the archive holds {len(tables)} files: {names}", where=path.name, fix=fix)
        with archive.open(tables[0]) as member:
            return member.read(GREATEST_BYTES + 1)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__")) for part in PurePosixPath(name).parts)


def _suffix(item: zipfile.ZipInfo) -> str:
    return PurePosixPath(item.filename).suffix.lower()


def _bounded(data: bytes, path: Path) -> bytes:
    if len(data) > GREATEST_BYTES:
        raise SourceError(f"unpacks to more than {GREATEST_BYTES} bytes", where=path.name, fix="check what it is")
    return data


def _broken(path: Path, error: Exception) -> SourceError:
    if "password" in str(error):
        return SourceError("the archive is locked by a password", where=path.name, fix="save it without one")
    return SourceError(f"the archive is broken: {error}", where=path.name, fix="capture it again")
