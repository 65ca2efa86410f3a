"""Find the table of a District workbook: its heading rows and what each column holds.

Headings are compared in small letters without accents or punctuation, may stand on one to three rows (groups such as
"Línea base" over "Valor", "Año", "Fuente"; "Metas" over the years) and in any of the first forty rows. In a sheet that
holds results and products side by side, the columns from "Producto esperado" on belong to the product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from pipelines.reading.sheets import Sheet, plain

Block = Literal["result", "product"]
SEARCHED_ROWS, DEEPEST = 40, 3
YEAR = re.compile(r"(?:^|.* )(20\d\d)(?: 0)?$")
COST = re.compile(r"costo|recurso|financia|presupuest")

# The first pattern that is found in a heading names its column.
COLUMNS: list[tuple[str, str]] = [
    ("objective_weight", r"(importancia relativa|ponderacion).* objetivo"),
    ("result_weight", r"(importancia relativa|ponderacion).* (resultado|ir)\b"),
    ("product_weight", r"(importancia relativa|ponderacion).* (producto|ip)\b"),
    ("weight", r"(importancia|ponderacion) relativa"),
    ("formula", r"formula"),
    ("objective_pdd", r"(objetivo|indicador).*\bpdd|plan (distrital )?de desarrollo"),
    ("objective", r"^objetivos? especificos?"),
    ("final_target", r"meta .*final|^meta final"),
    ("result_indicator", r"indicador de resultado"),
    ("product_indicator", r"indicador de producto"),
    ("result", r"^resultados? esperados?"),
    ("product", r"^productos? esperados?"),
    ("result_code", r"^(codigo|cod|no|numero)( de)? (resultado|ir)$"),
    ("product_code", r"^(codigo|cod|no|numero)( de)? (producto|ip)$"),
    ("pdd_code", r"codigo meta pdd|meta pdd"),
    ("code", r"^(codigo|cod)( del? indicador)?$"),
    ("in_force", r"vigente"),
    ("state", r"^estado$"),
    ("annualization", r"tipo de anualizacion|^anualizacion"),
    ("periodicity", r"periodicidad"),
    ("baseline_year", r"linea( de)? base.*\bano|\bano.*linea( de)? base"),
    ("baseline_source", r"linea( de)? base.*fuente|fuente.*linea( de)? base"),
    ("baseline_value", r"linea( de)? base"),
    ("starts", r"fecha de (inicio|inicial)"),
    ("ends", r"fecha (de |)(finalizacion|fin|final|terminacion)"),
    ("co_sector", r"corresponsable.*sector|sector corresponsable"),
    ("co_entity", r"corresponsable.*entidad|entidad corresponsable"),
    ("co_office", r"corresponsable.*(direccion|dependencia)"),
    ("sector", r"\bsector\b"),
    ("entity", r"\bentidad\b"),
    ("office", r"\b(direccion|dependencia)\b"),
    ("unit", r"unidad de medida"),
    ("sdg_target", r"meta ods"),
    ("sdg", r"^ods\b"),
    ("approach_secondary", r"enfoque secundario"),
    ("approach", r"enfoque"),
    ("investment_project", r"proyecto de inversion"),
    ("last_quarter", r"corte del ultimo reporte"),
    ("last_year", r"ano del ultimo reporte"),
    ("name", r"^nombre( del indicador)?$|^indicador$"),
]
MATCHES = [(name, re.compile(pattern)) for name, pattern in COLUMNS]
ENOUGH = 4  # headings of the list on one row make a table


@dataclass(frozen=True)
class Table:
    """Where a table lies in a sheet; rows and columns from 0.

    `columns` maps (block, field) to the column, `years` (block, year) to the column of a yearly target, `costs` the
    columns of yearly money, `unknown` the headings that are none of those.
    """

    sheet: Sheet
    first_row: int
    labels: dict[int, str]
    columns: dict[tuple[Block, str], int] = field(default_factory=dict)
    years: dict[tuple[Block, int], int] = field(default_factory=dict)
    costs: dict[int, str] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)

    @property
    def has_products(self) -> bool:
        """Whether the sheet lists products."""
        return ("product", "product") in self.columns

    def column(self, block: Block, name: str) -> int | None:
        """The column of a field."""
        return self.columns.get((block, name))


def find_table(sheet: Sheet) -> Table | None:
    """The plan's table of a sheet; None when no heading row is found."""
    found = best_headings(sheet)
    if found is None:
        return None
    first_row, labels = found
    names = {column: column_name(label) for column, label in labels.items()}
    divide = next((column for column, name in names.items() if name == "product"), None)
    has_results = divide is None or "result" in names.values()
    table = Table(sheet, first_row, labels)
    for column, label in labels.items():
        block: Block = "product" if divide is not None and (column >= divide or not has_results) else "result"
        _place(table, block, column, label, names[column])
    return table


def _place(table: Table, block: Block, column: int, label: str, name: str | None) -> None:
    year = YEAR.match(label)
    if COST.search(label):
        table.costs[column] = label
    elif name is not None and (block, name) not in table.columns:
        table.columns[(block, name)] = column
    elif name is None and year and (block, int(year[1])) not in table.years:
        table.years[(block, int(year[1]))] = column
    else:
        table.unknown[column] = label


def best_headings(sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    """First row below the headings and the joined heading of each column."""
    best: tuple[int, int, int] | None = None
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for depth in range(1, DEEPEST + 1):
            score = len({column_name(label) or _year(label) for label in joined(sheet, row, depth).values()} - {None})
            if score >= ENOUGH and (best is None or (score, -depth) > (best[0], -best[2])):
                best = (score, row, depth)
    return (best[1] + best[2], joined(sheet, best[1], best[2])) if best else None


def joined(sheet: Sheet, row: int, depth: int) -> dict[int, str]:
    """Heading of each column over `depth` rows: a group stands over the columns up to the next group."""
    groups: list[str] = [""] * depth
    labels: dict[int, str] = {}
    for column in range(sheet.width):
        own = [plain(sheet.text(row + step, column)) for step in range(depth)]
        lowest = max((step for step in range(depth) if own[step]), default=-1)
        for step in range(depth):
            if own[step]:
                groups[step] = own[step]
                groups[step + 1 :] = [""] * (depth - step - 1)
        if lowest >= 0:
            parts = [own[step] or groups[step] for step in range(lowest + 1)]
            labels[column] = " ".join(part for part in parts if part)
            for step in range(lowest + 1, depth):
                groups[step] = ""
    return labels


def _year(label: str) -> str | None:
    found = YEAR.match(label)
    return found[1] if found else None


def column_name(label: str) -> str | None:
    """The field a heading names; None when it is none of the list."""
    return next((name for name, pattern in MATCHES if pattern.search(label)), None)
