"""The change report for people: a line, a text in Spanish or English, or a table of rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from observatory.editions import reads
from observatory.editions.diff import (
    CodeChange,
    IndicatorChange,
    PeriodChange,
    QuarantineChange,
    Report,
    StatusChange,
    TargetChange,
    ValueChange,
)
from observatory.editions.opening import Edition
from observatory.wording import Words

NUMBER = re.compile(r"-?\d+(\.\d+)?")
MOST = 40  # changes of one part told one by one in a text; the table has them all
COLUMNS = ("part", "kind", "subject", "place", "period", "before", "after")
Line = tuple[str, str, str, str, str, str, str]


def counts(report: Report) -> dict[str, int]:
    """How many changes of each part and kind, `values.new` and so on."""
    found: Counter[str] = Counter()
    for part, changes in report.parts.items():
        found.update(f"{part}.{getattr(change, 'kind', 'flipped')}" for change in changes)
    return dict(found)


def summary(report: Report, words: Words) -> str:
    """The counts in one line."""
    if report.is_empty:
        return words("diff.none")
    return ", ".join(words.count(f"diff.count.{name}", number) for name, number in counts(report).items())


@dataclass(frozen=True)
class Names:
    """Names of indicators, territories and categories in one language, by their ids."""

    by_id: dict[str, str]

    @staticmethod
    def of(edition: Edition, words: Words) -> Names:
        """The names an edition uses."""
        named = {row.indicator_id: row.name(words.lang) for row in reads.indicators(edition)}
        named |= {row.territory_code: row.name for row in reads.territories(edition)}
        return Names(named | {row.disaggregation: row.name(words.lang) for row in reads.categories(edition)})

    def told(self, ids: str) -> str:
        """Ids parted by blanks, by their names where they have one."""
        return " ".join(self.by_id.get(one, one) for one in ids.split(" "))


def text(report: Report, words: Words, names: Names) -> str:
    """The report in words: counts first, then each part, the first changes of each one by one."""
    lines = [words("diff.title", before=report.before_id, after=report.after_id), summary(report, words)]
    for part, changes in report.parts.items():
        if changes:
            lines += ["", words(f"diff.part.{part}")]
            lines += [f"- {_sentence(line, words, names)}" for line in table(report, part)[:MOST]]
            if len(changes) > MOST:
                lines.append("- " + words.count("diff.more", len(changes) - MOST))
    return "\n".join(lines) + "\n"


def _sentence(line: Line, words: Words, names: Names) -> str:
    _, kind, subject, place, period, before, after = line
    parts = (names.told(subject), names.told(place), words.period(period) if period else "")
    what = ", ".join(part for part in parts if part)
    return words(f"diff.line.{kind}", what=what, before=_end(line, before, words), after=_end(line, after, words))


def _end(line: Line, said: str, words: Words) -> str:
    """One end of a change: a number in this language's form, a status or absence in words, or as it stands."""
    part = line[0]
    key = f"status.{said}" if part == "statuses" else f"absence.{said}"
    if said and words.has(key):
        return words(key)
    if part in ("values", "targets", "periods") and NUMBER.fullmatch(said):
        decimals = len(said.partition(".")[2])
        return words.number(float(said), decimals)
    return said or words("diff.nothing")


def table(report: Report, part: str | None = None) -> list[Line]:
    """The changes as rows of `COLUMNS`, of one part or of all."""
    chosen = [part] if part else list(report.parts)
    return [_line(name, change) for name in chosen for change in report.parts[name]]


def _line(part: str, change: object) -> Line:
    if isinstance(change, ValueChange):
        place = change.territory_code
        if change.disaggregation != "total":
            place += f" {change.disaggregation}"
        marks = _said(change.before, change.before_absence), _said(change.after, change.after_absence)
        if change.kind == "flagged":
            marks = change.before_flag, change.after_flag
        return part, change.kind, change.indicator_id, place, change.period, *marks
    if isinstance(change, PeriodChange):
        number = str(change.values)
        ends = (number, "") if change.kind == "removed" else ("", number)
        return part, change.kind, change.indicator_id, "", change.period, *ends
    if isinstance(change, StatusChange):
        subject = change.indicator_id + (f" {change.target_id}" if change.target_id else "")
        return part, "flipped", subject, change.territory_code, "", change.before, change.after
    return _other_line(part, change)


def _other_line(part: str, change: object) -> Line:
    if isinstance(change, CodeChange):
        return part, change.kind, change.code, "", "", change.before or "", change.after or ""
    if isinstance(change, QuarantineChange):
        place = f"{change.file}:{change.row_number}"
        said = f"{change.column_name} {change.value or ''}: {change.rule}"
        ends = (said, "") if change.kind == "removed" else ("", said)
        return part, change.kind, change.source_id, place, "", *ends
    if isinstance(change, TargetChange):
        return part, change.kind, change.target_id, "", change.period or "", _said(change.before), _said(change.after)
    if isinstance(change, IndicatorChange):
        return part, change.kind, change.indicator_id, change.field, "", change.before or "", change.after or ""
    raise TypeError(f"no line for {change!r}")


def _said(value: float | None, absence: str | None = None) -> str:
    return f"{value:.10g}" if value is not None else absence or ""
