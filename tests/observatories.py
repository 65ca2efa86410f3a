"""A small observatory for tests: the invented catalogue and figures of tests/fixtures, the real outlines."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
import tempfile
from pathlib import Path

from observatory.editions.opening import Edition, open_edition
from pipelines.build import build
from pipelines.layout import REPOSITORY, Layout

FIXTURE = REPOSITORY / "tests" / "fixtures" / "observatory"
DAY = dt.date(2026, 11, 23)


def copy_to(folder: Path) -> Layout:
    """A fresh copy of the fixture that a test may break."""
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    (folder / "data").mkdir()
    (folder / "figures").rename(folder / "data" / "figures")
    shutil.copytree(REPOSITORY / "data" / "territory", folder / "data" / "territory")
    return Layout.of(folder)


def quiet(step: str, detail: str) -> None:
    """Progress that nobody reads."""


@functools.cache
def fixture_edition() -> Edition:
    """The fixture's edition, built once per run."""
    layout = copy_to(Path(tempfile.mkdtemp(prefix="observatory-")) / "fixture")
    return open_edition(build(layout, DAY, quiet))
