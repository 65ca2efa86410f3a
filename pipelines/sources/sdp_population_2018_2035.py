"""Population by locality 2018–2035, an earlier projection of DANE and SDP, kept apart from the one that rates use.

Publisher: DANE and Secretaría Distrital de Planeación (SDP), "Proyecciones de población por localidad": a table of 360
rows, whose years 2018–2024 come from the published workbook (140 rows, with men and women) and 2025–2035 from a later
table (totals only). The city has 7,412,566 in 2018, 8,034,649 in 2024 and 8,726,402 in 2035. The vintage of 2025
differs, and vintages are never mixed: no rate divides by this one.

Quirks: column "AÑO" and "Ciudad Bolivar" in the workbook. Where both files are at hand they must agree.
"""

from __future__ import annotations

from dataclasses import replace

from observatory.errors import SourceError
from observatory.territory import CITY, territories
from pipelines.counting import LOCALITIES
from pipelines.figures import Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table

TIDY = "population/poblacion_localidad_2018_2035.csv"
BOOK = "raw/dane_sdp_poblacion_localidad_2018_2024.xlsx"
FILES: tuple[str, ...] = (TIDY, BOOK)
SEXES = {"hombres": "men", "mujeres": "women"}
SHAPES = {
    TIDY: Contract(
        (
            Column("cod_localidad", "locality"),
            Column("localidad", "locality"),
            Column("anio", "year"),
            Column("hombres", "whole", lowest=0, blank=True),
            Column("mujeres", "whole", lowest=0, blank=True),
            Column("poblacion", "whole", lowest=0),
        ),
        others=("origen",),
        undeclared="refuse",
        tolerance=0,
        unique=("cod_localidad", "anio"),
    ),
    BOOK: Contract(
        (
            Column("COD_LOC", "locality"),
            Column("NOM_LOC", "locality"),
            Column("AREA", "category", {"Total": "total"}),
            Column("AÑO", "year"),
            Column("Total Hombres", "whole", lowest=0),
            Column("Total Mujeres", "whole", lowest=0),
            Column("TOTAL", "whole", lowest=0),
        ),
        undeclared="refuse",
        tolerance=0,
        unique=("COD_LOC", "AÑO"),
    ),
}


def parse(capture: Capture) -> Parsed:
    """Persons by locality, city and year, and by sex where the files have it.

    Raises:
        SourceError: a code and its name differ, men and women do not add up, a year lacks localities, or the two files
            disagree.
    """
    tables = {name: _open(capture, name) for name in FILES if capture.has(name)}
    people = {name: _people(table) for name, table in tables.items()}
    merged: dict[tuple[str, str, str], int] = {}
    for name, values in people.items():
        for key, value in values.items():
            if merged.setdefault(key, value) != value:
                raise SourceError(f"{key}: {merged[key]} in one file, {value} in the other", where=name)
    _refuse_partial_years(merged)
    accounts = [line for table in tables.values() for line in table.accounts()]
    return Parsed(_rows(merged), accounts, [item for table in tables.values() for item in table.refused])


def _open(capture: Capture, name: str) -> Table:
    table = open_table(capture.path(name), SHAPES[name], source="sdp_population_2018_2035", name=name)
    columns = [column.name for column in SHAPES[name].columns if column.name not in ("AREA",)]
    frame = table.frame[columns].set_axis(["code", "name", "year", "men", "women", "total"], axis="columns")
    wrong = frame[frame["code"] != frame["name"]]
    if len(wrong):
        raise SourceError(f"code {wrong['code'].iloc[0]} and name differ", where=f"{name}, row {wrong.index[0]}")
    return replace(table, frame=frame)


def _people(table: Table) -> dict[tuple[str, str, str], int]:
    """Persons by locality, year and sex."""
    found: dict[tuple[str, str, str], int] = {}
    for row, (code, _, year, men, women, total) in zip(
        table.frame.index, table.frame.itertuples(index=False, name=None), strict=True
    ):
        found[code, year, "total"] = total
        if men is not None and women is not None:
            found[code, year, "sex:men"], found[code, year, "sex:women"] = men, women
            if men + women != total:
                raise SourceError(f"{men} men and {women} women are not {total}", where=f"{table.file}, row {row}")
    return found


def _refuse_partial_years(people: dict[tuple[str, str, str], int]) -> None:
    for year in sorted({year for _, year, _ in people}):
        told = {code for code, found, group in people if (found, group) == (year, "total")}
        missing = [territories()[code].name for code in LOCALITIES if code not in told]
        if missing:
            fix = "was the file cut short? All twenty make the city"
            raise SourceError(f"{year} lacks {', '.join(missing)}", where=" or ".join(FILES), fix=fix)


def _rows(people: dict[tuple[str, str, str], int]) -> list[FigureRow]:
    cities: dict[tuple[str, str], int] = {}
    for (_, year, group), count in people.items():
        cities[year, group] = cities.get((year, group), 0) + count
    rows = [FigureRow("population", code, year, group, count) for (code, year, group), count in people.items()]
    return rows + [FigureRow("population", CITY, year, group, count) for (year, group), count in cities.items()]
