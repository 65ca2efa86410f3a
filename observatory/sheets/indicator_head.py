"""The head of an indicator's page: its finding, its number, how it stands, and what was asked for and is not there."""

from __future__ import annotations

from html import escape

from observatory.rows.observation import TOTAL
from observatory.sheets.arrival import late as late_arrival
from observatory.sheets.cells import receipt_link
from observatory.sheets.indicator import Shown, finding, places_of, subtitle
from observatory.sheets.marks import (
    anchor,
    flags_text,
    is_announced,
    nature_note,
    status_mark,
    status_of,
    tag,
    target_words,
    told,
    value_html,
)
from observatory.sheets.trends import moves
from observatory.sheets.view import View


def head(view: View, shown: Shown) -> str:
    """Finding, status, number; first, that the place asked for is not told."""
    theme = view.book.themes[shown.indicator.theme_id]
    up = anchor(view.link("theme", theme=theme.theme_id), theme.name(view.lang))
    crumb = f'<p class="obs-crumb">{up}</p>'
    said = f"{told(view, 'h1', finding(view, shown))}{tag('p', subtitle(view, shown), 'obs-lead')}"
    return f"{crumb}{place_missing(view, shown)}{said}{_numbers(view, shown)}"


def place_missing(view: View, shown: Shown) -> str:
    """That the place asked for has no figures of this indicator, and which indicator has; empty where it has."""
    asked, indicator, w = view.state.place, shown.indicator, view.words
    if asked is None or asked == shown.place or asked not in view.book.territories:
        return ""
    if asked in places_of(view, indicator):
        return ""
    said = tag("p", w("indicator.not_there", place=view.name(asked), shown=view.name(shown.place)))
    other = view.book.indicators.get(indicator.by_locality or "")
    if other is not None and asked in places_of(view, other):
        href = view.link("indicator", ind=(other.indicator_id,), loc=(asked,))
        said += anchor(href, w("indicator.there_is", place=view.name(asked), name=other.name(view.lang)), "obs-more")
    return f'<div class="obs-empty-note" role="status">{said}</div>'


def _numbers(view: View, shown: Shown) -> str:
    latest, indicator = shown.latest, shown.indicator
    if latest is None:
        return tag("p", view.words("indicator.no_rows"), "obs-empty-note")
    note = " · ".join(part for part in (view.words.period(latest.period), flags_text(view, latest)) if part)
    receipt = receipt_link(view, latest)
    is_page = bool(receipt) and not receipt.endswith(".csv")
    link = f" · {anchor(receipt, view.words('receipt.open'))}" if is_page else ""
    value = value_html(view, latest.value, latest.absence, indicator, receipt)
    parts = [value, f'<p class="obs-note">{escape(note)}{link}</p>']
    return f'<div class="obs-key"><div>{"".join(parts)}</div><div class="obs-marks">{_status(view, shown)}</div></div>'


def _status(view: View, shown: Shown) -> str:
    one = shown.indicator.indicator_id
    marks = []
    if shown.dim == TOTAL:
        marks.append(status_mark(view, status_of(view, one, shown.place)))
        progress = view.book.against_target(one, shown.place)
        if progress is not None:
            marks.append(told(view, "span", target_words(view, progress, shown.indicator), "obs-note"))
            if late := late_arrival(view, progress):
                marks.append(told(view, "span", late, "obs-note"))
            if progress.robustness in ("fragile", "methods_disagree"):
                marks.append(tag("span", view.words(f"robustness.state.{progress.robustness}"), "obs-nature"))
            if is_announced(view, progress):
                marks.append(tag("span", view.words("target.announced_badge"), "obs-nature"))
        marks += [status_mark(view, *told) for told in moves(view, one, shown.place)]
    return "".join(marks) + nature_note(view, shown.indicator)
