"""Public space 2015 equals its two files."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.figures import Parsed


def test_rederives(assert_rederives: Callable[[str], Parsed]) -> None:
    parsed = assert_rederives("dadep_public_space_2015")
    values = {(row.measure, row.territory_code): row.value for row in parsed.rows}
    assert (values["effective_public_space", "00"], values["green_public_space", "00"]) == (3.69, 6.0)
    assert (values["trees_per_100k", "00"], values["trees_per_100k", "03"]) == (15683.0, 55768.0)
    assert {key for key, value in values.items() if value is None} == {
        ("trees_per_100k", "02"),
        ("trees_per_100k", "20"),
        ("effective_public_space", "20"),
        ("green_public_space", "20"),
    }
    assert sum(account.rows for account in parsed.accounts) == 135 + 31 + 79


def test_localities_weighted_by_their_people_give_the_city(assert_rederives: Callable[[str], Parsed]) -> None:
    """So the rates rest on this very population, and square metres may be told from them."""
    values = {(row.measure, row.territory_code): row.value for row in assert_rederives("dadep_public_space_2015").rows}
    codes = [f"{number:02d}" for number in range(1, 21)]
    people = {code: values["population", code] or 0.0 for code in codes}
    metres = sum((values["effective_public_space", code] or 0.0) * people[code] for code in codes)
    assert sum(people.values()) == values["population", "00"] == 7_878_783
    assert round(metres / 7_878_783, 2) == values["effective_public_space", "00"] == 3.69
