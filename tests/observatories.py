"""A small observatory for tests: the invented catalogue and figures of tests/fixtures, the real outlines."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
import tempfile
from pathlib import Path

import duckdb

from observatory.editions.opening import Edition, open_edition
from pipelines.build import build
from pipelines.layout import REPOSITORY, Layout

FIXTURE = REPOSITORY / "tests" / "fixtures" / "observatory"
DAY = dt.date(2026, 11, 23)
READER = """    reader:
      file: "aire.csv"
      layout: tidy
      territory: {column: "localidad"}
      period: {column: "anio"}
      values:
        pm25: {column: "valor", scale: 1}
      city: none
"""


def copy_to(folder: Path) -> Layout:
    """A fresh copy of the fixture that a test may break."""
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    (folder / "data").mkdir()
    (folder / "figures").rename(folder / "data" / "figures")
    shutil.copytree(REPOSITORY / "data" / "territory", folder / "data" / "territory")
    return Layout.of(folder)


def change(path: Path, old: str, new: str) -> None:
    """Replace a text of a file, the first time it stands there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def with_reader(catalogue: str, reader: str = READER) -> str:
    """The fixture's catalogue, its last source `air` read as declared."""
    return catalogue.replace("indicators:\n", f"{reader}indicators:\n", 1)


def of_other_schema(path: Path, day: dt.date, schema_version: int) -> None:
    """A database that says it is an edition, of a schema that is not read."""
    identity = {"edition_id": path.stem, "built_on": day, "content_hash": "0", "schema_version": schema_version}
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE edition AS SELECT $edition_id AS edition_id, $built_on AS built_on, "
            "$content_hash AS content_hash, $schema_version AS schema_version",
            identity,
        )


def quiet(step: str, detail: str) -> None:
    """Progress that nobody reads."""


@functools.cache
def fixture_edition() -> Edition:
    """The fixture's edition, built once per run."""
    layout = copy_to(Path(tempfile.mkdtemp(prefix="observatory-")) / "fixture")
    return open_edition(build(layout, DAY, quiet))
