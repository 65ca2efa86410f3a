"""Every published file of a folder: which source reads it, and what became of each of its records.

    python -m pipelines check --real FOLDER

A file is known by its name, by a source's pattern of names, or by its columns, whatever it is called. A file that no
source reads is listed as such; one that a source refuses is listed with the reason. Records observed, excluded and
quarantined must add up to the records counted in the file itself, apart from the source.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

from observatory.errors import ObservatoryError
from observatory.registry.models import Source
from pipelines import sources
from pipelines.capturing.fitting import parse_module
from pipelines.content import has_module
from pipelines.counting_records import records_in
from pipelines.figures import Account, Capture, Outcome, Parsed, Refused
from pipelines.reading.contract import Contract, ContractError, shape_of

NO_DATA = frozenset({".md", ".txt", ".pdf", ".qmd"})
SHARED = "boundaries/"


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    `counted` are its records counted apart from the source, None where a record is no row of a table (cells of a policy
    board, sheets of a book). `reason` says why a file, or a part of it, was refused.
    """

    file: str
    source_id: str
    counted: int | None = None
    observed: dict[str, int] = field(default_factory=dict)
    excluded: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    also: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Records accounted for."""
        return sum(sum(part.values()) for part in (self.observed, self.excluded, self.quarantined))

    @property
    def balances(self) -> bool:
        """True when every record counted is accounted for, once."""
        return bool(self.source_id) and self.counted in (None, self.rows) and self.rows > 0


Parse = Callable[[ModuleType, Capture], Parsed]


def report(folder: Path, parse: Parse = parse_module, declared: Sequence[Source] = ()) -> list[FileReport]:
    """One report for each published file below a folder, by name; `declared` sources are read as they say.

    Raises:
        ObservatoryError: there is no such folder, or nothing in it.
    """
    if not folder.is_dir():
        raise ObservatoryError("no such folder", where=str(folder), fix="give the folder of published files")
    capture = Capture(folder)
    files = [name for name in _files(folder) if Path(name).suffix.lower() not in NO_DATA]
    if not files:
        raise ObservatoryError("no published file in it", where=str(folder), fix="give the folder of published files")
    found: dict[str, list[FileReport]] = defaultdict(list)
    for module in _modules():
        for item in _read(module, capture, _names(module, capture), parse):
            found[item.file].append(item)
    for source in declared:
        for item in _declared(source, capture):
            found[item.file].append(item)
    for name in files:
        if name not in found:
            found[name].append(_recognised(name, capture))
    return [_one(found[name], folder, declared) for name in files]


def _declared(source: Source, capture: Capture) -> list[FileReport]:
    """What a source makes of the files that its `reader:` names."""
    from pipelines.reading.declared import parse_declared

    reader = source.reader
    found = capture.find([reader.file], reader.file.casefold().rpartition("/")[2]) if reader else []
    if reader is None or not found:
        return []
    try:
        return _reports(source.id, parse_declared(capture, reader, source.id), capture)
    except ObservatoryError as error:
        names = [capture.path(name).relative_to(capture.folder).as_posix() for name in found]
        return [_refused(name, source.id, error) for name in names]


def _files(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def _modules() -> Iterator[ModuleType]:
    for item in sorted(pkgutil.iter_modules(sources.__path__), key=lambda item: item.name):
        yield importlib.import_module(f"pipelines.sources.{item.name}")


def _id(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _names(module: ModuleType, capture: Capture) -> list[str]:
    """The files of a source that are there, by their names below the folder."""
    found = capture.find(module.FILES, *getattr(module, "PATTERNS", ()))
    return [capture.path(name).relative_to(capture.folder).as_posix() for name in found]


def _read(module: ModuleType, capture: Capture, names: Sequence[str], parse: Parse = parse_module) -> list[FileReport]:
    """What a source makes of its files: all together, or each alone when they cannot be read together."""
    if not names:
        return []
    try:
        return _reports(_id(module), parse(module, capture), capture)
    except ObservatoryError as error:
        if len(names) == 1:
            return [_refused(names[0], _id(module), error)]
    shared = frozenset(name for name in _files(capture.folder) if name.startswith(SHARED))
    reports: list[FileReport] = []
    for name in names:
        try:
            alone = parse(module, replace(capture, only=shared | {name}))
            reports += [item for item in _reports(_id(module), alone, capture) if item.file == name]
        except ObservatoryError as error:
            reports.append(_refused(name, _id(module), error))
    return reports


def _refused(name: str, source_id: str, error: Exception) -> FileReport:
    rules: dict[str, int] = {}
    if isinstance(error, ContractError):
        for row in {item.row_number: item for item in reversed(error.refused)}.values():
            rules[row.rule] = rules.get(row.rule, 0) + 1
    return FileReport(name, source_id, quarantined=rules, reason=str(error))


def _reports(source_id: str, parsed: Parsed, capture: Capture) -> list[FileReport]:
    by_file: dict[str, list[Account]] = defaultdict(list)
    for line in parsed.accounts:
        by_file[line.file].append(line)
    return [
        FileReport(
            capture.path(file).relative_to(capture.folder).as_posix(),
            source_id,
            observed=_rules(lines, "observed"),
            excluded=_rules(lines, "excluded"),
            quarantined=_rules(lines, "quarantined"),
            reason=_first(parsed.rejected, file),
        )
        for file, lines in by_file.items()
    ]


def _rules(lines: list[Account], outcome: Outcome) -> dict[str, int]:
    return {line.rule: line.rows for line in lines if line.outcome == outcome and line.rows}


def _first(rejected: list[Refused], file: str) -> str:
    """The first value refused in a file, and how many more were."""
    of_file = [item for item in rejected if item.file == file]
    if not of_file:
        return ""
    more = f" (and {len(of_file) - 1} more)" if len(of_file) > 1 else ""
    return f"{of_file[0]}{more}"


def _recognised(name: str, capture: Capture) -> FileReport:
    """A file known by its columns alone, read as if it bore the name of the file it is like."""
    shapes = {(module, known): shape for module in _modules() for known, shape in getattr(module, "SHAPES", {}).items()}
    try:
        kept = shape_of(
            capture.path(name), {f"{_id(module)}:{known}": shape for (module, known), shape in shapes.items()}
        )
    except ObservatoryError as error:
        return FileReport(name, "", reason=str(error))
    if kept is None and capture.path(name).stat().st_size == 0:
        return FileReport(name, "", reason="the file is empty → capture it again")
    if kept is None:
        return FileReport(name, "", reason=f"no source reads it → python -m pipelines draft {name}")
    source_id, _, known = kept.partition(":")
    module = next(module for module, _ in shapes if _id(module) == source_id)
    shared = frozenset(item for item in _files(capture.folder) if item.startswith(SHARED))
    alone = Capture(capture.folder, aliases={known: name}, only=shared | {name})
    read = [item for item in _read(module, alone, [name]) if item.file == name]
    return read[0] if read else FileReport(name, source_id, reason="its source makes no account of it")


def _one(reports: list[FileReport], folder: Path, declared: Sequence[Source] = ()) -> FileReport:
    """The report of a file from those of all the sources that read it: the one that tells most of it."""
    first, *others = sorted(reports, key=_telling, reverse=True)
    counted = records_in(folder / first.file, _wanted(first, declared)) if first.source_id else None
    return replace(first, counted=counted, also=tuple(sorted({item.source_id for item in others} - {first.source_id})))


def _telling(item: FileReport) -> tuple[int, int, int]:
    """Records accounted for, then rules, then how near the front of its source's files the file stands."""
    rules = len(item.observed) + len(item.excluded) + len(item.quarantined)
    files = _module_of(item.source_id).FILES if has_module(item.source_id) else ()
    return item.rows, rules, -files.index(item.file) if item.file in files else 0


def _module_of(source_id: str) -> ModuleType:
    return importlib.import_module(f"pipelines.sources.{source_id}")


def _wanted(item: FileReport, declared: Sequence[Source]) -> list[tuple[str, ...]]:
    """Columns that tell the header of a file."""
    from pipelines.reading.declared import named_columns

    for source in declared:
        if source.id == item.source_id and source.reader is not None:
            return [(name,) for name in named_columns(source.reader)]
    shapes: dict[str, Contract] = getattr(_module_of(item.source_id), "SHAPES", {})
    return shapes[item.file].wanted if item.file in shapes else []


def as_text(reports: Sequence[FileReport]) -> str:
    """The reports as a table for a terminal, with a last line of totals."""
    lines = [f"{'file':<76} {'rows in':>8} {'observed':>8} {'excluded':>8} {'quarant.':>8}  source"]
    for item in reports:
        counts = [item.rows, *(sum(part.values()) for part in (item.observed, item.excluded, item.quarantined))]
        lines.append(f"{item.file:<76} " + " ".join(f"{count:>8}" for count in counts) + f"  {item.source_id or '–'}")
        rules = [f"{rule} {rows}" for rule, rows in (*item.excluded.items(), *item.quarantined.items())]
        lines += [f"    {', '.join(rules)}"] if rules else []
        lines += [f"    {item.reason}"] if item.reason else []
        lines += [] if item.balances else [f"    does not balance: {item.counted} records in the file"]
    balanced = sum(item.balances for item in reports)
    return "\n".join([*lines, f"{len(reports)} files, {balanced} read and balanced"])


def check_real(folder: Path, declared: Sequence[Source] = ()) -> tuple[str, bool]:
    """The table of a folder's files, and whether every one of them is read and balances."""
    reports = report(folder, declared=declared)
    return as_text(reports), all(item.balances for item in reports)
