"""Confirmed cases of COVID-19 by locality of residence, cumulative, March 2020 to 29 July 2021.

Publisher: Secretaría Distrital de Salud (SDS), SaluData; accumulated by day and locality in a public repository: 10,239
rows. Case records without locality are not in it: the city is the sum of the 20 localities. 14,117 cases of people who
live outside Bogotá stand under code 99 and are excluded (`outside_bogota`).

What is kept: the last day of each month and the last day of the file. A locality has no row before its first case; that
is a true zero. Counts never fall, and the parse fails if they do.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import territories
from pipelines.counting import LOCALITIES
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, open_table

CASES = "quality_of_life/sds_covid_acumulado_diario_localidad_2020_2021.csv"
FILES: tuple[str, ...] = (CASES,)
OUTSIDE = "outside"
MEASURE = "covid_cases_cumulative"
SHAPES = {
    CASES: Contract(
        (
            Column("fecha", "date"),
            Column("localidad", "locality", {"Fuera de Bogotá": OUTSIDE}),
            Column("casos", "whole", lowest=0),
        ),
        others=("codigo",),
        undeclared="refuse",
        tolerance=0,
        unique=("fecha", "localidad"),
    )
}


def parse(capture: Capture) -> Parsed:
    """Cases since the start by locality and city, at the end of each month and on the last day.

    Raises:
        SourceError: a cumulative count falls, or a locality is never named.
    """
    table = open_table(capture.path(CASES), SHAPES[CASES], source="sds_covid_2020_2021", name=CASES)
    inside = table.frame[table.frame["localidad"] != OUTSIDE]
    lacking = [territories()[code].name for code in LOCALITIES if code not in set(inside["localidad"])]
    if lacking:
        fix = "was the file cut short? All twenty make the city"
        raise SourceError(f"no case in {', '.join(lacking)}", where=CASES, fix=fix)
    daily = inside.pivot(index="fecha", columns="localidad", values="casos").astype(float)
    daily = daily.reindex(pd.date_range(daily.index.min(), daily.index.max(), freq="D")).ffill().fillna(0)
    fallen = daily.columns[(daily.diff() < 0).any()].tolist()
    if fallen:
        raise SourceError(f"cumulative cases fall in {fallen}", where=CASES, fix="find the revision before using it")
    ends = [day for day in daily.index if day.is_month_end or day == daily.index[-1]]
    rows = [row for day in ends for row in _day(daily.loc[day], f"{day:%Y-%m-%d}")]
    accounts = table.accounts(("used", len(inside)))
    return Parsed(
        rows, [*accounts, Account(CASES, "excluded", "outside_bogota", len(table.frame) - len(inside))], table.refused
    )


def _day(cases: pd.Series[float], period: str) -> list[FigureRow]:
    counts = {code: int(cases.get(code, 0)) for code in LOCALITIES}
    counts["00"] = sum(counts.values())
    return [FigureRow(MEASURE, code, period, value=count) for code, count in counts.items()]
