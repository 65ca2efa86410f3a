"""One locality on one sheet: six themes, value against the city, trend, place among the twenty, peers."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from observatory.editions import reads
from observatory.maps.locator import locator
from observatory.observation import IndicatorRow, LatestRow
from observatory.quantities import interval, number
from observatory.sheets.marks import anchor, flags_text, heading, status_mark, tag
from observatory.sheets.table import table
from observatory.sheets.view import View

PEERS = 3


def chosen_locality(view: View) -> str:
    """The link's locality, else the most populous."""
    localities = view.book.localities()
    if view.state.place in localities:
        return str(view.state.place)
    return max(localities, key=lambda code: view.book.territories[code].population or 0)


def place_of(row: LatestRow, direction: str) -> tuple[int, int] | None:
    """First and last place among the localities, 1 the best (the highest where neither way is good)."""
    if row.above is None or row.below is None or row.equal is None:
        return None
    ahead = row.below if direction == "lower_is_better" else row.above
    return ahead + 1, ahead + row.equal


def against_city(row: LatestRow, direction: str) -> str | None:
    """`better`, `worse`, `similar` (intervals overlap), `above`, `below` or `equal`; None when not comparable."""
    if row.value is None or row.city_value is None:
        return None
    if None not in (row.lower, row.upper) and row.lower <= row.city_value <= row.upper:  # type: ignore[operator]  # both are numbers
        return "similar"
    if row.value == row.city_value:
        return "equal"
    is_above = row.value > row.city_value
    if direction in ("lower_is_better", "higher_is_better"):
        return "better" if is_above == (direction == "higher_is_better") else "worse"
    return "above" if is_above else "below"


def body(view: View, code: str) -> str:
    """The sheet."""
    rows = [row for row in reads.territory_sheet(view.book.edition, code) if row.level == "locality"]
    themes = "".join(_theme(view, theme_id, rows) for theme_id in view.book.themes)
    manners = tag("p", view.words("territory.manners"), "obs-note")
    grid = f'<div class="obs-sheet-themes">{themes}</div>'
    return f"{_head(view, code)}{_strengths(view, rows)}{grid}{_peers(view, code)}{manners}"


def _head(view: View, code: str) -> str:
    w, area = view.words, view.book.territories[code]
    population = (
        ""
        if area.population is None
        else w("territory.population", n=w.number(area.population), year=area.population_period or "")
    )
    facts = " · ".join(
        text
        for text in (population, w("territory.area", n=w.number(area.area_km2, 1)), w("territory.code", code=code))
        if text
    )
    picture = locator(
        view.book.outlines["locality"], code, view.page_look, label=w("territory.locator", place=area.name)
    )
    name = heading(1, area.name) + tag("p", facts, "obs-lead")
    return f'<div class="obs-sheet-head"><div>{name}</div>{picture}</div>'


class Placed(NamedTuple):
    """Where a locality stands on one indicator."""

    indicator: IndicatorRow
    place: int
    total: int
    versus: str  # better · worse than the city, beyond the interval

    @property
    def share(self) -> float:
        """0 the best place, 1 the last."""
        return (self.place - 1) / max(self.total - 1, 1)


def placed(view: View, rows: list[LatestRow]) -> list[Placed]:
    """Indicators on which the locality differs from the city for good or ill; counts, which follow size, left out."""
    found = []
    for row in rows:
        indicator = view.book.indicators[row.indicator_id]
        place, versus = place_of(row, indicator.direction), against_city(row, indicator.direction)
        if place and versus in ("better", "worse") and indicator.measure != "count":
            total = (row.above or 0) + (row.below or 0) + (row.equal or 0)
            found.append(Placed(indicator, place[0], total, versus))
    return found


def _strengths(view: View, rows: list[LatestRow]) -> str:
    """What it does best and what worries, in two sentences."""
    stands = sorted(placed(view, rows), key=lambda item: (item.share, item.indicator.position))
    best = [item for item in stands if item.versus == "better" and item.share <= 0.25][:3]
    worst = [item for item in reversed(stands) if item.versus == "worse" and item.share >= 0.75][:3]
    said = [_said(view, key, items) for key, items in (("territory.best", best), ("territory.worst", worst)) if items]
    return f'<ul class="obs-sentences">{"".join(said)}</ul>' if said else ""


def _said(view: View, key: str, items: list[Placed]) -> str:
    w = view.words
    parts = [
        w(
            "territory.place_of",
            name=item.indicator.label(view.lang),
            place=w("territory.ordinal", n=item.place),
            total=item.total,
        )
        for item in items
    ]
    return tag("li", w(key, list="; ".join(parts)))


def _theme(view: View, theme_id: str, rows: list[LatestRow]) -> str:
    w, indicators = view.words, view.book.indicators
    mine = [row for row in rows if indicators[row.indicator_id].theme_id == theme_id]
    name = view.book.themes[theme_id].name(view.lang)
    if not mine:
        return f"<h2>{escape(name)}</h2>{tag('p', w('territory.nothing'), 'obs-empty-note')}"
    head = [
        w("table.indicator"),
        w("table.period"),
        w("table.locality_value"),
        w("table.city_value"),
        w("table.against_city"),
        w("table.trend"),
        w("table.rank"),
    ]
    body = [_row(view, row, indicators[row.indicator_id]) for row in mine]
    drawn = table(name, head, body, numeric=frozenset({2, 3}), css="obs-titled obs-sheet")
    return f"<section class='obs-sheet-theme'><h2>{escape(name)}</h2>{drawn}</section>"


def _row(view: View, row: LatestRow, indicator: IndicatorRow) -> list[str]:
    w, one = view.words, indicator.indicator_id
    link = anchor(view.link("indicator", ind=(one,), loc=(row.territory_code,)), indicator.label(view.lang))
    note = flags_text(view, row)
    name = f"{link}<small>{escape(indicator.unit(view.lang))}{f' · {escape(note)}' if note else ''}</small>"
    if row.value is None:
        absent = f'<em class="obs-absent">{escape(w("absence." + (row.absence or "not_published")))}</em>'
        return [name, escape(w.period(row.period)), absent, _city(view, row, indicator), "", "", ""]
    spread = interval(row.lower, row.upper, indicator, w)
    value = tag("strong", number(row.value, indicator, w)) + (tag("small", spread) if spread else "")
    change = view.book.change(one, row.territory_code)
    trend = "" if change is None or change.period != row.period else status_mark(view, change.status)
    return [
        name,
        escape(w.period(row.period)),
        value,
        _city(view, row, indicator),
        _versus(view, row, indicator),
        trend,
        _place(view, row, indicator),
    ]


def _city(view: View, row: LatestRow, indicator: IndicatorRow) -> str:
    return "" if row.city_value is None else escape(number(row.city_value, indicator, view.words))


def _versus(view: View, row: LatestRow, indicator: IndicatorRow) -> str:
    if indicator.measure == "count":
        return ""
    said = against_city(row, indicator.direction)
    return "" if said is None else escape(view.words(f"versus.{said}"))


def _place(view: View, row: LatestRow, indicator: IndicatorRow) -> str:
    place = place_of(row, indicator.direction)
    if place is None or indicator.measure == "count":
        return ""
    total = (row.above or 0) + (row.below or 0) + (row.equal or 0)
    ordinal = view.words("territory.ordinal", n=place[0])
    key = "territory.tied" if place[1] > place[0] else "territory.placed"
    return escape(view.words(key, place=ordinal, total=total))


def _peers(view: View, code: str) -> str:
    """Neighbours, and the localities nearest in population, each with its reason."""
    book, w = view.book, view.words
    neighbours = sorted(
        {row.neighbour_code for row in reads.neighbours(book.edition) if row.territory_code == code}
        & set(book.localities())
    )
    mine = book.territories[code].population or 0
    others = [one for one in book.localities() if one != code and book.territories[one].population is not None]
    similar = sorted(others, key=lambda one: abs((book.territories[one].population or 0) - mine))[:PEERS]
    lines = []
    for key, codes in (("territory.neighbours", neighbours), ("territory.similar", similar)):
        links = ", ".join(anchor(view.here(loc=(one,)), book.names[one]) for one in codes)
        lines.append(f"<li>{escape(w(key))}: {links}</li>")
    compare = anchor(view.link("compare", loc=(code, *similar)), w("territory.compare"), "obs-more")
    peers = f"{heading(2, w('territory.peers'))}<ul>{''.join(lines)}</ul>{compare}"
    return f'<section class="obs-peers">{peers}</section>'
