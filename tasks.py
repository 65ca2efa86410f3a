"""Everything this repository does, as commands: `python tasks.py run`, `python tasks.py test` (`make` calls the same).

Needs nothing but Python's own library, on Linux, macOS and Windows. It is written so that an older Python can still
read it and say what is missing; the Observatory itself needs Python 3.11 or newer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PINS = ROOT / "requirements-pins.txt"
STAMP = VENV / "observatory-setup"
CURRENT = ROOT / "data" / "editions" / "current"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
CHECKED = ["dashboard.py", "tasks.py", "observatory", "pipelines", "pages", "benchmarks", "tests"]
TYPED = ["dashboard.py", "tasks.py", "observatory", "pipelines", "pages", "benchmarks"]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
CHROMIUM_PATHS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/snap/bin/chromium",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
]


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


def new_enough_python() -> str | None:
    """A Python of 3.11 or newer: the one running this, else another on the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    names = [f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1)]
    return next((found for found in map(shutil.which, names) if found), None)


def fingerprint(python: str) -> str:
    """What the environment was made of: the pins and the Python."""
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=False).stdout
    return hashlib.sha256(PINS.read_bytes() + version.encode() + platform.machine().encode()).hexdigest()


def is_set_up() -> bool:
    """Whether the environment is there and made of the present pins."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == fingerprint(str(PYTHON))


def make_environment() -> None:
    """Create `.venv`, with uv when it is there."""
    uv, python = shutil.which("uv"), new_enough_python()
    if uv:
        must("See the message above.", uv, "venv", "--quiet", "--clear", "--python", python or ">=3.11", VENV)
        return
    if python is None:
        raise Stop(
            f"Python {sys.version.split()[0]} is too old → install Python 3.11 or newer, or uv, and run this again"
        )
    if call(python, "-m", "ensurepip", "--version", quiet=True) != 0:
        apt_install("python3-venv", "creating a Python environment")
    must("On Debian or Ubuntu: sudo apt-get install python3-venv", python, "-m", "venv", "--clear", VENV)


def install_pins() -> None:
    """Install the exact versions, with uv when it is there."""
    uv, hint = (
        shutil.which("uv"),
        "Is there a network? Packages come from the package registry this machine is set up for.",
    )
    if uv:
        must(hint, uv, "pip", "install", "--quiet", "--python", PYTHON, "-r", PINS)
    else:
        must(hint, PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", PINS)


def setup() -> None:
    """Environment, packages, compressed frontend; does nothing when they are as they should be."""
    if is_set_up():
        return
    if not PYTHON.exists() or not runs(PYTHON):
        with step("create the environment .venv"):
            make_environment()
    count = sum(1 for line in PINS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    with step(f"install {count} packages in their exact versions"):
        install_pins()
    with step("compress the frontend, once"):
        must("See the message above.", PYTHON, "-m", "observatory.ui.assets")
    STAMP.write_text(fingerprint(str(PYTHON)), encoding="ascii")


def runs(python: Path) -> bool:
    """Whether this Python starts and is new enough."""
    return call(python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})", quiet=True) == 0


def pins() -> None:
    """Write requirements-pins.txt anew from requirements.txt; `--upgrade` takes newer versions of everything."""
    uv = shutil.which("uv")
    if uv is None:
        raise Stop("refreshing the pins needs uv → https://docs.astral.sh/uv/")
    head = [line for line in PINS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    flags = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest", *sys.argv[2:]]
    plain = ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / PINS.name
        shutil.copy(PINS, written)  # uv keeps the versions it finds there
        command = [uv, "pip", "compile", "requirements.txt", *flags, *plain, "--output-file", str(written)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Stop(f"uv could not resolve requirements.txt:\n{done.stderr}")
        PINS.write_text("\n".join(head) + "\n" + written.read_text(encoding="utf-8"), encoding="utf-8")
    say(f"    {PINS.name} written; `git diff {PINS.name}` shows what changed")


# ---- system packages ------------------------------------------------------------------------------------------------


def apt_install(package: str, purpose: str) -> None:
    """Install a Debian or Ubuntu package where this is allowed without a password; otherwise say what to do."""
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    may_sudo = sudo is not None and call(sudo, "-n", "true", quiet=True) == 0
    if apt is None or not (is_root or may_sudo):
        raise Stop(f"{purpose} needs {package} → {advice(package)}")
    prefix = [] if is_root else [str(sudo), "-n"]
    hint = f"{purpose} needs {package} → {advice(package)}"
    silent = {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"install {package} (apt-get)"):
        must(hint, *prefix, apt, "update", "-q", environment=silent)
        must(
            hint,
            *prefix,
            apt,
            "install",
            "-y",
            "-q",
            "--no-install-recommends",
            package,
            environment=silent,
        )


def advice(package: str) -> str:
    """How to get a package on this system, in one line."""
    if package == "chromium" and sys.platform == "darwin":
        return "install it with `brew install --cask chromium`, or set CHROMIUM to the path of Chrome"
    if package == "chromium" and WINDOWS:
        return "install it with `winget install Google.Chrome`, or set CHROMIUM to the path of chrome.exe"
    return f"install it with `sudo apt-get install {package}`" + (
        ", or set CHROMIUM to the path of a Chrome or Chromium" if package == "chromium" else ""
    )


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome: $CHROMIUM, the path, the usual places."""
    told = os.environ.get("CHROMIUM")
    if told:
        return told if Path(told).is_file() else shutil.which(told)
    on_path = next((found for found in map(shutil.which, CHROMIUM_NAMES) if found), None)
    places = [Path(os.path.expandvars(place)).expanduser() for place in CHROMIUM_PATHS]
    return on_path or next((str(place) for place in places if place.is_file()), None)


def chromium() -> str:
    """Path of a Chromium, installed first where that is allowed."""
    if os.environ.get("CHROMIUM") and find_chromium() is None:
        raise Stop(f"CHROMIUM names {os.environ['CHROMIUM']!r}, which is not there → correct it or unset it")
    if find_chromium() is None:
        apt_install("chromium", "testing in a real browser")
    found = find_chromium()
    if found is None:
        raise Stop(f"no Chromium found → {advice('chromium')}")
    return found


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
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise Stop(f"port {candidates[0]} is taken → stop what uses it, or choose another: PORT=8600 python tasks.py run")


def run() -> int:
    """Environment, edition, dashboard; prints the address and stays until Ctrl+C."""
    build_or_keep()
    port, address = free_port(), os.environ.get("ADDRESS", "127.0.0.1")
    started = time.perf_counter()
    say("==> start the dashboard")
    environment = {**os.environ, "PYTHONUTF8": "1", "PORT": str(port), "ADDRESS": address}
    server = subprocess.Popen([str(PYTHON), "-m", "observatory.ui.server"], cwd=ROOT, env=environment)
    try:
        wait_until_up(server, port, address)
        say(
            f"    up after {time.perf_counter() - started:.1f} s\n\n    http://localhost:{port}\n\n    Ctrl+C stops it."
        )
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()


def wait_until_up(server: subprocess.Popen[bytes], port: int, address: str) -> None:
    """Return when the dashboard answers.

    Raises:
        Stop: it ended or stayed silent for a minute.
    """
    host = "127.0.0.1" if address in {"0.0.0.0", "::", "localhost"} else address
    for _ in range(1200):
        if server.poll() is not None:
            raise Stop(f"the dashboard ended with code {server.returncode} → the lines above say why")
        if answers(f"http://{host}:{port}/_stcore/health"):
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
    return PYTHON.with_name(name + (".exe" if WINDOWS else ""))


def lint_steps() -> list[tuple[str, list[str | Path]]]:
    """Checks that read the code without running it."""
    return [
        ("lint", [tool("ruff"), "check", *CHECKED]),
        ("format", [tool("ruff"), "format", "--check", "--quiet", *CHECKED]),
        ("types", [tool("mypy"), *TYPED]),
        ("import contracts", [tool("lint-imports"), "--no-logo"]),
    ]


def unit_steps() -> list[tuple[str, list[str | Path]]]:
    """Unit, property and page tests, on two processes."""
    return [("unit, property and page tests", [PYTHON, "-m", "pytest", "-q", "-m", "not browser", "-n", "2"])]


def browser_steps() -> list[tuple[str, list[str | Path]]]:
    """Tests in a real browser against the running dashboard."""
    return [("browser tests", [PYTHON, "-m", "pytest", "-q", "-m", "browser"])]


def check(steps: list[tuple[str, list[str | Path]]], environment: dict[str, str] | None = None) -> int:
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
    """Everything: lint, types, contracts, unit, property, page and browser tests."""
    build()
    found = chromium()
    return check([*lint_steps(), *unit_steps(), *browser_steps()], {"CHROMIUM": found})


def lint() -> int:
    """Lint, format, types and import contracts."""
    setup()
    return check(lint_steps())


def unit() -> int:
    """Unit, property and page tests."""
    build()
    return check(unit_steps())


def browser() -> int:
    """Tests in a real browser."""
    build()
    return check(browser_steps(), environment={"CHROMIUM": chromium()})


# ---- measurements and pictures --------------------------------------------------------------------------------------


def bench() -> int:
    """Server time of a rerun and of queries, as ratios."""
    build()
    return call(PYTHON, "-m", "benchmarks.rerun", *sys.argv[2:])


def bench_browser() -> int:
    """What a reader feels, in Chromium: bytes, first paint, change, Back, print."""
    build()
    return call(PYTHON, "-m", "benchmarks.browser", *sys.argv[2:], environment={"CHROMIUM": chromium()})


def bench_meeting() -> int:
    """Sixty people opening one link within five seconds."""
    build()
    return call(PYTHON, "-m", "benchmarks.meeting", *sys.argv[2:])


def scale_packages() -> None:
    """Install what only the tests and benches of many records need: PySpark (Java 17 must be there) and Polars."""
    setup()
    uv, wanted = shutil.which("uv"), ROOT / "requirements-scale.txt"
    if uv:
        must("See the lines above.", uv, "pip", "install", "-q", "--python", PYTHON, "-r", wanted)
    else:
        must("See the lines above.", PYTHON, "-m", "pip", "install", "-q", "-r", wanted)


def test_scale() -> int:
    """The same cells on DuckDB and on a local Spark cluster of two workers."""
    scale_packages()
    return call(PYTHON, "-m", "pytest", "-q", "-s", "tests/scale", environment={"OBSERVATORY_SCALE": "1"})


def bench_pipelines() -> int:
    """Records to cells: 20 and 100 million synthetic records beside bare DuckDB, pandas and Polars."""
    scale_packages()
    return call(PYTHON, "-m", "benchmarks.pipelines", *sys.argv[2:])


def shots() -> int:
    """Pictures of every page for docs/."""
    build()
    return call(PYTHON, "-m", "benchmarks.shots", *sys.argv[2:], environment={"CHROMIUM": chromium()})


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
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        say("python tasks.py <command>\n")
        for name, function in COMMANDS.items():
            say(f"  {name:<16} {(function.__doc__ or '').splitlines()[0]}")
        return 2
    try:
        return command() or 0
    except Stop as stop:
        print(f"error: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
