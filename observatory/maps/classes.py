"""Classes of a map: the same for all years, split at the target where there is one, no edge between equal values.

Every class is closed below and open above; the last is closed at both ends. A value beyond the ends, as another edition
may bring, falls into the class at that end.
"""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from observatory.look import Look
from observatory.maps.natural import natural_cuts
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.scales import value_ticks
from observatory.territory import CITY

Method = Literal["quantile", "natural", "equal", "pretty"]
ARM = 4  # colours on each side of an anchor
MOST_CLASSES = 7
_PICKS = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_LONG_PICKS = {6: (0, 1, 2, 3, 4, 6), 7: (0, 1, 2, 3, 4, 5, 6)}
_ARM_PICKS = {1: (1,), 2: (1, 2), 3: (0, 1, 3), 4: (0, 1, 2, 3)}


@dataclass(frozen=True)
class Classes:
    """Edges from the lowest value to the highest, in the unit inside.

    `anchor` is the edge at the target, or null; `fit` the goodness of variance fit (1: nothing differs within classes).
    `step` is the least difference displayed: values fall into classes as they look, so a reader can check each by eye.
    """

    edges: tuple[float, ...]
    method: Method
    anchor: float | None
    fit: float
    step: float = 0.0

    @property
    def count(self) -> int:
        """Number of classes."""
        return max(len(self.edges) - 1, 0)

    def index(self, value: float) -> int:
        """The class of a value, 0 the lowest."""
        seen = _seen(value, self.step, self.anchor)
        return min(max(bisect.bisect_right(self.edges, seen) - 1, 0), max(self.count - 1, 0))

    def counts(self, values: Iterable[float | None]) -> list[int]:
        """How many values fall into each class; those that are missing are not counted."""
        found = Counter(self.index(value) for value in values if value is not None)
        return [found[index] for index in range(self.count)]

    def falls_short(self, index: int, direction: str) -> bool:
        """Whether a class lies on the unfavourable side of the anchor; never without one."""
        if self.anchor is None:
            return False
        return (index < self.edges.index(self.anchor)) != (direction == "lower_is_better")

    def colours(self, look: Look, direction: str) -> tuple[str, ...]:
        """A colour per class: one hue from low to high, or two that part at the anchor, the good side by direction."""
        if self.anchor is None:
            ramp, picks = (look.sequential, _PICKS) if self.count <= 5 else (look.sequential_long, _LONG_PICKS)
            return tuple(ramp[pick] for pick in picks.get(self.count, ()))
        below = self.edges.index(self.anchor)
        good_is_low = direction == "lower_is_better"
        low_arm = look.diverging_good if good_is_low else look.diverging_bad
        high_arm = look.diverging_bad if good_is_low else look.diverging_good
        lows = [low_arm[pick] for pick in reversed(_ARM_PICKS[below])]
        return (*lows, *(high_arm[pick] for pick in _ARM_PICKS[self.count - below]))


def _seen(value: float, step: float, anchor: float | None) -> float:
    """A value as it is displayed, but on the side of the anchor where it really lies."""
    if not step:
        return value
    seen = round(round(value / step) * step, 12)
    if anchor is None or (seen < anchor) == (value < anchor):
        return seen
    return anchor if value >= anchor else math.nextafter(anchor, -math.inf)


def classify(
    values: Iterable[float],
    *,
    method: Method = "quantile",
    count: int = 5,
    anchor: float | None = None,
    step: float = 0.0,
) -> Classes:
    """Cut values into classes.

    Args:
        values: of all places and all years that share the classes.
        method: quantile (as many values in each), natural (Fisher–Jenks, exact), equal widths, or pretty round edges.
        count: classes wished for, 1 to 7; fewer where there are fewer distinct values; pretty may give another number.
        anchor: a value that must be an edge; ignored unless there are values on both sides.
        step: the least difference that is displayed; values that look equal are never parted.
    """
    known = sorted(_seen(value, step, anchor) for value in values)
    if not known:
        return Classes((), method, None, 1.0, step)
    count = min(max(count, 1), MOST_CLASSES)
    if anchor is not None and known[0] < anchor <= known[-1]:
        edges = _anchored(known, method, count, anchor, step)
    else:
        anchor, edges = None, _edges(known, method, count, step)
    return Classes(edges, method, anchor, _fit(known, edges), step)


def classes_for(
    indicator: IndicatorRow,
    observations: Iterable[Observation],
    *,
    method: Method = "quantile",
    count: int = 5,
    target: float | None = None,
) -> Classes:
    """Classes of an indicator from its rows of all years, the city left out.

    A place that just reaches the target stands on its good side. Where neither way is better no target splits.
    """
    values = [row.value for row in observations if row.value is not None and row.territory_code != CITY]
    if indicator.direction == "lower_is_better" and target is not None:
        target = math.nextafter(target, math.inf)
    elif indicator.direction != "higher_is_better":
        target = None
    step = 10.0**-indicator.decimals / indicator.factor
    return classify(values, method=method, count=count, anchor=target, step=step)


def _anchored(known: Sequence[float], method: Method, count: int, anchor: float, step: float) -> tuple[float, ...]:
    """Classes on both sides of the anchor, shared out by how many values lie there, at most four on a side."""
    low = [value for value in known if value < anchor]
    high = [value for value in known if value >= anchor]
    count = max(count, 2)
    below = min(max(round(count * len(low) / len(known)), 1), count - 1, ARM)
    above = min(count - below, ARM)
    return (*_edges(low, method, below, step)[:-1], anchor, *_edges(high, method, above, step)[1:])


def _edges(known: Sequence[float], method: Method, count: int, step: float) -> tuple[float, ...]:
    low, high = known[0], known[-1]
    if low == high or count == 1:
        return low, high
    if method == "equal":
        inner = {_seen(low + (high - low) * part / count, step, None) for part in range(1, count)}
        return low, *sorted(edge for edge in inner if low < edge < high), high
    if method == "pretty":
        return low, *(tick for tick in value_ticks(low, high, count) if low < tick < high), high
    found = Counter(known)
    distinct = sorted(found)
    sizes = [found[value] for value in distinct]
    cuts = natural_cuts(distinct, sizes, count) if method == "natural" else _even_cuts(sizes, count)
    return low, *(_roundest(distinct[cut - 1], distinct[cut]) for cut in cuts), high


def _even_cuts(sizes: Sequence[int], count: int) -> list[int]:
    """Positions before which a class ends, so that classes hold as nearly as many values as can be."""
    sums = list(accumulate(sizes))
    cuts = set()
    for part in range(1, count):
        wanted = sums[-1] * part / count
        after = bisect.bisect_left(sums, wanted)
        near = [cut for cut in (after, after + 1) if 0 < cut < len(sums)]
        if near:
            cuts.add(min(near, key=lambda cut: abs(sums[cut - 1] - wanted)))
    return sorted(cuts)


def _roundest(below: float, above: float) -> float:
    """The number with the fewest digits above `below` and not above `above`."""
    power = math.floor(math.log10(above - below)) + 1
    while True:
        step = 10.0**power
        edge = round((math.floor(below / step + 1e-9) + 1) * step, 12)
        if below < edge <= above:
            return edge
        power -= 1
        if power < -12:
            return above


def _fit(known: Sequence[float], edges: Sequence[float]) -> float:
    """Goodness of variance fit: the share of squared differences that lies between classes."""
    total = _squares(known)
    if total == 0:
        return 1.0
    ends = [bisect.bisect_left(known, edge) for edge in edges[:-1]] + [len(known)]
    return 1 - sum(_squares(known[start:end]) for start, end in pairwise(ends)) / total


def _squares(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values)
