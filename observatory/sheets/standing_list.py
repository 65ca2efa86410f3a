"""Indicators by how they stand: the list that counts on the summary and on a theme's page open."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from observatory.rows.catalogue import IndicatorRow
from observatory.sentences.overview import LIST, STATUS_ORDER
from observatory.sheets.marks import anchor, freshness_of, status_of
from observatory.sheets.table import folded
from observatory.sheets.view import View
from observatory.wording.told import Reference

LATE, SECONDARY = "late", "secondary"
JUDGED = ("met", "on_track", "at_risk", "lagging", "over_executed")
GROUPED = (*JUDGED, "not_assessed", "no_target")  # that a theme's page shows in groups of their own


def place_of_list(theme_id: str | None, part: str = LIST) -> Reference:
    """Where a count of indicators of a theme or of all is listed."""
    return Reference("theme", (("theme", theme_id),), part) if theme_id else Reference("overview", (), part)


def indicators_in(view: View, theme_id: str | None) -> list[IndicatorRow]:
    """The indicators of a theme, or all."""
    return [row for row in view.book.indicators.values() if theme_id in (None, row.theme_id)]


def is_stale(view: View, indicator: IndicatorRow) -> bool:
    """Whether the newest city figure is older than its calendar promises, or its source ended."""
    latest = view.book.latest_city.get(indicator.indicator_id)
    return latest is not None and freshness_of(view, view.book.sources[latest.source_id], latest) != "current"


def is_secondary(view: View, indicator: IndicatorRow) -> bool:
    """Whether it is known through press or third parties only."""
    return view.book.sources[indicator.source_id].confidence == "secondary"


def by_standing(view: View, theme_id: str | None) -> dict[str, list[IndicatorRow]]:
    """Indicators by status, by change where they have no target, then those that are late or known second-hand."""
    found: dict[str, list[IndicatorRow]] = {key: [] for key in (*STATUS_ORDER, LATE, SECONDARY)}
    for row in indicators_in(view, theme_id):
        status, change = status_of(view, row.indicator_id), view.book.change(row.indicator_id)
        found[status].append(row)
        if status == "no_target" and change is not None:
            found[change.status].append(row)
        if is_stale(view, row):
            found[LATE].append(row)
        if is_secondary(view, row):
            found[SECONDARY].append(row)
    return {key: rows for key, rows in found.items() if rows}


def standing_list(view: View, theme_id: str | None = None) -> str:
    """The list, folded; each status is a part that a count opens."""
    elsewhere = (*GROUPED, SECONDARY) if theme_id else ()
    shown = {key: rows for key, rows in by_standing(view, theme_id).items() if key not in elsewhere}
    parts = "".join(_status(view, key, rows) for key, rows in shown.items())
    inside = f'<div id="{LIST}" tabindex="-1" class="obs-listed">{parts}</div>'
    return folded(view.words("overview.which"), inside)


def _status(view: View, key: str, rows: Iterable[IndicatorRow]) -> str:
    w, found = view.words, list(rows)
    name = w(f"overview.which_{key}") if key in (LATE, SECONDARY) else w(view.page_look.status[key].word)
    pages = ((view.link("indicator", (), ind=(row.indicator_id,)), row.label(view.lang)) for row in found)
    links = " · ".join(anchor(href, label) for href, label in pages)
    title = f'<h3 id="{LIST}-{key}" tabindex="-1">{escape(name[:1].upper() + name[1:])} ({len(found)})</h3>'
    return f"{title}<p>{links}</p>"
