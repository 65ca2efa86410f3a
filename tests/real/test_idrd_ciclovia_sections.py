"""The Sunday Ciclovía: lengths of the published lines, cut along the localities."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> dict[str, FigureRow]:
    """Rows by territory, re-derived and equal to the committed table."""
    return {row.territory_code: row for row in assert_rederives("idrd_ciclovia_sections").rows}


def test_known_lengths_in_kilometres(rows: dict[str, FigureRow]) -> None:
    assert rows["00"].value == 127.153
    assert rows["01"].value == 15.906
    assert {code for code, row in rows.items() if row.value == 0} == {"18", "20"}
    assert {(row.period, row.flag) for row in rows.values()} == {("2019", "estimated")}


def test_the_localities_hold_all_but_what_falls_outside_their_outlines(rows: dict[str, FigureRow]) -> None:
    parts = sum(row.value or 0 for code, row in rows.items() if code != "00")
    assert parts == pytest.approx(126.989, abs=0.0005)
    assert (rows["00"].value or 0) - parts == pytest.approx(0.164, abs=0.0005)
