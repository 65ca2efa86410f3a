"""The overview in sentences: what goes best, what worries most, what is overdue, how many stand where."""

from __future__ import annotations

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


def _in_city(progress: Iterable[ProgressRow], method: str = "path") -> list[ProgressRow]:
    return [row for row in progress if row.territory_code == CITY and row.method == method and row.value is not None]


def _said(row: ProgressRow, indicator: IndicatorRow, words: Words) -> dict[str, str]:
    return {
        "subject": subject(indicator.name(words.lang), words)[0],
        "value": brief(row.value or 0.0, indicator, words),
        "when": when(row.period, words),
    }


def best(progress: Sequence[ProgressRow], indicators: Mapping[str, IndicatorRow], words: Words) -> str:
    """The city's indicator that stands best against its target: met before on track, then by the share covered."""
    good = [row for row in _in_city(progress) if row.status in ("met", "on_track") and row.share is not None]
    if not good:
        return words("sentence.best.none")
    row = max(good, key=lambda row: (row.status == "met", row.share or 0.0))
    indicator = indicators[row.indicator_id]
    target = round_brief(row.target or 0.0, indicator, words)
    share = words.percent(row.share or 0.0, 0)
    return words(f"sentence.best.{row.status}", target=target, share=share, **_said(row, indicator, words))


def worst(progress: Sequence[ProgressRow], indicators: Mapping[str, IndicatorRow], words: Words) -> str:
    """The city's indicator furthest behind its path: lagging before at risk, then by the share covered."""
    behind = [row for row in _in_city(progress) if row.status in ("lagging", "at_risk")]
    if not behind:
        return words("sentence.worst.none")
    row = min(behind, key=lambda row: (row.status == "at_risk", row.share if row.share is not None else 0.0))
    indicator = indicators[row.indicator_id]
    said = _said(row, indicator, words) | {"target": round_brief(row.target or 0.0, indicator, words)}
    due = row.target_period is not None and parse_period(row.target_period).end <= parse_period(row.period).end
    if due or row.expected is None or row.target_period is None:
        return words("sentence.worst.missed", **said)
    expected = round_brief(row.expected, indicator, words)
    return words("sentence.worst.behind", expected=expected, period=words.period(row.target_period), **said)


def overdue(
    progress: Sequence[ProgressRow],
    targets: Sequence[TargetRow],
    indicators: Mapping[str, IndicatorRow],
    words: Words,
    *,
    year: int,
) -> str:
    """Targets that fell due and were missed, then those that fall due in `year`; announced ones among them.

    A target counts as missed only where a value of its due period, or a later one, falls short of it.
    """
    rows = {row.indicator_id: row for row in _in_city(progress)}
    steps = [step for step in targets if step.role != "reference" and step.period is not None]
    ended = [step for step in milestones(steps, CITY) if _is_missed(step, rows, indicators)]
    due = [step for step in steps if parse_period(step.period or "").year == year and step not in ended]
    parts = []
    for key, found in (("missed", ended), ("due", due)):
        names = list(dict.fromkeys(_target_name(step, words) for step in found))
        if names:
            parts.append(words.count(f"sentence.overdue.{key}", len(names), names=listed(names, words), year=year))
    return " ".join(parts) or words("sentence.overdue.none", year=year)


def _is_missed(step: TargetRow, rows: Mapping[str, ProgressRow], indicators: Mapping[str, IndicatorRow]) -> bool:
    row = rows.get(step.indicator_id or "")
    if row is None or row.value is None or step.value is None or step.fit == "none":
        return False
    is_due = parse_period(step.period or "").end <= parse_period(row.period).end
    direction = indicators[row.indicator_id].direction
    has_sides = direction in ("lower_is_better", "higher_is_better")
    return is_due and has_sides and not reaches(row.value, step.value, direction)


def _target_name(step: TargetRow, words: Words) -> str:
    name = step.name_en if words.lang == "en" else step.name_es
    return f"{lowered(name)} ({words.period(step.period or '')})"


def status_counts(counts: Mapping[str, int], words: Words) -> list[tuple[str, str]]:
    """Statuses with how many they are, in words and in a fixed order; those without any are left out."""
    return [(key, words.count(f"sentence.count.{key}", counts[key])) for key in STATUS_ORDER if counts.get(key)]


def statuses(progress: Iterable[ProgressRow]) -> dict[str, int]:
    """How many of the city's indicators stand at each status; by their change where they have no target."""
    by_indicator: dict[str, str] = {}
    for row in progress:
        if row.territory_code == CITY and (row.method == "path" or row.indicator_id not in by_indicator):
            by_indicator[row.indicator_id] = row.status
    found = list(by_indicator.values())
    return {status: found.count(status) for status in dict.fromkeys(found)}


def theme_summary(theme_name: str, progress: Sequence[ProgressRow], words: Words) -> str:
    """A theme in one sentence: how many indicators, and how they stand."""
    counts = statuses(progress)
    if not counts:
        return words("sentence.theme.none", theme=theme_name)
    said = ", ".join(text for _, text in status_counts(counts, words))
    return words.count("sentence.theme", sum(counts.values()), theme=theme_name, counts=said)
