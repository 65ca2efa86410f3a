"""The action plan's workbook: both layouts are read; what cannot be read in one way is kept and reported by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from observatory.errors import SourceError
from observatory.plan import PlanVersion
from pipelines.plans.files import current_plan, listed_folders
from pipelines.plans.workbook import import_plan, read_plan_workbook
from tests.pipelines.plan_books import (
    PLAN,
    PRODUCT_TOP,
    PRODUCT_UNDER,
    RESULT_TOP,
    RESULT_UNDER,
    YEARS,
    new_layout,
    product_row,
    result_row,
    sound_rows,
    write_book,
)


def read(path: Path) -> PlanVersion:
    return read_plan_workbook(path, PLAN, "versión 1")


def found(plan: PlanVersion, rule: str) -> list[tuple[str, str]]:
    return [(item.cell, item.found) for item in plan.findings if item.rule == rule]


def test_a_sound_workbook_gives_its_tree_and_no_findings(tmp_path: Path) -> None:
    plan = read(new_layout(tmp_path / "plan.xlsx", *sound_rows()))

    assert [(node.node_id, node.parent_id) for node in plan.nodes] == [
        ("objective:1", ""),
        ("result:1.1", "objective:1"),
        ("product:1.1.1", "result:1.1"),
        ("product:1.1.2", "result:1.1"),
    ]
    assert plan.findings == []
    assert plan.header.objective == "Dar ejemplo"
    assert plan.header.layout == "new"


def test_every_documented_field_is_read(tmp_path: Path) -> None:
    plan = read(new_layout(tmp_path / "plan.xlsx", *sound_rows()))

    product = plan.by_id["product:1.1.1"]
    assert (product.weight, product.sector, product.entity, product.office) == (0.5, "Ambiente", "SDA", "Calidad")
    assert product.co_responsible == "Salud; SDS"
    assert (product.annualization, product.periodicity, product.baseline_text) == ("sum", "quarterly", "N/D")
    assert plan.target_values("product:1.1.1") == {2023: 1, 2024: 2, 2025: 3, 2026: 4}
    assert plan.targets_of("product:1.1.1")[2024].cell == "Productos!W6"
    result = plan.by_id["result:1.1"]
    assert (result.baseline_value, result.baseline_year, result.final_target, result.in_force) == (10, 2022, 50, "yes")
    assert {(item.name, item.text) for item in plan.attributes if item.node_id == "result:1.1"} == {
        ("formula", "a/b"),
        ("sdg", "11"),
        ("sdg_target", "11.6"),
        ("baseline_source", "DANE"),
    }


def test_text_in_a_target_is_kept_and_reported(tmp_path: Path) -> None:
    text = "levantamiento línea base"
    results = [result_row("1. Uno", 1, "1.1 Resultado", targets=[text, 30, 40, 50])]
    plan = read(new_layout(tmp_path / "plan.xlsx", results, sound_rows()[1]))

    target = plan.targets_of("result:1.1")[2023]
    assert (target.value, target.text) == (None, text)
    assert found(plan, "text_for_number") == [("Resultados!S6", text)]


def test_a_failed_formula_is_no_blank(tmp_path: Path) -> None:
    results = [result_row("1. Uno", 1, "1.1 Resultado", targets=["=A99", 30, 40, 50], final="=A99")]
    plan = read(new_layout(tmp_path / "plan.xlsx", results, sound_rows()[1]))

    assert found(plan, "formula_error") == [("Resultados!W6", "#REF!"), ("Resultados!S6", "#REF!")]
    assert plan.by_id["result:1.1"].final_target_text == "#REF!"


@pytest.mark.parametrize(
    ("written", "value", "rule"),
    [
        ("40", 40.0, "number_as_text"),
        ("40,5", 40.5, "number_as_text"),
        ("85%", 0.85, "number_as_text"),
        ("0,924", 0.924, "number_as_text"),
        ("1.200", None, "number_ambiguous"),
        ("12.000,5", None, "text_for_number"),
    ],
)
def test_a_number_written_as_text_is_read_only_in_one_way(
    tmp_path: Path, written: str, value: float | None, rule: str
) -> None:
    results = [result_row("1. Uno", 1, "1.1 Resultado", targets=[20, 30, written, 50])]
    plan = read(new_layout(tmp_path / "plan.xlsx", results, sound_rows()[1]))

    assert (plan.targets_of("result:1.1")[2025].value, plan.targets_of("result:1.1")[2025].text) == (value, written)
    assert found(plan, rule) == [("Resultados!U6", written)]


def test_codes_as_numbers_are_reported_and_no_row_is_lost(tmp_path: Path) -> None:
    top, under = ["Código", *RESULT_TOP], ["", *RESULT_UNDER]
    rows = [[1.1, *result_row("1. Uno", 1, "Primero", weight=0.5)], [1.10, *result_row("", "", "Décimo", weight=0.5)]]
    plan = read(write_book(tmp_path / "plan.xlsx", {"IR": [top, under, *rows]}))

    assert [node.node_id for node in plan.of_kind("result")] == ["result:1.1", "result:1.1#2"]
    assert found(plan, "code_as_number") == [("IR!A3", "1.1"), ("IR!A4", "1.1")]
    assert found(plan, "code_repeated") == [("IR!D4", "1.1")]


def test_text_codes_keep_their_last_zero(tmp_path: Path) -> None:
    products = [product_row("1. Uno", "1.1 Resultado uno", f"1.1.{n}. Producto", weight=0.5) for n in (1, 10)]
    plan = read(new_layout(tmp_path / "plan.xlsx", sound_rows()[0], products))

    assert [node.code for node in plan.of_kind("product")] == ["1.1.1", "1.1.10"]


def test_a_product_without_a_code_is_kept_under_its_address(tmp_path: Path) -> None:
    products = [product_row("1. Uno", "1.1 Resultado uno", "100 jóvenes formados", weight=1)]
    plan = read(new_layout(tmp_path / "plan.xlsx", sound_rows()[0], products))

    product = plan.of_kind("product")[0]
    assert (product.node_id, product.code, product.parent_id) == ("product:@Productos!C6", "", "result:1.1")
    assert found(plan, "code_missing") == [("Productos!C6", "100 jóvenes formados")]


def test_a_code_under_another_result_is_reported(tmp_path: Path) -> None:
    products = [product_row("1. Uno", "1.1 Resultado uno", "2.1.1. Ajeno", weight=1)]
    plan = read(new_layout(tmp_path / "plan.xlsx", sound_rows()[0], products))

    assert found(plan, "code_under_other_parent") == [("Productos!C6", "2.1.1")]


def test_weights_in_percent_become_fractions(tmp_path: Path) -> None:
    results = [result_row("1. Uno", 100, "1.1 Resultado uno")]
    products = [product_row("1. Uno", "1.1 Resultado uno", f"1.1.{n}. P", weight=50) for n in (1, 2)]
    plan = read(new_layout(tmp_path / "plan.xlsx", results, products))

    assert [node.weight for node in plan.nodes] == [1, 1, 0.5, 0.5]
    assert [item.rule for item in plan.findings] == ["weights_in_percent"] * 3


def side_by_side(products: list[list[Any]]) -> list[list[Any]]:
    """The older form: results and products on one sheet, cells of the result merged, money per year at the end."""
    costs = ["Costo estimado", "", "Fuente de financiación", ""]
    top = [*RESULT_TOP, *PRODUCT_TOP[2:], *costs]
    under = [*RESULT_UNDER, *PRODUCT_UNDER[2:], "2023", "2024", "2023", "2024"]
    first = result_row("1. Uno", 1, "1.1 Resultado uno")
    rows = [[*(first if n == 0 else [None] * len(first)), *row[2:]] for n, row in enumerate(products)]
    return [["PLAN DE ACCIÓN"], [], top, under, *([*row, 900, 950, "Inversión", "Inversión"] for row in rows)]


def test_the_older_layout_side_by_side_is_the_same_plan(tmp_path: Path) -> None:
    results, products = sound_rows()
    old = read(write_book(tmp_path / "old.xlsx", {"Plan de acción": side_by_side(products)}))
    new = read(new_layout(tmp_path / "new.xlsx", results, products))

    assert [node._replace(cell="") for node in old.nodes] == [node._replace(cell="") for node in new.nodes]
    assert [target[:4] for target in old.targets] == [target[:4] for target in new.targets]
    assert old.header.layout == "old"
    assert ("costo estimado 2023", "900") in [(item.name, item.text) for item in old.attributes]


def test_unknown_columns_and_sheets_are_reported_and_kept(tmp_path: Path) -> None:
    results, products = sound_rows()
    sheets = {
        "Productos": [[*PRODUCT_TOP, "Semáforo interno"], PRODUCT_UNDER, [*products[0], "azul"]],
        "Resultados": [RESULT_TOP, RESULT_UNDER, *results],
        "Notas": [["Cualquier cosa"]],
    }
    plan = read(write_book(tmp_path / "plan.xlsx", sheets))

    assert found(plan, "column_unknown") == [("Productos!AA2", "semaforo interno")]
    assert found(plan, "sheet_not_read") == [("Notas", "Notas")]
    assert ("semaforo interno", "azul") in [(item.name, item.text) for item in plan.attributes]


def test_technical_sheets_go_to_the_indicator_they_name(tmp_path: Path) -> None:
    results, products = sound_rows()
    by_code = [
        ["Código del indicador", "", "1.1.2"],
        ["Unidad de medida", "", "Porcentaje"],
        ["Días de rezago", "", 30],
    ]
    by_name = [
        ["Nombre indicador", "Indicador de 1.1 Resultado uno"],
        ["Descripción", ""],
        ["Unidad de medida", "Tasa"],
    ]
    sheets = {
        "Resultados": [RESULT_TOP, RESULT_UNDER, *results],
        "Productos": [PRODUCT_TOP, PRODUCT_UNDER, *products],
        "Ficha técnica IP2": by_code,
        "Ficha técnica IR1": by_name,
        "Ficha técnica IP7": [["Unidad de medida", "Número"]],
    }
    plan = read(write_book(tmp_path / "plan.xlsx", sheets))

    assert (plan.by_id["product:1.1.2"].unit, plan.by_id["result:1.1"].unit) == ("Porcentaje", "Tasa")
    assert ("lag_days", "30", "Ficha técnica IP2!C3") in [(item.name, item.text, item.cell) for item in plan.attributes]
    assert not any(item.name == "description" for item in plan.attributes)
    assert found(plan, "sheet_not_read") == [("Ficha técnica IP7", "Ficha técnica IP7")]


def test_totals_and_blank_rows_are_no_products(tmp_path: Path) -> None:
    results, products = sound_rows()
    plan = read(new_layout(tmp_path / "plan.xlsx", results, [*products, [], ["", "", "TOTAL", "", "", 1]]))

    assert len(plan.of_kind("product")) == 2


def test_a_heading_row_on_its_own_is_enough(tmp_path: Path) -> None:
    flat = [*RESULT_TOP[:13], "Línea base Valor", "Línea base: Año", "Fuente línea base", *RESULT_TOP[16:18]]
    flat += [f"Meta {year}" for year in YEARS] + ["Meta de resultado Final"]
    plan = read(write_book(tmp_path / "plan.xlsx", {"IR": [flat, *sound_rows()[0]]}))

    assert plan.target_values("result:1.1") == {2023: 20, 2024: 30, 2025: 40, 2026: 50}
    assert plan.by_id["result:1.1"].baseline_year == 2022


def test_a_file_without_a_plan_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "other.xlsx", {"Hoja1": [["Nada", "que", "ver"]]})
    with pytest.raises(SourceError, match="no sheet looks like an action plan"):
        read(path)


def test_a_file_that_is_no_workbook_leaves_the_last_good_version(tmp_path: Path) -> None:
    root = tmp_path / "plans"
    import_plan(new_layout(tmp_path / "plan.xlsx", *sound_rows()), root, PLAN, "versión 1")
    (tmp_path / "broken.xlsx").write_bytes(b"no zip at all")

    with pytest.raises(SourceError, match="cannot be read as a workbook"):
        import_plan(tmp_path / "broken.xlsx", root, PLAN, "versión 2")

    kept = current_plan(root, PLAN.id)
    assert kept is not None
    assert kept.header.version == "versión 1"


def test_a_new_version_says_what_was_renamed_and_changed(tmp_path: Path) -> None:
    root = tmp_path / "plans"
    results, products = sound_rows()
    import_plan(new_layout(tmp_path / "one.xlsx", results, products), root, PLAN, "versión 1")
    changed = [product_row("1. Uno", "1.1 Resultado uno", "1.1.1. Primero", name="Otro", kind="Constante", final=4)]
    changed += [product_row("", "", "1.1.3. Tercero")]
    plan, _ = import_plan(new_layout(tmp_path / "two.xlsx", results, changed), root, PLAN, "versión 2")

    rules = {item.rule: (item.code, item.found, item.expected) for item in plan.findings}
    assert rules["renamed"] == ("1.1.1", "Otro", "Indicador de 1.1.1. Primero")
    assert rules["annualization_changed"] == ("1.1.1", "constant", "sum")
    assert rules["code_new"][0] == "1.1.3"
    assert rules["code_gone"][0] == "1.1.2"
    assert len(listed_folders(root / PLAN.id)) == 2


def test_importing_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    root, path = tmp_path / "plans", new_layout(tmp_path / "plan.xlsx", *sound_rows())
    _, first = import_plan(path, root, PLAN, "versión 1")
    before = sorted((item.name, item.stat().st_mtime_ns) for item in first.iterdir())
    _, second = import_plan(path, root, PLAN, "versión 1")

    assert first == second
    assert before == sorted((item.name, item.stat().st_mtime_ns) for item in second.iterdir())
