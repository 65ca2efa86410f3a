"""The card of an indicator: name, value, target, status, trend, cut-off."""

from __future__ import annotations

from observatory import sentences
from observatory.charts.sparkline import sparkline
from observatory.editions import reads
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import LatestRow
from observatory.sheets.cells import receipt_link
from observatory.sheets.marks import (
    anchor,
    flags_text,
    freshness_of,
    level_due,
    nature_note,
    status_mark,
    status_of,
    tag,
    target_words,
    value_html,
)
from observatory.sheets.view import View


def card(view: View, indicator: IndicatorRow, extra: str = "") -> str:
    """One indicator of the city: the card leads to its page, the number to its receipt; `extra` is HTML at the end."""
    latest = view.book.latest_city.get(indicator.indicator_id)
    href = view.link("indicator", ind=(indicator.indicator_id,), loc=())
    body = _without_city(view, indicator) if latest is None else _with_value(view, indicator, latest)
    name = f"<h3>{anchor(href, indicator.label(view.lang), 'obs-whole')}</h3>"
    return f'<div class="obs-card">{name}{body}{extra}</div>'


def _without_city(view: View, indicator: IndicatorRow) -> str:
    text = view.words("card.localities_only")
    status = status_mark(view, status_of(view, indicator.indicator_id))
    return tag("p", text, "obs-note") + status + nature_note(view, indicator)


def _with_value(view: View, indicator: IndicatorRow, latest: LatestRow) -> str:
    return (
        value_html(view, latest.value, latest.absence, indicator, receipt_link(view, latest))
        + tag("p", _when(view, indicator, latest), "obs-note")
        + f'<p class="obs-marks">{_marks(view, indicator)}</p>'
        + _spark(view, indicator)
    )


def _when(view: View, indicator: IndicatorRow, latest: LatestRow) -> str:
    w = view.words
    parts = [w.period(latest.period)]
    progress = view.book.against_target(indicator.indicator_id)
    if progress is not None:
        parts.append(target_words(view, progress, indicator))
    parts.append(flags_text(view, latest))
    source = view.book.sources[latest.source_id]
    if freshness_of(view, source, latest) != "current":
        parts.append(w(f"freshness.{freshness_of(view, source, latest)}"))
    return " · ".join(part for part in parts if part)


def _marks(view: View, indicator: IndicatorRow) -> str:
    status = status_of(view, indicator.indicator_id)
    marks = [status_mark(view, status)]
    change = view.book.change(indicator.indicator_id)
    if change is not None and change.status in view.page_look.status:
        marks.append(status_mark(view, change.status))
    return "".join(marks) + nature_note(view, indicator)


def _spark(view: View, indicator: IndicatorRow) -> str:
    rows = reads.series(view.book.edition, indicator.indicator_id, ["00"])
    valued = [row for row in rows if row.value is not None]
    if len(valued) < 2:
        return ""
    targets = view.book.targets_of(indicator.indicator_id)
    label = sentences.trend_alt(indicator, rows, view.words, place_name=view.name("00"), targets=targets)
    target = level_due(view, view.book.against_target(indicator.indicator_id))
    return sparkline(rows, view.page_look, label=label, target=target)
