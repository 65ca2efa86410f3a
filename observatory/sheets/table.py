"""Tables as HTML: the twin of every figure, with units, flags and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from observatory.observation import IndicatorRow, Observation
from observatory.quantities import interval, number
from observatory.sheets.marks import flags_text
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

    `css` may name `obs-titled` (the caption repeats a heading and is for screen readers only).
    """

    def cell(name: str, position: int, text: str, scope: str = "") -> str:
        css = ' class="obs-num"' if position in numeric else ""
        return f"<{name}{css}{scope}>{text}</{name}>"

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


def value_text(view: View, indicator: IndicatorRow, row: Observation) -> str:
    """A value, or the reason for its absence."""
    if row.value is None:
        return f'<em class="obs-absent">{escape(view.words("absence." + (row.absence or "not_published")))}</em>'
    return escape(number(row.value, indicator, view.words))


def observations_table(
    view: View, indicator: IndicatorRow, rows: Sequence[Observation], caption: str, *, by_place: bool
) -> str:
    """Observations of one indicator, one row each: newest first by period, or by place."""
    w = view.words
    ordered = list(rows) if by_place else list(reversed(rows))
    has_interval = any(row.lower is not None for row in rows)
    has_counts = any(row.numerator is not None for row in rows)
    head = [w("table.place" if by_place else "table.period"), w("table.period" if by_place else "table.place")]
    head += [f"{w('table.value')} ({indicator.unit(view.lang)})"]
    head += (
        [w("table.interval")] * has_interval
        + [w("table.numerator"), w("table.denominator")] * has_counts
        + [w("table.notes")]
    )
    body = [
        _cells(view, indicator, row, by_place=by_place, has_interval=has_interval, has_counts=has_counts)
        for row in ordered
    ]
    return table(caption, head, body, numeric=frozenset(range(2, len(head) - 1)))


def _cells(
    view: View, indicator: IndicatorRow, row: Observation, *, by_place: bool, has_interval: bool, has_counts: bool
) -> list[str]:
    place, period = escape(view.name(row.territory_code)), escape(view.words.period(row.period))
    cells = [place, period] if by_place else [period, place]
    cells.append(value_text(view, indicator, row))
    if has_interval:
        cells.append(escape(interval(row.lower, row.upper, indicator, view.words)))
    if has_counts:
        cells += [_count(view, row.numerator), _count(view, row.denominator)]
    return [*cells, escape(flags_text(view, row))]


def _count(view: View, value: float | None) -> str:
    if value is None:
        return ""
    return escape(view.words.number(value, 0 if float(value).is_integer() else 1))
