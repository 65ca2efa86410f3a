"""Emergency line 123: health incidents by month and locality, Secretaría Distrital de Salud (CRUE).

Dataset: "Llamadas de urgencias y emergencias que ingresan a través de la línea 123", one file per month; four months of
2025 were found: March, June and September (code page 850) and December (Mac Roman, line ends CR). A re-saved copy of
September, with 15,205 accented letters destroyed, is refused whole (`letters_destroyed`).

What a row is: one vehicle sent, or one person attended, for an incident. The rows of one `NUMERO_INCIDENTE` never
disagree on locality, type or priority, so the incident is the unit and is counted once; no number appears in two
months. The month of a file is the one that nearly all of its vehicles leave in: a few left in the first hours of the
next month. It must hold its first and its last day.

| rule | outcome | what |
|---|---|---|
| used | observed | first row of an incident with its locality |
| used_without_locality | observed | the same, locality `SIN_D`: part of the city, code 99 |
| used_locality_doubtful | observed | June 2025, Tunjuelito and Teusaquillo: part of the city, code 99 |
| whole_row_repeat | excluded | equal to an earlier row in every column |
| outside_bogota | excluded | `FUERA_DE_BOGOTÁ` |
| further_row_of_incident | excluded | another vehicle or person of an incident already counted |
| unknown_locality, unknown_category | quarantined | a name or a priority that is none; over 2 % refuse the file |
| incident_disagrees | quarantined | rows of one incident in several localities or priorities |
| letters_destroyed | quarantined | every row of a file whose letters were destroyed |

June 2025: Tunjuelito holds 1 incident (282 to 303 in the other months) and Teusaquillo 522 (275 to 317). What one has
in excess is about what the other lacks, over all types of incident and days, so the names look mixed before
publication. The two localities have no figure that month (`quarantined`); their 523 incidents stay in the city's total
under code 99.

Age, sex and times of each person are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from observatory.errors import SourceError
from observatory.period import parse_period
from observatory.territory import CITY, UNLOCATED
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Outcome, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table
from pipelines.reading.text import DamagedTextError, damaged_records

FILES: tuple[str, ...] = (
    "raw/sds_llamadas123_2025-03_cp850.csv",
    "governance_digital/sds_llamadas123_2025-06_cp850.csv.gz",
    "raw/sds_llamadas123_2025-09_cp850.csv",
    "raw/sds_llamadas123_2025-12_macroman_cr.csv",
)
PATTERNS = ("*llamadas*123*", "*linea*123*")
DOUBTFUL = {"2025-06": frozenset({"06", "13"})}
PRIORITIES = {"Critica": "critical", "Alta": "high", "Media": "medium", "Baja": "low"}
OUTSIDE = "outside"
MEASURE = "incidents"
NUMBER, LEFT, PLACE, PRIORITY = "NUMERO_INCIDENTE", "FECHA_INICIO_DESPLAZAMIENTO_MOVIL", "LOCALIDAD", "PRIORIDAD_FINAL"
FURTHER = ("CODIGO_LOCALIDAD", "EDAD", "UNIDAD", "GENERO", "TIPO_INCIDENTE", "RECEPCION")
NO_DATA = ("N/A", "SIN_D")
OTHER_MONTH = 0.01
SHAPES = {
    FILES[0]: Contract(
        (
            Column(NUMBER),
            Column(LEFT, "date", missing=NO_DATA, blank=True),
            Column(PLACE, "locality", {"FUERA_DE_BOGOTÁ": OUTSIDE, "SIN_D": UNLOCATED, "N/A": UNLOCATED}),
            Column(PRIORITY, "category", PRIORITIES),
            *(Column(name, blank=True, optional=True) for name in FURTHER),
        ),
        undeclared="report",
    )
}
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
        SourceError: no file can be read, two files give one month differently, or a file breaks its contract.
        DamagedTextError: the only file has its letters destroyed.
    """
    months: dict[str, list[FigureRow]] = {}
    whole = Parsed([])
    files = capture.find(FILES, *PATTERNS)
    for file in files:
        try:
            month, parsed = _parse_month(capture, file)
        except DamagedTextError as damage:
            if len(files) == 1:
                raise
            records = damaged_records(capture.path(file))
            whole.accounts.append(Account(file, "quarantined", "letters_destroyed", records))
            whole.rejected.extend(damage.named("sds_line123", file))
            continue
        if months.setdefault(month, parsed.rows) != parsed.rows:
            raise SourceError(f"{month} is given differently by another file", where=file, fix="keep one of them")
        whole.accounts.extend(parsed.accounts)
        whole.rejected.extend(parsed.rejected)
    if not months:
        raise SourceError("no file of line 123", where=str(capture.folder), fix=f"names are like {FILES[0]}")
    whole.rows.extend(row for rows in months.values() for row in rows)
    return whole


def _parse_month(capture: Capture, file: str) -> tuple[str, Parsed]:
    table = open_table(capture.path(file), SHAPES[FILES[0]], source="sds_line123", name=file)
    month = _month(table)
    table = _agreeing(table)
    rule = _rules(table.frame, DOUBTFUL.get(month, frozenset()))
    used = table.frame[rule.str.startswith("used")]
    counts = rule.value_counts()
    accounts = [Account(file, OUTCOMES[name], name, int(counts[name])) for name in OUTCOMES if name in counts]
    return month, Parsed(list(_figures(used, month)), accounts + table.set_aside(), table.refused)


def _month(table: Table) -> str:
    months = table.frame[LEFT].dropna().map(lambda left: f"{left:%Y-%m}").value_counts(normalize=True)
    if months.empty or months.iloc[0] < 1 - OTHER_MONTH:
        shares = {month: round(float(share), 3) for month, share in months.head(3).items()}
        raise SourceError(f"vehicles leave in several months: {shares}", where=table.file, fix="give one month a file")
    month = str(months.index[0])
    days = {left.day for left in table.frame[LEFT].dropna() if f"{left:%Y-%m}" == month}
    if not {1, parse_period(month).end.day} <= days:
        what = f"vehicles leave from day {min(days)} to day {max(days)} of {month}, no whole month"
        raise SourceError(what, where=table.file, fix="was it cut short, or is the month not over? Capture it again")
    return month


def _agreeing(table: Table) -> Table:
    """The table without incidents whose rows name several localities or priorities."""
    kinds = table.frame.groupby(NUMBER)[[PLACE, PRIORITY]].nunique().max(axis="columns")
    rows = table.frame.index[table.frame[NUMBER].isin(kinds.index[kinds > 1])]
    return table.without(rows, NUMBER, "incident_disagrees", "one locality and priority an incident", tolerance=0.02)


def _rules(records: pd.DataFrame, doubtful: frozenset[str]) -> pd.Series[str]:
    rule = pd.Series("used", index=records.index)
    rule[records[PLACE] == UNLOCATED] = "used_without_locality"
    rule[records[PLACE].isin(list(doubtful))] = "used_locality_doubtful"
    rule[records[NUMBER].duplicated()] = "further_row_of_incident"
    rule[records[PLACE] == OUTSIDE] = "outside_bogota"
    rule[records.duplicated()] = "whole_row_repeat"
    return rule


def _figures(used: pd.DataFrame, month: str) -> Iterator[FigureRow]:
    doubtful = DOUBTFUL.get(month, frozenset())
    place = used[PLACE].where(~used[PLACE].isin(list(doubtful)), UNLOCATED)
    for category in ("total", *(f"priority:{name}" for name in PRIORITIES.values())):
        among = place if category == "total" else place[used[PRIORITY] == category.partition(":")[2]]
        counts = among.value_counts()
        yield FigureRow(MEASURE, CITY, month, category, len(among))
        for code in (*LOCALITIES, UNLOCATED):
            if code in doubtful:
                yield FigureRow(MEASURE, code, month, category, absence="quarantined")
            else:
                yield FigureRow(MEASURE, code, month, category, int(counts.get(code, 0)))
