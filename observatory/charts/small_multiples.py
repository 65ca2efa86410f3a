"""Twenty small charts on one shared scale, each with the city behind it, in a grid that folds to the room there is."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from observatory import svg
from observatory.charts.axes import position
from observatory.charts.scene import Scene
from observatory.look import Look
from observatory.quantities import shown
from observatory.rows.catalogue import BreakRow, IndicatorRow
from observatory.rows.observation import Observation
from observatory.scales import lined_up, tick_text
from observatory.sentences.grammar import listed
from observatory.series import by_place, is_hollow, is_modelled, is_steady, last_with_value, runs, sayings, with_value
from observatory.territory import CITY
from observatory.wording import Words

Order = Literal["value", "geography"]
NORTH_TO_SOUTH = (  # of the localities' middles
    *("11", "01", "10", "09", "12", "13", "02", "08", "07", "16"),
    *("14", "17", "03", "15", "06", "18", "04", "19", "05", "20"),
)
PANEL, NARROWEST = 60, 150  # pixels: height of a panel, and its least width; two fit a phone
KEEP_WIDTH = ' vector-effect="non-scaling-stroke"'


def small_multiples(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    order: Order = "value",
    own_scale: bool = False,
    chosen: Collection[str] = (),
    breaks: Sequence[BreakRow] = (),
    links: Mapping[str, str] | None = None,
    scale: float = 1.0,
) -> str:
    """Draw one small chart per place as an HTML grid; empty text without any value.

    Args:
        observations: rows of all periods of one disaggregation; the city `00` becomes the line behind each.
        order: value puts the highest latest value first; geography goes from north to south.
        own_scale: whether each panel has its own scale instead of the shared one.
        chosen: places in accent and bold.
    """
    scene = Scene(indicator, look, words, names, chosen, links, scale)
    known = drawn_rows(observations, indicator)
    series = by_place(row for row in observations if row.territory_code != CITY)
    if not series or not known:
        return ""
    city, shared = [row for row in known if row.territory_code == CITY], scales(known, indicator)
    panels = []
    for code in ordered(list(series), series, order):
        own = scales([*with_value(series[code]), *city], indicator, known) if own_scale else shared
        behind = course_of(scene, own, city, breaks, look.outline, 1.0 * scale)
        panels.append(_panel(scene, own, series[code], breaks, behind))
    return _grid(scene, panels, scales_note(scene, None if own_scale else shared, known))


def drawn_rows(observations: Sequence[Observation], indicator: IndicatorRow) -> list[Observation]:
    """Rows with a value; the city's too, unless places add up to it: its count would flatten theirs."""
    known = with_value(observations)
    return [row for row in known if row.territory_code != CITY] if indicator.measure == "count" else known


def _grid(scene: Scene, panels: Sequence[str], said: str) -> str:
    columns = f"repeat(auto-fill,minmax({round(NARROWEST * scene.scale)}px,1fr))"
    grid = f"display:grid;grid-template-columns:{columns};gap:14px 18px;align-items:end"
    style = f"font-family:{escape(scene.look.font)};font-size:{svg.short(scene.size)}px;color:{scene.look.ink}"
    note = f'<p style="margin:.8em 0 0;color:{scene.look.muted}">{escape(said)}</p>'
    return f'<div class="obs-multiples" style="{style}"><div style="{grid}">{"".join(panels)}</div>{note}</div>'


def scales_note(scene: Scene, axes: Axes | None, known: Sequence[Observation]) -> str:
    """What the scales are, and who leaves them."""
    words = scene.words
    ordered = sorted(known, key=lambda row: row.period_end)
    first, last = words.period(ordered[0].period), words.period(ordered[-1].period)
    said = [words("chart.shared_time", first=first, last=last)]
    said += [words("chart.behind")] if any(row.territory_code == CITY for row in known) else []
    if axes is None:
        return " ".join([words("chart.own_axis"), *said])
    low, high = (tick_text(end, axes.step, scene.indicator, words) for end in (axes.low, axes.high))
    beyond = [row for row in known if shown(row.value or 0.0, scene.indicator) > axes.high]
    return " ".join([words("chart.shared_axis", low=low, high=high), *said, *_beyond(scene, beyond)])


def _beyond(scene: Scene, rows: Sequence[Observation]) -> list[str]:
    """Who leaves the scale, and how far: places with very few events."""
    if not rows:
        return []
    highest = {row.territory_code: row for row in sorted(rows, key=lambda row: row.value or 0.0)}
    said = [f"{scene.name(code)} ({scene.value(row.value)})" for code, row in highest.items()]
    return [scene.words("chart.beyond", places=listed(said, scene.words))]


@dataclass(frozen=True)
class Axes:
    """The scales of a panel, and the size of its drawing."""

    first: float
    last: float
    low: float
    high: float
    step: float
    width: float = 100.0
    height: float = 100.0

    def at(self, row: Observation, indicator: IndicatorRow) -> str:
        """Where an observation lies, as two coordinates of a path."""
        share = (position(row.period) - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        x, y = 3 + share * 94, 96 - (shown(row.value or 0.0, indicator) - self.low) / (self.high - self.low) * 92
        return f"{svg.short(x * self.width / 100)} {svg.short(max(y, 0.0) * self.height / 100)}"


def scales(rows: Sequence[Observation], indicator: IndicatorRow, times: Sequence[Observation] = ()) -> Axes:
    """Scales that cover rows; with `times`, the scale of one panel, whose time runs as in those.

    A shared scale may be left by places of very few events: they would flatten all others.
    """
    covered = rows if times else [row for row in rows if is_steady(row)] or rows
    ticks = lined_up(shown(row.value or 0.0, indicator) for row in covered)
    places = [position(row.period) for row in times or rows]
    return Axes(min(places), max(places), ticks[0], ticks[-1], ticks[1] - ticks[0])


def ordered(places: Sequence[str], series: Mapping[str, Sequence[Observation]], order: Order) -> list[str]:
    """Places in the order asked for."""
    if order == "geography":
        return sorted(places, key=lambda code: (NORTH_TO_SOUTH.index(code) if code in NORTH_TO_SOUTH else 99, code))
    return sorted(places, key=lambda code: (-_latest(series[code]), code))


def _latest(rows: Sequence[Observation]) -> float:
    last = last_with_value(rows)
    return -math.inf if last is None or last.value is None else last.value


def course_of(
    scene: Scene,
    axes: Axes,
    rows: Sequence[Observation],
    breaks: Sequence[BreakRow],
    colour: str,
    width: float,
) -> str:
    """Lines of a place, cut at gaps and breaks; a single point is a dot."""
    parts = []
    for run in runs(rows, breaks):
        points = [axes.at(row, scene.indicator) for row in run]
        course = f"M{points[0]}" + (f"L{' '.join(points[1:])}" if len(points) > 1 else "h0")
        is_model = len(run) > 1 and all(is_modelled(row, scene.indicator) for row in run)
        dash = ' stroke-dasharray="1.5 3"' if is_model else ""
        thick = svg.short(width if len(points) > 1 else 3.5 * width)
        pen = f'fill="none" stroke="{colour}" stroke-width="{thick}" stroke-linecap="round" stroke-linejoin="round"'
        parts.append(f'<path d="{course}" {pen}{dash}{KEEP_WIDTH}/>')
    return "".join(parts)


def _panel(scene: Scene, axes: Axes, rows: Sequence[Observation], breaks: Sequence[BreakRow], city: str) -> str:
    code, look = rows[0].territory_code, scene.look
    name, is_chosen = scene.name(code), code in scene.chosen
    last = last_with_value(rows)
    course = course_of(scene, axes, rows, breaks, look.accent, (2.6 if is_chosen else 1.8) * scene.scale)
    dot = last_dot(scene, axes, last)
    floor = f'<path d="M0 96H100" stroke="{look.hairline}"{KEEP_WIDTH}/>'
    told = rows[-1] if last is None else last
    alt = f"{name}, {scene.words.period(told.period)}: {sayings(told, scene.indicator, scene.words)}"
    box = 'viewBox="0 0 100 100" preserveAspectRatio="none"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(alt)}" {box}'
    body = f"<title>{escape(alt, quote=False)}</title>{floor}{city}{course}{dot}"
    size = f"width:100%;height:{round(PANEL * scene.scale)}px"
    drawn = f'{head} style="display:block;overflow:visible;{size}">{body}</svg>'
    row = "display:flex;justify-content:space-between;align-items:end;gap:.5em;line-height:1.25;margin-bottom:.3em"
    row += ";font-variant-numeric:tabular-nums"
    row += ";font-weight:700" if is_chosen else ""
    said = escape(scene.value(None if last is None else last.value))
    title = f'<div style="{row}"><span>{escape(name)}</span><span style="white-space:nowrap">{said}</span></div>'
    href = (scene.links or {}).get(code)
    if href is None:
        return f"<div>{title}{drawn}</div>"
    return f'<a href="{escape(href)}" style="color:inherit;text-decoration:none;display:block">{title}{drawn}</a>'


def last_dot(scene: Scene, axes: Axes, last: Observation | None) -> str:
    """The last point; hollow where it is not final. A line of no length with round ends stays round when stretched."""
    if last is None:
        return ""
    at, pen = axes.at(last, scene.indicator), f'stroke-linecap="round"{KEEP_WIDTH}'
    colour, paper = scene.look.accent, scene.look.paper
    full = f'<path d="M{at}h0" stroke="{colour}" stroke-width="{svg.short(6.5 * scene.scale)}" {pen}/>'
    inner = f'<path d="M{at}h0" stroke="{paper}" stroke-width="{svg.short(3.2 * scene.scale)}" {pen}/>'
    return full + inner if is_hollow(last) else full
