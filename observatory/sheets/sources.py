"""Sources: who publishes what, under which terms, how fresh, and what uses it."""

from __future__ import annotations

from html import escape

from observatory.rows.catalogue import SourceRow
from observatory.sheets.marks import anchor, tag
from observatory.sheets.method import source_html
from observatory.sheets.table import table
from observatory.sheets.view import View
from observatory.statistics.freshness import freshness


def freshness_word(view: View, source: SourceRow) -> str:
    """How the source stands against its calendar on the day of the edition."""
    state = freshness(source.cutoff, source.every_months, source.lag_days, view.book.edition.built_on)
    return view.words(f"freshness.{state}")


def summary_table(view: View) -> str:
    """All sources in a table."""
    w, lang = view.words, view.lang
    head = [
        w("table.dataset"),
        w("table.publisher"),
        w("method.licence"),
        w("method.cutoff"),
        w("table.freshness"),
        w("table.nature"),
    ]
    body = []
    for source in sorted(view.book.sources.values(), key=lambda row: row.publisher):
        name = anchor(view.here(src=source.source_id), source.dataset(lang))
        rest = (
            source.publisher,
            source.licence(lang),
            w.date(source.cutoff),
            freshness_word(view, source),
            w(f"nature.{source.nature}"),
        )
        body.append([name, *(escape(text) for text in rest)])
    return table(w("sources.overview"), head, body, css="obs-titled")


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
