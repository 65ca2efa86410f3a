"""Captures stand for embedded figures, are parsed once, and give the edition a full build gives."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

import duckdb
import pytest

from observatory.editions import reads
from observatory.editions.opening import open_edition
from observatory.editions.sealing import contents_hash
from pipelines import content, parsed_captures
from pipelines.build import build
from pipelines.captures import Captures, Provenance
from pipelines.clock import Clock
from pipelines.figures import Account, Capture, FigureRow, Parsed, Refused
from pipelines.layout import Layout
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
    kept = contents_hash(step_by_step)
    shutil.rmtree(layout.editions)
    shutil.rmtree(layout.captures / ".cache")
    full = build(layout, DAY, quiet)
    assert Air.times == 3
    assert full.name == step_by_step.name
    assert contents_hash(full) == kept


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


def test_two_full_builds_say_the_same_in_the_same_order(tmp_path: Path) -> None:
    paths = [build(copy_to(tmp_path / name), DAY, quiet) for name in ("one", "other")]
    assert contents_hash(paths[0]) == contents_hash(paths[1])
    seals = [path.with_suffix(".sha256").read_text(encoding="utf-8").splitlines()[1] for path in paths]
    assert seals[0] == seals[1] == f"{contents_hash(paths[0])}  contents"


def test_the_contents_hash_sees_every_value_and_the_order(tmp_path: Path) -> None:
    path = build(copy_to(tmp_path / "observatory"), DAY, quiet)
    before = contents_hash(path)
    connection = duckdb.connect(str(path))
    connection.execute(
        "UPDATE observation SET value = value + 1e-12 WHERE indicator_id = 'pm25' AND territory_code = '08'"
    )
    connection.close()
    assert contents_hash(path) != before
    assert hashlib.sha256(path.read_bytes()).hexdigest() not in path.with_suffix(".sha256").read_text(encoding="utf-8")
