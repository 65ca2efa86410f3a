"""Places from the highest value to the lowest: dots with their interval, bars for counts, the city as a line.

The number of a place is counted from the best where one way is good, else from the highest; the drawing says which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from observatory import svg
from observatory.charts.labels import abbreviated, text_width
from observatory.charts.scene import Scene
from observatory.look import Look
from observatory.quantities import brief, interval, quantity, round_brief, shown
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.scales import lined_up
from observatory.sentences.grammar import listed
from observatory.statistics.ranks import Rank, first_place, numbered, tied_with
from observatory.wording import Words

WIDEST_WHISKER = 2.0  # times the largest value: longer whiskers are cut, and say so


@dataclass(frozen=True)
class Layout:
    """How the width is parted between names, axis and values: `start` in percent of it, the rest in pixels."""

    start: float
    name: float  # that a name may take; the title of its row says it in full
    least: float  # the narrowest width it is drawn in
    widest: float
    is_led: bool  # whether a line leads the eye from a name to its value


NARROW = Layout(start=46.0, name=98, least=288, widest=760, is_led=False)
BROAD = Layout(start=27.0, name=136, least=592, widest=1248, is_led=True)
BROAD_FROM = 640  # pixels
NAMES = 2.7  # where names begin, in text sizes


def ranking(
    indicator: IndicatorRow,
    ranks: Sequence[Rank],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: Collection[str] = (),
    city: Observation | None = None,
    target: float | None = None,
    links: Mapping[str, str] | None = None,
    width: float = 380,
    scale: float = 1.0,
) -> str:
    """Draw ranked places as fluid SVG; empty text without places.

    Args:
        indicator: what is measured; counts are drawn as bars, everything else as dots.
        ranks: of `observatory.statistics.ranks.rank`, in their order.
        chosen: places in accent.
        city: the city's row of the same period, drawn as a line unless the indicator is a count.
        target: value drawn as a dashed line, in the unit inside.
        width: pixels of its room; broad from 640 on.
    """
    if not ranks:
        return ""
    scene = Scene(indicator, look, words, names, chosen, links, scale)
    levels = _levels(scene, city, target)
    layout = BROAD if width >= BROAD_FROM else NARROW
    axis = _axis(scene, layout, ranks, [level.value for level in levels])
    order = words(f"chart.first.{first_place(indicator)}")
    parts = [
        svg.text(0, 1.1 * axis.size, order, look.muted),
        svg.line(f"{layout.start}%", axis.top, f"{layout.start}%", axis.bottom, look.hairline),
    ]
    parts += [_across(scene, axis, level, levels) for level in levels]
    for index, row in enumerate(ranks):
        tied = [scene.name(code) for code in tied_with(row, ranks)]
        place = _place(scene, axis, row, tied, axis.top + (index + 0.5) * axis.row)
        parts.append(scene.linked(place, row.territory_code))
    label = ", ".join(f"{scene.name(row.territory_code)} {scene.value(row.value)}" for row in ranks)
    widest = round(layout.widest * scale)
    return svg.figure("".join(parts), look, label=label, height=axis.bottom + 4, size=scene.size, widest=widest)


@dataclass(frozen=True)
class _Level:
    """A value drawn through all places: the city's, a target."""

    value: float
    said: str
    colour: str
    more: str = ""


def _levels(scene: Scene, city: Observation | None, target: float | None) -> list[_Level]:
    indicator, words, levels = scene.indicator, scene.words, []
    if city is not None and city.value is not None and indicator.measure != "count":
        said = words("chart.city_short", value=brief(city.value, indicator, words))
        levels.append(_Level(city.value, said, scene.look.city))
    if target is not None:
        said = words("chart.target_short", value=round_brief(target, indicator, words))
        levels.append(_Level(target, said, scene.look.target, ' stroke-dasharray="4 3"'))
    return levels


@dataclass(frozen=True)
class _Axis:
    layout: Layout
    end: float  # percent of the width; the values stand right of it
    low: float
    high: float
    size: float  # pixels of the text
    row: float  # pixels per place
    top: float
    bottom: float

    def x(self, value: float, indicator: IndicatorRow) -> str:
        return svg.share(shown(value, indicator), self.low, self.high, self.layout.start, self.end)


def _axis(scene: Scene, layout: Layout, ranks: Sequence[Rank], levels: Sequence[float]) -> _Axis:
    values = [*(row.value for row in ranks if row.value is not None), *levels]
    farthest = WIDEST_WHISKER * max(values, default=0.0)
    ends = [end for row in ranks for end in (row.lower, row.upper) if end is not None and end <= farthest]
    ticks = lined_up([shown(end, scene.indicator) for end in [*values, *ends]] or [0.0, 1.0], from_zero=True)
    row = 1.75 * scene.size
    top = 1.75 * scene.size
    longest = max((text_width(scene.value(row.value), scene.size) for row in ranks if row.value is not None), default=0)
    end = 100 - 100 * (longest + scene.size) / (layout.least * scene.scale)
    return _Axis(layout, end, ticks[0], ticks[-1], scene.size, row, top, top + len(ranks) * row)


def _across(scene: Scene, axis: _Axis, level: _Level, levels: Sequence[_Level]) -> str:
    """A vertical line through all places with its words on top; those of two levels lean apart."""
    x, y = axis.x(level.value, scene.indicator), 1.1 * axis.size
    is_left = any(other.value > level.value for other in levels) or float(x.rstrip("%")) > axis.end - 12
    more = f' stroke-width="1.5"{level.more}'
    line = svg.line(x, y + 0.3 * axis.size, x, axis.bottom, level.colour, more)
    return line + svg.text(x, y, level.said, level.colour, anchor="end" if is_left else "start")


def _place(scene: Scene, axis: _Axis, row: Rank, tied: Sequence[str], y: float) -> str:
    """The row of a place: its number, name, mark and value; `tied` names who shares its number."""
    is_chosen = row.territory_code in scene.chosen
    colour = scene.look.accent if is_chosen else scene.look.ink
    strong = ' font-weight="600"' if is_chosen else ""
    base = y + 0.36 * axis.size
    name = abbreviated(scene.name(row.territory_code), axis.layout.name * scene.scale, axis.size)
    value_colour = colour if row.value is not None else scene.look.muted
    box = f'y="{svg.short(y - axis.row / 2)}" width="100%" height="{svg.short(axis.row)}"'
    parts = [
        f"<title>{escape(_title(scene, row, tied), quote=False)}</title>",
        f'<rect x="0" {box} fill="transparent"/>',
        _leader(scene, axis, y),
        svg.text(2.2 * axis.size, base, numbered(row), scene.look.muted, anchor="end"),
        svg.text(NAMES * axis.size, base, name, colour, more=strong),
        svg.text("100%", base, scene.value(row.value), value_colour, anchor="end", more=strong),
        _mark(scene, axis, row, y, scene.look.accent if is_chosen else scene.look.context),
    ]
    return f"<g>{''.join(parts)}</g>"


def _leader(scene: Scene, axis: _Axis, y: float) -> str:
    """A line across the axis from the name to the value, where they lie far apart."""
    if not axis.layout.is_led:
        return ""
    start = NAMES * axis.size + axis.layout.name * scene.scale
    return svg.line(start, y, f"{svg.short(axis.end)}%", y, scene.look.hairline)


def _mark(scene: Scene, axis: _Axis, row: Rank, y: float, colour: str) -> str:
    if row.value is None:
        return ""
    x = axis.x(row.value, scene.indicator)
    if scene.indicator.measure == "count":
        start, height = axis.layout.start, 0.9 * axis.size
        width = f"{svg.short(float(x.rstrip('%')) - start)}%"
        box = f'x="{start}%" y="{svg.short(y - height / 2)}" width="{width}" height="{svg.short(height)}"'
        return f'<rect {box} fill="{colour}"/>'
    whisker = ""
    if row.lower is not None and row.upper is not None:
        is_cut = shown(row.upper, scene.indicator) > axis.high
        end = f"{svg.short(axis.end)}%"
        last = end if is_cut else axis.x(row.upper, scene.indicator)
        whisker = svg.line(axis.x(row.lower, scene.indicator), y, last, y, colour, ' stroke-width="1.5"')
        whisker += svg.text(end, y + 0.36 * axis.size, "›", colour) if is_cut else ""
    return whisker + svg.dot(x, y, 0.38 * axis.size, colour)


def _title(scene: Scene, row: Rank, tied: Sequence[str]) -> str:
    """Everything about a place: its rank, who shares it, value, interval and how it stands against the city."""
    words, name = scene.words, scene.name(row.territory_code)
    if row.value is None:
        reason = words(f"absence.{row.absence or 'not_published'}")
        return f"{name}: {words('chart.no_data', reason=reason)}"
    place = words("chart.place", place=row.place)
    if tied:
        place = words("chart.place_tied", place=row.place, others=listed(tied, words))
    ends = interval(row.lower, row.upper, scene.indicator, words)
    value = quantity(row.value, scene.indicator, words) + (f" ({ends})" if ends else "")
    flags = [words(f"flag.{flag}") for flag in row.flag.split()]
    versus = [] if row.versus_city == "unknown" else [words(f"chart.versus.{row.versus_city}")]
    return " · ".join([f"{name}: {value}", place, *versus, *flags])
