"""A real Spark cluster on loopback: one master and two workers, each a process of its own.

`python tasks.py test` and `test-scale` install PySpark, and Java where they may, and name the Java in JAVA_HOME.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipelines.engine.records import Groups
from tests.published import REFERENCE

# py4j leaves its sockets to the garbage collector
ON_SPARK = [
    pytest.mark.servers,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]
HOST = "127.0.0.1"
WAIT_SECONDS = 180
SETTINGS = {
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.cores.max": "2",
    "spark.executor.cores": "1",
    "spark.log.level": "ERROR",
}


def assert_same(one: Groups, other: Groups) -> None:
    assert [group_key(row) for row in one.rows] == [group_key(row) for row in other.rows]
    for left, right in zip(one.rows, other.rows, strict=True):
        assert left.weight == (None if right.weight is None else pytest.approx(right.weight, rel=1e-9, abs=1e-9))


def group_key(row: object) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in ("place", "month", "category", "records", "flags"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the test on published files where they are not at hand, as tests/real does and says."""
    return True if collection_path.name == "test_published_records.py" and not REFERENCE.is_dir() else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def spark_process(log: Path, name: str, *words: str) -> Iterator[None]:
    """A daemon of Spark in the foreground, without the shell scripts around it; ended by its own process id."""
    import pyspark

    spark, home = Path(pyspark.__file__).parent, os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    command = [java, "-Xmx512m", "-cp", str(spark / "jars" / "*"), f"org.apache.spark.deploy.{name}", *words]
    environment = {
        **os.environ,
        "SPARK_HOME": str(spark),
        "SPARK_SCALA_VERSION": "2.13",  # as its scripts tell the workers, which start Java in their turn
        "SPARK_LOCAL_IP": HOST,
        "PYSPARK_PYTHON": sys.executable,
    }
    with log.open("w", encoding="utf-8") as output:
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
    address = f"spark://{HOST}:{port}"
    with ExitStack() as processes:
        log = folder / "master.log"
        words = ("master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
        processes.enter_context(spark_process(log, *words))
        wait_for(log, "Starting Spark master")
        for number in (1, 2):
            place = folder / f"worker-{number}"
            options = ["--host", HOST, "--cores", "1", "--memory", "1g", "--work-dir", str(place), "--webui-port", "0"]
            worker = ("worker.Worker", *options, address)
            processes.enter_context(spark_process(folder / f"worker-{number}.log", *worker))
        wait_for(log, "Registering worker", times=2)
        yield address


@pytest.fixture(scope="session")
def session(cluster: str) -> Iterator[Any]:
    """One session for all tests: opening one takes longer than most questions."""
    from pipelines.engine.on_spark import spark_session

    with spark_session(cluster, SETTINGS) as opened:
        yield opened
