"""Captures stand for embedded figures, are parsed once, and give the edition a full build gives."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from observatory.editions import reads
from observatory.editions.opening import current_path, open_edition
from pipelines import content, parsed_captures
from pipelines.assemble import Identity, assemble, read_inputs
from pipelines.build import build, close_written, open_for_writing
from pipelines.capturing.captures import Captures, Provenance
from pipelines.clock import Clock
from pipelines.figures import Account, Capture, FigureRow, Parsed, Refused
from pipelines.layout import REPOSITORY, Layout
from tests.observatories import DAY, copy_to, quiet

LOCALITIES = [f"{number:02d}" for number in range(1, 21)]


class Air:
    """Reads the fixture's air from a capture, and counts how often."""

    __name__ = "air"
    FILES = ("air.csv",)
    times = 0

    @classmethod
    def parse(cls, capture: Capture) -> Parsed:
        cls.times += 1
        value = float(capture.path("air.csv").read_text(encoding="utf-8").split()[1])
        rows = [FigureRow("pm25", "00", year, value=value, flag="modelled") for year in ("2024", "2025")]
        rows += [
            FigureRow("pm25", code, year, value=value, flag="modelled")
            for code in LOCALITIES
            for year in ("2024", "2025")
        ]
        refused = [Refused("air", "air.csv", 3, "value", "mil", "number", "write digits")]
        return Parsed(rows, [Account("air.csv", "observed", "used", 1)], refused)


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """An observatory whose source `air` has a module."""
    Air.times = 0
    monkeypatch.setattr(parsed_captures, "_module", lambda _: Air)
    monkeypatch.setattr(content, "_module", lambda _: Path(__file__))
    for place in (content, parsed_captures):
        monkeypatch.setattr(place, "has_module", lambda source_id: source_id == "air")
    return copy_to(tmp_path / "observatory")


def capture(layout: Layout, text: str) -> str:
    store = Captures(layout.captures, Clock(now=lambda: dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    with store.taking("air") as taking:
        (taking.staging / "air.csv").write_text(f"valor\n{text}\n", encoding="utf-8")
        entry, _ = taking.commit(Provenance(connector="file", address="air.csv", licence="not_stated"))
    return entry.sha256


def air_of(path: Path) -> set[float | None]:
    return {row.value for row in reads.series(open_edition(path), "pm25", ["08"])}


def test_the_newest_good_capture_stands_for_the_embedded_figures(layout: Layout) -> None:
    build(layout, DAY, quiet)
    sha256 = capture(layout, "21.5")
    path = build(layout, DAY, quiet)
    assert air_of(path) == {18.5, 21.5}  # 2023 is not in the capture
    edition = open_edition(path)
    row, own = (row for row in reads.captures(edition) if row.source_id == "air")
    assert (row.kind, row.sha256, row.bytes, row.rows) == ("capture", sha256, 11, 42)
    assert row.path == f"data/captures/air/{sha256[:16]}"
    assert (own.kind, own.path, own.rows) == ("embedded", "data/figures/air.csv", 63)
    assert {row.kind for row in reads.captures(edition) if row.source_id != "air"} == {"embedded"}
    assert ("air.csv", 3, "number") in [(row.file, row.row_number, row.rule) for row in reads.rejected(edition, "air")]


def test_an_unchanged_capture_is_not_parsed_again(layout: Layout) -> None:
    capture(layout, "21.5")
    build(layout, DAY, quiet)
    survey = layout.figures / "survey.csv"
    survey.write_text(survey.read_text(encoding="utf-8").replace("0.42,0.38", "0.43,0.38"), encoding="utf-8")
    build(layout, DAY, quiet)
    assert Air.times == 1
    capture(layout, "22.5")
    build(layout, DAY, quiet)
    assert Air.times == 2


def test_a_build_from_kept_parses_is_the_edition_a_full_build_gives(layout: Layout) -> None:
    capture(layout, "21.5")
    build(layout, DAY, quiet)
    capture(layout, "22.5")
    step_by_step = build(layout, DAY, quiet)
    shutil.rmtree(layout.captures / ".cache")
    full = build(replace(layout, editions=layout.editions.with_name("others")), DAY, quiet)
    assert Air.times == 4  # both captures again: the newest is held against the one before
    assert full.name == step_by_step.name
    assert full.read_bytes() == step_by_step.read_bytes()


def test_the_same_bytes_checked_again_make_no_new_edition(layout: Layout) -> None:
    capture(layout, "21.5")
    first = build(layout, DAY, quiet)
    capture(layout, "21.5")
    assert build(layout, DAY, quiet) == first


@pytest.mark.parametrize("text", ["nothing", "250"])
def test_a_capture_that_cannot_be_read_or_breaks_the_contract_gives_way_and_is_told(
    layout: Layout, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from observatory.errors import SourceError

    def parse(capture: Capture) -> Parsed:
        if text == "nothing":
            raise SourceError("no figures", where="air.csv", fix="look at the file")
        return Parsed([FigureRow("pm52", "00", "2025", value=1)], [Account("air.csv", "observed", "used", 1)])

    monkeypatch.setattr(Air, "parse", parse)
    capture(layout, text)
    path = build(layout, DAY, quiet)
    assert 16.5 in air_of(path) or len(air_of(path)) > 1
    told = [row for row in reads.checks(open_edition(path)) if row.check_id == "captures_read"]
    assert [(row.subject, row.status) for row in told] == [("air", "warned")]
    assert "no figures" in told[0].detail or "did you mean 'pm25'?" in told[0].detail


def test_damaged_bytes_are_not_read(layout: Layout) -> None:
    sha256 = capture(layout, "21.5")
    (layout.captures / "air" / sha256[:16] / "air.csv").write_text("valor\n99.5\n", encoding="utf-8")
    assert 99.5 not in air_of(build(layout, DAY, quiet))
    assert Air.times == 0


def test_a_changed_source_gives_byte_for_byte_the_edition_of_a_full_build_elsewhere(layout: Layout) -> None:
    """The full build has a process, a folder and a history of its own: nothing that memory held comes into the file."""
    build(layout, DAY, quiet)
    figures = layout.figures / "air.csv"
    text = figures.read_text(encoding="utf-8")
    figures.write_text(text.replace("pm25,08,2025,total,16.5", "pm25,08,2025,total,17.25"), encoding="utf-8")
    changed = build(layout, DAY, quiet)
    assert 17.25 in air_of(changed)
    elsewhere = copy_to(layout.catalogue.parent.parent / "elsewhere")
    shutil.copy(figures, elsewhere.figures)
    command = [sys.executable, "-m", "pipelines", "--root", str(elsewhere.catalogue.parent), "--quiet", "build"]
    subprocess.run([*command, "--date", DAY.isoformat()], cwd=REPOSITORY, check=True, capture_output=True)
    full = current_path(elsewhere.editions)
    assert full.name == changed.name
    assert full.read_bytes() == changed.read_bytes()
    assert full.with_suffix(".sha256").read_bytes() == changed.with_suffix(".sha256").read_bytes()


def test_no_two_builds_of_the_catalogue_differ_in_a_byte(tmp_path: Path) -> None:
    """The real inputs, with strewn memory between the builds."""
    layout = Layout.of(REPOSITORY)
    inputs, identity, written = read_inputs(layout), Identity("0" * 64, DAY), []
    for name in ("one", "other"):
        path = tmp_path / f"{name}.duckdb"
        connection = open_for_writing(path)
        assemble(connection, layout, inputs, identity, quiet)
        close_written(connection)
        connection.close()
        written.append(path.read_bytes())
        strewn = [os.urandom(size) for size in range(1, 3000)]
        del strewn
    assert written[0] == written[1]
