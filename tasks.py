"""Everything this repository does, as commands: `python tasks.py run`, `python tasks.py test` (`make` calls the same).

Needs nothing but Python's own library, on Linux, macOS and Windows. It is written so that an older Python can still
read it and say what is missing; the Observatory itself needs Python 3.11 or newer.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Step = tuple[str, list[str | Path]]

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PINS = ROOT / "requirements-pins.txt"
SCALE = ROOT / "requirements-scale.txt"
PYGEOAPI = ROOT / "build" / "pygeoapi"  # its wheel brings a package `tests`, which must not stand before ours
CURRENT = ROOT / "data" / "editions" / "current"
WINDOWS = sys.platform == "win32"
OLDEST = (3, 11)
JAVAS = range(17, 23)  # on which Spark 4.0 runs
CHECKED = ["dashboard.py", "tasks.py", "observatory", "pipelines", "pages", "benchmarks", "tests"]
TYPED = ["dashboard.py", "tasks.py", "observatory", "pipelines", "pages", "benchmarks"]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
CHROMIUM_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/snap/bin/chromium",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
    "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
]
JAVA_PLACES = [
    "/usr/lib/jvm/*/bin/java",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java",
    "/opt/homebrew/opt/openjdk*/bin/java",
    "/usr/local/opt/openjdk*/bin/java",
    "%ProgramFiles%/*/j*/bin/java.exe",
]
ADVICE = {
    ("chromium", "darwin"): "brew install --cask google-chrome",
    ("chromium", "win32"): "winget install Google.Chrome",
    ("openjdk-17-jre-headless", "darwin"): "brew install openjdk@17",
    ("openjdk-17-jre-headless", "win32"): "winget install EclipseAdoptium.Temurin.17.JRE",
}
SETTING = {"chromium": "CHROMIUM to its path", "openjdk-17-jre-headless": "JAVA_HOME to its folder"}


class Stop(Exception):  # noqa: N818  # it stops the command; nothing went wrong inside
    """Something a person must mend; the message says what and how."""


def say(text: str) -> None:
    """A line of progress, at once."""
    print(text, flush=True)


@contextlib.contextmanager
def step(name: str):  # type: ignore[no-untyped-def]  # read by older Pythons too
    """Announce a step, say every ten seconds that it goes on, and how long it took."""
    say(f"==> {name}")
    started, done = time.perf_counter(), threading.Event()

    def beat() -> None:
        while not done.wait(10):
            say(f"    {time.perf_counter() - started:.0f} s …")

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield
    finally:
        done.set()
    say(f"    {name}: {time.perf_counter() - started:.1f} s")


def call(*command: str | Path, quiet: bool = False, environment: dict[str, str] | None = None) -> int:
    """Run a command from the repository's folder; its exit code."""
    output = subprocess.DEVNULL if quiet else None
    everything = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env=everything, stdout=output, stderr=output, check=False).returncode


def must(fix: str, *command: str | Path, environment: dict[str, str] | None = None) -> None:
    """Run a command that has to succeed; otherwise stop with what to do."""
    if call(*command, environment=environment) != 0:
        raise Stop(f"failed: {' '.join(str(word) for word in command)}\n    {fix}")


# ---- environment ----------------------------------------------------------------------------------------------------


def program(name: str) -> str:
    """A program's file name on this system."""
    return f"{name}.exe" if WINDOWS else name


def python_of(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / ("Scripts" if WINDOWS else "bin") / program("python")


PYTHON = python_of(VENV)


def new_enough_python() -> str | None:
    """A Python of 3.11 or newer: the one running this, else another on the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    names = [f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1)]
    return next((found for found in map(shutil.which, names) if found), None)


def find_uv() -> str | None:
    """A uv that works; it installs ten times as fast as pip."""
    found = shutil.which("uv")
    return found if found and call(found, "--version", quiet=True) == 0 else None


def runs(python: Path) -> bool:
    """Whether this Python is there, starts and is new enough."""
    return python.exists() and call(python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})", quiet=True) == 0


def fingerprint(python: Path, wanted: Path) -> str:
    """What an environment is made of: a list of exact versions and the Python."""
    if not python.exists():
        return "none"
    version = subprocess.run([str(python), "--version"], capture_output=True, text=True, check=False).stdout
    return hashlib.sha256(wanted.read_bytes() + version.encode() + platform.machine().encode()).hexdigest()


def create(folder: Path) -> None:
    """Create an environment, with uv when it is there."""
    uv, python = find_uv(), new_enough_python()
    if sysconfig.get_platform() == "win-arm64":
        raise Stop("this Python is for ARM, for which not every package is made → install the 64-bit Python for x64")
    if uv:
        must("See the message above.", uv, "venv", "--quiet", "--clear", "--python", python or ">=3.11", folder)
        return
    if python is None:
        raise Stop(
            f"Python {sys.version.split()[0]} is too old → install Python 3.11 or newer, or uv, and run this again"
        )
    if call(python, "-m", "ensurepip", "--version", quiet=True) != 0:
        apt_install("creating a Python environment", "python3-venv")
    must(advice("python3-venv"), python, "-m", "venv", "--clear", folder)


def install(folder: Path, wanted: Path) -> None:
    """Install the exact versions of a list, with uv when it is there."""
    uv, python = find_uv(), python_of(folder)
    if not runs(python) or not (uv or call(python, "-m", "pip", "--version", quiet=True) == 0):  # uv's have no pip
        with step(f"create the environment {folder.relative_to(ROOT)}"):
            create(folder)
    count = sum(1 for line in wanted.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    pip: list[str | Path] = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    hint = "Is there a network? Packages come from the package registry this machine is set up for."
    with step(f"install {count} packages in their exact versions"):
        must(hint, *pip, "--quiet", "-r", wanted)


def prepare(folder: Path, wanted: Path) -> None:
    """See to it that an environment holds a list of exact versions; does nothing when it does."""
    python, stamp = python_of(folder), folder / f"observatory-{wanted.stem}"
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint(python, wanted):
        return
    install(folder, wanted)
    if wanted == PINS:
        with step("compress the frontend, once"):
            must("See the message above.", python, "-m", "observatory.ui.assets")
    stamp.write_text(fingerprint(python, wanted), encoding="ascii")


def setup() -> None:
    """Environment, packages, compressed frontend; does nothing when they are as they should be."""
    prepare(VENV, PINS)


def pins() -> None:
    """Write requirements-pins.txt anew from requirements.txt; `--upgrade` takes newer versions of everything."""
    uv = find_uv()
    if uv is None:
        raise Stop("refreshing the pins needs uv → https://docs.astral.sh/uv/")
    head = [line for line in PINS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    flags = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest", *sys.argv[2:]]
    plain = ["--quiet", "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / PINS.name
        shutil.copy(PINS, written)  # uv keeps the versions it finds there
        fix = "uv could not resolve requirements.txt; see above"
        must(fix, uv, "pip", "compile", "requirements.txt", *flags, *plain, "--output-file", written)
        PINS.write_text("\n".join(head) + "\n" + written.read_text(encoding="utf-8"), encoding="utf-8")
    say(f"    {PINS.name} written; `git diff {PINS.name}` shows what changed")


# ---- system packages ------------------------------------------------------------------------------------------------


def apt_install(purpose: str, *packages: str) -> None:
    """Install the first of these that this Debian or Ubuntu has, where that is allowed without a password.

    Raises:
        Stop: it is not allowed, or fails; with what to do.
    """
    fix = f"{purpose} needs {packages[0]} → {advice(packages[0])}"
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    may_sudo = sudo is not None and call(sudo, "-n", "true", quiet=True) == 0
    if apt is None or not (is_root or may_sudo):
        raise Stop(fix)
    prefix = [] if is_root else [str(sudo), "-n"]
    silent = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"install {packages[0]} (apt-get)"):
        must(fix, *prefix, apt, "update", "-q", environment=silent)
        known = [name for name in packages if call("apt-cache", "show", name, quiet=True) == 0]
        chosen = (known or list(packages))[0]
        must(fix, *prefix, apt, "install", "-y", "-q", "--no-install-recommends", chosen, environment=silent)


def advice(package: str) -> str:
    """How to get a package on this system, in one line."""
    command = ADVICE.get((package, sys.platform), f"sudo apt-get install {package}")
    return f"install it with `{command}`" + (f", or set {SETTING[package]}" if package in SETTING else "")


def usual_places(patterns: list[str]) -> list[str]:
    """The files that are where a program usually is."""
    paths = [Path(os.path.expandvars(pattern)).expanduser() for pattern in patterns]
    whole = [path for path in paths if path.is_absolute()]
    found = [sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor)))) for path in whole]
    return [str(path) for group in found for path in group if path.is_file()]


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome: $CHROMIUM, the path, the usual places."""
    told = os.environ.get("CHROMIUM")
    if told and shutil.which(told) is None and not Path(told).is_file():
        raise Stop(f"CHROMIUM names {told!r}, which is not there → correct it or unset it")
    on_path = [shutil.which(name) for name in CHROMIUM_NAMES]
    return next((found for found in [told, *on_path, *usual_places(CHROMIUM_PLACES)] if found), None)


def java_home(java: str) -> str | None:
    """Home of this Java when Spark runs on it."""
    asked = [java, "-XshowSettings:properties", "-version"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, errors="replace", check=False).stderr
    except OSError:
        return None
    said = dict(re.findall(r"^\s+(java\.[a-z.]+) = (.+?)\s*$", told, re.MULTILINE))
    version = said.get("java.specification.version", "0").split(".")[0]  # that of Java 8 is 1.8
    return said.get("java.home") if int(version) in JAVAS else None


def find_java() -> str | None:
    """Home of a Java for Spark: $JAVA_HOME, the path, the usual places."""
    told = os.environ.get("JAVA_HOME")
    named = str(Path(told) / "bin" / program("java")) if told else None
    known = [java for java in [named, shutil.which("java"), *usual_places(JAVA_PLACES)] if java]
    return next((home for home in map(java_home, known) if home), None)


def installed(find: Callable[[], str | None], purpose: str, *packages: str) -> str:
    """What `find` finds, installed first where that is allowed."""
    if find() is None:
        apt_install(purpose, *packages)
    found = find()
    if found is None:
        raise Stop(f"{purpose} needs {packages[0]} → {advice(packages[0])}")
    return found


def chromium() -> dict[str, str]:
    """The Chromium that the tests drive, for their environment."""
    found = installed(find_chromium, "testing in a real browser", "chromium", "chromium-browser")
    if call(PYTHON, "-m", "playwright", "--version", quiet=True) != 0:  # the Node it brings
        apt_install("driving a browser", "libatomic1")
    return {"CHROMIUM": found}


def servers() -> dict[str, str]:
    """What tests on real servers need, for their environment: PySpark, Java, pygeoapi in an environment of its own."""
    packages = ["openjdk-17-jre-headless", "openjdk-21-jre-headless"]
    home = installed(find_java, "testing on a Spark cluster", *packages)
    prepare(VENV, SCALE)
    prepare(PYGEOAPI, ROOT / "requirements-pygeoapi.txt")
    return {"JAVA_HOME": home, "PYGEOAPI_PYTHON": str(python_of(PYGEOAPI))}


# ---- the dashboard --------------------------------------------------------------------------------------------------


def build() -> None:
    """The edition that the pages read, from the embedded figures; no network."""
    setup()
    with step("build the edition"):
        must("`python -m pipelines check` names file, row and rule.", PYTHON, "-m", "pipelines", "build")


def build_or_keep() -> None:
    """Build; when that fails and an earlier edition is there, say so and go on with it."""
    setup()
    try:
        build()
    except Stop as stop:
        if not CURRENT.exists():
            raise
        say(f"    {stop}\n    The last good edition is shown: {CURRENT.read_text(encoding='utf-8').strip()}")


def free_port() -> int:
    """$PORT, or the first free port from 8501 on."""
    told = os.environ.get("PORT", "")
    if told and not told.isdigit():
        raise Stop(f"PORT is {told!r} → give a number such as 8501")
    candidates = [int(told)] if told else list(range(8501, 8601))
    for port in candidates:
        with socket.socket() as probe:
            probe.settimeout(0.3)  # Windows tries a closed port again and again for two seconds
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise Stop(f"port {candidates[0]} is taken → stop what uses it, or choose another: PORT=8600 python tasks.py run")


def run() -> int:
    """Environment, edition, dashboard; prints the address and stays until Ctrl+C."""
    build_or_keep()
    port, address = free_port(), os.environ.get("ADDRESS") or "127.0.0.1"
    started, url = time.perf_counter(), reached_at(address, port, os.environ.get("BASE_PATH", ""))
    say("==> start the dashboard")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # `kill` ends the dashboard too, as Ctrl+C does
    environment = {**os.environ, "PYTHONUTF8": "1", "PORT": str(port), "ADDRESS": address}
    server = subprocess.Popen([str(PYTHON), "-m", "observatory.ui.server"], cwd=ROOT, env=environment)
    try:
        wait_until_up(server, url)
        shown = url.replace("//127.0.0.1", "//localhost")
        say(f"    up after {time.perf_counter() - started:.1f} s\n\n    {shown}\n\n    Ctrl+C stops it.")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()


def reached_at(address: str, port: int, base: str) -> str:
    """Where this machine reaches a dashboard that listens at `address`, below the folder `base`."""
    host = "127.0.0.1" if address in {"0.0.0.0", "::", "localhost"} else address
    below = base.strip("/")
    return f"http://{f'[{host}]' if ':' in host else host}:{port}" + (f"/{below}" if below else "")


def wait_until_up(server: subprocess.Popen[bytes], url: str) -> None:
    """Return when the dashboard answers.

    Raises:
        Stop: it ended or stayed silent for a minute.
    """
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.poll() is not None:
            raise Stop(f"the dashboard ended with code {server.returncode} → the lines above say why")
        if answers(f"{url}/_stcore/health"):
            return
        time.sleep(0.05)
    raise Stop("the dashboard did not answer within a minute → the lines above say why")


def answers(address: str) -> bool:
    """Whether there is a good answer at this address."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


# ---- checks ---------------------------------------------------------------------------------------------------------


def tool(name: str) -> Path:
    """A program of the environment."""
    return PYTHON.with_name(program(name))


MYPY: list[str | Path] = [tool("mypy"), "--platform"]
LINT: list[Step] = [
    ("lint", [tool("ruff"), "check", *CHECKED]),
    ("format", [tool("ruff"), "format", "--check", "--quiet", *CHECKED]),
    ("types", [*MYPY, "linux", *TYPED]),
    ("types on Windows", [*MYPY, "win32", "--cache-dir", ".mypy_cache/windows", *TYPED]),
    ("import contracts", [tool("lint-imports"), "--no-logo"]),
]
ASKED = ["tests/scale", "tests/connectors", "tests/test_tasks.py"]
PYTEST: list[str | Path] = [PYTHON, "-m", "pytest", "-q", "-m"]
UNIT: list[Step] = [("unit, property and page tests", [*PYTEST, "not browser and not servers", "-n", "2"])]
SERVERS: list[Step] = [("tests on real servers", [*PYTEST, "servers", *ASKED])]
BROWSER: list[Step] = [("browser tests", [*PYTEST, "browser"])]


def check(steps: list[Step], environment: dict[str, str] | None = None) -> int:
    """Run every step, whatever fails, and sum up; non-zero when one failed."""
    results: list[tuple[str, float, bool]] = []
    for name, command in steps:
        started = time.perf_counter()
        say(f"==> {name}")
        passed = call(*command, environment=environment) == 0
        results.append((name, time.perf_counter() - started, passed))
        say(f"    {name}: {results[-1][1]:.1f} s, {'passed' if passed else 'FAILED'}")
    width = max(len(name) for name, _, _ in results)
    say("")
    for name, seconds, passed in results:
        say(f"    {name:<{width}}  {seconds:6.1f} s  {'passed' if passed else 'FAILED'}")
    say(f"    {'all':<{width}}  {sum(seconds for _, seconds, _ in results):6.1f} s")
    return 0 if all(passed for _, _, passed in results) else 1


def test() -> int:
    """Everything: lint, types, contracts, unit, property and page tests, real servers, a real browser."""
    build()
    return check([*LINT, *UNIT, *SERVERS, *BROWSER], {**chromium(), **servers()})


def lint() -> int:
    """Lint, format, types and import contracts."""
    setup()
    return check(LINT)


def unit() -> int:
    """Unit, property and page tests."""
    build()
    return check(UNIT)


def browser() -> int:
    """Tests in a real browser."""
    build()
    return check(BROWSER, chromium())


def test_scale() -> int:
    """Tests on real servers: a Spark cluster of two workers, pygeoapi, the dashboard by `run`."""
    build()
    return check(SERVERS, servers())


# ---- measurements and pictures --------------------------------------------------------------------------------------


def measure(module: str, environment: dict[str, str] | None = None) -> int:
    """A module of `benchmarks`, with the words that follow the command."""
    return call(PYTHON, "-m", f"benchmarks.{module}", *sys.argv[2:], environment=environment)


def bench() -> int:
    """Server time of a rerun and of queries, as ratios."""
    build()
    return measure("rerun")


def bench_browser() -> int:
    """What a reader feels, in Chromium: bytes, first paint, change, Back, print."""
    build()
    return measure("browser", chromium())


def bench_meeting() -> int:
    """Sixty people opening one link within five seconds."""
    build()
    return measure("meeting")


def bench_pipelines() -> int:
    """Records to cells: 20 and 100 million synthetic records beside bare DuckDB, pandas and Polars."""
    setup()
    prepare(VENV, SCALE)
    return measure("pipelines")


def shots() -> int:
    """Pictures of every page for docs/."""
    build()
    return measure("shots", chromium())


COMMANDS = {
    "setup": setup,
    "build": build,
    "run": run,
    "test": test,
    "lint": lint,
    "unit": unit,
    "browser": browser,
    "bench": bench,
    "bench-browser": bench_browser,
    "bench-meeting": bench_meeting,
    "bench-pipelines": bench_pipelines,
    "test-scale": test_scale,
    "shots": shots,
    "pins": pins,
}


def main(arguments: list[str]) -> int:
    """Run the command that was named; without one, list them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what Windows writes to a file knows no arrows
            stream.reconfigure(encoding="utf-8")
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        say("make <command>, or python tasks.py <command>\n")
        for name, function in COMMANDS.items():
            say(f"  {name:<16} {(function.__doc__ or '').splitlines()[0]}")
        return 2 if arguments else 0
    try:
        return command() or 0
    except Stop as stop:
        print(f"error: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
