"""Adults of 18 to 64 years with excess weight and with thinness, among those measured, by locality, 2011–2025.

Publisher: Secretaría Distrital de Salud (SDS), SaluData, `osb_malnutricion18_64`: cases and persons measured by the
nutritional surveillance; "Distrito" is the city, "Localidad Desconocida" is without location. It counts who came to be
measured, 4,438 people in 2011 and 1,184,598 in 2025, so it tells of the people attended, not of the city's prevalence;
from 2022 the network reports far more people, which breaks the series. 2026 is not over and is left out.

Quirks: byte-order mark, `;`, decimal point, share as percent; the published share is cases over persons, which is
checked row by row (half a tenth of a point) and not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from observatory.errors import SourceError
from observatory.territory import CITY, UNLOCATED
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

SURVEILLANCE = "quality_of_life/sds_osb_malnutricion_18_64.csv"
FILES: tuple[str, ...] = (SURVEILLANCE,)
KINDS = {"Exceso": "excess_weight", "Delgadez": "thinness"}
UNFINISHED = "2026"
SHAPES = {
    SURVEILLANCE: Contract(
        (
            Column("Area", "locality", {"Distrito": CITY, "Localidad Desconocida": UNLOCATED}),
            Column("Total Poblacion", "whole", lowest=0),
            Column("Proporción", "decimal", lowest=0, highest=100, is_percent=True),
            Column("Casos", "whole", lowest=0),
            Column("Tipo", "category", KINDS),
            Column("Año", "year"),
        ),
        others=("Codigo",),
        undeclared="refuse",
        tolerance=0,
        unique=("Area", "Tipo", "Año"),
    )
}


def parse(capture: Capture) -> Parsed:
    """Cases by kind and persons measured, by locality, without location, and city.

    Raises:
        SourceError: a share is not cases over persons, or the parts of a year do not sum to the city.
    """
    table = open_table(capture.path(SURVEILLANCE), SHAPES[SURVEILLANCE], source="sds_malnutrition", name=SURVEILLANCE)
    unfinished_year = max(UNFINISHED, *table.frame["Año"])
    frame = table.frame[table.frame["Año"] < unfinished_year]
    measured: dict[tuple[str, str], int] = {}
    rows: list[FigureRow] = []
    for number, (code, people, share, cases, kind, year) in zip(
        frame.index, frame.itertuples(index=False, name=None), strict=True
    ):
        where = f"{SURVEILLANCE}, row {number}"
        if people and abs(100 * cases / people - share) > 0.0501:
            raise SourceError(f"{cases} of {people} is not {share} %", where=where)
        if measured.setdefault((code, year), people) != people:
            raise SourceError(f"{people} measured here, {measured[code, year]} before", where=where)
        rows.append(FigureRow(kind, code, year, value=cases))
    rows += [FigureRow("measured", code, year, value=people) for (code, year), people in measured.items()]
    _refuse_sums(rows)
    unfinished = Account(SURVEILLANCE, "excluded", "year_incomplete", len(table.frame) - len(frame))
    return Parsed(rows, [*table.accounts(("used", len(frame))), unfinished], table.refused)


def _refuse_sums(rows: list[FigureRow]) -> None:
    for measure, year, parts, city in _sums(rows):
        if parts != city:
            raise SourceError(f"{measure} {year}: parts sum to {parts}, the city has {city}", where=SURVEILLANCE)


def _sums(rows: list[FigureRow]) -> Iterator[tuple[str, str, float, float]]:
    keys = {(row.measure, row.period) for row in rows}
    for measure, year in sorted(keys):
        chosen = {row.territory_code: row.value or 0 for row in rows if (row.measure, row.period) == (measure, year)}
        yield measure, year, sum(value for code, value in chosen.items() if code != CITY), chosen.get(CITY, 0)
