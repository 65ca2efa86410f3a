"""Read figure tables strictly: a row that breaks the contract is named by file, row, column and rule.

A row whose territory the publisher lost is no mistake of the table: it is read, and quarantined as `territory_missing`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from observatory.errors import FigureError, PeriodError, nearest
from observatory.period import Period, parse_period
from observatory.registry.models import Absence, Catalogue, Flag
from observatory.territory import UNLOCATED, Territory
from pipelines.content import content_bytes
from pipelines.figures import COLUMNS, Refused

ABSENCES, FLAGS = get_args(Absence), get_args(Flag)
LOST = ""
SHARES = "shares are fractions: 63 % is 0.63; where a `reader:` reads percents, declare `scale: 0.01`"
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
ACCOUNT_COLUMNS = ["file", "outcome", "rule", "rows"]


@dataclass(frozen=True)
class Figure:
    """A row of a figure table, read. `row_number` counts the file's lines, the header being 1."""

    source_id: str
    row_number: int
    measure: str
    territory_code: str
    level: str | None
    period: Period
    disaggregation: str
    value: float | None
    lower: float | None
    upper: float | None
    sample: int | None
    flag: str
    absence: str | None


@dataclass
class FigureTable:
    """A figure table as read. `rejected` rows broke the contract; the table may not be used before they are mended.

    Where rows come from a capture, `published` is its hash; the lines `kept` beside them are those of the embedded
    table, whose hash is `kept_hash`.
    """

    source_id: str
    path: Path
    sha256: str
    bytes: int
    row_count: int = 0
    figures: list[Figure] = field(default_factory=list)
    rejected: list[Refused] = field(default_factory=list)
    published: str = ""
    kept: frozenset[int] = frozenset()
    kept_hash: str = ""

    def origin_of(self, row_number: int) -> str:
        """The hash of what a row was published in: a capture, or the embedded table."""
        return self.kept_hash if row_number in self.kept else self.published or self.sha256

    def is_captured(self, row_number: int) -> bool:
        """Whether a row came from a capture; those beside it were embedded."""
        return bool(self.published) and row_number not in self.kept


@dataclass(frozen=True)
class Contract:
    """What the rows of one source may say."""

    measures: frozenset[str]
    share_bounds: dict[str, tuple[float, float]]  # of measures that are shares
    categories: frozenset[str]
    levels: Mapping[str, str]  # level by territory code

    @staticmethod
    def of(catalogue: Catalogue, source_id: str, territories: dict[str, Territory]) -> Contract:
        """The contract of a source.

        Raises:
            FigureError: the catalogue has no such source.
        """
        sources = {source.id: source for source in catalogue.sources}
        if source_id not in sources:
            fix = nearest(source_id, sources) or "add the source to indicators.yaml, or remove the table"
            raise FigureError("a figure table without a source", where=f"data/figures/{source_id}.csv", fix=fix)
        measures = sources[source_id].measures
        bounds = {key: _share_bounds(catalogue, source_id, key) for key in measures if measures[key].unit == "share"}
        categories = {f"{item.id}:{category}" for item in catalogue.dimensions for category in item.categories}
        levels = {code: area.level for code, area in territories.items()}
        return Contract(frozenset(measures), bounds, frozenset(categories), levels)


def _share_bounds(catalogue: Catalogue, source_id: str, measure: str) -> tuple[float, float]:
    """0 and 1, or wider where an indicator declares so: a gross coverage may pass 100 %."""
    ranges = [
        item.valid_range
        for item in catalogue.indicators
        if item.value is not None and (item.value.source, item.value.measure) == (source_id, measure)
    ]
    return min([0.0, *(low for low, _ in ranges)]), max([1.0, *(high for _, high in ranges)])


class _RefusedError(Exception):
    def __init__(self, column: str, value: str, rule: str, hint: str) -> None:
        super().__init__(rule)
        self.parts = (column, value, rule, hint)


def read_figures(path: Path, contract: Contract, data: bytes | None = None) -> FigureTable:
    """Read a figure table, or `data` instead of its bytes; rows that break the contract are listed, not raised.

    Raises:
        FigureError: the file is no UTF-8 text or its header differs.
    """
    data = content_bytes(path) if data is None else data
    table = FigureTable(path.stem, path, hashlib.sha256(data).hexdigest(), len(data))
    seen: dict[tuple[str, ...], int] = {}
    for row_number, cells in _rows(path, data, list(COLUMNS)):
        table.row_count += 1
        try:
            figure = _figure(path.stem, row_number, cells, contract)
            _refuse_repeated(cells, row_number, seen)
            table.figures.append(figure)
        except _RefusedError as refused:
            table.rejected.append(Refused(path.stem, path.name, row_number, *refused.parts))
    return table


def figure_cells(path: Path) -> list[tuple[int, list[str]]]:
    """Lines and cells of a figure table, not looked at any closer.

    Raises:
        FigureError: the file is no UTF-8 text or its header differs.
    """
    return list(_rows(path, content_bytes(path), list(COLUMNS)))


def read_accounts(path: Path) -> list[tuple[str, str, str, int]]:
    """Rows of an accounts table as (file, outcome, rule, rows); none when the source has no table.

    Raises:
        FigureError: header, outcome or number of rows is wrong.
    """
    if not path.is_file():
        return []
    return [_account(path, number, cells) for number, cells in _rows(path, content_bytes(path), ACCOUNT_COLUMNS)]


def _account(path: Path, row_number: int, cells: list[str]) -> tuple[str, str, str, int]:
    file, outcome, rule, rows = cells
    if outcome not in ("observed", "excluded", "quarantined") or not rows.isdecimal():
        fix = "outcome is observed, excluded or quarantined; rows is a whole number"
        raise FigureError(f"{outcome!r}, {rows!r}", where=f"{path.name}, row {row_number}", fix=fix)
    return file, outcome, rule, int(rows)


def _rows(path: Path, data: bytes, header: list[str]) -> Iterator[tuple[int, list[str]]]:
    text = _text(path, data)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        found = next(reader, [])
        if found != header:
            raise FigureError(f"header is {found}", where=str(path), fix=f"expected {','.join(header)}")
        for cells in reader:
            if len(cells) != len(header):
                where = f"{path.name}, row {reader.line_num}"
                raise FigureError(f"{len(cells)} cells, expected {len(header)}", where=where, fix="count the commas")
            yield reader.line_num, cells
            line = reader.line_num + 1
    except csv.Error as error:
        fix = "close the quote or take it away; a quote inside a cell is written twice"
        raise FigureError(f"a quote out of place: {error}", where=f"{path}, row {line}", fix=fix) from error


def _text(path: Path, data: bytes) -> str:
    """The text of a table, with or without the mark that some programs put before UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise FigureError("no UTF-8 text", where=f"{path}, row {row}", fix="save it as UTF-8 CSV") from error


def _refuse_repeated(cells: list[str], row_number: int, seen: dict[tuple[str, ...], int]) -> None:
    first = seen.setdefault(tuple(cells[:4]), row_number)
    if first != row_number:
        raise _RefusedError("measure", ", ".join(cells[:4]), "unique_key", f"row {first} says the same; keep one")


def _figure(source_id: str, row_number: int, cells: list[str], contract: Contract) -> Figure:
    measure, code, period, disaggregation, value, lower, upper, sample, flag, absence = cells
    if measure not in contract.measures:
        raise _RefusedError("measure", measure, "known_measure", _near(measure, contract.measures))
    if code not in (UNLOCATED, LOST) and code not in contract.levels:
        raise _RefusedError("territory_code", code, "known_territory", _territory_hint(code, contract.levels))
    if disaggregation != "total" and disaggregation not in contract.categories:
        hint = _near(disaggregation, ["total", *contract.categories])
        raise _RefusedError("disaggregation", disaggregation, "known_category", hint)
    figure = Figure(
        source_id=source_id,
        row_number=row_number,
        measure=measure,
        territory_code=code,
        level=contract.levels.get(code),
        period=_period(period),
        disaggregation=disaggregation,
        value=_number("value", value),
        lower=_number("lower", lower),
        upper=_number("upper", upper),
        sample=_whole("sample", sample),
        flag=_flags(flag),
        absence=absence or None,
    )
    _refuse_contradictions(figure, contract.share_bounds.get(measure))
    return figure


def _near(value: str, choices: object) -> str:
    known = list(choices)  # type: ignore[call-overload]  # a dict or a list of texts
    return nearest(value, known) or f"known: {', '.join(sorted(known)[:30])}"


def _territory_hint(code: str, levels: Mapping[str, str]) -> str:
    if code.zfill(2) in levels:
        return f"codes are text of two digits: {code.zfill(2)}"
    return "00 is the city, 01–20 the localities, UPL01–UPL33 the planning units, 99 unlocated"


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except PeriodError as error:
        raise _RefusedError("period", text, "period_code", error.fix) from error


def _number(column: str, text: str) -> float | None:
    if text == "":
        return None
    if not NUMBER.fullmatch(text):
        raise _RefusedError(column, text, "number", "write plain decimals with a point, 12.5")
    return float(text)


def _whole(column: str, text: str) -> int | None:
    if text and not text.isdecimal():
        raise _RefusedError(column, text, "whole_number", "write digits only")
    return int(text) if text else None


def _flags(text: str) -> str:
    for flag in text.split():
        if flag not in FLAGS:
            raise _RefusedError("flag", flag, "known_flag", _near(flag, FLAGS))
    return text


def _refuse_contradictions(figure: Figure, bounds: tuple[float, float] | None) -> None:
    if (figure.value is None) != (figure.absence is not None):
        raise _RefusedError("value", str(figure.value), "value_or_absence", "give a value, or an absence, and not both")
    if figure.absence is not None and figure.absence not in ABSENCES:
        raise _RefusedError("absence", figure.absence, "known_absence", _near(figure.absence, ABSENCES))
    low, middle, high = figure.lower, figure.value, figure.upper
    if bounds is not None and middle is not None and not bounds[0] <= middle <= bounds[1]:
        raise _RefusedError("value", str(middle), "share_within_0_and_1", SHARES)
    if (low is None) != (high is None) or (low is not None and middle is None):
        raise _RefusedError("lower", str(low), "whole_interval", "give both ends and a value, or neither end")
    if low is not None and high is not None and middle is not None and not low <= middle <= high:
        raise _RefusedError("lower", f"{low}–{high}", "interval_holds_value", f"the value is {middle}")
