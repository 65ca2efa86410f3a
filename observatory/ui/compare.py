"""Side by side: localities, two periods, two indicators, or the ranked table of one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from observatory import charts, sentences
from observatory.charts.ranking import ranking
from observatory.charts.scatter import scatter
from observatory.charts.slope import slope
from observatory.editions import reads
from observatory.observation import IndicatorRow, LatestRow, Observation
from observatory.quantities import number
from observatory.sheets.indicator import chosen_indicator
from observatory.sheets.marks import anchor, tag
from observatory.sheets.table import folded, observations_table, table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.ui.canvas import show
from observatory.ui.controls import choose, choose_indicator, choose_period, choose_several, switch

TABS = ("table", "slope", "scatter", "rank")
DEFAULT_PLACES = 3


def by_locality(view: View) -> list[str]:
    """Indicators with values by locality."""
    return [one for one, row in view.book.indicators.items() if "locality" in row.levels]


def chosen_tab(view: View) -> str:
    """How to compare, and its control."""
    tab = view.state.tab if view.state.tab in TABS else "table"
    return switch(
        "tab",
        TABS,
        str(tab),
        view.words("control.compare"),
        text=lambda one: view.words(f"compare.{one}"),
        default="table",
    )


def draw(view: View, tab: str) -> None:
    """The comparison asked for."""
    {"table": _side_by_side, "slope": _periods, "scatter": _two_indicators, "rank": _ranked}[tab](view)


def _one_indicator(view: View) -> IndicatorRow:
    options = by_locality(view)
    asked = view.state.indicator if view.state.indicator in options else chosen_indicator(view)
    return view.book.indicators[choose_indicator(view, options, asked if asked in options else options[0])]


def _period_codes(view: View, indicator: IndicatorRow) -> list[str]:
    return [
        row.period for row in reads.periods(view.book.edition, indicator.indicator_id, "locality") if row.with_value
    ]


def _rows(view: View, indicator: IndicatorRow, period: str) -> list[Observation]:
    """City first, then the localities, of one period."""
    edition, one = view.book.edition, indicator.indicator_id
    return reads.snapshot(edition, one, period, "city") + reads.snapshot(edition, one, period, "locality")


def _side_by_side(view: View) -> None:
    """Two to five localities and the city: every indicator at its newest period."""
    w, book = view.words, view.book
    localities = book.localities()
    asked = [code for code in view.state.loc if code in localities]
    biggest = sorted(localities, key=lambda code: -(book.territories[code].population or 0))[:DEFAULT_PLACES]
    picked = choose_several(view, "loc", localities, asked or biggest, w("control.places"), text=view.name, at_most=5)
    if not picked:
        show(tag("p", w("compare.pick"), "obs-empty-note"), "compare")
        return
    sheets = {code: {row.indicator_id: row for row in reads.territory_sheet(book.edition, code)} for code in picked}
    show(
        f"<h1>{escape(w('compare.title'))}</h1>"
        + "".join(_theme_table(view, theme_id, sheets) for theme_id in book.themes),
        "compare",
    )


def _theme_table(view: View, theme_id: str, sheets: dict[str, dict[str, LatestRow]]) -> str:
    w, book = view.words, view.book
    indicators = [row for row in book.indicators.values() if row.theme_id == theme_id and "locality" in row.levels]
    if not indicators:
        return ""
    name = book.themes[theme_id].name(view.lang)
    head = [w("table.indicator"), w("table.period"), *(view.name(code) for code in sheets), view.name("00")]
    body = [
        _compared(view, indicator, [sheet.get(indicator.indicator_id) for sheet in sheets.values()])
        for indicator in indicators
    ]
    drawn = table(name, head, body, numeric=frozenset(range(2, len(head))), css="obs-titled obs-side")
    return f"<h2>{escape(name)}</h2>{drawn}"


def _compared(view: View, indicator: IndicatorRow, rows: Sequence[LatestRow | None]) -> list[str]:
    found = next((row for row in rows if row is not None), None)
    link = anchor(view.link("indicator", ind=(indicator.indicator_id,), loc=()), indicator.label(view.lang))
    name = f"{link}<small>{escape(indicator.unit(view.lang))}</small>"
    if found is None:
        return [name, "", *("" for _ in rows), ""]
    city = "" if found.city_value is None else escape(number(found.city_value, indicator, view.words))
    return [name, escape(view.words.period(found.period)), *(_cell(view, indicator, row) for row in rows), city]


def _cell(view: View, indicator: IndicatorRow, row: LatestRow | None) -> str:
    if row is None or row.value is None:
        reason = "not_published" if row is None else row.absence or "not_published"
        return f'<em class="obs-absent">{escape(view.words("absence." + reason))}</em>'
    return escape(number(row.value, indicator, view.words))


def _periods(view: View) -> None:
    """Two comparable periods of one indicator."""
    w = view.words
    indicator = _one_indicator(view)
    seasons = {
        row.period: row.season
        for row in reads.periods(view.book.edition, indicator.indicator_id, "locality")
        if row.with_value
    }
    newest = next(reversed(seasons), None)
    same = [period for period, season in seasons.items() if newest and season == seasons[newest]]
    if len(same) < 2:
        show(
            f"<h1>{escape(indicator.name(view.lang))}</h1>{tag('p', w('compare.one_period'), 'obs-empty-note')}",
            "compare",
        )
        return
    asked = (view.state.t or "").split("..")
    first, last = (asked[0], asked[-1]) if len(asked) == 2 and set(asked) <= set(same) else (same[0], same[-1])
    first, last = _two_periods(view, same, first, last)
    before, after = _rows(view, indicator, first), _rows(view, indicator, last)
    drawn = slope(
        indicator, before, after, view.page_look, w, names=view.book.names, chosen=view.state.loc, scale=view.scale
    )
    alt = sentences.slope_alt(indicator, before, after, w, names=view.book.names)
    title = w("compare.slope_title", name=indicator.name(view.lang), first=w.period(first), last=w.period(last))
    twin = folded(w("table.twin"), observations_table(view, indicator, before + after, title, by_place=True))
    show(
        f"<h1>{escape(title)}</h1><figure>{drawn}<figcaption>{tag('p', alt, 'obs-note')}</figcaption></figure>{twin}",
        "compare",
    )


def _two_periods(view: View, same: list[str], first: str, last: str) -> tuple[str, str]:
    """Pairs of periods as one control, so that the link holds `t=a..b`."""
    pairs = [f"{one}..{other}" for position, one in enumerate(same) for other in same[position + 1 :]]
    current = f"{first}..{last}"

    def text(pair: str) -> str:
        one, other = pair.split("..")
        return f"{view.words.period(one)} → {view.words.period(other)}"

    picked = choose(
        view,
        "t",
        list(reversed(pairs)),
        current,
        view.words("control.periods"),
        text=text,
        default=f"{same[0]}..{same[-1]}",
    )
    one, other = picked.split("..")
    return one, other


def _two_indicators(view: View) -> None:
    """A scatter of two indicators over the localities, each at its newest period with values."""
    w, book = view.words, view.book
    options = by_locality(view)
    asked = [one for one in view.state.ind if one in options]
    default = asked + [one for one in options if one not in asked and book.indicators[one].headline]
    pair = choose_several(
        view,
        "ind",
        options,
        default[:2],
        w("control.two_indicators"),
        text=lambda one: book.indicators[one].label(view.lang),
        at_most=2,
    )
    if len(pair) < 2:
        show(tag("p", w("compare.pick_two"), "obs-empty-note"), "compare")
        return
    horizontal, vertical = (book.indicators[one] for one in pair)
    across, up = (_rows(view, indicator, _period_codes(view, indicator)[-1]) for indicator in (horizontal, vertical))
    title = w("compare.scatter_title", one=horizontal.label(view.lang), other=vertical.label(view.lang))
    shown = ((horizontal, across), (vertical, up))
    periods = " · ".join(f"{one.label(view.lang)}: {w.period(rows[-1].period)}" for one, rows in shown)
    show(f"<h1>{escape(title)}</h1>{tag('p', periods, 'obs-lead')}", "compare")
    alt = sentences.scatter_alt(horizontal, vertical, across, up, w, names=book.names)
    figure = scatter(
        horizontal, vertical, across, up, view.look, w, names=book.names, chosen=view.state.loc, scale=view.scale
    )
    st.plotly_chart(figure, key="scatter", theme=None, config=charts.CONFIG, alt=alt)
    twins = "".join(
        observations_table(view, indicator, rows, indicator.name(view.lang), by_place=True)
        for indicator, rows in ((horizontal, across), (vertical, up))
    )
    show(
        tag("p", alt, "obs-note") + tag("p", w("compare.not_cause"), "obs-note") + folded(w("table.twin"), twins),
        "compare-twin",
    )


def _ranked(view: View) -> None:
    """The twenty localities in order, with intervals and ties."""
    w = view.words
    indicator = _one_indicator(view)
    periods = _period_codes(view, indicator)
    if not periods:
        show(tag("p", w("indicator.no_rows"), "obs-empty-note"), "compare")
        return
    period = choose_period(view, periods, str(view.state.t if view.state.t in periods else periods[-1]))
    rows = _rows(view, indicator, period)
    city = next((row for row in rows if row.territory_code == "00"), None)
    links = {code: view.link("territory", loc=(code,)) for code in view.book.localities()}
    drawn = ranking(
        indicator,
        rank(indicator, rows),
        view.page_look,
        w,
        names=view.book.names,
        chosen=view.state.loc,
        city=city,
        links=links,
        scale=view.scale,
    )
    title = w("map_page.title", name=indicator.name(view.lang), period=w.period(period))
    alt = sentences.places_alt(indicator, rows, w, names=view.book.names, kind="ranking")
    twin = folded(w("table.twin"), observations_table(view, indicator, rows, title, by_place=True))
    show(
        f"<h1>{escape(title)}</h1><figure>{drawn}<figcaption>{tag('p', alt, 'obs-note')}</figcaption></figure>{twin}",
        "compare",
    )
