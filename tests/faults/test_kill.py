"""Two hundred kills at random moments: the current edition stays whole, no capture is lost, a rerun completes."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from observatory.editions import reads
from observatory.editions.opening import close_edition, current_path, open_edition
from pipelines.capturing.captures import is_whole
from pipelines.layout import Layout
from tests.connectors.publisher import Asked, Publisher, Reply
from tests.faults.conftest import Killer
from tests.faults.work import ASKED, BROUGHT, ask_at, bring_at, build_at, change_figure, store_of
from tests.observatories import fixture_edition

BUILDS, BROUGHT_FILES, DOWNLOADS = 60, 70, 70
TELL = "\nkilled {} times ({}): {}"


def value_of(path: Path) -> float | None:
    """The value that tells editions apart, read from an edition whose seal is right."""
    sealed = path.with_suffix(".sha256").read_text(encoding="utf-8").split()[0]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sealed
    edition = open_edition(path)
    try:
        assert reads.about(edition).edition_id == path.stem
        assert len(reads.observations(edition)) == len(reads.observations(fixture_edition()))
        return next(row.value for row in reads.series(edition, "feels_safe", ["00"]) if row.period == "2024")
    finally:
        close_edition(edition)


def assert_nothing_left(layout: Layout) -> None:
    """Only editions, seals, the pointer and the lock file, which nobody holds."""
    names = {path.name for path in layout.editions.iterdir()} - {".lock", "current"}
    assert {Path(name).suffix for name in names} <= {".duckdb", ".sha256"}
    assert not [name for name in names if name.startswith(".")]


def test_builds_killed_at_random_leave_the_current_edition_whole(layout: Layout, processes: ForkServerContext) -> None:
    dice, root = random.Random(20261123), str(layout.catalogue.parent)
    killer = Killer(processes, build_at, root)
    killer.seconds()
    known, longest, number = {0.42, change_figure(layout, 3_000)}, killer.seconds(), 0
    while killer.kills < BUILDS:
        number += 1
        known.add(change_figure(layout, number))
        killer.kill_after(dice.uniform(0, longest))
        assert value_of(current_path(layout.editions)) in known
        if number % 20 == 0:
            last = change_figure(layout, number + 1_000)
            known.add(last)
            killer.seconds()
            assert value_of(current_path(layout.editions)) == last
            assert_nothing_left(layout)
        assert number < 4 * BUILDS, "the work is too short to be ended"
    print(TELL.format(killer.kills, "build", f"{number} builds, the current edition whole after each"))
    assert_a_rerun_gives_what_a_clean_build_gives(killer, layout)


def assert_a_rerun_gives_what_a_clean_build_gives(killer: Killer, layout: Layout) -> None:
    killer.seconds()
    after_kills = current_path(layout.editions)
    told = after_kills.read_bytes()
    for path in layout.editions.iterdir():
        path.unlink()
    killer.seconds()
    assert current_path(layout.editions) == after_kills
    assert after_kills.read_bytes() == told


def assert_captures_whole(root: str, source: str, known: set[str]) -> set[str]:
    """Every capture the lock file lists has its bytes, and none that was ever listed is gone. The hashes."""
    store = store_of(root)
    entries = store.entries(source)
    assert all(is_whole(store.folder(source, entry), entry) for entry in entries)
    listed = {entry.sha256 for entry in entries}
    assert known <= listed
    return listed


def kill_captures(killer: Killer, source: str, times: int, change: Callable[[int], None]) -> str:
    """End captures until it was done so many times; what happened, in words."""
    dice, known, number = random.Random(42), set[str](), 0
    change(0)
    killer.seconds()
    change(-1)
    longest = killer.seconds()
    while killer.kills < times:
        number += 1
        change(number)
        killer.kill_after(dice.uniform(0, longest))
        known = assert_captures_whole(killer.argument, source, known)
        assert number < 10 * times, "the work is too short to be ended"
    killer.seconds()
    known = assert_captures_whole(killer.argument, source, known)
    assert not (store_of(killer.argument).root / source / ".taking").exists()
    return f"{number} runs, {len(known)} captures, all whole"


def test_captures_of_files_killed_at_random_lose_nothing(layout: Layout, processes: ForkServerContext) -> None:
    root = layout.catalogue.parent
    (root / "brought").mkdir()

    def change(number: int) -> None:
        for name in "abcdef":
            (root / "brought" / f"{name}.csv").write_bytes(f"{name};{number}\n".encode() * 20_000)

    killer = Killer(processes, bring_at, str(root))
    told = kill_captures(killer, BROUGHT, BROUGHT_FILES, change)
    print(TELL.format(killer.kills, "capture of files", told))


def test_downloads_killed_at_random_lose_nothing(layout: Layout, processes: ForkServerContext) -> None:
    root, publisher = layout.catalogue.parent, Publisher()
    (root / "address").write_text(f"{publisher.url}/deaths.csv", encoding="utf-8")

    def change(number: int) -> None:
        publisher.routes["/deaths.csv"] = lambda asked: slow(asked, f"year;value\n{number};1\n".encode() * 50_000)

    killer = Killer(processes, ask_at, str(root))
    try:
        told = kill_captures(killer, ASKED, DOWNLOADS, change)
    finally:
        publisher.close()
    print(TELL.format(killer.kills, "download", told))


def slow(asked: Asked, body: bytes) -> Reply:
    """A publisher that thinks before it answers, and knows ranges."""
    time.sleep(0.02)
    mark = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
    headers = {"ETag": mark, "Accept-Ranges": "bytes"}
    wanted = asked.headers.get("range", "")
    if not wanted or asked.headers.get("if-range") != mark:
        return Reply(body, kind="text/csv", headers=headers)
    start = int(wanted.removeprefix("bytes=").rstrip("-"))
    headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return Reply(body[start:], 206, "text/csv", headers)


def test_two_hundred_kills_are_asked_for() -> None:
    assert BUILDS + BROUGHT_FILES + DOWNLOADS == 200


@pytest.mark.parametrize("moment", [0.05, 0.15])
def test_a_build_waiting_for_one_that_is_killed_goes_on(
    layout: Layout, processes: ForkServerContext, moment: float
) -> None:
    root = str(layout.catalogue.parent)
    first = processes.Process(target=build_at, args=(root,))
    second = processes.Process(target=build_at, args=(root,))
    first.start()
    time.sleep(moment)
    second.start()
    time.sleep(moment)
    first.kill()
    first.join(30)
    second.join(60)
    assert second.exitcode == 0
    assert value_of(current_path(layout.editions)) == 0.42
    assert_nothing_left(layout)
