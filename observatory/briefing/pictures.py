"""Pictures of places: map, ranking, small multiples, drawn alike for every output."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal

from observatory import sentences
from observatory.briefing.native import map_areas, ranked_bars
from observatory.briefing.parts import Bars, Native, Picture
from observatory.charts.multiples_svg import multiples_svg
from observatory.charts.ranking import ranking
from observatory.look import Look, look
from observatory.maps.classes import Classes
from observatory.maps.geometry import split
from observatory.maps.legend import Entry, entries
from observatory.maps.svg_map import svg_map
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.series import name_of
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import CITY

EVERY = slice(None)
ON_A_SCREEN = 10  # small charts that are read from afar


def map_picture(
    view: View,
    one: IndicatorRow,
    rows: Sequence[Observation],
    level: str,
    classes: Classes,
    chosen: Sequence[str],
) -> Picture:
    """A map of one period with its classes."""
    names, outlines = view.book.names, view.book.outlines[level]
    alt = sentences.places_alt(one, rows, view.words, names=names, kind="map")
    places = [row for row in rows if row.territory_code != CITY]

    ring = chosen[0] if chosen else None

    def draw(colours: Look, _width: float) -> str:
        return svg_map(one, rows, outlines, classes, colours, view.words, names=names, chosen=ring)

    def project(colours: Look, _width: float) -> str:
        return svg_map(one, rows, outlines, classes, colours, view.words, names=names, chosen=ring, is_bare=True)

    def legend(colours: Look) -> list[Entry]:
        return entries(one, classes, places, colours, view.words)

    areas = map_areas(view, one, rows, level, classes, chosen[:1], look("light"))
    bars = ranked_bars(view, one, rows, chosen)
    native: list[Native] = [bars] if areas is None else [areas, bars]
    apart = [name_of(code, names, view.words) for code in split(outlines)[1]]
    aside = view.words("map.inset", name=apart[0]) if apart else ""
    return Picture(draw, alt, native, "tall", legend, projected=[project], aside=aside)


def ranking_picture(
    view: View, one: IndicatorRow, rows: Sequence[Observation], chosen: Sequence[str], native: Bars
) -> Picture:
    """Places in order, with their intervals and the city."""
    names, ranks = view.book.names, rank(one, rows)
    alt = sentences.places_alt(one, rows, view.words, names=names, kind="ranking")
    city = next((row for row in rows if row.territory_code == CITY), None)

    def draw(colours: Look, _width: float) -> str:
        return ranking(one, ranks, colours, view.words, names=names, chosen=chosen, city=city)

    return Picture(draw, alt, [native], "fluid")


def multiples_picture(view: View, one: IndicatorRow, rows: Sequence[Observation], chosen: Sequence[str]) -> Picture:
    """Small charts of every locality over time."""
    names, newest = view.book.names, max(row.period_end for row in rows if row.value is not None)
    last = [row for row in rows if row.period_end == newest]
    alt = sentences.places_alt(one, last, view.words, names=names, kind="small_multiples")
    order: Literal["geography", "value"] = "geography" if view.state.order == "place" else "value"

    def drawn(colours: Look, width: float, part: slice = EVERY) -> str:
        breaks = view.book.breaks_of(one.indicator_id)
        return multiples_svg(
            one,
            rows,
            colours,
            view.words,
            names=names,
            label=alt,
            width=width,
            order=order,
            chosen=chosen,
            breaks=breaks,
            part=part,
        )

    count = len({row.territory_code for row in rows} - {CITY})
    parts = [slice(start, start + ON_A_SCREEN) for start in range(0, count, ON_A_SCREEN)]
    projected = [functools.partial(drawn, part=part) for part in parts]
    return Picture(drawn, alt, [ranked_bars(view, one, last, chosen)], "wide", projected=projected)
