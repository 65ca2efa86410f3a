"""The pivot of 2016, on invented counts in the published shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from observatory.territory import territories
from pipelines.counting import LOCALITIES
from pipelines.figures import Capture
from pipelines.sources.sdm_crashes_2016 import PIVOT, parse


def capture(folder: Path, months: list[str], without: tuple[str, ...] = ("20",)) -> Capture:
    """A count of 1 in each locality and month, of 2 in Suba."""
    (folder / "mobility").mkdir()
    codes = [code for code in LOCALITIES if code not in without]
    counts = "\t".join("2" if code == "11" else "1" for code in codes)
    header = "\t".join(territories()[code].name.upper() for code in codes)
    lines = [f"MES\t{header}", *(f"{month}\t{counts}" for month in months)]
    (folder / PIVOT).write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8", newline="")
    return Capture(folder)


MONTHS = [f"{month:02d} 2016" for month in range(1, 13)]


def test_columns_become_localities_and_the_city_is_their_sum(tmp_path: Path) -> None:
    parsed = parse(capture(tmp_path, MONTHS))
    values = {(row.measure, row.territory_code, row.period): row for row in parsed.rows}
    assert values["crashes", "11", "2016"].value == 24
    assert values["crashes", "00", "2016"].value == 240
    assert values["crashes_by_month", "00", "2016-12"].value == 20
    assert values["crashes", "20", "2016"].absence == "not_published"


def test_a_missing_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not the twelve"):
        parse(capture(tmp_path, ["01 2016"]))


def test_a_pivot_that_lacks_a_locality_makes_no_smaller_city(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column of Kennedy"):
        parse(capture(tmp_path, MONTHS, without=("08", "20")))
