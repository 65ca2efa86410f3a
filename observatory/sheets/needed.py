"""What the city's target would ask of its localities, or why that is not worked out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from observatory.period import Period, parse_period
from observatory.progress.comparability import against_target, newest_run, points
from observatory.progress.needed import Area, Goal, Need, Needed, needed
from observatory.progress.path import decimal_year
from observatory.quantities import number, round_number, suffix
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import TOTAL, Observation
from observatory.rows.progress import ProgressRow
from observatory.sentences.opening import of_progress, of_target, receipt
from observatory.sheets.indicator import Shown
from observatory.sheets.marks import anchor, prose, tag, told
from observatory.sheets.table import table
from observatory.sheets.view import View
from observatory.territory import CITY
from observatory.wording.told import Reference, joined, opens

LEVELS = ("path", "milestone", "linear", "geometric", "projected")
WITHOUT_BASE = ("no_baseline", "no_baseline_period")
FEW = 0.01  # of the people: localities without a figure that are left out and named, instead of asking nothing
HECTARE = 10_000.0  # square metres


@dataclass(frozen=True)
class Asked:
    """What the target asks: of which period's localities, by when; or `refusal` and the places it names.

    Without a refusal `places` are localities without a figure, left out; `elsewhere` is the share of people there.
    """

    needed: Needed | None
    period: str = ""
    refusal: str | None = None
    places: tuple[str, ...] = ()
    elsewhere: float = 0.0


def is_askable(indicator: IndicatorRow, progress: ProgressRow | None) -> bool:
    """Whether a target is a level of a rate still ahead of its newest value, so that localities could be asked."""
    if progress is None or progress.final_target is None or progress.final_period is None or not progress.period:
        return False
    is_told = progress.status != "not_assessed" or progress.reason in WITHOUT_BASE
    is_level = progress.method in LEVELS and indicator.direction in ("lower_is_better", "higher_is_better")
    is_ahead = parse_period(progress.final_period).end > parse_period(progress.period).end
    return is_told and is_level and is_ahead and indicator.measure == "rate" and indicator.per is not None


def asked(
    indicator: IndicatorRow, progress: ProgressRow, rows: Sequence[Observation], localities: Sequence[str]
) -> Asked:
    """What a target of the city asks of its localities; population is that of the newest period.

    Args:
        indicator: a rate of counted events, or a published rate with the population it was divided by.
        progress: the target, its final value and period.
        rows: totals of the city and its localities, all periods.
        localities: codes of all of them.
    """
    assert progress.final_period is not None and progress.final_target is not None and indicator.per is not None
    due = parse_period(progress.final_period)
    counted = [row for row in rows if _events(row, indicator.per) is not None]
    if not any(row.territory_code in localities for row in counted):
        return Asked(None, refusal="no_localities")
    run, _ = newest_run(points(row for row in counted if row.territory_code == CITY))
    if not run or against_target(run[-1], due) is not None:
        return Asked(None, refusal="season")
    periods = {(row.period_start, row.period_end): row.period for row in counted}
    first, last = (periods[point.start, point.end] for point in (run[0], run[-1]))
    now, then = _by_place(counted, last), _by_place(counted, first)
    missing = tuple(code for code in localities if code not in now)
    people = {row.territory_code: row.denominator for row in rows if row.period == last}
    elsewhere = sum(people.get(code) or math.inf for code in missing)
    if elsewhere > FEW * (now[CITY].denominator or 0.0):
        return Asked(None, last, "locality_without_value", missing)
    years = decimal_year(run[-1].end) - decimal_year(run[0].end)
    areas = [_area(code, now[code], then.get(code), years, indicator.per) for code in localities if code in now]
    unlocated = (_events(now[CITY], indicator.per) or 0.0) - sum(area.numerator for area in areas)
    sign: Literal[1, -1] = 1 if indicator.direction == "higher_is_better" else -1
    goal = Goal(progress.final_target, indicator.per, sign, decimal_year(due.end) - decimal_year(run[-1].end))
    found = needed(areas, goal, max(0.0, unlocated), elsewhere=elsewhere)
    return Asked(found, last, places=missing, elsewhere=elsewhere / (now[CITY].denominator or 1.0))


def _events(row: Observation, per: float) -> float | None:
    """What was counted, or what a published rate and its population come to."""
    if row.numerator is not None or row.value is None or not row.denominator:
        return row.numerator if row.denominator else None
    return row.value * row.denominator / per


def _by_place(rows: Sequence[Observation], period: str) -> dict[str, Observation]:
    return {row.territory_code: row for row in rows if row.period == period}


def _area(code: str, now: Observation, then: Observation | None, years: float, per: float) -> Area:
    events = _events(now, per)
    assert events is not None and now.denominator is not None
    before = then.value if then is not None and years > 0 else None
    return Area(code, events, now.denominator, now.denominator, before, years if before is not None else None)


def needed_section(view: View, shown: Shown) -> str:
    """What the leading target would ask of the localities; empty where there is none to be asked."""
    w, indicator = view.words, shown.indicator
    progress = view.book.against_target(indicator.indicator_id)
    is_city = (shown.place, shown.dim) == (CITY, TOTAL)
    if not is_city or progress is None or not is_askable(indicator, progress):
        return ""
    found = asked(indicator, progress, shown.all_rows, view.book.localities())
    title = f"<h2>{escape(w('needed.title'))}</h2>"
    if found.needed is None:
        return title + _refusal(view, indicator, found)
    lines = [_intro(view, indicator, progress, found), *_means(view, indicator, found.needed, of_progress(progress))]
    said = "".join(told(view, "p", line) for line in lines)
    notes = [w("needed.note"), *_limits(view, indicator, found)]
    return f"{title}{said}{_table(view, indicator, found)}{told(view, 'p', joined(' ', notes), 'obs-note')}"


def _is_area(indicator: IndicatorRow) -> bool:
    """Whether what is counted is square metres of ground, told in hectares, and not events of a year."""
    return indicator.unit_id == "m2_per_person"


def _amount(value: float, indicator: IndicatorRow, view: View) -> str:
    return view.words.number(value / HECTARE if _is_area(indicator) else value)


def _limits(view: View, indicator: IndicatorRow, found: Asked) -> list[str]:
    """What the sums rest on where rates came ready-made or a locality has none."""
    w = view.words
    lines = [w("needed.hectares.about", period=w.period(found.period))] if _is_area(indicator) else []
    if found.places:
        places = ", ".join(view.name(code) for code in found.places)
        shown = receipt(indicator.indicator_id, CITY, found.period)
        lines.append(w("needed.left_out", places=places, share=opens(w.percent(found.elsewhere, 1), shown)))
    return lines


def _refusal(view: View, indicator: IndicatorRow, found: Asked) -> str:
    """Why nothing is worked out; where another indicator tells the localities, which, and for which months."""
    w = view.words
    other = view.book.indicators.get(indicator.by_locality or "")
    latest = view.book.latest_city.get(other.indicator_id) if other is not None else None
    if found.refusal == "no_localities" and other is not None and latest is not None:
        period: Period = parse_period(latest.period)
        reason = w("needed.reason.season", name=other.name(view.lang), months=w.months(period))
        href = view.link("indicator", ind=(other.indicator_id,))
        link = anchor(href, w("indicator.by_locality", name=other.name(view.lang)), "obs-more")
        return tag("p", w("needed.refused", reason=reason), "obs-empty-note") + link
    if found.refusal == "season":
        own = parse_period(view.book.latest_city[indicator.indicator_id].period)
        reason = w("needed.reason.season", name=indicator.name(view.lang), months=w.months(own))
    else:
        places = ", ".join(view.name(code) for code in found.places)
        reason = w(f"needed.reason.{found.refusal}", places=places)
    return tag("p", w("needed.refused", reason=reason), "obs-empty-note")


def _intro(view: View, indicator: IndicatorRow, progress: ProgressRow, found: Asked) -> str:
    w = view.words
    assert found.needed is not None
    people = w.period(found.period)
    if found.needed.to_move == 0:
        return w("needed.met", period=people)
    key = "needed.intro_more" if indicator.direction == "higher_is_better" else "needed.intro"
    key = "needed.hectares.intro" if _is_area(indicator) else key
    target = opens(round_number(progress.final_target or 0.0, indicator, w) + suffix(indicator, w), of_target(progress))
    events = opens(_amount(found.needed.to_move, indicator, view), of_progress(progress))
    return w(
        key, target=target, year=w.period(progress.final_period or ""), events=events, period=people, people=people
    )


def _means(view: View, indicator: IndicatorRow, found: Needed, shown: Reference) -> list[str]:
    """The common factor, and the smallest set of localities that would do it."""
    w = view.words
    if found.to_move == 0:
        return []
    factor = found.common_factor
    way = "up" if factor is not None and factor > 1 else "down"
    lines = [] if factor is None else [w(f"needed.factor_{way}", change=opens(w.percent(abs(factor - 1), 0), shown))]
    if found.smallest_set is None:
        key = "needed.hectares.short" if _is_area(indicator) else "needed.short"
        return [*lines, w(key, events=opens(_amount(found.shortfall, indicator, view), shown))]
    places = ", ".join(view.name(step.code) for step in found.smallest_set)
    return [*lines, w.count("needed.set", len(found.smallest_set), places=places)]


def _table(view: View, indicator: IndicatorRow, asked_for: Asked) -> str:
    w, found = view.words, asked_for.needed
    assert found is not None
    moves: Mapping[str, float] = {step.code: step.events for step in found.smallest_set or ()}
    is_followed = any(area.observed_pace is not None for area in found.areas)
    names = ["locality", "now", "asked", "pace", *(["observed"] if is_followed else [])]
    head = [w(f"needed.{name}", period=w.period(asked_for.period)) for name in names]
    head.append(w("needed.hectares.moves" if _is_area(indicator) else "needed.moves"))
    ordered = sorted(found.areas, key=lambda area: (-moves.get(area.code, 0.0), -abs(area.change), area.code))
    rows = [
        _row(view, indicator, area, moves.get(area.code), asked_for.period, is_followed=is_followed) for area in ordered
    ]
    return table(w("needed.caption"), head, rows, numeric=frozenset(range(1, len(head))), css="obs-needed")


def _row(
    view: View, indicator: IndicatorRow, area: Need, moves: float | None, period: str, *, is_followed: bool
) -> list[str]:
    w = view.words
    paces = _paces(area) if is_followed else _paces(area)[:1]
    said = ["" if pace is None else w.signed(pace, indicator.decimals + 1) for pace in paces]
    link = anchor(view.link("territory", loc=(area.code,)), view.name(area.code))
    rates = [number(rate, indicator, w) for rate in (area.rate, area.needed_rate)]
    moved = "" if moves is None else _amount(moves, indicator, view)
    shown = receipt(indicator.indicator_id, area.code, period)
    return [link, *(prose(view, opens(text, shown)) for text in (*rates, *said, moved))]


def _paces(area: Need) -> tuple[float, float | None]:
    return area.needed_pace, area.observed_pace
