"""Charts as the office programs have them: values by category, so that they can be edited; the same rows as the SVG."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from observatory.briefing.native_trend import displayed, lines_of, number_form
from observatory.briefing.parts import Area, Areas, Bars, Line, Lines, Points
from observatory.charts.ranking import WIDEST_WHISKER
from observatory.look import Look
from observatory.maps.classes import Classes
from observatory.maps.geometry import Frame, Outline, around, fitted, split
from observatory.maps.legend import entries
from observatory.maps.symbols import is_count
from observatory.quantities import number
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.series import name_of, sayings, with_value
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import CITY

INSET_SHARE = 0.24  # of the map's width


def ranked_bars(view: View, indicator: IndicatorRow, rows: Sequence[Observation], chosen: Collection[str]) -> Bars:
    """Places from the highest value down, the city among them unless places add up to it."""
    by_code = {row.territory_code: row for row in rows}
    bars = [by_code[row.territory_code] for row in rank(indicator, rows) if row.value is not None]
    city = by_code.get(CITY)
    if city is not None and city.value is not None and indicator.measure != "count":
        bars = sorted([*bars, city], key=lambda row: -(row.value or 0.0))
    values = [row.value for row in bars if row.value is not None]
    farthest = WIDEST_WHISKER * max(values, default=0.0)
    ends = [row.upper for row in bars if row.upper is not None and row.upper <= farthest]
    longest = max([displayed(one, indicator) or 0.0 for one in [*values, *ends]], default=0.0)
    return Bars(
        indicator.label(view.lang),
        [name_of(row.territory_code, view.book.names, view.words) for row in bars],
        [displayed(row.value, indicator) for row in bars],
        [displayed(row.lower, indicator) for row in bars],
        [displayed(row.upper, indicator) for row in bars],
        frozenset(index for index, row in enumerate(bars) if row.territory_code in chosen),
        frozenset(index for index, row in enumerate(bars) if row.territory_code == CITY),
        number_form(indicator, view.lang),
        longest,
        [number(row.value, indicator, view.words) for row in bars if row.value is not None],
    )


def change_lines(
    view: View,
    indicator: IndicatorRow,
    before: Sequence[Observation],
    after: Sequence[Observation],
    chosen: Sequence[str],
) -> Lines:
    """One line per place over two periods."""
    first, second = ({row.territory_code: row.value for row in with_value(rows)} for rows in (before, after))
    lines = []
    for code in (code for code in first if code in second):
        role = "place" if code in chosen else "city" if code == CITY else "other"
        values = [displayed(first[code], indicator), displayed(second[code], indicator)]
        lines.append(Line(name_of(code, view.book.names, view.words), values, role, is_labelled=role != "other"))
    return lines_of(view, indicator, [view.words.period(rows[0].period) for rows in (before, after)], lines)


def paired_points(
    view: View,
    indicators: tuple[IndicatorRow, IndicatorRow],
    pairs: Sequence[tuple[Observation, Observation]],
    chosen: Collection[str],
) -> Points:
    """Two indicators over the localities."""
    across, upward = indicators
    names = [name_of(one.territory_code, view.book.names, view.words) for one, _ in pairs]
    return Points(
        names,
        [displayed(one.value, across) or 0.0 for one, _ in pairs],
        [displayed(other.value, upward) or 0.0 for _, other in pairs],
        across.label(view.lang),
        upward.label(view.lang),
        frozenset(index for index, (one, _) in enumerate(pairs) if one.territory_code in chosen),
        (number_form(across, view.lang), number_form(upward, view.lang)),
    )


def map_areas(
    view: View,
    indicator: IndicatorRow,
    rows: Sequence[Observation],
    level: str,
    classes: Classes,
    chosen: Collection[str],
    look: Look,
) -> Areas | None:
    """The map as outlines with their fill, the chosen ones last; counts, which are never drawn as fill, have none."""
    if is_count(indicator):
        return None
    places = [row for row in rows if row.territory_code != CITY]
    by_code = {row.territory_code: row for row in places}
    main, apart = split(view.book.outlines[level])
    frame = fitted(around(main.values()), 1.0, 4.0)
    areas = [_area(view, indicator, code, area, frame, by_code, classes, look) for code, area in main.items()]
    if apart:
        inset = fitted(around(apart.values()), INSET_SHARE, INSET_SHARE * 1.6)
        inset = inset._replace(left=frame.width - inset.width, top=frame.height - inset.height)
        areas += [_area(view, indicator, code, area, inset, by_code, classes, look) for code, area in apart.items()]
    named = {name_of(code, view.book.names, view.words) for code in chosen}
    areas = [one._replace(is_chosen=one.name in named) for one in areas]
    areas.sort(key=lambda one: one.is_chosen)
    legend = entries(indicator, classes, places, look, view.words)
    return Areas(frame.height / frame.width, areas, [(one.colour, f"{one.text} ({one.places})") for one in legend])


def _area(
    view: View,
    indicator: IndicatorRow,
    code: str,
    area: Outline,
    frame: Frame,
    rows: dict[str, Observation],
    classes: Classes,
    look: Look,
) -> Area:
    row = rows.get(code)
    colours = classes.colours(look, indicator.direction)
    fill = "" if row is None or row.value is None else colours[classes.index(row.value)]
    said = view.words("chart.without_data") if row is None else sayings(row, indicator, view.words)
    rings = [[frame.at(point) for point in ring] for ring in area.rings]
    name = name_of(code, view.book.names, view.words)
    return Area(name, rings, fill, f"{name}: {said}")
