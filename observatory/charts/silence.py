"""The silence matrix: what is known, what is not and why, as an HTML table whose cells differ by pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from observatory import svg
from observatory.look import SMALL_SIZE, Look
from observatory.rows.observation import Observation
from observatory.sentences.alternatives import Cell
from observatory.wording import Words

REASONS = ("not_published", "late", "suppressed", "quarantined", "not_applicable")

FULLEST = 80  # percent of a cell that nearly all the places fill, so that it is never taken for all of them

__all__ = ["Cell", "silence", "silence_cells"]


def silence_cells(
    observations: Iterable[Observation],
    row: Callable[[Observation], str] = lambda observation: observation.indicator_id,
    column: Callable[[Observation], str] = lambda observation: str(observation.period_end.year),
) -> list[Cell]:
    """Count rows per cell: how many, how many with a value, and the reason most often given for the others."""
    ordered = sorted(observations, key=lambda found: (row(found), column(found)))
    cells = []
    for (row_key, column_key), group in groupby(ordered, key=lambda found: (row(found), column(found))):
        found = list(group)
        reasons = [one.absence for one in found if one.absence]
        reason = max(sorted(set(reasons)), key=reasons.count) if reasons else None
        cells.append(Cell(row_key, column_key, sum(one.value is not None for one in found), len(found), reason))
    return cells


def silence(
    cells: Sequence[Cell], look: Look, words: Words, *, rows: Mapping[str, str], caption: str, scale: float = 1.0
) -> str:
    """Draw the matrix.

    Args:
        cells: of `silence_cells`, or counted elsewhere.
        look: light or dark.
        words: the reader's language.
        rows: key of a row → its name, in the order they are drawn.
        caption: of the table.
        scale: of text.
    """
    columns = sorted({cell.column for cell in cells})
    by_key = {(cell.row, cell.column): cell for cell in cells}
    head = "".join(_heading(column) for column in columns)
    body = "".join(
        f'<tr><th scope="row" style="{_NAME}">{escape(name)}</th>'
        + "".join(_cell(by_key.get((key, column)), name, column, look, words) for column in columns)
        + "</tr>"
        for key, name in rows.items()
    )
    size = svg.short(SMALL_SIZE * scale)
    style = f"font-family:{escape(look.font)};font-size:{size}px;color:{look.ink};width:100%;table-layout:fixed"
    title = f'<caption style="text-align:left;color:{look.muted};padding-bottom:.6em">{escape(caption)}</caption>'
    widths = f'<colgroup><col style="width:34%"/>{"<col/>" * len(columns)}</colgroup>'
    table = f'<table class="obs-silence" style="{style};border-collapse:separate;border-spacing:1px">{title}{widths}'
    states = {_state(cell) for cell in cells} | ({"outside"} if len(by_key) < len(columns) * len(rows) else set())
    filled = f"{table}<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    return _legend(states, look, words, size) + filled


_NAME = "text-align:left;font-weight:400;padding:0 .5em 0 0;line-height:1.2;overflow-wrap:anywhere"


def _heading(column: str) -> str:
    upright = "writing-mode:vertical-rl;transform:rotate(180deg);font-weight:400;padding:.2em 0;margin:auto"
    return f'<th scope="col" style="font-weight:400;padding:0"><span style="{upright}">{escape(column)}</span></th>'


def _state(cell: Cell | None) -> str:
    if cell is None:
        return "outside"
    if cell.with_value == 0:
        return cell.reason if cell.reason in REASONS else "not_published"
    return "observed" if cell.with_value == cell.total else "partial"


def _cell(cell: Cell | None, name: str, column: str, look: Look, words: Words) -> str:
    state = _state(cell)
    said = _word(state, words)
    if cell is not None and state == "partial":
        said = words("chart.silence.partial", n=words.number(cell.with_value), total=words.number(cell.total))
    share = cell.with_value / cell.total if cell is not None and cell.total else 0.0
    label = escape(f"{name}, {column}: {said}")
    return (
        f'<td title="{label}" aria-label="{label}" style="height:1.5em;padding:0;{_pattern(state, share, look)}"></td>'
    )


def _word(state: str, words: Words) -> str:
    if state in REASONS:
        return words(f"absence.{state}")
    return words("chart.silence.some" if state == "partial" else f"chart.silence.{state}")


def _pattern(state: str, share: float, look: Look) -> str:
    """What a cell looks like: full, filled to its share, or one pattern for each reason of absence."""
    paper, hatch = look.paper, look.hatch
    full = f"background:{look.accent}"
    patterns = {
        "observed": full,
        "partial": f"background:linear-gradient(to top,{look.accent} {round(share * FULLEST)}%,{look.soft} 0)",
        "not_published": f"background:repeating-linear-gradient(135deg,{hatch} 0 1px,{paper} 1px 5px)",
        "late": f"background:repeating-linear-gradient(0deg,{look.target} 0 1px,{paper} 1px 4px)",
        "suppressed": f"background:radial-gradient({hatch} 1.2px,{paper} 1.4px) 0 0/5px 5px",
        "quarantined": f"background:repeating-linear-gradient(45deg,{look.target} 0 2px,{paper} 2px 5px)",
        "not_applicable": f"background:linear-gradient({hatch},{hatch}) center/45% 1px no-repeat,{look.soft}",
        "outside": "background:none",
    }
    return patterns[state]


def _legend(states: set[str], look: Look, words: Words, size: str) -> str:
    known = [state for state in ("observed", "partial", *REASONS, "outside") if state in states]
    entries = "".join(_entry(state, look, words) for state in known)
    style = f"list-style:none;display:flex;flex-wrap:wrap;gap:.3em 1.2em;padding:0;margin:.8em 0;font-size:{size}px"
    label = escape(words("chart.silence.legend"))
    return f'<ul class="obs-silence-legend" aria-label="{label}" style="{style};color:{look.muted}">{entries}</ul>'


def _entry(state: str, look: Look, words: Words) -> str:
    box = f"display:inline-block;width:1.6em;height:1em;border:1px solid {look.hairline};{_pattern(state, 0.5, look)}"
    row = "display:flex;gap:.4em;align-items:center;font-size:inherit;margin:0"
    return f'<li style="{row}"><span style="{box}"></span>{escape(_word(state, words))}</li>'
