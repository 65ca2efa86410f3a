from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from pipelines.connectors import file
from pipelines.connectors.errors import CaptureError

MEGABYTE = 1 << 20


def folder_of(root: Path, **files: bytes) -> Path:
    origin = root / "brought"
    for name, content in files.items():
        path = origin / name.replace("__", "/").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return origin


def take(origin: Path, target: Path, names: list[str] | None = None, **more: object) -> list[str]:
    file.take(origin, target, names=names or [], ceiling=MEGABYTE, **more)  # type: ignore[arg-type]
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())


def test_a_file_keeps_its_name_or_gets_the_declared_one(tmp_path: Path) -> None:
    origin = folder_of(tmp_path, a_csv=b"1") / "a.csv"
    assert take(origin, tmp_path / "one") == ["a.csv"]
    assert take(origin, tmp_path / "two", known_as="population.csv") == ["population.csv"]


def test_a_folder_gives_the_files_wanted_with_their_paths(tmp_path: Path) -> None:
    origin = folder_of(tmp_path, raw__a_csv=b"1", raw__b_csv=b"2", c_csv=b"3")
    assert take(origin, tmp_path / "out", ["raw/a.csv"]) == ["raw/a.csv"]


def test_a_file_found_elsewhere_in_the_folder_goes_where_it_belongs(tmp_path: Path) -> None:
    origin = folder_of(tmp_path, a_csv=b"1")
    assert take(origin, tmp_path / "out", ["raw/a.csv"]) == ["raw/a.csv"]


def test_a_folder_without_a_list_gives_all_its_visible_files(tmp_path: Path) -> None:
    origin = folder_of(tmp_path, a_csv=b"1", raw__b_csv=b"2")
    (origin / ".DS_Store").write_bytes(b"x")
    assert take(origin, tmp_path / "out") == ["a.csv", "raw/b.csv"]


if sys.platform != "win32":  # where making a link is a right of its own

    def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
        origin = folder_of(tmp_path, a_csv=b"1")
        (tmp_path / "secret").write_text("x", encoding="utf-8")
        (origin / "b.csv").symlink_to(tmp_path / "secret")
        assert take(origin, tmp_path / "out") == ["a.csv"]


def test_a_missing_file_is_told_with_the_nearest(tmp_path: Path) -> None:
    origin = folder_of(tmp_path, poblacion_2024_csv=b"1")
    with pytest.raises(CaptureError, match=r"poblacion_2025\.csv is not there → did you mean 'poblacion_2024\.csv'"):
        take(origin, tmp_path / "out", ["poblacion_2025.csv"])


@pytest.mark.parametrize("name", ["../a.csv", "/etc/passwd"])
def test_a_list_may_not_climb_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaptureError, match=r"climbs out|absolute"):
        take(folder_of(tmp_path, a_csv=b"1"), tmp_path / "out", [name])


def test_nothing_there_empty_and_too_large_are_told(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="no such file or folder"):
        take(tmp_path / "nowhere", tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CaptureError, match="the folder is empty"):
        take(tmp_path / "empty", tmp_path / "out")
    with pytest.raises(CaptureError, match="the file is empty"):
        take(folder_of(tmp_path, a_csv=b""), tmp_path / "out")
    with pytest.raises(CaptureError, match="more than 1 MB"):
        take(folder_of(tmp_path, a_csv=os.urandom(MEGABYTE + 1)), tmp_path / "out")


def test_an_archive_that_is_not_safe_is_not_taken(tmp_path: Path) -> None:
    origin = tmp_path / "a.zip"
    with zipfile.ZipFile(origin, "w") as made:
        made.writestr("../evil", "x")
    with pytest.raises(CaptureError, match="climbs out of its folder"):
        take(origin, tmp_path / "out")
