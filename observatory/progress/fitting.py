"""Weighted straight lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """A straight line `centre_y + slope · (x − centre_x)` fitted by weighted least squares.

    `spread` is Σw(x − centre_x)², `weight` Σw, `residual` Σw(y − fitted)².
    """

    slope: float
    centre_x: float
    centre_y: float
    spread: float
    weight: float
    residual: float
    points: int

    def at(self, x: float) -> float:
        """The line's value."""
        return self.centre_y + self.slope * (x - self.centre_x)


def fit_line(xs: Sequence[float], ys: Sequence[float], weights: Sequence[float] | None = None) -> Line:
    """Fit a line by weighted least squares.

    Formula:
        slope = Σw(x − x̄)(y − ȳ) / Σw(x − x̄)², with weighted means x̄ and ȳ.

    Raises:
        ValueError: fewer than two different xs.

    Example:
        >>> fit_line([1, 2, 3], [2, 4, 6]).slope
        2.0
    """
    factors = [1.0] * len(xs) if weights is None else list(weights)
    weight = math.fsum(factors)
    if len(set(xs)) < 2 or weight == 0:
        raise ValueError("a line needs two points at different moments")
    centre_x = math.fsum(w * x for w, x in zip(factors, xs, strict=True)) / weight
    centre_y = math.fsum(w * y for w, y in zip(factors, ys, strict=True)) / weight
    spread = math.fsum(w * (x - centre_x) ** 2 for w, x in zip(factors, xs, strict=True))
    shared = math.fsum(w * (x - centre_x) * (y - centre_y) for w, x, y in zip(factors, xs, ys, strict=True))
    slope = shared / spread
    left = [y - centre_y - slope * (x - centre_x) for x, y in zip(xs, ys, strict=True)]
    residual = math.fsum(w * rest**2 for w, rest in zip(factors, left, strict=True))
    return Line(slope, centre_x, centre_y, spread, weight, residual, len(factors))
