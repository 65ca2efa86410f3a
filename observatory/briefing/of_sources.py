"""Chapters of the sources: who publishes what under which terms, what is not known, the checks that were passed."""

from __future__ import annotations

from collections import defaultdict

from observatory.briefing.agenda import Item
from observatory.briefing.parts import Chapter
from observatory.editions import reads
from observatory.rows.catalogue import SourceRow
from observatory.rows.observation import SilenceRow
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.checks import captures_grid, lead, warned_grids
from observatory.sheets.sources import freshness_word
from observatory.sheets.view import View


def sources(view: View, item: Item, link: str) -> Chapter:
    """The part of the page that the link asks for."""
    made = {"matrix": _silence, "checks": _checks}.get(view.state.tab or "", _list)
    return made(view, item, link)


def _list(view: View, item: Item, link: str) -> Chapter:
    """All sources; the one asked for first, with what must be minded of it."""
    w, asked = view.words, view.state.src
    ordered = sorted(view.book.sources.values(), key=lambda row: (row.source_id != asked, row.publisher))
    head = [w("table.dataset"), w("table.publisher"), w("method.licence"), w("method.cutoff"), w("table.freshness")]
    rows = [_source_row(view, row) for row in ordered]
    title = w("sources.title")
    notes = view.book.sources[asked].caveats(view.lang) if asked in view.book.sources else ()
    lead = w("sources.lead", n=len(rows))
    return Chapter(
        item, title, lead, link, tables=[Grid(w("sources.overview"), [*head, w("table.nature")], rows)], notes=notes
    )


def _source_row(view: View, row: SourceRow) -> list[Cell]:
    w, lang = view.words, view.lang
    href = view.link("sources", (), src=row.source_id)
    return [
        Cell(row.dataset(lang), href=href),
        Cell(row.publisher),
        Cell(row.licence(lang)),
        Cell(w.date(row.cutoff)),
        Cell(freshness_word(view, row)),
        Cell(w(f"nature.{row.nature}")),
    ]


def _silence(view: View, item: Item, link: str) -> Chapter:
    """Per indicator, or per locality of the one asked for: years with figures, and years without with the reason."""
    w, one = view.words, view.state.indicator
    grouped: defaultdict[str, list[SilenceRow]] = defaultdict(list)
    for row in reads.silence(view.book.edition, one):
        grouped[row.territory_code if one else row.indicator_id].append(row)
    rows = []
    for key, found in grouped.items():
        name = view.name(key) if one else view.book.indicators[key].label(view.lang)
        known = {row.year for row in found if row.with_value}
        silent: defaultdict[str, set[int]] = defaultdict(set)
        for row in found:
            if row.year not in known:
                silent[w(f"absence.{row.absence or 'not_published'}")].add(row.year)
        why = "; ".join(f"{reason}: {_spans(years)}" for reason, years in silent.items())
        rows.append([Cell(name), Cell(_spans(known)), Cell(why)])
    first = w("table.place") if one else w("table.indicator")
    head = [first, w("sources.years_known"), w("sources.years_silent")]
    grid = Grid(w("sources.silence_caption"), head, rows)
    return Chapter(item, w("sources.silence_title"), w("sources.silence_years"), link, tables=[grid])


def _spans(years: set[int]) -> str:
    """`2015–2019, 2021`: years as the stretches they make."""
    ends: list[list[int]] = []
    for year in sorted(years):
        if ends and year == ends[-1][1] + 1:
            ends[-1][1] = year
        else:
            ends.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ends)


def _checks(view: View, item: Item, link: str) -> Chapter:
    """The checks the edition passed, and the files that came in."""
    rows = reads.checks(view.book.edition)
    title = view.words("sources.checks_title")
    grids = [*warned_grids(view, rows), captures_grid(view)]
    return Chapter(item, title, lead(view, rows), link, tables=grids, has_tables_apart=True)
