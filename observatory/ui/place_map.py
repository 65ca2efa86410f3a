"""The map: choices, deck, legend with counts, sorted table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from observatory import sentences
from observatory.charts.ranking import ranking
from observatory.editions import reads
from observatory.links import CLASSINGS, Classing
from observatory.maps.choropleth import choropleth
from observatory.maps.classes import Classes, classes_for
from observatory.maps.legend import legend
from observatory.observation import IndicatorRow, Observation
from observatory.sheets.indicator import chosen_indicator
from observatory.sheets.marks import anchor, heading, level_due, tag
from observatory.sheets.table import folded, observations_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import Level
from observatory.ui.canvas import show
from observatory.ui.controls import choose, choose_indicator, choose_period, switch

BELOW_CITY: tuple[Level, ...] = ("locality", "upl")


@dataclass(frozen=True)
class Mapped:
    """What the map shows."""

    indicator: IndicatorRow
    level: Level
    period: str
    area: str
    rows: list[Observation]  # of the period, the city first when it has one
    classes: Classes


def mappable(view: View) -> list[str]:
    """Indicators with values below the city."""
    return [one for one, row in view.book.indicators.items() if set(BELOW_CITY) & set(row.levels)]


def choices(view: View) -> Mapped | None:
    """The page's controls and the rows they ask for; None when the indicator has no value at the level."""
    book = view.book
    options = mappable(view)
    asked = view.state.indicator if view.state.indicator in options else None
    fallback = chosen_indicator(view)
    boxes = st.columns([5, 3, 3], vertical_alignment="bottom")
    with boxes[0]:
        one = choose_indicator(view, options, str(asked or (fallback if fallback in options else options[0])))
    indicator = book.indicators[one]
    levels: list[Level] = [level for level in BELOW_CITY if level in indicator.levels]
    level = next((level for level in levels if level == view.state.lvl), levels[0])
    periods = [row.period for row in reads.periods(book.edition, one, level) if row.with_value]
    if not periods:
        return None
    asked_period = view.state.t if view.state.t in periods else periods[-1]
    with boxes[1]:
        period = choose_period(view, periods, str(asked_period))
    with boxes[2]:
        method = _method(view)
    _steps(view, periods, period)
    shown_level, area = _where(view, levels, level)
    every = reads.all_series(book.edition, one, shown_level)
    rows = [row for row in every if row.period == period]
    city = reads.snapshot(book.edition, one, period, "city") if "city" in indicator.levels else []
    return Mapped(indicator, shown_level, period, area, city + rows, _classes(view, indicator, every, method))


def _method(view: View) -> Classing:
    asked = next((one for one in CLASSINGS if one == view.state.cls), CLASSINGS[0])
    label = view.words("control.classes")
    return choose(
        view, "cls", CLASSINGS, asked, label, text=lambda one: view.words(f"classes.{one}"), default=CLASSINGS[0]
    )


def _classes(view: View, indicator: IndicatorRow, rows: list[Observation], classing: Classing) -> Classes:
    """Classes over all periods, split at the target where it applies, unless another method was asked for."""
    count = view.state.k or 5
    if classing != "target":
        return classes_for(indicator, rows, method=classing, count=count)
    target = level_due(view, view.book.against_target(indicator.indicator_id))
    return classes_for(indicator, rows, count=count, target=target)


def _steps(view: View, periods: list[str], period: str) -> None:
    """◀ and ▶ through the periods."""
    position = periods.index(period)
    links = []
    for step, arrow, key in ((-1, "◀", "map_page.earlier"), (1, "▶", "map_page.later")):
        other = position + step
        if 0 <= other < len(periods):
            newest = periods[other] == periods[-1]
            href = view.here(t=None if newest else periods[other])
            label = f"{view.words(key)}: {view.words.period(periods[other])}"
            links.append(
                f'<a href="{escape(href)}" aria-label="{escape(label)}" title="{escape(label)}">'
                f"{arrow} {escape(view.words.period(periods[other]))}</a>"
            )
    show(
        f'<nav class="obs-steps" aria-label="{escape(view.words("map_page.time"))}">{"".join(links)}</nav>', "map-steps"
    )


def _where(view: View, levels: Sequence[Level], level: Level) -> tuple[Level, str]:
    w = view.words
    boxes = iter(st.columns([3, 3, 6]))
    if len(levels) > 1:
        with next(boxes):
            level = switch(
                "lvl",
                levels,
                level,
                w("control.level"),
                text=lambda one: w(f"levels.{one}"),
                default=levels[0],
                resets=("t",),
            )
    area = view.state.area or "urban"
    with next(boxes):
        area = switch(
            "area", ("urban", "all"), area, w("control.area"), text=lambda one: w(f"area.{one}"), default="urban"
        )
    return level, area


def draw(view: View, mapped: Mapped) -> None:
    """Title, deck, legend, table; a click opens the locality."""
    indicator, w = mapped.indicator, view.words
    title = w("map_page.title", name=indicator.name(view.lang), period=w.period(mapped.period))
    unit = f"{indicator.unit(view.lang)} · {w(f'direction.{indicator.direction}')}"
    show(f"<h1>{escape(title)}</h1>{tag('p', unit, 'obs-lead')}", "map-head")
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _deck(view, mapped)
    with right:
        show(_beside(view, mapped), "map-beside")


def _deck(view: View, mapped: Mapped) -> None:
    indicator, w, book = mapped.indicator, view.words, view.book
    deck = choropleth(
        indicator,
        [row for row in mapped.rows if row.territory_code != "00"],
        book.outlines[mapped.level],
        mapped.classes,
        view.look,
        w,
        names=book.names,
        chosen=view.state.place,
        view="whole" if mapped.area == "all" else "urban",
        style_url=os.environ.get("OBSERVATORY_MAP_STYLE"),
    )
    alt = sentences.places_alt(indicator, mapped.rows, w, names=book.names, kind="map")
    picked = st.pydeck_chart(
        deck, height=560, on_select="rerun", selection_mode="single-object", key="map-deck", alt=alt
    )
    objects = (picked.selection.objects or {}).get("areas") or []
    code = objects[0].get("properties", {}).get("code") if objects else None
    if code and code in book.names:
        show(_picked(view, mapped, code), "map-picked")


def _picked(view: View, mapped: Mapped, code: str) -> str:
    row = next((row for row in mapped.rows if row.territory_code == code), None)
    value = "" if row is None else observations_table(view, mapped.indicator, [row], view.name(code), by_place=True)
    sheet = ""
    if mapped.level == "locality":
        open_sheet = view.words("map_page.open_sheet", place=view.name(code))
        sheet = anchor(view.link("territory", loc=(code,)), open_sheet, "obs-more")
    return f'<section class="obs-picked" aria-live="polite">{heading(3, view.name(code))}{value}{sheet}</section>'


def _beside(view: View, mapped: Mapped) -> str:
    """Legend with counts and the sorted places."""
    indicator, w, names = mapped.indicator, view.words, view.book.names
    links = (
        {code: view.link("territory", loc=(code,)) for code in view.book.localities()}
        if mapped.level == "locality"
        else {}
    )
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
        links=links,
        scale=view.scale,
    )
    caption = f"{indicator.name(view.lang)} · {w.period(mapped.period)}"
    twin = folded(w("table.twin"), observations_table(view, indicator, mapped.rows, caption, by_place=True))
    key = legend(indicator, mapped.classes, mapped.rows, view.page_look, w, scale=view.scale)
    return f"{key}{heading(2, w('map_page.sorted'))}{drawn}{twin}"
