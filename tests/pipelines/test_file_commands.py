"""The commands on published files, as `python -m pipelines` registers them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
import yaml

from observatory.errors import SourceError
from pipelines.file_commands import add_draft, add_real
from pipelines.layout import Layout


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check")
    check.set_defaults(command=lambda *_: 7)
    add_real(check)
    add_draft(commands)
    options = parser.parse_args(arguments)
    code: int = options.command(options, Layout.of(), None)
    return code


def test_draft_writes_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "casos.csv").write_text("localidad,anio,casos\nUsme,2024,1\nBosa,2024,2\n", encoding="utf-8")
    assert run("draft", str(tmp_path / "casos.csv")) == 0
    assert yaml.safe_load(capsys.readouterr().out)["sources"][0]["reader"]["file"] == "casos.csv"


def test_a_draft_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        run("draft", str(tmp_path / "nada.csv"))


def test_check_real_fails_while_a_file_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "otra.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert run("check", "--real", str(tmp_path)) == 1
    assert "1 files, 0 read and balanced" in capsys.readouterr().out


def test_check_without_a_folder_is_what_it_was() -> None:
    assert run("check") == 7
