"""Any number of the default edition comes out again, to the last digit, from the figure tables alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
import time
from pathlib import Path

import pytest

from observatory.editions import reads, receipts
from observatory.editions.opening import Edition, open_edition
from pipelines.__main__ import main
from pipelines.build import build
from pipelines.layout import Layout
from pipelines.reproduce import reproduce
from tests.observatories import copy_to, quiet

DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("editions")
    return open_edition(build(dataclasses.replace(Layout.of(), editions=folder), DAY, quiet))


def test_a_thousand_numbers_taken_by_chance_come_out_again(edition: Edition) -> None:
    rows = random.Random(20261123).sample(reads.observations(edition), 1000)
    started = time.perf_counter()
    found = reproduce(Layout.of(), [row[:4] for row in rows], edition, None, quiet)
    assert time.perf_counter() - started < 60
    assert [row[:4] for row in rows if found[row[:4]] != (row.value, row.absence)] == []


def test_the_query_on_a_receipt_gives_the_same_numbers(edition: Edition) -> None:
    for row in random.Random(7).sample(reads.observations(edition), 200):
        again = receipts.recomputed(edition, row)
        assert again is not None
        assert again.value == row.value or row.absence == "quarantined"
        assert (again.numerator, again.denominator) == (row.numerator, row.denominator)


def test_the_query_shown_is_the_query_that_was_run(edition: Edition) -> None:
    row = next(row for row in reads.observations(edition, "homicide_rate") if row.period == "2025")
    text = receipts.bound_sql(row)
    assert "$" not in text
    answer = edition._cursor().execute(text).fetchall()
    assert answer[0][0] == row.value


def test_homicides_of_2025_come_from_the_lines_that_hold_them(edition: Edition) -> None:
    row = next(row for row in reads.observations(edition, "homicide_rate") if row.period == "2025")
    again = receipts.recomputed(edition, row)
    assert again is not None
    numerator = (Layout.of().figures / f"{again.source_id}.csv").read_text(encoding="utf-8").splitlines()
    denominator = (Layout.of().figures / f"{again.denominator_source_id}.csv").read_text(encoding="utf-8").splitlines()
    assert ",00,2025,total,1173," in numerator[again.line - 1]
    assert ",00,2025,total,7942867" in denominator[(again.denominator_line or 0) - 1]


@pytest.fixture
def small(tmp_path: Path) -> Layout:
    layout = copy_to(tmp_path)
    build(layout, DAY, quiet)
    return layout


def test_the_command_prints_the_number(small: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--root", str(small.catalogue.parent), "--quiet", "reproduce", "homicide_rate", "--period", "2025"]
    assert main(asked) == 0
    edition = open_edition(next(small.editions.glob("*.duckdb")))
    row = next(row for row in reads.observations(edition, "homicide_rate") if row[1:4] == ("00", "2025", "total"))
    assert capsys.readouterr().out.strip() == repr(row.value)


def test_a_table_that_changed_since_is_named(small: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    path = small.figures / "deaths.csv"
    lines = path.read_text(encoding="utf-8").rstrip("\n").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    asked = ["--root", str(small.catalogue.parent), "reproduce", "homicide_rate", "--period", "2025"]
    assert main(asked) == 1
    assert "not the one the edition was made of" in capsys.readouterr().err


def test_a_number_that_is_not_there_is_named(small: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(small.catalogue.parent), "reproduce", "homicide_rate", "--period", "1999"]) == 1
    assert "homicide_rate has no period '1999'" in capsys.readouterr().err


def test_from_files_takes_what_has_no_file_from_its_table_and_says_so(
    small: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = tmp_path / "files"
    shutil.copytree(small.figures, files)
    (files / "sdp_population_2025.csv").unlink()
    monkeypatch.setattr("pipelines.rederive.source_ids", lambda: ["deaths"])
    monkeypatch.setattr("pipelines.reproduce._derived", lambda source, folder, _into: folder / f"{source}.csv")
    asked = ["--root", str(small.catalogue.parent), "reproduce", "--period", "2025", "--from", str(files)]
    assert main([*asked, "homicide_rate"]) == 0
    said = capsys.readouterr().out
    assert "sdp_population_2025 has no file to begin with; taken from its table" in said
    assert "deaths has no file" not in said
    assert main([*asked, "--period", "2024", "feels_safe"]) == 1
    assert "typed in by hand have no file to begin with → leave out --from" in capsys.readouterr().err
