"""What the script would do on Windows, on macOS and on a bare Linux: the commands, in their order, and what it says."""

import importlib.util
import ntpath
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROME = {
    "linux": "/snap/bin/chromium",
    "darwin": "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "win32": "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
}
JAVA = {"linux": "bin/java", "darwin": "Contents/Home/bin/java", "win32": "bin/java.exe"}
SCRIPTS = {"linux": ".venv/bin", "darwin": ".venv/bin", "win32": ".venv/Scripts"}
EXE = {"linux": "", "darwin": "", "win32": ".exe"}
SYSTEMS = list(EXE)


class Machine:
    """The script in a checkout of its own on another system. What it would run is noted in `ran`; nothing is run."""

    def __init__(self, monkeypatch, folder, system):
        self.monkeypatch, self.system, self.folder = monkeypatch, system, folder / "Observatorio de Bogotá" / "checkout"
        self.programs: dict[str, str] = {}
        self.ran: list[list[str]] = []
        self.refused: tuple[str, ...] = ()
        self.folder.mkdir(parents=True)
        for name in ("tasks.py", "requirements-pins.txt", "requirements-scale.txt", "requirements-pygeoapi.txt"):
            shutil.copy(ROOT / name, self.folder / name)
        for name in ("CHROMIUM", "JAVA_HOME", "PORT", "ADDRESS", "BASE_PATH"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(sys, "platform", system)
        if system == "win32":
            monkeypatch.setattr(os.path, "expandvars", ntpath.expandvars)
            monkeypatch.delattr(os, "geteuid", raising=False)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
        self.tasks = self._script()

    def _script(self):
        spec = importlib.util.spec_from_file_location("tasks_elsewhere", self.folder / "tasks.py")
        assert spec is not None
        assert spec.loader is not None
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.shutil = SimpleNamespace(which=self.programs.get, copy=shutil.copy)
        script.subprocess = SimpleNamespace(run=self.run, Popen=self.start, DEVNULL=subprocess.DEVNULL)
        script.answers = lambda _: True
        script.CHROMIUM_PLACES, script.JAVA_PLACES = [], []
        return script

    def run(self, words, **_):
        """Note a command; one that makes an environment gives it a Python."""
        self.ran.append(self.short(words))
        made = next((Path(word) for word in words if "venv" in words and Path(word).is_absolute()), None)
        python = self.tasks.python_of(Path(words[-1])) if made else None
        if python:
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        told = "    java.home = /java\n    java.specification.version = 17\n" if "-version" in words else ""
        code = int(any(word in self.refused for word in words))
        return subprocess.CompletedProcess(words, code, stdout="Python 3.12.1", stderr=told)

    def start(self, words, **_):
        """Note a server; it ends at once and well."""
        self.ran.append(self.short(words))
        nothing = dict.fromkeys(("wait", "terminate"), lambda: 0)
        return SimpleNamespace(poll=lambda: None, returncode=0, **nothing)

    def short(self, words):
        """A command with this Python as `python` and paths inside the checkout."""
        return [str(word).replace(sys.executable, "python").replace(f"{self.folder}/", "") for word in words]

    def has(self, *names):
        """Programs that are on the path."""
        self.programs.update({name: f"/programs/{name}" for name in names})

    def does(self, command):
        """Run a command of the script; its exit code."""
        return self.tasks.main([command])


@pytest.fixture(params=SYSTEMS)
def machine(request, monkeypatch, tmp_path):
    return Machine(monkeypatch, tmp_path, request.param)


@pytest.fixture
def windows(monkeypatch, tmp_path):
    return Machine(monkeypatch, tmp_path, "win32")


def lines(commands):
    return [" ".join(words) for words in commands]


def test_run_makes_the_environment_builds_and_starts_in_this_order(machine, capsys):
    assert machine.does("run") == 0
    python = f"{SCRIPTS[machine.system]}/python{EXE[machine.system]}"
    assert [line for line in lines(machine.ran) if line != f"{python} --version"] == [
        "python -m ensurepip --version",
        "python -m venv --clear .venv",
        f"{python} -m pip install --quiet -r requirements-pins.txt",
        f"{python} -m observatory.ui.assets",
        f"{python} -m pipelines build",
        f"{python} -m observatory.ui.server",
    ]
    assert "    http://localhost:85" in capsys.readouterr().out


def test_run_again_only_builds_and_starts(machine):
    machine.does("run")
    machine.ran.clear()
    assert machine.does("run") == 0
    assert [words[-1] for words in machine.ran if words[-1] != "--version"] == ["build", "observatory.ui.server"]


def test_with_uv_the_environment_and_its_packages_are_made_by_it(machine):
    machine.has("uv")
    assert machine.does("setup") == 0
    python = f"{SCRIPTS[machine.system]}/python{EXE[machine.system]}"
    made = [line for line in lines(machine.ran) if line.startswith("/programs/uv") and "--version" not in line]
    assert made == [
        "/programs/uv venv --quiet --clear --python python .venv",
        f"/programs/uv pip install --python {python} --quiet -r requirements-pins.txt",
    ]


def test_test_checks_everything_with_the_programs_of_the_environment(machine):
    machine.has("chromium", "java")
    assert machine.does("test") == 0
    place, exe = SCRIPTS[machine.system], EXE[machine.system]
    ran = lines(machine.ran)
    first = next(number for number, line in enumerate(ran) if line.startswith(f"{place}/ruff{exe} check "))
    assert f"{place}/python{exe} -m pipelines build" in ran[:first]
    pygeoapi = machine.tasks.python_of(machine.tasks.PYGEOAPI).relative_to(machine.folder)
    assert f"{pygeoapi} -m pip install --quiet -r requirements-pygeoapi.txt" in ran[:first]
    names = ["ruff", "ruff", "mypy", "mypy", "lint-imports", "python", "python", "python"]
    assert [line.split()[0] for line in ran[first:]] == [f"{place}/{name}{exe}" for name in names]
    assert [line.partition("-m pytest -q -m ")[2].split(" tests/")[0] for line in ran[-3:]] == [
        "not browser and not servers -n 2",
        "servers",
        "browser",
    ]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (
            "chromium",
            {
                "linux": "`sudo apt-get install chromium`",
                "darwin": "`brew install --cask google-chrome`",
                "win32": "`winget install Google.Chrome`",
            },
        ),
        (
            "java",
            {
                "linux": "`sudo apt-get install openjdk-17-jre-headless`",
                "darwin": "`brew install openjdk@17`",
                "win32": "`winget install EclipseAdoptium.Temurin.17.JRE`",
            },
        ),
    ],
)
def test_what_is_missing_is_said_in_one_line_and_nothing_is_tested(machine, capsys, missing, words):
    machine.has(*{"chromium", "java"} - {missing})
    assert machine.does("test") == 1
    said = capsys.readouterr().err
    assert said.startswith("error: testing ")
    assert words[machine.system] in said
    assert said.count("\n") == 1
    assert not any("pytest" in line or "ruff" in line for line in lines(machine.ran))


def test_a_browser_is_found_where_it_usually_is(machine, tmp_path):
    for name in ("HOME", "ProgramFiles(x86)"):
        machine.monkeypatch.setenv(name, str(tmp_path))
    place = CHROME[machine.system].replace("/snap", f"{tmp_path}/snap")
    program = Path(os.path.expandvars(place)).expanduser()  # as each system writes variables
    program.parent.mkdir(parents=True)
    program.touch()
    machine.tasks.CHROMIUM_PLACES = [place, "%Nowhere%/chrome.exe"]
    assert machine.tasks.find_chromium() == str(program)


def test_a_java_that_is_named_by_its_home_is_asked_by_its_file_name(machine):
    machine.monkeypatch.setenv("JAVA_HOME", "/java")
    assert machine.tasks.find_java() == "/java"
    assert machine.ran[-1][0] == f"/java/bin/java{EXE[machine.system]}"


def test_a_java_is_found_where_it_usually_is(machine, tmp_path):
    program = tmp_path / "jvm" / "jdk-17" / JAVA[machine.system]
    program.parent.mkdir(parents=True)
    program.touch()
    machine.tasks.JAVA_PLACES = [f"{tmp_path}/jvm/*/{JAVA[machine.system]}"]
    assert machine.tasks.find_java() == "/java"
    assert machine.ran[-1][0] == str(program)


def test_without_a_new_python_and_without_uv_it_says_what_to_install(machine, capsys):
    machine.monkeypatch.setattr(machine.tasks.sys, "version_info", (3, 9, 6))
    assert machine.does("run") == 1
    assert "install Python 3.11 or newer, or uv" in capsys.readouterr().err
    assert machine.ran == []


def test_a_newer_python_on_the_path_is_taken(machine):
    machine.has("python3.12")
    machine.monkeypatch.setattr(machine.tasks.sys, "version_info", (3, 9, 6))
    assert machine.does("setup") == 0
    assert lines(machine.ran)[1] == "/programs/python3.12 -m venv --clear .venv"


def test_without_a_network_it_says_so(machine, capsys):
    machine.refused = ("requirements-pins.txt", str(machine.folder / "requirements-pins.txt"))
    assert machine.does("run") == 1
    assert "Is there a network?" in capsys.readouterr().err


def test_a_python_for_arm_on_windows_is_refused_with_the_one_to_take(windows, capsys):
    windows.monkeypatch.setattr(windows.tasks.sysconfig, "get_platform", lambda: "win-arm64")
    assert windows.does("run") == 1
    assert "install the 64-bit Python for x64" in capsys.readouterr().err
    assert windows.ran == []


@pytest.mark.parametrize(
    ("address", "base", "url"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8501"),
        ("0.0.0.0", "", "http://127.0.0.1:8501"),
        ("192.168.1.20", "", "http://192.168.1.20:8501"),
        ("::1", "", "http://[::1]:8501"),
        ("127.0.0.1", "/bogota/", "http://127.0.0.1:8501/bogota"),
    ],
)
def test_the_dashboard_is_asked_where_it_listens(windows, address, base, url):
    assert windows.tasks.reached_at(address, 8501, base) == url


def test_what_it_says_goes_through_a_file_that_knows_no_arrows():
    environment = {**os.environ, "PORT": "http", "PYTHONIOENCODING": "cp1252:strict"}
    words = "import tasks; tasks.COMMANDS['run'] = lambda: tasks.say('→ ✓ á') or tasks.free_port(); tasks.main(['run'])"
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.stdout.decode().strip() == "→ ✓ á"
    assert done.stderr.decode().strip() == "error: PORT is 'http' → give a number such as 8501"
