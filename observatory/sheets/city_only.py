"""What an indicator told for the city alone shows where localities were asked for: its value, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from observatory.rows.catalogue import IndicatorRow
from observatory.sentences import dated
from observatory.sheets.cells import receipt_link
from observatory.sheets.marks import anchor, flags_text, heading, tag, value_html
from observatory.sheets.view import View
from observatory.territory import CITY

MOST = 4  # indicators of the theme that are offered where none is of the same subject


def city_only(view: View, indicator: IndicatorRow) -> str:
    """That an indicator is told for the city alone, and which ones tell of its subject by locality."""
    found = [(row, view.link("indicator", ind=(row.indicator_id,), loc=())) for row in near(view, indicator)]
    return tag("p", view.words("indicator.city_only"), "obs-empty-note") + _listed(
        view, view.words("indicator.near"), found
    )


def in_place_of_places(view: View, indicator: IndicatorRow) -> str:
    """This page of localities for an indicator that has none: that it is so, the city's value, others that have."""
    w, latest = view.words, view.book.latest_city.get(indicator.indicator_id)
    said = f'<p class="obs-banner obs-warn" role="status">{escape(w("indicator.city_only"))}</p>'
    name = indicator.name(view.lang)
    title = heading(1, name if latest is None else dated(name, latest.period, w))
    href = view.link("indicator", ind=(indicator.indicator_id,), loc=())
    more = anchor(href, w("indicator.of_city", place=view.name(CITY)), "obs-more")
    return f"{said}{title}{_value(view, indicator)}<p>{more}</p>{_elsewhere(view, indicator)}"


def _value(view: View, indicator: IndicatorRow) -> str:
    """The city's newest figure with its period and receipt."""
    latest = view.book.latest_city.get(indicator.indicator_id)
    if latest is None:
        return tag("p", view.words("indicator.no_rows"), "obs-empty-note")
    note = " · ".join(
        part for part in (view.name(CITY), view.words.period(latest.period), flags_text(view, latest)) if part
    )
    large = value_html(view, latest.value, latest.absence, indicator, receipt_link(view, latest))
    return f"{tag('p', indicator.unit(view.lang), 'obs-lead')}{large}{tag('p', note, 'obs-note')}"


def near(view: View, indicator: IndicatorRow) -> list[IndicatorRow]:
    """Indicators told by locality: the one of the same events, then those of the same subject."""
    known = view.book.indicators
    ids = dict.fromkeys([indicator.by_locality, *indicator.related])
    found = [known[one] for one in ids if one in known]
    return [row for row in found if "locality" in row.levels]


def _elsewhere(view: View, indicator: IndicatorRow) -> str:
    """On this page, what is told of the subject by locality; where nothing is, of the theme."""
    w, found = view.words, near(view, indicator)
    theme = view.book.themes[indicator.theme_id].name(view.lang)
    lead = w("indicator.near") if found else w("indicator.near_theme", theme=theme)
    if not found:
        same = [row for row in view.book.indicators.values() if row.theme_id == indicator.theme_id]
        found = [row for row in same if "locality" in row.levels][:MOST]
    return _listed(view, lead, [(row, view.here(ind=(row.indicator_id,), t=None)) for row in found])


def _listed(view: View, lead: str, found: Sequence[tuple[IndicatorRow, str]]) -> str:
    """Indicators with their addresses, as links; empty where there is none."""
    items = "".join(
        f"<li>{anchor(href, row.name(view.lang))} <small>{escape(row.unit(view.lang))}</small></li>"
        for row, href in found
    )
    return f"{tag('p', lead)}<ul>{items}</ul>" if items else ""
