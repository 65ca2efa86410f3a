"""Workbooks built to the District's documented columns, for tests. Names and figures in them are of no real plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from observatory.registry.models import Plan, Text

PLAN = Plan(
    id="example_plan",
    name=Text(es="Política de ejemplo", en="Example policy"),
    norm=Text(es="CONPES D.C. 0", en="CONPES D.C. 0"),
    scope="district",
    starts=2023,
    ends=2026,
    version=Text(es="1", en="1"),
)
RESULT_TOP = [
    "Objetivo específico",
    "Importancia relativa del objetivo (%)",
    "Resultado esperado",
    "Nombre del indicador de resultado",
    "Vigente/No Vigente",
    "Importancia relativa del resultado (%)",
    "Fórmula del indicador",
    "Sector Responsable",
    "Entidad Responsable",
    "ODS",
    "Meta ODS",
    "Tipo de anualización",
    "Periodicidad",
    "Línea base",
    "",
    "",
    "Fecha de inicio",
    "Fecha de finalización",
    "Metas",
    "",
    "",
    "",
    "Meta de resultado Final",
]
YEARS = ["2023", "2024", "2025", "2026"]
RESULT_UNDER = [""] * 13 + ["Valor", "Año", "Fuente", "", "", *YEARS, ""]
PRODUCT_TOP = [
    "Objetivo específico",
    "Resultado esperado",
    "Producto esperado",
    "Nombre indicador de producto",
    "Vigente/No Vigente",
    "Importancia relativa del producto (%)",
    "Fórmula del indicador",
    "Responsables de la ejecución",
    "",
    "",
    "Corresponsables",
    "",
    "",
    "Código Meta PDD",
    "Tipo de anualización",
    "Periodicidad",
    "Línea base",
    "",
    "",
    "Fecha de inicio",
    "Fecha de finalización",
    "Metas",
    "",
    "",
    "",
    "Meta de producto Final",
]
OWNER = ["Sector", "Entidad", "Dirección"]
PRODUCT_UNDER = [""] * 7 + OWNER + OWNER + [""] * 3 + ["Valor", "Año", "Fuente", "", "", *YEARS, ""]
TITLE: list[list[Any]] = [
    ["", "Nombre de la política", "Política de ejemplo"],
    ["", "Objetivo general", "Dar ejemplo"],
    [],
]


def result_row(objective: str, share: float | str, result: str, **fields: Any) -> list[Any]:
    """A row of the results' sheet; fields not named get plain values."""
    known = {"kind": "Creciente", "base": 10, "targets": [20, 30, 40, 50], "final": 50, "force": "Vigente"} | fields
    dates = ["2023-01-01", "2026-12-31"]
    start = [objective, share, result, f"Indicador de {result}", known["force"], known.get("weight", share), "a/b"]
    middle = ["Ambiente", "SDA", "11", "11.6", known["kind"], known.get("period", "Anual"), known["base"], 2022, "DANE"]
    return [*start, *middle, *dates, *known["targets"], known["final"]]


def product_row(objective: str, result: str, product: str, **fields: Any) -> list[Any]:
    """A row of the products' sheet; fields not named get plain values."""
    known = {"kind": "Suma", "base": "N/D", "targets": [1, 2, 3, 4], "final": 10, "weight": 0.5} | fields
    name = known.get("name", f"Indicador de {product}")
    start = [objective, result, product, name, known.get("force", "Vigente"), known["weight"], "Suma de cosas"]
    middle = ["Ambiente", "SDA", "Calidad", "Salud", "SDS", "", "123", known["kind"], known.get("period", "Trimestral")]
    return [*start, *middle, known["base"], 2022, "", "2023-01-01", "2026-12-31", *known["targets"], known["final"]]


def write_book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook of these rows; a text that begins with = becomes a formula that failed with #REF!."""
    with Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(number, column, value, None, "#REF!")
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value)
    return path


def new_layout(path: Path, results: list[list[Any]], products: list[list[Any]]) -> Path:
    """Results and products on sheets of their own, each under a title, with headings on two rows."""
    sheets = {
        "Resultados": [*TITLE, RESULT_TOP, RESULT_UNDER, *results],
        "Productos": [*TITLE, PRODUCT_TOP, PRODUCT_UNDER, *products],
    }
    return write_book(path, sheets)


def sound_rows() -> tuple[list[list[Any]], list[list[Any]]]:
    """A plan without a fault: one objective, one result, two products."""
    results = [result_row("1. Uno", 1, "1.1 Resultado uno")]
    products = [product_row("1. Uno", "1.1 Resultado uno", "1.1.1. Primero"), product_row("", "", "1.1.2. Segundo")]
    return results, products
