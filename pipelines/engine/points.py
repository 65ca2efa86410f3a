"""Coordinates to localities, batch by batch, the same on both engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from pipelines.places import Places


def located(batches: Iterable[pa.RecordBatch], places: Places) -> Iterator[pa.RecordBatch]:
    """Batches with `x` and `y`, in degrees, replaced by `place`; empty outside every area."""
    for batch in batches:
        codes = places.locate(batch.column("x").to_numpy(False), batch.column("y").to_numpy(False))
        kept = [name for name in batch.schema.names if name not in ("x", "y")]
        arrays = [batch.column(name) for name in kept]
        yield pa.RecordBatch.from_arrays([*arrays, pa.array(codes, pa.string())], names=[*kept, "place"])


def located_schema(schema: pa.Schema) -> pa.Schema:
    """The schema of what `located` gives."""
    kept = [item for item in schema if item.name not in ("x", "y")]
    return pa.schema([*kept, pa.field("place", pa.string())])
