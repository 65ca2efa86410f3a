"""Start what is measured: the dashboard, an empty Streamlit page, and the same pages written the ordinary way."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from observatory.editions import reads
from observatory.editions.opening import Edition, open_current

ROOT = Path(__file__).resolve().parent.parent
ORDINARY = Path(__file__).with_name("ordinary")


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and the file that holds what it writes to its terminal."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """What it has written to its terminal so far."""
        return self.log.read_text("utf-8", "replace")

    def cpu_seconds(self) -> float | None:
        """Processor time used so far; None where the system does not tell it this way."""
        if sys.platform == "linux":
            fields = self._told("stat").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        else:  # noqa: RET505  # types are checked for each system; only a branch is left out there
            return None

    def memory_mib(self) -> float | None:
        """Resident memory; None where the system does not tell it this way."""
        if not Path("/proc").is_dir():
            return None
        lines = self._told("status").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    def _told(self, name: str) -> str:
        return Path(f"/proc/{self.process.pid}/{name}").read_text(encoding="ascii")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(command: list[str], folder: Path, port: int, **environment: str) -> Iterator[Server]:
    """A server process until the block ends, healthy when it begins.

    Raises:
        RuntimeError: it ended at once or did not answer within a minute; with its last lines.
    """
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "terminal"
        with log.open("wb") as written:
            told = {**os.environ, "PYTHONUTF8": "1", **environment}
            process = subprocess.Popen(command, cwd=folder, env=told, stdout=written, stderr=written)
        try:
            below = environment.get("BASE_PATH", "").strip("/")
            _wait(process, f"http://127.0.0.1:{port}/{below}{'/' * bool(below)}_stcore/health", log)
            yield Server(f"http://localhost:{port}", process, log)
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            said = log.read_text("utf-8", "replace")[-4000:]
            raise RuntimeError(f"the server ended with code {process.returncode}:\n{said}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer within a minute")


@contextlib.contextmanager
def dashboard(**environment: str) -> Iterator[Server]:
    """This repository's dashboard, as `make run` starts it; `environment` adds settings to it."""
    port = free_port()
    command = [sys.executable, "-m", "observatory.ui.server"]
    with started(command, ROOT, port, PORT=str(port), ADDRESS="127.0.0.1", **environment) as server:
        yield server


@contextlib.contextmanager
def streamlit(script: Path, folder: Path, **environment: str) -> Iterator[Server]:
    """A script under `streamlit run` in a folder without any configuration."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = {"OBSERVATORY_EXPORT": str(folder)} | environment
    with started([*command, "--server.headless", "true"], folder, port, **environment) as server:
        yield server


@contextlib.contextmanager
def exported() -> Iterator[Path]:
    """A folder with the current edition as CSV and GeoJSON, as somebody without the Observatory would have it."""
    with tempfile.TemporaryDirectory() as name:
        folder, edition = Path(name), open_current()
        export(edition, folder)
        yield folder


def export(edition: Edition, folder: Path) -> None:
    """Write `observations.csv`, `targets.csv`, `indicators.csv` and `localities.geojson`."""
    names = {area.territory_code: area.name for area in reads.territories(edition)}
    rows = pd.DataFrame([row._asdict() for row in reads.observations(edition)])
    rows["territory"] = rows["territory_code"].map(names)
    rows.to_csv(folder / "observations.csv", index=False)
    pd.DataFrame([row._asdict() for row in reads.targets(edition)]).to_csv(folder / "targets.csv", index=False)
    pd.DataFrame([row._asdict() for row in reads.indicators(edition)]).to_csv(folder / "indicators.csv", index=False)
    features = [
        {
            "type": "Feature",
            "id": area.territory_code,
            "properties": {"territory_code": area.territory_code, "territory": names[area.territory_code]},
            "geometry": json.loads(area.geojson),
        }
        for area in reads.geometries(edition, "locality")
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "localities.geojson").write_text(document, encoding="utf-8")
