"""Files of **synthetic** crash-like records for measuring; see `records.sql`. No page ever opens them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.engine.records import Format, Shape

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
SHAPE = Shape(
    time="happened",
    place="locality",
    category="severity",
    flags={"motorcycle": "motorcycle", "bicycle": "bicycle", "pedestrian": "pedestrian"},
    weight="weight",
)
POINTS = Shape(time="happened", x="x", y="y")


def synthetic(rows: int, kind: Format, folder: Path = FOLDER) -> Path:
    """A file of so many records, `csv` or `parquet`; made once."""
    path = folder / f"records-synthetic-{rows}.{kind}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        _write(rows, beside, kind)
        beside.replace(path)
    return path


def _write(rows: int, path: Path, kind: Format) -> None:
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "memory_limit": "1GB"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET VARIABLE rows = $rows", {"rows": rows})
    records = connection.sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    if kind == "csv":
        records.write_csv(str(path), header=True)
    else:
        records.write_parquet(str(path))
    connection.close()
