"""Pages of features put together into one GeoJSON file, each feature as the publisher wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

GEOGRAPHIC = 4326


class FeatureFile:
    """A GeoJSON file being written, a feature on each line."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.name = file.name
        self.count = 0

    def add(self, text: str) -> None:
        """Write one feature."""
        self._file.write((",\n" if self.count else "\n") + text)
        self.count += 1


@contextmanager
def feature_file(path: Path, out_sr: int = GEOGRAPHIC) -> Iterator[FeatureFile]:
    """Open a feature collection; other coordinates than EPSG:4326 are named in `crs`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    head: dict[str, Any] = {"type": "FeatureCollection"}
    if out_sr != GEOGRAPHIC:
        head["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{out_sr}"}}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head)[:-1] + ', "features": [')
        yield FeatureFile(file)
        file.write("\n]}\n")
