"""The card of an indicator: name, value, target, status, trend, cut-off."""

from __future__ import annotations

from observatory import sentences
from observatory.charts.sparkline import sparkline
from observatory.charts.strip import strip
from observatory.editions import reads
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import LatestRow
from observatory.series import with_value
from observatory.sheets.arrival import late as late_arrival
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
    told,
    value_html,
)
from observatory.sheets.trends import change_told
from observatory.sheets.view import View
from observatory.wording.told import joined


def card(view: View, indicator: IndicatorRow, *, with_localities: bool = False) -> str:
    """One indicator of the city: the card leads to its page, the number to its receipt.

    The localities are drawn when asked for, and where the city has no series to draw.
    """
    latest = view.book.latest_city.get(indicator.indicator_id)
    href = view.link("indicator", ind=(indicator.indicator_id,), loc=())
    body = _without_city(view, indicator) if latest is None else _with_value(view, indicator, latest)
    name = f"<h3>{anchor(href, indicator.label(view.lang), 'obs-whole')}</h3>"
    drawn = "" if latest is None else _course(view, indicator)
    drawn += _localities(view, indicator) if with_localities or not drawn else ""
    drawn = drawn or tag("p", view.words("card.single"), "obs-note")
    return f'<div class="obs-card">{name}{body}<div class="obs-course">{drawn}</div></div>'


def _localities(view: View, indicator: IndicatorRow) -> str:
    """The twenty localities as dots, at the newest period they have; empty where there are none."""
    if "locality" not in indicator.levels:
        return ""
    latest = reads.latest(view.book.edition, indicator.indicator_id, "locality")
    if not latest:
        return ""
    period = latest[0].period
    rows = reads.snapshot(view.book.edition, indicator.indicator_id, period, "locality")
    rows = reads.snapshot(view.book.edition, indicator.indicator_id, period, "city") + rows
    drawn = strip(indicator, rows, view.page_look, view.words, names=view.book.names, scale=view.scale)
    when = tag("p", view.words("card.localities", period=view.words.period(period)), "obs-note")
    return f'<div class="obs-cardstrip">{when}{drawn}</div>'


def _without_city(view: View, indicator: IndicatorRow) -> str:
    value = tag("p", view.words("card.localities_only"), "obs-value obs-absent")
    status = status_mark(view, status_of(view, indicator.indicator_id))
    return f'{value}<p class="obs-note"></p><p class="obs-marks">{status}{nature_note(view, indicator)}</p>'


def _with_value(view: View, indicator: IndicatorRow, latest: LatestRow) -> str:
    return (
        value_html(view, latest.value, latest.absence, indicator, receipt_link(view, latest))
        + told(view, "p", _when(view, indicator, latest), "obs-note")
        + f'<p class="obs-marks">{_marks(view, indicator)}</p>'
    )


def _when(view: View, indicator: IndicatorRow, latest: LatestRow) -> str:
    w = view.words
    parts = [w.period(latest.period)]
    progress = view.book.against_target(indicator.indicator_id)
    if progress is not None:
        parts.append(target_words(view, progress, indicator))
    parts.append(flags_text(view, latest))
    source = view.book.sources[latest.source_id]
    state = freshness_of(view, source, latest)
    if state != "current":
        parts.append(w("freshness.late_short" if state == "late" else f"freshness.{state}"))
    if progress is not None:
        parts.append(late_arrival(view, progress))
    return joined(" · ", [part for part in parts if part])


def _marks(view: View, indicator: IndicatorRow) -> str:
    status = status_of(view, indicator.indicator_id)
    marks = [status_mark(view, status)]
    change = view.book.change(indicator.indicator_id)
    if change is not None and change.status in view.page_look.status:
        marks.append(status_mark(view, *change_told(view, change)))
    return "".join(marks) + nature_note(view, indicator)


def _course(view: View, indicator: IndicatorRow) -> str:
    """The city's series with its first and last period below; empty for fewer than two figures."""
    rows = with_value(reads.series(view.book.edition, indicator.indicator_id, ["00"]))
    if len(rows) < 2:
        return ""
    book, w = view.book, view.words
    targets = book.targets_of(indicator.indicator_id)
    label = sentences.trend_alt(indicator, rows, w, place_name=view.name("00"), targets=targets)
    target = level_due(view, book.against_target(indicator.indicator_id))
    breaks = book.breaks_of(indicator.indicator_id)
    drawn = sparkline(rows, view.page_look, label=label, target=target, breaks=breaks)
    ends = "".join(tag("span", w.period(row.period)) for row in (rows[0], rows[-1]))
    return f'{drawn}<p class="obs-ends" aria-hidden="true">{ends}</p>'
