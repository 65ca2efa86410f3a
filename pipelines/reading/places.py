"""Names of places in layers, whose rows have no header to hold a contract."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from observatory.errors import SourceError
from observatory.territory import territories
from pipelines.reading.cells import near


def refuse_unknown(
    values: pd.Series[str], file: str, known: Iterable[str] | None = None, column: str = "locality"
) -> None:
    """Refuse a layer with a value that is not known; localities when nothing is given.

    Raises:
        SourceError: the first unknown value, with its feature's number (from 1) and the nearest valid choice.
    """
    choices = (
        [code for code, area in territories().items() if area.level == "locality"] if known is None else list(known)
    )
    unknown = values[~values.isin(choices)]
    if len(unknown):
        feature = values.index.get_loc(unknown.index[0])
        raise SourceError(
            f"unknown {column} {unknown.iloc[0]!r} in {len(unknown)} features",
            where=f"{file}, feature {int(str(feature)) + 1}",
            fix=near(str(unknown.iloc[0]), map(str, choices)),
        )
