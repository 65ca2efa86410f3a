"""The finding of a chart as its title, what it measures as its subtitle, where it comes from as its last line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from observatory.period import parse_period
from observatory.quantities import number, round_brief
from observatory.rows.catalogue import BreakRow, IndicatorRow, SourceRow, TargetRow
from observatory.rows.observation import Observation
from observatory.sentences.grammar import capital, figure, rounded_off, says_unit, subject, when
from observatory.sentences.opening import of_row, promised
from observatory.series import comparable_with_annual, last_with_value, milestones
from observatory.statistics.margins import is_within_margin
from observatory.wording import Words
from observatory.wording.told import opens


def finding(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    words: Words,
    *,
    place_name: str,
    targets: Sequence[TargetRow] = (),
    breaks: Sequence[BreakRow] = (),
) -> str:
    """What the newest value says, against the one before and the target: the title of a chart.

    Args:
        indicator: what is measured.
        observations: rows of one place, in time order.
        words: the reader's language.
        place_name: said only when there is nothing to say about the value.
        targets: milestones of the indicator; those set for this very place count.
        breaks: series breaks: no change is computed across one.
    """
    last = last_with_value(observations)
    if last is None or last.value is None:
        return _nothing(indicator, observations, words, place_name)
    before = comparable_before(last, observations)
    crosses = before is not None and is_broken(before, last, breaks)
    is_within = before is not None and not crosses and _is_within(indicator, before, last)
    verb = "is" if before is None or crosses or is_within else _verb(before, last, indicator, words)
    value = opens(figure(last.value, indicator, words), of_row(last))
    name, form = _subject_of(verb, indicator, words)
    text = words(
        f"sentence.change.{form}.{verb}", subject=capital(name), value=value, when=_when(last, indicator, words)
    )
    text = text.rstrip()
    if crosses:
        text += words("sentence.break")
    elif before is not None:
        text += _since(before, last, indicator, words)
    return text + _target_clause(indicator, last, targets, words)


def _subject_of(verb: str, indicator: IndicatorRow, words: Words) -> tuple[str, str]:
    """The indicator's name as the subject of a verb, and the form it asks of it."""
    name, form = subject(indicator.name(words.lang), words)
    if verb == "is" and form == "plural" and indicator.measure != "count":
        return indicator.name(words.lang), "plain"
    return (rounded_off(name) if form == "plain" and verb != "is" and words.lang == "en" else name), form


def _nothing(indicator: IndicatorRow, observations: Sequence[Observation], words: Words, place_name: str) -> str:
    name = indicator.name(words.lang)
    reason = observations[-1].absence if observations else None
    if reason is None:
        return words("sentence.nothing", subject=name, place=place_name)
    return words("sentence.nothing_why", subject=name, place=place_name, reason=words(f"absence.{reason}"))


def comparable_before(last: Observation, observations: Sequence[Observation]) -> Observation | None:
    """The newest earlier value of the same season: a month is held against that month of an earlier year."""
    earlier = (row for row in reversed(observations) if row.value is not None and row.period_end < last.period_end)
    return next((row for row in earlier if row.season == last.season), None)


def is_broken(before: Observation, last: Observation, breaks: Iterable[BreakRow]) -> bool:
    """Whether the series is declared broken between two of its rows."""
    return any(before.period_start < parse_period(row.period).start <= last.period_start for row in breaks)


def _verb(before: Observation, last: Observation, indicator: IndicatorRow, words: Words) -> str:
    earlier, now = before.value or 0.0, last.value or 0.0
    if number(earlier, indicator, words) == number(now, indicator, words):
        return "stayed"
    return "rose" if now > earlier else "fell"


def _since(before: Observation, last: Observation, indicator: IndicatorRow, words: Words) -> str:
    """What it is compared with, always with its year; and whether the difference means anything."""
    value = opens(figure(before.value or 0.0, indicator, words), of_row(before))
    said = {"value": value, "when": _when(before, indicator, words)}
    if _is_within(indicator, before, last):
        return words("sentence.margin", **said)
    stayed = _verb(before, last, indicator, words) == "stayed"
    return words("sentence.since_same" if stayed else "sentence.since", **said)


def _is_within(indicator: IndicatorRow, before: Observation, last: Observation) -> bool:
    """Whether chance alone may tell two values apart: then nothing is said to have risen or fallen."""
    return before.value != last.value and is_within_margin(indicator, before, last)


def _when(row: Observation, indicator: IndicatorRow, words: Words) -> str:
    return when(row.period, words, indicator.name(words.lang))


def reaches(value: float, target: float, direction: str) -> bool:
    """Whether a value is as good as its target; False where neither way is better."""
    return value <= target if direction == "lower_is_better" else direction == "higher_is_better" and value >= target


def _target_clause(indicator: IndicatorRow, last: Observation, targets: Sequence[TargetRow], words: Words) -> str:
    steps = milestones(targets, last.territory_code)
    if not steps or last.value is None or not comparable_with_annual(last, indicator):
        return ""
    year = parse_period(last.period).year
    ordered = sorted(steps, key=lambda step: (step.role == "announced", _distance(step, year)))
    step = ordered[0]
    gap = parse_period(step.period or "").year - year
    tense = "next" if gap > 0 else "past" if gap < 0 else "missed"
    if gap == 0 and reaches(last.value, step.value or 0.0, indicator.direction):
        tense = "met"
    value = opens(round_brief(step.value or 0.0, indicator, words), promised(step))
    return words(f"sentence.{step.role}.{tense}", value=value, period=words.period(step.period or ""))


def _distance(step: TargetRow, year: int) -> tuple[int, int]:
    """Due this year first, then the next to come, then the latest that is past."""
    gap = parse_period(step.period or "").year - year
    return (0 if gap == 0 else 1 if gap > 0 else 2, abs(gap))


def subtitle(indicator: IndicatorRow, words: Words, *, place_name: str, season_of: Observation | None = None) -> str:
    """What is measured, in which unit and where; the months it covers when `season_of` is a part of the year."""
    name, unit = indicator.name(words.lang), indicator.unit(words.lang)
    key = "sentence.subtitle_no_unit" if says_unit(name, unit) else "sentence.subtitle"
    text = words(key, name=name, unit=unit, place=place_name)
    period = parse_period(season_of.period) if season_of is not None else None
    if period is None or not period.is_year_to_date:
        return text
    months = f"{words(f'month.long.{period.start.month}')}–{words(f'month.long.{period.end.month}')}"
    return f"{text} · {words('sentence.season', months=months)}"


def source_line(source: SourceRow, words: Words, *, edition_id: str) -> str:
    """Who published it, up to when, under which terms, in which edition."""
    return words(
        "sentence.source",
        publisher=source.publisher,
        dataset=source.dataset(words.lang),
        cutoff=words.date(source.cutoff),
        licence=source.licence(words.lang),
        edition=edition_id,
    )
