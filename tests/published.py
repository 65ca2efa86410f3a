"""The folder of published files, and each source's parse of it, done once for a run."""

from __future__ import annotations

import functools
import importlib
import os
from pathlib import Path

from pipelines.figures import Capture, Parsed

REPOSITORY = Path(__file__).resolve().parents[1]
REFERENCE = Path(os.environ.get("OBSERVATORY_REFERENCE") or REPOSITORY.parent / "shared" / "reference").resolve()


@functools.cache
def parse_once(source_id: str, folder: Path = REFERENCE) -> Parsed:
    """What a source makes of the published files."""
    parsed: Parsed = importlib.import_module(f"pipelines.sources.{source_id}").parse(Capture(folder))
    return parsed
