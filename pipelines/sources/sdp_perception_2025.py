"""How safe, how healthy and how poor people say they are: District Perception Survey 2025, by locality and UPL.

Publisher: Secretaría Distrital de Planeación, Encuesta Distrital de Percepción, the twelve months of 2025: 13,082
adults, one per household, in 19 localities and 30 UPL. Sumapaz and the rural UPL 01, 02 and 06 are not surveyed. The
weight is `fexp_calp_anu` (people); the block on violence and the household identifiers are not in the file.

| measure | question | holds when | base |
|---|---|---|---|
| safe_at_night | G406, walking alone in one's neighbourhood at night | 4 safe, 5 very safe | answers 1–5 |
| never_out_at_night | the same | 6 never goes out alone at night | all |
| safe_by_day | F405, the same by day | 4, 5 | answers 1–5 (6, never goes out alone, is left out) |
| subjective_poverty | C303, "do you consider yourself poor?" | 1 yes | all |
| good_health | A101, state of health | 4 good, 5 very good | answers 1–5 (99 left out) |
| neighbours_help | Bx704, trusts that neighbours would help | 4 agrees, 5 fully agrees | answers 1–5 (99 left out) |

`D1` is sex at birth; its two larger categories are broken down for the city. The few intersex respondents count in
the total only.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading import read_table
from pipelines.survey import weighted_share

SURVEY = "quality_of_life/sdp_encuesta_percepcion_2025_subconjunto.csv.gz"
FILES: tuple[str, ...] = (SURVEY,)
PERIOD = "2025"
NOT_SURVEYED = ("20", "UPL01", "UPL02", "UPL06")
SEXES = {"1": "men", "2": "women"}


@dataclass(frozen=True)
class Question:
    """One measure: share of those answering `base` who answered one of `holds`."""

    measure: str
    column: str
    holds: tuple[str, ...]
    base: tuple[str, ...]
    outside: tuple[str, ...] = ()


SCALE = ("1", "2", "3", "4", "5")
QUESTIONS = (
    Question("safe_at_night", "G406", ("4", "5"), SCALE, outside=("6",)),
    Question("never_out_at_night", "G406", ("6",), (*SCALE, "6")),
    Question("safe_by_day", "F405", ("4", "5"), SCALE, outside=("6",)),
    Question("subjective_poverty", "C303", ("1",), ("1", "2")),
    Question("good_health", "A101", ("4", "5"), SCALE, outside=("99",)),
    Question("neighbours_help", "Bx704", ("4", "5"), SCALE, outside=("99",)),
)


def parse(capture: Capture) -> Parsed:
    """Six weighted shares by locality, by UPL and, for the city, by sex."""
    columns = ["Cod_Locali", "Cod_UPL", "D1", "fexp_calp_anu", *dict.fromkeys(item.column for item in QUESTIONS)]
    answers = read_table(capture.path(SURVEY), columns)
    rows = [row for question in QUESTIONS for row in _question(answers, question)]
    return Parsed(rows, [Account(SURVEY, "observed", "used", len(answers))])


def _question(answers: pd.DataFrame, question: Question) -> list[FigureRow]:
    unknown = set(answers[question.column]) - {*question.base, *question.outside}
    if unknown:
        raise SourceError(f"{question.column} holds {sorted(unknown)}", where=SURVEY, fix="see the survey's dictionary")
    base = answers[answers[question.column].isin(question.base)]
    rows = [_share(base, question, CITY)]
    rows += [_share(base[base["D1"] == sex], question, CITY, f"sex:{name}") for sex, name in SEXES.items()]
    for codes in (base["Cod_Locali"].str.zfill(2), base["Cod_UPL"]):
        rows += [_share(group, question, str(code)) for code, group in base.groupby(codes)]
    return rows + [FigureRow(question.measure, code, PERIOD, absence="not_published") for code in NOT_SURVEYED]


def _share(base: pd.DataFrame, question: Question, code: str, disaggregation: str = "total") -> FigureRow:
    share = weighted_share(base[question.column].isin(question.holds), base["fexp_calp_anu"].astype(float))
    return share.row(question.measure, code, PERIOD, disaggregation)
