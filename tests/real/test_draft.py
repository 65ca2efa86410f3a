"""A published file added without Python: drafted, declared, read, and equal to what its module reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from observatory.registry.reader import Reader
from pipelines.draft import draft
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.declared import parse_declared
from tests.published import parse_once

MALNUTRITION = "quality_of_life/sds_osb_malnutricion_18_64.csv"
POPULATION = "raw/dane_sdp_poblacion_localidad_2018_2024.xlsx"


def declared(reference: Path, file: str) -> Parsed:
    path = reference / file
    reader = yaml.safe_load(draft(path))["sources"][0]["reader"]
    return parse_declared(Capture(path.parent), Reader.model_validate(reader))


def test_malnutrition_is_read_as_its_module_reads_it(reference: Path) -> None:
    found = {row.key: row.value for row in declared(reference, MALNUTRITION).rows}
    kinds = {"excess_weight": "group:exceso", "thinness": "group:delgadez"}
    read = [row for row in parse_once("sds_malnutrition").rows if row.measure in kinds]
    assert len(read) == 704 - 44  # the module leaves the unfinished year out
    for row in read:
        assert found["casos", row.territory_code, row.period, kinds[row.measure]] == row.value


def test_population_is_read_as_its_module_reads_it(reference: Path) -> None:
    parsed = declared(reference, POPULATION)
    totals = {(row.territory_code, row.period): row.value for row in parsed.rows if row.measure == "total"}

    def chosen(row: FigureRow) -> bool:
        return row.disaggregation == "total" and row.period <= "2024"

    read = [row for row in parse_once("sdp_population_2018_2035").rows if chosen(row)]
    assert totals == {(row.territory_code, row.period): row.value for row in read}
    assert totals["00", "2024"] == 8034649


@pytest.mark.parametrize(
    ("file", "records"),
    [
        ("economy/ipes_rivi_vendedores_informales_localidad_2017_2019.csv", 126),
        ("mobility/accidentes_localidad_mes_2016.tsv", 12),
        ("quality_of_life/sdmujer_series_trimestrales_localidad.csv", 440),
        ("quality_of_life/sds_covid_acumulado_diario_localidad_2020_2021.csv", 10239),
        ("population/poblacion_localidad_2018_2035.csv", 360),
        ("population/dadep_suelo_demografia_localidad_2015.csv", 79),
    ],
)
def test_other_published_tables_load_from_their_draft(file: str, records: int, reference: Path) -> None:
    parsed = declared(reference, file)
    assert sum(line.rows for line in parsed.accounts) == records
    assert parsed.rows
