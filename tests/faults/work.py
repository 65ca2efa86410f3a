"""What the processes of the fault tests do. Each is a function of this module, so that a forkserver can call it."""

from __future__ import annotations

import csv
import os
import resource
from multiprocessing.connection import Connection
from pathlib import Path

from observatory.errors import ObservatoryError
from observatory.registry.records import Text
from pipelines.build import build
from pipelines.capturing.addresses import Book, HttpAddress
from pipelines.capturing.calendar import Calendar
from pipelines.capturing.captures import Captures
from pipelines.capturing.take import Settings, take_address, take_files
from pipelines.clock import Clock
from pipelines.connectors.content import Expect
from pipelines.connectors.network import AddressPolicy
from pipelines.layout import Layout
from tests.observatories import DAY, quiet

BROUGHT, ASKED = "air", "deaths"
NOBODY = 65534


def change_figure(layout: Layout, number: int) -> float:
    """Make the inputs such as were never built: one value of the survey moves by a hair. The value."""
    path, value = layout.figures / "survey.csv", round(0.42 + number * 1e-5, 5)
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    row = next(row for row in rows if row[:4] == ["feels_safe", "00", "2024", "total"])
    row[4] = f"{value:.5f}"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)
    return value


def build_at(root: str) -> None:
    """Build the observatory below `root`."""
    build(Layout.of(Path(root)), DAY, quiet)


def told_build_at(root: str, answer: Connection) -> None:
    """The same; what it says when it fails is sent back, or the edition's name."""
    try:
        answer.send(build(Layout.of(Path(root)), DAY, quiet).stem)
    except ObservatoryError as error:
        answer.send(f"{type(error).__name__}: {error}")


def build_with_small_files(root: str, answer: Connection) -> None:
    """Build where no file may grow beyond 100 kB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    told_build_at(root, answer)


def build_as_nobody(root: str, answer: Connection) -> None:
    """Build as a user without rights; all modules are loaded before, for that user may not read them."""
    build(Layout.of(Path(root + "-warm")), DAY, quiet)
    if os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    told_build_at(root, answer)


def store_of(root: str) -> Captures:
    """The captures of an observatory."""
    return Captures(Layout.of(Path(root)).captures, Clock())


def bring_at(root: str) -> None:
    """Capture the files in `brought` as they are now."""
    book = Book(schema_version=1, private_networks=[], never_requested=[], addresses=[])
    take_files(BROUGHT, Path(root) / "brought", book, "not_stated", store_of(root), Settings())


def ask_at(root: str) -> None:
    """Capture what the publisher whose address stands in `address` has now."""
    address = HttpAddress(
        source=ASKED,
        dataset=Text(es="Prueba", en="Test"),
        licence="not_stated",
        calendar=Calendar(every="day", after_days=0, again_days=1),
        file="deaths.csv",
        connector="http",
        url=(Path(root) / "address").read_text(encoding="utf-8"),
        expect=Expect(kind="csv"),
    )
    take_address(address, store_of(root), Settings(policy=AddressPolicy(allow_private=True)))
