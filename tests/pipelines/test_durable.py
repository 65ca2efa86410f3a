from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipelines.durable import move


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first moves are refused, as Windows does while somebody reads the file; counts down what is left of them."""
    refusals, really = [3], Path.replace

    def replace(self: Path, target: Path) -> Path:
        if refusals[0]:
            refusals[0] -= 1
            raise PermissionError(13, "Access is denied")
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return refusals


def test_on_windows_a_file_that_is_being_read_is_waited_for(
    tmp_path: Path, held: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    (tmp_path / "new").write_text("new", encoding="utf-8")
    (tmp_path / "current").write_text("old", encoding="utf-8")
    move(tmp_path / "new", tmp_path / "current")
    assert held == [0]
    assert (tmp_path / "current").read_text(encoding="utf-8") == "new"


def test_elsewhere_a_refusal_is_told_at_once(tmp_path: Path, held: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(PermissionError):
        move(tmp_path / "new", tmp_path / "current")
    assert held == [2]
