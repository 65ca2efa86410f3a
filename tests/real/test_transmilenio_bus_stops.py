"""The stops by locality come out of the published file."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.figures import Parsed


def test_rederives_with_the_known_totals(assert_rederives: Callable[[str], Parsed]) -> None:
    rows = {row.territory_code: row for row in assert_rederives("transmilenio_bus_stops").rows}
    assert (rows["00"].value, rows["08"].value, rows["17"].value) == (7618, 896, 29)
    assert sum(row.value or 0 for code, row in rows.items() if code != "00") == 7618
    assert rows["20"].absence == "not_published"
