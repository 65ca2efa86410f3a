"""The same file saved by another hand gives the same figures; another meaning does not pass."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture, FigureRow, Parsed
from tests.real.excerpts import SOURCES, excerpts
from tests.saving import FORMS, Rows, as_text

EXCERPT = 600


@pytest.fixture(scope="module", name="excerpts")
def first_records() -> dict[str, Rows]:
    return excerpts(EXCERPT)


def parse(source: str, path: Path) -> Parsed:
    capture = Capture(path.parent, aliases={SOURCES[source]: path.name})
    parsed: Parsed = importlib.import_module(f"pipelines.sources.{source}").parse(capture)
    return parsed


def key(row: FigureRow) -> tuple[str, str, str, str]:
    return row.key


def saved(folder: Path, rows: Rows) -> Path:
    path = folder / "igual.csv"
    path.write_text(as_text(rows, ","), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES)
def test_another_form_gives_the_same_figures(source: str, form: str, excerpts: dict[str, Rows], tmp_path: Path) -> None:
    expected = parse(source, saved(tmp_path, excerpts[source]))
    found = parse(source, FORMS[form](tmp_path, excerpts[source]))
    assert sorted(found.rows, key=key) == sorted(expected.rows, key=key)
    assert expected.rows


MEANINGS = [
    ("sds_line123", "LOCALIDAD", "LOS MARTIRIOS", "unknown_locality", "did you mean 'los martires'?"),
    ("sds_line123", "PRIORIDAD_FINAL", "Criticas", "unknown_category", "did you mean 'Critica'?"),
    ("sdm_crashes_2023", "Localidad", "SUBBA", "unknown_locality", "did you mean 'suba'?"),
    ("sdm_crashes_2023", "Gravedad_indicador_30d", "Con Muerto", "unknown_category", "did you mean 'Con Muertos'?"),
    ("sdm_crashes_2023", "Longitud", "74 grados", "not_a_decimal", "a number, as 12,5 or 12.5"),
    ("transmilenio_bus_stops", "localidad", "Kenedy", "unknown_locality", "did you mean 'kennedy'?"),
    ("sdp_perception_2025", "G406", "7", "unknown_category", "known: 1, 2, 3, 4, 5, 6"),
    ("sdp_perception_2025", "fexp_calp_anu", "-3", "out_of_range", "valid is 0 to "),
]


@pytest.mark.parametrize(("source", "column", "value", "rule", "hint"), MEANINGS)
def test_one_wrong_record_is_quarantined_with_its_place_and_the_nearest_choice(
    source: str, column: str, value: str, rule: str, hint: str, excerpts: dict[str, Rows], tmp_path: Path
) -> None:
    rows = [list(row) for row in excerpts[source]]
    rows[-1][rows[0].index(column)] = value
    parsed = parse(source, saved(tmp_path, rows))
    (refused,) = [item for item in parsed.rejected if item.rule != "undeclared_column"]
    assert (refused.source_id, refused.row_number, refused.column_name) == (source, len(rows), column)
    assert (refused.value, refused.rule) == (value, rule)
    assert refused.hint.casefold() == hint.casefold()
    quarantined = {line.rule: line.rows for line in parsed.accounts if line.outcome == "quarantined"}
    assert quarantined == {rule: 1}
    assert sum(line.rows for line in parsed.accounts) == len(rows) - 1


AGGREGATES = [
    ("sds_malnutrition", "Area", "Usaken", "row 705, Area 'Usaken', unknown_locality"),
    ("sds_malnutrition", "Tipo", "Normal", "row 705, Tipo 'Normal', unknown_category"),
    ("sds_malnutrition", "Proporción", "120", "row 705, Proporción '120', out_of_range"),
    ("ipes_street_vendors", "numero_vendedores", "muchos", "row 127, numero_vendedores 'muchos', not_a_whole"),
    ("sds_family_violence", "anio", "20155", "row 201, anio '20155', out_of_range"),
    ("sdmujer_quarterly", "indicador", "Feminicidios", "row 441, indicador 'Feminicidios', unknown_category"),
    ("sdp_population_2018_2035", "poblacion", "", "row 361, poblacion '', missing_value"),
    ("dadep_demography_2015", "Indicador", "POBLACION (miles)", "'POBLACION (miles)', unknown_category"),
]


@pytest.mark.parametrize(("source", "column", "value", "told"), AGGREGATES)
def test_one_wrong_figure_of_a_published_table_refuses_it(
    source: str, column: str, value: str, told: str, excerpts: dict[str, Rows], tmp_path: Path
) -> None:
    rows = [list(row) for row in excerpts[source]]
    rows[-1][rows[0].index(column)] = value
    with pytest.raises(SourceError) as refusal:
        parse(source, saved(tmp_path, rows))
    assert told in str(refusal.value)


@pytest.mark.parametrize("source", ["sds_malnutrition", "ipes_street_vendors", "sds_family_violence"])
def test_an_undeclared_column_of_a_published_table_refuses_it(
    source: str, excerpts: dict[str, Rows], tmp_path: Path
) -> None:
    header, *body = excerpts[source]
    with pytest.raises(SourceError, match=r"undeclared columns.*SEXO"):
        parse(source, saved(tmp_path, [[*header, "SEXO"], *([*row, "F"] for row in body)]))


@pytest.mark.parametrize("source", SOURCES)
def test_a_missing_column_is_named_with_the_header(source: str, excerpts: dict[str, Rows], tmp_path: Path) -> None:
    module = importlib.import_module(f"pipelines.sources.{source}")
    shape = getattr(module, "SHAPES", {}).get(SOURCES[source])
    lost = shape.required[-1] if shape else "MES"
    header, *body = excerpts[source]
    with pytest.raises(SourceError, match="no column"):
        parse(source, saved(tmp_path, [[f"{name} (miles)" if name == lost else name for name in header], *body]))


def test_another_month_under_another_name_is_read_for_the_month_it_holds(
    excerpts: dict[str, Rows], tmp_path: Path
) -> None:
    header, *body = excerpts["sds_line123"]
    at = header.index("FECHA_INICIO_DESPLAZAMIENTO_MOVIL")
    moved = [[*row[:at], row[at].replace("2025-03", "2026-01"), *row[at + 1 :]] for row in body]
    (tmp_path / "Llamadas linea 123 enero.csv").write_text(as_text([header, *moved], ";"), encoding="cp1252")
    parsed = importlib.import_module("pipelines.sources.sds_line123").parse(Capture(tmp_path))
    assert {row.period for row in parsed.rows} == {"2026-01"}


def test_another_year_of_crashes_is_read_for_its_year(excerpts: dict[str, Rows], tmp_path: Path) -> None:
    header, *body = excerpts["sdm_crashes_2023"]
    at = header.index("AA_Acc")
    moved = [[*row[:at], "2024", *row[at + 1 :]] for row in body]
    (tmp_path / "siniestros_otro_anio.csv").write_text(as_text([header, *moved], ";"), encoding="utf-8")
    parsed = importlib.import_module("pipelines.sources.sdm_crashes_2023").parse(Capture(tmp_path))
    assert {row.period[:4] for row in parsed.rows} == {"2024"}
