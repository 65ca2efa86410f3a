"""A strip for each indicator: its status at every cut, as an HTML table whose cells carry the shape of the status."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from observatory import svg
from observatory.look import SMALL_SIZE, Look


class Strip(NamedTuple):
    """One row: `cells` are (status, what is said of it) for each column; an empty status is drawn as a blank."""

    name: str
    href: str
    cells: Sequence[tuple[str, str]]


def heat(
    strips: Sequence[Strip], columns: Sequence[str], look: Look, *, caption: str, first: str, scale: float = 1.0
) -> str:
    """Draw the strips; the words of every cell are its text alternative, so that the table is its own twin.

    Args:
        strips: in the order of the plan.
        columns: cuts in words, the oldest first.
        look: light, dark or both.
        caption: of the table.
        first: heading of the names.
        scale: of text.
    """
    head = "".join(f'<th scope="col" class="obs-cut">{escape(column)}</th>' for column in columns)
    body = "".join(_row(strip, columns, look) for strip in strips)
    size = svg.short(SMALL_SIZE * scale)
    return (
        f'<div class="obs-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="obs-heat" style="font-size:{size}px"><caption>{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(first)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(strip: Strip, columns: Sequence[str], look: Look) -> str:
    name = svg.linked(escape(strip.name), strip.href or None)
    cells = "".join(_cell(strip.name, column, *cell, look) for column, cell in zip(columns, strip.cells, strict=True))
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _cell(name: str, column: str, status: str, said: str, look: Look) -> str:
    label = escape(f"{name}, {column}: {said}")
    if not status:
        return f'<td title="{label}"><span class="obs-unseen">{escape(said)}</span></td>'
    mark = look.status[status]
    is_hollow = status == "not_assessed"
    paint = f"color:{mark.colour}" if is_hollow else f"background:{mark.colour};color:{look.paper}"
    shape = f'<b aria-hidden="true">{mark.shape}</b><span class="obs-unseen">{escape(said)}</span>'
    return f'<td title="{label}" style="{paint}">{shape}</td>'
