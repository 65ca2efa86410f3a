"""Server time of a rerun: `indicator` and `map` against an empty page and against the same content the ordinary way.

    make bench                            # everything; the first time it makes 50 M synthetic rows, half a minute
    python tasks.py bench --quick         # few reruns, and queries at 1 M rows alone

A rerun is one choice of another indicator, sent over the websocket as a browser sends it; its time runs until the
server says that the script has finished. The servers take turns, so that a busy moment of the machine hits them all.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import queries, serving
from benchmarks.serving import Server
from benchmarks.websocket import Box, Reader, Run

WARMING = 5
TURN = 5  # reruns before the next server takes its turn


@dataclass
class Subject:
    """A page that is measured, with its session and what was measured so far."""

    name: str
    server: Server
    reader: Reader
    box: Box
    runs: list[Run] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    first: Run = field(default_factory=Run)
    _position: int = 0

    def turn(self, times: int) -> None:
        """Choose one indicator after another."""
        before = self.server.cpu_seconds()
        for _ in range(times):
            self._position += 1
            self.runs.append(self.reader.choose(self.box, self.box.options[self._position % len(self.box.options)]))
        after = self.server.cpu_seconds()
        if before is not None and after is not None:
            self.cpu.append((after - before) / times)

    def rerun_ms(self) -> float:
        """Median milliseconds from the choice to the end of the script."""
        return statistics.median(run.seconds for run in self.runs) * 1000

    def script_ms(self) -> float:
        """Median milliseconds from the first message of a run to its last."""
        return statistics.median(run.script_seconds for run in self.runs) * 1000

    def kilobytes(self) -> float:
        """Median size of what a rerun sends."""
        return statistics.median(run.received for run in self.runs) / 1000

    def cpu_ms(self) -> float | None:
        """Mean processor milliseconds of a rerun."""
        return statistics.mean(self.cpu) * 1000 if self.cpu else None


@contextlib.contextmanager
def opened(name: str, server: Server, page: str = "") -> Iterator[Subject]:
    """A session on a page, warmed up."""
    with Reader(server.url, page, lang="es") as reader:
        first = reader.run()
        subject = Subject(name, server, reader, first.boxes[0], first=first)
        subject.turn(WARMING)
        subject.runs.clear()
        subject.cpu.clear()
        yield subject


@contextlib.contextmanager
def subjects(folder: Path) -> Iterator[dict[str, Subject]]:
    """The five pages, each in a process of its own."""
    with contextlib.ExitStack() as stack:
        found = {}
        for name in ("empty", "indicator", "map"):
            server = stack.enter_context(serving.streamlit(serving.ORDINARY / f"{name}.py", folder))
            label = "empty" if name == "empty" else f"ordinary {name}"
            found[label] = stack.enter_context(opened(label, server))
        for name in ("indicator", "map"):
            server = stack.enter_context(serving.dashboard())
            found[name] = stack.enter_context(opened(name, server, name))
        yield found


def table(found: dict[str, Subject]) -> list[str]:
    """The measurements, a line per page."""
    lines = [f"{'page':<20}{'rerun ms':>10}{'script ms':>11}{'CPU ms':>9}{'sent kB':>9}{'first ms':>10}{'RSS MiB':>9}"]
    for subject in found.values():
        cpu, memory = subject.cpu_ms(), subject.server.memory_mib()
        lines.append(
            f"{subject.name:<20}{subject.rerun_ms():>10.1f}{subject.script_ms():>11.1f}{_or_dash(cpu):>9}"
            f"{subject.kilobytes():>9.1f}{subject.first.seconds * 1000:>10.0f}{_or_dash(memory, 0):>9}"
        )
    return lines


def _or_dash(value: float | None, decimals: int = 1) -> str:
    return "–" if value is None else f"{value:.{decimals}f}"


def ratios(found: dict[str, Subject]) -> list[str]:
    """What the comparison comes to."""
    lines = []
    for name in ("indicator", "map"):
        mine, ordinary, empty = found[name], found[f"ordinary {name}"], found["empty"]
        share = mine.rerun_ms() / ordinary.rerun_ms()
        lines.append(f"{name:<10} against the ordinary way  {share:6.2f}   (to reach: 0.25 or less)")
        lines.append(f"{name:<10} against an empty page     {mine.rerun_ms() / empty.rerun_ms():6.2f}")
        lines.append(f"{name:<10} script time               {mine.script_ms():6.1f} ms (to reach: 25 ms or less)")
    return lines


def query_lines(timings: dict[str, queries.Timing]) -> list[str]:
    """Query times on synthetic rows, and how they grow."""
    lines = [
        f"{label:<6} synthetic rows: one series {timing.series_ms:.2f} ms, one map {timing.map_ms:.2f} ms"
        for label, timing in timings.items()
    ]
    if len(timings) == 2:
        small, large = timings.values()
        lines.append(
            f"growth: series {large.series_ms / small.series_ms:.2f}, map {large.map_ms / small.map_ms:.2f} "
            "(to reach: 1.3 or less, and 2 ms or less)"
        )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reruns", type=int, default=60, help="of each page")
    parser.add_argument("--quick", action="store_true", help="few reruns; queries at 1 M rows alone")
    chosen = parser.parse_args()
    reruns = 15 if chosen.quick else chosen.reruns
    print("starting five servers …", flush=True)
    with serving.exported() as folder, subjects(folder) as found:
        for turn in range(reruns // TURN):
            for subject in found.values():
                subject.turn(TURN)
            print(f"  {(turn + 1) * TURN} of {reruns} reruns of each page", flush=True)
        print("\n".join(["", *table(found), "", *ratios(found)]), flush=True)
    sizes = {"1 M": queries.SIZES["1 M"]} if chosen.quick else queries.SIZES
    print("\nreading synthetic rows (made once, in build/bench) …", flush=True)
    print("\n".join(query_lines(queries.compare(sizes))))


if __name__ == "__main__":
    main()
