"""A period that names one locality speaks of all twenty: those it leaves out have a reason instead of a value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from pipelines.counting import LOCALITIES
from pipelines.figures import FigureRow, Parsed


def completed(parsed: Parsed, *, counted: bool = False) -> Parsed:
    """The same with an absence for each locality without one in a measure's period (totals).

    Where rows of the files were quarantined, the missing one may be among them: `quarantined`, else `not_published`.
    `counted` rows are records of a register, where a locality without any is a zero, unless records were quarantined.
    """
    doubtful = any(line.outcome == "quarantined" and line.rows for line in parsed.accounts)
    present: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in parsed.rows:
        if row.territory_code in LOCALITIES and row.disaggregation == "total":
            present[row.measure, row.period].add(row.territory_code)
    missing = [
        _missing(measure, code, period, counted=counted, doubtful=doubtful)
        for (measure, period), codes in present.items()
        for code in LOCALITIES
        if code not in codes
    ]
    return replace(parsed, rows=[*parsed.rows, *missing])


def _missing(measure: str, code: str, period: str, *, counted: bool, doubtful: bool) -> FigureRow:
    if counted and not doubtful:
        return FigureRow(measure, code, period, value=0)
    return FigureRow(measure, code, period, absence="quarantined" if doubtful else "not_published")
