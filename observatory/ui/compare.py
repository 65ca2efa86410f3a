"""The page that compares: localities, two periods, two indicators, or the ranked table of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from observatory import sentences
from observatory.charts import Figure
from observatory.charts.ranking import ranking
from observatory.charts.scatter import scatter
from observatory.charts.slope import slope
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sheets import compare as sheet
from observatory.sheets.city_only import in_place_of_places
from observatory.sheets.compare import Change
from observatory.sheets.marks import anchor, heading, nature_note, passed_by, tag, told
from observatory.sheets.table import folded, observations_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.svg import by_room
from observatory.ui.canvas import show
from observatory.ui.controls import choose, choose_indicator, choose_period, choose_several, switch
from observatory.ui.live import live_chart


class Shown(NamedTuple):
    """What a comparison shows: what it measures, its rows, and the choices in force for the link."""

    indicator_ids: Sequence[str]
    rows: Callable[[], Sequence[Observation]]
    in_force: Mapping[str, object]


def chosen_tab(view: View) -> str:
    """How to compare, and its control."""
    w, tab = view.words, sheet.chosen_tab(view)
    label = w("control.compare")
    return switch(view, "tab", sheet.TABS, tab, label, text=lambda one: w(f"compare.{one}"), default="table")


def draw(view: View, tab: str) -> Shown | None:
    """The comparison asked for; None when there is nothing to compare."""
    if (alone := sheet.city_only(view, tab)) is not None:
        _city_only(view, alone)
        return None
    return {"table": _side_by_side, "slope": _periods, "scatter": _two_indicators, "rank": _ranked}[tab](view)


def _nothing(view: View, key: str, title: str, way_on: str = "") -> None:
    """Why there is nothing to compare, and where to go instead."""
    show(heading(1, title) + tag("p", view.words(key), "obs-empty-note") + way_on, "compare")


def _city_only(view: View, asked: IndicatorRow) -> None:
    """That the indicator asked for is told for the city alone, and what can be compared instead."""
    with st.columns([5, 3])[0]:
        choose_indicator(view, [*sheet.by_locality(view), asked.indicator_id], asked.indicator_id)
    show(in_place_of_places(view, asked), "compare")


def _one_indicator(view: View, choose_time: Callable[[], object] | None) -> IndicatorRow:
    """The indicator in question and its control, with the control of its periods beside it."""
    asked, boxes = sheet.one_indicator(view), st.columns([5, 3], vertical_alignment="bottom")
    with boxes[0]:
        choose_indicator(view, sheet.by_locality(view), asked.indicator_id)
    if choose_time is not None:
        with boxes[1]:
            choose_time()
    return asked


def _side_by_side(view: View) -> Shown | None:
    """Two to five localities and the city: every indicator at its newest period."""
    w, asked = view.words, sheet.places_by(view)
    label = w("control.places")
    picked = choose_several(view, "loc", view.book.localities(), asked, label, text=view.name, at_most=5)
    if not picked:
        _nothing(view, "compare.pick", w("compare.title"))
        return None
    show(sheet.side_by_side(view, picked), "compare")
    return Shown(sheet.by_locality(view), lambda: sheet.side_rows(view, picked), {"loc": tuple(picked)})


def _periods(view: View) -> Shown | None:
    """Two comparable periods of one indicator."""
    w, change = view.words, sheet.change_by(view)
    indicator = _one_indicator(view, None if change is None else lambda: _two_periods(view, change))
    if change is None:
        in_order = anchor(view.here(tab="rank", t=None), w("compare.see_in_order"), "obs-more")
        _nothing(view, "compare.one_period", indicator.name(view.lang), in_order)
        return None
    first, last, names = change.before, change.after, view.book.names
    both, look, chosen = (first.rows, last.rows), view.page_look, view.state.loc
    drawn = by_room(
        lambda width: slope(indicator, *both, look, w, names=names, chosen=chosen, width=width, scale=view.scale)
    )
    alt = sentences.slope_alt(indicator, first.rows, last.rows, w, names=names)
    when = {"first": w.period(first.period), "last": w.period(last.period)}
    title = w("compare.slope_title", name=indicator.name(view.lang), **when)
    rows = first.rows + last.rows
    _figure(view, indicator, title, drawn, alt, rows)
    force = {"ind": (indicator.indicator_id,), "t": f"{first.period}..{last.period}"}
    return Shown((indicator.indicator_id,), lambda: rows, force)


def _figure(view: View, indicator: IndicatorRow, title: str, drawn: str, alt: str, rows: Sequence[Observation]) -> None:
    """A picture with its text, its sources and its table."""
    caption = f"<figcaption>{told(view, 'p', alt, 'obs-note')}</figcaption>"
    twin = folded(view.words("table.twin"), observations_table(view, indicator, rows, title, by_place=True))
    show(f"{heading(1, title)}<figure>{drawn}{caption}</figure>{_sources(view, indicator)}{twin}", "compare")


def _sources(view: View, *indicators: IndicatorRow) -> str:
    """Who published the figures, up to when, under which terms; and what is not measured."""
    ids = dict.fromkeys(one for row in indicators for one in row.source_ids)
    lines = [sentences.source_line(view.book.sources[one], view.words, edition_id=view.book.edition_id) for one in ids]
    return "".join(tag("p", line, "obs-note") for line in lines) + "".join(nature_note(view, row) for row in indicators)


def _two_periods(view: View, change: Change) -> None:
    """Pairs of periods as one control, so that the link holds `t=a..b`."""
    same = change.periods
    pairs = [f"{one}..{other}" for position, one in enumerate(same) for other in same[position + 1 :]]
    current = f"{change.before.period}..{change.after.period}"

    def text(pair: str) -> str:
        one, other = pair.split("..")
        return f"{view.words.period(one)} → {view.words.period(other)}"

    label = view.words("control.periods")
    choose(view, "t", list(reversed(pairs)), current, label, text=text, default=f"{same[0]}..{same[-1]}")


def _choose_pair(view: View) -> list[str]:
    """The box of the two indicators; fewer where the reader takes one away."""
    return choose_several(
        view,
        "ind",
        sheet.by_locality(view),
        sheet.asked_pair(view),
        view.words("control.two_indicators"),
        text=lambda one: view.book.indicators[one].label(view.lang),
        at_most=2,
    )


def _two_indicators(view: View) -> Shown | None:
    """A scatter of two indicators over the localities, each at its newest period with values."""
    w, book = view.words, view.book
    pair = _choose_pair(view)
    if len(pair) < 2:
        _nothing(view, "compare.pick_two", " · ".join(book.indicators[one].label(view.lang) for one in pair))
        return None
    horizontal, vertical = (book.indicators[one] for one in pair)
    across, up = (sheet.newest(view, indicator).rows for indicator in (horizontal, vertical))
    title = w("compare.scatter_title", one=horizontal.label(view.lang), other=vertical.label(view.lang))
    shown = ((horizontal, across), (vertical, up))
    periods = " · ".join(f"{one.label(view.lang)}: {w.period(rows[-1].period)}" for one, rows in shown)
    show(heading(1, title) + tag("p", periods, "obs-lead"), "compare")
    alt = sentences.scatter_alt(horizontal, vertical, across, up, w, names=book.names)
    chosen, look = view.state.loc, view.page_look

    def figure(width: int) -> Figure:
        rows = across, up
        return scatter(
            horizontal, vertical, *rows, look, w, names=book.names, chosen=chosen, width=width, scale=view.scale
        )

    chart = live_chart(figure, look, alt)
    twins = "".join(observations_table(view, one, rows, one.name(view.lang), by_place=True) for one, rows in shown)
    show(
        chart
        + tag("p", alt, "obs-note")
        + tag("p", w("compare.not_cause"), "obs-note")
        + _sources(view, horizontal, vertical)
        + folded(w("table.twin"), twins),
        "compare-twin",
    )
    return Shown(pair, lambda: across + up, {"ind": tuple(pair)})


def _ranked(view: View) -> Shown | None:
    """The twenty localities in order, with intervals and ties."""
    w, placed = view.words, sheet.ranked_by(view)
    periods = [] if placed is None else sheet.period_codes(view, placed.indicator)
    indicator = _one_indicator(view, None if placed is None else lambda: choose_period(view, periods, placed.period))
    if placed is None:
        _nothing(view, "indicator.no_rows", indicator.name(view.lang))
        return None
    rows, names = placed.rows, view.book.names
    links = {code: view.link("territory", loc=(code,)) for code in view.book.localities()}
    drawn = by_room(
        lambda width: ranking(
            indicator,
            rank(indicator, rows),
            view.page_look,
            w,
            names=names,
            chosen=view.state.loc,
            city=next((row for row in rows if row.territory_code == "00"), None),
            links=links,
            width=width,
            scale=view.scale,
        )
    )
    title = sentences.dated(indicator.name(view.lang), placed.period, w)
    alt = sentences.places_alt(indicator, rows, w, names=names, kind="ranking")
    _figure(view, indicator, title, passed_by(view, drawn, "ranking"), alt, rows)
    force = {"ind": (indicator.indicator_id,), "t": placed.period}
    return Shown((indicator.indicator_id,), lambda: rows, force)
