"""The errors of the house: each names what is wrong, where it stands and what mends it."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from pathlib import Path


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


class EditionFormError(EditionError):
    """An edition that is whole, but written in a form that this version does not read."""


class CheckError(ObservatoryError):
    """Checks failed; `failures` holds one line each."""

    def __init__(self, failures: list[str]) -> None:
        self.failures = failures
        super().__init__("\n".join(failures))


def meant(choice: str) -> str:
    """A valid choice as a hint."""
    return f"did you mean {choice!r}?"


def nearest(value: str, choices: Iterable[str], likeness: float = 0.6) -> str:
    """The closest of `choices` as a hint, or the empty string; swapped letters are closest.

    Args:
        likeness: from 0 to 1, how like a choice must be to be offered.
    """
    found = difflib.get_close_matches(str(value), [str(choice) for choice in choices], n=20, cutoff=likeness)
    swapped = [choice for choice in found if sorted(choice) == sorted(str(value))]
    return meant((swapped or found)[0]) if found else ""


_REMEDIES = {
    errno.ENOENT: "mend the path, or make its folder",
    errno.EISDIR: "a file belongs here, and a folder stands here",
    errno.ENOTDIR: "a folder belongs here, and a file stands here",
    errno.EACCES: "mend the rights of the file or its folder, or choose another place",
    errno.EPERM: "mend the rights of the file or its folder, or choose another place",
    errno.EROFS: "the disk is read-only; choose another place",
    errno.ENOSPC: "free space, then run it again",
    errno.EEXIST: "something else stands there; move it away",
}


def of_system(error: OSError, kind: type[ObservatoryError] = ObservatoryError) -> ObservatoryError:
    """What the operating system refused, as an error of the house: its file, its reason, and what mends it."""
    fix = _REMEDIES.get(error.errno or 0, "free space or mend the folder's rights, then run it again")
    return kind(error.strerror or str(error), where=str(error.filename or ""), fix=fix)


def read_utf8(path: Path, kind: type[ObservatoryError]) -> str:
    """The text of a file.

    Raises:
        ObservatoryError: of the `kind` given; the file is not there, may not be read, or is no UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise of_system(error, kind) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fix = "open it in a text editor and save it as UTF-8"
        raise kind("cannot be read: it is no UTF-8 text", where=f"{path}, line {line}", fix=fix) from error
