"""Census 2018: dwellings, internet and poverty by locality."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.figures import FigureRow, Parsed

Values = dict[tuple[str, str, str], FigureRow]


@pytest.fixture
def rows(assert_rederives: Callable[[str], Parsed]) -> Values:
    """Rows by measure, territory and period (totals only), re-derived and equal to the committed table."""
    parsed = assert_rederives("dane_census_2018_sector")
    return {(row.measure, row.territory_code, row.period): row for row in parsed.rows if row.disaggregation == "total"}


def test_known_values(rows: Values) -> None:
    assert rows["population", "00", "2018"].value == 7136912
    assert rows["dwellings", "00", "2018"].value == 2517733
    assert rows["dwellings_with_internet", "00", "2018"].value == 1747871
    assert rows["multidimensional_poverty", "00", "2018"].value == pytest.approx(0.0987655503)


def test_localities_hold_the_people_the_projections_give_them(rows: Values) -> None:
    for code, projected in (("15", 79011), ("06", 171130), ("17", 17018), ("07", 692418)):
        counted = rows["population", code, "2018"].value
        assert counted is not None
        assert 0.9 < counted / projected < 1.05


def test_sumapaz_has_no_figure_but_counts_in_the_city(rows: Values) -> None:
    assert rows["population", "20", "2018"].absence == "not_published"
    parts = [row.value for (name, _, _), row in rows.items() if name == "population" and row.value is not None]
    assert sum(parts) == 2 * 7136912 - 381
