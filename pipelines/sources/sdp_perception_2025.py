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

from observatory.errors import SourceError, nearest
from observatory.territory import CITY
from pipelines.counting import unfinished_years
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table
from pipelines.survey import weighted_share

SURVEY = "quality_of_life/sdp_encuesta_percepcion_2025_subconjunto.csv.gz"
DICTIONARY = "quality_of_life/sdp_encuesta_percepcion_2025_diccionario.xlsx"
FILES: tuple[str, ...] = (SURVEY, DICTIONARY)
PATTERNS = ("*encuesta*percepcion*.csv*", "*encuesta*percepcion*.xlsx", "*encuesta*percepcion*.parquet")
DICTIONARY_SHEET = "Diccionario de datos"
UNDATED = "2025"
NOT_SURVEYED = ("20", "UPL01", "UPL02", "UPL06")
SEXES = {"1": "men", "2": "women"}
INTERSEX = "3"


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


ANSWERS = {
    column: {
        answer: answer
        for question in QUESTIONS
        if question.column == column
        for answer in (*question.base, *question.outside)
    }
    for column in dict.fromkeys(question.column for question in QUESTIONS)
}
SHAPES = {
    SURVEY: Contract(
        (
            Column("periodo", "month", optional=True),
            Column("Cod_Locali", "locality"),
            Column("Cod_UPL", "upl"),
            Column("D1", "category", {code: code for code in (*SEXES, INTERSEX)}),
            Column("fexp_calp_anu", "decimal", lowest=0),
            *(Column(column, "category", answers) for column, answers in ANSWERS.items()),
        ),
        repeats=0.001,
    ),
    DICTIONARY: Contract((Column("ID de la variable", blank=True),)),
}


def parse(capture: Capture) -> Parsed:
    """Six weighted shares by locality, by UPL and, for the city, by sex, for the year the months are of.

    Raises:
        SourceError: no file of answers, answers of no whole year or of two, or a question the dictionary lacks.
    """
    whole = Parsed([])
    for file in capture.find(FILES, *PATTERNS):
        if "diccionario" in file.casefold():
            whole.accounts.extend(_described(capture, file))
            continue
        table = open_table(capture.path(file), SHAPES[SURVEY], source="sdp_perception_2025", name=file)
        period = _year(table)
        whole.rows.extend(row for question in QUESTIONS for row in _question(table.frame, question, period))
        whole.accounts.extend(table.accounts())
        whole.rejected.extend(table.refused)
    if not whole.rows:
        raise SourceError("no file of answers", where=str(capture.folder), fix=f"names are like {SURVEY}")
    return whole


def _described(capture: Capture, file: str) -> list[Account]:
    """The dictionary, in which every question must stand."""
    table = open_table(capture.path(file), SHAPES[DICTIONARY], name=file, sheet=DICTIONARY_SHEET)
    described = set(table.frame["ID de la variable"])
    for column in ANSWERS:
        if column not in described:
            raise SourceError(f"no question {column!r}", where=file, fix=nearest(column, described))
    second_header = int((table.frame["ID de la variable"] == "").sum())
    return [
        Account(file, "excluded", "describes_columns", len(table.frame) - second_header),
        Account(file, "excluded", "second_row_of_header", second_header),
        *table.set_aside(),
    ]


def _year(table: Table) -> str:
    if "periodo" not in table.frame:
        return UNDATED
    years = table.frame["periodo"].str[:4].unique().tolist()
    if len(years) != 1:
        raise SourceError(f"answers of {sorted(years)}", where=table.file, fix="give one year a file")
    if unfinished_years(table.frame["periodo"]):
        months = sorted(table.frame["periodo"].unique())
        fix = "a year's shares need its January and its December: capture it again when the year is over"
        raise SourceError(f"answers of {months[0]} to {months[-1]} only, no whole year", where=table.file, fix=fix)
    return str(years[0])


def _question(answers: pd.DataFrame, question: Question, period: str) -> list[FigureRow]:
    base = answers[answers[question.column].isin(question.base)]
    rows = [_share(base, question, period, CITY)]
    rows += [_share(base[base["D1"] == sex], question, period, CITY, f"sex:{name}") for sex, name in SEXES.items()]
    surveyed = [(str(code), group) for column in ("Cod_Locali", "Cod_UPL") for code, group in base.groupby(column)]
    rows += [_share(group, question, period, code) for code, group in surveyed]
    silent = [code for code in NOT_SURVEYED if code not in dict(surveyed)]
    return rows + [FigureRow(question.measure, code, period, absence="not_published") for code in silent]


def _share(base: pd.DataFrame, question: Question, period: str, code: str, disaggregation: str = "total") -> FigureRow:
    share = weighted_share(base[question.column].isin(question.holds), base["fexp_calp_anu"].astype(float))
    return share.row(question.measure, code, period, disaggregation)
