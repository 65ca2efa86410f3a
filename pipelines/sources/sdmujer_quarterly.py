"""Violence against women and the Línea Púrpura by locality, accumulated since January, 2025–2026.

Publisher: Secretaría Distrital de la Mujer, quarterly map layers (`DelitosSexuales`, `RiesgoFeminicidio`,
`LineaPurpura`, `Duplas`), each with the locality's total and its women (`PobMujeres`); tidied in a public repository
into value and rate per 100,000 women. `fecha` is the month of the cut.

Read from the figures, since the layers carry no note: totals accumulate since January. In every locality each cut of
2025 is at or above the one before, and March 2026 starts low again.

- Women are recovered as value ÷ rate × 100,000: whole numbers, the same in every layer of a year (4,135,867 in 2025).
  The rates of March 2025 are left aside: they divide by the women of 2026.
- The city is the sum of the 20 localities; cases without locality, if any, are not in the layers.
- Sexual crimes, December 2025: quarantined (`total_falls`). Eleven localities fall below September and the city adds
  35 cases in three months after 1,807 in the three before: the cut is not the accumulated year.
- Sexual crimes, March 2026: kept, flagged provisional; 466 victims, a third of the pace of 2025.
- `Duplas` and `DuplasPublico` count visits of a service's teams: not kept (`measure_not_kept`).
- Femicide risk begins in June 2025 here and its March 2026 layer is not in the file.
"""

from __future__ import annotations

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Parsed
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, Table, open_table

SERIES = "quality_of_life/sdmujer_series_trimestrales_localidad.csv"
FILES: tuple[str, ...] = (SERIES,)
MEASURES = {
    "DelitosSexuales": "sexual_crime_victims",
    "RiesgoFeminicidio": "femicide_risk_assessments",
    "LineaPurpura": "purple_line_contacts",
}
WOMEN = "women"
FALLS = ("sexual_crime_victims", "2025-01--2025-12")
OTHER_WOMEN = "2025-01--2025-03"
DOUBTFUL = ("sexual_crime_victims", "2026-01--2026-03")


NOT_MEASURED = "not_kept_"
NOT_KEPT = ("Duplas", "DuplasPublico")
SHAPES = {
    SERIES: Contract(
        (
            Column("codigo_localidad", "locality"),
            Column("fecha", "date"),
            Column("indicador", "category", MEASURES | {name: f"{NOT_MEASURED}{name}" for name in NOT_KEPT}),
            Column("valor", "whole", lowest=0),
            Column("tasa_100k", "decimal", lowest=0, blank=True),
        ),
        undeclared="refuse",
        tolerance=0,
        unique=("codigo_localidad", "fecha", "indicador"),
    )
}


def parse(capture: Capture) -> Parsed:
    """Accumulated counts by locality and cut, and the women of each year.

    Raises:
        SourceError: an unknown series, a cut without twenty localities, or rates that imply other women.
    """
    published = _published(capture)
    kept = published.frame[~published.frame["indicador"].str.startswith(NOT_MEASURED)].set_axis(
        ["code", "day", "measure", "count", "rate"], axis=1
    )
    year, month = kept["day"].map(lambda day: f"{day:%Y}"), kept["day"].map(lambda day: f"{day:%Y-%m}")
    kept = kept.assign(year=year, period=year + "-01--" + month)
    rows = _women(kept)
    for measure, period in kept[["measure", "period"]].drop_duplicates().itertuples(index=False):
        cut = kept[(kept["measure"] == measure) & (kept["period"] == period)]
        rows += _cut(measure, period, dict(zip(cut["code"], cut["count"], strict=True)))
    falls = int(((kept["measure"] == FALLS[0]) & (kept["period"] == FALLS[1])).sum())
    accounts = [
        Account(SERIES, "observed", "used", len(kept) - falls),
        Account(SERIES, "excluded", "measure_not_kept", len(published.frame) - len(kept)),
        Account(SERIES, "quarantined", "total_falls", falls),
        *published.set_aside(),
    ]
    return Parsed(rows, accounts, published.refused)


def _published(capture: Capture) -> Table:
    """The published rows, all series."""
    return open_table(capture.path(SERIES), SHAPES[SERIES], source="sdmujer_quarterly", name=SERIES)


def _cut(measure: str, period: str, counts: dict[str, int]) -> list[FigureRow]:
    if len(counts) != 20:
        raise SourceError(f"{measure} {period} has {len(counts)} localities", where=SERIES, fix="20 were expected")
    totals = {CITY: sum(counts.values()), **counts}
    if (measure, period) == FALLS:
        return [FigureRow(measure, code, period, absence="quarantined") for code in totals]
    flag = "provisional" if (measure, period) == DOUBTFUL else ""
    return [FigureRow(measure, code, period, value=count, flag=flag) for code, count in totals.items()]


def _women(kept: pd.DataFrame) -> list[FigureRow]:
    """Women by locality and year, from the published rates."""
    rated = kept[(kept["count"] > 0) & kept["rate"].notna() & (kept["period"] != OTHER_WOMEN)]
    found: dict[tuple[str, str], int] = {}
    for code, year, count, rate in zip(rated["code"], rated["year"], rated["count"], rated["rate"], strict=True):
        exact = count / float(rate) * 100_000
        women = found.setdefault((code, year), round(exact))
        if abs(exact - women) > 0.01:
            raise SourceError(f"{code} in {year}: {exact:.2f} women here, {women} elsewhere", where=SERIES)
    for year in sorted({year for _, year in found}):
        found[CITY, year] = sum(women for (_, other), women in found.items() if other == year)
    return [FigureRow(WOMEN, code, year, value=women) for (code, year), women in found.items()]
