"""Rows of a figure table from records: counted by locality, with true zeros where the register is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from observatory.territory import CITY, UNLOCATED, territories
from pipelines.figures import FigureRow

LOCALITIES = tuple(code for code, area in territories().items() if area.level == "locality")
RURAL = "20"


def count_rows(
    measure: str, codes: Iterable[str], period: str, disaggregation: str = "total", *, flag: str = "", silent: str = ""
) -> list[FigureRow]:
    """Records counted by locality, without location (`99`, where there are any) and in the city, which holds them all.

    A locality without records is a zero; `silent` names one the register does not cover, which is not published.
    """
    counts = Counter(codes)
    rows = [FigureRow(measure, CITY, period, disaggregation, sum(counts.values()), flag=flag)]
    for code in (*LOCALITIES, *([UNLOCATED] if counts[UNLOCATED] else [])):
        if code == silent and not counts[code]:
            rows.append(FigureRow(measure, code, period, disaggregation, absence="not_published"))
        else:
            rows.append(FigureRow(measure, code, period, disaggregation, counts[code], flag=flag))
    return rows


def city_rows(
    measure: str, values: Mapping[Any, float], period: str, dimension: str, *, flag: str = ""
) -> list[FigureRow]:
    """Additive values of the city by category of one dimension, and their sum."""
    rows = [FigureRow(measure, CITY, period, f"{dimension}:{key}", value, flag=flag) for key, value in values.items()]
    return [*rows, FigureRow(measure, CITY, period, value=sum(values.values()), flag=flag)]


def unfinished_years(months: Iterable[str]) -> list[str]:
    """Years of the month codes that lack their first or their last month: the register does not cover them."""
    found = set(months)
    return [year for year in sorted({month[:4] for month in found}) if not {f"{year}-01", f"{year}-12"} <= found]
