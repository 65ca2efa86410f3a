"""Achieved values of the Youth policy 2019–2030 (CONPES D.C. 08 of 2019), Secretaría Distrital de Integración Social.

Two files of the public follow-up board (generated 2026-07-28): result indicators 2020–2025 (36 × 6 cells) and product
indicators 2019–2025 (99 × 7 cells). Thirteen results and two products are read; targets are kept in the catalogue.

Quirks, each met cell by cell:

- Years without a report are filled with 0. None of the quantities read here can be zero in a city, so 0 and null are
  both absence `not_published`. Results R26 (adolescents in the criminal system) and R30 (public space seen as
  dangerous) never had another value: they give no rows.
- One series in two scales. Shares written as percent where the series is a fraction are divided by 100 and flagged
  `reestimated`, only where nothing else is possible: gross coverage of 100.58, 102.02 and 101.79 beside 1.0385 and
  0.9754, and dropout of 1.4 and 2.0, which as fractions would exceed everybody.
- Quarantined, for no correction is certain: road deaths of 142 (R37, 2020; it looks like a count) and 0.0827 (2021 and
  2022) per 100,000, coverage of 0.0102 and 0.0051 (R5 and R6, 2021), fertility of 0.3005 and 0.2195 (R18, 2021 and
  2022), and all the young in adequate dwellings (R35, 2020 and 2021) against a baseline of 94.8 % and 84 % in 2025.
- Quarantined as not credible: domestic violence of 84 (R27, 2024), a third of the baseline of 270 and a fourth of the
  331 of the next year; the board records no change of its formula.
- Kept as reported and flagged `low_reliability`: fertility of 41.4 (R18, 2023; baseline 34.6, and 16.83 the next year).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from observatory.errors import SourceError
from observatory.territory import CITY
from pipelines.figures import Account, Capture, FigureRow, Outcome, Parsed
from pipelines.reading.json_text import read_json

RESULTS, PRODUCTS = "policy/ppdj_resultados_metas_vs_ejecutado.json", "policy/ppdj_productos_metas_vs_ejecutado.json"
FILES: tuple[str, ...] = (RESULTS, PRODUCTS)


@dataclass(frozen=True)
class Series:
    """One indicator of the board: the measure it becomes and the values it can take."""

    measure: str
    lowest: float
    highest: float


SERIES = {
    RESULTS: {
        "R3": Series("social_organisation_share", 0.001, 1),
        "R5": Series("lower_secondary_gross_coverage", 0.5, 1.5),
        "R6": Series("upper_secondary_gross_coverage", 0.5, 1.5),
        "R7": Series("higher_education_transition", 0.1, 1),
        "R8": Series("enrolment_with_internet", 0.1, 1),
        "R10": Series("upper_secondary_dropout", 0.001, 0.2),
        "R16": Series("suicide_rate", 0.5, 50),
        "R18": Series("fertility_rate_15_19", 5, 100),
        "R25": Series("injury_rate_18_28", 50, 2000),
        "R27": Series("domestic_violence_rate", 20, 2000),
        "R35": Series("adequate_dwelling_share", 0.1, 0.999),
        "R36": Series("walking_cycling_share", 0.01, 1),
        "R37": Series("road_death_rate_15_29", 1, 50),
    },
    PRODUCTS: {
        "P7": Series("localities_with_youth_house", 1, 20),
        "P38": Series("digital_skills_trained", 1, 1_000_000),
    },
}
NEVER_REPORTED = ("R26", "R30")
WRITTEN_AS_PERCENT = {("R5", 2024), ("R5", 2025), ("R6", 2025), ("R10", 2021), ("R10", 2025)}
QUARANTINED = {
    ("R37", 2020): "scale_unknown",
    ("R37", 2021): "scale_unknown",
    ("R37", 2022): "scale_unknown",
    ("R5", 2021): "scale_unknown",
    ("R6", 2021): "scale_unknown",
    ("R18", 2021): "scale_unknown",
    ("R18", 2022): "scale_unknown",
    ("R35", 2020): "not_credible",
    ("R35", 2021): "not_credible",
    ("R27", 2024): "not_credible",
}
DOUBTFUL = {("R18", 2023)}
OUTCOMES: dict[str, Outcome] = {
    "used": "observed",
    "used_rescaled": "observed",
    "used_doubtful": "observed",
    "zero_without_report": "excluded",
    "no_report": "excluded",
    "before_start": "excluded",
    "never_reported": "excluded",
    "other_indicator": "excluded",
    "scale_unknown": "quarantined",
    "not_credible": "quarantined",
}


def parse(capture: Capture) -> Parsed:
    """City values by year in the units of the catalogue (shares as fractions); every cell is accounted for.

    Raises:
        SourceError: an indicator is gone, or a value is none its series can take.
    """
    parsed = Parsed([])
    for file in FILES:
        items = {item["llave"]: item for item in read_json(capture.path(file), "items")["items"]}
        if missing := SERIES[file].keys() - items.keys():
            raise SourceError(f"no indicator {sorted(missing)}", where=file, fix="keys may have been renumbered")
        rules: Counter[str] = Counter()
        for key, item in items.items():
            for rule, row in _read(file, key, item):
                rules[rule] += 1
                parsed.rows.extend([row] if row else [])
        parsed.accounts.extend(Account(file, OUTCOMES[rule], rule, rules[rule]) for rule in OUTCOMES if rule in rules)
    return parsed


def _read(file: str, key: str, item: dict[str, Any]) -> Iterator[tuple[str, FigureRow | None]]:
    """Rule and figure, if any, of each cell of one indicator."""
    series = SERIES[file].get(key)
    for cell in item["serie"]:
        year = int(cell["anio"])
        if series is None:
            yield ("never_reported" if key in NEVER_REPORTED and not cell["valor"] else "other_indicator"), None
        elif year < int(item["fecha_inicio"][:4]):
            yield "before_start", None
        else:
            yield _figure(series, key, year, cell["valor"])


def _figure(series: Series, key: str, year: int, value: float | None) -> tuple[str, FigureRow]:
    period = str(year)
    if not value:
        rule = "no_report" if value is None else "zero_without_report"
        return rule, FigureRow(series.measure, CITY, period, absence="not_published")
    if reason := QUARANTINED.get((key, year)):
        return reason, FigureRow(series.measure, CITY, period, absence="quarantined")
    rule, flag = "used", ""
    if (key, year) in WRITTEN_AS_PERCENT:
        value, rule, flag = value / 100, "used_rescaled", "reestimated"
    elif (key, year) in DOUBTFUL:
        rule, flag = "used_doubtful", "low_reliability"
    if not series.lowest <= value <= series.highest:
        raise SourceError(
            f"{key} {year}: {value} is no value of {series.measure} ({series.lowest} to {series.highest})",
            where="youth policy board",
            fix="read the cell beside its series, then rescale or quarantine it",
        )
    return rule, FigureRow(series.measure, CITY, period, value=value, flag=flag)
