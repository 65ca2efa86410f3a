"""Chapters of places: the map, the sheet of a locality, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from observatory import sentences
from observatory.briefing.agenda import Item
from observatory.briefing.native import change_lines, paired_points, ranked_bars
from observatory.briefing.of_indicator import caveats, source_lines
from observatory.briefing.parts import Chapter, Dataset, Picture
from observatory.briefing.pictures import map_picture, ranking_picture
from observatory.charts.figure_svg import figure_svg
from observatory.charts.scatter import LOWEST, scatter
from observatory.charts.slope import slope
from observatory.editions import reads
from observatory.look import Look
from observatory.maps.locator import locator
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import LatestRow, Observation
from observatory.sentences.alternatives import paired
from observatory.sheets import compare as compare_sheet
from observatory.sheets import place_map as map_sheet
from observatory.sheets import territory as territory_sheet
from observatory.sheets.cells import Cell, Grid, observations_grid, value_cell
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import CITY

LOW = 225.0  # pixels: the height of a scatter for a projector, so that its words are large


def mapped(view: View, item: Item, link: str) -> Chapter:
    """A map of one period, and its places in order."""
    found = map_sheet.mapped_by(view)
    if found is None:
        one = map_sheet.chosen_map(view)
        lead = "indicator.no_rows" if set(map_sheet.BELOW_CITY) & set(one.levels) else "indicator.city_only"
        return replace(_nothing(view, item, link, one.name(view.lang)), lead=view.words(lead))
    one, title = found.indicator, map_sheet.title(view, found)
    picture = map_picture(view, one, found.rows, found.level, found.classes, view.state.loc)
    return Chapter(
        item,
        title=title,
        lead=map_sheet.lead(view, found),
        link=link,
        pictures=[picture],
        tables=[observations_grid(view, one, in_order(one, found.rows), title, by_place=True)],
        notes=caveats(view, one),
        sources=source_lines(view, one),
        data=[Dataset(one, found.rows)],
    )


def in_order(one: IndicatorRow, rows: Sequence[Observation]) -> list[Observation]:
    """The city, then places from the highest value down, those without one last."""
    by_code = {row.territory_code: row for row in rows}
    ranked = [by_code[row.territory_code] for row in rank(one, rows)]
    return [*(row for row in rows if row.territory_code == CITY), *ranked]


def _nothing(view: View, item: Item, link: str, title: str) -> Chapter:
    return Chapter(item, title=title, lead=view.words("indicator.no_rows"), link=link)


def territory(view: View, item: Item, link: str) -> Chapter:
    """A locality: where it lies, what stands out, every indicator beside the city's."""
    code = territory_sheet.chosen_locality(view)
    rows = territory_sheet.sheet_rows(view, code)
    name = view.name(code)
    alt = view.words("territory.locator", place=name)

    def draw(colours: Look, _width: float) -> str:
        return locator(view.book.outlines["locality"], code, colours, label=alt)

    grids = [territory_sheet.theme_grid(view, theme, rows) for theme in view.book.themes]
    return Chapter(
        item,
        title=name,
        lead=territory_sheet.facts(view, code),
        link=link,
        sayings=territory_sheet.strengths(view, rows),
        pictures=[Picture(draw, alt, (), "small")],
        tables=[grid for grid in grids if grid.rows],
        notes=[view.words("territory.manners")],
        data=sheet_data(view, rows),
    )


def sheet_data(view: View, rows: Sequence[LatestRow]) -> list[Dataset]:
    """The observations behind a locality's sheet, the city's of the same period with them."""
    found = []
    for row in rows:
        series = reads.series(view.book.edition, row.indicator_id, [CITY, row.territory_code])
        same = [one for one in series if one.period == row.period]
        found.append(Dataset(view.book.indicators[row.indicator_id], same))
    return found


def compared(view: View, item: Item, link: str) -> Chapter:
    """Localities, two periods, two indicators or the ranked places of one."""
    made = {"table": _side_by_side, "slope": _change, "scatter": _pair, "rank": _ranked}
    tab = compare_sheet.chosen_tab(view)
    if (alone := compare_sheet.city_only(view, tab)) is not None:
        return replace(_nothing(view, item, link, alone.name(view.lang)), lead=view.words("indicator.city_only"))
    return made[tab](view, item, link)


def _side_by_side(view: View, item: Item, link: str) -> Chapter:
    places = compare_sheet.places_by(view)
    rows = [row for code in places for row in territory_sheet.sheet_rows(view, code)]
    return Chapter(
        item,
        title=view.words("compare.title"),
        lead=" · ".join(view.name(code) for code in places),
        link=link,
        tables=compare_sheet.side_grids(view, places),
        notes=[view.words("territory.manners")],
        data=_merged(sheet_data(view, rows)),
    )


def _merged(data: Sequence[Dataset]) -> list[Dataset]:
    """One dataset per indicator, each row once."""
    found: dict[str, Dataset] = {}
    for one in data:
        known = found.get(one.indicator.indicator_id)
        rows = one.rows if known is None else [*known.rows, *(row for row in one.rows if row not in known.rows)]
        found[one.indicator.indicator_id] = replace(one, rows=rows)
    return list(found.values())


def _change(view: View, item: Item, link: str) -> Chapter:
    change, one = compare_sheet.change_by(view), compare_sheet.one_indicator(view)
    if change is None:
        return replace(_nothing(view, item, link, one.name(view.lang)), lead=view.words("compare.one_period"))
    w, names, chosen = view.words, view.book.names, view.state.loc
    before, after = change.before, change.after
    alt = sentences.slope_alt(one, before.rows, after.rows, w, names=names)

    def draw(colours: Look, width: float) -> str:
        return slope(one, before.rows, after.rows, colours, w, names=names, chosen=chosen, width=width)

    def project(colours: Look, width: float) -> str:
        rows = before.rows, after.rows
        return slope(one, *rows, colours, w, names=names, chosen=chosen, width=width, is_few=True)

    lines = change_lines(view, one, before.rows, after.rows, chosen)
    when = {"first": w.period(before.period), "last": w.period(after.period)}
    title = w("compare.slope_title", name=one.name(view.lang), **when)
    return Chapter(
        item,
        title=title,
        lead=one.unit(view.lang),
        link=link,
        pictures=[Picture(draw, alt, [lines], "wide", projected=[project])],
        tables=[_both(view, (one, one), (before.rows, in_order(one, after.rows)), title, swap=True)],
        notes=caveats(view, one),
        sources=source_lines(view, one),
        data=[Dataset(one, before.rows + after.rows)],
    )


def _both(
    view: View,
    indicators: tuple[IndicatorRow, IndicatorRow],
    rows: tuple[Sequence[Observation], Sequence[Observation]],
    caption: str,
    *,
    swap: bool = False,
) -> Grid:
    """Places with a value of each of two sets of rows, in the order of the second when `swap`, else of the first."""
    w, lang = view.words, view.lang
    first, second = ({row.territory_code: row for row in some} for some in rows)
    order = [row.territory_code for row in rows[1 if swap else 0] if row.territory_code in first]
    body = [
        [
            Cell(view.name(code)),
            value_cell(view, indicators[0], first[code]),
            value_cell(view, indicators[1], second[code]),
        ]
        for code in order
        if code in second
    ]
    named = [
        f"{one.label(lang)} ({w.period(some[0].period)}, {one.unit(lang)})"
        for one, some in zip(indicators, rows, strict=True)
        if some
    ]
    return Grid(caption, [w("table.place"), *named], body, frozenset({1, 2}))


def _pair(view: View, item: Item, link: str) -> Chapter:
    across, upward = (view.book.indicators[one] for one in compare_sheet.pair_by(view))
    w, names, chosen = view.words, view.book.names, view.state.loc
    first, second = compare_sheet.newest(view, across), compare_sheet.newest(view, upward)
    alt = sentences.scatter_alt(across, upward, first.rows, second.rows, w, names=names)

    def drawn(colours: Look, width: float, lowest: float) -> str:
        rows = first.rows, second.rows
        figure = scatter(across, upward, *rows, colours, w, names=names, chosen=chosen, width=width, lowest=lowest)
        return figure_svg(figure, colours, label=alt, width=width)

    def draw(colours: Look, width: float) -> str:
        return drawn(colours, width, LOWEST)

    def project(colours: Look, width: float) -> str:
        return drawn(colours, width, LOW)

    title = w("compare.scatter_title", one=across.label(view.lang), other=upward.label(view.lang))
    points = paired_points(view, (across, upward), paired(first.rows, second.rows), chosen)
    return Chapter(
        item,
        title=title,
        lead=" · ".join(f"{one.indicator.label(view.lang)}: {w.period(one.period)}" for one in (first, second)),
        link=link,
        pictures=[Picture(draw, alt, [points], "wide", projected=[project])],
        tables=[_both(view, (across, upward), (in_order(across, first.rows), second.rows), title)],
        notes=[w("compare.not_cause"), *caveats(view, across), *caveats(view, upward)],
        sources=list(dict.fromkeys([*source_lines(view, across), *source_lines(view, upward)])),
        data=[Dataset(across, first.rows), Dataset(upward, second.rows)],
    )


def _ranked(view: View, item: Item, link: str) -> Chapter:
    found, one = compare_sheet.ranked_by(view), compare_sheet.one_indicator(view)
    if found is None:
        return _nothing(view, item, link, one.name(view.lang))
    chosen = view.state.loc
    title = sentences.dated(one.name(view.lang), found.period, view.words)
    return Chapter(
        item,
        title=title,
        lead=one.unit(view.lang),
        link=link,
        pictures=[ranking_picture(view, one, found.rows, chosen, ranked_bars(view, one, found.rows, chosen))],
        tables=[observations_grid(view, one, in_order(one, found.rows), title, by_place=True)],
        notes=caveats(view, one),
        sources=source_lines(view, one),
        data=[Dataset(one, found.rows)],
    )
