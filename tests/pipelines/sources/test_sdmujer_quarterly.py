"""Accumulated cuts and recovered women, in rows made up for the test."""

from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.sources import sdmujer_quarterly as source

Cut = tuple[str, str, int]
SECOND = ("LineaPurpura", "2025-06-01", 1000)


def capture(folder: Path, *cuts: Cut, localities: int = 20) -> Capture:
    path = folder / source.SERIES
    path.parent.mkdir()
    lines = ["codigo_localidad,fecha,indicador,valor,tasa_100k"]
    for indicator, date, women in cuts:
        lines += [f"{code},{date},{indicator},{code}.0,{code / women * 100_000}" for code in range(1, localities + 1)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return Capture(folder)


def test_a_cut_is_a_span_since_january_and_the_city_its_sum(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, SECOND, ("Duplas", "2025-06-01", 1000)))
    rows = {(row.measure, row.territory_code, row.period): row.value for row in parsed.rows}
    assert rows["purple_line_contacts", "03", "2025-01--2025-06"] == 3
    assert rows["purple_line_contacts", "00", "2025-01--2025-06"] == 210
    assert rows["women", "03", "2025"] == 1000
    assert rows["women", "00", "2025"] == 20_000
    assert {account.rule: account.rows for account in parsed.accounts} == {
        "used": 20,
        "measure_not_kept": 20,
        "total_falls": 0,
    }


def test_the_cut_that_falls_is_quarantined(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, SECOND, ("DelitosSexuales", "2025-12-01", 1000)))
    assert {row.absence for row in parsed.rows if row.period == "2025-01--2025-12"} == {"quarantined"}


def test_rates_that_imply_other_women_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="women here, 1000 elsewhere"):
        source.parse(capture(tmp_path, SECOND, ("LineaPurpura", "2025-09-01", 1200)))


def test_the_women_of_march_2025_are_left_aside(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, ("LineaPurpura", "2025-03-01", 1200), SECOND))
    assert {row.value for row in parsed.rows if row.measure == "women" and row.territory_code != "00"} == {1000}


def test_a_cut_without_some_locality_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="19 localities"):
        source.parse(capture(tmp_path, SECOND, localities=19))
