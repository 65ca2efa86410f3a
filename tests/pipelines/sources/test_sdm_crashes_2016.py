"""The pivot of 2016, on invented counts in the published shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.sources.sdm_crashes_2016 import PIVOT, parse


def capture(folder: Path, months: list[str]) -> Capture:
    (folder / "mobility").mkdir()
    lines = ["MES\tANTONIO NARIÑO\tSUBA", *(f"{month}\t1\t2" for month in months)]
    (folder / PIVOT).write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8", newline="")
    return Capture(folder)


def test_columns_become_localities_and_the_city_is_their_sum(tmp_path: Path) -> None:
    parsed = parse(capture(tmp_path, [f"{month:02d} 2016" for month in range(1, 13)]))
    values = {(row.measure, row.territory_code, row.period): row for row in parsed.rows}
    assert values["crashes", "11", "2016"].value == 24
    assert values["crashes", "00", "2016"].value == 36
    assert values["crashes_by_month", "00", "2016-12"].value == 3
    assert values["crashes", "20", "2016"].absence == "not_published"


def test_a_missing_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not the twelve"):
        parse(capture(tmp_path, ["01 2016"]))
