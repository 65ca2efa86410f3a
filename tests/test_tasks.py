import ast
import os
import re
import socket
import subprocess
import sys
import time
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
    (targets,) = [line.partition(" = ")[2].split() for line in lines_of("Makefile") if line.startswith("COMMANDS = ")]
    assert sorted(targets) == sorted(tasks.COMMANDS)


def test_continuous_integration_does_what_a_newcomer_does():
    code = [line for line in lines_of(".ci/run") if line and not line.startswith("#")]
    assert code == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK) or os.name == "nt"


def test_every_test_on_a_real_server_is_where_they_are_collected():
    marked = [path for path in (ROOT / "tests").rglob("*.py") if "mark.servers" in path.read_text(encoding="utf-8")]
    assert len(marked) >= 3
    assert [path for path in marked if not any(path.is_relative_to(ROOT / place) for place in tasks.ASKED)] == []


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
    names = ["requirements-pins.txt", "requirements-scale.txt", "requirements-pygeoapi.txt"]
    pins = [line for name in names for line in lines_of(name) if line and not line.startswith("#")]
    assert len(pins) > 100
    assert all(re.match(r"[a-z0-9][a-z0-9._-]*==[\w.+!]+( ; .+)?$", line) for line in pins)
    assert not re.search(r"https?:|--(index|extra|find)", "\n".join(pins))


def test_everything_that_is_required_is_pinned():
    def names(file):
        rows = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines_of(file)]
        return {row[0].lower().replace("_", "-").replace(".", "-") for row in rows if row}

    asked_for = {"streamlit", "pandas", "plotly", "duckdb", "geopandas", "pydeck", "pytest"}
    assert asked_for <= names("requirements.txt") <= names("requirements-pins.txt")


def test_setup_is_instant_when_nothing_changed(monkeypatch, tmp_path):
    python = Path(sys.executable)
    monkeypatch.setattr(tasks, "python_of", lambda folder: python)
    monkeypatch.setattr(tasks, "VENV", tmp_path)
    stamp = tmp_path / "observatory-requirements-pins"
    stamp.write_text(tasks.fingerprint(python, tasks.PINS), encoding="ascii")
    monkeypatch.setattr(tasks, "call", lambda *_, **__: pytest.fail("ran a command"))
    tasks.setup()


def test_an_environment_is_made_once_for_each_state_of_its_list(monkeypatch, tmp_path):
    installed = []
    monkeypatch.setattr(tasks, "python_of", lambda folder: Path(sys.executable))
    monkeypatch.setattr(tasks, "install", lambda folder, wanted: installed.append(wanted.read_text(encoding="utf-8")))
    wanted = tmp_path / "scale.txt"
    for text in ("pyspark==4.0.5", "pyspark==4.0.5", "pyspark==4.0.6"):
        wanted.write_text(text, encoding="utf-8")
        tasks.prepare(tmp_path, wanted)
    assert installed == ["pyspark==4.0.5", "pyspark==4.0.6"]


def test_an_environment_without_its_python_is_made_again(tmp_path):
    assert tasks.fingerprint(tmp_path / "python", tasks.PINS) == "none"
    assert not tasks.runs(tmp_path / "python")


def test_without_a_new_enough_python_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(tasks.shutil, "which", lambda _: None)
    monkeypatch.setattr(tasks, "new_enough_python", lambda: None)
    with pytest.raises(tasks.Stop, match=r"install Python 3\.11 or newer"):
        tasks.create(ROOT / ".venv")


# ---- Chromium -------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(tasks, "CHROMIUM_PLACES", [])
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
    tasks.apt_install("testing", "chromium")
    assert [words[1] for words in commands] == ["update", "show", "install"]
    assert commands[2][-1] == "chromium"


def test_of_several_packages_the_first_that_this_system_has_is_installed(monkeypatch):
    commands = []

    def call(*words, **_):
        commands.append([str(word) for word in words])
        return int(words[1:] == ("show", "openjdk-17-jre-headless"))

    monkeypatch.setattr(tasks.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(tasks.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(tasks, "call", call)
    tasks.apt_install("testing", "openjdk-17-jre-headless", "openjdk-21-jre-headless")
    assert commands[-1][-1] == "openjdk-21-jre-headless"


@pytest.mark.parametrize(
    ("package", "system", "words"),
    [
        ("chromium", "linux", "`sudo apt-get install chromium`, or set CHROMIUM to its path"),
        ("chromium", "win32", "`winget install Google.Chrome`, or set CHROMIUM to its path"),
        ("openjdk-17-jre-headless", "linux", "`sudo apt-get install openjdk-17-jre-headless`, or set JAVA_HOME"),
        ("openjdk-17-jre-headless", "darwin", "`brew install openjdk@17`, or set JAVA_HOME to its folder"),
        ("openjdk-17-jre-headless", "win32", "`winget install EclipseAdoptium.Temurin.17.JRE`, or set JAVA_HOME"),
        ("python3-venv", "linux", "`sudo apt-get install python3-venv`"),
    ],
)
def test_what_to_install_is_said_for_each_system(monkeypatch, package, system, words):
    monkeypatch.setattr(tasks.sys, "platform", system)
    assert words in tasks.advice(package)


@pytest.mark.parametrize(("code", "installed"), [(0, []), (1, ["libatomic1"])])
def test_what_drives_the_browser_is_installed_where_it_does_not_start(monkeypatch, code, installed):
    packages = []
    monkeypatch.setattr(tasks, "find_chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(tasks, "call", lambda *_, **__: code)
    monkeypatch.setattr(tasks, "apt_install", lambda purpose, *names: packages.extend(names))
    assert tasks.chromium() == {"CHROMIUM": "/usr/bin/chromium"}
    assert packages == installed


# ---- Java -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def java_says(monkeypatch):
    """A machine whose only Java, in /old, tells this version."""

    def says(version):
        told = f"Property settings:\n    java.home = /old\n    java.specification.version = {version}\n"
        monkeypatch.setattr(tasks.shutil, "which", lambda name: "/old/bin/java" if name == "java" else None)
        monkeypatch.setattr(tasks, "JAVA_PLACES", [])
        monkeypatch.delenv("JAVA_HOME", raising=False)
        answer = subprocess.CompletedProcess([], 0, stdout="", stderr=told)
        monkeypatch.setattr(tasks.subprocess, "run", lambda *_, **__: answer)

    return says


@pytest.mark.parametrize("version", ["17", "21"])
def test_a_java_that_spark_runs_on_is_taken(java_says, version):
    java_says(version)
    assert tasks.find_java() == "/old"


@pytest.mark.parametrize("version", ["1.8", "11", "23"])
def test_without_such_a_java_and_without_apt_the_tests_stop(java_says, version):
    java_says(version)
    with pytest.raises(tasks.Stop, match="a Spark cluster needs openjdk-17-jre-headless → install it with"):
        tasks.servers()


def test_a_java_that_is_not_there_is_none():
    assert tasks.java_home("/nowhere/bin/java") is None


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


@pytest.mark.servers
def test_run_again_has_the_dashboard_up_within_five_seconds_beyond_the_start_of_streamlit(capsys):
    port = tasks.free_port()
    bare = [sys.executable, "-m", "streamlit", "run", str(ROOT / "benchmarks" / "ordinary" / "empty.py")]
    options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    again = min(seconds_until_up([sys.executable, str(ROOT / "tasks.py"), "run"], port) for _ in range(3))
    streamlit = min(seconds_until_up([*bare, *options], port) for _ in range(3))
    with capsys.disabled():
        print(f"\nrun again: up after {again:.1f} s; an empty page of Streamlit: {streamlit:.1f} s")
    assert again - streamlit < max(5, 3 * streamlit)  # of a crowded machine, in proportion


def seconds_until_up(command, port):
    """Seconds from the command to its first good answer; the command is ended."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PORT": str(port)}, **quiet) as process:
        while not tasks.answers(f"http://127.0.0.1:{port}/_stcore/health"):
            assert process.poll() is None, f"{command} ended"
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        process.terminate()
    until = time.monotonic() + 30
    while tasks.answers(f"http://127.0.0.1:{port}/_stcore/health"):
        assert time.monotonic() < until, f"{command} left its server behind"
        time.sleep(0.02)
    return seconds
