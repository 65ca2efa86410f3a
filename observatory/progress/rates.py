"""Rates of change between two marks, and how close a natural limit is."""

from __future__ import annotations

from observatory.progress.path import Mark

LIMIT_EXPONENT = 4.44


def linear_rate(start: Mark, end: Mark) -> float:
    """Units a year between two marks; their moments differ.

    Example:
        >>> linear_rate(Mark(2015, 10), Mark(2022, 5))
        -0.7142857142857143
    """
    return (end.value - start.value) / (end.moment - start.moment)


def growth_rate(start: Mark, end: Mark) -> float | None:
    """Fraction a year between two marks; None from, to or across zero.

    Example:
        >>> round(growth_rate(Mark(2000, 100), Mark(2002, 121)), 4)
        0.1
        >>> growth_rate(Mark(2000, 100), Mark(2002, 0)) is None
        True
    """
    if start.value == 0 or end.value / start.value <= 0:
        return None
    return float((end.value / start.value) ** (1 / (end.moment - start.moment)) - 1)


def limit_factor(base: float, limit: float) -> float:
    """Factor, 0 to 1, by which cut-offs shrink near a natural limit: the last points before 100 % are the hardest.

    Formula:
        With absolute values and a = 4.44: base ≥ 2·limit → 1; base ≤ limit → 1 − (base / limit)^a; between →
        1 − ((2·limit − base) / limit)^a.

    Source:
        Statistics Canada's method, as published with Open SDG.

    Example:
        >>> round(limit_factor(95, 100), 3)
        0.204
    """
    start, end = abs(base), abs(limit)
    if start >= 2 * end:
        return 1.0
    near = start if start <= end else 2 * end - start
    return float(1 - (near / end) ** LIMIT_EXPONENT)
