"""The checks of an edition: what they warn of, in words, and those that found nothing."""

from __future__ import annotations

from observatory.editions import reads
from observatory.quantities import number
from observatory.rows.account import CheckRow
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.marks import heading, tag
from observatory.sheets.table import folded, grid_table
from observatory.sheets.view import View
from observatory.wording.checks import check_words, finding_words

HASH = 12  # characters of a hash that are shown


def checks_html(view: View) -> str:
    """Warnings first, each with what was found; every check that found nothing; the files that came in."""
    w, rows = view.words, reads.checks(view.book.edition)
    names = [_name(view, row) for row in rows if row.status == "passed"]
    warned = warned_grids(view, rows)
    parts = [heading(1, w("sources.checks_title")), tag("p", lead(view, rows), "obs-lead")]
    parts += [heading(2, w("check.warned"))] if warned else []
    parts += [heading(3, grid.caption) + grid_table(view, grid, "obs-titled obs-stack obs-checks") for grid in warned]
    listed = "".join(tag("li", name) for name in names)
    parts.append(folded(w("check.passed", n=len(names)), f"<ul>{listed}</ul>", is_open=not warned))
    files = captures_grid(view)
    return "".join(parts) + heading(2, files.caption) + grid_table(view, files, "obs-titled obs-stack")


def lead(view: View, rows: list[CheckRow]) -> str:
    """How many checks there are, and how many warn."""
    every, passed = {row.check_id for row in rows}, {row.check_id for row in rows if row.status == "passed"}
    return view.words("check.lead", n=len(every), passed=len(passed), warned=len(every) - len(passed))


def warned_grids(view: View, rows: list[CheckRow]) -> list[Grid]:
    """A table for each check that warns: of what, and what it found."""
    head = [view.words("table.subject"), view.words("table.found")]
    found: dict[str, list[list[Cell]]] = {}
    for row in rows:
        if row.status != "passed":
            found.setdefault(_name(view, row), []).append([Cell(_subject(view, row)), Cell(_found(view, row))])
    return [Grid(name, head, lines) for name, lines in found.items()]


def captures_grid(view: View) -> Grid:
    """The files that came in, by which anybody can tell whether theirs is the same."""
    w = view.words
    head = [w("table.file"), w("table.kind"), w("table.hash"), w("table.rows"), w("table.bytes")]
    lines = [
        [
            Cell(row.path),
            Cell(w(f"capture.kind.{row.kind}")),
            Cell(row.sha256[:HASH]),
            Cell(w.number(row.rows), value=row.rows),
            Cell(w.number(row.bytes), value=row.bytes),
        ]
        for row in reads.captures(view.book.edition)
    ]
    return Grid(w("sources.captures"), head, lines, frozenset({3, 4}))


def _name(view: View, row: CheckRow) -> str:
    """What a check asks: the reason of the catalogue's rule, else its words."""
    return row.reason(view.lang) or check_words(view.words, row.check_id)


def _subject(view: View, row: CheckRow) -> str:
    """The indicator, source, file or place that a check speaks of."""
    book, code = view.book, row.subject.removesuffix(".csv")
    if code in book.indicators:
        return book.indicators[code].label(view.lang)
    if code in book.sources:
        return book.sources[code].dataset(view.lang)
    return book.names.get(code, row.subject)


def _found(view: View, row: CheckRow) -> str:
    indicator = view.book.indicators.get(row.subject)

    def value(text: str) -> str:
        return view.words.number(float(text), 0) if indicator is None else number(float(text), indicator, view.words)

    categories = {code: item.name(view.lang) for code, item in view.book.categories.items()}
    return finding_words(view.words, row.detail, {**categories, **view.book.names}, value)
