from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.capturing import command as capture
from pipelines.capturing import take
from pipelines.capturing.captures import Captures
from pipelines.clock import Clock
from pipelines.layout import Layout
from pipelines.process_lock import only_one
from tests.connectors.publisher import Publisher, Reply

CALENDAR = {"every": "month", "after_days": 0, "again_days": 2}


@pytest.fixture
def declared(publisher: Publisher, tmp_path: Path) -> Path:
    """Two sources of one publisher: a table and a page for each of two days."""

    def record(source: str, **more: Any) -> dict[str, Any]:
        return {
            "source": source,
            "dataset": {"es": source, "en": source},
            "connector": "http",
            "licence": "cc_by_4",
            "calendar": CALENDAR,
            **more,
        }

    table = record(
        "table", url=f"{publisher.url}/a.csv", file="a.csv", expect={"kind": "csv", "columns": ["ANO", "VALOR"]}
    )
    days = record(
        "days",
        url=f"{publisher.url}/day?date={{date}}",
        file="day_{date}.html",
        days={"count": 2, "lag": 1},
        expect={"kind": "html", "contains": "onclick"},
    )
    book = {"schema_version": 1, "private_networks": ["127.0.0.0/8"], "never_requested": [], "addresses": [table, days]}
    path = tmp_path / "addresses.yaml"
    path.write_text(yaml.safe_dump(book), encoding="utf-8")
    publisher.routes["/a.csv"] = Reply(b"ANO;VALOR\n2024;1\n", kind="text/csv", headers={"ETag": '"v1"'})
    publisher.routes["/day"] = lambda asked: Reply(
        f"<html>onclick {asked.query['date']}</html>".encode(), kind="text/html"
    )
    return path


def run(declared: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    capture.add_command(parser.add_subparsers(required=True))
    options = parser.parse_args(["capture", "--addresses", str(declared), *words])
    code: int = options.command(options, Layout.of(declared.parent), None)
    return code


def store(declared: Path) -> Captures:
    return Captures(declared.parent / "data" / "captures", Clock())


def test_every_source_is_taken_and_told(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(declared) == 0
    table, days = store(declared).newest("table"), store(declared).newest("days")
    assert table is not None
    assert days is not None
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["table", "new", table.folder_name, "17", "B"]
    assert table.provenance.licence == "cc_by_4"
    today = Clock().today()
    names = [f"day_{today - dt.timedelta(days=back)}.html" for back in (2, 1)]
    assert [file.name for file in days.files] == names


def test_a_second_run_finds_everything_unchanged(
    declared: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    run(declared)
    publisher.routes["/a.csv"] = lambda asked: Reply(status=304 if asked.headers.get("if-none-match") else 500)
    assert run(declared) == 0
    assert capsys.readouterr().out.count("unchanged") == 2
    assert len(store(declared).entries("table")) == 1


def test_an_error_is_told_and_does_not_keep_the_others(
    declared: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.routes["/a.csv"] = Reply(status=404)
    assert run(declared) == 1
    told = capsys.readouterr()
    assert f"error: table: {publisher.url}/a.csv: the publisher answered 404 Not Found → it moved" in told.err
    assert told.out.startswith("days ")


def test_a_failed_run_leaves_the_earlier_capture(declared: Path, publisher: Publisher) -> None:
    run(declared)
    before = store(declared).newest("table")
    publisher.routes["/a.csv"] = Reply(b"ANO;VALORES\n2024;1\n", kind="text/csv")
    assert run(declared, "table") == 1
    assert store(declared).newest("table") == before


def test_only_what_is_due_is_asked(declared: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(declared, "--due", "table") == 0
    asked = len(publisher.asked)
    assert run(declared, "--due", "table") == 0
    assert len(publisher.asked) == asked
    assert capsys.readouterr().out.endswith("nothing is due\n")


def test_the_list_says_what_is_here_and_what_is_due(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(declared, "table")
    capsys.readouterr()
    assert run(declared, "--list") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("table ")
    assert not first.endswith("due")
    assert "no capture yet" in second
    assert second.endswith("due")


def test_loopback_is_refused_unless_configured_or_allowed(
    declared: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    declared.write_text(declared.read_text(encoding="utf-8").replace("- 127.0.0.0/8", "- 10.0.0.0/8"), encoding="utf-8")
    assert run(declared, "table") == 1
    assert "this very machine" in capsys.readouterr().err
    assert publisher.asked == []
    assert run(declared, "table", "--allow-private") == 0


def test_an_unknown_source_is_told_with_the_nearest(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(declared, "tabel") == 2
    assert "no source 'tabel' has an address → did you mean 'table'?" in capsys.readouterr().err


def test_a_wrong_declaration_is_told(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declared.write_text("schema_version: 1\n", encoding="utf-8")
    assert run(declared) == 2
    assert "addresses.yaml:1: lacks 'private_networks'" in capsys.readouterr().err
    declared.unlink()
    assert run(declared) == 2


def test_the_ceiling_holds(declared: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    publisher.routes["/a.csv"] = Reply(endless=True, kind="text/csv")
    assert run(declared, "table", "--limit-mb", "1") == 1
    assert "more than 1 MB → if it is meant, raise --limit-mb" in capsys.readouterr().err


def test_a_source_somebody_else_is_taking_is_told(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with only_one(store(declared).root / "table" / ".lock"):
        assert run(declared, "table") == 1
    assert "is at work here" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = store(declared).root
    place.parent.mkdir(parents=True)
    place.write_text("in the way", encoding="utf-8")
    assert run(declared, "table") == 1
    told = capsys.readouterr().err
    assert "error: table: " in told
    assert "a folder belongs here, and a file stands here" in told


def test_interrupting_ends_the_command(
    declared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(take, "take_address", interrupt)
    assert run(declared) == 130
    assert "continued by the next run" in capsys.readouterr().err


def test_a_file_somebody_brought_gets_the_declared_name(declared: Path, publisher: Publisher, tmp_path: Path) -> None:
    brought = tmp_path / "Descarga (3).csv"
    brought.write_bytes(b"ANO;VALOR\n2025;2\n")
    assert run(declared, "table", "--from", str(brought)) == 0
    entry = store(declared).newest("table")
    assert entry is not None
    assert [file.name for file in entry.files] == ["a.csv"]
    assert entry.provenance.connector == "file"
    assert entry.provenance.address == "Descarga (3).csv"  # no folder of this machine
    assert publisher.asked == []


def test_a_file_that_is_not_what_is_declared_is_refused(
    declared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brought = tmp_path / "a.csv"
    brought.write_bytes(b"<!DOCTYPE html><html></html>")
    assert run(declared, "table", "--from", str(brought)) == 1
    assert "a web page came where data was expected" in capsys.readouterr().err
    assert run(declared, "table", "--from", str(tmp_path / "nowhere.csv")) == 1


def test_a_source_with_a_module_and_no_address_takes_the_files_its_module_reads(declared: Path, tmp_path: Path) -> None:
    source = "sdsmujer_none"
    assert run(declared, source, "--from", str(tmp_path)) == 2
    source = "sdis_youth_policy"
    names = importlib.import_module(f"pipelines.sources.{source}").FILES
    for name in names:
        path = tmp_path / "brought" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}" if path.suffix == ".json" else b"x")
    (tmp_path / "brought" / "other.txt").write_bytes(b"x")
    catalogue = Path(__file__).resolve().parents[2] / "indicators.yaml"
    shutil.copy(catalogue, tmp_path / "indicators.yaml")
    assert run(declared, source, "--from", str(tmp_path / "brought")) == 0
    entry = store(declared).newest(source)
    assert entry is not None
    assert [file.name for file in entry.files] == sorted(names)
    assert entry.provenance.licence == "not_stated"


def test_from_needs_a_source(declared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(declared, "--from", str(tmp_path)) == 2
    assert "--from needs a SOURCE" in capsys.readouterr().err
    assert run(declared, "table", "--due", "--from", str(tmp_path)) == 2


def test_records_are_held_against_the_declaration(
    publisher: Publisher, declared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = yaml.safe_load(declared.read_text(encoding="utf-8"))
    common = {key: book["addresses"][0][key] for key in ("dataset", "licence", "calendar")}
    common |= {"connector": "ogc_features", "url": publisher.url, "collection": "upl", "file": "upl.geojson"}
    book["addresses"] = [{"source": "upl", **common, "records": 33}, {"source": "none", **common, "collection": "none"}]
    declared.write_text(yaml.safe_dump(book), encoding="utf-8")
    feature = {"type": "Feature", "id": 1, "geometry": None, "properties": {}}
    publisher.routes["/collections/upl/items"] = Reply(json.dumps({"features": [feature]}).encode())
    publisher.routes["/collections/none/items"] = Reply(b'{"features": []}')
    assert run(declared) == 1
    told = capsys.readouterr().err
    assert "error: upl: upl: 1 records, 33 are declared" in told
    assert "error: none: none: the publisher has no records" in told
    assert store(declared).newest("upl") is None


def test_a_layer_somebody_brought_has_to_be_geojson(declared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = yaml.safe_load(declared.read_text(encoding="utf-8"))
    common = {key: book["addresses"][0][key] for key in ("dataset", "licence", "calendar")}
    layer = {"connector": "wfs", "url": "https://example.org/wfs", "type_name": "upl", "file": "upl.geojson"}
    book["addresses"] = [{"source": "upl", **common, **layer}]
    declared.write_text(yaml.safe_dump(book), encoding="utf-8")
    brought = declared.with_name("upl.geojson")
    brought.write_bytes(b'{"type": "Topology"}')
    assert run(declared, "upl", "--from", str(brought)) == 1
    assert "no GeoJSON feature collection" in capsys.readouterr().err
    brought.write_bytes(b'{"type": "FeatureCollection", "features": []}')
    assert run(declared, "upl", "--from", str(brought)) == 0


def test_the_bar_is_silent_in_a_log(capsys: pytest.CaptureFixture[str], declared: Path) -> None:
    run(declared, "table")
    assert capsys.readouterr().err == ""


def test_a_source_of_the_catalogue_is_told_as_the_nearest_and_how_to_bring_it(
    declared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fixture = Path(__file__).resolve().parents[1] / "fixtures" / "observatory" / "indicators.yaml"
    text = fixture.read_text(encoding="utf-8").replace("id: survey\n", "id: park_use\n")
    text = text.replace("source: survey,", "source: park_use,")
    (tmp_path / "indicators.yaml").write_text(text, encoding="utf-8")
    assert run(declared, "park_us", "--from", str(tmp_path)) == 2
    assert "nothing reads a source 'park_us' → did you mean 'park_use'?" in capsys.readouterr().err
    assert run(declared, "park_us") == 2
    assert "did you mean 'park_use'?" in capsys.readouterr().err
    assert run(declared, "park_use") == 2
    told = "no source 'park_use' has an address → bring its file: python -m pipelines capture park_use --from FILE"
    assert told in capsys.readouterr().err
