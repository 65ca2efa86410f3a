"""Bases and codes of the perception survey, in answers made up for the test."""

import gzip
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture, FigureRow
from pipelines.sources import sdp_perception_2025 as source

HEADER = "Cod_Locali,Cod_UPL,D1,fexp_calp_anu,C303,F405,G406,A101,Bx704"


def parse(folder: Path, *answers: str) -> dict[tuple[str, str, str], FigureRow]:
    path = folder / source.SURVEY
    path.parent.mkdir()
    path.write_bytes(gzip.compress("\n".join([HEADER, *answers]).encode()))
    return {(row.measure, row.territory_code, row.disaggregation): row for row in source.parse(Capture(folder)).rows}


def test_who_never_goes_out_leaves_the_base(tmp_path: Path) -> None:
    rows = parse(
        tmp_path, "8,UPL14,1,2,1,5,4,5,5", "8,UPL14,2,1,2,5,1,5,5", "8,UPL14,2,3,2,5,6,99,5", "1,UPL25,1,2,2,5,2,1,99"
    )
    night = rows["safe_at_night", "08", "total"]
    assert (night.value, night.sample) == (pytest.approx(2 / 3), 2)
    assert rows["never_out_at_night", "08", "total"].value == pytest.approx(0.5)
    assert rows["subjective_poverty", "00", "total"].value == pytest.approx(2 / 8)
    assert rows["subjective_poverty", "00", "sex:men"].value == pytest.approx(0.5)
    assert rows["good_health", "UPL14", "total"].sample == 2
    assert rows["neighbours_help", "00", "total"].sample == 3
    assert rows["safe_by_day", "UPL06", "total"].absence == "not_published"


def test_an_unknown_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 2, C303 '3', unknown_category"):
        parse(tmp_path, "8,UPL14,1,2,3,5,4,5,5", "8,UPL14,2,2,1,5,4,5,5")
