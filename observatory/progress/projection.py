"""Where a series leads by the target's date, by two declared simple models, and how they would have done before.

| model | line | interval of a new value, 95 % |
|---|---|---|
| linear | ŷ(x) = ȳ + β · (x − x̄), least squares on the values | ŷ ± t(n − 2) · s · √(1 + 1/n + (x − x̄)² / Σ(x − x̄)²) |
| geometric | the same on the logarithms of the values, which are all above 0 | the ends raised back from logarithms |

s² = Σ(y − ŷ)² / (n − 2). Both take the years as independent and the recent pace as lasting: they describe, they do not
explain. Point and interval are kept within the natural bounds of the indicator.

Backtest: at every year from the fifth on, each model is fitted to the years known then and asked for the later ones
that are known now. Skill = 1 − mean absolute error / mean absolute error of "as it was in the last known year".
Coverage = the share of those years that fell within their interval.

The backtest supports a probability when it has at least 6 such forecasts, its skill is above 10 %, its coverage is at
least 80 %, and forecasts as far ahead as the target were among them. Otherwise no probability is given.

Source: ordinary least squares and its prediction interval (Draper & Smith, Applied Regression Analysis); evaluation on
a rolling origin (Tashman, International Journal of Forecasting 16, 2000). The criterion is this project's own.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from observatory.progress.comparability import Point, Refusal, in_order, refusal
from observatory.progress.fitting import Line, fit_line
from observatory.progress.path import Mark

Model = Literal["linear", "geometric"]
MODELS: tuple[Model, ...] = ("linear", "geometric")
POINTS = 5
CONFIDENCE = 0.95


class ProjectionReason(StrEnum):
    """Why a model or a probability is not given, beside `Refusal`. Words stand under `projection.reason.<code>`."""

    NOT_ABOVE_ZERO = "not_above_zero"
    NOT_AHEAD = "not_ahead"
    FEW_FORECASTS = "few_forecasts"
    NO_SKILL = "no_skill"
    LOW_COVERAGE = "low_coverage"
    TOO_FAR_AHEAD = "too_far_ahead"
    TARGET_OUT_OF_REACH_OF_MODEL = "target_out_of_reach_of_model"


@dataclass(frozen=True)
class Criterion:
    """What a backtest must show before a probability is given."""

    forecasts: int = 6
    skill_above: float = 0.10
    coverage: float = 0.80


CRITERION = Criterion()


class Bounds(NamedTuple):
    """Natural limits of an indicator; None, there is none."""

    low: float | None = None
    high: float | None = None

    def within(self, value: float) -> float:
        """The value, or the limit it passes."""
        floor = value if self.low is None else max(self.low, value)
        return floor if self.high is None else min(self.high, floor)


class Forecast(NamedTuple):
    """A model's value at a moment with its 95 % interval."""

    moment: float
    value: float
    lower: float
    upper: float


class Hindcast(NamedTuple):
    """What a model would have said of a year that is known now; `naive` is the last value known at the origin."""

    origin: float
    forecast: Forecast
    naive: float
    known: float


@dataclass(frozen=True)
class Backtest:
    """How a model would have done; skill is None when "as it was" made no error at all."""

    hindcasts: tuple[Hindcast, ...]
    skill: float | None
    coverage: float | None
    longest: float
    mean_error: float | None


@dataclass(frozen=True)
class Projection:
    """One model's path to the target's date with its backtest; empty with a reason where it cannot be fitted.

    `probability` of meeting the target is None, with `probability_reason`, unless the backtest supports it.
    """

    model: Model
    path: tuple[Forecast, ...]
    backtest: Backtest | None
    probability: float | None
    probability_reason: ProjectionReason | None
    reason: Refusal | ProjectionReason | None


def project(
    series: Iterable[Point],
    target: Mark,
    sign: Literal[1, -1],
    breaks: Iterable[dt.date] = (),
    bounds: Bounds = Bounds(),  # noqa: B008 - an immutable tuple
    criterion: Criterion = CRITERION,
) -> tuple[Projection, ...]:
    """Both models to the target's date, a forecast for each year ahead.

    Args:
        series: points that must stand in one line, at least five.
        target: promised value at its moment.
        sign: +1 when more is better, −1 when less is.
        breaks: first days from which the series is not comparable with what came before.
        bounds: natural limits, e.g. 0 and 1 of a share.
        criterion: what the backtest must show.
    """
    known = in_order(series)
    reason = refusal(known, breaks, POINTS)
    if reason is not None:
        return tuple(_without(model, reason) for model in MODELS)
    marks = [point.mark for point in known]
    return tuple(_projected(model, marks, target, sign, bounds, criterion) for model in MODELS)


def forecast(model: Model, marks: Sequence[Mark], moment: float, bounds: Bounds = Bounds()) -> Forecast:  # noqa: B008
    """One model's value and 95 % interval at a moment.

    Args:
        model: `geometric` needs values above zero.
        marks: at least three known values.
        moment: decimal year.
        bounds: natural limits.

    Example:
        >>> forecast("linear", [Mark(2021, 10), Mark(2022, 12), Mark(2023, 14)], 2025).value
        18.0
    """
    from scipy.special import stdtrit  # on first use: half a second that what projects nothing need not wait

    line = _line(model, marks)
    centre, half = line.at(moment), stdtrit(line.points - 2, (1 + CONFIDENCE) / 2) * _error(line, moment)
    values = [_back(model, value) for value in (centre, centre - half, centre + half)]
    return Forecast(moment, *(bounds.within(value) for value in values))


def backtest(model: Model, marks: Sequence[Mark], bounds: Bounds = Bounds()) -> Backtest:  # noqa: B008
    """How the model would have done from each origin with five or more known years on the later ones."""
    hindcasts = tuple(_hindcasts(model, marks, bounds))
    if not hindcasts:
        return Backtest((), None, None, 0.0, None)
    error = math.fsum(abs(one.forecast.value - one.known) for one in hindcasts) / len(hindcasts)
    naive = math.fsum(abs(one.naive - one.known) for one in hindcasts) / len(hindcasts)
    hits = sum(one.forecast.lower <= one.known <= one.forecast.upper for one in hindcasts)
    longest = max(one.forecast.moment - one.origin for one in hindcasts)
    return Backtest(hindcasts, None if naive == 0 else 1 - error / naive, hits / len(hindcasts), longest, error)


def support(result: Backtest, ahead: float, criterion: Criterion = CRITERION) -> ProjectionReason | None:
    """Why a backtest does not support a probability so many years ahead, or None when it does."""
    if len(result.hindcasts) < criterion.forecasts:
        return ProjectionReason.FEW_FORECASTS
    if result.skill is None or result.skill <= criterion.skill_above:
        return ProjectionReason.NO_SKILL
    if result.coverage is None or result.coverage < criterion.coverage:
        return ProjectionReason.LOW_COVERAGE
    return ProjectionReason.TOO_FAR_AHEAD if ahead > result.longest + 0.01 else None


def probability(model: Model, marks: Sequence[Mark], target: Mark, sign: Literal[1, -1]) -> float | None:
    """Probability, by the model, that the value is at the target or beyond it the good way at the target's moment.

    Formula:
        Student's t with n − 2 degrees of freedom at (ŷ − target) / error of a new value; on logarithms in the geometric
        model, which never reaches zero: None then.
    """
    if model == "geometric" and target.value <= 0:
        return None
    line = _line(model, marks)
    goal = math.log(target.value) if model == "geometric" else target.value
    margin, error = sign * (line.at(target.moment) - goal), _error(line, target.moment)
    if error == 0:
        return 1.0 if margin >= 0 else 0.0
    from scipy.special import stdtr  # on first use, as above

    return float(stdtr(line.points - 2, margin / error))


def _projected(
    model: Model, marks: Sequence[Mark], target: Mark, sign: Literal[1, -1], bounds: Bounds, criterion: Criterion
) -> Projection:
    now = marks[-1].moment
    if target.moment <= now:
        return _without(model, ProjectionReason.NOT_AHEAD)
    if model == "geometric" and any(mark.value <= 0 for mark in marks):
        return _without(model, ProjectionReason.NOT_ABOVE_ZERO)
    years = math.ceil(target.moment - now - 0.01)
    moments = [min(now + step, target.moment) for step in range(1, years + 1)]
    path = tuple(forecast(model, marks, moment, bounds) for moment in moments)
    tested = backtest(model, marks, bounds)
    reason = support(tested, target.moment - now, criterion)
    chance = None if reason is not None else probability(model, marks, target, sign)
    if reason is None and chance is None:
        reason = ProjectionReason.TARGET_OUT_OF_REACH_OF_MODEL
    return Projection(model, path, tested, chance, reason, None)


def _without(model: Model, reason: Refusal | ProjectionReason) -> Projection:
    return Projection(model, (), None, None, None, reason)


def _hindcasts(model: Model, marks: Sequence[Mark], bounds: Bounds) -> Iterator[Hindcast]:
    for size in range(POINTS, len(marks)):
        past = marks[:size]
        for later in marks[size:]:
            said = forecast(model, past, later.moment, bounds)
            yield Hindcast(past[-1].moment, said, past[-1].value, later.value)


def _line(model: Model, marks: Sequence[Mark]) -> Line:
    values = [math.log(mark.value) if model == "geometric" else mark.value for mark in marks]
    return fit_line([mark.moment for mark in marks], values)


def _error(line: Line, moment: float) -> float:
    """Standard error of a new value at a moment."""
    variance = line.residual / (line.points - 2)
    return math.sqrt(variance * (1 + 1 / line.weight + (moment - line.centre_x) ** 2 / line.spread))


def _back(model: Model, value: float) -> float:
    if model == "linear":
        return float(value)
    return math.exp(value) if value < 700 else math.inf
