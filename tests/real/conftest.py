"""Tests on the published files themselves.

They are collected only where the files are: the folder `OBSERVATORY_REFERENCE`, by default `../shared/reference` beside
the repository. The first lines of every run say whether they were.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.figures import Parsed, write_accounts, write_figures
from tests.published import REFERENCE, REPOSITORY, parse_once

FIGURES = REPOSITORY / "data" / "figures"


def _notice() -> str:
    if REFERENCE.is_dir():
        return f"published files: {REFERENCE}"
    return f"published files: no folder {REFERENCE}, so tests/real is not collected (set OBSERVATORY_REFERENCE)"


def pytest_report_header() -> str:
    """Where the published files are; shown when pytest is pointed at this folder."""
    return _notice()


def pytest_report_collectionfinish(start_path: Path, config: pytest.Config) -> list[str]:
    """The same for whole runs, where this file is read too late for the header."""
    return [] if _notice_was_in_header(config) else [_notice()]


def _notice_was_in_header(config: pytest.Config) -> bool:
    return any(
        Path(str(argument).partition("::")[0]).resolve().is_relative_to(Path(__file__).parent)
        for argument in config.args
    )


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave this folder's tests out where the published files are not at hand."""
    return None if REFERENCE.is_dir() else True


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of published files."""
    return REFERENCE


@pytest.fixture
def assert_rederives(tmp_path: Path, reference: Path) -> Callable[[str], Parsed]:
    """Call with a source id: parses its published files and compares, cell by cell, with the committed tables.

    Returns what was parsed, for further checks.
    """

    def check(source_id: str) -> Parsed:
        parsed = parse_once(source_id, reference)
        write_figures(parsed.rows, tmp_path / "figures.csv")
        write_accounts(parsed.accounts, tmp_path / "accounts.csv")
        assert _lines(tmp_path / "figures.csv") == _lines(FIGURES / f"{source_id}.csv")
        assert _lines(tmp_path / "accounts.csv") == _lines(FIGURES / "accounts" / f"{source_id}.csv")
        return parsed

    return check


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
