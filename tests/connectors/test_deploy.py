from __future__ import annotations

import argparse
import configparser
import shlex
from pathlib import Path

import pytest

from pipelines.capturing import command as capture

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def understood(command: str) -> bool:
    words = shlex.split(command)
    assert words[1:4] == ["-m", "pipelines", "capture"]
    parser = argparse.ArgumentParser()
    capture.add_command(parser.add_subparsers())
    return bool(parser.parse_args(words[3:]).due)


def test_the_service_runs_a_command_that_exists() -> None:
    service = unit("capture.service")["Service"]
    assert understood(service["ExecStart"])
    assert service["ExecStartPost"].endswith("-m pipelines build")
    assert service["ReadWritePaths"] == "/srv/observatory/data"


def test_the_timer_runs_daily_by_the_clock_of_bogota() -> None:
    timer = unit("capture.timer")["Timer"]
    assert timer["OnCalendar"].endswith("America/Bogota")
    assert timer["Persistent"] == "true"


def test_the_cron_line_runs_the_same() -> None:
    line = next(
        line for line in (DEPLOY / "capture.cron").read_text(encoding="utf-8").splitlines() if line[:1].isdigit()
    )
    (
        minute,
        hour,
        *_,
    ) = line.split()
    assert (minute, hour) == ("10", "5")
    first = line.partition("&& ")[2].partition(" ;")[0]
    assert understood(first)


@pytest.mark.parametrize("words", [["--limit-mb", "0"], ["--limit-mb", "many"]])
def test_a_ceiling_is_a_positive_number(words: list[str]) -> None:
    parser = argparse.ArgumentParser()
    capture.add_command(parser.add_subparsers())
    with pytest.raises(SystemExit):
        parser.parse_args(["capture", *words])
