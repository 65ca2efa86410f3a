"""When a report is due, and up to which quarter a year's target counts.

Follow-up is reported by quarter. What is due at a cut depends on how often the indicator is measured:

| periodicity | months | due in |
|---|---|---|
| monthly, bimonthly, quarterly | 1, 2, 3 | every quarter |
| four-monthly | 4 | Q2, Q3, Q4: the quarter in which each stretch of four months ends |
| semi-annual | 6 | Q2, Q4 |
| annual and longer | 12, 24, 36, 48, 60 | Q4 |
| not stated | | every quarter |

Source: the District's public-policy follow-up workbooks (SDP), as reproduced by the follow-up tools of the
Secretariat for Social Integration. Those tools name the four-monthly period without a rule for it: the one here extends
theirs for six months.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from observatory.errors import PeriodError

Periodicity = Literal[
    "monthly",
    "bimonthly",
    "quarterly",
    "four_monthly",
    "semiannual",
    "annual",
    "biennial",
    "triennial",
    "quadrennial",
    "quinquennial",
]
MONTHS: dict[Periodicity, int] = {
    "monthly": 1,
    "bimonthly": 2,
    "quarterly": 3,
    "four_monthly": 4,
    "semiannual": 6,
    "annual": 12,
    "biennial": 24,
    "triennial": 36,
    "quadrennial": 48,
    "quinquennial": 60,
}
_NAMES: dict[str, Periodicity] = {
    "mensual": "monthly",
    "bimestral": "bimonthly",
    "trimestral": "quarterly",
    "cuatrimestral": "four_monthly",
    "semestral": "semiannual",
    "anual": "annual",
    "bienal": "biennial",
    "trienal": "triennial",
    "cuatrienal": "quadrennial",
    "quinquenal": "quinquennial",
}


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, in time order; `number` runs from 1 to 4.

    Raises:
        PeriodError: the number is none of the four.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise PeriodError(f"quarter {self.number!r} of {self.year}", fix="quarters are numbered 1 to 4")

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """The quarter a day falls in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def code(self) -> str:
        """The period code: 2026-Q2."""
        return f"{self.year}-Q{self.number}"

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


def named_periodicity(text: str) -> Periodicity | None:
    """The periodicity a plan's cell names, whatever its capitals and accents; None when it names none.

    Example:
        >>> named_periodicity(" Semestral ")
        'semiannual'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NAMES.get(plain.strip().lower())


def due_quarter(cut: Quarter, periodicity: Periodicity | None) -> int:
    """The last quarter of the cut's year, up to the cut, whose report is due; 0 while none is.

    Formula:
        With m months between measurements and q the quarter of the cut: m ≤ 3 or not stated → q; m ≥ 12 → 4 at q = 4,
        else 0; between → ⌈⌊3q / m⌋ · m / 3⌉.

    Source:
        Periodicity rule of the District's follow-up workbooks; see the module.

    Example:
        >>> [due_quarter(Quarter(2026, q), "semiannual") for q in (1, 2, 3, 4)]
        [0, 2, 2, 4]
        >>> [due_quarter(Quarter(2026, q), "annual") for q in (1, 2, 3, 4)]
        [0, 0, 0, 4]
    """
    months = 3 if periodicity is None else MONTHS[periodicity]
    if months <= 3:
        return cut.number
    if months >= 12:
        return 4 if cut.number == 4 else 0
    ended = cut.number * 3 // months * months
    return -(-ended // 3)


def effective_quarter(cut: Quarter, periodicity: Periodicity | None, reported: Iterable[Quarter]) -> int:
    """The quarter, 0 to 4, up to which the target of the cut's year counts.

    Formula:
        The later of the last quarter reported in the year and the last one due (`due_quarter`), both up to the cut.

    Source:
        District's follow-up workbooks: an annual indicator is not behind in June; one that reported early counts from
        then; one that owed a report is held to it.

    Example:
        >>> effective_quarter(Quarter(2026, 2), "annual", [])
        0
        >>> effective_quarter(Quarter(2026, 2), "annual", [Quarter(2026, 2)])
        2
        >>> effective_quarter(Quarter(2026, 2), "quarterly", [Quarter(2026, 1)])
        2
    """
    of_year = [quarter.number for quarter in reported if quarter.year == cut.year and quarter <= cut]
    return max([due_quarter(cut, periodicity), *of_year])


def has_started(cut: Quarter, periodicity: Periodicity | None, starts: Quarter | None, *, is_reported: bool) -> bool:
    """Whether the first report was due, or was made: before that an indicator enters no average.

    Args:
        cut: quarter looked at.
        periodicity: how often it is measured.
        starts: first quarter of the indicator; None, it has always run.
        is_reported: whether any report stands up to the cut.

    Source:
        District's follow-up workbooks.

    Example:
        >>> has_started(Quarter(2026, 2), "annual", Quarter(2026, 1), is_reported=False)
        False
        >>> has_started(Quarter(2026, 4), "annual", Quarter(2026, 1), is_reported=False)
        True
    """
    if is_reported or starts is None:
        return True
    if starts > cut:
        return False
    return starts.year < cut.year or due_quarter(cut, periodicity) >= starts.number


def next_due(cut: Quarter, periodicity: Periodicity | None) -> Quarter:
    """The first quarter after the cut whose report will be due.

    Example:
        >>> next_due(Quarter(2026, 2), "annual").code
        '2026-Q4'
    """
    quarter = cut.next
    while due_quarter(quarter, periodicity) != quarter.number:
        quarter = quarter.next
    return quarter
