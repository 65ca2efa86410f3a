"""Builds and captures in processes of their own, ended at random moments.

A forkserver that has the modules loaded gives a new process in milliseconds, so that two hundred fit into a test.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.layout import Layout
from tests.observatories import copy_to

if TYPE_CHECKING:  # Windows has none, and must read this to know that it leaves these tests out
    from multiprocessing.context import ForkServerContext

PRELOADED = [
    "tests.faults.work",
    "observatory.editions.diff_words",
    "pipelines.assemble",
    "pipelines.capturing.captures",
]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave these tests out where processes cannot be ended so (Windows)."""
    return True if sys.platform == "win32" else None


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return copy_to(tmp_path / "observatory")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="observatory-faults-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


class Killer:
    """Runs a piece of work in its own process, and ends it after a while with a signal nothing can catch."""

    def __init__(self, context: ForkServerContext, work: Callable[[str], None], argument: str) -> None:
        self.context, self.work, self.argument = context, work, argument
        self.kills = 0

    def seconds(self) -> float:
        """How long the work takes when it is left alone; it must end well."""
        process = self.context.Process(target=self.work, args=(self.argument,))
        began = time.perf_counter()
        process.start()
        process.join(120)
        assert process.exitcode == 0
        return time.perf_counter() - began

    def kill_after(self, seconds: float) -> bool:
        """True when the process was still at work and was ended; False when it had finished."""
        process = self.context.Process(target=self.work, args=(self.argument,))
        process.start()
        process.join(seconds)
        was_at_work = process.exitcode is None
        if was_at_work and process.pid is not None:
            with contextlib.suppress(ProcessLookupError):  # it may end by itself in between
                os.kill(process.pid, signal.SIGKILL)
        process.join(30)
        self.kills += process.exitcode == -signal.SIGKILL
        return process.exitcode == -signal.SIGKILL
