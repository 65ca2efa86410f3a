"""Figure tables as parts: what a table says, as long as its bytes and its contract are those it was read with."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

from observatory.period import parse_period
from pipelines.content import content_bytes
from pipelines.figures import Refused
from pipelines.made_from import source_key
from pipelines.parts import Parts, Tables
from pipelines.read_figures import Contract, Figure, FigureTable, read_figures

_period = cache(parse_period)


def read_or_kept(path: Path, contract: Contract, parts: Parts) -> tuple[FigureTable, str]:
    """A figure table, read now or before, and the hash of what it says.

    Raises:
        FigureError: the file is no UTF-8 text or its header differs.
    """
    name, data = path.stem, content_bytes(path)
    keys = {name: source_key(name, data, contract)}
    found = parts.take("source", keys, lambda _: {name: _rows(read_figures(path, contract, data))})
    tables = found.tables()[name]
    table = FigureTable(
        name,
        path,
        hashlib.sha256(data).hexdigest(),
        len(data),
        row_count=len(tables["figure"]) + len(tables["rejected"]),
        figures=[_figure(name, row) for row in tables["figure"]],
        rejected=[Refused(*row) for row in tables["rejected"]],
    )
    return table, found.digests()[name]


def _rows(table: FigureTable) -> Tables:
    figures = [
        (
            row.row_number, row.measure, row.territory_code, row.level, row.period.code, row.disaggregation,
            row.value, row.lower, row.upper, row.sample, row.flag, row.absence,
        )
        for row in table.figures
    ]  # fmt: skip
    return {"figure": figures, "rejected": [astuple(row) for row in table.rejected]}


def _figure(source_id: str, row: Sequence[Any]) -> Figure:
    number, measure, code, level, period, *said = row
    return Figure(source_id, number, measure, code, level, _period(period), *said)
