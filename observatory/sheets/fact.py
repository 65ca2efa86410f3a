"""A fact: one thing that changed between two editions, told in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from observatory.editions.diff import StatusChange, TargetChange, ValueChange
from observatory.rows.progress import ProgressRow
from observatory.statistics.ranks import Rank

PARTS = (
    "revised", "flipped", "moved", "due", "new_periods", "new_values", "removed", "flagged", "targets", "indicators",
    "codes", "quarantined", "late",
)  # fmt: skip


class About(NamedTuple):
    """What a fact is about: its indicator, theme and answering entity (by name), as far as it has them."""

    indicator_id: str | None = None
    theme_id: str | None = None
    entity: str | None = None


class Fact(NamedTuple):
    """One thing that changed. `reason` is a key of `changes.why` for revisions, else a kind of change."""

    part: str
    about: About = About()
    reason: str = ""
    source_id: str | None = None
    values: tuple[ValueChange, ...] = ()
    status: StatusChange | None = None
    progress: tuple[ProgressRow | None, ProgressRow | None] = (None, None)
    ranks: tuple[Rank, Rank] | None = None
    target: TargetChange | None = None
    fields: tuple[tuple[str, str | None, str | None], ...] = ()  # name, before, after
    number: int = 1

    @property
    def places(self) -> frozenset[str]:
        """Territories it is about; none when it is about all."""
        found = {row.territory_code for row in self.values}
        found |= {self.status.territory_code} if self.status else set()
        found |= {self.ranks[1].territory_code} if self.ranks else set()
        return frozenset(found)


def filtered(
    found: Sequence[Fact],
    *,
    theme: str | None = None,
    place: str | None = None,
    entity: str | None = None,
    indicator: str | None = None,
) -> list[Fact]:
    """Facts of a theme, a place, an entity (by its name) and an indicator; rows of other places are left out."""
    kept = []
    for fact in found:
        if theme not in (None, fact.about.theme_id) or entity not in (None, fact.about.entity):
            continue
        if indicator not in (None, fact.about.indicator_id):
            continue
        values = tuple(row for row in fact.values if place in (None, row.territory_code))
        narrowed = fact._replace(values=values, number=len(values)) if place and fact.values else fact
        if place is None or place in narrowed.places:
            kept.append(narrowed)
    return kept
