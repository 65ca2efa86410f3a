"""Tourist dwellings: points counted by locality, each registration once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.reading.contract import Table, open_table
from pipelines.sources import idt_tourist_dwellings as source


def write(folder: Path, points: list[tuple[int, str]]) -> Capture:
    """An invented register of (number, locality)."""
    path = folder / source.REGISTER
    path.parent.mkdir(parents=True)
    features = [{"properties": {"REGNTURISM": number, "LOCALIDAD": locality}} for number, locality in points]
    path.write_bytes(gzip.compress(json.dumps({"features": features}).encode()))
    return Capture(folder)


def register(capture: Capture) -> Table:
    return open_table(capture.path(source.REGISTER), source.SHAPES[source.REGISTER])


def test_localities_are_padded_and_the_absent_are_zero(tmp_path: Path) -> None:
    counts = source._tourist_dwellings(register(write(tmp_path, [(1, "2"), (2, "2"), (3, "17")])))
    assert (counts["02"], counts["17"], counts["20"], counts["00"]) == (2, 1, 0, 3)


@pytest.mark.parametrize("points", [[(1, "2"), (1, "3")], [(1, "21")]])
def test_repeated_numbers_and_unknown_localities_are_refused(tmp_path: Path, points: list[tuple[int, str]]) -> None:
    with pytest.raises(SourceError):
        register(write(tmp_path, points))


def test_no_census_dwellings_no_ratio() -> None:
    assert source._ratio(0, None) is None
    assert source._ratio(0, 500) == 0
    assert source._ratio(3, 1500) == 2
