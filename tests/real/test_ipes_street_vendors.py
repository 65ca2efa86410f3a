"""Street vendors equal their file and add up to the published totals of each cut."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.figures import Parsed


def test_rederives(assert_rederives: Callable[[str], Parsed]) -> None:
    parsed = assert_rederives("ipes_street_vendors")
    city = {row.period: row.value for row in parsed.rows if row.territory_code == "00"}
    assert city == {
        "2017-06-30": 50541,
        "2017-12-31": 51525,
        "2018-06-30": 51823,
        "2018-12-31": 52908,
        "2019-06-30": 52919,
        "2019-12-30": 53553,
    }
    last = {row.territory_code: row.value for row in parsed.rows if row.period == "2019-12-30"}
    assert (last["03"], last["20"], last["99"]) == (10193, 19, 3267)
    assert sum(account.rows for account in parsed.accounts) == 126
