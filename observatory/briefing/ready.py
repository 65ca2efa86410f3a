"""Ready-made agendas, computed from the edition: for the council, for each theme, for each locality."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from observatory.briefing.agenda import Agenda, Item
from observatory.editions import reads
from observatory.editions.book import Book
from observatory.links import ViewState
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import LatestRow
from observatory.sheets.overview import headline_indicators
from observatory.sheets.since import edition_before
from observatory.territory import Level
from observatory.wording import Lang, words

AT_MOST = 12
BEHIND = ("lagging", "at_risk")


def council(book: Book, lang: Lang) -> Agenda:
    """The summary; of every theme the telling indicator; those that are behind their target; two maps."""
    telling = [rows[0] for theme in book.themes if (rows := _by_weight(book, theme))]
    worrying = [row for row in book.indicators.values() if row.headline and _status(book, row) in BEHIND]
    trends = list(dict.fromkeys(row.indicator_id for row in [*telling, *worrying]))[: AT_MOST - 4]
    maps = _one_of_each_theme(_mapped(book, list(book.indicators.values())))[: AT_MOST - 1 - len(trends)]
    items = [Item("overview", ViewState()), *(_trend(one) for one in trends), *(_map(row.indicator_id) for row in maps)]
    return Agenda(tuple(items), words(lang)("briefing.council_title"))


def since_last_meeting(book: Book, lang: Lang) -> Agenda | None:
    """What changed since the edition before, and the summary; None while there is one edition only."""
    before = edition_before(book)
    if before is None:
        return None
    items = (Item("changes", ViewState(since=before.edition_id)), Item("overview", ViewState()))
    return Agenda(items, words(lang)("briefing.since_title"))


def theme(book: Book, theme_id: str, lang: Lang) -> Agenda:
    """The theme's page, its telling indicators, two maps."""
    rows = [row for row in book.indicators.values() if row.theme_id == theme_id]
    trends = [row for row in headline_indicators(book, theme_id, AT_MOST - 3) if row.indicator_id in book.latest_city]
    items = [Item("theme", ViewState(theme=theme_id)), *(_trend(row.indicator_id) for row in trends)]
    items += [_map(row.indicator_id) for row in _mapped(book, rows)[:2]]
    name = book.themes[theme_id].name(lang)
    return Agenda(tuple(items), words(lang)("briefing.theme_title", theme=name))


def locality(book: Book, code: str, lang: Lang) -> Agenda:
    """The locality's sheet, what moved over time, where it lies on the telling maps, its neighbours in size."""
    rows = {row.indicator_id: row for row in reads.territory_sheet(book.edition, code) if row.level == "locality"}
    known = [book.indicators[one] for one, row in rows.items() if row.value is not None]
    trends = [row for row in known if _periods(book, row) > 2 and row.measure != "count"]
    order = sorted(trends, key=lambda row: (not row.headline, -_distance(rows[row.indicator_id]), row.position))
    items = [Item("territory", ViewState(loc=(code,)))]
    items += [_trend(row.indicator_id, code) for row in order[:5]]
    items += [_map(row.indicator_id, code) for row in _mapped(book, known)[:3]]
    items.append(Item("compare", ViewState(loc=(code, *_similar(book, code)))))
    return Agenda(tuple(items), words(lang)("briefing.locality_title", place=book.names[code]))


def _by_weight(book: Book, theme_id: str) -> list[IndicatorRow]:
    """A theme's telling indicators: those held against a target first, then those told over several years."""
    rows = [row for row in headline_indicators(book, theme_id, AT_MOST) if row.indicator_id in book.latest_city]
    judged = ("met", "on_track", "at_risk", "lagging", "over_executed")

    def weight(row: IndicatorRow) -> tuple[bool, bool, bool]:
        return (not row.headline, _status(book, row) not in judged, _periods(book, row, "city") <= 2)

    return sorted(rows, key=weight)


def _trend(indicator_id: str, code: str | None = None) -> Item:
    return Item("indicator", ViewState(ind=(indicator_id,), loc=(code,) if code else ()))


def _map(indicator_id: str, code: str | None = None) -> Item:
    return Item("map", ViewState(ind=(indicator_id,), loc=(code,) if code else ()))


def _status(book: Book, row: IndicatorRow) -> str:
    found = book.against_target(row.indicator_id)
    return "" if found is None else found.status


def _mapped(book: Book, rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """Rates and shares by locality, headline ones and those told over time first."""
    places = [row for row in rows if "locality" in row.levels and row.measure != "count"]
    return sorted(places, key=lambda row: (not row.headline, -_periods(book, row), row.position))


def _one_of_each_theme(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    return list({row.theme_id: row for row in reversed(rows)}.values())[::-1]


def _periods(book: Book, row: IndicatorRow, level: Level = "locality") -> int:
    return _counted(book)[row.indicator_id, level]


@functools.lru_cache(maxsize=4)
def _counted(book: Book) -> dict[tuple[str, Level], int]:
    """Periods with a value, by indicator and level; read once per edition."""
    levels: tuple[Level, ...] = ("city", "locality")
    return {
        (one, level): sum(bool(row.with_value) for row in reads.periods(book.edition, one, level))
        for one in book.indicators
        for level in levels
    }


def _distance(row: LatestRow) -> float:
    """How far a locality lies from the city, as a share of the city's value."""
    if row.value is None or not row.city_value:
        return 0.0
    return abs(row.value - row.city_value) / abs(row.city_value)


def _similar(book: Book, code: str, at_most: int = 2) -> list[str]:
    """The localities nearest in population."""
    mine = book.territories[code].population or 0
    others = [one for one in book.localities() if one != code]
    return sorted(others, key=lambda one: abs((book.territories[one].population or 0) - mine))[:at_most]
