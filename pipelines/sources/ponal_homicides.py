"""Homicides in Bogotá by year: the National Police's yearly books 2003–2023, and two later totals seen in the press.

Publisher: Policía Nacional de Colombia, SIEDCO, "Homicidio intencional"; one book per year (2003–2010 in one), whole
country. Two forms are read: the books as published (`.xls` and `.xlsx`: nine or ten banner rows, notes below the
table), and all of them stacked as text with each row's book and row number. A row is one fact or several alike;
`CANTIDAD` is summed. The three books at hand give the same as the stack, year by year, or the parse fails. A year
without January or December is not over and is left out.

Quirks: Bogotá is spelt `Bogotá D.C. (CT)` and `BOGOTÁ D.C. (CT)`, always in the department CUNDINAMARCA; `AÑO` is
filled only to 2010, so the year is that of the date, called `FECHA`, `FECHA HECHO` or `FECHA DE HECHO `. Each book is
that year's cut: later cuts differ by a few cases (2020: 1,038 in the book, 1,030 in a later report).

`LATER` is no file. 2024: 1,204, Siedco as reported by Bogotá Cómo Vamos (August 2025); a later Siedco cut gives
1,214. 2025: 1,173, as read out in the Council of Bogotá on 29 January 2026. Both agree with the published rates (15.2
and 14.8 per 100,000) and are flagged `secondary provisional` until the police's books are loaded: a book of one of
these years takes its place.
"""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from observatory.errors import SourceError
from observatory.territory import CITY, folded
from pipelines.counting import unfinished_years
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table

STACK = "performance/ponal_homicidios_colombia_2003_2023_texto.parquet"
FILES: tuple[str, ...] = (
    STACK,
    "raw/ponal_homicidios_2003_2010.xlsx",
    "raw/ponal_homicidios_2012.xlsx",
    "raw/ponal_homicidios_2020.xls",
)
PATTERNS = ("*homicidio*.xls*", "*homicidio*.ods", "*homicidio*.csv*")
MEASURE = "homicides"
BOGOTA = tuple(map(folded, ("BOGOTÁ D.C. (CT)", "BOGOTÁ D.C.", "BOGOTÁ DC", "BOGOTÁ")))
LATER = {"2024": 1204, "2025": 1173}
MOST_VICTIMS = 100
BOOK = Contract(
    (
        Column("DEPARTAMENTO"),
        Column("MUNICIPIO"),
        Column("FECHA", "date", also_called=("FECHA HECHO", "FECHA DE HECHO", "FECHA DEL HECHO")),
        Column("CANTIDAD", "whole", lowest=1, highest=MOST_VICTIMS),
    ),
    undeclared="report",
    others=("CODIGO DANE", "ARMAS MEDIOS", "GENERO", "AGRUPA EDAD PERSONA", "DIA SEMANA", "AÑO"),
    total="CANTIDAD",
)
SHAPES = dict.fromkeys(FILES[1:], BOOK)


def parse(capture: Capture) -> Parsed:
    """Victims by year of the fact; every row of the books is accounted for.

    Raises:
        SourceError: no file, a file without Bogotá or without a year between two, or files that disagree on a year.
    """
    victims: dict[str, int] = {}
    whole = Parsed([])
    for file in capture.find(FILES, *PATTERNS):
        table = _stack(capture) if file == STACK else _book(capture, file)
        months = table.frame["FECHA"].astype(str).str[:7]
        unfinished = months.str[:4].isin(unfinished_years(months))
        is_bogota = _is_bogota(table)
        bogota = table.frame[is_bogota & ~unfinished]
        for year, count in _by_year(bogota, file).items():
            if victims.setdefault(year, count) != count:
                what = f"{year}: {count} here, {victims[year]} in another file"
                raise SourceError(what, where=file, fix="keep one cut")
        whole.accounts.extend(_accounts(table, len(bogota), int((is_bogota & unfinished).sum())))
        whole.rejected.extend(table.refused)
    if not victims:
        raise SourceError("no book of homicides", where=str(capture.folder), fix=f"names are like {FILES[1]}")
    whole.rows.extend(FigureRow(MEASURE, CITY, year, value=victims[year]) for year in sorted(victims))
    whole.rows.extend(
        FigureRow(MEASURE, CITY, year, value=count, flag="provisional secondary")
        for year, count in LATER.items()
        if year not in victims
    )
    return whole


def _stack(capture: Capture) -> Table:
    columns = ["MUNICIPIO", "FECHA", "CANTIDAD"]
    try:
        frame = pd.read_parquet(capture.path(STACK), columns=columns)
    except (pa.ArrowInvalid, OSError) as error:
        fix = f"a Parquet file with {', '.join(columns)} was expected"
        raise SourceError(f"cannot be read: {str(error).partition('. ')[0]}", where=STACK, fix=fix) from error
    return Table("ponal_homicides", STACK, frame)


def _book(capture: Capture, file: str) -> Table:
    return open_table(capture.path(file), BOOK, source="ponal_homicides", name=file)


def _is_bogota(table: Table) -> pd.Series[bool]:
    """Which rows are of Bogotá.

    Raises:
        SourceError: a municipality is called nearly so.
    """
    names = table.frame["MUNICIPIO"].map(folded)
    like = names.str.contains("bogota") & ~names.isin(BOGOTA)
    if like.any():
        first = table.frame["MUNICIPIO"][like].iloc[:1]
        where = f"{table.file}, row {first.index[0]}, column MUNICIPIO"
        raise SourceError(f"{first.iloc[0]!r} may be Bogotá", where=where, fix="declare it here")
    return names.isin(BOGOTA)


def _by_year(bogota: pd.DataFrame, file: str) -> dict[str, int]:
    """Victims by year.

    Raises:
        SourceError: the file has none in Bogotá, or none in a year between its first and its last.
    """
    sums = bogota["CANTIDAD"].astype(int).groupby(bogota["FECHA"].astype(str).str[:4]).sum()
    found = {str(year): int(count) for year, count in sums.items()}
    years = [str(year) for year in range(int(min(found, default="1")), int(max(found, default="0")) + 1)]
    if not found:
        fix = "a year counts with its January and its December: capture it again when the year is over"
        raise SourceError("no whole year of homicides in Bogotá", where=file, fix=fix)
    if sorted(found) != years:
        raise SourceError(f"Bogotá has homicides in {sorted(found)}", where=file, fix=f"expected {years}")
    return found


def _accounts(table: Table, used: int, unfinished: int) -> list[Account]:
    outside = Account(table.file, "excluded", "outside_bogota", len(table.frame) - used - unfinished)
    early = [Account(table.file, "excluded", "year_incomplete", unfinished)] if unfinished else []
    return [*table.accounts(("used", used)), outside, *early]
