"""Chapters of the whole city: the summary and a theme."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.briefing.agenda import Item
from observatory.briefing.parts import Chapter, Dataset, Tile
from observatory.editions import reads
from observatory.rows.catalogue import IndicatorRow
from observatory.sheets import overview as summary_sheet
from observatory.sheets import theme as theme_sheet
from observatory.sheets.cells import Cell, Grid, value_cell
from observatory.sheets.marks import flags_text, status_of, target_words
from observatory.sheets.view import View
from observatory.territory import CITY


def overview(view: View, item: Item, link: str) -> Chapter:
    """Counts, three sentences, and the telling indicators of every theme."""
    chosen = [
        indicator
        for theme in view.book.themes
        for indicator in summary_sheet.headline_indicators(view.book, theme)
        if indicator.indicator_id in view.book.latest_city
    ]
    return Chapter(
        item,
        title=view.words("overview.title"),
        lead=summary_sheet.lead(view),
        link=link,
        tiles=_tiles(view),
        sayings=summary_sheet.sayings(view),
        tables=[latest_grid(view, chosen, view.words("briefing.telling"), with_theme=True)],
        notes=[view.words("overview.no_score")],
        data=latest_data(view, chosen),
    )


def theme(view: View, item: Item, link: str) -> Chapter:
    """Counts, the theme in a sentence, every indicator of it."""
    row = view.book.themes[theme_sheet.chosen_theme(view)]
    chosen = theme_sheet.indicators_of(view, row.theme_id)
    name = row.name(view.lang)
    return Chapter(
        item,
        title=name,
        lead=row.question(view.lang),
        link=link,
        tiles=_tiles(view, row.theme_id),
        sayings=[theme_sheet.summary(view, row)],
        tables=[latest_grid(view, chosen, name)],
        data=latest_data(view, chosen),
    )


def _tiles(view: View, theme_id: str | None = None) -> list[Tile]:
    counted = summary_sheet.counted(view, theme_id)
    return [Tile(summary_sheet.tile_number(one, theme_id), one.word, one.status) for one in counted]


def latest_grid(view: View, indicators: Sequence[IndicatorRow], caption: str, *, with_theme: bool = False) -> Grid:
    """The city's newest figure of each indicator, its target and how it stands."""
    w = view.words
    head = [w("table.indicator"), w("table.value"), w("briefing.target"), w("briefing.status")]
    rows = [_latest_row(view, row, with_theme=with_theme) for row in indicators]
    return Grid(caption, head, rows, frozenset({1}))


def _latest_row(view: View, indicator: IndicatorRow, *, with_theme: bool) -> list[Cell]:
    w, one = view.words, indicator.indicator_id
    latest, status = view.book.latest_city.get(one), status_of(view, one)
    theme_name = view.book.themes[indicator.theme_id].name(view.lang)
    note = f"{theme_name} · {indicator.unit(view.lang)}" if with_theme else indicator.unit(view.lang)
    name = Cell(indicator.label(view.lang), note, view.link("indicator", ind=(one,), loc=()))
    stands = Cell(w(f"status.{status}"), status=status)
    if latest is None:
        return [name, Cell(w("card.localities_only"), is_absent=True), Cell(""), stands]
    progress = view.book.against_target(one)
    target = "" if progress is None else target_words(view, progress, indicator)
    when = " · ".join(filter(None, (w.period(latest.period), flags_text(view, latest))))
    value = value_cell(view, indicator, latest)
    return [name, value._replace(note=when, is_strong=not value.is_absent), Cell(target), stands]


def latest_data(view: View, indicators: Sequence[IndicatorRow]) -> list[Dataset]:
    """The observations behind the city's newest figures."""
    found = []
    for indicator in indicators:
        latest = view.book.latest_city.get(indicator.indicator_id)
        if latest is not None:
            rows = reads.series(view.book.edition, indicator.indicator_id, [CITY])
            found.append(Dataset(indicator, [row for row in rows if row.period == latest.period]))
    return found
