"""The overview in sentences: what goes best, what worries most, what is overdue, how many stand where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from observatory.period import parse_period
from observatory.quantities import number, round_brief, suffix
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.progress import ProgressRow
from observatory.sentences.finding import reaches
from observatory.sentences.grammar import NAMES_IN_A_LIST, figure, listed, lowered, subject, when
from observatory.sentences.opening import of_progress, of_target, promised
from observatory.series import milestones
from observatory.territory import CITY
from observatory.wording import Words
from observatory.wording.told import Reference, joined, opens

LIST = "list"  # part of a page: its indicators by status, each status a part of it
STATUS_ORDER = (
    "met",
    "on_track",
    "at_risk",
    "lagging",
    "over_executed",
    "improving",
    "worsening",
    "unchanged",
    "changed",
    "not_assessed",
    "no_target",
    "no_recent",
)


def _leading(progress: Iterable[ProgressRow]) -> dict[str, ProgressRow]:
    """The city's row that stands for each indicator against a target, where there is a value."""
    rows = [row for row in progress if row.territory_code == CITY and row.method != "change" and row.value is not None]
    return {row.indicator_id: row for row in rows if row.leads}


def margin(row: ProgressRow, direction: str) -> float:
    """How far a value lies on the good side of where it should be by now, as a share of that; negative: short of it."""
    expected = row.expected if row.expected is not None else row.target
    if expected is None or row.value is None:
        return 0.0
    ahead = expected - row.value if direction == "lower_is_better" else row.value - expected
    return ahead / abs(expected) if expected else ahead


def _said(row: ProgressRow, indicator: IndicatorRow, words: Words) -> dict[str, str]:
    return {
        "subject": lowered(subject(indicator.name(words.lang), words)[0]).rstrip(","),
        "value": opens(_with_unit(row.value or 0.0, indicator, words), of_progress(row)),
        "when": when(row.period, words),
        "target": opens(round_brief(row.target or 0.0, indicator, words), of_target(row)),
    }


def _with_unit(value: float, indicator: IndicatorRow, words: Words) -> str:
    """A value that stands alone in a sentence: 14,8 por 100.000 hab.; the name of a count says what it counts."""
    says_unit = indicator.measure == "count" or indicator.symbol(words.lang).startswith("%")
    return figure(value, indicator, words) + ("" if says_unit else suffix(indicator, words))


def _role(row: ProgressRow, targets: Iterable[TargetRow]) -> str:
    """Whether a row is held against a target or an announced one."""
    is_announced = any(step.target_id == row.target_id and step.role == "announced" for step in targets)
    return "announced" if is_announced else "target"


def best(
    progress: Sequence[ProgressRow],
    indicators: Mapping[str, IndicatorRow],
    words: Words,
    *,
    targets: Sequence[TargetRow] = (),
) -> str:
    """The city's indicator that stands best: headline ones first, met before on track, then by how far it is ahead.

    What was at its target from the start and is no better since is not among them: nothing went well there.
    `targets` tell which are announced only; without them all are called targets.
    """
    on_track = [row for row in _leading(progress).values() if row.status in ("met", "on_track")]
    good = [row for row in on_track if not _only_kept(row, indicators[row.indicator_id], words)]
    if not good:
        return words("sentence.best.kept" if on_track else "sentence.best.none")
    row = max(
        good, key=lambda row: (indicators[row.indicator_id].headline, row.status == "met", _ahead(row, indicators))
    )
    said = _said(row, indicators[row.indicator_id], words)
    key = f"sentence.best.{_role(row, targets)}"
    if row.status == "met" or row.share is None:
        return words(f"{key}.{row.status if row.status == 'met' else 'reached'}", **said)
    return words(f"{key}.on_track", share=opens(words.percent(row.share, 0), of_progress(row)), **said)


def _only_kept(row: ProgressRow, indicator: IndicatorRow, words: Words) -> bool:
    """Whether the baseline reached the target already, and the value is no better than the baseline as published."""
    asked = row.target if row.target is not None else row.final_target
    if row.baseline is None or row.value is None or asked is None:
        return False
    if not reaches(row.baseline, asked, indicator.direction):
        return False
    same = number(row.value, indicator, words) == number(row.baseline, indicator, words)
    return same or not reaches(row.value, row.baseline, indicator.direction)


def _ahead(row: ProgressRow, indicators: Mapping[str, IndicatorRow]) -> float:
    return margin(row, indicators[row.indicator_id].direction)


def worst(
    progress: Sequence[ProgressRow],
    indicators: Mapping[str, IndicatorRow],
    words: Words,
    *,
    targets: Sequence[TargetRow] = (),
) -> str:
    """The city's indicator furthest behind: headline ones first, lagging before at risk, then by how far it is short.

    `targets` tell which are announced only; without them all are called targets.
    """
    behind = [row for row in _leading(progress).values() if row.status in ("lagging", "at_risk")]
    if not behind:
        return words("sentence.worst.none")
    first = {row.indicator_id: not indicators[row.indicator_id].headline for row in behind}
    row = min(behind, key=lambda row: (first[row.indicator_id], row.status == "at_risk", _ahead(row, indicators)))
    indicator = indicators[row.indicator_id]
    said, role = _said(row, indicator, words), _role(row, targets)
    if _is_due(row) or row.expected is None or row.target_period is None:
        return words(f"sentence.worst.{role}.missed", **said)
    expected = opens(round_brief(row.expected, indicator, words), of_progress(row))
    return words(f"sentence.worst.{role}.behind", expected=expected, period=words.period(row.target_period), **said)


class Due(NamedTuple):
    """Milestones of one kind: fallen due and missed, or due in the year; of targets, or of announced ones."""

    key: str  # missed · missed_announced · due · due_announced
    steps: list[TargetRow]


def due_steps(progress: Sequence[ProgressRow], targets: Sequence[TargetRow], *, year: int) -> list[Due]:
    """Milestones that fell due and were missed, the latest first, then those due in `year`; announced ones apart.

    A leading target is missed when its milestone is due at the newest value and the status is lagging or at risk.
    """
    rows = [row for row in _leading(progress).values() if row.status in ("lagging", "at_risk") and _is_due(row)]
    missed = {row.target_id: row for row in rows}
    fell_due = [
        step for step in targets if step.target_id in missed and step.period == missed[step.target_id].target_period
    ]
    coming = [step for step in milestones(targets, CITY) if _due(step).year == year and step.target_id not in missed]
    found = []
    for key, steps in (("missed", sorted(fell_due, key=_due, reverse=True)), ("due", coming)):
        once = list({(step.target_id, step.period): step for step in steps}.values())
        found.append(Due(key, [step for step in once if step.role != "announced"]))
        found.append(Due(f"{key}_announced", [step for step in once if step.role == "announced"]))
    return [one for one in found if one.steps]


def overdue(
    progress: Sequence[ProgressRow],
    targets: Sequence[TargetRow],
    words: Words,
    *,
    year: int,
    place: Reference | None = None,
) -> str:
    """Targets that fell due and were missed, then those that fall due in `year`; announced ones counted apart.

    `place` is where all are listed, which counts of more than are named here open.
    """
    parts = []
    for key, steps in due_steps(progress, targets, year=year):
        names = list(dict.fromkeys(step_name(step, targets, words) for step in steps))
        where = place if len(names) > NAMES_IN_A_LIST + 1 else None
        said = {"names": listed(names, words), "year": year}
        parts.append(words.count(f"sentence.overdue.{key}", len(names), listed=where, **said))
    return joined(" ", parts) or words("sentence.overdue.none", year=year)


def _due(step: TargetRow) -> dt.date:
    return parse_period(step.period or "").end


def _is_due(row: ProgressRow) -> bool:
    return row.target_period is not None and parse_period(row.target_period).end <= parse_period(row.period).end


def step_name(step: TargetRow, targets: Sequence[TargetRow], words: Words) -> str:
    """A milestone by its target and year; a step on the way says so."""
    name = step.name_en if words.lang == "en" else step.name_es
    is_last = all(_due(row) <= _due(step) for row in targets if row.target_id == step.target_id and row.period)
    period = words.period(step.period or "")
    said = period if is_last else words("sentence.overdue.step", period=period)
    return opens(f"{lowered(name)} ({said})", promised(step))


def status_counts(counts: Mapping[str, int], words: Words, place: Reference | None = None) -> list[tuple[str, str]]:
    """Statuses with how many they are, in words and in a fixed order; those without any are left out.

    `place` is the page that lists them by status.
    """
    found = [key for key in STATUS_ORDER if counts.get(key)]
    where = {key: place._replace(part=f"{LIST}-{key}") if place else None for key in found}
    return [(key, words.count(f"sentence.count.{key}", counts[key], listed=where[key])) for key in found]


def statuses(progress: Sequence[ProgressRow]) -> dict[str, int]:
    """How many of the city's indicators stand at each status against their leading target; no trends among them."""
    return _counted(_aimed(progress).values())


def trends(progress: Sequence[ProgressRow]) -> dict[str, int]:
    """How many of the city's indicators without a leading target changed each way; no statuses among them."""
    aimed = _aimed(progress)
    changes = [row for row in progress if row.territory_code == CITY and row.method == "change"]
    return _counted(row.status for row in changes if row.indicator_id not in aimed)


def _aimed(progress: Sequence[ProgressRow]) -> dict[str, str]:
    rows = [row for row in progress if row.territory_code == CITY and row.leads and row.method != "change"]
    return {row.indicator_id: row.status for row in rows}


def _counted(found: Iterable[str]) -> dict[str, int]:
    known = list(found)
    return {status: known.count(status) for status in dict.fromkeys(known)}


def theme_summary(
    theme_name: str, progress: Sequence[ProgressRow], words: Words, place: Reference | None = None
) -> str:
    """A theme in one sentence: how its indicators with a target stand, and apart from them how the others moved.

    `place` is the page that lists them by status.
    """
    said = []
    for key, counts in (("aimed", statuses(progress)), ("moved", trends(progress))):
        if counts:
            counted = joined(", ", [text for _, text in status_counts(counts, words, place)])
            whole = place._replace(part=LIST) if place else None
            said.append(words.count(f"sentence.theme.{key}", sum(counts.values()), listed=whole, counts=counted))
    if not said:
        return words("sentence.theme.none", theme=theme_name)
    return words("sentence.theme.all", theme=theme_name, said=joined("; ", said))
