"""Fit a capture to its source: files under other names stand for the ones the source knows, told by their columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from observatory.errors import ObservatoryError, SourceError
from pipelines.figures import Capture, Parsed
from pipelines.reading.contract import Contract, ContractError, shape_of
from pipelines.reading.grid import years_in

_REMEDY = "compare it with what was published; if it is so there, tell the publisher"


def parse_capture(module: ModuleType, capture: Capture) -> Parsed:
    """What a source makes of a capture, whatever its files are called.

    Raises:
        SourceError: a file the source needs is missing.
        ObservatoryError: the source refuses the capture.
    """
    return parse_module(module, fit(module, capture))


def parse_module(module: ModuleType, capture: Capture) -> Parsed:
    """What a source makes of files that bear the names it knows.

    Raises:
        SourceError: a file is missing, or breaks the reader in a way that nobody foresaw; the names are told.
        ObservatoryError: the source refuses the capture.
    """
    source = module.__name__.rpartition(".")[2]
    _refuse_other_year(module, capture)
    try:
        parsed: Parsed = module.parse(capture)
    except ContractError:
        raise
    except SourceError as error:
        if error.fix:
            raise
        raise SourceError(error.what, where=error.where, fix=f"{_REMEDY} of {source}") from error
    except ObservatoryError:
        raise
    except FileNotFoundError as error:
        name = Path(str(error.filename or error)).name
        fix = f"{source} reads {', '.join(module.FILES)}"
        raise SourceError("a published file is missing", where=name, fix=fix) from error
    except (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, TypeError, ValueError) as error:
        files = ", ".join(name for name in module.FILES if capture.has(name)) or str(capture.folder)
        fix = f"is it what the publisher of {source} publishes? Open it, or capture it again"
        raise SourceError(f"cannot be read, {type(error).__name__}: {error}", where=files, fix=fix) from error
    return parsed


def _refuse_other_year(module: ModuleType, capture: Capture) -> None:
    """Refuse a file of another year, where nothing but the source itself says the year of its figures."""
    period = getattr(module, "PERIOD", None) or getattr(module, "YEAR", None)
    for known, name in capture.aliases.items():
        years = years_in(Path(name).name)
        if known in module.FILES and isinstance(period, str) and years and period not in years:
            source = module.__name__.rpartition(".")[2]
            fix = f"if it is of {period}, take the year out of its name; else the year must be changed in {source}"
            what = f"the name says {', '.join(sorted(years))}, and {source} gives figures of {period}"
            raise SourceError(what, where=name, fix=fix)


def fit(module: ModuleType, capture: Capture) -> Capture:
    """The capture with an alias for each known file that is missing and that another file stands for.

    A table stands for the known file whose columns it has; a single file of the right suffix for the single file of a
    source without tables.
    """
    patterns: tuple[str, ...] = getattr(module, "PATTERNS", ())
    claimed = {capture.path(name) for name in capture.find(module.FILES, *patterns)}
    missing = [name for name in module.FILES if not capture.has(name)]
    shapes = {name: shape for name, shape in getattr(module, "SHAPES", {}).items() if name in missing}
    others = [path for path in sorted(capture.folder.rglob("*")) if path.is_file() and path not in claimed]
    aliases = dict(capture.aliases)
    for path in others:
        known = _stands_for(path, shapes)
        if known is not None and known not in aliases:
            aliases[known] = path.relative_to(capture.folder).as_posix()
    if not shapes and len(missing) == len(module.FILES) == len(others) == 1 and _same_suffix(missing[0], others[0]):
        aliases[missing[0]] = others[0].relative_to(capture.folder).as_posix()
    return replace(capture, aliases=aliases)


def _stands_for(path: Path, shapes: dict[str, Contract]) -> str | None:
    if not shapes:
        return None
    try:
        return shape_of(path, shapes)
    except ObservatoryError:
        return None


def _same_suffix(known: str, path: Path) -> bool:
    return set(Path(known).suffixes) & set(path.suffixes) != set()
