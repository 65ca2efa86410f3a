"""What changed between two editions: one outer join on the identity of observations."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from observatory.editions import reads
from observatory.editions.opening import Edition, open_edition
from observatory.observation import Observation


class Change(NamedTuple):
    """An observation that was added, removed, or says something else."""

    indicator_id: str
    territory_code: str
    period: str
    disaggregation: str
    kind: str  # added · removed · changed
    before: float | None
    after: float | None

    def __str__(self) -> str:
        place = f"{self.indicator_id} {self.territory_code} {self.period} {self.disaggregation}"
        return f"{self.kind:8} {place}: {_told(self.before)} → {_told(self.after)}"


def _told(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def difference(before: Path, after: Path) -> list[Change]:
    """Changes from one edition to another, in order of identity.

    Raises:
        EditionError: one of them cannot be opened.
    """
    old, new = _by_identity(open_edition(before)), _by_identity(open_edition(after))
    keys = sorted(old.keys() | new.keys())
    return [change for key in keys if (change := _change(key, old.get(key), new.get(key))) is not None]


def _by_identity(edition: Edition) -> dict[tuple[str, str, str, str], Observation]:
    return {row[:4]: row for row in reads.observations(edition)}


def _change(key: tuple[str, str, str, str], old: Observation | None, new: Observation | None) -> Change | None:
    if old is not None and new is not None and (old.value, old.absence, old.flag) == (new.value, new.absence, new.flag):
        return None
    kind = "added" if old is None else "removed" if new is None else "changed"
    return Change(*key, kind, old.value if old else None, new.value if new else None)
