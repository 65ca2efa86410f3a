"""What changed between two editions, as typed rows: every comparison is one outer join on a stable identity.

Nothing is kept: editions are immutable, so the report of any two is the same whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from observatory.editions import reads
from observatory.editions.opening import Edition, open_edition
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import Observation
from observatory.rows.progress import ProgressRow

Item = TypeVar("Item")
Key = tuple[Any, ...]
TELLING = ("unit_id", "measure", "direction", "frequency", "nature", "per", "valid_low", "valid_high", "source_id",
           "denominator_source_id", "name_es", "name_en", "method_es", "method_en")  # fmt: skip


class ValueChange(NamedTuple):
    """A value that is new, gone or says something else; `revised` moves the value, `flagged` only its marks."""

    kind: str  # new · removed · revised · flagged
    indicator_id: str
    territory_code: str
    period: str
    disaggregation: str
    before: float | None
    after: float | None
    before_flag: str
    after_flag: str
    before_absence: str | None
    after_absence: str | None


class PeriodChange(NamedTuple):
    """A period for which an indicator has values at last, or no longer."""

    kind: str  # new · removed
    indicator_id: str
    period: str
    values: int


class StatusChange(NamedTuple):
    """A status that flipped, of a target or of the last change of a series (then without a target)."""

    indicator_id: str
    territory_code: str
    target_id: str | None
    before: str
    after: str
    leads: bool


class CodeChange(NamedTuple):
    """A code of a territory or category that is new, gone or renamed."""

    kind: str  # new · removed · renamed
    code: str
    before: str | None
    after: str | None


class QuarantineChange(NamedTuple):
    """A row that is refused since, or no longer."""

    kind: str  # new · removed
    source_id: str
    file: str
    row_number: int
    column_name: str
    value: str | None
    rule: str
    hint: str


class TargetChange(NamedTuple):
    """A milestone of a target that is new, gone or has another value."""

    kind: str  # new · removed · revised
    target_id: str
    period: str | None
    before: float | None
    after: float | None


class IndicatorChange(NamedTuple):
    """An indicator that is new or gone, or a field that decides what it means."""

    kind: str  # new · removed · redefined
    indicator_id: str
    field: str
    before: str | None
    after: str | None


class Report(NamedTuple):
    """Everything that differs between two editions, each part in order of identity."""

    before_id: str
    after_id: str
    values: list[ValueChange]
    periods: list[PeriodChange]
    statuses: list[StatusChange]
    codes: list[CodeChange]
    quarantined: list[QuarantineChange]
    targets: list[TargetChange]
    indicators: list[IndicatorChange]

    @property
    def parts(self) -> dict[str, Sequence[NamedTuple]]:
        """The changes by what they are about."""
        names = self._fields[2:]
        return dict(zip(names, self[2:], strict=True))

    @property
    def is_empty(self) -> bool:
        """True when nothing differs."""
        return not any(self.parts.values())

    def as_plain(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        rows = {name: [row._asdict() for row in changes] for name, changes in self.parts.items()}
        return {"before": self.before_id, "after": self.after_id, **rows}


def compare(before: Path, after: Path) -> Report:
    """What changed from one edition file to another.

    Raises:
        EditionError: one of them cannot be opened, or is of another schema.
    """
    return difference(open_edition(before), open_edition(after))


def difference(before: Edition, after: Edition) -> Report:
    """What changed from one open edition to another."""
    old, new = reads.observations(before), reads.observations(after)
    return Report(
        before.edition_id,
        after.edition_id,
        values=value_changes(old, new),
        periods=period_changes(old, new),
        statuses=status_changes(reads.progress(before), reads.progress(after)),
        codes=code_changes(_codes(before), _codes(after)),
        quarantined=quarantine_changes(_refused(before), _refused(after)),
        targets=target_changes(reads.targets(before), reads.targets(after)),
        indicators=indicator_changes(reads.indicators(before), reads.indicators(after)),
    )


def _paired(
    old: Iterable[Item], new: Iterable[Item], key: Callable[[Item], Key]
) -> list[tuple[Key, Item | None, Item | None]]:
    """The outer join of both sides on their key, in its order; null sorts first."""
    left, right = {key(item): item for item in old}, {key(item): item for item in new}
    keys = sorted(left.keys() | right.keys(), key=lambda parts: [(part is not None, part) for part in parts])
    return [(one, left.get(one), right.get(one)) for one in keys]


def _kind(old: object, new: object, otherwise: str) -> str:
    return "new" if old is None else "removed" if new is None else otherwise


def value_changes(old: Iterable[Observation], new: Iterable[Observation]) -> list[ValueChange]:
    """Observations that differ in value, absence or flags."""
    return [
        _value_change(key, one, other)
        for key, one, other in _paired(old, new, lambda row: row[:4])
        if one is None or other is None or _said(one) != _said(other)
    ]


def _said(row: Observation) -> tuple[float | None, str | None, str]:
    return row.value, row.absence, row.flag


def _value_change(key: Key, old: Observation | None, new: Observation | None) -> ValueChange:
    is_same_value = old is not None and new is not None and (old.value, old.absence) == (new.value, new.absence)
    kind = _kind(old, new, "flagged" if is_same_value else "revised")
    values = (old.value if old else None, new.value if new else None)
    flags = (old.flag if old else "", new.flag if new else "")
    absences = (old.absence if old else None, new.absence if new else None)
    return ValueChange._make((kind, *key, *values, *flags, *absences))


def period_changes(old: Iterable[Observation], new: Iterable[Observation]) -> list[PeriodChange]:
    """Periods that gained their first values, or lost the last."""
    left, right = _periods(old), _periods(new)
    gained = [PeriodChange("new", *key, right[key]) for key in right.keys() - left.keys()]
    lost = [PeriodChange("removed", *key, left[key]) for key in left.keys() - right.keys()]
    return sorted([*gained, *lost], key=lambda change: (change.indicator_id, change.period, change.kind))


def _periods(rows: Iterable[Observation]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.value is not None:
            counts[row.indicator_id, row.period] = counts.get((row.indicator_id, row.period), 0) + 1
    return counts


def status_changes(old: Iterable[ProgressRow], new: Iterable[ProgressRow]) -> list[StatusChange]:
    """Statuses that flipped; those of targets and series that are new or gone are told elsewhere."""
    paired = _paired(old, new, lambda row: (row.indicator_id, row.territory_code, row.method, row.target_id))
    return [
        StatusChange(one.indicator_id, one.territory_code, one.target_id, one.status, other.status, other.leads)
        for _, one, other in paired
        if one is not None and other is not None and one.status != other.status
    ]


def _codes(edition: Edition) -> list[tuple[str, str]]:
    areas = [(row.territory_code, row.name) for row in reads.territories(edition)]
    return areas + [(row.disaggregation, row.name_es) for row in reads.categories(edition)]


def code_changes(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[CodeChange]:
    """Codes (code, name) that are new, gone or renamed."""
    return [
        CodeChange(_kind(one, other, "renamed"), key[0], one[1] if one else None, other[1] if other else None)
        for key, one, other in _paired(old, new, lambda row: row[:1])
        if one != other
    ]


def _refused(edition: Edition) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in reads.rejected(edition)]


def quarantine_changes(old: Iterable[Sequence[Any]], new: Iterable[Sequence[Any]]) -> list[QuarantineChange]:
    """Rows newly refused, or no longer; a row is the same when source, file, column, value and rule are."""
    return [
        QuarantineChange(_kind(one, other, ""), *(other or one or ()))
        for _, one, other in _paired(old, new, lambda row: (*row[:2], *row[3:6], row[2]))
        if one is None or other is None
    ]


def target_changes(old: Iterable[TargetRow], new: Iterable[TargetRow]) -> list[TargetChange]:
    """Milestones that are new, gone or have another value."""
    return [
        TargetChange._make((_kind(one, other, "revised"), *key, one and one.value, other and other.value))
        for key, one, other in _paired(old, new, lambda row: (row.target_id, row.period))
        if one is None or other is None or one.value != other.value
    ]


def indicator_changes(old: Iterable[IndicatorRow], new: Iterable[IndicatorRow]) -> list[IndicatorChange]:
    """Indicators that are new or gone, and fields that decide what one means."""
    changes = []
    for key, one, other in _paired(old, new, lambda row: (row.indicator_id,)):
        if one is None or other is None:
            changes.append(IndicatorChange(_kind(one, other, ""), key[0], "", None, None))
            continue
        for name in TELLING:
            before, after = getattr(one, name), getattr(other, name)
            if before != after:
                changes.append(IndicatorChange("redefined", key[0], name, _text(before), _text(after)))
    return changes


def _text(value: object) -> str | None:
    return None if value is None else str(value)
