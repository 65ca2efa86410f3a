"""One locality on one sheet: six themes, value against the city, trend, place among the twenty, peers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from observatory import sentences
from observatory.charts.sparkline import sparkline
from observatory.editions import reads
from observatory.maps.locator import locator
from observatory.quantities import interval, suffix
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import LatestRow, Observation
from observatory.sentences.grammar import lowered
from observatory.sentences.opening import POPULATION, of_row, ranking
from observatory.sheets.cells import Cell, Grid, absent, city_cell, value_cell
from observatory.sheets.marks import anchor, flags_text, heading, tag, told
from observatory.sheets.table import grid_table
from observatory.sheets.trends import change_in_brief
from observatory.sheets.view import View
from observatory.statistics.ranks import GOOD_WAYS, first_place
from observatory.wording.told import joined, opens

PEERS = 3
NAMED = 3  # of what it does best, and of what worries
FIRST_QUARTER, LAST_QUARTER = 0.25, 0.75  # of the places
DRAWN = 3  # a shorter series is told in words only
SPARK = (120, 24)  # pixels of a course in the table


def chosen_locality(view: View) -> str:
    """The link's locality, else the most populous."""
    localities = view.book.localities()
    if view.state.place in localities:
        return str(view.state.place)
    return max(localities, key=lambda code: view.book.territories[code].population or 0)


def set_aside(view: View, code: str) -> str:
    """That the link's place has no sheet here: the city, or a planning unit."""
    asked = view.state.place
    if asked in (None, code):
        return ""
    said = view.words("territory.no_locality", place=view.name(str(asked)), shown=view.name(code))
    return f'<p class="obs-banner obs-warn" role="status">{escape(said)}</p>'


def place_of(row: LatestRow, direction: str) -> tuple[int, int] | None:
    """First and last place among the localities, 1 the best (the highest where neither way is good)."""
    if row.above is None or row.below is None or row.equal is None:
        return None
    ahead = row.below if direction == "lower_is_better" else row.above
    return ahead + 1, ahead + row.equal


def against_city(row: LatestRow, indicator: IndicatorRow) -> str | None:
    """`better`, `worse`, `similar` (the interval holds the city), `above`, `below` or `equal`; None: not comparable.

    An estimate without an interval is above or below, never better or worse.
    """
    if row.value is None or row.city_value is None:
        return None
    if None not in (row.lower, row.upper) and row.lower <= row.city_value <= row.upper:  # type: ignore[operator]  # both are numbers
        return "similar"
    if row.value == row.city_value:
        return "equal"
    is_above, direction = row.value > row.city_value, indicator.direction
    is_uncertain = row.lower is None and indicator.nature in ("survey", "modelled", "estimated")
    if direction in GOOD_WAYS and not is_uncertain:
        return "better" if is_above == (direction == "higher_is_better") else "worse"
    return "above" if is_above else "below"


def body(view: View, code: str) -> str:
    """The sheet."""
    rows = sheet_rows(view, code)
    courses = _courses(view, code)
    themes = "".join(_theme(view, theme_id, rows, courses) for theme_id in view.book.themes)
    grid = f'<div class="obs-sheet-themes">{themes}</div>'
    return (
        set_aside(view, code) + _head(view, code, rows) + grid + tag("p", origins(view, rows), "obs-note obs-origins")
    )


def origins(view: View, rows: list[LatestRow]) -> str:
    """Who published the figures, each publisher once, and up to when they go: the first and the last cut-off."""
    w, cutoffs = view.words, dict[str, set[str]]()
    for row in rows:
        for source_id in {row.source_id, view.book.indicators[row.indicator_id].denominator_source_id} - {None}:
            source = view.book.sources[source_id or ""]
            cutoffs.setdefault(source.publisher_acronym or source.publisher, set()).add(source.cutoff.isoformat())
    parts = []
    for publisher, days in sorted(cutoffs.items()):
        ends = [w.period(day) for day in dict.fromkeys((min(days), max(days)))]
        parts.append(w("territory.origin", publisher=publisher, cutoffs=" – ".join(ends)))
    return w("territory.origins", list="; ".join(parts))


def sheet_rows(view: View, code: str) -> list[LatestRow]:
    """The newest figures of a locality."""
    return [row for row in reads.territory_sheet(view.book.edition, code) if row.level == "locality"]


def facts(view: View, code: str) -> str:
    """Population, area, code."""
    w, area = view.words, view.book.territories[code]
    people = POPULATION if dict(POPULATION.choices)["src"] in view.book.sources else None
    population = (
        ""
        if area.population is None
        else w("territory.population", n=opens(w.number(area.population), people), year=area.population_period or "")
    )
    said = (population, w("territory.area", n=w.number(area.area_km2, 1)), w("territory.code", code=code))
    return joined(" · ", [text for text in said if text])


def _courses(view: View, code: str) -> dict[str, list[Observation]]:
    """The series of a locality by indicator, those long enough to be drawn."""
    found: dict[str, list[Observation]] = {}
    for row in reads.place_series(view.book.edition, code):
        if row.value is not None:
            found.setdefault(row.indicator_id, []).append(row)
    return {one: rows for one, rows in found.items() if len(rows) >= DRAWN}


def _head(view: View, code: str, rows: list[LatestRow]) -> str:
    name = view.name(code)
    where = view.words("territory.locator", place=name)
    picture = locator(view.book.outlines["locality"], code, view.page_look, label=where)
    title = heading(1, name) + told(view, "p", facts(view, code), "obs-lead")
    manners = tag("p", view.words("territory.manners"), "obs-note obs-manners")
    beside = _strengths(view, rows) + _peers(view, code) + manners
    return f'<div class="obs-sheet-head"><div>{title}</div>{picture}<div class="obs-told">{beside}</div></div>'


class Placed(NamedTuple):
    """Where a locality stands on one indicator."""

    indicator: IndicatorRow
    period: str
    place: int
    total: int
    versus: str  # better · worse than the city, beyond the interval

    @property
    def share(self) -> float:
        """0 the best place, 1 the last."""
        return (self.place - 1) / max(self.total - 1, 1)


def placed(view: View, rows: list[LatestRow]) -> list[Placed]:
    """Indicators on which the locality differs from the city for good or ill; counts, which follow size, left out."""
    found = []
    for row in rows:
        indicator = view.book.indicators[row.indicator_id]
        place, versus = place_of(row, indicator.direction), against_city(row, indicator)
        if place and versus in ("better", "worse") and indicator.measure != "count":
            total = (row.above or 0) + (row.below or 0) + (row.equal or 0)
            found.append(Placed(indicator, row.period, place[0], total, versus))
    return found


def strengths(view: View, rows: list[LatestRow]) -> list[str]:
    """What it does best and what worries, in two sentences at most."""
    stands = sorted(placed(view, rows), key=lambda item: (item.share, item.indicator.position))
    best = _apart(item for item in stands if item.versus == "better" and item.share <= FIRST_QUARTER)
    worst = _apart(item for item in reversed(stands) if item.versus == "worse" and item.share >= LAST_QUARTER)
    told = [_said(view, key, items) for key, items in (("territory.best", best), ("territory.worst", worst)) if items]
    return told if worst or not stands else [*told, view.words("territory.no_worst")]


def _apart(items: Iterable[Placed]) -> list[Placed]:
    """The first few, each measure once: two sources or hours of the same begin their label with the same words."""
    found: dict[tuple[str, ...], Placed] = {}
    for item in items:
        long_words = [word for word in re.findall(r"\w+", item.indicator.label_es.casefold()) if len(word) > 3]
        found.setdefault(tuple(long_words[:2]), item)
    return list(found.values())[:NAMED]


def _strengths(view: View, rows: list[LatestRow]) -> str:
    said = "".join(told(view, "li", text) for text in strengths(view, rows))
    return f'<ul class="obs-sentences">{said}</ul>' if said else ""


def _said(view: View, key: str, items: list[Placed]) -> str:
    w = view.words
    parts = []
    for item in items:
        order = ranking(item.indicator.indicator_id, item.period)
        places = {"place": opens(w("territory.ordinal", n=item.place), order), "total": opens(str(item.total), order)}
        parts.append(w("territory.place_of", name=lowered(item.indicator.label(view.lang)), **places))
    return w(key, list=joined("; ", parts))


def _theme(view: View, theme_id: str, rows: list[LatestRow], courses: Mapping[str, list[Observation]]) -> str:
    grid = theme_grid(view, theme_id, rows, courses)
    title = heading(2, grid.caption)
    if not grid.rows:
        return title + tag("p", view.words("territory.nothing"), "obs-empty-note")
    return f"<section class='obs-sheet-theme'>{title}{grid_table(view, grid, 'obs-titled obs-sheet')}</section>"


def theme_grid(
    view: View, theme_id: str, rows: list[LatestRow], courses: Mapping[str, list[Observation]] | None = None
) -> Grid:
    """The locality's newest figures of a theme, beside the city's; `courses` are drawn where they are given."""
    w, indicators = view.words, view.book.indicators
    columns = ("indicator", "locality_value", "city_value", "against_city", "trend", "rank")
    mine = [row for row in rows if indicators[row.indicator_id].theme_id == theme_id]
    drawn = courses or {}
    body = [_row(view, row, indicators[row.indicator_id], drawn.get(row.indicator_id, [])) for row in mine]
    name = view.book.themes[theme_id].name(view.lang)
    return Grid(name, [w(f"table.{column}") for column in columns], body, frozenset({1, 2}), frozenset({3, 4}))


def _row(view: View, row: LatestRow, indicator: IndicatorRow, course: list[Observation]) -> list[Cell]:
    w, one = view.words, indicator.indicator_id
    href = view.link("indicator", ind=(one,), loc=(row.territory_code,))
    about = (suffix(indicator, w).strip(), w.period(row.period), flags_text(view, row))
    named = [Cell(indicator.label(view.lang), " · ".join(text for text in about if text), href)]
    city = city_cell(view, indicator, row)
    if row.value is None:
        return [*named, absent(row.absence, w), city, Cell(""), Cell(""), Cell("")]
    ends = interval(row.lower, row.upper, indicator, w)
    value = value_cell(view, indicator, row)._replace(note=opens(ends, of_row(row)), is_strong=True)
    trend = _trend(view, row, indicator, course)
    return [*named, value, city, _versus(view, row, indicator), trend, _place(view, row, indicator)]


def _trend(view: View, row: LatestRow, indicator: IndicatorRow, course: list[Observation]) -> Cell:
    """The locality against itself: its course, and its last change in words."""
    w, one = view.words, indicator.indicator_id
    drawn = ""
    if course:
        label = sentences.trend_alt(indicator, course, w, place_name=view.name(row.territory_code))
        breaks = view.book.breaks_of(one)
        drawn = sparkline(course, view.page_look, label=label, breaks=breaks, width=SPARK[0], height=SPARK[1])
    change = view.book.change(one, row.territory_code)
    if change is None or change.period != row.period:
        return Cell("", drawing=drawn)
    told = change_in_brief(view, change)
    return Cell(told.text, status=told.status, drawing=drawn)


def _versus(view: View, row: LatestRow, indicator: IndicatorRow) -> Cell:
    said = None if indicator.measure == "count" else against_city(row, indicator)
    if said in ("above", "below") and indicator.direction in GOOD_WAYS:
        said = f"{said}_estimated"
    return Cell("" if said is None else view.words(f"versus.{said}"))


def _place(view: View, row: LatestRow, indicator: IndicatorRow) -> Cell:
    place = place_of(row, indicator.direction)
    if place is None or indicator.measure == "count":
        return Cell("")
    total = (row.above or 0) + (row.below or 0) + (row.equal or 0)
    ordinal = view.words("territory.ordinal", n=place[0])
    key = "territory.tied" if place[1] > place[0] else "territory.placed"
    if first_place(indicator) == "highest":
        key += "_highest"
    return Cell(opens(view.words(key, place=ordinal, total=total), ranking(indicator.indicator_id, row.period)))


def _peers(view: View, code: str) -> str:
    """Neighbours, and the localities nearest in population, each with its reason: whom to compare it with."""
    book, w = view.book, view.words
    neighbours = sorted(
        {row.neighbour_code for row in reads.neighbours(book.edition) if row.territory_code == code}
        & set(book.localities())
    )
    mine = book.territories[code].population or 0
    others = [one for one in book.localities() if one != code and book.territories[one].population is not None]
    similar = sorted(others, key=lambda one: abs((book.territories[one].population or 0) - mine))[:PEERS]
    lines = []
    for key, codes in (("territory.neighbours", neighbours), ("territory.similar", similar)):
        links = ", ".join(anchor(view.here(loc=(one,)), book.names[one]) for one in codes)
        lines.append(f"{escape(w(key))}: {links}")
    compare = anchor(view.link("compare", loc=(code, *similar)), w("territory.compare"))
    said = "".join(f"<p>{line}</p>" for line in (lines[0], f"{lines[1]}. {compare}"))
    return f'<section class="obs-peers" aria-label="{escape(w("territory.peers"))}">{said}</section>'
