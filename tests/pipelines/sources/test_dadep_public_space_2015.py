"""Public space 2015: published rates by locality and city, silence where a locality is not in the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Account, Capture
from pipelines.sources import dadep_public_space_2015 as source

HEADER = "geo_padre_nombre,geografia_nombre,SublineaTematica,Indicador,Valor\r\n"
PEOPLE = "BOGOTA D.C.,SANTAFE,DEMOGRAFIA,POBLACION POR (# personas),110053\r\n"
GREEN = "ESPACIO PUBLICO,ESPACIO PUBLICO VERDE POR HABITANTE (numerico)"


def write(folder: Path, localities: str, city: str) -> Capture:
    for file, text in ((source.LOCALITIES, localities), (source.CITY_TABLE, city), (source.POPULATION, PEOPLE)):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(HEADER + text, encoding="utf-8", newline="")
    return Capture(folder)


def test_names_are_resolved_and_other_indicators_counted_as_excluded(tmp_path: Path) -> None:
    capture = write(
        tmp_path,
        f"BOGOTA D.C.,SANTAFE,{GREEN},8.1\r\nBOGOTA D.C.,SANTAFE,HABITAT,NUMERO DE VIVIENDAS NUEVAS (numerico),3\r\n",
        f"BOGOTA D.C.,BOGOTA D.C.,{GREEN},6\r\n",
    )
    parsed = source.parse(capture)
    green = {row.territory_code: row for row in parsed.rows if row.measure == "green_public_space"}
    assert (green["03"].value, green["00"].value) == (8.1, 6.0)
    assert (green["20"].value, green["20"].absence) == (None, "not_published")
    people = {row.territory_code: row.value for row in parsed.rows if row.measure == "population"}
    assert (people["03"], people["00"]) == (110053, None)
    assert parsed.accounts[:2] == [
        Account(source.LOCALITIES, "observed", "used", 1),
        Account(source.LOCALITIES, "excluded", "other_indicator", 1),
    ]


def test_one_figure_published_twice_is_refused(tmp_path: Path) -> None:
    twice = f"BOGOTA D.C.,BOSA,{GREEN},1\r\n" * 2
    with pytest.raises(SourceError, match="twice"):
        source.parse(write(tmp_path, twice, ""))


@pytest.mark.parametrize(
    ("line", "said"),
    [("HABITAT,OTRO (numerico),3", "OTRO"), (f"{GREEN},-1", "-1")],
)
def test_an_unknown_indicator_or_a_negative_rate_is_refused(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=said):
        source.parse(write(tmp_path, f"BOGOTA D.C.,BOSA,{line}\r\n", ""))


def test_capitals_do_not_matter(tmp_path: Path) -> None:
    parsed = source.parse(
        write(tmp_path, f"BOGOTA D.C.,BOSA,{GREEN.upper()},1.5\r\n", f"BOGOTA D.C.,BOGOTA D.C.,{GREEN},6\r\n")
    )
    green = {row.territory_code: row.value for row in parsed.rows if row.measure == "green_public_space"}
    assert green["07"] == 1.5
