"""Stops, on invented records in the published shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.sources.transmilenio_bus_stops import STOPS, parse


def capture(folder: Path, records: list[str]) -> Capture:
    (folder / "mobility").mkdir()
    (folder / STOPS).write_text("\ufeff" + "\n".join(["cenefa,nombre,localidad", *records]), encoding="utf-8")
    return Capture(folder)


def test_a_line_break_inside_a_cell_is_one_stop(tmp_path: Path) -> None:
    parsed = parse(capture(tmp_path, ['001A00,"Calle\n1",Rafael Uribe', "001A01,Calle 2,Candelaria"]))
    assert {row.territory_code: row.value for row in parsed.rows} == {"18": 1, "17": 1, "00": 2, "20": None}


def test_a_repeated_stop_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="001A00"):
        parse(capture(tmp_path, ["001A00,Calle 1,Suba", "001A00,Calle 1,Suba"]))
