"""How many records a published file holds, counted apart from the source that reads it."""

from __future__ import annotations

import json
from pathlib import Path

from observatory.errors import SourceError
from pipelines.reading.grid import Wanted, grid_of
from pipelines.reading.text import DamagedTextError, damaged_records, read_text
from pipelines.reading.workbook import is_workbook, open_workbook

BOOKS_OF_SHEETS = 3


def records_in(path: Path, wanted: Wanted = ()) -> int | None:
    """Rows below the header, or features of a layer; None where a record is no row (board of a policy, book of sheets).

    Notes and totals below a table are records too: a source excludes them by name. `wanted` columns tell the header.
    """
    suffixes = {suffix.lower() for suffix in path.suffixes}
    if ".parquet" in suffixes:
        import pyarrow.parquet as pq

        return int(pq.read_metadata(path).num_rows)
    if ".zip" in suffixes or ".gpkg" in suffixes:
        import pyogrio

        return int(pyogrio.read_info(path)["features"])
    if ".geojson" in suffixes:
        return len(json.loads(read_text(path))["features"])
    if ".json" in suffixes or (is_workbook(path) and len(open_workbook(path).sheet_names) >= BOOKS_OF_SHEETS):
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
