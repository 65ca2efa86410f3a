import ast
import os
import re
import socket
import sys
from pathlib import Path

import pytest

import tasks

ROOT = Path(__file__).resolve().parents[1]


def lines_of(name):
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


# ---- the script -----------------------------------------------------------------------------------------------------


def test_it_needs_nothing_but_pythons_own_library():
    tree = ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_an_older_python_can_read_it_and_say_what_is_missing():
    ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_make_offers_exactly_the_commands_of_the_script():
    targets = {match[1] for line in lines_of("Makefile") if (match := re.match(r"([a-z-]+):.*## ", line))}
    assert targets - {"help"} == set(tasks.COMMANDS)


def test_continuous_integration_does_what_a_newcomer_does():
    code = [line for line in lines_of(".ci/run") if line and not line.startswith("#")]
    assert code == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK) or os.name == "nt"


def test_an_unknown_command_lists_the_known_ones(capsys):
    assert tasks.main(["fly"]) == 2
    printed = capsys.readouterr().out
    assert all(name in printed for name in tasks.COMMANDS)


def test_what_a_person_must_mend_is_said_in_a_line(monkeypatch, capsys):
    def stop():
        raise tasks.Stop("port 8501 is taken → choose another")

    monkeypatch.setitem(tasks.COMMANDS, "run", stop)
    assert tasks.main(["run"]) == 1
    assert capsys.readouterr().err == "error: port 8501 is taken → choose another\n"


# ---- the environment ------------------------------------------------------------------------------------------------


def test_pins_are_exact_and_name_no_place():
    pins = [line for line in lines_of("requirements-pins.txt") if line and not line.startswith("#")]
    assert len(pins) > 50
    assert all(re.match(r"[a-z0-9][a-z0-9._-]*==[\w.+!]+( ; .+)?$", line) for line in pins)
    assert not re.search(r"https?:|--(index|extra|find)", "\n".join(pins))


def test_everything_that_is_required_is_pinned():
    def names(file):
        rows = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines_of(file)]
        return {row[0].lower().replace("_", "-").replace(".", "-") for row in rows if row}

    asked_for = {"streamlit", "pandas", "plotly", "duckdb", "geopandas", "pydeck", "pytest"}
    assert asked_for <= names("requirements.txt") <= names("requirements-pins.txt")


def test_setup_is_instant_when_nothing_changed(monkeypatch):
    monkeypatch.setattr(tasks, "is_set_up", lambda: True)
    monkeypatch.setattr(tasks, "call", lambda *_, **__: pytest.fail("ran a command"))
    tasks.setup()


def test_other_pins_make_another_environment(monkeypatch, tmp_path):
    pins = tmp_path / "pins.txt"
    monkeypatch.setattr(tasks, "PINS", pins)
    pins.write_text("duckdb==2.0.0\n", encoding="utf-8")
    first = tasks.fingerprint(sys.executable)
    pins.write_text("duckdb==2.0.1\n", encoding="utf-8")
    assert tasks.fingerprint(sys.executable) != first


def test_without_a_new_enough_python_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(tasks.shutil, "which", lambda _: None)
    monkeypatch.setattr(tasks, "new_enough_python", lambda: None)
    with pytest.raises(tasks.Stop, match=r"install Python 3\.11 or newer"):
        tasks.make_environment()


# ---- Chromium -------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(tasks, "CHROMIUM_PATHS", [])
    monkeypatch.setattr(tasks, "CHROMIUM_NAMES", [])


def test_chromium_is_the_one_that_was_named(monkeypatch, tmp_path):
    program = tmp_path / "chrome"
    program.touch()
    monkeypatch.setenv("CHROMIUM", str(program))
    assert tasks.find_chromium() == str(program)


@pytest.mark.usefixtures("no_chromium")
def test_a_named_chromium_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chrome")
    with pytest.raises(tasks.Stop, match="CHROMIUM names '/nowhere/chrome'"):
        tasks.chromium()


@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_and_without_apt_the_tests_stop(monkeypatch):
    monkeypatch.setattr(tasks.shutil, "which", lambda _: None)
    with pytest.raises(tasks.Stop, match="a real browser needs chromium → install it"):
        tasks.chromium()


@pytest.mark.usefixtures("no_chromium")
def test_apt_is_asked_for_its_list_first(monkeypatch):
    commands = []
    monkeypatch.setattr(tasks.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(tasks.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(tasks, "call", lambda *words, **_: commands.append([str(word) for word in words]) or 0)
    tasks.apt_install("chromium", "testing")
    assert [words[1] for words in commands] == ["update", "install"]
    assert "chromium" in commands[1]


# ---- running --------------------------------------------------------------------------------------------------------


def test_a_failed_build_keeps_the_last_good_edition(monkeypatch, tmp_path, capsys):
    def fail():
        raise tasks.Stop("a row is wrong")

    monkeypatch.setattr(tasks, "setup", lambda: None)
    monkeypatch.setattr(tasks, "build", fail)
    monkeypatch.setattr(tasks, "CURRENT", tmp_path / "current")
    with pytest.raises(tasks.Stop, match="a row is wrong"):
        tasks.build_or_keep()
    (tmp_path / "current").write_text("2026-11-23-4f2a9c1.duckdb\n", encoding="utf-8")
    tasks.build_or_keep()
    said = capsys.readouterr().out
    assert "a row is wrong" in said
    assert "2026-11-23-4f2a9c1" in said


def test_a_taken_port_is_named_with_the_way_out(monkeypatch):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        monkeypatch.setenv("PORT", str(busy.getsockname()[1]))
        with pytest.raises(tasks.Stop, match="is taken → stop what uses it"):
            tasks.free_port()


def test_a_port_that_is_no_number_is_named(monkeypatch):
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(tasks.Stop, match="give a number such as 8501"):
        tasks.free_port()


def test_every_check_runs_and_one_failure_fails_all(capsys):
    steps = [("first", [sys.executable, "-c", "raise SystemExit(3)"]), ("second", [sys.executable, "-c", "pass"])]
    assert tasks.check(steps) == 1
    summary = capsys.readouterr().out.splitlines()[-3:]
    assert re.match(r"\s+first\s+\d+\.\d s  FAILED", summary[0])
    assert re.match(r"\s+second\s+\d+\.\d s  passed", summary[1])


def test_all_passed_is_success():
    assert tasks.check([("only", [sys.executable, "-c", "pass"])]) == 0
