"""Result indicators of the Youth policy 2019–2030 as a table: the same board's values and targets, to compare.

Publisher: Secretaría Distrital de Integración Social (SDIS), workbook of the public follow-up board: 36 results with
Valor_, Meta_ and Diff_ of 2020–2025. The values that the Observatory shows are read from the board's JSON (source
`sdis_youth_policy`), with its doubtful cells; here only what a table can prove is kept: how many results have a value
and a target each year. `Diff_` must be value less target.

Quirks: zero stands for no report; scales differ among years (see the other source).
"""

from __future__ import annotations

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

BOOK = "policy/ppdj_base_resultados.xlsx"
FILES: tuple[str, ...] = (BOOK,)
YEARS = tuple(range(2020, 2026))
TYPES = {"Creciente": "increasing", "Decreciente": "decreasing", "Constante": "constant", "Suma": "sum"}
SHAPES = {
    BOOK: Contract(
        (
            Column("No.", "whole"),
            Column("Nombre indicador"),
            Column("Tipo de anualización", "category", TYPES),
            *(Column(f"{part}_{year}", "decimal", blank=True) for year in YEARS for part in ("Valor", "Meta", "Diff")),
        ),
        others=(
            "Key",
            "Dimensión",
            "Nuevo (2025)",
            "Esperado",
            "Indicador tipo",
            "Sector líder",
            "Fecha inicio",
            "Fecha fin",
        ),
        undeclared="refuse",
        tolerance=0,
        unique=("No.",),
    )
}


def parse(capture: Capture) -> Parsed:
    """Results with a value that is not zero, and with a target, by year.

    Raises:
        SourceError: a difference is not value less target.
    """
    table = open_table(capture.path(BOOK), SHAPES[BOOK], source="sdis_youth_policy_table", name=BOOK)
    rows: list[FigureRow] = []
    for year in YEARS:
        values, targets, apart = (table.frame[f"{part}_{year}"] for part in ("Valor", "Meta", "Diff"))
        for row, value, target, difference in zip(table.frame.index, values, targets, apart, strict=True):
            if None not in (value, target, difference) and abs(value - target - difference) > 0.011:
                raise SourceError(f"{value} less {target} is not {difference}", where=f"{BOOK}, row {row}, {year}")
        rows += [
            FigureRow("results_reported", CITY, str(year), value=sum(value not in (None, 0) for value in values)),
            FigureRow("results_with_target", CITY, str(year), value=sum(target is not None for target in targets)),
        ]
    return Parsed(rows, table.accounts(), table.refused)
