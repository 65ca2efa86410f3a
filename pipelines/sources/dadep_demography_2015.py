"""Population, area and density by locality, 2015, as published by DADEP: an old projection, kept apart.

Publisher: Departamento Administrativo de la Defensoría del Espacio Público (DADEP), through the "Open Data Bogotá"
portal of the Cámara de Comercio: 79 rows, one per locality and quantity. The population (7,878,783) was projected
before the census of 2018 and is no denominator of any rate here.

Quirks: CRLF, names without accents (MARTIRES, SANTAFE, RAFAEL URIBE), "ha2" for hectares; Rafael Uribe Uribe has no
density. Hectares repeat the square kilometres and must agree with them.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY, territories
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

TABLE = "population/dadep_suelo_demografia_localidad_2015.csv"
FILES: tuple[str, ...] = (TABLE,)
PERIOD = "2015"
QUANTITIES = {
    "POBLACION POR (# personas)": "population",
    "EXTENSION TERRITORIAL AREA KM2 (km2)": "area_km2",
    "EXTENSION TERRITORIAL AREA HECTAREAS (ha2)": "area_hectares",
    "DENSIDAD POBLACIONAL POR KM2 (km2)": "density",
}
SHAPES = {
    TABLE: Contract(
        (
            Column("geografia_nombre", "locality", {"BOGOTA D.C.": CITY}),
            Column("Indicador", "category", QUANTITIES),
            Column("Valor", "decimal", lowest=0),
        ),
        others=("geo_padre_nombre", "SublineaTematica"),
        undeclared="refuse",
        tolerance=0,
        unique=("geografia_nombre", "Indicador"),
    )
}


def parse(capture: Capture) -> Parsed:
    """Population, km² and persons per km² by locality; the city's population and area are their sums.

    Raises:
        SourceError: hectares and square kilometres of a locality differ, or one that is summed lacks localities.
    """
    table = open_table(capture.path(TABLE), SHAPES[TABLE], source="dadep_demography_2015", name=TABLE)
    values = table.frame.pivot(index="geografia_nombre", columns="Indicador", values="Valor").astype(float)
    _refuse_gaps(values)
    wrong = values.index[(values["area_hectares"] - 100 * values["area_km2"]).abs() > 0.01].tolist()
    if wrong:
        raise SourceError(f"hectares and km² differ in {wrong}", where=TABLE)
    kept = table.frame[table.frame["Indicador"] != "area_hectares"]
    rows = [
        FigureRow(measure, code, PERIOD, value=value)
        for code, measure, value in kept[["geografia_nombre", "Indicador", "Valor"]].itertuples(index=False)
    ]
    rows += [FigureRow(name, CITY, PERIOD, value=round(float(values[name].sum()), 6)) for name in _SUMMED]
    accounts = table.accounts(("used", len(kept)))
    return Parsed(rows, [*accounts, Account(TABLE, "excluded", "same_in_hectares", len(table.frame) - len(kept))])


_SUMMED = ("population", "area_km2")


def _refuse_gaps(values: pd.DataFrame) -> None:
    """Refuse a table that lacks a summed quantity of a locality: the sum would be a smaller city."""
    named = values.reindex(index=list(LOCALITIES), columns=[*_SUMMED, "area_hectares"])
    for quantity, column in named.items():
        lacking = [territories()[str(code)].name for code in column.index[column.isna()]]
        if lacking:
            fix = "was the file cut short? All twenty make the city"
            raise SourceError(f"no {quantity} of {', '.join(lacking)}", where=TABLE, fix=fix)
