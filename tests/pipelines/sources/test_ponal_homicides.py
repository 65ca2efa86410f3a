"""Victims are summed over both spellings of Bogotá, in rows made up for the test."""

from pathlib import Path

import pandas as pd
import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.sources import ponal_homicides as source

YEARS = [str(year) for year in range(2003, 2024)]


def capture(folder: Path, years: list[str]) -> Capture:
    rows = [
        (town, f"{year}-{month}-01 00:00:00", count)
        for year in years
        for town, month, count in (
            ("Bogotá D.C. (CT)", "01", "2"),
            ("BOGOTÁ D.C. (CT)", "12", "1"),
            ("Leticia (CT)", "05", "5"),
        )
    ]
    path = folder / source.STACK
    path.parent.mkdir()
    pd.DataFrame(rows, columns=["MUNICIPIO", "FECHA", "CANTIDAD"]).to_parquet(path)
    return Capture(folder)


def test_victims_are_summed_not_rows(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, YEARS))
    assert [row.value for row in parsed.rows] == [3] * len(YEARS) + [1204, 1173]
    assert {account.rule: account.rows for account in parsed.accounts} == {"used": 42, "outside_bogota": 21}


def test_a_missing_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected"):
        source.parse(capture(tmp_path, [*YEARS[:4], *YEARS[5:]]))
