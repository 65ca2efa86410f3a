"""Sources: who publishes what, under which terms, how fresh, and what uses it."""

from __future__ import annotations

from html import escape

from observatory.editions import reads
from observatory.rows.catalogue import SourceRow
from observatory.sheets.marks import anchor, tag
from observatory.sheets.method import source_html
from observatory.sheets.table import table
from observatory.sheets.view import View
from observatory.statistics.freshness import freshness


def freshness_word(view: View, source: SourceRow, *, is_short: bool = False) -> str:
    """How what is loaded of the source stands against its calendar on the day of the edition."""
    state = freshness(source.cutoff, source.every_months, source.lag_days, view.book.edition.built_on)
    return view.words("freshness.late_short" if is_short and state == "late" else f"freshness.{state}")


def summary_table(view: View) -> str:
    """All sources in a table, each with what its figures were taken from."""
    w, lang = view.words, view.lang
    keys = ("table.dataset", "table.publisher", "method.licence", "method.cutoff", "table.freshness", "sources.base")
    taken = _taken(view)
    body = []
    for source in sorted(view.book.sources.values(), key=lambda row: row.publisher):
        name = anchor(view.here(src=source.source_id), source.dataset(lang))
        rest = (
            source.publisher,
            source.licence(lang),
            w.period(source.cutoff.isoformat()),
            freshness_word(view, source, is_short=True),
            taken.get(source.source_id, w("sources.base_none")),
        )
        said = f"{name}{tag('small', w(f'nature.{source.nature}'))}"
        body.append([said, *(escape(text) for text in rest)])
    return table(w("sources.overview"), [w(key) for key in keys], body, css="obs-titled obs-stack obs-sources")


def _taken(view: View) -> dict[str, str]:
    """By source, the day of the capture that is used, or that its figures are those the Observatory carries."""
    w, found = view.words, dict[str, str]()
    for row in reads.captures(view.book.edition):
        if row.kind == "embedded":
            found.setdefault(row.source_id, w("sources.base_embedded"))
        elif row.kind in ("capture", "declared"):
            day = w.period(row.retrieved.isoformat()) if row.retrieved else ""
            found[row.source_id] = w("sources.base_capture", day=day)
    return found


def base_line(view: View) -> str:
    """How many sources rest on a captured file of the publisher's, how many on what the Observatory carries."""
    captured = {row.source_id for row in reads.captures(view.book.edition) if row.kind in ("capture", "declared")}
    if not captured:
        return view.words("sources.base_line_none")
    count = len(view.book.sources)
    return view.words("sources.base_line", captured=len(captured), embedded=count - len(captured))


def title(view: View, source: SourceRow) -> str:
    """Dataset, publisher, cut-off."""
    publisher = source.publisher_acronym or source.publisher
    return f"{source.dataset(view.lang)} — {publisher} · {view.words.date(source.cutoff)}"


def record(view: View, source: SourceRow) -> str:
    """Terms, freshness, what uses it, what to mind."""
    w, lang = view.words, view.lang
    used = [
        row for row in view.book.indicators.values() if source.source_id in (row.source_id, row.denominator_source_id)
    ]
    links = ", ".join(anchor(view.link("indicator", ind=(row.indicator_id,), loc=()), row.label(lang)) for row in used)
    caveats = source.caveats(lang)
    return (
        source_html(view, source)
        + f"<p>{escape(w('sources.freshness'))}: {escape(freshness_word(view, source))}</p>"
        + f"<p>{escape(w('sources.used_by'))}: {links or escape(w('sources.used_by_none'))}</p>"
        + (f"<ul>{''.join(tag('li', text) for text in caveats)}</ul>" if caveats else "")
    )
