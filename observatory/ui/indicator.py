"""The page of one indicator: its controls, its trend, its localities."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from observatory import sentences
from observatory.charts import Figure
from observatory.charts.trend import trend
from observatory.links import ORDERS, Y_AXES
from observatory.rows.catalogue import TargetRow
from observatory.rows.observation import TOTAL
from observatory.sheets import indicator as sheet
from observatory.sheets.city_only import city_only
from observatory.sheets.court import drawn_projections
from observatory.sheets.decomposition import decomposition_section
from observatory.sheets.indicator import Shown
from observatory.sheets.indicator_head import head
from observatory.sheets.marks import heading, tag
from observatory.sheets.method import definition
from observatory.sheets.needed import needed_section
from observatory.sheets.table import folded, observations_table
from observatory.sheets.view import View
from observatory.sheets.working import working
from observatory.ui.controls import choose, choose_indicator, choose_period, choose_place, switch
from observatory.ui.live import live_chart


def choices(view: View) -> Shown:
    """The page's controls, and the rows they ask for."""
    book, w, asked = view.book, view.words, sheet.shown_by(view)
    boxes = st.columns([5, 3, 3], vertical_alignment="bottom")
    with boxes[0]:
        choose_indicator(view, list(book.indicators), asked.indicator.indicator_id)
    places = sheet.places_of(view, asked.indicator)
    with boxes[1]:
        choose_place(view, places, asked.place, default=places[0])
    dims = sheet.dims_of(view, asked.indicator)
    if len(dims) > 1:
        with boxes[2]:
            label = w("control.dimension")
            choose(view, "dim", dims, asked.dim, label, text=lambda one: sheet.dim_name(view, one), default=TOTAL)
    return asked


def story(view: View, shown: Shown) -> str:
    """Finding, status and number, the trend with its table twin, and the title of what follows."""
    return f"{head(view, shown)}{_chart(view, shown)}{heading(2, view.words('indicator.localities'))}"


def _chart(view: View, shown: Shown) -> str:
    """The trend against path and references, and its table twin."""
    indicator, w = shown.indicator, view.words
    if only := sheet.only_figure(view, shown):
        return only
    targets = sheet.targets_shown(view, shown)
    alt = sentences.trend_alt(indicator, shown.rows, w, place_name=view.name(shown.place), targets=targets)
    chart = live_chart(lambda width: _trend(view, shown, targets, width), view.page_look, alt)
    caption = sheet.trend_caption(view, shown)
    twin = folded(w("table.twin"), observations_table(view, indicator, shown.rows, caption, by_place=False))
    return chart + twin


def _trend(view: View, shown: Shown, targets: Sequence[TargetRow], width: int) -> Figure:
    indicator, book = shown.indicator, view.book
    return trend(
        indicator,
        sheet.trend_rows(shown),
        view.page_look,
        view.words,
        names=book.names,
        place=shown.place,
        targets=targets,
        breaks=book.breaks_of(indicator.indicator_id),
        projections=drawn_projections(view, indicator.indicator_id) if targets else (),
        width=width,
        scale=view.scale,
    )


def localities(view: View, shown: Shown) -> str:
    """The twenty localities at one period, under the controls of how to see them."""
    w = view.words
    if "locality" not in shown.indicator.levels:
        return city_only(view, shown.indicator)
    periods = sheet.locality_periods(shown)
    if not periods:
        return tag("p", w("indicator.no_rows"), "obs-empty-note")
    boxes = st.columns([3, 5], vertical_alignment="bottom")
    with boxes[0]:
        period = choose_period(view, periods, sheet.chosen_period(view, periods))
    with boxes[1]:
        tab, tabs, label = sheet.chosen_tab(view, periods), sheet.tabs_of(periods), w("control.show")
        tab = switch(view, "tab", tabs, tab, label, text=lambda one: w(f"tab.{one}"), default="map")
    if tab == "line":
        _panels(view)
    return sheet.localities(view, shown, period, tab)


def working_and_method(view: View, shown: Shown) -> str:
    """How it stands against its targets, what localities would have to do, why it changed, and what it measures."""
    w, indicator = view.words, shown.indicator
    court = heading(2, w("working.title")) + working(view, indicator, shown.place)
    method = heading(2, w("method.title")) + definition(view, indicator)
    return f"{court}{needed_section(view, shown)}{decomposition_section(view, shown)}{method}"


def _panels(view: View) -> None:
    """How the small charts are ordered and scaled."""
    w = view.words
    boxes = st.columns([3, 5], vertical_alignment="bottom")
    order, axes = view.state.order or ORDERS[0], view.state.y or Y_AXES[0]
    with boxes[0]:
        switch(view, "order", ORDERS, order, w("control.order"), text=lambda one: w(f"order.{one}"), default=ORDERS[0])
    with boxes[1]:
        switch(view, "y", Y_AXES, axes, w("control.axes"), text=lambda one: w(f"axes.{one}"), default=Y_AXES[0])
