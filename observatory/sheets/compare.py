"""Side by side: what a link asks to compare, with the choices made where it is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from observatory.editions import reads
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import LatestRow, Observation
from observatory.sheets.cells import Cell, Grid, absent, city_cell, value_cell
from observatory.sheets.marks import flags_text, heading
from observatory.sheets.table import grid_table
from observatory.sheets.view import View
from observatory.territory import CITY

TABS = ("table", "slope", "scatter", "rank")
DEFAULT_PLACES = 3


@dataclass(frozen=True)
class Placed:
    """One indicator at one period: the city first when it has a value, then the localities."""

    indicator: IndicatorRow
    period: str
    rows: list[Observation]


@dataclass(frozen=True)
class Change:
    """One indicator at two comparable periods; `periods` are those that may be chosen, oldest first."""

    indicator: IndicatorRow
    periods: list[str]
    before: Placed
    after: Placed


def by_locality(view: View) -> list[str]:
    """Indicators with values by locality."""
    return [one for one, row in view.book.indicators.items() if "locality" in row.levels]


def chosen_tab(view: View) -> str:
    """What is compared: the link's way, else the table."""
    return str(view.state.tab if view.state.tab in TABS else TABS[0])


def city_only(view: View, tab: str) -> IndicatorRow | None:
    """The indicator that a link asks to compare and that is told for the city alone; None where none is."""
    asked = {"table": (), "scatter": view.state.ind}.get(tab, view.state.ind[:1])
    rows = (view.book.indicators[one] for one in asked)
    return next((row for row in rows if "locality" not in row.levels), None)


def one_indicator(view: View) -> IndicatorRow:
    """The link's indicator if it is told by locality, else the first with a change to show."""
    options, indicators = by_locality(view), view.book.indicators
    moving = {one for one, place, what in view.book.progress if what == "change" and place != CITY}
    changing = sorted((one for one in options if one in moving), key=lambda one: not indicators[one].headline)
    return indicators[next(one for one in (view.state.indicator, *changing, *options) if one in options)]


def period_codes(view: View, indicator: IndicatorRow) -> list[str]:
    """Periods with values by locality, oldest first."""
    found = reads.periods(view.book.edition, indicator.indicator_id, "locality")
    return [row.period for row in found if row.with_value]


def placed(view: View, indicator: IndicatorRow, period: str) -> Placed:
    """An indicator's city and localities at a period."""
    edition, one = view.book.edition, indicator.indicator_id
    rows = reads.snapshot(edition, one, period, "city") + reads.snapshot(edition, one, period, "locality")
    return Placed(indicator, period, rows)


def ranked_by(view: View) -> Placed | None:
    """The indicator and period that a link asks to put in order; None where there is no value."""
    indicator = one_indicator(view)
    periods = period_codes(view, indicator)
    if not periods:
        return None
    return placed(view, indicator, str(view.state.t if view.state.t in periods else periods[-1]))


def change_by(view: View) -> Change | None:
    """The two periods that a link asks for, else the first and the last of the newest season; None if there is one."""
    indicator = one_indicator(view)
    found = reads.periods(view.book.edition, indicator.indicator_id, "locality")
    seasons = {row.period: row.season for row in found if row.with_value}
    newest = next(reversed(seasons), None)
    same = [period for period, season in seasons.items() if newest and season == seasons[newest]]
    if len(same) < 2:
        return None
    asked = (view.state.t or "").split("..")
    first, last = (asked[0], asked[-1]) if len(asked) == 2 and set(asked) <= set(same) else (same[0], same[-1])
    return Change(indicator, same, placed(view, indicator, first), placed(view, indicator, last))


def pair_by(view: View) -> list[str]:
    """The two indicators that a link asks for, filled up with headline ones."""
    options = by_locality(view)
    asked = [one for one in view.state.ind if one in options]
    return (asked + [one for one in options if one not in asked and view.book.indicators[one].headline])[:2]


def asked_pair(view: View) -> list[str]:
    """The indicators that a link asks for, one at least; a pair where it asks for none."""
    options = by_locality(view)
    return [one for one in view.state.ind if one in options][:2] or pair_by(view)


def newest(view: View, indicator: IndicatorRow) -> Placed:
    """An indicator's localities at their newest period with values."""
    return placed(view, indicator, period_codes(view, indicator)[-1])


def places_by(view: View) -> list[str]:
    """The localities that a link asks for, else the most populous."""
    localities, areas = view.book.localities(), view.book.territories
    asked = [code for code in view.state.loc if code in localities]
    return asked or sorted(localities, key=lambda code: -(areas[code].population or 0))[:DEFAULT_PLACES]


def side_by_side(view: View, places: Sequence[str]) -> str:
    """Localities and the city: every indicator at its newest period, a table per theme."""
    grids = side_grids(view, places)
    tables = "".join(f"{heading(2, grid.caption)}{grid_table(view, grid, 'obs-titled obs-side')}" for grid in grids)
    return heading(1, view.words("compare.title")) + tables


def side_grids(view: View, places: Sequence[str]) -> list[Grid]:
    """One table per theme that has indicators by locality."""
    sheets = {
        code: {row.indicator_id: row for row in reads.territory_sheet(view.book.edition, code)} for code in places
    }
    found = (_theme_grid(view, theme_id, sheets) for theme_id in view.book.themes)
    return [grid for grid in found if grid.rows]


def side_rows(view: View, places: Sequence[str]) -> list[Observation]:
    """The rows that the tables hold: each indicator in the city and the chosen places, at the period shown."""
    edition, found = view.book.edition, []
    periods = {row.indicator_id: row.period for code in places for row in reads.territory_sheet(edition, code)}
    for one in by_locality(view):
        if one in periods:
            rows = placed(view, view.book.indicators[one], periods[one]).rows
            found += [row for row in rows if row.territory_code in (CITY, *places)]
    return found


def _theme_grid(view: View, theme_id: str, sheets: dict[str, dict[str, LatestRow]]) -> Grid:
    w, book = view.words, view.book
    indicators = [row for row in book.indicators.values() if row.theme_id == theme_id and "locality" in row.levels]
    head = [w("table.indicator"), *(view.name(code) for code in sheets), view.name("00")]
    body = [
        _compared(view, indicator, [sheet.get(indicator.indicator_id) for sheet in sheets.values()])
        for indicator in indicators
    ]
    return Grid(book.themes[theme_id].name(view.lang), head, body, frozenset(range(1, len(head))))


def _compared(view: View, indicator: IndicatorRow, rows: Sequence[LatestRow | None]) -> list[Cell]:
    w, found = view.words, next((row for row in rows if row is not None), None)
    href = view.link("indicator", ind=(indicator.indicator_id,), loc=())
    if found is None:
        return [Cell(indicator.label(view.lang), indicator.unit(view.lang), href), *(Cell("") for _ in (*rows, None))]
    source = view.book.sources[found.source_id]
    published = source.publisher_acronym or source.publisher
    told = w("compare.published", publisher=published, cutoff=w.period(source.cutoff.isoformat()))
    about = (indicator.unit(view.lang), w.period(found.period), flags_text(view, found), told)
    name = Cell(indicator.label(view.lang), " · ".join(text for text in about if text), href)
    values = [absent(None, w) if row is None else value_cell(view, indicator, row) for row in rows]
    return [name, *values, city_cell(view, indicator, found)]
