"""Reading what publishers publish as a plain table of text; the parts stand beside it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from observatory.errors import SourceError
from pipelines.reading.grid import Form, delimiter_of, grid_of, key_of
from pipelines.reading.text import CODE_PAGES, encoding_of, read_text

__all__ = ["CODE_PAGES", "decimal", "delimiter_of", "encoding_of", "read_table", "read_text"]


def read_table(path: Path, columns: list[str] | None = None, sheet: str | None = None) -> pd.DataFrame:
    """A table of any format as text cells, nothing guessed; an empty cell is the empty text.

    Args:
        path: delimited text (plain or packed), workbook, Parquet or GeoJSON.
        columns: those to keep, all of which must stand in the header; case, accents and order may differ.
        sheet: of a workbook; the largest when none is named.

    Raises:
        SourceError: a column is missing, or a row has more cells than the header.
    """
    grid = grid_of(path, [(name,) for name in columns or []], Form(sheet=sheet))
    width = len(grid.header)
    for row, number in zip(grid.rows, grid.numbers, strict=True):
        if any(cell.strip() for cell in row[width:]):
            raise SourceError(f"{len(row)} cells under a header of {width}", where=f"{path.name}, row {number}")
    keys = [key_of(name) for name in grid.header]
    names = columns or [name for name in grid.header if name]
    places = [keys.index(key_of(name)) for name in names]
    return pd.DataFrame(
        {name: [row[at] if at < len(row) else "" for row in grid.rows] for name, at in zip(names, places, strict=True)},
        dtype="str",
    )


def decimal(text: str) -> float | None:
    """A number written with decimal comma or point, without thousands marks; None for an empty cell."""
    plain = text.strip().replace(",", ".")
    return float(plain) if plain else None
