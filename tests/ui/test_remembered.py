"""What a page that a browser kept must fit to be shown again."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from observatory.ui import remembered
from observatory.ui.assets import REPOSITORY


def test_the_stamp_names_the_edition_and_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "newest_id", lambda: "2026-11-23-4f2a9c1")
    assert re.fullmatch(r"2026-11-23-4f2a9c1\.[0-9a-f]{12}", remembered.stamp())
    monkeypatch.setattr(remembered, "newest_id", lambda: None)
    assert remembered.stamp() == ""


@pytest.mark.parametrize(
    ("asof", "shown", "is_begun", "is_kept"),
    [
        (None, "new", False, True),
        (None, "old", False, False),  # the current edition cannot be shown, an older one is
        ("old", "old", False, True),
        (None, "new", True, False),  # a new session would not see the briefing under way
    ],
)
def test_a_page_that_a_new_session_would_not_see_fits_nothing(
    monkeypatch: pytest.MonkeyPatch, asof: str | None, shown: str, is_begun: bool, is_kept: bool
) -> None:
    monkeypatch.setattr(remembered, "newest_id", lambda: "new")
    monkeypatch.setattr(remembered, "is_begun", lambda: is_begun)
    view = SimpleNamespace(page="map", state=SimpleNamespace(asof=asof), book=SimpleNamespace(edition_id=shown))
    told = remembered.drawn(view)  # type: ignore[arg-type]
    assert told == f'["{remembered.stamp() if is_kept else ""}","map",[]]'


def test_no_page_reads_a_clock() -> None:
    """Else the day would have to be part of the stamp; what is late is told as of the edition's day."""
    clock = re.compile(r"date\.today\(|datetime\.now\(|utcnow\(|\btime\.time\(|current_date|\bnow\(\)", re.IGNORECASE)
    files = [path for folder in ("observatory", "pages") for path in (REPOSITORY / folder).rglob("*.*")]
    read = [path for path in files if path.suffix in {".py", ".sql"}]
    assert [path.name for path in read if clock.search(path.read_text(encoding="utf-8"))] == []
