"""One measured piece of work in a process of its own: prints seconds, seconds of processor, peak kilobytes, groups.

python benchmarks/cells_work.py engine|bare|polars|pandas|points FILE
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

KEYS = ["locality", "month", "severity"]
FLAGS = ["motorcycle", "bicycle", "pedestrian"]
READ = ["happened", "locality", "severity", *FLAGS, "weight"]
BARE = """
SELECT locality, CAST(date_trunc('month', happened) AS DATE) AS month, severity, count(*) AS records,
    count(*) FILTER (WHERE motorcycle) AS motorcycle, count(*) FILTER (WHERE bicycle) AS bicycle,
    count(*) FILTER (WHERE pedestrian) AS pedestrian, sum(weight) AS weight
FROM '{path}'
GROUP BY ALL
"""


def engine(path: Path) -> Callable[[], int]:
    """This repository's engine, with its reading, checking and ordering."""
    from benchmarks.records import SHAPE
    from pipelines.engine.on_duckdb import Resources, group_on_duckdb
    from pipelines.engine.records import Records

    return lambda: len(group_on_duckdb(Records(str(path), SHAPE), None, Resources(threads=2)).rows)


def bare(path: Path) -> Callable[[], int]:
    """DuckDB alone, its own settings, its own guess of types."""
    import duckdb

    def work() -> int:
        connection = duckdb.connect(config={"threads": 2})
        return len(connection.execute(BARE.format(path=path)).fetchall())

    return work


def polars(path: Path) -> Callable[[], int]:
    """Polars, lazy and streaming."""
    import polars as pl

    def work() -> int:
        scan = pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, try_parse_dates=True)
        if path.suffix == ".csv":
            scan = scan.with_columns(pl.col("locality").cast(pl.String))
        month = pl.col("happened").dt.truncate("1mo").alias("month")
        counts = [pl.len().alias("records"), *(pl.col(flag).sum() for flag in FLAGS), pl.col("weight").sum()]
        grouped = scan.group_by(pl.col("locality"), month, pl.col("severity")).agg(counts)
        return len(grouped.collect(engine="streaming"))

    return work


def pandas(path: Path) -> Callable[[], int]:
    """pandas, the whole file in memory, only the columns that are needed."""
    import pandas as pd

    def work() -> int:
        if path.suffix == ".parquet":
            frame = pd.read_parquet(path, columns=READ)
        else:
            frame = pd.read_csv(path, usecols=READ, parse_dates=["happened"], dtype={"locality": "str"})
        frame["month"] = frame["happened"].dt.to_period("M")
        sums = {"happened": "size"} | dict.fromkeys([*FLAGS, "weight"], "sum")
        return len(frame.groupby(KEYS, observed=True).agg(sums))

    return work


def points(path: Path) -> Callable[[], int]:
    """Localities of points, coordinates read beforehand."""
    import pyarrow.parquet as parquet

    from pipelines.places import known_places

    table = parquet.read_table(path, columns=["x", "y"])
    x, y = table["x"].to_numpy(), table["y"].to_numpy()
    return lambda: len(set(known_places("locality").locate(x, y)))


WORK = {"engine": engine, "bare": bare, "polars": polars, "pandas": pandas, "points": points}


def peak_kilobytes() -> int:
    """Most memory this process held; 0 on Windows, which does not tell it this way. macOS tells it in bytes."""
    if sys.platform == "win32":
        return 0
    else:  # noqa: RET505  # types are checked for each system; only a branch is left out there
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // 1024 if sys.platform == "darwin" else peak


if __name__ == "__main__":
    work = WORK[sys.argv[1]](Path(sys.argv[2]))
    began, busy = time.perf_counter(), time.process_time()
    groups = work()
    seconds = time.perf_counter() - began
    print(seconds, time.process_time() - busy, peak_kilobytes(), groups)
