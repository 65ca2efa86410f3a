"""A real Spark cluster on loopback: one master and two workers, each a process of its own.

Where PySpark or Java is missing, these tests are not collected; `make test-scale` installs the first and says so of the
second.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

HOST = "127.0.0.1"
WAIT_SECONDS = 60
SETTINGS = {
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.cores.max": "2",
    "spark.executor.cores": "1",
    "spark.log.level": "ERROR",
}


def has_spark() -> bool:
    """Whether this machine can run it."""
    return importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave these tests out of ordinary runs: they are asked for by OBSERVATORY_SCALE, which `make test-scale` sets."""
    if os.environ.get("OBSERVATORY_SCALE") != "1":
        return True
    if not has_spark():
        pytest.exit("make test-scale needs pyspark and Java 17: install openjdk-17-jre-headless", returncode=2)
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def spark_process(log: Path, *words: str) -> Iterator[None]:
    """A daemon of Spark in the foreground; ended by its own process id."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "512m",
        "PYSPARK_PYTHON": sys.executable,
    }
    with log.open("w", encoding="utf-8") as output:
        command = [str(home / "bin" / "spark-class"), *words]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def wait_for(log: Path, words: str, times: int = 1) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while log.read_text(encoding="utf-8").count(words) < times:
        if time.monotonic() > until:
            raise TimeoutError(f"no {words!r} within {WAIT_SECONDS} s:\n{log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a standalone master with two workers of one core each."""
    folder, port = tmp_path_factory.mktemp("spark"), free_port()
    address, deploy = f"spark://{HOST}:{port}", "org.apache.spark.deploy"
    with ExitStack() as processes:
        log = folder / "master.log"
        words = (f"{deploy}.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
        processes.enter_context(spark_process(log, *words))
        wait_for(log, "Starting Spark master")
        for number in (1, 2):
            place = folder / f"worker-{number}"
            options = ["--host", HOST, "--cores", "1", "--memory", "1g", "--work-dir", str(place), "--webui-port", "0"]
            worker = (f"{deploy}.worker.Worker", *options, address)
            processes.enter_context(spark_process(folder / f"worker-{number}.log", *worker))
        wait_for(log, "Registering worker", times=2)
        yield address


@pytest.fixture(scope="session")
def session(cluster: str) -> Iterator[Any]:
    """One session for all tests: opening one takes longer than most questions."""
    from pipelines.engine.on_spark import spark_session

    with spark_session(cluster, SETTINGS) as opened:
        yield opened
