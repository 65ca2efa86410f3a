"""Street vendors: code 160 is the publisher's own "without location", and the city is the sum of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from observatory.territory import territories
from pipelines.figures import Capture
from pipelines.sources import ipes_street_vendors as source

HEADER = "codigo_localidad,nombre_localidad,numero_vendedores,porcentaje,fecha_corte\n"


def cut(day: str) -> list[str]:
    """An invented cut: every locality 10 vendors, 7 without location."""
    names = [(int(area.code), area.name) for area in territories().values() if area.level == "locality"]
    return [*(f"{number},{name},10,0,{day}" for number, name in names), f"160,metropolitana o no definida,7,0,{day}"]


def write(folder: Path, lines: list[str]) -> Capture:
    path = folder / source.FILES[0]
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return Capture(folder)


def test_the_unlocated_count_for_the_city(tmp_path: Path) -> None:
    rows = {row.territory_code: row.value for row in source.parse(write(tmp_path, cut("2018-06-30"))).rows}
    assert (rows["99"], rows["20"], rows["00"]) == (7, 10, 207)


def test_a_cut_that_lacks_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="20 places"):
        source.parse(write(tmp_path, cut("2018-06-30")[:-1]))


def test_a_number_that_is_not_the_locality_of_the_name_is_refused(tmp_path: Path) -> None:
    lines = cut("2018-06-30")
    lines[0] = lines[0].replace("Usaquén", "Suba")
    with pytest.raises(SourceError, match="Suba"):
        source.parse(write(tmp_path, lines))
