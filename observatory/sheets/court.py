"""The court of a status: what each method says of one target, with its numbers, and how firm the verdict is."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from html import escape

from observatory.editions import reads
from observatory.editions.opening import Edition
from observatory.editions.reads import by_indicator
from observatory.period import parse_period
from observatory.progress.cuts import PROJECTED_CUTS, TARGET_CUTS
from observatory.progress.path import decimal_year
from observatory.quantities import brief, number, suffix
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.progress import MethodRow, ProgressRow, ProjectionModelRow, ProjectionRow, ReadingRow, TrialRow
from observatory.sentences.opening import of_progress, receipt
from observatory.sheets.arrival import is_declared, year_of
from observatory.sheets.arrival import said as arrival_said
from observatory.sheets.marks import status_mark, tag
from observatory.sheets.table import table
from observatory.sheets.view import View
from observatory.territory import CITY
from observatory.wording.told import Reference, opens

MARKS = {
    "met": "met",
    "on_track": "on_track",
    "faster_needed": "at_risk",
    "limited": "lagging",
    "stagnant": "lagging",
    "deteriorating": "lagging",
}


@dataclass(frozen=True)
class Court:
    """All that was read of one indicator; by target where it has any."""

    readings: dict[tuple[str, str | None], ReadingRow]  # by territory and target
    methods: list[MethodRow]
    trials: list[TrialRow]
    models: list[ProjectionModelRow]
    projections: list[ProjectionRow]


def read_court(view: View, indicator_id: str) -> Court:
    """What the edition keeps of an indicator's methods."""
    return _courts(view.book.edition).get(indicator_id) or Court({}, [], [], [], [])


@functools.lru_cache(maxsize=8)
def _courts(edition: Edition) -> dict[str, Court]:
    """Of every indicator that was read, at once and kept: there are few rows, and an edition does not change."""
    readings = by_indicator(reads.readings(edition))
    methods, trials = by_indicator(reads.method_readings(edition)), by_indicator(reads.trials(edition))
    models, projections = by_indicator(reads.projection_models(edition)), by_indicator(reads.projections(edition))
    return {
        one: Court(
            {(row.territory_code, row.target_id): row for row in rows},
            methods.get(one, []),
            trials.get(one, []),
            models.get(one, []),
            projections.get(one, []),
        )
        for one, rows in readings.items()
    }


def best_model(court: Court, target_id: str, code: str = CITY) -> ProjectionModelRow | None:
    """The model that erred least on the known years; the linear one where none could be tested."""
    of_target = [row for row in court.models if (row.territory_code, row.target_id) == (code, target_id)]
    fitted = [row for row in of_target if row.reason is None]
    return min(fitted, key=lambda row: math.inf if row.mean_error is None else row.mean_error, default=None)


def drawn_projections(view: View, indicator_id: str) -> list[ProjectionRow]:
    """Projections of the leading target that the trend draws: the model that erred least comes first."""
    progress = view.book.against_target(indicator_id)
    if progress is None or progress.target_id is None:
        return []
    court = read_court(view, indicator_id)
    best = best_model(court, progress.target_id)
    rows = [row for row in court.projections if row.target_id == progress.target_id and row.territory_code == CITY]
    return sorted(rows, key=lambda row: (best is None or row.model != best.model, row.model, row.moment))


def projections_said(view: View, indicator: IndicatorRow) -> list[str]:
    """What the drawn projections say, in sentences; empty where none is drawn."""
    drawn = drawn_projections(view, indicator.indicator_id)
    if not drawn:
        return []
    court = read_court(view, indicator.indicator_id)
    row = court.readings.get((CITY, drawn[0].target_id))
    return [] if row is None else _projection(view, indicator, court, row)


def verdict_sentences(view: View, indicator: IndicatorRow, court: Court, progress: ProgressRow) -> list[str]:
    """Of a target in a territory: the pace it takes, whether it arrives, whether methods agree; empty if not read."""
    w, row = view.words, court.readings.get((progress.territory_code, progress.target_id))
    if row is None:
        return []
    if row.refusal is not None:
        return [w("court.refused", reason=w(f"pace.refusal.{row.refusal}"))]
    if _is_due(row):
        return [w("court.due"), *([] if row.arrival is None else [arrival_said(view, row, progress)])]
    needed = [] if row.needed is None else [_needed(view, indicator, row, progress)]
    fragile = [w("robustness.about.fragile")] if _changes(court, row) else []
    return [*needed, arrival_said(view, row, progress), _agreement(view, row), *fragile]


def court_of_methods(view: View, indicator: IndicatorRow, court: Court, progress: ProgressRow) -> str:
    """What each method says of a target in a territory, with its numbers; empty where none could be read."""
    row = court.readings.get((progress.territory_code, progress.target_id))
    if row is None or row.refusal is not None or _is_due(row):
        return ""
    w = view.words
    said = [one for one in court.methods if (one.territory_code, one.target_id) == (row.territory_code, row.target_id)]
    cells = [[_name(view, one, row), _told(view, indicator, one, row, progress)] for one in said]
    methods = table(w("court.title"), [w("court.method"), w("court.says")], cells, css="obs-court")
    cuts = w("court.cuts", **{key: w.number(cut, 2) for key, cut in _cuts().items()})
    lines = [_base(view, indicator, row, progress), cuts]
    notes = "".join(tag("p", line, "obs-note") for line in lines)
    return f"{methods}{notes}<ul>{''.join(tag('li', line) for line in _findings(view, indicator, court, row))}</ul>"


def _cuts() -> dict[str, float]:
    return {"high": TARGET_CUTS.high, "middle": TARGET_CUTS.middle, "low": PROJECTED_CUTS.middle}


def _is_due(row: ReadingRow) -> bool:
    assert row.period is not None and row.target_period is not None
    return parse_period(row.period).end >= parse_period(row.target_period).end


def method_name(view: View, method: str) -> str:
    """A method's name, as it begins a row."""
    name = view.words(f"pace.method.{method}")
    return name[:1].upper() + name[1:]


def _name(view: View, said: MethodRow, row: ReadingRow) -> str:
    name = escape(method_name(view, said.method))
    return f"{name}<small>{escape(view.words('court.decides'))}</small>" if said.method == row.decides else name


def _told(view: View, indicator: IndicatorRow, said: MethodRow, row: ReadingRow, progress: ProgressRow) -> str:
    w = view.words
    if said.method == "path":
        ratio = None if said.ratio is None else w.percent(said.ratio, 0)
        text = w("court.path_level") if ratio is None else w("court.path", ratio=ratio)
        return f"{status_mark(view, progress.status)}<small>{escape(text)}</small>"
    if said.verdict is None:
        return tag("small", w(f"pace.reason.{said.reason}"))
    is_still = said.observed == 0 and said.verdict != "met"
    word = w("court.still") if is_still else w(f"pace.verdict.{said.verdict}")
    mark = status_mark(view, MARKS[said.verdict], word)
    if said.ratio is None or said.observed is None:
        return mark
    return f"{mark}<small>{escape(w(f'court.{said.method}', **_numbers(view, indicator, said, row)))}</small>"


def _numbers(view: View, indicator: IndicatorRow, said: MethodRow, row: ReadingRow) -> dict[str, str]:
    """The numbers that fill a method's formula."""
    w = view.words
    assert row.base_value is not None and row.value is not None and row.target is not None
    assert row.base_period and row.period and row.target_period and said.observed is not None
    start, now, end = (decimal_year(parse_period(one).end) for one in (row.base_period, row.period, row.target_period))
    base, value, target = (number(one, indicator, w, extra=1) for one in (row.base_value, row.value, row.target))
    found = {"base": base, "now": value, "target": target, "ratio": w.number(said.ratio or 0.0, 2)}
    found |= {"elapsed": w.number(now - start, 1), "span": w.number(end - start, 1)}
    if said.method == "linear":
        paces = {"observed": said.observed, "required": said.required or 0.0}
        return found | {name: words_of_pace(view, indicator, pace) for name, pace in paces.items()}
    reached = row.base_value * (1 + said.observed) ** (end - start)
    percents = {"observed": w.percent(said.observed), "required": w.percent(said.required or 0.0)}
    return found | percents | {"reached": number(reached, indicator, w, extra=1), "year": w.period(row.target_period)}


def words_of_pace(view: View, indicator: IndicatorRow, pace: float) -> str:
    """A difference with its sign and unit: −3,4 por 100.000 hab.; of percentages, in points."""
    return _in_unit(view, indicator, view.words.signed(pace * indicator.factor, indicator.decimals + 1))


def _in_unit(view: View, indicator: IndicatorRow, said: str) -> str:
    if indicator.symbol(view.lang).startswith("%"):
        return view.words("court.points", value=said)
    return said + suffix(indicator, view.words)


def _base(view: View, indicator: IndicatorRow, row: ReadingRow, progress: ProgressRow) -> str:
    w = view.words
    return w(
        "court.base",
        value=brief(row.base_value or 0.0, indicator, w),
        period=w.period(row.base_period or ""),
        origin=w("court.declared_base" if is_declared(progress) else "court.first_point"),
        now=brief(row.value or 0.0, indicator, w),
        last=w.period(row.period or ""),
        target=brief(row.target or 0.0, indicator, w),
        due=w.period(row.target_period or ""),
    )


def _findings(view: View, indicator: IndicatorRow, court: Court, row: ReadingRow) -> list[str]:
    """What lies behind the sentences of the verdict: what was tried, which figures were left out, projections."""
    cut = [] if row.cut_by is None else [view.words("court.cut_by", reason=view.words(f"pace.refusal.{row.cut_by}"))]
    return [*_firmness(view, court, row), *cut, *_projection(view, indicator, court, row)]


def _agreement(view: View, row: ReadingRow) -> str:
    return view.words("court.undecided" if row.agreement is None else f"pace.agreement.{row.agreement}")


def _needed(view: View, indicator: IndicatorRow, row: ReadingRow, progress: ProgressRow) -> str:
    """How much it has to rise or fall a year from the newest value on; had to, where the target's time is over."""
    pace = row.needed or 0.0
    said = _in_unit(view, indicator, view.words.number(abs(pace) * indicator.factor, indicator.decimals + 1))
    is_over = row.target_period is not None and parse_period(row.target_period).end < view.book.edition.built_on
    key = f"pace.{'was_needed' if is_over else 'needed'}_{'up' if pace > 0 else 'down'}"
    return view.words(key, pace=opens(said, of_progress(progress)))


def _changes(court: Court, row: ReadingRow) -> list[TrialRow]:
    """Trials that would change the status."""
    return [one for one in court.trials if (one.territory_code, one.target_id) == (row.territory_code, row.target_id)]


def _firmness(view: View, court: Court, row: ReadingRow) -> list[str]:
    """Solid or fragile, and what would change the status."""
    w, changes = view.words, _changes(court, row)
    if not row.trials:
        return [w("court.untried")]
    state = "fragile" if changes else "solid"
    name = w(f"robustness.state.{state}")
    tried = w.count("court.trials", row.trials)
    found = [f"{name[:1].upper()}{name[1:]}. {w(f'robustness.about.{state}')} {tried}"]
    verdict = "status" if row.decides in ("path", "trend") else "pace.verdict"
    return found + [
        w(f"robustness.trial.{one.trial}", period=w.period(one.period), status=w(f"{verdict}.{one.status}"))
        for one in changes
    ]


def _projection(view: View, indicator: IndicatorRow, court: Court, row: ReadingRow) -> list[str]:
    """Where the models lead, how they would have done, and the probability where it is given."""
    w = view.words
    best = best_model(court, row.target_id or "", row.territory_code)
    if best is None:
        of_target = [one for one in court.models if one.target_id == row.target_id]
        reasons = {one.reason for one in of_target if one.reason}
        prefix = "pace.refusal" if of_target and w.has(f"pace.refusal.{of_target[0].reason}") else "projection.reason"
        return [w("court.no_projection", reason=w(f"{prefix}.{sorted(reasons)[0]}"))] if reasons else []
    lines = [_led(view, indicator, court, row, one) for one in court.models if one.target_id == row.target_id]
    shown = receipt(indicator.indicator_id, row.territory_code, row.period or "")
    tested = [_backtest(view, best, shown), _probability(view, best, shown)]
    return [*(line for line in lines if line), *tested, w("projection.about")]


def _led(view: View, indicator: IndicatorRow, court: Court, row: ReadingRow, model: ProjectionModelRow) -> str:
    w = view.words
    steps = [one for one in court.projections if (one.target_id, one.model) == (row.target_id, model.model)]
    if not steps:
        return w(f"projection.reason.{model.reason}") if w.has(f"projection.reason.{model.reason}") else ""
    last = steps[-1]
    value, lower, upper = (brief(one, indicator, w) for one in (last.value, last.lower, last.upper))
    year = year_of(last.moment)
    ends = {"value": value, "lower": lower, "upper": upper}
    shown = receipt(indicator.indicator_id, row.territory_code, row.period or "")
    told = {name: opens(text, shown) for name, text in ends.items()}
    return w("court.projection", year=year, model=w(f"projection.model.{model.model}"), **told)


def _backtest(view: View, model: ProjectionModelRow, shown: Reference) -> str:
    w = view.words
    if model.skill is None or model.coverage is None:
        return w("court.backtest_none")
    key = "court.backtest_better" if model.skill > 0 else "court.backtest_worse"
    coverage, change = (opens(w.percent(share, 0), shown) for share in (model.coverage, abs(model.skill)))
    return w(key, n=model.forecasts, coverage=coverage, change=change)


def _probability(view: View, model: ProjectionModelRow, shown: Reference) -> str:
    w = view.words
    if model.probability is None:
        return w(f"projection.reason.{model.probability_reason}")
    return w("projection.probability", probability=opens(w.percent(model.probability, 0), shown))
