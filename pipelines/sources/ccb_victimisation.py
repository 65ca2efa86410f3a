"""Victims of a crime by locality: Perception and Victimisation Survey (EPV) of the Chamber of Commerce.

Publisher: Cámara de Comercio de Bogotá, microdata 2021 (6,532 respondents) and 2022 (7,346); 19 localities, without
Sumapaz. `P203` = 1: the respondent was victim of a crime. The repository holds no dictionary; the reading is
confirmed by what the Chamber announced: 20 % in 2021, 17 % in 2022, and in 2022 Barrios Unidos 22 %, San Cristóbal
and Antonio Nariño 21 %. Weight `FEX`. The weights of 2021 add up to 5.9 million people and those of 2022 to 2.9
million: shares can be compared, expanded totals cannot.

2020 is excluded as a whole (`weights_incomplete`): 687 of its 3,500 rows have no weight and one holds the total of
all.
"""

from __future__ import annotations

import pandas as pd

from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table
from pipelines.survey import weighted_share

SURVEYS = {"2021": "quality_of_life/ccb_epv_2021.csv.gz", "2022": "quality_of_life/ccb_epv_2022.csv.gz"}
EXCLUDED = "raw/ccb_epv_2020.csv"
FILES: tuple[str, ...] = (EXCLUDED, *SURVEYS.values())
MEASURE = "victims"
NOT_SURVEYED = "20"


def parse(capture: Capture) -> Parsed:
    """Weighted share of victims by year, for the city and 19 localities."""
    rows: list[FigureRow] = []
    accounts = [Account(EXCLUDED, "excluded", "weights_incomplete", len(read_table(capture.path(EXCLUDED))))]
    for year, name in SURVEYS.items():
        answers = read_table(capture.path(name), ["LOCALIDAD", "P203", "FEX"])
        rows += _year(answers, year)
        accounts.append(Account(name, "observed", "used", len(answers)))
    return Parsed(rows, accounts)


def _year(answers: pd.DataFrame, year: str) -> list[FigureRow]:
    rows = [_share(answers, CITY, year), FigureRow(MEASURE, NOT_SURVEYED, year, absence="not_published")]
    codes = answers["LOCALIDAD"].str.zfill(2)
    return rows + [_share(group, str(code), year) for code, group in answers.groupby(codes)]


def _share(answers: pd.DataFrame, code: str, year: str) -> FigureRow:
    victim, weights = answers["P203"] == "1", answers["FEX"].astype(float)
    return weighted_share(victim, weights).row(MEASURE, code, year)
