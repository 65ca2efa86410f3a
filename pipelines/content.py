"""The content hash of an edition, over all that decides what it says. Light to import, so that a rebuild is quick."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipelines.layout import REPOSITORY, Layout

# Code that decides what an edition says. Source modules do not: what they say stands in the figure tables.
CODE = (
    "observatory/errors.py",
    "observatory/observation.py",
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
    "pipelines/catalogue_tables.py",
    "pipelines/check.py",
    "pipelines/content.py",
    "pipelines/board_comparison.py",
    "pipelines/figures.py",
    "pipelines/inserting.py",
    "pipelines/observe.py",
    "pipelines/plan_files.py",
    "pipelines/plan_tables.py",
    "pipelines/read_figures.py",
    "pipelines/readings.py",
    "pipelines/read_territory.py",
    "pipelines/sql/**/*.sql",
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
    for path in layout.figure_tables:
        yield f"figures/{path.name}", path
    for path in sorted(layout.figures.glob("accounts/*.csv")):
        yield f"accounts/{path.name}", path
    for path in sorted([*layout.territory.glob("*.csv"), *layout.territory.glob("*.geojson")]):
        yield f"territory/{path.name}", path
    for path in _plan_files(layout.plans):
        yield f"plans/{path.relative_to(layout.plans).as_posix()}", path
    for path in sorted(path for pattern in CODE for path in REPOSITORY.glob(pattern)):
        yield f"code/{path.relative_to(REPOSITORY).as_posix()}", path


def _plan_files(plans: Path) -> Iterator[Path]:
    """The tables of every listed version of every plan; a folder that is not listed is of no edition."""
    for listing in sorted(plans.glob("*/versions")):
        yield listing
        for name in listing.read_text(encoding="utf-8").split():
            yield from sorted((listing.parent / name).iterdir())
