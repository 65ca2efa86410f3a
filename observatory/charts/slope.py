"""Two periods side by side: one line per place from its earlier value to its later one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from observatory import svg
from observatory.charts.labels import abbreviated, plain, spread, text_width
from observatory.charts.scene import Scene
from observatory.look import Look
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sentences.alternatives import paired, slope_alt
from observatory.territory import CITY
from observatory.wording import Words

Pair = tuple[Observation, Observation]
SIDE = 0.38  # of the width that the labels of one side take at most; longer names are abbreviated, and said below
GAP, LEADER = 6.0, 16.0  # pixels between a label and its leader, and of the leader to the dot
FAINT = ' stroke-opacity=".45"'  # of leaders
LINE = 1.45  # heights of a letter from one label to the next
BOLD = 1.1  # how much wider bold letters are


def slope(
    indicator: IndicatorRow,
    first: Sequence[Observation],
    second: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: Collection[str] = (),
    width: float = 720,
    scale: float = 1.0,
    is_few: bool = False,
) -> str:
    """Draw two periods as SVG for a width in pixels; empty text when no place has a value in both.

    Args:
        first: rows of the earlier period; the city `00` is drawn too, unless places add up to it.
        second: rows of the later period, of the same season.
        chosen: places in accent.
        is_few: only those that matter are named, for a projector: the chosen, the city, and the ends of either period.
    """
    pairs = [*([] if indicator.measure == "count" else _city(first, second)), *paired(first, second)]
    if not pairs:
        return ""
    scene = Scene(indicator, look, words, names, chosen, None, scale)
    named = _telling(scene, pairs) if is_few else frozenset(range(len(pairs)))
    plan = _plan(scene, [pairs[index] for index in sorted(named)], pairs, width)
    heights = [[plan.y(pair[side]) for pair in pairs] for side in (0, 1)]
    labels = [_apart(plan, ys, sorted(named)) for ys in heights]
    order = sorted(range(len(pairs)), key=lambda index: _weight(scene, pairs[index][0]))
    parts = [_head(scene, plan, rows, side) for side, rows in enumerate((first, second))]
    for index in order:
        ends = heights[0][index], heights[1][index]
        places = (labels[0][index], labels[1][index]) if index in named else None
        parts.append(_slope(scene, plan, pairs[index], ends, places))
    parts += _short_forms(scene, plan)
    alt = slope_alt(indicator, first, second, words, names=names)
    return svg.drawing("".join(parts), look, label=alt, width=width, height=plan.height, size=scene.size)


def _telling(scene: Scene, pairs: Sequence[Pair]) -> frozenset[int]:
    """The places that matter: chosen ones, the city, the highest and the lowest of either period."""
    places = [index for index, pair in enumerate(pairs) if pair[0].territory_code != CITY]
    if not places:
        return frozenset(range(len(pairs)))
    ends = {end(places, key=lambda index: pairs[index][side].value or 0.0) for end in (max, min) for side in (0, 1)}
    return frozenset(ends | {index for index, pair in enumerate(pairs) if _weight(scene, pair[0])})


def _apart(plan: _Plan, heights: Sequence[float], named: Sequence[int]) -> dict[int, float]:
    """Where the names of one side stand, none over another."""
    room = plan.top - plan.line / 2, plan.bottom + plan.line / 2
    spaced = spread([heights[index] for index in named], [plan.line] * len(named), *room)
    return dict(zip(named, spaced, strict=True))


@dataclass(frozen=True)
class _Plan:
    """Where everything lies, in pixels; `names` as they are written."""

    names: Mapping[str, str]
    shortened: Sequence[str]
    left: float
    right: float
    top: float
    bottom: float
    line: float
    low: float
    high: float

    @property
    def height(self) -> float:
        """Of the drawing, with the lines that tell which names are abbreviated."""
        return self.bottom + (1.2 + len(self.shortened)) * self.line

    def y(self, row: Observation) -> float:
        """Height of a value."""
        return self.bottom - ((row.value or 0.0) - self.low) / ((self.high - self.low) or 1.0) * (
            self.bottom - self.top
        )


def _plan(scene: Scene, named: Sequence[Pair], pairs: Sequence[Pair], width: float) -> _Plan:
    """Labels take what they need of either side, the lines the rest."""
    most, names, sides = SIDE * width, dict[str, str](), [0.0, 0.0]
    for pair in named:
        code, name = pair[0].territory_code, scene.name(pair[0].territory_code)
        said = max((scene.value(row.value) for row in pair), key=len)
        names[code] = abbreviated(name, most - _wide(scene, f" {said}"), BOLD * scene.size)
        sides = [
            max(side, _wide(scene, f"{names[code]} {scene.value(row.value)}"))
            for side, row in zip(sides, pair, strict=True)
        ]
    values = [row.value or 0.0 for pair in pairs for row in pair]  # all are drawn
    line, top = LINE * scene.size, 2.4 * scene.size
    apart = GAP + LEADER
    return _Plan(
        names,
        [code for code, name in names.items() if name != scene.name(code)],
        left=sides[0] + apart,
        right=width - sides[1] - apart,
        top=top,
        bottom=top + max(1.2 * len(named), 14 if len(named) == len(pairs) else 9) * line,
        line=line,
        low=min(values),
        high=max(values),
    )


def _wide(scene: Scene, text: str) -> float:
    return text_width(plain(text), BOLD * scene.size)


def _city(first: Sequence[Observation], second: Sequence[Observation]) -> list[Pair]:
    before = next((row for row in first if row.territory_code == CITY and row.value is not None), None)
    after = next((row for row in second if row.territory_code == CITY and row.value is not None), None)
    return [(before, after)] if before is not None and after is not None else []


def _weight(scene: Scene, row: Observation) -> int:
    return 2 if row.territory_code in scene.chosen else 1 if row.territory_code == CITY else 0


def _head(scene: Scene, plan: _Plan, rows: Sequence[Observation], side: int) -> str:
    """The period over its column of dots."""
    said, more = scene.words.period(rows[0].period), ' font-weight="600"'
    x, anchor = (plan.right, "start") if side else (plan.left, "end")
    return svg.text(x, scene.size, said, scene.look.muted, anchor=anchor, more=more)


def _slope(scene: Scene, plan: _Plan, pair: Pair, ends: tuple[float, float], labels: tuple[float, float] | None) -> str:
    """One line with its dots and, if any, its labels; `ends` and `labels` are heights in pixels, left and right."""
    look, code, weight = scene.look, pair[0].territory_code, _weight(scene, pair[0])
    colour, values = (look.context, look.city, look.accent)[weight], [scene.value(row.value) for row in pair]
    left, right = plan.left, plan.right
    parts = [
        f"<title>{escape(f'{scene.name(code)}: {values[0]} → {values[1]}', quote=False)}</title>",
        svg.line(left, ends[0], right, ends[1], colour, f' stroke-width="{(1.2, 2, 2.6)[weight]}"'),
        svg.dot(left, ends[0], 0.25 * scene.size, colour),
        svg.dot(right, ends[1], 0.25 * scene.size, colour),
        *(_labels(scene, plan, pair, ends, labels) if labels else ()),
    ]
    return f"<g>{''.join(parts)}</g>"


def _labels(scene: Scene, plan: _Plan, pair: Pair, ends: tuple[float, float], labels: tuple[float, float]) -> list[str]:
    """Name and value at either end, each with its leader."""
    look, code, weight = scene.look, pair[0].territory_code, _weight(scene, pair[0])
    ink, strong = (look.muted, look.city, look.accent)[weight], ' font-weight="600"' if weight else ""
    values, name = [scene.value(row.value) for row in pair], plan.names[code]
    left, right, drop = plan.left, plan.right, 0.36 * scene.size
    return [
        svg.line(left - LEADER, labels[0], left, ends[0], look.outline, FAINT),
        svg.line(right, ends[1], right + LEADER, labels[1], look.outline, FAINT),
        svg.text(left - LEADER - GAP / 2, labels[0] + drop, f"{name} {values[0]}", ink, anchor="end", more=strong),
        svg.text(right + LEADER + GAP / 2, labels[1] + drop, f"{values[1]} {name}", ink, more=strong),
    ]


def _short_forms(scene: Scene, plan: _Plan) -> list[str]:
    """Which names are abbreviated, below the drawing."""
    first = plan.bottom + 1.9 * plan.line
    return [
        svg.text(0, first + index * plan.line, f"{plan.names[code]}: {scene.name(code)}", scene.look.muted)
        for index, code in enumerate(plan.shortened)
    ]
