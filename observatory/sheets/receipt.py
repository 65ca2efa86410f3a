"""The receipt of one number: what it is, how it was computed, from which lines and files, and how to repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from observatory.editions import reads, receipts
from observatory.quantities import interval, number
from observatory.receipt import FigureLine, QuantityRow
from observatory.rows.account import AccountRow, CaptureRow, CorrectionRow, RejectedRow
from observatory.rows.observation import TOTAL
from observatory.sheets.derived import derived
from observatory.sheets.indicator import chosen_indicator, dim_name
from observatory.sheets.marks import anchor, flags_text, heading, tag, value_html
from observatory.sheets.method import definition
from observatory.sheets.receipt_rows import Receipt, command, newest
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.sheets.working import working
from observatory.wording.rules import hint_words, rule_words

SHOWN_LINES = 100


def body(view: View, receipt: Receipt) -> str:
    """The receipt but its choices and downloads."""
    sections = (
        ("receipt.computed", _computed(view, receipt)),
        ("receipt.derived", derived(view, receipt)),
        ("receipt.lines", _lines(view, receipt)),
        ("receipt.captures", _captures(view, receipt)),
        ("receipt.corrections", _corrections(view, receipt)),
        ("receipt.reproduce", _reproduce(view, receipt)),
        ("working.title", _progress(view, receipt)),
        ("receipt.definition", _definition(view, receipt)),
    )
    return _head(view, receipt) + "".join(heading(2, view.words(key)) + html for key, html in sections if html)


def nothing(view: View) -> str:
    """No number for what the link asks: that, and the newest there is of the indicator."""
    w, indicator = view.words, view.book.indicators[chosen_indicator(view)]
    one, known = indicator.indicator_id, newest(view, indicator)
    links = [anchor(view.link("indicator", (), ind=(one,)), w("receipt.none_indicator"))]
    if known is not None:
        said = w("receipt.none_known", place=view.name(known.territory_code), period=w.period(known.period))
        href = view.link("receipt", (), ind=(one,), loc=(known.territory_code,), t=known.period)
        links.insert(0, anchor(href, said))
    listed = "".join(f"<p>{link}</p>" for link in links)
    return heading(1, indicator.name(view.lang)) + tag("p", w("receipt.none"), "obs-empty-note") + listed


def _head(view: View, receipt: Receipt) -> str:
    w, row, indicator = view.words, receipt.row, receipt.indicator
    page = view.link("indicator", ind=(row.indicator_id,), loc=(row.territory_code,))
    crumb = f'<p class="obs-crumb">{anchor(page, indicator.name(view.lang))}</p>'
    place, period = view.name(row.territory_code), w.period(row.period)
    title = w("receipt.title", name=indicator.name(view.lang), place=place, period=period)
    dim = "" if row.disaggregation == TOTAL else tag("p", dim_name(view, row.disaggregation), "obs-lead")
    spread = interval(row.lower, row.upper, indicator, w)
    notes = [f"{w('receipt.interval')}: {spread}" if spread else "", flags_text(view, row) or w("receipt.no_flags")]
    notes += [w(f"nature.{indicator.nature}")] if indicator.nature != "administrative" else []
    notes += [w("receipt.sample", n=w.number(row.sample))] if row.sample is not None else []
    value = value_html(view, row.value, row.absence, indicator) + tag("p", " · ".join(filter(None, notes)), "obs-note")
    return f"{crumb}{heading(1, title)}{dim}{value}"


def _computed(view: View, receipt: Receipt) -> str:
    """The arithmetic with its numbers, and the query with its values bound."""
    w, row, indicator = view.words, receipt.row, receipt.indicator
    said = w("receipt.as_published")
    if row.value is None:
        said = w("receipt.absent", reason=w(f"absence.{row.absence or 'not_published'}"))
    elif row.numerator is not None and row.denominator is not None and indicator.per is not None:
        said = w(
            "receipt.ratio",
            numerator=_plain(view, row.numerator),
            denominator=_plain(view, row.denominator),
            per=_plain(view, indicator.per * indicator.factor),
            value=number(row.value, indicator, w, extra=2),
        )
    parts = "".join(tag("li", _part(view, one)) for one in receipt.quantities)
    query = f"<pre><code>{escape(receipts.bound_sql(row))}</code></pre>"
    note = tag("p", w("receipt.query_note", file=f"{view.book.edition_id}.duckdb"), "obs-note")
    return tag("p", said, "obs-formula") + f"<ul>{parts}</ul>" + folded(w("receipt.query"), note + query)


def _part(view: View, one: QuantityRow) -> str:
    source = view.book.sources[one.source_id]
    kept = f" · {dim_name(view, one.category)}" if one.category in view.book.categories else ""
    return f"{view.words(f'receipt.part.{one.part}')}: {one.name(view.lang)}{kept} — {source.dataset(view.lang)}"


def _plain(view: View, value: float) -> str:
    return view.words.number(value, 0 if float(value).is_integer() else 4).rstrip(
        "0" if not float(value).is_integer() else ""
    )


def _lines(view: View, receipt: Receipt) -> str:
    """The lines the number was made of, and on demand up to a hundred of the same measures in the same place."""
    w = view.words
    found = [(part, line) for part, lines in receipt.lines.items() for line in lines]
    used = [_line(view, part, line) for part, line in found if receipt.is_used(line)]
    others = [_line(view, part, line) for part, line in found if not receipt.is_used(line)][:SHOWN_LINES]
    head = [w(f"receipt.column.{key}") for key in ("part", "value", "period", "category", "file", "line", "notes")]
    caption = w("receipt.lines_caption", place=view.name(receipt.row.territory_code))
    css, numeric = "obs-stack", frozenset({1, 5})
    drawn = table(caption, head, used, numeric=numeric, css=css) if used else tag("p", w("receipt.no_lines"))
    if not others:
        return drawn
    said = w("receipt.others", shown=w.number(len(others)), total=w.number(len(found) - len(used)))
    return drawn + folded(said, table(said, head, others, numeric=numeric, css=f"obs-titled {css}"))


def _line(view: View, part: str, line: FigureLine) -> list[str]:
    w = view.words
    value = w(f"absence.{line.absence}") if line.value is None else _plain(view, line.value)
    notes = ", ".join(w(f"flag.{flag}") for flag in line.flag.split())
    role = w(f"receipt.part.{part}")
    what = (role, value, w.period(line.period), dim_name(view, line.disaggregation))
    return [escape(text) for text in (*what, f"{line.source_id}.csv", str(line.line), notes)]


def _sources(receipt: Receipt) -> list[str]:
    """Sources of the lines the number was made of, then those of the indicator."""
    return list(dict.fromkeys([*(one.source_id for one in receipt.quantities), *receipt.indicator.source_ids]))


def _captures(view: View, receipt: Receipt) -> str:
    """What the figures came in with its hash, its publisher and day, and what became of the publisher's files."""
    w, book = view.words, view.book
    captures = [row for row in reads.captures(book.edition) if row.kind != "refused"]
    accounts = reads.accounts(book.edition)
    parts = []
    for one in _sources(receipt):
        source = book.sources[one]
        facts = [
            (w("receipt.publisher"), escape(source.publisher)),
            (w("table.dataset"), anchor(view.link("sources", src=one), source.dataset(view.lang))),
            (w("method.cutoff"), escape(w.date(source.cutoff))),
            *([(w("receipt.published"), escape(w.date(source.published)))] if source.published else []),
            *(fact for row in captures if row.source_id == one for fact in _capture(view, row)),
            (w("receipt.obtained"), escape(source.obtained_note(view.lang))),
        ]
        terms = "".join(f"<dt>{escape(name)}</dt><dd>{text}</dd>" for name, text in facts)
        files = [row for row in accounts if row.source_id == one and row.stage == "file"]
        parts.append(f'<dl class="obs-facts">{terms}</dl>{_files(view, files)}')
    return "".join(parts)


def _capture(view: View, row: CaptureRow) -> list[tuple[str, str]]:
    w = view.words
    return [
        (w("receipt.table"), f"<code>{escape(row.path)}</code>"),
        ("SHA-256", f'<code class="obs-hash">{escape(row.sha256)}</code>'),
        (w("table.rows"), escape(w.number(row.rows))),
    ]


def _files(view: View, rows: Sequence[AccountRow]) -> str:
    if not rows:
        return ""
    w = view.words
    head = [w("table.file"), w("table.outcome"), w("table.rule"), w("table.rows")]
    body = [
        [escape(text) for text in (row.file, w(f"outcome.{row.outcome}"), rule_words(w, row.rule), w.number(row.rows))]
        for row in rows
    ]
    return folded(w("receipt.files"), table(w("receipt.files"), head, body, numeric=frozenset({3})))


def _corrections(view: View, receipt: Receipt) -> str:
    """What was corrected or held back among the lines of its measures."""
    w = view.words
    used = {(line.source_id, line.line) for lines in receipt.lines.values() for line in lines}
    rejected = [
        row
        for one in dict.fromkeys(part.source_id for part in receipt.quantities)
        for row in reads.rejected(view.book.edition, one)
        if (row.source_id, row.row_number) in used
    ]
    corrected = [row for row in reads.corrections(view.book.edition) if (row.source_id, row.row_number) in used]
    if not corrected and not rejected:
        return tag("p", w("receipt.no_corrections"))
    return _corrected(view, corrected) + (_refused(view, rejected) if rejected else "")


def _corrected(view: View, rows: Sequence[CorrectionRow]) -> str:
    """What was published, what is used instead, and why."""
    if not rows:
        return ""
    w = view.words

    def said(value: float | None) -> str:
        return "—" if value is None else _plain(view, value)

    head = [
        w("table.row"),
        w("table.period"),
        w("receipt.was"),
        w("receipt.used"),
        w("receipt.why"),
        w("receipt.decided"),
    ]
    body = [
        [
            escape(text)
            for text in (
                f"{row.source_id}.csv:{row.row_number}",
                w.period(row.period),
                said(row.published),
                said(row.corrected),
                row.reason(view.lang),
                w.date(row.decided),
            )
        ]
        for row in rows
    ]
    return table(w("receipt.corrected"), head, body)


def _refused(view: View, rows: Iterable[RejectedRow]) -> str:
    w = view.words
    head = [w("table.file"), w("table.row"), w("table.value"), w("table.rule"), w("table.hint")]
    body = [
        [
            escape(text)
            for text in (
                row.file,
                str(row.row_number),
                row.value or "",
                rule_words(w, row.rule),
                hint_words(w, row.hint),
            )
        ]
        for row in rows
    ]
    return table(w("receipt.refused"), head, body)


def _reproduce(view: View, receipt: Receipt) -> str:
    w, said = view.words, command(receipt, view.book.edition_id)
    copied = f'data-copy="{escape(said)}" data-done="{escape(w("receipt.copied"))}"'
    copy = f'<button type="button" data-action="text" {copied}>{escape(w("receipt.copy"))}</button>'
    row = receipt.row
    value = w("receipt.no_value") if row.value is None else repr(row.value)
    note = tag("p", w("receipt.reproduce_note", value=value), "obs-note")
    return f'<pre><code>{escape(said)}</code></pre><div class="obs-share">{copy}<span role="status"></span></div>{note}'


def _progress(view: View, receipt: Receipt) -> str:
    row = receipt.row
    if row.disaggregation != TOTAL:
        return tag("p", view.words("receipt.no_progress"), "obs-empty-note")
    here = replace(view, state=replace(view.state, loc=(row.territory_code,)))
    return working(here, receipt.indicator, row.territory_code)


def _definition(view: View, receipt: Receipt) -> str:
    about = view.book.edition
    version = view.words("receipt.version", edition=about.edition_id, hash=about.content_hash[:16])
    return tag("p", version, "obs-note") + definition(view, receipt.indicator)
