from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.clock import Clock
from pipelines.connectors.http import Client, Limits
from pipelines.connectors.job import Job
from pipelines.connectors.network import AddressPolicy
from pipelines.connectors.retry import RetryPolicy
from tests.connectors.publisher import Publisher


class Time:
    """A clock that goes on only when somebody sleeps, and remembers for how long."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += dt.timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.moment, lambda: self.moment.timestamp(), self.sleep, lambda: 0.5)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    started = Publisher()
    yield started
    started.close()


@pytest.fixture
def client(time: Time) -> Client:
    limits = Limits(connect_seconds=2, read_seconds=2)
    return Client(AddressPolicy(allow_private=True), limits, RetryPolicy(attempts=4), time.clock)


@pytest.fixture
def job(client: Client, tmp_path: Path) -> Job:
    folder = tmp_path / "taking"
    folder.mkdir()
    return Job(client, folder, tmp_path / "partial")
