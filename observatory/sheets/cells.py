"""Cells of tables before they are HTML, print or a slide: what each says, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from observatory.quantities import interval, number
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import TOTAL, LatestRow, Observation
from observatory.sentences.opening import of_row
from observatory.sheets.marks import anchor, flags_text, prose, status_mark, told
from observatory.sheets.view import View
from observatory.statistics.ranks import first_place, numbered, rank
from observatory.territory import CITY
from observatory.wording import Words
from observatory.wording.told import opens


class Cell(NamedTuple):
    """One cell. `note` is said small below; `status` puts its shape and colour before the text."""

    text: str
    note: str = ""
    href: str = ""
    status: str = ""
    is_strong: bool = False
    is_absent: bool = False
    value: float | None = None  # the number itself, where a workbook shall hold one
    drawing: str = ""  # SVG before the text on pages


class Grid(NamedTuple):
    """A table: a caption, headers, rows of cells; `numeric` columns align right, `minor` ones need a wide page."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numeric: frozenset[int] = frozenset()
    minor: frozenset[int] = frozenset()


def cell_html(view: View, cell: Cell) -> str:
    """A cell as escaped HTML."""
    return cell.drawing + _said(view, cell) + (told(view, "small", cell.note) if cell.note else "")


def _said(view: View, cell: Cell) -> str:
    if cell.is_absent:
        return told(view, "em", cell.text, "obs-absent")
    if cell.status:
        return status_mark(view, cell.status, cell.text)
    if cell.href:
        said = anchor(cell.href, cell.text)
        return f"<strong>{said}</strong>" if cell.is_strong else said
    return told(view, "strong", cell.text) if cell.is_strong else prose(view, cell.text)


def grid_rows(view: View, grid: Grid) -> list[list[str]]:
    """The rows of a grid as escaped HTML."""
    return [[cell_html(view, cell) for cell in row] for row in grid.rows]


def absent(reason: str | None, words: Words) -> Cell:
    """Why there is no value."""
    return Cell(words(f"absence.{reason or 'not_published'}"), is_absent=True)


def value_cell(view: View, indicator: IndicatorRow, row: Observation | LatestRow) -> Cell:
    """A value that opens its receipt, or the reason for its absence."""
    if row.value is None:
        return absent(row.absence, view.words)
    return Cell(number(row.value, indicator, view.words), href=receipt_link(view, row))


def city_cell(view: View, indicator: IndicatorRow, row: LatestRow) -> Cell:
    """The city's value of the same period beside a place's, which opens its own receipt."""
    if row.city_value is None:
        return Cell("")
    href = view.link("receipt", (), ind=(row.indicator_id,), loc=(CITY,), t=row.period)
    return Cell(number(row.city_value, indicator, view.words), href=href)


def receipt_link(view: View, row: Observation | LatestRow) -> str:
    """The address of a number's receipt; empty where there are no receipts."""
    dim = row.disaggregation if isinstance(row, Observation) and row.disaggregation != TOTAL else None
    return view.link("receipt", (), ind=(row.indicator_id,), loc=(row.territory_code,), t=row.period, dim=dim)


def observations_grid(
    view: View,
    indicator: IndicatorRow,
    rows: Sequence[Observation],
    caption: str,
    *,
    by_place: bool,
    is_ranked: bool = False,
) -> Grid:
    """Observations of one indicator, one row each: newest first, or by place and ranked if asked."""
    w = view.words
    ordered = list(rows) if by_place else list(reversed(rows))
    has_interval = any(row.lower is not None for row in rows)
    has_counts = any(row.numerator is not None for row in rows)
    ranks = _ranks(indicator, rows) if is_ranked else {}
    head = [w("table.place" if by_place else "table.period"), w("table.period" if by_place else "table.place")]
    head += [f"{w('table.rank')} ({w(f'chart.first.{first_place(indicator)}')})"] * bool(ranks)
    head += [f"{w('table.value')} ({indicator.unit(view.lang)})"]
    head += [w("table.interval")] * has_interval
    head += [w("table.numerator"), w("table.denominator")] * has_counts
    head += [w("table.notes")]
    body = []
    for row in ordered:
        place, period = Cell(view.name(row.territory_code)), Cell(w.period(row.period))
        cells = [place, period] if by_place else [period, place]
        cells += [Cell(ranks.get(row.territory_code, ""))] * bool(ranks)
        cells.append(value_cell(view, indicator, row))
        cells += [Cell(opens(interval(row.lower, row.upper, indicator, w), of_row(row)))] * has_interval
        cells += [_count(view, row, row.numerator), _count(view, row, row.denominator)] * has_counts
        body.append([*cells, Cell(flags_text(view, row))])
    places = {row.territory_code for row in rows}
    minor = {1} if by_place or len(places) == 1 else set()
    minor |= {2} if ranks else set()
    minor |= set(range(len(head) - 3, len(head) - 1)) if has_counts else set()
    return Grid(caption, head, body, frozenset(range(2, len(head) - 1)), frozenset(minor))


def _ranks(indicator: IndicatorRow, rows: Sequence[Observation]) -> dict[str, str]:
    """The place of each territory among all of one period, =3 where it is shared; empty when alone."""
    is_one_period = len({row.period for row in rows}) == 1
    found = rank(indicator, rows) if is_one_period else []
    return {row.territory_code: numbered(row) for row in found} if len(found) > 1 else {}


def _count(view: View, row: Observation, value: float | None) -> Cell:
    if value is None:
        return Cell("")
    return Cell(opens(view.words.number(value, 0 if float(value).is_integer() else 1), of_row(row)))
