"""The page of the map: choices, deck, and what a click says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape

import streamlit as st

from observatory import sentences
from observatory.links import CLASSINGS
from observatory.maps.choropleth import choropleth
from observatory.rows.catalogue import IndicatorRow
from observatory.sheets.city_only import in_place_of_places
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.place_map import (
    CLASSES,
    Mapped,
    apart,
    beside,
    chosen_map,
    head,
    mappable,
    mapped_by,
)
from observatory.sheets.table import observations_table
from observatory.sheets.view import View
from observatory.territory import Level
from observatory.ui.canvas import show
from observatory.ui.controls import choose, choose_indicator, choose_period, switch

HEIGHT = 600  # pixels of the deck


def choices(view: View) -> Mapped | None:
    """The page's controls and the rows they ask for; None when the indicator has no value below the city."""
    mapped = mapped_by(view)
    has_levels = mapped is not None and len(mapped.levels) > 1
    widths = [5.2, 3, 3.4, 2.4] if has_levels else [5, 2.6, 2.6, 1.8, 3.8]
    boxes = iter(st.columns(widths, vertical_alignment="bottom"))
    with next(boxes):
        asked, options = chosen_map(view).indicator_id, mappable(view)
        choose_indicator(view, options if asked in options else [*options, asked], asked)
    if mapped is None:
        return None
    with next(boxes):
        choose_period(view, mapped.periods, mapped.period)
    with next(boxes):
        _classing(view)
    with next(boxes):
        _count(view)
    if has_levels:
        boxes = iter(st.columns([3.6, 4, 4.4]))
        with next(boxes):
            _level(view, mapped.levels, mapped.level)
    with next(boxes):
        _area(view, mapped)
    return mapped


def _classing(view: View) -> None:
    asked = next((one for one in CLASSINGS if one == view.state.cls), CLASSINGS[0])
    label, default = view.words("control.classes"), CLASSINGS[0]
    choose(view, "cls", CLASSINGS, asked, label, text=lambda one: view.words(f"classes.{one}"), default=default)


def _count(view: View) -> None:
    asked = str(view.state.k or CLASSES)
    choose(view, "k", [str(n) for n in range(3, 8)], asked, view.words("control.count"), text=str, default=str(CLASSES))


def _area(view: View, mapped: Mapped) -> None:
    w, label = view.words, view.words("control.area")
    switch(view, "area", ("urban", "all"), mapped.area, label, text=lambda one: w(f"area.{one}"), default="urban")


def _level(view: View, levels: Sequence[Level], level: Level) -> None:
    w, label = view.words, view.words("control.level")
    switch(view, "lvl", levels, level, label, text=lambda one: w(f"levels.{one}"), default=levels[0], resets=("t",))


def nothing(view: View) -> IndicatorRow:
    """Why there is no map: the indicator is told for the city alone, or without any value. Returns the indicator."""
    indicator = chosen_map(view)
    if indicator.indicator_id not in mappable(view):
        show(in_place_of_places(view, indicator), "map-none")
    else:
        show(tag("p", view.words("indicator.no_rows"), "obs-empty-note"), "map-none")
    return indicator


def draw(view: View, mapped: Mapped) -> None:
    """Title, deck, legend, table; a click opens the locality."""
    named = f'<span data-map="{escape(view.words("map_page.keys"))}"></span>'
    show(head(view, mapped) + named, "map-head")
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _deck(view, mapped)
    with right:
        show(beside(view, mapped), "map-beside")


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
        height=HEIGHT,
        style_url=os.environ.get("OBSERVATORY_MAP_STYLE"),
    )
    alt = sentences.places_alt(indicator, mapped.rows, w, names=book.names, kind="map")
    picked = st.pydeck_chart(
        deck, height=HEIGHT, on_select="rerun", selection_mode="single-object", key="map-deck", alt=alt
    )
    show(apart(view, mapped), "map-apart")
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
