"""Tables as HTML: the twin of every figure, with units, flags and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sheets.cells import Grid, grid_rows, observations_grid
from observatory.sheets.view import View


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numeric: frozenset[int] = frozenset(),
    css: str = "",
) -> str:
    """A table with caption and headers; cells are HTML already escaped; `numeric` columns align right.

    `css` may name `obs-titled` (the caption repeats a heading and is for screen readers only) and `obs-stack` (a phone
    shows each row as a list, every cell with its header).
    """
    is_stacked = bool({"obs-stack", "obs-side"} & set(css.split()))

    def cell(name: str, position: int, text: str, scope: str = "") -> str:
        css = ' class="obs-num"' if position in numeric else ""
        label = f' data-label="{escape(head[position])}"' if is_stacked and name == "td" and text else ""
        return f"<{name}{css}{scope}{label}>{text}</{name}>"

    top = "".join(cell("th", position, escape(text), ' scope="col"') for position, text in enumerate(head))
    body = "".join(
        "<tr>"
        + "".join(
            cell("th" if position == 0 else "td", position, text, ' scope="row"' if position == 0 else "")
            for position, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="obs-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="{css}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, html: str, *, is_open: bool = False) -> str:
    """Something that opens on demand; printed open."""
    return f"<details{' open' if is_open else ''}><summary>{escape(summary)}</summary>{html}</details>"


def grid_table(view: View, grid: Grid, css: str = "") -> str:
    """A grid as HTML."""
    return table(grid.caption, grid.head, grid_rows(view, grid), numeric=grid.numeric, css=css)


def observations_table(
    view: View, indicator: IndicatorRow, rows: Sequence[Observation], caption: str, *, by_place: bool
) -> str:
    """Observations of one indicator, one row each: newest first by period, or by place."""
    grid = observations_grid(view, indicator, rows, caption, by_place=by_place, is_ranked=by_place)
    return grid_table(view, grid, "obs-observed" if by_place else "")
