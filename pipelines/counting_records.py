"""How many records a published file holds, counted apart from the source that reads it."""

from __future__ import annotations

import io
from pathlib import Path

from observatory.errors import SourceError
from pipelines.reading.grid import Wanted, grid_of
from pipelines.reading.packed import form_of, layer_in, unpacked
from pipelines.reading.text import DamagedTextError, damaged_records
from pipelines.reading.workbook import open_workbook

BOOKS_OF_SHEETS = 3


def records_in(path: Path, wanted: Wanted = ()) -> int | None:
    """Rows below the header, or features of a layer; None where a record is no row (board of a policy, book of sheets).

    Notes and totals below a table are records too: a source excludes them by name. `wanted` columns tell the header.
    """
    held = form_of(path)
    if held == "parquet":
        import pyarrow.parquet as pq

        return int(pq.read_metadata(io.BytesIO(unpacked(path))).num_rows)
    if held in ("shapefile", "geopackage"):
        import pyogrio

        return int(pyogrio.read_info(layer_in(path))["features"])
    is_board = ".json" in {suffix.lower() for suffix in path.suffixes}
    if is_board or (held == "workbook" and not wanted and len(open_workbook(path).sheet_names) >= BOOKS_OF_SHEETS):
        return None
    return _rows(path, wanted)


def _rows(path: Path, wanted: Wanted) -> int | None:
    try:
        grid = grid_of(path, wanted)
    except DamagedTextError:
        return damaged_records(path)
    except SourceError:
        return None
    return len(grid.rows) + grid.notes
