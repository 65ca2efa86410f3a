"""One indicator: what is chosen, its finding and number, and the twenty localities four ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from observatory import sentences
from observatory.charts.ranking import ranking
from observatory.charts.small_multiples import small_multiples
from observatory.charts.strip import strip
from observatory.editions import reads
from observatory.maps.classes import Classes, classes_for
from observatory.maps.legend import legend
from observatory.maps.svg_map import svg_map
from observatory.quantities import brief
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import TOTAL, Observation
from observatory.sentences.grammar import lowered
from observatory.sentences.opening import of_row
from observatory.series import between_breaks, last_with_value
from observatory.sheets.marks import passed_by, told
from observatory.sheets.table import observations_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.svg import by_room
from observatory.territory import CITY, Level
from observatory.wording.told import joined, opens

TABS = ("map", "line", "rank", "table")
LEVELS: tuple[Level, ...] = ("city", "locality")


@dataclass(frozen=True)
class Shown:
    """What the page shows: an indicator, a place, a disaggregation, and their rows."""

    indicator: IndicatorRow
    place: str
    dim: str
    rows: list[Observation]  # of the place, in time order
    all_rows: list[Observation]  # of every locality and the city, all periods

    @property
    def latest(self) -> Observation | None:
        """The newest row with a value, else the newest row."""
        valued = [row for row in self.rows if row.value is not None]
        return valued[-1] if valued else (self.rows[-1] if self.rows else None)


def chosen_indicator(view: View) -> str:
    """The link's indicator, else the first headline of the catalogue with a target."""
    book = view.book
    if view.state.indicator in book.indicators:
        return str(view.state.indicator)
    headline = [one for one, row in book.indicators.items() if row.headline and book.against_target(one)]
    return (headline or list(book.indicators))[0]


def shown_by(view: View) -> Shown:
    """What the link asks for; where it is silent, the first headline, its first place, the total."""
    indicator = view.book.indicators[chosen_indicator(view)]
    places, dims = places_of(view, indicator), dims_of(view, indicator)
    place = view.state.place if view.state.place in places else places[0]
    dim = view.state.dim if view.state.dim in dims else TOTAL
    return read(view, indicator, str(place), str(dim))


def dim_name(view: View, dim: str) -> str:
    """The words of a disaggregation."""
    category = view.book.categories.get(dim)
    return (
        view.words("control.total")
        if category is None
        else f"{category.dimension(view.lang)}: {category.name(view.lang)}"
    )


def places_of(view: View, indicator: IndicatorRow) -> list[str]:
    """Territories an indicator is told for: the city first."""
    places = ["00"] if "city" in indicator.levels else []
    return places + (view.book.localities() if "locality" in indicator.levels else [])


def dims_of(view: View, indicator: IndicatorRow) -> list[str]:
    """Disaggregations of an indicator: the total first."""
    return [TOTAL, *(one for one, row in view.book.categories.items() if row.dimension_id in indicator.dimensions)]


def read(view: View, indicator: IndicatorRow, place: str, dim: str = TOTAL) -> Shown:
    """The rows of a choice."""
    edition, one = view.book.edition, indicator.indicator_id
    levels = [level for level in LEVELS if level in indicator.levels]
    rows = [row for level in levels for row in reads.all_series(edition, one, level, dim)]
    return Shown(indicator, place, dim, [row for row in rows if row.territory_code == place], rows)


def targets_shown(view: View, shown: Shown) -> list[TargetRow]:
    """Targets that a figure is held against: those of the city's total in plans that are not closed."""
    if shown.place != "00" or shown.dim != TOTAL:
        return []
    book = view.book
    return [row for row in book.targets_of(shown.indicator.indicator_id) if not book.plans[row.plan_id].closed]


def finding(view: View, shown: Shown) -> str:
    """The title: what the newest figure says."""
    said = sentences.finding(
        shown.indicator,
        shown.rows,
        view.words,
        place_name=view.name(shown.place),
        targets=targets_shown(view, shown),
        breaks=view.book.breaks_of(shown.indicator.indicator_id),
    )
    if shown.place == CITY or last_with_value(shown.rows) is None:
        return said
    return view.words("sentence.of_place", place=view.name(shown.place), said=lowered(said))


def subtitle(view: View, shown: Shown) -> str:
    """What is measured, unit, place, and the disaggregation."""
    place_name = view.name(shown.place)
    said = sentences.subtitle(shown.indicator, view.words, place_name=place_name, season_of=shown.latest)
    return said if shown.dim == TOTAL else f"{said} · {dim_name(view, shown.dim)}"


def only_figure(view: View, shown: Shown) -> str:
    """That there is nothing to draw a line through: one figure, no target, no reference; else empty text."""
    w, valued = view.words, [row for row in shown.rows if row.value is not None]
    if len(valued) != 1 or targets_shown(view, shown):
        return ""
    row, said = valued[0], [w("indicator.one_figure", period=w.period(valued[0].period))]
    if row.lower is not None and row.upper is not None:
        lower, upper = (opens(brief(end, shown.indicator, w), of_row(row)) for end in (row.lower, row.upper))
        said.append(w("indicator.one_interval", lower=lower, upper=upper))
    return told(view, "p", joined(" ", said), "obs-empty-note")


def trend_rows(shown: Shown) -> list[Observation]:
    """Rows of the trend: the place, and the city behind it."""
    if shown.place == "00":
        return shown.rows
    return [row for row in shown.all_rows if row.territory_code in ("00", shown.place)]


def trend_caption(view: View, shown: Shown) -> str:
    """Caption of the trend's table twin."""
    return f"{shown.indicator.name(view.lang)} · {view.name(shown.place)}"


def locality_periods(shown: Shown) -> list[str]:
    """Periods with a value below the city, oldest first."""
    places = [row for row in shown.all_rows if row.territory_code != "00" and row.value is not None]
    return list(dict.fromkeys(row.period for row in sorted(places, key=lambda row: row.period_end)))


def chosen_period(view: View, periods: Sequence[str]) -> str:
    """The link's period, else the newest."""
    return str(view.state.t if view.state.t in periods else periods[-1])


def tabs_of(periods: Sequence[str]) -> tuple[str, ...]:
    """How the localities can be shown: not over time where there is one period."""
    return TABS if len(periods) > 1 else tuple(tab for tab in TABS if tab != "line")


def chosen_tab(view: View, periods: Sequence[str]) -> str:
    """How the localities are shown: the link's way, else the map."""
    return str(view.state.tab if view.state.tab in tabs_of(periods) else TABS[0])


def localities(view: View, shown: Shown, period: str, tab: str) -> str:
    """The localities of one period: a strip, and map, small multiples, ranking or table."""
    indicator, w, names = shown.indicator, view.words, view.book.names
    rows = [row for row in shown.all_rows if row.period == period]
    links = {code: view.link("territory", loc=(code,)) for code in view.book.localities()}
    chosen = None if shown.place == "00" else shown.place
    drawn = strip(indicator, rows, view.page_look, w, names=names, chosen=chosen, links=links, scale=view.scale)
    alt = told(view, "p", sentences.places_alt(indicator, rows, w, names=names, kind="strip"), "obs-note")
    pictures = {"map": _map, "line": _multiples, "rank": _ranking, "table": _table}
    strip_of_all = f"<figure>{drawn}<figcaption>{alt}</figcaption></figure>"
    return passed_by(view, strip_of_all + pictures[tab](view, shown, rows, links), "localities")


def map_classes(view: View, shown: Shown, rows: Sequence[Observation]) -> Classes:
    """Classes of the localities' map at the period of `rows`: the same for all periods comparable with it."""
    places = [row for row in shown.all_rows if row.territory_code != CITY]
    breaks = view.book.breaks_of(shown.indicator.indicator_id)
    return classes_for(shown.indicator, between_breaks(places, rows[0].period, breaks) if rows else places)


def _map(view: View, shown: Shown, rows: Sequence[Observation], links: dict[str, str]) -> str:
    indicator, w = shown.indicator, view.words
    classes = map_classes(view, shown, rows)
    picture = svg_map(
        indicator,
        rows,
        view.book.outlines["locality"],
        classes,
        view.page_look,
        w,
        names=view.book.names,
        chosen=None if shown.place == "00" else shown.place,
        links=links,
        scale=view.scale,
    )
    key = legend(indicator, classes, rows, view.page_look, w, scale=view.scale)
    return f'<div class="obs-map">{picture}{key}</div>'


def _multiples(view: View, shown: Shown, _rows: Sequence[Observation], links: dict[str, str]) -> str:
    order: Literal["geography", "value"] = "geography" if view.state.order == "place" else "value"
    return small_multiples(
        shown.indicator,
        shown.all_rows,
        view.page_look,
        view.words,
        names=view.book.names,
        order=order,
        own_scale=view.state.y == "own",
        chosen=() if shown.place == "00" else (shown.place,),
        links=links,
        scale=view.scale,
    )


def _ranking(view: View, shown: Shown, rows: Sequence[Observation], links: dict[str, str]) -> str:
    ranks = rank(shown.indicator, rows)
    city = next((row for row in rows if row.territory_code == "00"), None)
    return by_room(
        lambda width: ranking(
            shown.indicator,
            ranks,
            view.page_look,
            view.words,
            names=view.book.names,
            chosen=() if shown.place == "00" else (shown.place,),
            city=city,
            links=links,
            width=width,
            scale=view.scale,
        )
    )


def _table(view: View, shown: Shown, rows: Sequence[Observation], _links: dict[str, str]) -> str:
    return observations_table(view, shown.indicator, rows, shown.indicator.name(view.lang), by_place=True)
