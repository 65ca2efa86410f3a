"""The codec of links: what is written is read again, what is wrong is named, nothing else is lost."""

from __future__ import annotations

from dataclasses import fields, replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory import links
from observatory.links import ViewState, Vocabulary, address, carried, full_link, parameters, parse_link
from observatory.links.parsing import FOREIGN

EDITION = "2026-11-23-4f2a9c1"
VOCABULARY = Vocabulary(
    indicators=frozenset({"homicide_rate", "road_deaths", "air_pm25_modelled"}),
    territories=frozenset({"00", "01", "08", "20", "UPL01", "UPL33"}),
    themes=frozenset({"mobility", "economy"}),
    sources=frozenset({"scj_homicides"}),
    disaggregations=frozenset({"mode:walking", "station:kennedy"}),
    entities=frozenset({"sdm", "sdscj"}),
    plans=frozenset({"bti_2023_2032", "youth_policy_2019_2030"}),
    versions=frozenset({"plan-de-accion-v4-2026"}),
    nodes=frozenset({"result:1.1", "product:6.1.10", "POT-12"}),
)


def several(codes: frozenset[str], at_most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(codes)), unique=True, max_size=at_most).map(tuple)


periods = st.sampled_from(["2025", "2025-Q4", "2025-03", "2019-12-30", "2026-01--2026-08", "latest", "earliest"])
STATES = st.builds(
    ViewState,
    lang=st.sampled_from([None, "es", "en"]),
    theme=st.sampled_from([None, "mobility"]),
    ind=several(VOCABULARY.indicators, 3),
    loc=several(VOCABULARY.territories, 5),
    t=st.one_of(st.none(), periods, st.tuples(periods, periods).map("..".join)),
    tab=st.sampled_from([None, *links.TABS]),
    dim=st.sampled_from([None, "mode:walking"]),
    lvl=st.sampled_from([None, *links.LEVELS]),
    cls=st.sampled_from([None, *links.CLASSINGS]),
    k=st.one_of(st.none(), st.integers(3, 7)),
    area=st.sampled_from([None, *links.AREAS]),
    order=st.sampled_from([None, *links.ORDERS]),
    y=st.sampled_from([None, *links.Y_AXES]),
    src=st.sampled_from([None, "scj_homicides"]),
    asof=st.sampled_from([None, EDITION]),
    v=st.sampled_from([None, 1]),
    present=st.sampled_from([None, True, False]),
    since=st.sampled_from([None, EDITION, "2026-10-01"]),
    ent=st.sampled_from([None, "sdm"]),
    agenda=st.lists(st.sampled_from(["1AICVAQnWBPKpwZbLng", "1A-b_c"]), max_size=3, unique=True).map(tuple),
    at=st.sampled_from([None, 1, 12]),
    plan=st.sampled_from([None, "bti_2023_2032"]),
    ver=st.sampled_from([None, "plan-de-accion-v4-2026"]),
    node=st.sampled_from([None, "result:1.1", "POT-12"]),
)


def read(link: str) -> tuple[ViewState, list[links.Notice]]:
    return parse_link(dict(parse_qsl(urlsplit(link).query, keep_blank_values=True)), VOCABULARY)


@given(STATES)
def test_what_is_written_is_read_again(state: ViewState) -> None:
    assert read(address("indicator", state)) == (state, [])


@given(STATES)
def test_a_full_link_keeps_everything_and_names_the_edition(state: ViewState) -> None:
    found, notices = read(full_link("map", state, EDITION))
    assert notices == []
    assert found == replace(state, asof=EDITION, v=1)


@given(st.dictionaries(st.text(max_size=60), st.text(max_size=300), max_size=8))
def test_any_address_is_read_without_an_exception_and_wrong_parts_are_named(query: dict[str, str]) -> None:
    state, notices = parse_link(query, VOCABULARY)
    named = {notice.parameter for notice in notices}
    for name in query:
        is_taken = name in links.PARSERS and name in {item.name for item in fields(state)}
        assert is_taken or name[:40] in named or name in FOREIGN


@pytest.mark.parametrize(
    ("parameter", "raw", "reason", "hint"),
    [
        ("ind", "homicide_rat", "unknown_code", "homicide_rate"),
        ("loc", "21", "unknown_code", ""),
        ("loc", "1", "unknown_code", "'01'"),
        ("loc", "kennedy", "unknown_code", "'08'"),
        ("v", "99", "not_a_number", "1"),
        ("loc", "01~08~20~00~UPL01~UPL33", "too_many", "5"),
        ("t", "20x5", "not_a_period", "2025"),
        ("t", "2025-13", "not_a_period", "2025"),
        ("k", "99", "not_a_number", "3–7"),
        ("k", "٣", "not_a_number", "3–7"),
        ("since", "20261001", "not_a_period", "2026"),
        ("since", "2026-02-30", "not_a_period", "2026"),
        ("agenda", "1Aa~<b>", "unreadable", ""),
        ("agenda", "~".join(["1A"] * 41), "too_many", "40"),
        ("s", "1broken", "unreadable", ""),
        ("tab", "pie", "not_a_choice", "line"),
        ("asof", "../../etc/passwd", "unknown_code", ""),
        ("present", "yes", "not_a_choice", "1, 0"),
        ("loc", "0" * 500, "too_long", "200"),
        ("indicator", "homicide_rate", "unknown_parameter", ""),
        ("q", "words", "unknown_parameter", ""),
    ],
)
def test_a_wrong_parameter_is_named_and_the_rest_kept(parameter: str, raw: str, reason: str, hint: str) -> None:
    state, notices = parse_link({parameter: raw, "lang": "en"}, VOCABULARY)
    assert state.lang == "en"
    assert [(notice.parameter, notice.reason) for notice in notices] == [(parameter, reason)]
    assert hint in notices[0].hint


def test_capitals_do_not_count_in_codes() -> None:
    query = {"ind": "Homicide_RATE~homicide_rate", "loc": "upl01", "tab": "MAP", "lang": "EN", "node": "pot-12"}
    state, notices = parse_link(query, VOCABULARY)
    assert notices == []
    assert (state.ind, state.loc, state.tab, state.lang) == (("homicide_rate",), ("UPL01",), "map", "en")
    assert state.node == "POT-12"


def test_a_doubled_parameter_is_told_and_its_last_value_taken() -> None:
    state, notices = parse_link({"ind": "road_deaths", "x": "1"}, VOCABULARY, ["ind"])
    assert state.ind == ("road_deaths",)
    assert ("ind", "road_deaths", "doubled") in [notice[:3] for notice in notices]


def test_a_name_that_is_like_none_is_not_guessed() -> None:
    _, (page, version) = parse_link({"page": "3", "v": "99"}, VOCABULARY)
    assert (page.hint, version.hint) == ("", "1")


def test_the_servers_own_parameters_are_kept_without_a_notice() -> None:
    state, notices = parse_link({"embed": "true", "ind": "road_deaths"}, VOCABULARY)
    assert notices == []
    assert parameters(state) == {"ind": "road_deaths", "embed": "true"}


@pytest.mark.parametrize("typed", ["08~20", "08,20", "08,20,08", "08%2C20"])
def test_a_list_may_be_typed_with_commas(typed: str) -> None:
    state, notices = read(f"/compare?loc={typed}")
    assert (state.loc, notices) == (("08", "20"), [])


def test_what_was_not_chosen_is_not_in_the_address() -> None:
    assert address("overview", ViewState()) == "/overview"
    assert address("map", ViewState(ind=("road_deaths",), loc=("08", "20"))) == "/map?ind=road_deaths&loc=08~20"


def test_language_and_edition_travel_to_other_pages_and_what_does_not_apply_stays() -> None:
    state = ViewState(lang="en", asof=EDITION, ind=("road_deaths",), t="2025", cls="equal")
    assert carried(state, ["ind"]) == ViewState(lang="en", asof=EDITION, ind=("road_deaths",))


def test_links_hold_codes_never_labels() -> None:
    state = ViewState(lang="es", ind=("homicide_rate",), loc=("01",), t="2026-01--2026-08")
    assert address("indicator", state) == "/indicator?lang=es&ind=homicide_rate&loc=01&t=2026-01--2026-08"


def test_a_plan_its_version_and_one_of_its_products_travel_and_wrong_ones_are_named() -> None:
    link = "/plan?tab=tree&plan=bti_2023_2032&ver=plan-de-accion-v4-2026&node=product:6.1.10"
    state, notices = read(link)
    assert (state.plan, state.ver, state.node, notices) == (
        "bti_2023_2032",
        "plan-de-accion-v4-2026",
        "product:6.1.10",
        [],
    )
    assert address("plan", state) == link
    state, notices = read("/plan?plan=bti_2023&node=product:6.1.1")
    assert (state.plan, state.node) == (None, None)
    assert [(notice.parameter, notice.hint) for notice in notices] == [
        ("plan", "did you mean 'bti_2023_2032'?"),
        ("node", "did you mean 'product:6.1.10'?"),
    ]
