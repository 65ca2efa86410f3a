"""Intervals of counts, rates and shares: how far chance alone could have moved a figure.

| figure | interval | formula, with z the normal quantile |
|---|---|---|
| count | Poisson, exact (Garwood) | lower γ⁻¹(n, α/2), 0 of none; upper γ⁻¹(n + 1, 1 − α/2), γ⁻¹ the gamma quantile |
| rate | that of its count, the population taken as known | ends / population × per |
| share of a sample | Wilson | (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n) |
| weighted share of a survey | Wilson on Kish's effective sample | n = (Σw)² / Σw² |

95 % unless said otherwise. The effective sample answers for unequal weights, not for strata or clusters.

Source: Garwood, Biometrika 28, 1936. Wilson, Journal of the American Statistical Association 22, 1927. Kish, Survey
Sampling, 1965.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

CONFIDENCE = 0.95


class Interval(NamedTuple):
    """Lower and upper end, in the unit of the figure."""

    lower: float
    upper: float

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a value; touching ends count."""
        return self.lower <= other.upper and other.lower <= self.upper


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """z: 1.96 for 95 %.

    Raises:
        ValueError: the confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence!r} is not between 0 and 1")
    from scipy.special import ndtri  # on first use: half a second that a page without intervals need not wait

    return float(ndtri((1 + confidence) / 2))


def poisson_interval(count: float, confidence: float = CONFIDENCE) -> Interval:
    """Exact interval of a count of independent events.

    Raises:
        ValueError: the count is negative.

    Example:
        >>> [round(end, 3) for end in poisson_interval(3)]
        [0.619, 8.767]
        >>> [round(end, 3) for end in poisson_interval(0)]
        [0.0, 3.689]
    """
    if count < 0:
        raise ValueError(f"a count of {count!r} events has no interval")
    tail = (1 - confidence) / 2
    from scipy.special import gammaincinv  # on first use, as above

    lower = float(gammaincinv(count, tail)) if count > 0 else 0.0
    return Interval(lower, float(gammaincinv(count + 1, 1 - tail)))


def wilson_interval(share: float, size: float, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a share, a fraction 0 to 1, seen among `size`, which may be an effective sample.

    Raises:
        ValueError: the share is not within 0 and 1, or the size is not positive.

    Example:
        >>> [round(end, 4) for end in wilson_interval(0.1, 100)]
        [0.0552, 0.1744]
    """
    if not 0 <= share <= 1 or size <= 0:
        raise ValueError(f"a share of {share!r} among {size!r} has no interval")
    z = normal_quantile(confidence)
    spread = z**2 / size
    centre = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / size + spread / (4 * size)) / (1 + spread)
    lower = max(0.0, centre - half) if share > 0 else 0.0
    return Interval(lower, min(1.0, centre + half) if share < 1 else 1.0)


def effective_sample(weights: Iterable[float]) -> float:
    """Kish's effective sample: how many equally weighted answers would tell as much.

    Raises:
        ValueError: there are no weights, or one is not positive.

    Example:
        >>> effective_sample([1, 1, 1, 1]), effective_sample([3, 1])
        (4.0, 1.6)
    """
    factors = list(weights)
    if not factors or any(not factor > 0 or math.isinf(factor) for factor in factors):
        raise ValueError("an effective sample needs weights, all positive")
    return math.fsum(factors) ** 2 / math.fsum(factor**2 for factor in factors)
