"""What an edition takes of a capture and of the embedded table."""

from __future__ import annotations

import pytest

from observatory.errors import FigureError
from pipelines.merging import Row, merge


def row(code: str, period: str, value: str, disaggregation: str = "total", measure: str = "cases") -> Row:
    return [measure, code, period, disaggregation, value, "", "", "", "", ""]


EMBEDDED = [row("00", "2023", "30"), row("01", "2023", "10"), row("02", "2023", "20"), row("00", "2024", "31")]


def values(rows: list[Row]) -> dict[tuple[str, str], str]:
    return {(cells[1], cells[2]): cells[4] for cells in rows}


def test_a_new_period_is_added_and_history_stays() -> None:
    merged = merge([row("00", "2024", "32"), row("00", "2025", "40")], EMBEDDED, "extend")
    assert values(merged.rows) == {
        ("00", "2023"): "30",
        ("00", "2024"): "32",
        ("00", "2025"): "40",
        ("01", "2023"): "10",
        ("02", "2023"): "20",
    }
    kept = {tuple(merged.rows[line - 2][1:3]) for line in merged.kept}
    assert kept == {("00", "2023"), ("01", "2023"), ("02", "2023")}
    assert (merged.superseded, merged.withdrawn) == (1, [])


def test_a_section_is_never_mixed_from_two_publications() -> None:
    merged = merge([row("01", "2023", "11")], EMBEDDED, "extend")
    assert values(merged.rows) == {("00", "2023"): "30", ("00", "2024"): "31", ("01", "2023"): "11"}
    assert merged.withdrawn == [("cases", "02", "2023", "total")]
    assert len(EMBEDDED) == len(merged.kept) + merged.superseded + len(merged.withdrawn)


def test_levels_dimensions_and_measures_are_sections_of_their_own() -> None:
    embedded = [
        *EMBEDDED,
        row("01", "2023", "4", "sex:women"),
        row("UPL01", "2023", "3"),
        row("00", "2023", "1", measure="deaths"),
    ]
    merged = merge([row("00", "2023", "33")], embedded, "extend")
    assert len(merged.rows) == len(embedded)
    assert len(merged.kept) == len(embedded) - 1


def test_records_without_a_place_belong_to_their_localities() -> None:
    embedded = [row("01", "2023", "10"), row("99", "2023", "2"), row("", "2023", "1")]
    merged = merge([row("01", "2023", "13")], embedded, "extend")
    assert values(merged.rows) == {("01", "2023"): "13"}
    assert len(merged.withdrawn) == 2


def test_a_vintage_is_replaced_whole_or_not_at_all() -> None:
    whole = [row("00", "2023", "33"), row("01", "2023", "11"), row("02", "2023", "22"), row("00", "2024", "34")]
    assert merge(whole, EMBEDDED, "replace").kept == frozenset()
    with pytest.raises(
        FigureError, match="1 sections of the embedded table are not in the capture, the first: cases city 2024"
    ):
        merge(whole[:3], EMBEDDED, "replace")
