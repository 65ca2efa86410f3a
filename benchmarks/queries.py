"""How long one series and one map take to read, at 1 M and at 50 M rows.

The rows are **synthetic**: indicators `s000001_synthetic` … over the city, 20 localities and 33 planning units, 120
months each, in files of the schema and order of an edition, kept in `build/bench/`. They measure a machine and say
nothing of Bogotá; no page ever opens them.
"""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from observatory.editions import SCHEMA_VERSION, opening, reads
from observatory.editions.attaching import attach, use
from observatory.editions.opening import Edition

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
SCHEMA = Path(opening.__file__).with_name("schema.sql")
AREAS, MONTHS = 54, 120
BATCH = 200  # indicators sorted and written at a time
SIZES = {"1 M": 1_000_000, "50 M": 50_000_000}
FILL = Path(__file__).with_name("synthetic.sql")


@dataclass(frozen=True)
class Timing:
    """Median milliseconds of the two reads that pages make most, and the rows each brought."""

    rows: int
    series_ms: float
    map_ms: float


def synthetic(rows: int) -> Path:
    """A file of about this many synthetic observations; made once per schema."""
    made_of = SCHEMA.read_bytes() + FILL.read_bytes()
    path = FOLDER / f"synthetic-{rows}-{hashlib.sha256(made_of).hexdigest()[:8]}.duckdb"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.unlink(missing_ok=True)
        _fill(beside, indicators=rows // (AREAS * MONTHS))
        beside.replace(path)
    return path


def _fill(path: Path, indicators: int) -> None:
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false")
    attach(connection, path, "made", "STORAGE_VERSION 'v1.5.0'")
    use(connection, "made")
    connection.execute(SCHEMA.read_text(encoding="utf-8"))
    connection.execute(
        "INSERT INTO edition VALUES ('synthetic', DATE '2026-01-01', 'synthetic', $version)",
        {"version": SCHEMA_VERSION},
    )
    fill = FILL.read_text(encoding="utf-8")
    for first in range(1, indicators + 1, BATCH):
        connection.execute(fill, {"first": first, "last": min(first + BATCH - 1, indicators)})
    connection.execute("CHECKPOINT made")
    connection.close()


def measured(edition: Edition, rows: int, times: int = 60) -> Timing:
    """Read a series and a map of different indicators, over and over."""
    last = rows // (AREAS * MONTHS)
    chosen = [f"s{1 + (number * 7919) % last:06d}_synthetic" for number in range(times)]
    series = _median(chosen, lambda name: len(reads.series(edition, name, ["08"])), MONTHS)
    chart = _median(chosen, lambda name: len(reads.snapshot(edition, name, "2019-06", "upl")), 33)
    return Timing(rows, series, chart)


def _median(names: list[str], read: Callable[[str], int], expected: int) -> float:
    seconds = []
    for name in names:
        started = time.perf_counter()
        found = read(name)
        seconds.append(time.perf_counter() - started)
        if found != expected:
            raise RuntimeError(f"{name}: {found} rows, expected {expected}")
    return statistics.median(seconds) * 1000


def compare(sizes: dict[str, int]) -> dict[str, Timing]:
    """Timings by size; the rounds of the sizes alternate, so that a busy moment hits both."""
    editions = {label: opening.open_edition(synthetic(rows)) for label, rows in sizes.items()}
    for label, edition in editions.items():
        measured(edition, sizes[label], times=10)
    rounds = [{label: measured(editions[label], sizes[label]) for label in sizes} for _ in range(3)]
    return {
        label: Timing(
            sizes[label],
            statistics.median(one[label].series_ms for one in rounds),
            statistics.median(one[label].map_ms for one in rounds),
        )
        for label in sizes
    }
