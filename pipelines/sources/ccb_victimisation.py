"""Victims of a crime by locality: Perception and Victimisation Survey (EPV) of the Chamber of Commerce.

Publisher: Cámara de Comercio de Bogotá, microdata 2021 (6,532 respondents) and 2022 (7,346); 19 localities, without
Sumapaz. `P203` = 1: the respondent was victim of a crime. The repository holds no dictionary; the reading is
confirmed by what the Chamber announced: 20 % in 2021, 17 % in 2022, and in 2022 Barrios Unidos 22 %, San Cristóbal
and Antonio Nariño 21 %. Weight `FEX`. The weights of 2021 add up to 5.9 million people and those of 2022 to 2.9
million: shares can be compared, expanded totals cannot.

2020 gives no figure. Of its 3,500 rows 687 have no weight (`weight_missing`) and one holds the total of all
(`total_row`): both are quarantined, and the other 2,812 are excluded (`weights_incomplete`). Its quirks: questions as
names of columns, answers in words, line breaks inside cells, localities by name.

Another year's file in the same form is read for the year in its name.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table
from pipelines.reading.grid import year_in
from pipelines.survey import weighted_share

FILES: tuple[str, ...] = (
    "raw/ccb_epv_2020.csv",
    "quality_of_life/ccb_epv_2021.csv.gz",
    "quality_of_life/ccb_epv_2022.csv.gz",
)
PATTERNS = ("*epv*", "*victimizacion*ccb*")
WITHOUT_FIGURE = "2020"
MEASURE = "victims"
NOT_SURVEYED = "20"
LARGEST_WEIGHT = 50_000
ANSWERS = {"1": "victim", "Si": "victim", "Sí": "victim", "2": "no", "No": "no"}
SURVEY = Contract(
    (
        Column("LOCALIDAD", "locality", blank=True, missing=("NA",)),
        Column("P203", "category", ANSWERS),
        Column("FEX", "decimal", lowest=0, blank=True, missing=("NA",)),
    )
)
SHAPES = dict.fromkeys(FILES, SURVEY)


def parse(capture: Capture) -> Parsed:
    """Weighted share of victims by year, for the city and 19 localities.

    Raises:
        SourceError: no file, or one whose name says no year.
    """
    whole = Parsed([])
    for file in capture.find(FILES, *PATTERNS):
        year = year_in(file.rpartition("/")[2])
        if year is None:
            raise SourceError("the name says no year", where=file, fix="name it as in ccb_epv_2023.csv")
        table = _weighted(open_table(capture.path(file), SURVEY, source="ccb_victimisation", name=file))
        if year == WITHOUT_FIGURE:
            accounts = table.accounts(("", 0))
            whole.accounts.append(Account(file, "excluded", "weights_incomplete", len(table.frame)))
            whole.accounts.extend(accounts)
        else:
            whole.rows.extend(_year(table.frame, year))
            whole.accounts.extend(table.accounts())
        whole.rejected.extend(table.refused)
    if not whole.accounts:
        raise SourceError("no file of the survey", where=str(capture.folder), fix=f"names are like {FILES[-1]}")
    return whole


def _weighted(table: Table) -> Table:
    """The table without rows of totals and without rows that have no weight or no locality."""
    weights = pd.to_numeric(table.frame["FEX"])
    totals = table.frame.index[(weights > LARGEST_WEIGHT) & (table.frame["LOCALIDAD"] == "")]
    table = table.without(totals, "FEX", "total_row", "a respondent's own weight")
    missing = table.frame.index[pd.to_numeric(table.frame["FEX"]).isna()]
    table = table.without(missing, "FEX", "weight_missing", "a respondent's own weight")
    lost = table.frame.index[table.frame["LOCALIDAD"] == ""]
    return table.without(lost, "LOCALIDAD", "locality_missing", "a locality of Bogotá")


def _year(answers: pd.DataFrame, year: str) -> list[FigureRow]:
    rows = [_share(answers, CITY, year), FigureRow(MEASURE, NOT_SURVEYED, year, absence="not_published")]
    return rows + [_share(group, str(code), year) for code, group in answers.groupby("LOCALIDAD")]


def _share(answers: pd.DataFrame, code: str, year: str) -> FigureRow:
    return weighted_share(answers["P203"] == "victim", answers["FEX"].astype(float)).row(MEASURE, code, year)
