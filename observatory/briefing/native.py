"""Charts as the office programs have them: values by category, so that they can be edited; the same rows as the SVG."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from observatory.briefing.parts import Area, Areas, Bars, Line, Lines, Points
from observatory.charts.axes import position
from observatory.look import Look
from observatory.maps.classes import Classes
from observatory.maps.geometry import Frame, Outline, around, fitted, split
from observatory.maps.legend import entries
from observatory.maps.symbols import is_count
from observatory.period import parse_period
from observatory.quantities import shown
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import Observation
from observatory.series import comparable_with_annual, milestones, name_of, sayings, with_value
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import CITY

INSET_SHARE = 0.24  # of the map's width


def displayed(value: float | None, indicator: IndicatorRow) -> float | None:
    """A value in the unit it is shown in, free of the noise of binary fractions."""
    return None if value is None else float(f"{shown(value, indicator):.12g}")


def number_form(indicator: IndicatorRow) -> str:
    """How a spreadsheet writes the values: thousands apart, the indicator's decimals, percent with their sign."""
    decimals = f".{'0' * indicator.decimals}" if indicator.decimals else ""
    sign = '"%"' if indicator.symbol("es").startswith("%") else ""
    return f"#,##0{decimals}{sign}"


def trend_lines(
    view: View, indicator: IndicatorRow, rows: Sequence[Observation], place: str, targets: Sequence[TargetRow]
) -> Lines:
    """A place, the city and the target paths over one row of categories; gaps stay empty."""
    known = with_value(rows)
    steps = milestones(targets, place) if all(comparable_with_annual(row, indicator) for row in known) else []
    codes = _filled({*(row.period for row in known), *(step.period or "" for step in steps)})
    lines = []
    for code, role in ((place, "place"), (CITY, "city")):
        found = {row.period: row.value for row in known if row.territory_code == code}
        if found and (role == "place" or place != CITY):
            values = [displayed(found.get(period), indicator) for period in codes]
            lines.append(Line(name_of(code, view.book.names, view.words), values, role))
    for target_id in dict.fromkeys(step.target_id for step in steps):
        mine = [step for step in steps if step.target_id == target_id]
        lines.append(_target_line(view, indicator, mine, codes))
    return Lines([view.words.period(code) for code in codes], lines, number_form(indicator))


def _target_line(view: View, indicator: IndicatorRow, steps: Sequence[TargetRow], codes: Sequence[str]) -> Line:
    found = {step.period: step.value for step in steps}
    role = "announced" if steps[0].role == "announced" else "target"
    word = view.words("role.announced" if role == "announced" else "role.target")
    return Line(word, [displayed(found.get(code), indicator) for code in codes], role)


def _filled(codes: Collection[str]) -> list[str]:
    """Periods in time order; the years in between where all are years, so that gaps are as wide as they are."""
    periods = sorted({parse_period(code) for code in codes}, key=lambda period: position(period.code))
    if periods and all(period.kind == "year" for period in periods):
        return [str(year) for year in range(periods[0].year, periods[-1].year + 1)]
    return [period.code for period in periods]


def ranked_bars(view: View, indicator: IndicatorRow, rows: Sequence[Observation], chosen: Collection[str]) -> Bars:
    """Places from the highest value down, the city among them unless places add up to it."""
    ranks = [row for row in rank(indicator, rows) if row.value is not None]
    bars = [(row.territory_code, row.value or 0.0) for row in ranks]
    city = next((row for row in rows if row.territory_code == CITY and row.value is not None), None)
    if city is not None and indicator.measure != "count":
        bars = sorted([*bars, (CITY, city.value or 0.0)], key=lambda pair: -pair[1])
    names = [name_of(code, view.book.names, view.words) for code, _ in bars]
    values = [displayed(value, indicator) for _, value in bars]
    marked = frozenset(index for index, (code, _) in enumerate(bars) if code in chosen)
    city_bar = frozenset(index for index, (code, _) in enumerate(bars) if code == CITY)
    return Bars(names, values, marked, city_bar, number_form(indicator))


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
        lines.append(Line(name_of(code, view.book.names, view.words), values, role))
    periods = [view.words.period(rows[0].period) for rows in (before, after)]
    return Lines(periods, lines, number_form(indicator))


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
        (number_form(across), number_form(upward)),
    )


def map_areas(
    view: View, indicator: IndicatorRow, rows: Sequence[Observation], level: str, classes: Classes, look: Look
) -> Areas | None:
    """The map as outlines with their fill; counts, which are never drawn as fill, have none."""
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
