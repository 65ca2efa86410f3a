"""Emergency line 123: health incidents by month and locality, Secretaría Distrital de Salud (CRUE).

Dataset: "Llamadas de urgencias y emergencias que ingresan a través de la línea 123", one file per month; four months of
2025 were found: March, June and September (code page 850) and December (Mac Roman, line ends CR). A re-saved copy of
September, with its accented letters destroyed, is not read.

What a row is: one vehicle sent, or one person attended, for an incident. The rows of one `NUMERO_INCIDENTE` never
disagree on locality, type or priority, so the incident is the unit and is counted once; no number appears in two
months. The month is that of the file: a few vehicles left in the first hours of the next month.

| rule | outcome | what |
|---|---|---|
| used | observed | first row of an incident with its locality |
| used_without_locality | observed | the same, locality `SIN_D`: part of the city, code 99 |
| used_locality_doubtful | observed | June 2025, Tunjuelito and Teusaquillo: part of the city, code 99 |
| whole_row_repeat | excluded | equal to an earlier row in every column |
| outside_bogota | excluded | `FUERA_DE_BOGOTÁ` |
| further_row_of_incident | excluded | another vehicle or person of an incident already counted |

June 2025: Tunjuelito holds 1 incident (282 to 303 in the other months) and Teusaquillo 522 (275 to 317). What one has
in excess is about what the other lacks, over all types of incident and days, so the names look mixed before
publication. The two localities have no figure that month (`quarantined`); their 523 incidents stay in the city's total
under code 99.

Age, sex and times of each person are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from observatory.errors import SourceError, nearest
from observatory.territory import CITY, UNLOCATED, locality_code, territories
from pipelines.figures import Account, Capture, FigureRow, Outcome, Parsed
from pipelines.reading import read_table

MONTHS = {
    "2025-03": "raw/sds_llamadas123_2025-03_cp850.csv",
    "2025-06": "governance_digital/sds_llamadas123_2025-06_cp850.csv.gz",
    "2025-09": "raw/sds_llamadas123_2025-09_cp850.csv",
    "2025-12": "raw/sds_llamadas123_2025-12_macroman_cr.csv",
}
FILES: tuple[str, ...] = tuple(MONTHS.values())
DOUBTFUL = {"2025-06": frozenset({"06", "13"})}
PRIORITIES = {"Critica": "critical", "Alta": "high", "Media": "medium", "Baja": "low"}
OUTSIDE, NO_LOCALITY = "FUERA_DE_BOGOTÁ", "SIN_D"
MEASURE = "incidents"
OUTCOMES: dict[str, Outcome] = {
    "used": "observed",
    "used_without_locality": "observed",
    "used_locality_doubtful": "observed",
    "whole_row_repeat": "excluded",
    "outside_bogota": "excluded",
    "further_row_of_incident": "excluded",
}


def parse(capture: Capture) -> Parsed:
    """Incidents by month, locality and priority; every row of every file is accounted for.

    Raises:
        SourceError: a priority is unknown, or the rows of one incident disagree on place or priority.
        TerritoryError: a locality is unknown.
    """
    parts = [_parse_month(capture, month, file) for month, file in MONTHS.items()]
    return Parsed([row for part in parts for row in part.rows], [line for part in parts for line in part.accounts])


def _parse_month(capture: Capture, month: str, file: str) -> Parsed:
    records = read_table(capture.path(file))
    records["territory"] = records["LOCALIDAD"].str.strip().map(_place)
    records["priority"] = records["PRIORIDAD_FINAL"].map(lambda text: _priority(text, file))
    _check_agreement(records, file)
    records["rule"] = _rules(records, DOUBTFUL.get(month, frozenset()))
    used = records[records["rule"].str.startswith("used")]
    accounts = [
        Account(file, outcome, rule, int((records["rule"] == rule).sum()))
        for rule, outcome in OUTCOMES.items()
        if (records["rule"] == rule).any()
    ]
    return Parsed(list(_figures(used, month)), accounts)


def _place(name: str) -> str:
    return {OUTSIDE: OUTSIDE, NO_LOCALITY: UNLOCATED}.get(name) or locality_code(name)


def _priority(text: str, file: str) -> str:
    if text not in PRIORITIES:
        raise SourceError(f"unknown priority {text!r}", where=file, fix=nearest(text, PRIORITIES))
    return PRIORITIES[text]


def _check_agreement(records: pd.DataFrame, file: str) -> None:
    differing = records.groupby("NUMERO_INCIDENTE")[["territory", "priority"]].nunique().max(axis=1)
    if (differing > 1).any():
        numbers = differing[differing > 1].index.tolist()[:3]
        raise SourceError(
            f"incidents {numbers} have several localities or priorities", where=file, fix="decide which row counts"
        )


def _rules(records: pd.DataFrame, doubtful: frozenset[str]) -> pd.Series[str]:
    published = [column for column in records.columns if column.isupper()]
    rule = pd.Series("used", index=records.index)
    rule[records["territory"] == UNLOCATED] = "used_without_locality"
    rule[records["territory"].isin(list(doubtful))] = "used_locality_doubtful"
    rule[records["NUMERO_INCIDENTE"].duplicated()] = "further_row_of_incident"
    rule[records["territory"] == OUTSIDE] = "outside_bogota"
    rule[records.duplicated(subset=published)] = "whole_row_repeat"
    return rule


def _figures(used: pd.DataFrame, month: str) -> Iterator[FigureRow]:
    doubtful = DOUBTFUL.get(month, frozenset())
    place = used["territory"].where(~used["territory"].isin(list(doubtful)), UNLOCATED)
    localities = [code for code, area in territories().items() if area.level == "locality"]
    for category in ("total", *(f"priority:{name}" for name in PRIORITIES.values())):
        among = place if category == "total" else place[used["priority"] == category.partition(":")[2]]
        counts = among.value_counts()
        yield FigureRow(MEASURE, CITY, month, category, len(among))
        for code in (*localities, UNLOCATED):
            if code in doubtful:
                yield FigureRow(MEASURE, code, month, category, absence="quarantined")
            else:
                yield FigureRow(MEASURE, code, month, category, int(counts.get(code, 0)))
