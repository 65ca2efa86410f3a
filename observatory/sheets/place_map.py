"""The map: what a link asks to be mapped, its title, its legend and the sorted places beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from observatory.charts.ranking import ranking
from observatory.editions import reads
from observatory.links import CLASSINGS
from observatory.maps.classes import Classes, classes_for
from observatory.maps.geometry import INSET
from observatory.maps.legend import legend
from observatory.maps.svg_map import inset_map, svg_map
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sentences import dated
from observatory.series import between_breaks, periods_of
from observatory.sheets.indicator import chosen_indicator
from observatory.sheets.marks import heading, level_due, passed_by, tag
from observatory.sheets.table import folded, observations_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import Level

BELOW_CITY: tuple[Level, ...] = ("locality", "upl")

CLASSES = 5  # of a map, unless another number is asked for


@dataclass(frozen=True)
class Mapped:
    """What the map shows; `levels` and `periods` are those that may be chosen."""

    indicator: IndicatorRow
    levels: list[Level]
    level: Level
    periods: list[str]
    period: str
    area: str
    rows: list[Observation]  # of the period, the city first when it has one
    classes: Classes


def mappable(view: View) -> list[str]:
    """Indicators with values below the city."""
    return [one for one, row in view.book.indicators.items() if set(BELOW_CITY) & set(row.levels)]


def chosen_map(view: View) -> IndicatorRow:
    """The link's indicator, also when it is told for the city alone; without one the first that can be mapped."""
    options, indicators = mappable(view), view.book.indicators
    if view.state.indicator in indicators:
        return indicators[str(view.state.indicator)]
    at_level = (one for one in options if view.state.lvl in indicators[one].levels)
    first = next(at_level, None) or chosen_indicator(view)
    return indicators[next(one for one in (first, indicators[first].by_locality, *options) if one in options)]


def set_aside(view: View, mapped: Mapped) -> str:
    """What the link asks for that cannot be mapped, and what is shown instead."""
    w, state, said = view.words, view.state, []
    if state.t not in (None, "latest", mapped.period):
        period = str(state.t)
        known = ".." not in period and period != "earliest"
        said.append(w("notice.no_period", raw=w.period(period) if known else period))
    if state.lvl not in (None, mapped.level):
        said.append(w("notice.no_level", raw=w(f"levels.{state.lvl}")))
    return "".join(f'<p class="obs-banner obs-warn" role="status">{escape(text)}</p>' for text in said)


def mapped_by(view: View) -> Mapped | None:
    """What the link asks to be mapped, the newest period where it is silent; None without any value below the city."""
    edition, indicator = view.book.edition, chosen_map(view)
    one = indicator.indicator_id
    levels: list[Level] = [level for level in BELOW_CITY if level in indicator.levels]
    if not levels:
        return None
    level = next((level for level in levels if level == view.state.lvl), levels[0])
    every = reads.all_series(edition, one, level)
    periods = periods_of(every)
    if not periods:
        return None
    period = str(view.state.t if view.state.t in periods else periods[-1])
    city = reads.snapshot(edition, one, period, "city") if "city" in indicator.levels else []
    rows = city + [row for row in every if row.period == period]
    area = view.state.area or "urban"
    comparable = between_breaks(every, period, view.book.breaks_of(one))
    return Mapped(indicator, levels, level, periods, period, area, rows, _classes(view, indicator, comparable))


def _classes(view: View, indicator: IndicatorRow, rows: list[Observation]) -> Classes:
    """Classes over comparable periods, split at the target where it applies, unless another method was asked for."""
    classing = next((one for one in CLASSINGS if one == view.state.cls), CLASSINGS[0])
    count = view.state.k or CLASSES
    if classing != "target":
        return classes_for(indicator, rows, method=classing, count=count)
    target = level_due(view, view.book.against_target(indicator.indicator_id))
    return classes_for(indicator, rows, count=count, target=target)


def title(view: View, mapped: Mapped) -> str:
    """Name and period."""
    return dated(mapped.indicator.name(view.lang), mapped.period, view.words)


def lead(view: View, mapped: Mapped) -> str:
    """Unit, and which way is good."""
    return f"{mapped.indicator.unit(view.lang)} · {view.words(f'direction.{mapped.indicator.direction}')}"


def head(view: View, mapped: Mapped) -> str:
    """Title and lead, and the way to the periods before and after."""
    said = f"<div>{heading(1, title(view, mapped))}{tag('p', lead(view, mapped), 'obs-lead')}</div>"
    return f'{set_aside(view, mapped)}<div class="obs-map-head">{said}{_steps(view, mapped)}</div>'


def _steps(view: View, mapped: Mapped) -> str:
    """◀ and ▶ through the periods; empty where there is only one."""
    periods, w = mapped.periods, view.words
    position, links = periods.index(mapped.period), []
    for step, arrow, key in ((-1, "◀ {}", "map_page.earlier"), (1, "{} ▶", "map_page.later")):
        other = position + step
        if 0 <= other < len(periods):
            href = view.here(t=None if other == len(periods) - 1 else periods[other])
            said = w.period(periods[other])
            label = escape(f"{w(key)}: {said}")
            text = escape(arrow.format(said))
            links.append(f'<a href="{escape(href)}" aria-label="{label}" title="{label}">{text}</a>')
    if not links:
        return ""
    return f'<nav class="obs-steps" aria-label="{escape(w("map_page.time"))}">{"".join(links)}</nav>'


def apart(view: View, mapped: Mapped) -> str:
    """Beside the interactive map: Sumapaz in its corner when the view leaves it out, and the whole map for paper."""
    outlines, names = view.book.outlines[mapped.level], view.book.names
    drawn = (mapped.indicator, mapped.rows, outlines, mapped.classes, view.page_look, view.words)
    on_paper = f'<div class="obs-print-only">{svg_map(*drawn, names=names, scale=view.scale)}</div>'
    far = sorted(INSET & outlines.keys())
    if mapped.area == "all" or not far:
        return on_paper
    corner = inset_map(*drawn, names=names, links=_sheets(view, mapped))
    said = tag("figcaption", view.words("map.inset", name=view.name(far[0])))
    return f'{on_paper}<figure class="obs-inset">{corner}{said}</figure>'


def _sheets(view: View, mapped: Mapped) -> dict[str, str]:
    """The sheet of each locality."""
    if mapped.level != "locality":
        return {}
    return {code: view.link("territory", loc=(code,)) for code in view.book.localities()}


def beside(view: View, mapped: Mapped) -> str:
    """Legend with counts and the sorted places."""
    indicator, w, names = mapped.indicator, view.words, view.book.names
    city = next((row for row in mapped.rows if row.territory_code == "00"), None)
    ranks = rank(indicator, mapped.rows)
    drawn = ranking(
        indicator,
        ranks,
        view.page_look,
        w,
        names=names,
        chosen=view.state.loc,
        city=city,
        links=_sheets(view, mapped),
        scale=view.scale,
    )
    caption = f"{indicator.name(view.lang)} · {w.period(mapped.period)}"
    twin = folded(w("table.twin"), observations_table(view, indicator, mapped.rows, caption, by_place=True))
    key = legend(indicator, mapped.classes, mapped.rows, view.page_look, w, scale=view.scale)
    ordered = f"<section>{heading(2, w('map_page.sorted'))}{passed_by(view, drawn, 'ranking')}</section>"
    return f'<div class="obs-map-beside"><div>{key}</div>{ordered}</div>{twin}'
