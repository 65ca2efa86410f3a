"""The trend of a series without looking at its target: growth of the city, and the marker of the last five values."""

from __future__ import annotations

import functools
from html import escape
from typing import NamedTuple

from observatory.editions import reads
from observatory.editions.opening import Edition
from observatory.editions.reads import by_indicator
from observatory.period import parse_period
from observatory.progress.marker import CRITICAL
from observatory.quantities import number
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.progress import MarkerRow, MethodRow, ProgressRow, ReadingRow
from observatory.sheets.court import Court, method_name, words_of_pace
from observatory.sheets.marks import status_mark, tag
from observatory.sheets.table import folded, table
from observatory.sheets.view import View

MARKER_MARKS = {"improving": "improving", "worsening": "worsening", "no_significant_change": "unchanged"}
GROWTH_MARKS = {
    "substantial": "improving",
    "moderate": "improving",
    "limited": "unchanged",
    "deteriorating": "worsening",
}


class Told(NamedTuple):
    """A mark and its words."""

    status: str
    text: str


def change_told(view: View, row: ProgressRow) -> Told:
    """The last change with what it is held against: `mejora frente a 2024`; none where both read the same."""
    way = _way(view, row)
    status = "unchanged" if way == "same" else way
    return Told(status, view.words(f"change.{way}", period=view.words.period(row.previous_period or row.period)))


def change_in_brief(view: View, row: ProgressRow) -> Told:
    """The last change for a narrow cell: `mejora (2024)`; the year alone where the same months are compared."""
    way, w = _way(view, row), view.words
    before, now = parse_period(row.previous_period or row.period), parse_period(row.period)
    is_year_enough = before.kind == now.kind != "day" and before.end.year != now.end.year
    period = str(before.end.year) if is_year_enough else w.period(before.code)
    status = "unchanged" if way == "same" else way
    verdict = w("change.brief_same") if way == "same" else w(f"status.{way}")
    return Told(status, w("change.brief", verdict=verdict, period=period))


def _way(view: View, row: ProgressRow) -> str:
    """The status of a change; `same` where both values read the same, up or down where neither way is better."""
    w, indicator = view.words, view.book.indicators[row.indicator_id]
    assert row.value is not None and row.previous_value is not None
    if number(row.value, indicator, w) == number(row.previous_value, indicator, w):
        return "same"
    if row.status == "changed":
        return "rising" if row.value > row.previous_value else "falling"
    return row.status


@functools.lru_cache(maxsize=8)
def _markers(edition: Edition) -> dict[str, list[MarkerRow]]:
    """Markers of every indicator, at once and kept: there are few, and an edition does not change."""
    return by_indicator(reads.trend_markers(edition))


def trend_told(view: View, indicator_id: str, place: str) -> Told | None:
    """The marker of the last five values with the years it covers: `2021 a 2025: empeora`; None without a verdict."""
    found = _markers(view.book.edition).get(indicator_id, [])
    row = next((one for one in found if one.territory_code == place and one.verdict is not None), None)
    return None if row is None else _marker_told(view, row)


def moves(view: View, indicator_id: str, place: str) -> list[Told]:
    """The last change, and the trend of the last five values where it says something else; each with its years."""
    change = view.book.change(indicator_id, place)
    told = [] if change is None else [change_told(view, change)]
    trend = trend_told(view, indicator_id, place)
    return told if trend is None or trend.status in [one.status for one in told] else [*told, trend]


def _marker_told(view: View, row: MarkerRow) -> Told:
    w = view.words
    status = MARKER_MARKS.get(row.verdict or "")
    if status is None:
        status = "rising" if row.trend == "rising" else "falling"
        verdict = w(f"marker.trend.{row.trend}")
    else:
        verdict = w(f"marker.verdict.{row.verdict}")
    return Told(status, _over(view, row.first_period, row.period, verdict))


def _over(view: View, first: str, last: str, verdict: str) -> str:
    w = view.words
    return w("marker.over", first=w.period(first), last=w.period(last), verdict=verdict)


def trend_section(view: View, indicator: IndicatorRow, court: Court, place: str) -> str:
    """What is told of a place's series without a target, under its own heading; never counted with statuses."""
    w = view.words
    found = _markers(view.book.edition).get(indicator.indicator_id, [])
    markers = [row for row in found if row.territory_code == place]
    cells = [_marker(view, indicator, row) for row in markers]
    row = court.readings.get((place, None))
    growth = [one for one in court.methods if one.territory_code == place and one.target_id is None]
    cells += [_growth(view, one, row) for one in growth if row is not None]
    said = tag("p", w("court.no_trend"), "obs-empty-note")
    if cells:
        told = "".join(f"<li>{name}: {verdict}</li>" for name, verdict, _ in cells)
        rows = [[name, verdict + how] for name, verdict, how in cells]
        drawn = table(w("court.trend_title"), [w("court.method"), w("court.says")], rows, css="obs-titled obs-court")
        notes = [w("marker.about")] if markers else []
        more = drawn + "".join(tag("p", note, "obs-note") for note in [*notes, w("court.trend_note")])
        shown = f'<div class="obs-working">{more}</div>'
        said = f'<ul class="obs-trends">{told}</ul>{folded(w("working.full"), shown)}'
    return f'<section class="obs-printopen"><h3>{escape(w("court.trend_title"))}</h3>{said}</section>'


def _marker(view: View, indicator: IndicatorRow, row: MarkerRow) -> tuple[str, str, str]:
    """Name, verdict, and the numbers behind it, as HTML."""
    w = view.words
    name = escape(w("marker.name"))
    if row.verdict is None or row.slope is None or row.chi_square is None or row.p_value is None:
        key = f"marker.reason.{row.reason}"
        return name, escape(w(key if w.has(key) else f"pace.refusal.{row.reason}")), ""
    said = w(
        "court.marker",
        slope=words_of_pace(view, indicator, row.slope),
        first=w.period(row.first_period),
        last=w.period(row.period),
        chi=w.number(row.chi_square, 1),
        critical=w.number(CRITICAL, 2),
        p=w("court.p_small") if row.p_value < 0.001 else w("court.p_equal", p=w.number(row.p_value, 3)),
    )
    how = w(f"marker.test.{row.test}")
    hangs = row.trend == "no_significant_change" and row.chi_square > CRITICAL  # on a single one of its points
    said += f" {w('court.marker_one_year')}" if hangs else ""
    test = tag("small", f"{how[:1].upper()}{how[1:]}. {said}")
    return name, status_mark(view, *_marker_told(view, row)), test


def _growth(view: View, said: MethodRow, row: ReadingRow) -> tuple[str, str, str]:
    """Name, verdict, and the numbers behind it, as HTML."""
    w = view.words
    name = escape(method_name(view, said.method))
    if said.verdict is None or said.observed is None:
        return name, escape(w(f"pace.reason.{said.reason}")), ""
    ends = {"first": w.period(row.base_period or ""), "last": w.period(row.period or "")}
    text = w("court.no_target", observed=w.percent(said.observed), **ends)
    key = f"court.growth.{said.verdict}"
    verdict = w(key if w.has(key) else f"pace.verdict.{said.verdict}")
    verdict = _over(view, row.base_period or "", row.period or "", verdict)
    return name, status_mark(view, GROWTH_MARKS[said.verdict], verdict), tag("small", text)
