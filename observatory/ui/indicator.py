"""One indicator: trend, localities, progress with its working, definition, downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from observatory import charts, sentences
from observatory.charts.ranking import ranking
from observatory.charts.small_multiples import small_multiples
from observatory.charts.strip import strip
from observatory.charts.trend import trend
from observatory.editions import reads
from observatory.maps.classes import classes_for
from observatory.maps.legend import legend
from observatory.maps.svg_map import svg_map
from observatory.observation import TOTAL, IndicatorRow, Observation
from observatory.sheets.marks import (
    anchor,
    flags_text,
    is_announced,
    nature_note,
    status_mark,
    status_of,
    tag,
    target_words,
    value_html,
)
from observatory.sheets.table import folded, observations_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.ui.canvas import show
from observatory.ui.controls import choose, choose_indicator, choose_period, choose_place, switch

TABS = ("map", "line", "rank", "table")


@dataclass(frozen=True)
class Shown:
    """What the page shows: an indicator, a place, a disaggregation, and their rows."""

    indicator: IndicatorRow
    place: str
    dim: str
    rows: list[Observation]  # of the place, in time order
    all_rows: list[Observation]  # of every locality and the city, all periods

    @property
    def latest(self) -> Observation | None:
        """The newest row with a value, else the newest row."""
        valued = [row for row in self.rows if row.value is not None]
        return valued[-1] if valued else (self.rows[-1] if self.rows else None)


def chosen_indicator(view: View) -> str:
    """The link's indicator, else the first headline of the catalogue with a target."""
    book = view.book
    if view.state.indicator in book.indicators:
        return str(view.state.indicator)
    headline = [one for one, row in book.indicators.items() if row.headline and book.against_target(one)]
    return (headline or list(book.indicators))[0]


def choices(view: View) -> Shown:
    """The page's controls, and the rows they ask for."""
    book, w = view.book, view.words
    boxes = st.columns([5, 3, 3], vertical_alignment="bottom")
    with boxes[0]:
        indicator = book.indicators[choose_indicator(view, list(book.indicators), chosen_indicator(view))]
    places = _places(view, indicator)
    place = view.state.place if view.state.place in places else places[0]
    with boxes[1]:
        place = choose_place(view, places, str(place), default=places[0])
    dims = [TOTAL, *(one for one, row in book.categories.items() if row.dimension_id in indicator.dimensions)]
    dim = view.state.dim if view.state.dim in dims else TOTAL
    if len(dims) > 1:
        with boxes[2]:
            dim = choose(
                view, "dim", dims, dim, w("control.dimension"), text=lambda one: _dim_name(view, one), default=TOTAL
            )
    return read(view, indicator, place, dim)


def _dim_name(view: View, dim: str) -> str:
    category = view.book.categories.get(dim)
    return (
        view.words("control.total")
        if category is None
        else f"{category.dimension(view.lang)}: {category.name(view.lang)}"
    )


def _places(view: View, indicator: IndicatorRow) -> list[str]:
    places = ["00"] if "city" in indicator.levels else []
    return places + (view.book.localities() if "locality" in indicator.levels else [])


def read(view: View, indicator: IndicatorRow, place: str, dim: str = TOTAL) -> Shown:
    """The rows of a choice."""
    edition, one = view.book.edition, indicator.indicator_id
    rows = reads.all_series(edition, one, "city", dim) if "city" in indicator.levels else []
    if "locality" in indicator.levels:
        rows = rows + reads.all_series(edition, one, "locality", dim)
    return Shown(indicator, place, dim, [row for row in rows if row.territory_code == place], rows)


def head(view: View, shown: Shown) -> None:
    """Finding, status, number."""
    w, indicator = view.words, shown.indicator
    book, place_name = view.book, view.name(shown.place)
    targets = book.targets_of(indicator.indicator_id) if shown.place == "00" and shown.dim == TOTAL else []
    finding = sentences.finding(
        indicator, shown.rows, w, place_name=place_name, targets=targets, breaks=book.breaks_of(indicator.indicator_id)
    )
    subtitle = sentences.subtitle(indicator, w, place_name=place_name, season_of=shown.latest)
    if shown.dim != TOTAL:
        subtitle = f"{subtitle} · {_dim_name(view, shown.dim)}"
    theme = book.themes[indicator.theme_id]
    up = anchor(view.link("theme", theme=theme.theme_id), theme.name(view.lang))
    crumb = f'<p class="obs-crumb">{up}</p>'
    show(f"{crumb}<h1>{escape(finding)}</h1>{tag('p', subtitle, 'obs-lead')}{_numbers(view, shown)}", "indicator-head")


def _numbers(view: View, shown: Shown) -> str:
    latest, indicator = shown.latest, shown.indicator
    if latest is None:
        return tag("p", view.words("indicator.no_rows"), "obs-empty-note")
    note = " · ".join(part for part in (view.words.period(latest.period), flags_text(view, latest)) if part)
    parts = [value_html(view, latest.value, latest.absence, indicator), tag("p", note, "obs-note")]
    return f'<div class="obs-key"><div>{"".join(parts)}</div><div class="obs-marks">{_status(view, shown)}</div></div>'


def _status(view: View, shown: Shown) -> str:
    one = shown.indicator.indicator_id
    marks = []
    if shown.dim == TOTAL:
        marks.append(status_mark(view, status_of(view, one, shown.place)))
        progress = view.book.against_target(one, shown.place)
        if progress is not None:
            marks.append(tag("span", target_words(view, progress, shown.indicator), "obs-note"))
            if is_announced(view, progress):
                marks.append(tag("span", view.words("target.announced_badge"), "obs-nature"))
        change = view.book.change(one, shown.place)
        if change is not None:
            marks.append(status_mark(view, change.status))
    return "".join(marks) + nature_note(view, shown.indicator)


def draw_trend(view: View, shown: Shown) -> None:
    """The trend against path and references, and its table twin."""
    indicator, book, w = shown.indicator, view.book, view.words
    targets = book.targets_of(indicator.indicator_id) if shown.place == "00" and shown.dim == TOTAL else []
    breaks = book.breaks_of(indicator.indicator_id)
    rows = (
        shown.rows
        if shown.place == "00"
        else [row for row in shown.all_rows if row.territory_code in ("00", shown.place)]
    )
    figure = trend(
        indicator,
        rows,
        view.look,
        w,
        names=book.names,
        place=shown.place,
        targets=targets,
        breaks=breaks,
        scale=view.scale,
    )
    alt = sentences.trend_alt(indicator, shown.rows, w, place_name=view.name(shown.place), targets=targets)
    st.plotly_chart(figure, key="trend", theme=None, config=charts.CONFIG, alt=alt)
    caption = f"{indicator.name(view.lang)} · {view.name(shown.place)}"
    show(
        folded(w("table.twin"), observations_table(view, indicator, shown.rows, caption, by_place=False)), "trend-table"
    )


def localities(view: View, shown: Shown) -> None:
    """The twenty localities at one period: strip, and map, small multiples, ranking or table."""
    indicator, w = shown.indicator, view.words
    if "locality" not in indicator.levels:
        show(
            f"<h2>{escape(w('indicator.localities'))}</h2>{tag('p', w('indicator.city_only'), 'obs-empty-note')}",
            "localities-none",
        )
        return
    places = [row for row in shown.all_rows if row.territory_code != "00"]
    periods = list(
        dict.fromkeys(row.period for row in sorted(places, key=lambda row: row.period_end) if row.value is not None)
    )
    if not periods:
        show(tag("p", w("indicator.no_rows"), "obs-empty-note"), "localities-none")
        return
    show(f"<h2>{escape(w('indicator.localities'))}</h2>", "localities-head")
    boxes = st.columns([3, 5], vertical_alignment="bottom")
    asked = view.state.t if view.state.t in periods else periods[-1]
    with boxes[0]:
        period = choose_period(view, periods, str(asked))
    tab = view.state.tab if view.state.tab in TABS else "map"
    with boxes[1]:
        tab = switch("tab", TABS, str(tab), w("control.show"), text=lambda one: w(f"tab.{one}"), default="map")
    show(_localities_html(view, shown, period, tab), "localities")


def _localities_html(view: View, shown: Shown, period: str, tab: str) -> str:
    indicator, w, names = shown.indicator, view.words, view.book.names
    rows = [row for row in shown.all_rows if row.period == period]
    links = {code: view.link("territory", loc=(code,)) for code in view.book.localities()}
    chosen = None if shown.place == "00" else shown.place
    drawn = strip(indicator, rows, view.page_look, w, names=names, chosen=chosen, links=links, scale=view.scale)
    alt = tag("p", sentences.places_alt(indicator, rows, w, names=names, kind="map"), "obs-note")
    pictures = {"map": _map, "line": _multiples, "rank": _ranking, "table": _table}
    return f"<figure>{drawn}<figcaption>{alt}</figcaption></figure>{pictures[tab](view, shown, rows, links)}"


def _map(view: View, shown: Shown, rows: Sequence[Observation], links: dict[str, str]) -> str:
    indicator, w = shown.indicator, view.words
    classes = classes_for(indicator, [row for row in shown.all_rows if row.territory_code != "00"])
    picture = svg_map(
        indicator,
        rows,
        view.book.outlines["locality"],
        classes,
        view.page_look,
        w,
        names=view.book.names,
        chosen=None if shown.place == "00" else shown.place,
        links=links,
        scale=view.scale,
    )
    return (
        f'<div class="obs-map">{picture}{legend(indicator, classes, rows, view.page_look, w, scale=view.scale)}</div>'
    )


def _multiples(view: View, shown: Shown, _rows: Sequence[Observation], links: dict[str, str]) -> str:
    order: Literal["geography", "value"] = "geography" if view.state.order == "place" else "value"
    return small_multiples(
        shown.indicator,
        shown.all_rows,
        view.page_look,
        view.words,
        names=view.book.names,
        order=order,
        chosen=() if shown.place == "00" else (shown.place,),
        links=links,
        scale=view.scale,
    )


def _ranking(view: View, shown: Shown, rows: Sequence[Observation], links: dict[str, str]) -> str:
    ranks = rank(shown.indicator, rows)
    city = next((row for row in rows if row.territory_code == "00"), None)
    return ranking(
        shown.indicator,
        ranks,
        view.page_look,
        view.words,
        names=view.book.names,
        chosen=() if shown.place == "00" else (shown.place,),
        city=city,
        links=links,
        scale=view.scale,
    )


def _table(view: View, shown: Shown, rows: Sequence[Observation], _links: dict[str, str]) -> str:
    return observations_table(view, shown.indicator, rows, shown.indicator.name(view.lang), by_place=True)
