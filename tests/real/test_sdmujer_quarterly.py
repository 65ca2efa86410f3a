"""Violence against women: totals accumulate, and the women are whole numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("sdmujer_quarterly")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


def test_known_values(rows: Values) -> None:
    assert rows["purple_line_contacts", "00", "2025-01--2025-12"].value == 35693
    assert rows["femicide_risk_assessments", "19", "2025-01--2025-12"].value == 498
    assert rows["sexual_crime_victims", "08", "2025-01--2025-09"].value == 366


def test_women_are_those_the_layer_prints(rows: Values) -> None:
    assert rows["women", "15", "2026"].value == 42336
    assert rows["women", "06", "2026"].value == 91223


def test_kept_totals_never_fall_within_a_year(rows: Values) -> None:
    for measure in ("purple_line_contacts", "femicide_risk_assessments", "sexual_crime_victims"):
        for code in {code for (_, code, _) in rows}:
            year = [
                row.value
                for (name, where, when), row in sorted(rows.items())
                if (name, where) == (measure, code) and when < "2026"
            ]
            published = [value for value in year if value is not None]
            assert published == sorted(published)


def test_the_falling_cut_is_quarantined_everywhere(rows: Values) -> None:
    cut = [row for (name, _, when), row in rows.items() if (name, when) == ("sexual_crime_victims", "2025-01--2025-12")]
    assert len(cut) == 21
    assert {row.absence for row in cut} == {"quarantined"}
