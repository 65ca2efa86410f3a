"""Weighted victims and the year left out, in answers made up for the test."""

import gzip
from pathlib import Path

import pytest

from pipelines.figures import Capture
from pipelines.sources import ccb_victimisation as source


def test_shares_are_weighted_and_2020_is_left_out(tmp_path: Path) -> None:
    for name in source.FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
    text = 'LOCALIDAD,P203,FEX,"una\npregunta"\nUsme,Si,1,"de\nrepente"\nBosa,No,NA,\nNA,Si,4341865.9,\n'
    (tmp_path / source.FILES[0]).write_text(text, encoding="utf-8")
    for name in source.FILES[1:]:
        (tmp_path / name).write_bytes(gzip.compress(b"LOCALIDAD,P203,FEX\n4,1,30.0\n4,2,10.0\n19,2,60.0\n"))
    parsed = source.parse(Capture(tmp_path))
    rows = {(row.territory_code, row.period): row for row in parsed.rows}
    assert rows["00", "2021"].value == pytest.approx(0.3)
    assert rows["04", "2022"].value == pytest.approx(0.75)
    assert rows["04", "2022"].flag == "low_reliability"
    assert rows["20", "2022"].absence == "not_published"
    assert [(account.rule, account.rows) for account in parsed.accounts] == [
        ("weights_incomplete", 1),
        ("total_row", 1),
        ("weight_missing", 1),
        ("used", 3),
        ("used", 3),
    ]
