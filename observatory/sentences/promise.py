"""What a target promises as a change in percent: from which year, and to what level where the baseline is known."""

from __future__ import annotations

from decimal import Decimal

from observatory.rows.catalogue import TargetRow
from observatory.wording import Words


def change(value: float, base: float | None, base_period: str | None, words: Words) -> str:
    """`17 % lower`; from a known baseline `20 % lower than in 2019 (from 24.6 to 19.7)`, in as many decimals as it."""
    way = "fall" if value < 0 else "rise"
    share = words.percent(abs(value), _places(abs(value) * 100))
    if base_period is None:
        return words(f"promise.{way}.alone", share=share)
    year = words.period(base_period)
    if base is None:
        return words(f"promise.{way}.year", share=share, year=year)
    start, end = (words.number(level, _places(base)) for level in (base, base * (1 + value)))
    return words(f"promise.{way}.levels", share=share, year=year, start=start, end=end)


def unknown_level(base: float | None, base_period: str | None, words: Words) -> str:
    """Why the level that is promised is not known; empty when it is."""
    if base_period is None:
        return words("promise.no_base")
    return "" if base is not None else words("promise.no_level", year=words.period(base_period))


def change_of(row: TargetRow, words: Words) -> str:
    """The change a milestone promises, and that its level is not known where it is not; for a line of its own."""
    told = change(row.value or 0.0, row.baseline_value, row.baseline_period, words)
    known = row.baseline_value is not None and row.baseline_period is not None
    return told if known else words("promise.without_level", change=told)


def _places(value: float) -> int:
    """Decimals a number was written with, three at most."""
    exponent = Decimal(str(round(value, 3))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
