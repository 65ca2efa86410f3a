"""Figure tables: the tidy form every source ends in, `data/figures/<source_id>.csv`.

| column | meaning |
|---|---|
| measure | quantity, declared under the source in `indicators.yaml` |
| territory_code | `00` city, `01`–`20`, `UPL01`–`UPL33`, `99` the publisher's "without location", empty when lost |
| period | code of `observatory.period` |
| disaggregation | `total`, or `dimension:category` |
| value | number in the measure's unit (shares as fractions), empty only with an `absence` |
| lower, upper | 95 % interval where the source allows one |
| sample | records or respondents behind the value |
| flag | blank-separated: provisional estimated modelled reestimated break low_reliability secondary |
| absence | why there is no value: not_published not_applicable suppressed late quarantined |

Rows are unique by measure, territory_code, period, disaggregation. The tables written here are sorted by these. Another
order is read alike and shows the same numbers, in an edition of another name: receipts tell the line of every number,
so the lines are part of what an edition is made of.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

Outcome = Literal["observed", "excluded", "quarantined"]


@dataclass(frozen=True)
class FigureRow:
    """One row of a figure table."""

    measure: str
    territory_code: str
    period: str
    disaggregation: str = "total"
    value: float | int | None = None
    lower: float | None = None
    upper: float | None = None
    sample: int | None = None
    flag: str = ""
    absence: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes the row unique within its source."""
        return (self.measure, self.territory_code, self.period, self.disaggregation)


@dataclass(frozen=True)
class Account:
    """What became of `rows` records of one published file; per file the rows add up to the records it holds."""

    file: str
    outcome: Outcome
    rule: str
    rows: int


@dataclass(frozen=True)
class Refused:
    """A value of a published file that breaks its contract; `row_number` counts the file's rows, the first being 1.

    `rule` is the contract's rule in words such as `unknown_locality`; `hint` is the nearest valid choice, or what is
    valid. A row is quarantined for the first of its values that is refused.
    """

    source_id: str
    file: str
    row_number: int
    column_name: str
    value: str
    rule: str
    hint: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row_number}, column {self.column_name}"
        return f"{place}: {self.value!r} breaks the rule {self.rule}" + (f" → {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class Capture:
    """Published files of one source: `folder` is where they lie, untouched.

    `aliases` names, for a known file, the one that stands for it (another month, another format). `only` keeps to some
    of the folder's files; all of them when empty.
    """

    folder: Path
    aliases: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()

    def path(self, name: str) -> Path:
        """The file called `name`, relative to the folder; it may also lie there without its own folders."""
        chosen = self.folder / self.aliases.get(name, name)
        flat = self.folder / chosen.name
        return flat if flat.is_file() and not chosen.is_file() else chosen

    def has(self, name: str) -> bool:
        """True when the file called `name` is there."""
        path = self.path(name)
        return path.is_file() and (not self.only or path.relative_to(self.folder).as_posix() in self.only)

    def find(self, known: Iterable[str], *patterns: str) -> list[str]:
        """The `known` files that are there, in their order, then others whose name matches a pattern, by name."""
        present = [name for name in known if self.has(name)]
        taken = {self.path(name) for name in present}
        others = [
            path.relative_to(self.folder).as_posix()
            for path in sorted(self.folder.rglob("*"))
            if path not in taken and any(fnmatch(path.name.casefold(), pattern) for pattern in patterns)
        ]
        return present + [name for name in others if self.has(name)]


@dataclass(frozen=True)
class Parsed:
    """What a source module makes of a capture; `rejected` says value by value why rows were quarantined."""

    rows: list[FigureRow]
    accounts: list[Account] = field(default_factory=list)
    rejected: list[Refused] = field(default_factory=list)


COLUMNS = tuple(item.name for item in fields(FigureRow))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    return str(value)


def write_figures(rows: Iterable[FigureRow], path: Path) -> None:
    """Write a figure table: UTF-8, LF, sorted by key."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(value) for value in astuple(row)] for row in sorted(rows, key=lambda row: row.key))


def write_accounts(accounts: Iterable[Account], path: Path) -> None:
    """Write what became of each record of the published files."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([item.name for item in fields(Account)])
        writer.writerows(astuple(account) for account in accounts)
