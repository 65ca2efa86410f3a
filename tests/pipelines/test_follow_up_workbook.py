"""The follow-up workbook, .xlsx and .xlsb: reports by quarter onto the plan, by code, every odd cell reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from observatory.errors import SourceError
from observatory.plan import Header, Node, PlanVersion
from observatory.registry.models import Text
from pipelines.plans.files import current_plan
from pipelines.plans.follow_up_rows import Column, quantity_in, text_in
from pipelines.plans.follow_up_workbook import import_follow_up, read_follow_up
from pipelines.plans.workbook import import_plan
from pipelines.reading.sheets import read_workbook
from tests.pipelines.plan_books import PLAN, new_layout, sound_rows, write_book
from tests.pipelines.xlsb_writer import DIVIDED_BY_ZERO, write_xlsb

STATED = [
    "Estado",
    "Código",
    "Nombre",
    "Sector",
    "Entidad",
    "Ponderación relativa (%)",
    "Valor línea base",
    "Tipo de anualización",
    "Periodicidad de medición",
    "Fecha de inicio",
    "Fecha de finalización",
    "Corte del último reporte (Q1–Q4)",
    "Año del último reporte",
]
NUMBERS = [
    "2024_Q1",
    "2024_Q2",
    "2024_Q3",
    "2024_Q4",
    "Acumulado 2024",
    "2025_Q1",
    "2025_Q2",
    "Metas programadas 2024",
    "Meta acumulada 2024",
    "Meta final",
    "% vigencia 2024",
    "% acumulado 2024",
    "% total",
]
TEXTS = ["Código", "Nombre", "Sector", "Entidad", "Avance cualitativo 2025_Q1", "Avance de enfoques 2025_Q1"]
TEXTS += ["Justificación del rezago 2025_Q2"]


def row(code: Any, name: str, reports: list[Any], kind: str = "Suma", weight: Any = 0.5) -> list[Any]:
    """One indicator; `reports` are the four quarters of 2024, their sum, and two quarters of 2025."""
    stated = ["Vigente", code, name, "Ambiente", "SDA", weight, "N/D", kind, "Trimestral"]
    return [*stated, "2023-01-01", "2026-12-31", "Q2", 2025, *reports, 2, 3, 10, 1.1, 1.2, 0.4]


def sheets(rows: list[list[Any]]) -> dict[str, list[list[Any]]]:
    """Both sheets of a follow-up."""
    notes = [["1.1.1", "Indicador", "Ambiente", "SDA", "Se avanzó", "Con enfoque de género", "Faltaron insumos"]]
    title: list[list[Any]] = [["Seguimiento a productos"], []]
    return {"Avance Cuantitativo": [*title, [*STATED, *NUMBERS], *rows], "Avance Cualitativo": [TEXTS, *notes]}


def usual() -> list[list[Any]]:
    """Two indicators of the sound plan, one quarter of the second left blank."""
    return [
        row("1.1.1", "Indicador de 1.1.1. Primero", [1, 2, 3, 4, 10, 5, 6]),
        row("1.1.2", "Indicador de 1.1.2. Segundo", [0, None, 1, 1, 2, 0, 1]),
    ]


@pytest.fixture
def plan(tmp_path: Path) -> PlanVersion:
    """The sound plan, imported."""
    found, _ = import_plan(new_layout(tmp_path / "plan.xlsx", *sound_rows()), tmp_path / "plans", PLAN, "versión 1")
    return found


def rules(plan: PlanVersion) -> list[str]:
    return sorted(item.rule for item in plan.findings)


@pytest.mark.parametrize("write", [write_book, write_xlsb], ids=["xlsx", "xlsb"])
def test_both_formats_give_the_same_reports(tmp_path: Path, plan: PlanVersion, write: Any) -> None:
    suffix = "xlsb" if write is write_xlsb else "xlsx"
    followed = read_follow_up(write(tmp_path / f"follow.{suffix}", sheets(usual())), plan)

    made = [(item.year, item.quarter, item.used) for item in followed.reports_of("product:1.1.2")]
    assert made == [(2024, 1, 0), (2024, 3, 1), (2024, 4, 1), (2025, 1, 0), (2025, 2, 1)]
    assert followed.header.reported_to == "2025-Q2"
    assert rules(followed) == []


def test_what_the_workbook_computed_is_kept_beside(tmp_path: Path, plan: PlanVersion) -> None:
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(usual())), plan)

    stated = {(item.measure, item.year): item.value for item in followed.published if item.node_id == "product:1.1.1"}
    assert stated == {
        ("year_value", 2024): 10,
        ("accumulated_target", 2024): 3,
        ("share_of_year", 2024): 1.1,
        ("share_to_date", 2024): 1.2,
        ("share_of_final", 0): 0.4,
    }


def test_texts_are_kept_by_kind_and_quarter(tmp_path: Path, plan: PlanVersion) -> None:
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(usual())), plan)

    assert [(note.kind, note.year, note.quarter, note.cell) for note in followed.notes] == [
        ("progress", 2025, 1, "Avance Cualitativo!E2"),
        ("approaches", 2025, 1, "Avance Cualitativo!F2"),
        ("lag", 2025, 2, "Avance Cualitativo!G2"),
    ]


def test_a_failed_formula_in_xlsb_is_found_though_the_reader_gives_a_blank(tmp_path: Path, plan: PlanVersion) -> None:
    rows = [row("1.1.1", "Indicador de 1.1.1. Primero", [1, 2, 3, DIVIDED_BY_ZERO, DIVIDED_BY_ZERO, 5, 6]), usual()[1]]
    followed = read_follow_up(write_xlsb(tmp_path / "follow.xlsb", sheets(rows)), plan)

    faulty = [item for item in followed.reports if item.fault]
    assert [(item.cell, item.value, item.used, item.text, item.fault) for item in faulty] == [
        ("Avance Cuantitativo!Q4", None, None, "#DIV/0!", "formula_error")
    ]
    assert [item.cell for item in followed.findings if item.rule == "formula_error"] == [
        "Avance Cuantitativo!Q4",
        "Avance Cuantitativo!R4",
    ]


def test_a_text_for_a_report_is_kept_and_enters_no_sum(tmp_path: Path, plan: PlanVersion) -> None:
    rows = [row("1.1.1", "Indicador de 1.1.1. Primero", [1, "sin avance", 3, 4, 8, 5, 6]), usual()[1]]
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(rows)), plan)

    kept = next(item for item in followed.reports if item.text)
    assert (kept.text, kept.used, kept.fault, kept.cell) == (
        "sin avance",
        None,
        "text_for_number",
        "Avance Cuantitativo!O4",
    )


def test_renamed_changed_unknown_and_missing_indicators_are_said(tmp_path: Path, plan: PlanVersion) -> None:
    rows = [row("1.1.1", "Otro nombre", [1, 2, 3, 4, 10, 5, 6], kind="Creciente"), row("9.9.9", "Ajeno", [1] * 7)]
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(rows)), plan)

    differing = ["annualization_changed", "follow_up_missing", "follow_up_not_in_plan", "never_reported", "renamed"]
    assert rules(followed) == differing
    assert [item.used for item in followed.reports if item.node_id == "product:9.9.9"] == [1] * 6


def test_a_code_as_a_number_cannot_tell_one_from_ten(tmp_path: Path, plan: PlanVersion) -> None:
    rows = [*usual(), row(1.1, "Indicador de 1.1 Resultado uno", [None] * 6 + [20], kind="Creciente")]
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(rows)), plan)

    assert [item.cell for item in followed.findings if item.rule == "code_as_number"] == ["Avance Cuantitativo!B6"]


def test_a_zero_in_a_level_that_starts_above_zero_is_held_out(tmp_path: Path, plan: PlanVersion) -> None:
    rows = [*usual(), row("1.1", "Indicador de 1.1 Resultado uno", [None] * 6 + [0], kind="Creciente")]
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(rows)), plan)

    report = followed.reports_of("result:1.1")[0]
    assert (report.value, report.used, report.fault) == (0, None, "zero_doubtful")
    assert "zero_doubtful" in rules(followed)


def test_a_closed_quarter_that_changes_is_said(tmp_path: Path, plan: PlanVersion) -> None:
    root = tmp_path / "plans"
    import_follow_up(write_book(tmp_path / "one.xlsx", sheets(usual())), root, plan.header.plan_id)
    rows = [row("1.1.1", "Indicador de 1.1.1. Primero", [1, 2, 3, 9, 15, 5, 6]), usual()[1]]
    followed, _ = import_follow_up(write_book(tmp_path / "two.xlsx", sheets(rows)), root, plan.header.plan_id)

    said = [
        (item.cell, item.found, item.expected) for item in followed.findings if item.rule == "closed_quarter_changed"
    ]
    assert said == [("Avance Cuantitativo!Q4", "9", "4")]
    assert current_plan(root, plan.header.plan_id) == followed


def test_a_follow_up_without_its_plan_is_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "follow.xlsx", sheets(usual()))
    with pytest.raises(SourceError, match="no plan 'nobody' to follow"):
        import_follow_up(path, tmp_path / "plans", "nobody")


def test_a_workbook_without_the_sheet_is_refused(tmp_path: Path, plan: PlanVersion) -> None:
    with pytest.raises(SourceError, match="no follow-up was found"):
        read_follow_up(write_book(tmp_path / "other.xlsx", {"Hoja1": [["x"]]}), plan)


def test_pending_fields_are_taken_from_the_follow_up(tmp_path: Path) -> None:
    name = Text(es="Ejemplo", en="Example")
    header = Header(
        plan_id="p", version="1", name=name, norm="n", layout="structure", source="s",
        first_year=2023, last_year=2026,
    )  # fmt: skip
    pending = "name indicator weight annualization periodicity baseline targets final_target entity dates"
    nodes = [
        Node("objective:1", "", 1, "objective", "1", pending="name weight"),
        Node("result:1.1", "objective:1", 2, "result", "1.1", pending=pending),
        Node("product:1.1.1", "result:1.1", 3, "product", "1.1.1", pending=pending),
    ]
    followed = read_follow_up(write_book(tmp_path / "follow.xlsx", sheets(usual()[:1])), PlanVersion(header, nodes))

    product = followed.by_id["product:1.1.1"]
    assert (product.weight, product.annualization, product.entity, product.final_target) == (0.5, "sum", "SDA", 10)
    assert product.pending == "baseline"
    assert followed.target_values("product:1.1.1") == {2024: 2}
    assert followed.by_id["result:1.1"].pending == pending


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("2024 q3", Column("report", 2024, 3)),
        ("2024 trimestre 3", Column("report", 2024, 3)),
        ("acumulado 2024", Column("year_value", 2024, 0)),
        ("2024 % acumulado", Column("share_to_date", 2024, 0)),
        ("% vigencia 2024", Column("share_of_year", 2024, 0)),
        ("meta anual 2024", Column("target", 2024, 0)),
        ("meta acumulada 2024", Column("accumulated_target", 2024, 0)),
        ("% total", Column("share_of_final", 0, 0)),
        ("meta final", None),
        ("nombre", None),
    ],
)
def test_headings_say_what_a_number_is(label: str, column: Column | None) -> None:
    assert quantity_in(label) == column


def test_headings_say_what_a_text_is() -> None:
    assert text_in("justificacion de sobreejecucion 2025 q2") == Column("over_execution", 2025, 2)
    assert text_in("nombre") is None


def test_an_xlsb_keeps_texts_numbers_and_errors_at_their_addresses(tmp_path: Path) -> None:
    book = {"Uno": [["á", 1.5], [None, DIVIDED_BY_ZERO]], "Dos": [["x"]]}
    one, two = read_workbook(write_xlsb(tmp_path / "book.xlsb", book))

    assert (one.text(0, 0), one.number(0, 1).value, one.number(1, 1)) == ("á", 1.5, (None, "#DIV/0!", "formula_error"))
    assert one.address(1, 27) == "Uno!AB2"
    assert two.rows == [["x"]]
