"""The errors of the house: each names what is wrong, where it stands and what mends it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ObservatoryError(Exception):
    """An error a reader can act on.

    Args:
        what: what is wrong, quoting the offending value.
        where: file and line, table and row, or address.
        fix: what to do about it; the nearest valid choice when there is one.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" → {self.fix}" if self.fix else ""
        return f"{place}{self.what}{remedy}"


class CatalogueError(ObservatoryError):
    """`indicators.yaml` says something it may not say."""


class PeriodError(ObservatoryError):
    """A text that is no period code."""


class TerritoryError(ObservatoryError):
    """A code or name that is no territory."""


class FigureError(ObservatoryError):
    """A table of `data/figures` breaks its contract."""


class SourceError(ObservatoryError):
    """A published file does not look as its source module expects."""


class EditionError(ObservatoryError):
    """An edition is missing, damaged or made by another version."""


class CheckError(ObservatoryError):
    """Checks failed; `failures` holds one line each."""

    def __init__(self, failures: list[str]) -> None:
        self.failures = failures
        super().__init__("\n".join(failures))


def nearest(value: str, choices: Iterable[str]) -> str:
    """The closest of `choices` as a hint (`did you mean …?`), or the empty string."""
    found = difflib.get_close_matches(str(value), [str(choice) for choice in choices], n=1, cutoff=0.6)
    return f"did you mean {found[0]!r}?" if found else ""
