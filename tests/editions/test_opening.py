import os
import shutil
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from observatory.editions import reads
from observatory.editions.opening import (
    close_edition,
    current_path,
    list_editions,
    open_by_id,
    open_current,
    open_edition,
)
from observatory.errors import EditionError, EditionFormError
from tests.observatories import DAY, fixture_edition, of_other_schema


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the fixture's edition as the current one."""
    path = fixture_edition().path
    shutil.copy(path, tmp_path / path.name)
    (tmp_path / "current").write_text(f"{path.name}\n", encoding="utf-8")
    return tmp_path


def test_the_current_edition_opens_and_says_which_it_is(folder: Path) -> None:
    edition = open_current(folder)
    assert edition.edition_id == edition.path.stem == reads.about(edition).edition_id
    assert open_current(folder) is edition
    assert open_by_id(edition.edition_id, folder) is edition
    assert [(item.edition_id, item.is_current) for item in list_editions(folder)] == [(edition.edition_id, True)]


def test_an_edition_cannot_be_written_and_other_files_cannot_be_read(folder: Path, tmp_path: Path) -> None:
    cursor = open_current(folder)._cursor()
    for statement in (
        "DELETE FROM observation",
        "CREATE TABLE note (word TEXT)",
        "SET threads = 4",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH '/tmp/elsewhere.duckdb'",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            cursor.execute(statement).fetchall()


def test_threads_read_at_the_same_time(folder: Path) -> None:
    edition, found = open_current(folder), []

    def read() -> None:
        found.extend(len(reads.series(edition, "homicide_rate", ["00", "01"])) for _ in range(20))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [10] * 160


if sys.platform != "win32":  # where nobody replaces a file that is open

    def test_a_file_replaced_in_place_is_read_anew(folder: Path) -> None:
        before = open_current(folder)
        copy = folder / "beside"
        shutil.copy(before.path, copy)
        copy.replace(before.path)
        after = open_current(folder)
        assert after is not before
        assert reads.about(after) == reads.about(fixture_edition())


def test_a_closed_edition_says_so_and_can_be_opened_again(folder: Path) -> None:
    edition = open_current(folder)
    close_edition(edition)
    with pytest.raises(EditionError, match="closed"):
        reads.themes(edition)
    assert reads.themes(open_current(folder))


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def foreign_text(path: Path) -> None:
    path.write_text("not a database\n" * 100, encoding="utf-8")


def foreign_database(path: Path) -> None:
    path.unlink()
    connection = duckdb.connect(str(path))
    connection.execute("CREATE TABLE word (word TEXT)")
    connection.close()


def other_schema(path: Path) -> None:
    path.unlink()
    of_other_schema(path, DAY, 99)


@pytest.mark.parametrize("spoil", [damaged, foreign_text, foreign_database, other_schema])
def test_a_spoiled_file_is_an_error_that_names_what_where_and_the_fix(folder: Path, spoil: object) -> None:
    path = current_path(folder)
    spoil(path)  # type: ignore[operator]
    with pytest.raises(EditionError) as caught:
        reads.themes(open_current(folder))
    assert caught.value.what
    assert caught.value.where == str(path)
    assert "python -m pipelines build" in caught.value.fix


def test_another_form_is_told_from_damage(folder: Path) -> None:
    path = current_path(folder)
    other_schema(path)
    with pytest.raises(EditionFormError):
        open_edition(path)
    damaged(path)
    with pytest.raises(EditionError) as caught:
        reads.themes(open_edition(path))
    assert not isinstance(caught.value, EditionFormError)


def test_after_an_error_a_good_file_opens(folder: Path) -> None:
    path = current_path(folder)
    good = path.read_bytes()
    foreign_text(path)
    with pytest.raises(EditionError):
        open_edition(path)
    path.write_bytes(good)
    assert reads.themes(open_edition(path))


def test_nothing_built_yet_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="no edition was built yet → build one with `python -m pipelines build`"):
        open_current(tmp_path)
    assert list_editions(tmp_path) == []


def test_a_pointer_to_nothing_or_to_elsewhere_is_refused(folder: Path) -> None:
    for name in ("2020-01-01-aaaaaaa.duckdb", "../current", "/etc/passwd"):
        (folder / "current").write_text(name, encoding="utf-8")
        with pytest.raises(EditionError, match="which is no edition here"):
            current_path(folder)


def test_an_unknown_id_names_the_nearest(folder: Path) -> None:
    known = list_editions(folder)[0].edition_id
    with pytest.raises(EditionError, match=f"did you mean '{known}'"):
        open_by_id(known[:-1] + "x", folder)


def test_editions_are_listed_newest_first_and_other_files_are_not(folder: Path) -> None:
    path = current_path(folder)
    older = folder / "2025-01-01-0000000.duckdb"
    shutil.copy(path, older)
    os.utime(older)
    (folder / "notes.duckdb").write_text("x", encoding="utf-8")
    assert [item.path for item in list_editions(folder)] == [path, older]
