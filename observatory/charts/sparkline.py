"""A sparkline: the course of one place in the space of a word, its last point marked, its target ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from observatory.charts.axes import position
from observatory.look import Look
from observatory.rows.catalogue import BreakRow
from observatory.rows.observation import Observation
from observatory.series import last_with_value, runs, with_value
from observatory.svg import short

PAD = 4.0
MOST_BYTES = 1024
STEPS = 40  # a longer run is thinned to about as many points, its turning points kept within pixels


def sparkline(
    observations: Sequence[Observation],
    look: Look,
    *,
    label: str,
    target: float | None = None,
    breaks: Sequence[BreakRow] = (),
    width: int = 240,
    height: int = 48,
) -> str:
    """Draw one place's rows, at most 1 KB of SVG; empty text when there is no value.

    It stretches to the width it is given: strokes keep their width by the style's `.obs-spark`, and dots are strokes of
    no length with round ends, which stay round.

    Args:
        observations: rows of one place and one disaggregation.
        label: text alternative, cut at 160 letters.
        target: value ticked at the right edge, in the unit inside.
        breaks: series breaks; the line is cut there.
        width: pixels before it is stretched, as the height.
    """
    rows = with_value(observations)
    last = last_with_value(sorted(rows, key=lambda row: row.period_end))
    if last is None or last.value is None:
        return ""
    frame = _frame(rows, target, width, height)
    stretches = [[frame.at(row) for row in _thinned(run)] for run in runs(rows, breaks)]
    lines = "".join(_line(points) for points in stretches if len(points) > 1)
    alone = "".join(_dot(points[0]) for points in stretches if len(points) == 1)
    drawn = f'<path d="{lines}" stroke-width="1.5"/>' if lines else ""
    drawn += f'<path class="obs-alone" d="{alone}" stroke-width="4"/>' if alone else ""
    if target is not None:
        at = f"M{short(width - 10)} {_whole(frame.y(target))}h10"
        drawn += f'<path d="{at}" stroke="{look.target}" stroke-width="2" stroke-linecap="butt"/>'
    drawn += f'<path class="obs-last" d="{_dot(frame.at(last))}" stroke-width="7"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="obs-spark" role="img" aria-label="{escape(label[:160])}"'
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
    stroke = f'fill="none" stroke="{look.accent}" stroke-linecap="round" stroke-linejoin="round"'
    return f"{head} {box} {stroke}>{drawn}</svg>"


@dataclass(frozen=True)
class _Frame:
    """The ends of time and values, and where they lie in pixels."""

    times: tuple[float, float]
    values: tuple[float, float]
    right: float
    height: float

    def at(self, row: Observation) -> tuple[float, float]:
        """A point of the line; the only one of a series lies at the right."""
        first, last = self.times
        x = _between(position(row.period), first, last, PAD, self.right) if first < last else self.right
        return x, self.y(row.value or 0.0)

    def y(self, value: float) -> float:
        """The height of a value."""
        low, high = self.values
        return _between(value, low, high, self.height - PAD, PAD) if low < high else self.height / 2


def _frame(rows: Sequence[Observation], target: float | None, width: float, height: float) -> _Frame:
    times = [position(row.period) for row in rows]
    values = [*(row.value or 0.0 for row in rows), *([target] if target is not None else [])]
    right = width - PAD - (12 if target is not None else 0)
    return _Frame((min(times), max(times)), (min(values), max(values)), right, height)


def _between(value: float, low: float, high: float, start: float, end: float) -> float:
    return start + (value - low) / (high - low) * (end - start)


def _whole(number: float) -> str:
    return short(round(number, 1))


def _thinned(run: Sequence[Observation]) -> Sequence[Observation]:
    """A long run with the lowest and highest of each stretch kept, so that peaks are not lost."""
    if len(run) <= STEPS:
        return run
    size = -(-len(run) // (STEPS // 2))
    kept = {0, len(run) - 1}
    for start in range(0, len(run), size):
        part = range(start, min(start + size, len(run)))
        kept |= {
            min(part, key=lambda index: run[index].value or 0.0),
            max(part, key=lambda index: run[index].value or 0.0),
        }
    return [run[index] for index in sorted(kept)]


def _line(points: Sequence[tuple[float, float]]) -> str:
    first, *rest = [f"{_whole(x)} {_whole(y)}" for x, y in points]
    return f"M{first}L{' '.join(rest)}"


def _dot(point: tuple[float, float]) -> str:
    return f"M{_whole(point[0])} {_whole(point[1])}h.01"
