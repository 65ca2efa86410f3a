"""Records that are no table of text, as rows of cells below a header: Parquet, JSON, the attributes of a layer."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from observatory.errors import SourceError
from pipelines.reading.packed import layer_in, unpacked
from pipelines.reading.workbook import Rows, cell_text


def parquet_rows(path: Path) -> Rows:
    """Header and rows of a Parquet file.

    Raises:
        SourceError: the file cannot be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(unpacked(path)))
    except (pa.ArrowInvalid, OSError) as error:
        what = f"no readable Parquet: {str(error).replace(str(path), path.name)}"
        raise SourceError(what, where=path.name, fix="capture it again") from error
    columns = [[cell_text(value) for value in column.to_pylist()] for column in table.columns]
    return [table.column_names, *map(list, zip(*columns, strict=True))]


def layer_rows(path: Path) -> Rows:
    """Header and rows of the attributes of a zipped shapefile or a GeoPackage.

    Raises:
        SourceError: the file cannot be read.
    """
    import pyogrio
    from pyogrio.errors import DataSourceError

    try:
        info, _, _, fields = pyogrio.raw.read(layer_in(path), read_geometry=False)
    except DataSourceError as error:
        raise SourceError(f"no readable layer: {error}", where=path.name, fix="capture it again") from error
    columns = [[cell_text(value) for value in field.tolist()] for field in fields]
    return [list(info["fields"]), *map(list, zip(*columns, strict=True))]


def property_rows(text: str, path: Path) -> Rows:
    """Header and rows of the properties of a GeoJSON's features, or of a list of records.

    Raises:
        SourceError: the JSON is broken, a server's error, or holds no records.
    """
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(f"broken JSON: {error}", where=path.name, fix="capture it again") from error
    records = [_properties(item) for item in _items(content, path)]
    if not all(isinstance(record, dict) for record in records):
        raise SourceError("a list of values, no records", where=path.name, fix="each record names its columns")
    header = list(dict.fromkeys(name for record in records for name in record))
    return [header, *([cell_text(record.get(name)) for name in header] for record in records)]


def _items(content: Any, path: Path) -> list[Any]:
    if isinstance(content, list):
        return content
    for member in ("features", "records"):
        if isinstance(content.get(member), list):
            found: list[Any] = content[member]
            return found
    if "error" in content:
        what = f"the server's error, no data: {str(content['error'])[:120]}"
        raise SourceError(what, where=path.name, fix="capture it again later, or check its address")
    fix = f"features or records were expected; it holds {', '.join(map(str, list(content)[:12])) or 'nothing'}"
    raise SourceError("JSON without a list of records", where=path.name, fix=fix)


def _properties(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return item.get("properties") or item.get("attributes") or item
