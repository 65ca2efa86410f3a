"""Corrections of published figures, written by people in `data/corrections.yaml` and applied at each build.

A correction names one row of a figure table, what the publisher says there (`expect`), what is done and why, and the
day on which it must be looked at again. It fails the build when the publisher says something else by now, when the row
is gone, or when its day has passed: a correction nobody needs any more is never applied in silence.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from observatory.errors import FigureError, nearest, read_utf8
from observatory.registry.models import Absence, Flag
from observatory.registry.nodes import Document, read_nodes
from observatory.registry.records import PeriodCode, Record, Slug, Text
from observatory.rows.account import CorrectionRow
from pipelines.read_figures import Figure, FigureTable

Key = tuple[str, str, str, str]


class RowKey(Record):
    """The row of a figure table, by the columns that make it unique."""

    measure: Slug
    territory_code: str
    period: PeriodCode
    disaggregation: str = "total"

    @property
    def key(self) -> Key:
        """The columns as a tuple."""
        return (self.measure, self.territory_code, self.period, self.disaggregation)


class Correction(Record):
    """One correction: `replace` the value, `withhold` it with an `absence`, or add a `flag`."""

    id: Slug
    source: Slug
    row: RowKey
    action: Literal["replace", "withhold", "flag"]
    value: float | None = Field(default=None, description="With replace: the right value, in the unit inside.")
    absence: Absence | None = Field(default=None, description="With withhold: why there is no value.")
    flag: Flag | None = Field(default=None, description="With flag, and with replace where it applies.")
    expect: float | None = Field(description="What the publisher says; null: no value.")
    reason: Text
    decided: dt.date
    expires: dt.date

    @model_validator(mode="after")
    def _says_what_its_action_needs(self) -> Correction:
        needed = {"replace": self.value, "withhold": self.absence, "flag": self.flag}
        if needed[self.action] is None:
            name = {"replace": "value", "withhold": "absence", "flag": "flag"}[self.action]
            raise ValueError(f"the action {self.action} needs `{name}`")
        if (self.value is not None and self.action != "replace") or (self.absence and self.action != "withhold"):
            raise ValueError(f"`value` goes with replace and `absence` with withhold, not with {self.action}")
        if self.expires <= self.decided:
            raise ValueError("it expires after the day it was decided")
        return self


class Corrections(Record):
    """The whole of `data/corrections.yaml`."""

    corrections: Annotated[list[Correction], Field()]


class CorrectionProblemsError(FigureError):
    """All that is wrong with the corrections; `problems` holds one line each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def read_corrections(path: Path) -> list[Correction]:
    """The corrections; none when there is no file.

    Raises:
        CorrectionProblemsError: the file breaks its contract; one line for each problem, with its line.
    """
    if not path.is_file():
        return []
    document = read_nodes(read_utf8(path, FigureError), path.name)
    if not isinstance(document.value, dict):
        fix = "write `corrections: []`, or take the file away"
        raise FigureError("the file holds no corrections", where=str(path), fix=fix)
    found, problems = _validated(document, path.name)
    if problems:
        raise CorrectionProblemsError(problems)
    repeated = {item.id for item in found if sum(other.id == item.id for other in found) > 1}
    if repeated:
        raise CorrectionProblemsError([f"{path.name}: the id {name!r} is used twice" for name in sorted(repeated)])
    return found


def _validated(document: Document, name: str) -> tuple[list[Correction], list[str]]:
    """The corrections, or what is wrong with them.

    Nothing is raised from pydantic's error: it would keep the frames of its validators alive to the end of the process,
    and with them every open edition.
    """
    try:
        return Corrections.model_validate_json(json.dumps(document.value), strict=True).corrections, []
    except ValidationError as error:
        return [], [_problem(name, document, item["loc"], item["msg"]) for item in error.errors(include_url=False)]


def _problem(name: str, document: Document, place: Sequence[str | int], what: str) -> str:
    path = tuple(place)
    told = ".".join(str(part) for part in path) or "the file"
    return str(FigureError(f"{told}: {what}", where=f"{name}:{document.line(path)}", fix="its first lines say how"))


def refuse_expired(path: Path, built_on: dt.date) -> None:
    """Refuse corrections whose day has passed.

    Raises:
        CorrectionProblemsError: naming each of them.
    """
    fix = "look at the publisher's figure again: take the correction out, or set a new day"
    expired = [item for item in read_corrections(path) if item.expires < built_on]
    if expired:
        lines = [FigureError(f"{item.id!r} expired on {item.expires}", where=path.name, fix=fix) for item in expired]
        raise CorrectionProblemsError([str(line) for line in lines])


def correct(tables: list[FigureTable], corrections: list[Correction]) -> tuple[list[FigureTable], list[CorrectionRow]]:
    """Tables with the corrections applied, and what was done to each row.

    Raises:
        CorrectionProblemsError: a correction is stale: its row is gone, or no longer says what it expects.
    """
    by_source = {table.source_id: {_key(figure): figure for figure in table.figures} for table in tables}
    problems, applied = [], []
    for item in corrections:
        figure = by_source.get(item.source, {}).get(item.row.key)
        if figure is None or not _is_expected(figure, item):
            problems.append(_stale(item, figure, list(by_source)))
        else:
            by_source[item.source][item.row.key] = corrected = _corrected(figure, item)
            applied.append(_row(item, figure, corrected))
    if problems:
        raise CorrectionProblemsError(problems)
    changed = {item.source for item in corrections}
    return [
        replace(table, figures=list(by_source[table.source_id].values())) if table.source_id in changed else table
        for table in tables
    ], applied


def _key(figure: Figure) -> Key:
    return (figure.measure, figure.territory_code, figure.period.code, figure.disaggregation)


def _is_expected(figure: Figure, item: Correction) -> bool:
    if figure.value is None or item.expect is None:
        return figure.value is None and item.expect is None
    return abs(figure.value - item.expect) <= 1e-9 * max(abs(item.expect), 1)


def _stale(item: Correction, figure: Figure | None, sources: list[str]) -> str:
    place = f"data/corrections.yaml, {item.id}"
    if figure is None:
        what, fix = f"{item.source} has no row {', '.join(item.row.key)}", nearest(item.source, sources)
        return str(FigureError(what, where=place, fix="" if item.source in sources else fix))
    said = "nothing" if figure.value is None else f"{figure.value:g}"
    expected = "nothing" if item.expect is None else f"{item.expect:g}"
    what = f"stale: the publisher says {said}, the correction expects {expected}"
    return str(FigureError(what, where=place, fix="if the publisher mended it, take the correction out"))


def _corrected(figure: Figure, item: Correction) -> Figure:
    flag = " ".join(dict.fromkeys([*figure.flag.split(), *([item.flag] if item.flag else [])]))
    if item.action == "replace":
        return replace(figure, value=item.value, lower=None, upper=None, absence=None, flag=flag)
    if item.action == "withhold":
        return replace(figure, value=None, lower=None, upper=None, absence=item.absence)
    return replace(figure, flag=flag)


def _row(item: Correction, before: Figure, after: Figure) -> CorrectionRow:
    return CorrectionRow(
        correction_id=item.id,
        source_id=item.source,
        row_number=before.row_number,
        measure=item.row.measure,
        territory_code=item.row.territory_code,
        period=item.row.period,
        disaggregation=item.row.disaggregation,
        action=item.action,
        published=before.value,
        corrected=after.value,
        flag=item.flag,
        absence=after.absence,
        reason_es=item.reason.es,
        reason_en=item.reason.en,
        decided=item.decided,
        expires=item.expires,
    )
