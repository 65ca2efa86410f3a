"""The overview in sentences: what goes best, what worries most, what is overdue, how many stand where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from observatory.observation import IndicatorRow, ProgressRow, TargetRow
from observatory.period import parse_period
from observatory.quantities import brief, round_brief
from observatory.sentences.finding import reaches
from observatory.sentences.grammar import listed, lowered, subject, when
from observatory.series import milestones
from observatory.territory import CITY
from observatory.wording import Words

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
    """The city's row against a target per indicator, where there is a value; the leading one comes first."""
    found: dict[str, ProgressRow] = {}
    for row in progress:
        if row.territory_code == CITY and row.method == "path" and row.value is not None:
            found.setdefault(row.indicator_id, row)
    return found


def _said(row: ProgressRow, indicator: IndicatorRow, words: Words) -> dict[str, str]:
    return {
        "subject": lowered(subject(indicator.name(words.lang), words)[0]).rstrip(","),
        "value": brief(row.value or 0.0, indicator, words),
        "when": when(row.period, words),
        "target": round_brief(row.target or 0.0, indicator, words),
    }


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
    """The city's indicator that stands best against its target: met before on track, then by the share covered.

    `targets` tell which are announced only; without them all are called targets.
    """
    good = [row for row in _leading(progress).values() if row.status in ("met", "on_track") and row.share is not None]
    if not good:
        return words("sentence.best.none")
    row = max(good, key=lambda row: (row.status == "met", row.share or 0.0))
    said = _said(row, indicators[row.indicator_id], words)
    share = words.percent(row.share or 0.0, 0)
    return words(f"sentence.best.{_role(row, targets)}.{row.status}", share=share, **said)


def worst(
    progress: Sequence[ProgressRow],
    indicators: Mapping[str, IndicatorRow],
    words: Words,
    *,
    targets: Sequence[TargetRow] = (),
) -> str:
    """The city's indicator furthest behind its path: lagging before at risk, then by the share covered.

    `targets` tell which are announced only; without them all are called targets.
    """
    behind = [row for row in _leading(progress).values() if row.status in ("lagging", "at_risk")]
    if not behind:
        return words("sentence.worst.none")
    row = min(behind, key=lambda row: (row.status == "at_risk", row.share if row.share is not None else 0.0))
    indicator = indicators[row.indicator_id]
    said, role = _said(row, indicator, words), _role(row, targets)
    is_due = row.target_period is not None and parse_period(row.target_period).end <= parse_period(row.period).end
    if is_due or row.expected is None or row.target_period is None:
        return words(f"sentence.worst.{role}.missed", **said)
    expected = round_brief(row.expected, indicator, words)
    return words(f"sentence.worst.{role}.behind", expected=expected, period=words.period(row.target_period), **said)


def overdue(
    progress: Sequence[ProgressRow],
    targets: Sequence[TargetRow],
    indicators: Mapping[str, IndicatorRow],
    words: Words,
    *,
    year: int,
) -> str:
    """Targets that fell due and were missed, the latest first, then those that fall due in `year`; announced ones too.

    Of each target the newest milestone that a value can be held against counts; it is missed when that falls short.
    """
    rows = _leading(progress)
    newest: dict[str, TargetRow] = {}
    for step in sorted(milestones(targets, CITY), key=_due):
        if _is_due(step, rows):
            newest[step.target_id] = step
    missed = [step for step in newest.values() if _is_missed(step, rows, indicators)]
    coming = [step for step in targets if step.role != "reference" and step.period and _due(step).year == year]
    parts = []
    for key, steps in (
        ("missed", sorted(missed, key=_due, reverse=True)),
        ("due", [step for step in coming if step not in missed]),
    ):
        names = list(dict.fromkeys(_target_name(step, words) for step in steps))
        if names:
            parts.append(words.count(f"sentence.overdue.{key}", len(names), names=listed(names, words), year=year))
    return " ".join(parts) or words("sentence.overdue.none", year=year)


def _due(step: TargetRow) -> dt.date:
    return parse_period(step.period or "").end


def _is_due(step: TargetRow, rows: Mapping[str, ProgressRow]) -> bool:
    row = rows.get(step.indicator_id or "")
    return row is not None and step.fit != "none" and _due(step) <= parse_period(row.period).end


def _is_missed(step: TargetRow, rows: Mapping[str, ProgressRow], indicators: Mapping[str, IndicatorRow]) -> bool:
    row = rows[step.indicator_id or ""]
    direction = indicators[row.indicator_id].direction
    has_sides = direction in ("lower_is_better", "higher_is_better")
    return has_sides and not reaches(row.value or 0.0, step.value or 0.0, direction)


def _target_name(step: TargetRow, words: Words) -> str:
    name = step.name_en if words.lang == "en" else step.name_es
    return f"{lowered(name)} ({words.period(step.period or '')})"


def status_counts(counts: Mapping[str, int], words: Words) -> list[tuple[str, str]]:
    """Statuses with how many they are, in words and in a fixed order; those without any are left out."""
    return [(key, words.count(f"sentence.count.{key}", counts[key])) for key in STATUS_ORDER if counts.get(key)]


def statuses(progress: Sequence[ProgressRow]) -> dict[str, int]:
    """How many of the city's indicators stand at each status; by their change where they have no target."""
    by_indicator: dict[str, str] = {}
    for method in ("path", "change"):
        for row in progress:
            if row.territory_code == CITY and row.method == method:
                by_indicator.setdefault(row.indicator_id, row.status)
    found = list(by_indicator.values())
    return {status: found.count(status) for status in dict.fromkeys(found)}


def theme_summary(theme_name: str, progress: Sequence[ProgressRow], words: Words) -> str:
    """A theme in one sentence: how many indicators, and how they stand."""
    counts = statuses(progress)
    if not counts:
        return words("sentence.theme.none", theme=theme_name)
    said = ", ".join(text for _, text in status_counts(counts, words))
    return words.count("sentence.theme", sum(counts.values()), theme=theme_name, counts=said)
