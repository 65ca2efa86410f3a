"""Where the numbers come from: every source, what became of its rows, the checks, and what is not known."""

from __future__ import annotations

from collections import Counter, defaultdict

from observatory import sentences
from observatory.charts.silence import REASONS, Cell, silence
from observatory.editions import reads
from observatory.rows.catalogue import SourceRow
from observatory.rows.observation import SilenceRow
from observatory.sheets.accounting import Came, CameIn, accounts_html, came_in, lost_html, rejected_html
from observatory.sheets.checks import checks_html
from observatory.sheets.marks import heading, tag
from observatory.sheets.origin import origin_html
from observatory.sheets.sources import base_line, record, summary_table, title
from observatory.sheets.table import folded
from observatory.sheets.view import View
from observatory.ui.canvas import show
from observatory.ui.controls import choose, switch
from observatory.ui.downloads import account_buttons

TABS = ("list", "matrix", "checks")


def chosen_tab(view: View) -> str:
    """Which part of the page, and its control."""
    tab = view.state.tab if view.state.tab in TABS else "list"
    return switch(
        view,
        "tab",
        TABS,
        str(tab),
        view.words("control.show"),
        text=lambda one: view.words(f"sources.tab_{one}"),
        default="list",
    )


def draw(view: View, tab: str) -> None:
    """The part asked for."""
    {"list": _sources, "matrix": _silence, "checks": _checks}[tab](view)


def _sources(view: View) -> None:
    w, book = view.words, view.book
    came = came_in(book.edition)
    _choose_sheet(view, came)
    asked = view.state.src
    ordered = sorted(book.sources.values(), key=lambda row: (row.source_id != asked, row.dataset(view.lang)))
    summary = summary_table(view)
    drawn = [_source(view, row, came[row.source_id], is_open=row.source_id == asked) for row in ordered]
    opened, parts = (drawn[0], "".join(drawn[1:])) if asked else ("", "".join(drawn))
    show(
        heading(1, w("sources.title"))
        + tag("p", w("sources.lead", n=len(book.sources)), "obs-lead")
        + tag("p", base_line(view), "obs-note")
        + f"{opened}{summary}{heading(2, w('sources.lost_title'))}{lost_html(view, came)}"
        + f"{heading(2, w('sources.each'))}{parts}",
        "sources",
    )


def _source(view: View, source: SourceRow, came: CameIn, *, is_open: bool) -> str:
    rows = origin_html(view, came) + accounts_html(view, came.accounts) + rejected_html(view, came.rejected)
    return folded(title(view, source), record(view, source) + rows, is_open=is_open)


def _choose_sheet(view: View, came: Came) -> None:
    """The source whose accounts are wanted as a sheet, and its files; it is also shown first."""
    w, book = view.words, view.book
    options = ["", *sorted(book.sources, key=lambda one: book.sources[one].dataset(view.lang))]
    asked = view.state.src if view.state.src in book.sources else ""

    def text(one: str) -> str:
        return book.sources[one].dataset(view.lang) if one else w("control.choose")

    chosen = choose(view, "src", options, str(asked or ""), w("accounting.choose"), text=text, default="")
    if chosen:
        account_buttons(view, chosen, came[chosen])


def _silence(view: View) -> None:
    """The matrix of what is known and not, per indicator and year; one indicator opens its localities."""
    w, book = view.words, view.book
    options = ["", *(one for one, row in book.indicators.items() if "locality" in row.levels)]
    asked = view.state.indicator if view.state.indicator in options else ""
    label = w("control.indicator")

    def text(one: str) -> str:
        return book.indicators[one].label(view.lang) if one else w("sources.all_indicators")

    one = choose(view, "ind", options, str(asked or ""), label, text=text, default="")
    rows = reads.silence(book.edition, one or None)
    cells = _cells(rows, by_place=bool(one))
    names = (
        {code: book.names[code] for code in book.localities()}
        if one
        else {key: book.indicators[key].label(view.lang) for key in options if key}
    )
    known = {cell.row for cell in cells}
    caption = w("sources.silence_caption")
    why = "".join(
        _reason(view, one) for one in REASONS if any(cell.reason == one and not cell.with_value for cell in cells)
    )
    drawn = silence(
        cells,
        view.page_look,
        w,
        rows={key: name for key, name in names.items() if key in known},
        caption=caption,
        scale=view.scale,
    )
    alt = sentences.silence_alt(cells, w)
    show(
        heading(1, w("sources.silence_title"))
        + tag("p", w("sources.silence_lead"), "obs-lead")
        + tag("p", alt, "obs-note")
        + (f'<dl class="obs-reasons">{why}</dl>' if why else "")
        + drawn,
        "silence",
    )


def _reason(view: View, code: str) -> str:
    """A reason of absence and what it means."""
    return tag("dt", view.words(f"absence.{code}")) + tag("dd", view.words(f"sources.why.{code}"))


def _cells(rows: list[SilenceRow], *, by_place: bool) -> list[Cell]:
    """Rows of one kind and year together: with a value when any locality has one, else the most common reason."""
    grouped: defaultdict[tuple[str, str], list[SilenceRow]] = defaultdict(list)
    for row in rows:
        grouped[row.territory_code if by_place else row.indicator_id, str(row.year)].append(row)
    return [_cell(key, found) for key, found in grouped.items()]


def _cell(key: tuple[str, str], rows: list[SilenceRow]) -> Cell:
    with_value = sum(row.with_value > 0 for row in rows)
    reasons = Counter(row.absence for row in rows if row.absence)
    return Cell(key[0], key[1], with_value, len(rows), reasons.most_common(1)[0][0] if reasons else None)


def _checks(view: View) -> None:
    """The checks the edition went through before it was published, and the files it was made of."""
    show(checks_html(view), "checks")
