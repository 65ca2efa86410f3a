"""What changed between two editions, as facts: rows of the report grouped into what a sentence says, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from observatory.editions import reads
from observatory.editions.book import Book
from observatory.editions.diff import Report, TargetChange, ValueChange, difference
from observatory.period import parse_period
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import TOTAL, Observation
from observatory.sheets.fact import PARTS, About, Fact
from observatory.statistics.freshness import freshness
from observatory.statistics.ranks import Rank, rank
from observatory.territory import CITY

Row = TypeVar("Row")
MEANING = frozenset(
    {"unit_id", "measure", "direction", "per", "nature", "method_es", "source_id", "denominator_source_id"}
)
Identity = tuple[str, str, str, str]
Hashes = Mapping[str, set[str]]


class Compared(NamedTuple):
    """Two editions and their observations by identity."""

    before: Book
    after: Book
    report: Report
    old: dict[Identity, Observation]
    new: dict[Identity, Observation]
    files: tuple[Hashes, Hashes]  # of the publisher's files that each source rests on, then and now


def facts(before: Book, after: Book) -> list[Fact]:
    """Everything that changed from one edition to another, in the order of `PARTS`, then of the catalogue."""
    report = difference(before.edition, after.edition)
    old, new = ({row[:4]: row for row in reads.observations(book.edition)} for book in (before, after))
    both = Compared(before, after, report, old, new, (_hashes(before), _hashes(after)))
    steps: tuple[Callable[[Compared], Iterable[Fact]], ...] = (
        _values, _periods, _flips, _moves, _due, _targets, _indicators, _codes, _quarantined, _late,
    )  # fmt: skip
    found = [fact for step in steps for fact in step(both)]
    order = {one: place for place, one in enumerate(after.indicators)}
    return sorted(
        found, key=lambda fact: (PARTS.index(fact.part), order.get(fact.about.indicator_id or "", len(order)))
    )


def indicator_of(both: tuple[Book, Book], indicator_id: str) -> IndicatorRow:
    """The record of an indicator, of the newer edition where it still stands."""
    return both[1].indicators.get(indicator_id) or both[0].indicators[indicator_id]


def _about(both: Compared, indicator_id: str) -> About:
    row = indicator_of((both.before, both.after), indicator_id)
    return About(indicator_id, row.theme_id, row.entity)


def _grouped(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    found: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return list(found.values())


def _values(both: Compared) -> Iterable[Fact]:
    """Revisions by indicator, period and reason; marks, additions and removals by indicator."""
    first = {(change.indicator_id, change.period) for change in both.report.periods}
    gone = {change.indicator_id for change in both.report.indicators if change.kind in ("new", "removed")}
    changes = [
        row
        for row in both.report.values
        if row.indicator_id not in gone and (row.kind != "new" or (row.indicator_id, row.period) not in first)
    ]
    names = {"revised": "revised", "flagged": "flagged", "new": "new_values", "removed": "removed"}
    why = {row[1:5]: _reason(both, row) if row.kind == "revised" else row.kind for row in changes}
    for rows in _grouped(changes, lambda row: (row.indicator_id, row.kind, row.period, why[row[1:5]])):
        head = rows[0]
        told = tuple(sorted(rows, key=_weight))
        about = _about(both, head.indicator_id)
        yield Fact(names[head.kind], about, why[head[1:5]], values=told, number=len(rows))


def _weight(row: ValueChange) -> tuple[bool, bool, float, str]:
    """Totals first, the city first, then the greatest step."""
    step = abs((row.after or 0.0) - (row.before or 0.0))
    return (row.disaggregation != TOTAL, row.territory_code != CITY, -step, row.territory_code)


def _reason(both: Compared, row: ValueChange) -> str:
    """Why a value was revised: what is known of it, else that the figure loaded, or the computation, changed."""
    if row.after_absence == "quarantined" or row.before_absence == "quarantined":
        return "quarantine" if row.after_absence == "quarantined" else "released"
    redefined = {change.indicator_id for change in both.report.indicators if change.field in MEANING}
    if row.indicator_id in redefined:
        return "method"
    if _has_moved(both, row.territory_code):
        return "boundary"
    old, new = both.old[row[1:5]], both.new[row[1:5]]
    if _is_corrected(both, new):
        return "correction"
    if old.numerator is not None and old.numerator == new.numerator and old.denominator != new.denominator:
        return "denominator"
    if old.capture_hash == new.capture_hash and old.numerator == new.numerator:
        return "computation"
    return "source" if _is_published_anew(both, new) else "loaded"


def _is_published_anew(both: Compared, row: Observation) -> bool:
    """Whether the publisher's own file, or the source's cut-off or day of publication, is another than before."""
    for source_id in (row.source_id, row.denominator_source_id):
        old, new = both.before.sources.get(source_id or ""), both.after.sources.get(source_id or "")
        if old and new and (old.cutoff, old.published) != (new.cutoff, new.published):
            return True
        files = [hashes.get(source_id or "") for hashes in both.files]
        if all(files) and files[0] != files[1]:
            return True
    return False


def _hashes(book: Book) -> Hashes:
    """Hashes of the publisher's files by source; none of a source that rests on embedded figures."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in reads.captures(book.edition):
        if row.kind in ("capture", "declared"):
            found[row.source_id].add(row.sha256)
    return dict(found)


def _has_moved(both: Compared, code: str) -> bool:
    old, new = both.before.territories.get(code), both.after.territories.get(code)
    return old is not None and new is not None and (old.area_km2, old.valid_from) != (new.area_km2, new.valid_from)


def _is_corrected(both: Compared, row: Observation) -> bool:
    """Whether a correction made since stands behind the value."""
    known = {one.correction_id for one in reads.corrections(both.before.edition)}
    return any(
        one.correction_id not in known
        and one.source_id in (row.source_id, row.denominator_source_id)
        and (one.territory_code, one.period) == (row.territory_code, row.period)
        for one in reads.corrections(both.after.edition)
    )


def _periods(both: Compared) -> Iterable[Fact]:
    new = [row for row in both.report.values if row.kind == "new"]
    gained = {(change.indicator_id, change.period) for change in both.report.periods if change.kind == "new"}
    known = both.before.indicators.keys() & both.after.indicators.keys()
    rows = [row for row in new if (row.indicator_id, row.period) in gained and row.indicator_id in known]
    for group in _grouped(rows, lambda row: row.indicator_id):
        told = tuple(sorted(group, key=_weight))
        count = sum(row.after is not None for row in told)
        yield Fact("new_periods", _about(both, told[0].indicator_id), values=told, number=count)


def _flips(both: Compared) -> Iterable[Fact]:
    """Statuses that stand for an indicator and flipped, with the progress behind them."""
    old, new = (
        {
            (row.indicator_id, row.territory_code, row.target_id): row
            for row in reads.progress(book.edition)
            if row.leads
        }
        for book in (both.before, both.after)
    )
    for change in both.report.statuses:
        key = (change.indicator_id, change.territory_code, change.target_id)
        if key in new:
            rows = (old.get(key), new[key])
            yield Fact("flipped", _about(both, change.indicator_id), status=change, progress=rows)


def _moves(both: Compared) -> Iterable[Fact]:
    """Localities whose place at the newest period changed, each value outside the other's interval."""
    for indicator_id in both.before.indicators.keys() & both.after.indicators.keys():
        if "locality" in both.after.indicators[indicator_id].levels:
            yield from _moves_of(both, indicator_id)


def _moves_of(both: Compared, indicator_id: str) -> Iterable[Fact]:
    tables = []
    for book in (both.before, both.after):
        latest = reads.latest(book.edition, indicator_id, "locality")
        rows = reads.snapshot(book.edition, indicator_id, latest[0].period, "locality") if latest else []
        tables.append({row.territory_code: row for row in rank(book.indicators[indicator_id], rows)})
    for code in sorted(tables[0].keys() & tables[1].keys()):
        old, new = tables[0][code], tables[1][code]
        if None not in (old.place, new.place) and old.place != new.place and _is_apart(old, new):
            yield Fact("moved", _about(both, indicator_id), ranks=(old, new))


def _is_apart(old: Rank, new: Rank) -> bool:
    """Whether each value lies outside the other's interval; not told without intervals."""
    if None in (old.lower, old.upper, new.lower, new.upper, old.value, new.value):
        return False
    inside = (old.lower or 0.0) <= (new.value or 0.0) <= (old.upper or 0.0)
    return not inside and not (new.lower or 0.0) <= (old.value or 0.0) <= (new.upper or 0.0)


def _due(both: Compared) -> Iterable[Fact]:
    """Milestones of the District whose period ended between the days of the two editions."""
    first, last = both.before.edition.built_on, both.after.edition.built_on
    status = {
        row.target_id: row for row in reads.progress(both.after.edition) if row.territory_code == CITY and row.target_id
    }
    for row in both.after.targets:
        is_open = row.scope == "district" and not both.after.plans[row.plan_id].closed
        if row.period and is_open and first < parse_period(row.period).end <= last:
            change = TargetChange("due", row.target_id, row.period, row.value, row.value)
            yield Fact("due", _target_about(both, row), target=change, progress=(None, status.get(row.target_id)))


def _target_about(both: Compared, row: TargetRow) -> About:
    if row.indicator_id:
        return _about(both, row.indicator_id)
    plan = both.after.plans.get(row.plan_id)
    return About(None, row.theme_id, plan.entity if plan else None)


def _targets(both: Compared) -> Iterable[Fact]:
    known = {row.target_id: row for book in (both.before, both.after) for row in book.targets}
    for change in both.report.targets:
        yield Fact("targets", _target_about(both, known[change.target_id]), change.kind, target=change)


def _indicators(both: Compared) -> Iterable[Fact]:
    for rows in _grouped(both.report.indicators, lambda row: (row.indicator_id, row.kind)):
        fields = tuple((row.field, row.before, row.after) for row in rows if row.field)
        yield Fact("indicators", _about(both, rows[0].indicator_id), rows[0].kind, fields=fields)


def _codes(both: Compared) -> Iterable[Fact]:
    for change in both.report.codes:
        yield Fact("codes", About(), change.kind, fields=((change.code, change.before, change.after),))
    for code in sorted(both.before.territories.keys() & both.after.territories.keys()):
        if _has_moved(both, code):
            names = (both.before.names[code], both.after.names[code])
            yield Fact("codes", About(), "boundary", fields=((code, *names),))


def _quarantined(both: Compared) -> Iterable[Fact]:
    for rows in _grouped(both.report.quarantined, lambda row: (row.source_id, row.kind)):
        fields = tuple((f"{row.file}:{row.row_number} {row.column_name}", row.value, row.rule) for row in rows)
        one = rows[0]
        about = _source_about(both, one.source_id)
        yield Fact("quarantined", about, one.kind, source_id=one.source_id, fields=fields, number=len(rows))


def _late(both: Compared) -> Iterable[Fact]:
    """Sources that were up to date then and are late now."""
    for source_id, row in both.after.sources.items():
        old = both.before.sources.get(source_id)
        states: Sequence[str] = [
            freshness(one.cutoff, one.every_months, one.lag_days, book.edition.built_on)
            for one, book in ((old, both.before), (row, both.after))
            if one is not None
        ]
        if states[-1] == "late" and "late" not in states[:-1]:
            yield Fact("late", _source_about(both, source_id), source_id=source_id)


def _source_about(both: Compared, source_id: str) -> About:
    """Theme and entity of the first indicator that the source serves."""
    used = [row for row in both.after.indicators.values() if source_id in (row.source_id, row.denominator_source_id)]
    return About(None, used[0].theme_id, used[0].entity) if used else About()
