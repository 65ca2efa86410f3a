"""The short form: the same each time, read whole or not at all, short enough for a slide."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from observatory.links import VERSION, ViewState, full_link, parameters, short_code, shortened, unfolded
from observatory.links.migrations import Query, migrated
from observatory.links.short import LONGEST
from tests.links.test_state import EDITION, STATES

FROZEN = Path(__file__).with_name("short_codes.json")
USUAL = (
    ("overview", ViewState(lang="es")),
    ("theme", ViewState(lang="en", theme="quality_of_life")),
    ("indicator", ViewState(lang="es", ind=("homicide_rate_jan_aug",), loc=("08",), t="2026-01--2026-08", tab="rank")),
    ("map", ViewState(lang="en", ind=("air_pm25_modelled",), t="2024", lvl="upl", cls="quantile", k=6, area="all")),
    ("territory", ViewState(lang="es", loc=("19",))),
    ("compare", ViewState(lang="es", loc=("01", "08", "19", "20", "02"), tab="slope", t="2015..2024")),
    ("changes", ViewState(lang="en", since="2026-10-01-0123abc", theme="mobility", loc=("08",))),
    ("receipt", ViewState(lang="es", ind=("road_deaths",), loc=("00",), t="2025", dim="road_user:pedestrian")),
)


@given(st.sampled_from([page for page, _ in USUAL] + ["a_page_to_come"]), STATES)
def test_a_short_code_is_read_again_as_it_was_written(page: str, state: ViewState) -> None:
    if len(code := short_code(page, parameters(state))) <= LONGEST:
        assert unfolded({"s": code}) == (page, parameters(state))


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=12), max_size=4))
def test_any_text_goes_into_a_short_code_and_comes_out_again(query: Query) -> None:
    if len(code := short_code("overview", query)) <= LONGEST:
        assert unfolded({"s": code}) == ("overview", query)


@given(st.text(max_size=80), st.sampled_from(["", "1", "1A", "2A"]))
def test_what_is_no_short_code_is_refused_without_an_exception(text: str, start: str) -> None:
    assert unfolded({"s": start + text}) is None


def test_a_code_that_lost_or_changed_a_letter_is_refused() -> None:
    code = short_code("map", parameters(USUAL[3][1]))
    damaged = {code[:place] + "A" + code[place + 1 :] for place in range(1, len(code))} - {code}
    assert {unfolded({"s": one}) for one in damaged | {code[:-1], code[:10]}} == {None}


def test_usual_views_fit_in_far_less_than_two_hundred_characters() -> None:
    links = [shortened(full_link(page, state, EDITION)) for page, state in USUAL]
    assert max(len(link) for link in links) < 80
    assert all(link.startswith("/?s=1") for link in links)


def test_codes_of_packing_1_never_change() -> None:
    """Released links stand in meetings' minutes: a code that is written otherwise, or not read, breaks them."""
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))
    assert [shortened(full_link(page, state, EDITION)) for page, state in USUAL] == frozen["links"]


def test_what_stands_beside_a_short_code_wins() -> None:
    code = short_code("overview", {"lang": "es", "v": "1"})
    assert unfolded({"s": code, "lang": "en", "present": "1"}) == ("overview", {"lang": "en", "v": "1", "present": "1"})
    assert unfolded({"lang": "en"}) is None


def renamed_page(page: str, query: Query) -> tuple[str, Query]:
    """What a migration looks like: a page and a parameter got other names."""
    if "place" in query:
        query["loc"] = query.pop("place")
    return ("territory" if page == "sheet" else page), query


def test_migrations_run_over_old_and_new_links_alike() -> None:
    old = ("sheet", {"place": "08", "v": "1"})
    assert migrated(*old, [renamed_page], version=2) == ("territory", {"loc": "08", "v": "2"})
    new = ("territory", {"loc": "08", "v": "2"})
    assert migrated(*new, [renamed_page], version=2) == new
    assert migrated("territory", {"loc": "08"}, [renamed_page], version=2) == ("territory", {"loc": "08"})


def test_a_link_of_today_needs_no_migration() -> None:
    assert migrated("map", {"ind": "road_deaths", "v": str(VERSION)}) == ("map", {"ind": "road_deaths", "v": "1"})


if __name__ == "__main__":  # a new packing: add its links, never change those that stand
    codes = [shortened(full_link(page, state, EDITION)) for page, state in USUAL]
    FROZEN.write_text(json.dumps({"links": codes}, indent=1) + "\n", encoding="utf-8")
