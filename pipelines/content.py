"""The content hash of an edition, over all that decides what it says. Light to import, so that a rebuild is quick."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from observatory.errors import CatalogueError, FigureError, read_utf8
from pipelines.capturing.held import Shelf
from pipelines.layout import REPOSITORY, Layout

# Code that decides what an edition says. What source modules say stands in the figure tables, except where a capture is
# read by them.
CODE = (
    "observatory/errors.py",
    "observatory/rows/*.py",
    "observatory/period.py",
    "observatory/territory.py",
    "observatory/registry/*.py",
    "observatory/progress/*.py",
    "observatory/statistics/intervals.py",
    "observatory/editions/__init__.py",
    "observatory/editions/schema.sql",
    "observatory/editions/plan_schema.sql",
    "observatory/plan*.py",
    "pipelines/assemble.py",
    "pipelines/assess.py",
    "pipelines/capture_tables.py",
    "pipelines/catalogue_checks.py",
    "pipelines/catalogue_tables.py",
    "pipelines/check.py",
    "pipelines/content.py",
    "pipelines/correct.py",
    "pipelines/plans/board_comparison.py",
    "pipelines/figures.py",
    "pipelines/capturing/held.py",
    "pipelines/inserting.py",
    "pipelines/kept_figures.py",
    "pipelines/made_from.py",
    "pipelines/merging.py",
    "pipelines/observe.py",
    "pipelines/parts.py",
    "pipelines/plans/files.py",
    "pipelines/parsed_captures.py",
    "pipelines/plans/tables.py",
    "pipelines/read_figures.py",
    "pipelines/readings.py",
    "pipelines/read_territory.py",
    "pipelines/rules.py",
    "pipelines/source_tables.py",
    "pipelines/sql/**/*.sql",
)
LIBRARIES = ("duckdb", "numpy", "scipy")  # that compute what an edition says
# Whatever may take part in reading a capture, so that nothing parsed by other code is ever taken for its own.
READING = (
    "observatory/errors.py",
    "observatory/period.py",
    "observatory/registry/reader.py",
    "observatory/registry/records.py",
    "observatory/territory.py",
    "pipelines/completing.py",
    "pipelines/counting.py",
    "pipelines/counting_records.py",
    "pipelines/figures.py",
    "pipelines/capturing/fitting.py",
    "pipelines/places.py",
    "pipelines/reading/*.py",
    "pipelines/survey.py",
)


def content_bytes(path: Path) -> bytes:
    """A text file's bytes with LF line ends, so that a checkout on another system hashes alike."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def content_hash(layout: Layout) -> str:
    """SHA-256 over names and contents of inputs and code."""
    digest = hashlib.sha256()
    for name, path in _inputs(layout):
        content = content_bytes(path)
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _inputs(layout: Layout) -> Iterator[tuple[str, Path]]:
    yield "catalogue", layout.catalogue
    if layout.corrections.is_file():
        yield "corrections", layout.corrections
    for path in layout.figure_tables:
        yield f"figures/{path.name}", path
    for path in sorted(layout.figures.glob("accounts/*.csv")):
        yield f"accounts/{path.name}", path
    for path in sorted([*layout.territory.glob("*.csv"), *layout.territory.glob("*.geojson")]):
        yield f"territory/{path.name}", path
    for path in plan_files(layout.plans):
        yield f"plans/{path.relative_to(layout.plans).as_posix()}", path
    yield from _captures(layout)
    yield from _code()


def _code() -> Iterator[tuple[str, Path]]:
    for path in sorted(path for pattern in CODE for path in REPOSITORY.glob(pattern)):
        yield f"code/{path.relative_to(REPOSITORY).as_posix()}", path


@cache
def code_hash() -> str:
    """SHA-256 over the code that decides what an edition says, the interpreter and the libraries that compute it."""
    from importlib.metadata import version  # a build that changes nothing need not wait for it

    digest = hashlib.sha256(f"{sys.version} {[version(name) for name in LIBRARIES]}".encode())
    for name, path in _code():
        digest.update(name.encode() + b"\0" + content_bytes(path))
    return digest.hexdigest()


def plan_files(plans: Path) -> Iterator[Path]:
    """The tables of every listed version of every plan; a folder that is not listed is of no edition."""
    for listing in sorted(plans.glob("*/versions")):
        yield listing
        for name in listing.read_text(encoding="utf-8").split():
            yield from sorted((listing.parent / name).iterdir())


def _captures(layout: Layout) -> Iterator[tuple[str, Path]]:
    """What reads each capture, under a name that says all of the capture, and what that code stands on.

    Captures of sources that the catalogue does not name are no part of an edition.
    """
    shelf, catalogue, found = Shelf.at(layout.captures), read_utf8(layout.catalogue, CatalogueError), False
    for source_id in shelf.sources():
        if source_id in catalogue:
            reads, found = _module(source_id) if has_module(source_id) else layout.catalogue, True
            yield from ((f"capture/{source_id}/{name}", reads) for name in _identities(shelf, source_id))
    if found:
        for path in sorted(path for pattern in READING for path in REPOSITORY.glob(pattern)):
            yield f"reading/{path.relative_to(REPOSITORY).as_posix()}", path


def _identities(shelf: Shelf, source_id: str) -> list[str]:
    try:
        return [capture.identity for capture in shelf.held(source_id)]
    except FigureError as error:  # told by the build, which uses the embedded figures
        return [str(error)]


def has_module(source_id: str) -> bool:
    """Whether a module reads this source."""
    return _module(source_id).is_file()


def _module(source_id: str) -> Path:
    return REPOSITORY / "pipelines" / "sources" / f"{source_id}.py"
