"""Since the last meeting: the page of what changed, and its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from observatory.editions.book import Book
from observatory.links import ViewState, full_link
from observatory.quantities import number
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import TOTAL
from observatory.sheets.fact import PARTS, Fact
from observatory.sheets.marks import anchor, heading, prose, tag
from observatory.sheets.table import folded, table
from observatory.sheets.telling import RowOf, Told
from observatory.sheets.view import View
from observatory.tabular import Sheet, as_csv, as_xlsx
from observatory.wording import Words

SHOWN_ROWS = 100
COLUMNS = (
    "kind", "sentence", "why", "indicator_id", "territory_code", "period", "disaggregation", "before", "after",
    "receipt",
)  # fmt: skip
Address = Callable[[str, ViewState], str]  # the full address of a page and state in the newer edition; empty: not known


def body(view: View, before: Book, lines: Sequence[Told], *, is_filtered: bool) -> str:
    """The facts by kind, each opening its rows."""
    w, after = view.words, view.book
    title = w("changes.title", date=w.date(before.edition.built_on))
    ids = {"before": before.edition_id, "after": after.edition_id}
    lead = w("changes.lead", n=w.count("changes.facts", len(lines)), **ids)
    if not lines:
        lead = w("changes.none_here") if is_filtered else w("changes.lead_none", **ids)
    parts = []
    for part in PARTS:
        items = [_item(view, before, one) for one in lines if one.fact.part == part]
        if items:
            parts.append(f"{heading(2, w(f'changes.part.{part}'))}<ul class='obs-changes'>{''.join(items)}</ul>")
    return heading(1, title) + tag("p", lead, "obs-lead") + "".join(parts)


def _item(view: View, before: Book, one: Told) -> str:
    """A sentence, the way to the view today, and its rows."""
    w = view.words
    link = ""
    if one.fact.about.indicator_id in view.book.indicators:
        places = sorted(one.fact.places)
        chosen = {"ind": (one.fact.about.indicator_id,), "loc": tuple(places[:1]) if len(places) == 1 else ()}
        link = " " + anchor(view.link("indicator", (), **chosen), w("changes.today"), "obs-more")
    rows = folded(w.count("changes.rows", len(one.rows)), _rows_table(view, before, one)) if one.rows else ""
    return f"<li>{prose(view, one.sentence)}{link}{rows}</li>"


def _rows_table(view: View, before: Book, one: Told) -> str:
    w = view.words
    head = [w("table.place"), w("table.period"), w("receipt.column.category"), w("changes.before"), w("changes.after")]
    body = [_cells(view, before, one.fact, row) for row in one.rows[:SHOWN_ROWS]]
    return table(one.sentence, head, body, numeric=frozenset({3, 4}), css="obs-titled")


def _cells(view: View, before: Book, fact: Fact, row: RowOf) -> list[str]:
    """A row whose values open their receipts, each in its own edition."""
    *named, was, now = _worded(view, fact, row)
    cells = [escape(text) for text in named]
    cells.append(_receipt(view, fact, row, row[4], was, before.edition_id))
    return [*cells, _receipt(view, fact, row, row[5], now, view.state.asof)]


def _receipt(view: View, fact: Fact, row: RowOf, raw: str, said: str, edition_id: str | None) -> str:
    """A value as a link to its receipt; what is no value as it is."""
    one, (_, place, period, category, *_rest) = fact.about.indicator_id, row
    if not (fact.values and one and raw) or view.words.has(f"absence.{raw.partition(' ')[0]}"):
        return escape(said)
    dim = None if category in ("", TOTAL) else category
    return anchor(view.link("receipt", (), ind=(one,), loc=(place,), t=period, dim=dim, asof=edition_id), said)


def _worded(view: View, fact: Fact, row: RowOf) -> list[str]:
    """A row with names instead of codes, and values in the unit they are shown in."""
    w, book = view.words, view.book
    _, place, period, category, before, after = row
    named = book.categories[category].name(view.lang) if category in book.categories else ""
    ends = [_end(view, fact, text) for text in (before, after)]
    return [book.names.get(place, place), w.period(period) if period else "", named, *ends]


def _end(view: View, fact: Fact, text: str) -> str:
    w = view.words
    first, _, flags = text.partition(" ")
    indicator = view.book.indicators.get(fact.about.indicator_id or "")
    if fact.values and indicator is not None and first:
        marks = ", ".join(w(f"flag.{flag}") for flag in flags.split() if w.has(f"flag.{flag}"))
        shown = w(f"absence.{first}") if w.has(f"absence.{first}") else _number(first, indicator, w)
        return f"{shown} ({marks})" if marks else shown
    return w(f"status.{text}") if w.has(f"status.{text}") else text


def _number(text: str, indicator: IndicatorRow, words: Words) -> str:
    try:
        return number(float(text), indicator, words)
    except ValueError:
        return words(f"flag.{text}") if words.has(f"flag.{text}") else text


def nowhere(_page: str, _state: ViewState) -> str:
    """The address of a page where no dashboard is known."""
    return ""


def lines_of(words: Words, lines: Sequence[Told], address: Address) -> list[tuple[str, ...]]:
    """Every fact and row as lines of `COLUMNS`, for files."""
    found: list[tuple[str, ...]] = []
    for one in lines:
        why = words(f"changes.why.{one.fact.reason}").lstrip("; ") if one.fact.part == "revised" else ""
        head = (words(f"changes.part.{one.fact.part}"), one.sentence, why)
        found += [(*head, *row, _opened(one.fact, row, words, address)) for row in one.rows or [("",) * 6]]
    return found


def _opened(fact: Fact, row: tuple[str, ...], words: Words, address: Address) -> str:
    """What a row of a file opens: the receipt of its value now, or the sheet of its target; empty where it has none."""
    _, place, period, category, *_ends = row
    progress = fact.progress[1]
    if fact.values and fact.about.indicator_id:
        dim = None if category in ("", TOTAL) else category
        state = ViewState(lang=words.lang, ind=(fact.about.indicator_id,), loc=(place,), t=period, dim=dim)
        return address("receipt", state)
    if fact.target is not None:
        return address("plan", ViewState(lang=words.lang, node=fact.target.target_id))
    if progress is None:
        return ""
    one, where = (progress.indicator_id,), (progress.territory_code,)
    return address("receipt", ViewState(lang=words.lang, ind=one, loc=where, t=progress.period))


def to_csv(words: Words, lines: Sequence[Told], address: Address = nowhere) -> bytes:
    """Plain CSV of COLUMNS."""
    return as_csv([COLUMNS, *lines_of(words, lines, address)])


def to_xlsx(words: Words, lines: Sequence[Told], address: Address = nowhere) -> bytes:
    """A workbook of one sheet."""
    return as_xlsx([Sheet(words("nav.changes"), [COLUMNS, *lines_of(words, lines, address)])])


def document(view: View, before: Book, lines: Sequence[Told]) -> bytes:
    """The sentences as one HTML file without any address that is fetched."""

    def whole(page: str, state: ViewState) -> str:
        return f"{view.origin}{full_link(page, state, state.asof or view.book.edition_id)}" if view.origin else ""

    html = body(replace(view, addressing=whole), before, lines, is_filtered=False)
    head = f'<meta charset="utf-8"><title>{escape(view.words("changes.feed_title"))}</title>'
    style = "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}</style>"
    return f'<!DOCTYPE html>\n<html lang="{view.lang}"><head>{head}{style}</head><body>{html}</body></html>\n'.encode()
