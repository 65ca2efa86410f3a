"""Reading what publishers publish: encodings, delimiters and decimal commas that recur among the sources."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pandas as pd

from observatory.errors import SourceError

CODE_PAGES = ("cp1252", "cp850", "mac_roman")
DELIMITERS = ";,\t|"
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡°ºª–—“”‘’²³µ")
_LOST = "\ufffd"


def encoding_of(data: bytes) -> str:
    """The encoding of a Spanish text: UTF-8 when valid, else the code page that reads the most Spanish letters.

    Raises:
        SourceError: letters were already destroyed into U+FFFD by an earlier re-save.
    """
    try:
        lost = data.decode("utf-8").count(_LOST)
    except UnicodeDecodeError:
        return max(CODE_PAGES, key=lambda page: _spanish_share(data.decode(page, errors="replace")))
    if lost:
        raise SourceError(f"{lost} letters were destroyed into U+FFFD", fix="capture the file again as published")
    return "utf-8-sig"


def _spanish_share(text: str) -> float:
    marked = [letter for letter in text if not letter.isascii()]
    return sum(letter in _SPANISH for letter in marked) / max(len(marked), 1)


def read_text(path: Path) -> str:
    """The text of a file, plain or `.gz`: encoding detected, byte-order mark removed, line ends as LF."""
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    try:
        text = data.decode(encoding_of(data))
    except SourceError as error:
        raise SourceError(error.what, where=path.name, fix=error.fix) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def delimiter_of(text: str) -> str:
    """The delimiter of a table: whichever appears most in its header."""
    header = text.partition("\n")[0]
    return max(DELIMITERS, key=header.count)


def read_table(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """A delimited file as text cells, nothing guessed; an empty cell is the empty text.

    Args:
        path: the file, plain or `.gz`.
        columns: those to keep, all of which must stand in the header.

    Raises:
        SourceError: a column is missing.
    """
    text = read_text(path)
    header = next(csv.reader(io.StringIO(text), delimiter=delimiter_of(text)))
    missing = [column for column in columns or [] if column not in header]
    if missing:
        raise SourceError(f"no column {missing}", where=path.name, fix=f"the header holds {header}")
    return pd.read_csv(
        io.StringIO(text), sep=delimiter_of(text), dtype=str, keep_default_na=False, usecols=columns, index_col=False
    )


def decimal(text: str) -> float | None:
    """A number written with decimal comma or point, without thousands marks; None for an empty cell."""
    plain = text.strip().replace(",", ".")
    return float(plain) if plain else None
