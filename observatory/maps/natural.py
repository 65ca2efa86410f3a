"""Natural breaks, exact: the cuts that leave the least squared difference within classes (Fisher 1958).

The best last cut never moves left as values are added, so each class is solved by halving: classes × n × log n steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

Cost = Callable[[int, int], float]


def natural_cuts(distinct: Sequence[float], weights: Sequence[int], count: int) -> list[int]:
    """Positions in `distinct` before which a class ends.

    Args:
        distinct: values in rising order, none twice.
        weights: how often each occurs.
        count: classes; never more than distinct values.
    """
    size = len(distinct)
    count = min(count, size)
    cost = _cost(distinct, weights)
    best = [cost(0, end) for end in range(size + 1)]
    choices: list[list[int]] = []
    for classes in range(2, count + 1):
        best, chosen = _next_row(best, cost, classes, size)
        choices.append(chosen)
    cuts: list[int] = []
    end = size
    for chosen in reversed(choices):
        end = chosen[end]
        cuts.append(end)
    return cuts[::-1]


def _cost(distinct: Sequence[float], weights: Sequence[int]) -> Cost:
    """Squared differences from the mean of values start to end, the end not included."""
    middle = distinct[len(distinct) // 2]
    shifted = [value - middle for value in distinct]
    counts = [0, *accumulate(weights)]
    sums = [0.0, *accumulate(weight * value for weight, value in zip(weights, shifted, strict=True))]
    squares = [0.0, *accumulate(weight * value * value for weight, value in zip(weights, shifted, strict=True))]

    def cost(start: int, end: int) -> float:
        if end <= start:
            return 0.0
        total = sums[end] - sums[start]
        return squares[end] - squares[start] - total * total / (counts[end] - counts[start])

    return cost


def _next_row(best: list[float], cost: Cost, classes: int, size: int) -> tuple[list[float], list[int]]:
    row = [float("inf")] * (size + 1)
    chosen = [0] * (size + 1)
    waiting = [(classes, size, classes - 1, size - 1)]
    while waiting:
        low, high, first, last = waiting.pop()
        if low > high:
            continue
        end = (low + high) // 2
        row[end], chosen[end] = min((best[cut] + cost(cut, end), cut) for cut in range(first, min(last, end - 1) + 1))
        waiting.append((low, end - 1, first, chosen[end]))
        waiting.append((end + 1, high, chosen[end], last))
    return row, chosen
