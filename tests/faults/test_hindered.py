"""A full disk, a folder without rights, a clock set back: a clear error or the right result, and nothing lost."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from observatory.editions.opening import close_edition, current_path, list_editions, open_current
from pipelines.build import build
from pipelines.capturing.captures import Captures, Provenance
from pipelines.clock import Clock
from pipelines.layout import Layout
from tests.faults.work import build_as_nobody, build_with_small_files, change_figure, told_build_at
from tests.observatories import DAY, copy_to, quiet

FIX = "free space or mend the folder's rights, then build again; the edition before is still current"


def told(processes: ForkServerContext, work: Callable[[str, Connection], None], layout: Layout) -> str:
    """What a build in another process answers: the edition's name, or its error."""
    here, there = processes.Pipe()
    process = processes.Process(target=work, args=(str(layout.catalogue.parent), there))
    process.start()
    there.close()
    assert here.poll(60), "no answer"
    answer: str = here.recv()
    process.join(30)
    assert process.exitcode == 0
    return answer


@pytest.fixture
def small_disk(layout: Layout) -> Iterator[bool]:
    """Editions lie on a disk of 6 MB; false where this user may not mount one."""
    layout.editions.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(layout.editions)]
    is_mounted = shutil.which("mount") is not None and subprocess.run(mount, capture_output=True).returncode == 0
    yield is_mounted
    if is_mounted:
        subprocess.run(["umount", str(layout.editions)], check=True)


def test_a_full_disk_is_told_and_the_edition_before_stays(
    layout: Layout, small_disk: bool, processes: ForkServerContext
) -> None:
    before = build(layout, DAY, quiet)
    change_figure(layout, 1)
    if small_disk:
        left = shutil.disk_usage(layout.editions).free - 300_000
        (layout.editions / "filler").write_bytes(b"x" * left)
    answer = told(processes, told_build_at if small_disk else build_with_small_files, layout)
    assert answer.startswith("EditionError: ")
    assert "the edition cannot be written" in answer
    assert answer.endswith(FIX)
    assert current_path(layout.editions) == before
    assert not list(layout.editions.glob(".building*"))


def test_files_that_may_not_grow_are_told_and_the_edition_before_stays(
    layout: Layout, processes: ForkServerContext
) -> None:
    before = build(layout, DAY, quiet)
    change_figure(layout, 1)
    answer = told(processes, build_with_small_files, layout)
    assert answer.startswith("EditionError: ")
    assert "the edition cannot be written" in answer
    assert answer.endswith(FIX)
    assert current_path(layout.editions) == before
    assert not list(layout.editions.glob(".building*"))
    assert told(processes, told_build_at, layout) != before.stem


def test_a_read_only_folder_is_told_and_the_edition_before_stays(
    open_folder: Path, processes: ForkServerContext
) -> None:
    layout = copy_to(open_folder / "observatory")
    shutil.copytree(open_folder / "observatory", open_folder / "observatory-warm")
    before = build(layout, DAY, quiet)
    change_figure(layout, 1)
    for path in (layout.editions, *layout.editions.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    answer = told(processes, build_as_nobody, layout)
    assert answer.startswith("EditionError: ")
    assert "Permission denied" in answer
    assert answer.endswith(FIX)
    assert current_path(layout.editions) == before
    layout.editions.chmod(0o755)
    (layout.editions / ".lock").chmod(0o644)
    assert told(processes, told_build_at, layout) != before.stem


def test_without_any_folder_of_editions_one_is_asked_for(open_folder: Path, processes: ForkServerContext) -> None:
    layout = copy_to(open_folder / "observatory")
    shutil.copytree(open_folder / "observatory", open_folder / "observatory-warm")
    layout.editions.parent.chmod(0o555)
    answer = told(processes, build_as_nobody, layout)
    layout.editions.parent.chmod(0o755)
    assert answer.startswith("EditionError: ")
    assert "Permission denied" in answer


def test_a_clock_set_back_builds_and_points_at_what_was_built_last(layout: Layout) -> None:
    first = build(layout, DAY, quiet)
    change_figure(layout, 1)
    earlier = DAY - dt.timedelta(days=300)  # no cut-off of the figures lies after it
    told_steps: dict[str, str] = {}
    second = build(layout, earlier, lambda step, detail: told_steps.update({step: detail}))
    assert current_path(layout.editions) == second
    assert second.name.startswith(earlier.isoformat())
    assert f"since {first.stem}: 1 figure revised" in told_steps["changes"]
    assert {edition.path for edition in list_editions(layout.editions)} == {first, second}
    edition = open_current(layout.editions)
    assert edition.built_on == earlier
    close_edition(edition)


def test_a_clock_set_back_keeps_the_newest_capture_last(layout: Layout) -> None:
    now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    for number, moment in enumerate((now, now - dt.timedelta(days=4000))):
        store = Captures(layout.captures, Clock(now=lambda moment=moment: moment))  # type: ignore[misc]
        with store.taking("air") as taking:
            (taking.staging / "air.csv").write_text(f"{number}\n", encoding="utf-8")
            taken, is_new = taking.commit(Provenance(connector="file", address="air.csv", licence="not_stated"))
        assert is_new
        assert store.newest("air") == taken


def test_two_builds_of_different_inputs_at_once_both_stand(layout: Layout, processes: ForkServerContext) -> None:
    """The inputs change while the first is at work: each process ends with an edition of what it read."""
    pairs = [processes.Pipe() for _ in range(2)]
    workers = []
    for number, (_, there) in enumerate(pairs):
        change_figure(layout, number)
        worker = processes.Process(target=told_build_at, args=(str(layout.catalogue.parent), there))
        worker.start()
        workers.append(worker)
    answers = [here.recv() for here, _ in pairs if here.poll(60)]
    for worker in workers:
        worker.join(30)
    assert len(answers) == 2
    assert {path.stem for path in layout.editions.glob("*.duckdb")} >= set(answers)
    assert current_path(layout.editions).stem in answers
    assert (layout.editions / ".lock").stat().st_size < 32
