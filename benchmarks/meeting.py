"""Sixty people in a meeting open the same link within five seconds: how long each waits, and whether memory stays flat.

    python -m benchmarks.meeting            # make bench-meeting
    python -m benchmarks.meeting --people 120 --rounds 5

Each person is a session of their own over a websocket (benchmarks/websocket.py). The wait runs from asking for the page
to its last message. The same link is opened by everybody in several rounds; memory is read after each.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl

from benchmarks.serving import Server, dashboard
from benchmarks.websocket import PageError, Reader

LINKS = (
    ("meeting mode", "indicator", "lang=es&ind=homicide_rate&present=1"),
    ("an indicator", "indicator", "lang=es&ind=homicide_rate_jan_aug&loc=08"),
    ("the summary", "overview", "lang=es"),
    ("a map", "map", "lang=es&ind=homicide_rate_jan_aug"),
)
WITHIN = 5.0  # seconds in which everybody opens the link
LIMIT = 2.0  # seconds: 95 of 100 wait less
GROWTH = 40.0  # MiB that memory may grow by from the first round to the last


@dataclass(frozen=True)
class Round:
    """What one round of people waited, in seconds, and what the server held after it, in MiB."""

    waits: list[float]
    failures: list[str]
    memory: float | None

    @property
    def p95(self) -> float:
        """95 of 100 waited less."""
        return statistics.quantiles(self.waits, n=20)[-1] if len(self.waits) > 1 else float("nan")


def gather(server: Server, page: str, query: str, people: int) -> Round:
    """Everybody opens the link, evenly spread over the time; sessions stay open until all have it, as in a room."""
    waits: list[float] = []
    failures: list[str] = []
    everybody = threading.Barrier(people)

    def person(number: int) -> None:
        time.sleep(WITHIN * number / people)
        try:
            with Reader(server.url, page, **dict(parse_qsl(query))) as reader:
                began = time.perf_counter()
                reader.run()
                waits.append(time.perf_counter() - began)
                everybody.wait(timeout=60)
        except (PageError, OSError, TimeoutError, threading.BrokenBarrierError) as error:
            failures.append(f"{type(error).__name__}: {error}")
            everybody.abort()

    crowd = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return Round(waits, failures, server.memory_mib())


def measure(server: Server, people: int, rounds: int) -> bool:
    """Print a table; True when every link holds the limits."""
    print(f"{people} people within {WITHIN:g} s, {rounds} rounds; seconds of server time\n")
    print(f"{'link':16} {'median':>7} {'p95':>7} {'worst':>7} {'memory after each round, MiB':>34}")
    is_good = True
    for name, page, query in LINKS:
        with Reader(server.url, page, **dict(parse_qsl(query))) as presenter:  # who shares the link has it open
            presenter.run()
        found = [gather(server, page, query, people) for _ in range(rounds)]
        failures = [failure for one in found for failure in one.failures]
        if failures:
            print(f"{name:16} {len(failures)} could not see it: {failures[0]}")
            is_good = False
            continue
        waits = [wait for one in found for wait in one.waits]
        p95, held = max(one.p95 for one in found), [one.memory for one in found if one.memory is not None]
        told = " ".join(f"{memory:.0f}" for memory in held)
        print(f"{name:16} {statistics.median(waits):7.3f} {p95:7.3f} {max(waits):7.3f} {told:>34}")
        is_good = is_good and p95 < LIMIT and (not held or held[-1] - held[0] < GROWTH)
    verdict = "held" if is_good else "BROKEN"
    print(f"\nlimits: p95 below {LIMIT:g} s in every round, growth below {GROWTH:g} MiB: {verdict}")
    return is_good


def main() -> int:
    """Measure; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description="Many people open the same link at once.")
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    with dashboard() as server:
        return 0 if measure(server, options.people, options.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
