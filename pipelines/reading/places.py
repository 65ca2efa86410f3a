"""Names of places in layers, whose rows have no header to hold a contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from observatory.errors import SourceError, TerritoryError
from observatory.territory import locality_code, territories, upl_code
from pipelines.reading.cells import near
from pipelines.reading.numbers import moment


def code_named(name: object, where: str, level: Literal["locality", "upl"] = "locality") -> str:
    """The code of a place by the name that a feature gives.

    Raises:
        SourceError: no place is called so; the nearest is told.
    """
    text = "" if name is None or name != name else str(name).strip()
    try:
        return (locality_code if level == "locality" else upl_code)(text)
    except TerritoryError as error:
        fix = error.fix or near(text, (area.name for area in territories().values() if area.level == level))
        raise SourceError(f"{text!r} breaks the rule unknown_{level}", where=where, fix=fix) from error


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


def years_of(days: pd.Series[str], file: str) -> set[str]:
    """The years of a layer's days.

    Raises:
        SourceError: one is no day; its feature is told.
    """
    years = set()
    for feature, day in enumerate(days, start=1):
        read = moment(str(day))
        if read is None:
            where = f"{file}, feature {feature}, column {days.name}"
            raise SourceError(f"{day!s:.80} breaks the rule not_a_date", where=where, fix="a date, as 2025-12-31")
        years.add(f"{read:%Y}")
    return years
