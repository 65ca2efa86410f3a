"""Records to indicator cells: this repository's engine against bare DuckDB, pandas and Polars at the same question.

    make bench-pipelines                          # 20 M and 100 M synthetic records; needs 13 GB of disk
    python tasks.py bench-pipelines --rows 5      # 5 M and 25 M
    python -m benchmarks.pipelines --keep         # leave the synthetic files for the next run

Every measurement is a process of its own, so that its peak memory is its own; DuckDB gets two threads on both sides.
The question is the same for all: records, three flags and the sum of weights by locality, month and category.
Engine and bare DuckDB take turns; the best turn of each counts, for what others do on a machine only ever adds. Where
others are at work the two clocks part: seconds of processor (`busy`) then tell more than those on the clock.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from benchmarks.records import FOLDER, synthetic
from pipelines.engine.records import Format

WORK = Path(__file__).with_name("cells_work.py")
MILLION = 1_000_000
LIMITS = {"bare ratio": 1.3, "peak GB": 1.5, "points seconds": 3.0}


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and of processor (all threads), peak resident gigabytes and groups of one run."""

    seconds: float
    busy: float
    peak_gb: float
    groups: int


def measure(tool: str, path: Path) -> Measured:
    """One run of a tool in its own process."""
    command = [sys.executable, str(WORK), tool, str(path)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{tool} on {path.name}: {done.stderr[-800:]}")
    seconds, busy, kilobytes, groups = done.stdout.split()[-4:]
    return Measured(float(seconds), float(busy), int(kilobytes) / 1e6, int(groups))


def best(runs: list[Measured]) -> Measured:
    """Shortest times, highest memory."""
    seconds, busy = min(run.seconds for run in runs), min(run.busy for run in runs)
    return Measured(seconds, busy, max(run.peak_gb for run in runs), runs[0].groups)


def pair(path: Path, turns: int) -> tuple[Measured, Measured]:
    """The engine and bare DuckDB, taking turns; one run before warms the file for both and does not count."""
    measure("bare", path)
    rounds = [(measure("engine", path), measure("bare", path)) for _ in range(turns)]
    return best([one for one, _ in rounds]), best([other for _, other in rounds])


def line(rows: int, kind: str, tool: str, run: Measured, bare: Measured | None) -> None:
    """One line of the table."""
    ratios = f"{run.seconds / bare.seconds:6.2f} {run.busy / bare.busy:6.2f}" if bare else "     –      –"
    times = f"{run.seconds:8.2f} s {run.busy:8.2f} s busy"
    print(f"{rows // MILLION:>5} M  {kind:8} {tool:8} {times} {ratios} × bare {run.peak_gb:7.2f} GB", flush=True)


def compare(rows: int, kind: Format, others: list[str], turns: int) -> tuple[Measured, Measured]:
    """Everybody on one file."""
    path = synthetic(rows, kind)
    engine, bare = pair(path, turns)
    line(rows, kind, "engine", engine, bare)
    line(rows, kind, "bare", bare, None)
    for tool in others:
        run = measure(tool, path)
        line(rows, kind, tool, run, bare)
        if run.groups != engine.groups:
            raise RuntimeError(f"{tool} finds {run.groups} groups, the engine {engine.groups}")
    return engine, bare


def verdicts(found: dict[tuple[int, str], tuple[Measured, Measured]], small: int, large: int, points: Measured) -> bool:
    """Whether what is to be reached was reached."""
    reached = []
    for (rows, kind), (engine, bare) in found.items():
        ratio = engine.seconds / bare.seconds
        reached.append(ratio <= LIMITS["bare ratio"])
        busy = engine.busy / bare.busy
        print(f"{rows // MILLION} M {kind}: {ratio:.2f} × bare DuckDB, to reach ≤ {LIMITS['bare ratio']} "
              f"({busy:.2f} × its processor time)")  # fmt: skip
    for kind in ("csv", "parquet"):
        peak, growth = found[large, kind][0].peak_gb, found[large, kind][0].seconds / found[small, kind][0].seconds
        reached += [peak < LIMITS["peak GB"], growth < 1.25 * large / small]
        print(f"{kind}: peak {peak:.2f} GB at {large // MILLION} M, to reach < {LIMITS['peak GB']}; "
              f"{large // small} × the records take {growth:.1f} × the time")  # fmt: skip
    reached.append(points.seconds < LIMITS["points seconds"])
    print(f"1 M points to 20 localities: {points.seconds:.2f} s, to reach < {LIMITS['points seconds']}")
    return all(reached)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and remove the synthetic files; 1 when something was not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--rows", type=int, default=20, help="millions of records of the smaller files; the larger: × 5"
    )
    parser.add_argument("--turns", type=int, default=3, help="turns at the smaller files; the larger take one less")
    parser.add_argument("--keep", action="store_true", help="leave the synthetic files")
    options = parser.parse_args(arguments)
    small, large = options.rows * MILLION, 5 * options.rows * MILLION
    found, kinds = {}, get_args(Format)
    try:
        points = best([measure("points", synthetic(MILLION, "parquet")) for _ in range(3)])
        for kind in kinds:
            found[small, kind] = compare(small, kind, ["polars", "pandas"], options.turns)
        for kind in kinds:  # pandas would need more memory than it is worth: five times the line above
            found[large, kind] = compare(large, kind, ["polars"], max(1, options.turns - 1))
        return 0 if verdicts(found, small, large, points) else 1
    finally:
        if not options.keep:
            for path in FOLDER.glob("records-synthetic-*"):
                path.unlink()


if __name__ == "__main__":
    raise SystemExit(main())
