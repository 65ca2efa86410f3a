"""Every page runs in both languages, for every indicator, locality, theme and source, and says what it must."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from observatory.editions import opening, reads
from observatory.sheets.view import PAGES
from observatory.wording import LANGUAGES, Lang, words
from tests.pages.conftest import Open, html_of

TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r'<a href="[^"]*" class="obs-fig">|(?<=[\w.%‰])</a>')  # of figures within sentences


def text_of(html: str) -> str:
    return TAG.sub(" ", LINK.sub("", html))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_in_each_language(open_page: Open, page: str, lang: Lang) -> None:
    html = html_of(open_page(page, lang=lang))
    assert 'class="obs-head"' in html
    assert 'class="obs-foot"' in html
    assert words(lang)("footer.about") in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_none_or_nan_or_a_wording_key(open_page: Open, page: str) -> None:
    said = text_of(html_of(open_page(page, lang="es")).split("</script>")[-1])
    assert not re.search(r"\b(None|nan|NaN|inf)\b", said)
    assert "{" not in said


def test_the_summary_counts_every_indicator_once(open_page: Open, editions: Path) -> None:
    html = html_of(open_page("overview", lang="en"))
    tiles = [int(number) for number in re.findall(r"<strong>(?:<a [^>]+>)?(\d+)(?:</a>)?</strong>", html)]
    edition = opening.open_edition(opening.current_path(editions))
    assert sum(tiles[:-1]) == len(reads.indicators(edition))


def test_every_indicator_has_its_page(open_page: Open, editions: Path) -> None:
    edition = opening.open_edition(opening.current_path(editions))
    page = open_page("indicator", lang="es")
    for indicator in reads.indicators(edition):
        page.query_params["ind"] = indicator.indicator_id
        page.run()
        assert not page.exception, (indicator.indicator_id, [found.value for found in page.exception])
        html = html_of(page)
        assert words("es")("method.title") in html
        assert indicator.description_es.split(".")[0][:40] in html.replace("&#x27;", "'").replace("&quot;", '"')


def test_every_locality_has_its_sheet(open_page: Open) -> None:
    page = open_page("territory", lang="en")
    for code in (f"{number:02d}" for number in range(1, 21)):
        page.query_params["loc"] = code
        page.run()
        assert not page.exception, (code, [found.value for found in page.exception])
        assert f"code {code}" in html_of(page)


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("localities_with_youth_house", "1.1.7"),
        ("adolescent_fertility_rate", "4.4"),
        ("youth_road_death_rate", ""),
        ("homicide_rate", ""),
    ],
)
def test_an_indicator_tells_where_its_plans_follow_up_rates_it_otherwise(
    open_page: Open, indicator: str, code: str
) -> None:
    html = html_of(open_page("indicator", ind=indicator, lang="es"))
    assert (words("es")("working.follow_up_differs") in html) is bool(code)
    assert f", {code}</a>" in html or not code


def test_a_follow_up_of_an_older_report_says_when_that_was(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="youth_injury_rate", lang="en"))
    assert words("en")("working.follow_up_report", period=words("en").period("2024-Q4")) in html


@pytest.mark.parametrize(("indicator", "hangs"), [("road_injured_rate", True), ("homicide_rate", False)])
def test_a_trend_that_hangs_on_one_year_says_so(open_page: Open, indicator: str, hangs: bool) -> None:
    html = html_of(open_page("indicator", ind=indicator, lang="es"))
    assert words("es")("marker.name") in html
    assert (words("es")("court.marker_one_year") in html) is hangs


@pytest.mark.parametrize(
    ("indicator", "key"),
    [("youth_walking_cycling", "pace.was_needed_up"), ("homicide_rate", "pace.needed_down")],
)
def test_the_pace_needed_is_told_as_past_once_the_time_is_over(open_page: Open, indicator: str, key: str) -> None:
    html = html_of(open_page("indicator", ind=indicator, lang="en"))
    said = {
        one: words("en")(one, pace="{}").partition("{}")[2] in html
        for one in ("pace.was_needed_up", "pace.needed_down")
    }
    assert said == {one: one == key for one in said}


@pytest.mark.parametrize(("loc", "place"), [("00", "Bogotá D.C."), ("UPL05", "")])
def test_a_place_without_a_sheet_is_said_so(open_page: Open, loc: str, place: str) -> None:
    html = html_of(open_page("territory", loc=loc, lang="en"))
    said = words("en")("territory.no_locality", place="{}", shown="Suba").partition("{}")
    assert f"{said[0]}{place}" in html
    assert said[2] in html


def test_every_mappable_indicator_has_its_map(open_page: Open, editions: Path) -> None:
    edition = opening.open_edition(opening.current_path(editions))
    page = open_page("map", lang="en")
    for indicator in reads.indicators(edition):
        for level in {"locality", "upl"} & set(indicator.levels):
            page.query_params["ind"], page.query_params["lvl"] = indicator.indicator_id, level
            page.run()
            assert not page.exception, (indicator.indicator_id, level, [found.value for found in page.exception])


def test_homicides_are_held_against_the_announced_target_with_the_working(open_page: Open) -> None:
    said = text_of(html_of(open_page("indicator", ind="homicide_rate", lang="es")))
    assert "14,8" in said
    assert "13,6" in said
    assert "(14,77 − 13,60) ÷ (11,00 − 13,60)" in said
    assert words("es")("status.lagging") in said
    assert words("es")("role.announced") in said


def test_a_wrong_parameter_is_named_and_the_page_still_opens(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rat", k="99", lang="en"))
    assert "homicide_rat" in html
    assert "homicide_rate" in html
    assert html.count("obs-warn") == 2


def test_what_a_link_carries_is_escaped(open_page: Open) -> None:
    html = html_of(open_page("overview", ind="<img src=x onerror=alert(1)>", lang="en"))
    assert "<img" not in html
    assert "&lt;img" in html


def test_choosing_an_indicator_changes_the_link_and_forgets_what_belonged_to_the_old_one(open_page: Open) -> None:
    page = open_page("indicator", ind="homicide_rate_jan_aug", t="2024-01--2024-08", loc="08")
    page.selectbox(key="obs-ind").set_value("bicycle_theft_rate_jan_aug").run()
    assert not page.exception
    assert (
        page.query_params["ind"] == ["bicycle_theft_rate_jan_aug"]
        or page.query_params["ind"] == "bicycle_theft_rate_jan_aug"
    )
    assert "t" not in page.query_params
    assert "loc" in page.query_params


def test_the_link_wins_over_what_was_chosen_before(open_page: Open) -> None:
    page = open_page("indicator", ind="homicide_rate")
    page.selectbox(key="obs-ind").set_value("road_deaths").run()
    page.query_params["ind"] = "homicide_rate"
    page.run()
    assert page.selectbox(key="obs-ind").value == "homicide_rate"


@pytest.mark.parametrize("tab", ["map", "line", "rank", "table"])
def test_localities_are_shown_four_ways(open_page: Open, tab: str) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate_jan_aug", tab=tab, lang="en"))
    assert "Santa Fe" in html


@pytest.mark.parametrize("tab", ["table", "slope", "scatter", "rank"])
def test_localities_are_compared_four_ways(open_page: Open, tab: str) -> None:
    html = html_of(open_page("compare", tab=tab, loc="01~08~19", lang="en"))
    assert "Kennedy" in html
    source = words("en")("sentence.source", publisher="\0", dataset="", cutoff="", licence="", edition="").split("\0")[
        0
    ]
    assert tab == "table" or f">{source}" in html


@pytest.mark.parametrize("tab", ["list", "matrix", "checks"])
def test_sources_have_three_parts(open_page: Open, tab: str) -> None:
    open_page("sources", tab=tab, lang="en")


def test_a_source_opens_with_the_account_of_its_rows(open_page: Open) -> None:
    said = text_of(html_of(open_page("sources", src="sds_family_violence", lang="en")))
    assert words("en")("sources.accounts") in said
    assert words("en")("outcome.quarantined") in said


def test_without_an_edition_the_page_says_so(open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page("overview", lang="en")
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(tmp_path))
    page.run()
    assert not page.exception
    assert words("en")("edition.none") in html_of(page)


def test_an_edition_that_is_not_here_is_never_replaced_silently(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", asof="2020-01-01-0000000", lang="en"))
    assert words("en")("edition.missing") in html
    assert "2020-01-01-0000000" in html
    assert words("en")("edition.newest_one", edition="").strip() in html
    assert "14.8" not in html


def test_a_pinned_link_shows_its_edition(open_page: Open, editions: Path) -> None:
    name = opening.current_path(editions).stem
    html = html_of(open_page("indicator", ind="homicide_rate", asof=name, lang="en"))
    assert "14.8" in html
    assert f"asof={name}" in html


def test_the_court_tells_each_method_with_its_numbers(open_page: Open) -> None:
    said = text_of(html_of(open_page("indicator", ind="homicide_rate", lang="es")))
    for text in (
        "Trayectoria del plan",
        "(14,77 − 13,60) ÷ 2,0 años = +0,58 por 100.000 hab.",  # observed since the baseline
        "(8,00 − 13,60) ÷ 4,0 años = −1,40 por 100.000 hab.",  # required since the baseline
        "(14,77 ÷ 13,60)^(1 ÷ 2,0) − 1 = 4,2",
        "Los métodos coinciden.",
        "Firme.",
        "debe bajar 3,38",
        "línea base (2023): a ese ritmo no llega.",
        "No se da una probabilidad",
        "sin cambio significativo",
    ):
        assert text in said.replace("\u00a0", " ").replace("\u202f", " "), text


def test_the_verdict_comes_in_sentences_and_its_working_on_demand(open_page: Open) -> None:
    html = unescape(html_of(open_page("indicator", ind="homicide_rate", lang="es")))
    target = html.split('<section class="obs-target')[1]
    told, working = target.split("<details>", 1)
    assert "Va en 14,8 (2025); a esa fecha la meta pedía 11,0." in text_of(told)
    assert "debe bajar 3,38" in text_of(told)
    assert "÷" not in told
    assert "÷" in working.split("</details>")[0]


def test_a_single_figure_is_told_and_no_course_is_offered(open_page: Open) -> None:
    page = open_page("indicator", ind="safe_at_night", tab="line", lang="en")
    html = html_of(page)
    assert words("en")("indicator.one_figure", period="2025") in html
    assert 'data-live="' not in html
    (ways,) = [group.options for group in page.button_group if len(group.options) > 2]
    assert words("en")("tab.rank") in str(ways)
    assert words("en")("tab.line") not in str(ways)


def test_the_map_is_there_on_paper_and_sumapaz_in_its_corner(open_page: Open) -> None:
    html = html_of(open_page("map", ind="homicide_rate_jan_aug", lang="en"))
    assert 'class="obs-print-only"' in html
    assert 'class="obs-inset"' in html
    assert 'class="obs-inset"' not in html_of(open_page("map", ind="homicide_rate_jan_aug", area="all", lang="en"))


def test_methods_that_disagree_are_told_at_the_status(open_page: Open) -> None:
    said = text_of(html_of(open_page("indicator", ind="care_blocks", lang="en")))
    assert "methods disagree" in said
    assert "The methods disagree: by some it arrives in time, by others it does not." in said
    assert "the target would be reached in 2028; it falls due in 2027" in said


def test_the_announced_target_of_public_space_is_told_by_locality_in_hectares(open_page: Open) -> None:
    """5 m² for 7,878,783 people less the 2,910 ha of 19 localities; Bosa lacks 3.2 m² for 646,833."""
    said = text_of(html_of(open_page("indicator", ind="effective_public_space", lang="es"))).replace("\u00a0", " ")
    assert "hacen falta 1.030 hectáreas más de las que había en 2015" in said
    assert "Bastaría con que 8 localidades llegaran a la meta de la ciudad, y no con menos: Bosa, Kennedy," in said
    assert "Bosa 1,8 2,4 +0,05 207" in " ".join(said.split())
    assert "Sin dato y por fuera del reparto: Sumapaz" in said


def test_a_full_year_target_is_not_asked_of_eight_months_by_locality(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", lang="es"))
    assert words("es")("needed.title") in html
    assert "cubre ene–ago de cada año y la meta es de año completo" in html
    assert "ind=homicide_rate_jan_aug" in html


def test_a_change_of_the_city_is_told_in_parts(open_page: Open) -> None:
    title = words("en")("decomposition.title")
    html = unescape(html_of(open_page("indicator", ind="homicide_rate_jan_aug", lang="en")))
    assert title in html
    assert "Ciudad Bolívar" in text_of(html).split(title)[1]
    assert title not in unescape(html_of(open_page("indicator", ind="air_pm25_modelled", lang="en")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_never_counts_a_trend_among_statuses(open_page: Open, lang: Lang) -> None:
    html = html_of(open_page("theme", theme="quality_of_life", lang=lang))
    tiles = re.findall(r'<li class="obs-tile[^>]*>(.*?)</li>', html, re.S)
    moves = {words(lang)(f"status.{one}") for one in ("improving", "worsening", "unchanged", "changed")}
    assert len(tiles) > 3
    assert not [tile for tile in tiles if moves & {part.strip() for part in text_of(tile).split("  ")}]
    both = re.search(words(lang)("sentence.theme.all", theme=".*", said=r"([^<]*?\)); ([^<]*?\))"), LINK.sub("", html))
    assert both is not None
    assert not any(move in both[1] for move in moves)


def test_a_damaged_edition_gives_way_to_the_last_good_one_and_says_so(
    open_page: Open, editions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = opening.current_path(editions)
    (tmp_path / good.name).write_bytes(good.read_bytes())
    damaged = f"2026-11-24-{'0' * 7}.duckdb"
    (tmp_path / damaged).write_bytes(b"no database")
    (tmp_path / "current").write_text(damaged, encoding="utf-8")
    page = open_page("overview", lang="en")
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(tmp_path))
    page.run()
    assert not page.exception
    html = html_of(page)
    assert good.stem in html
    assert "the last good one" in html


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ({"ind": "homicide_rate_jan_aug", "t": "1850"}, "notice.no_period"),
        ({"ind": "homicide_rate_jan_aug", "lvl": "upl"}, "notice.no_level"),
    ],
)
def test_a_map_says_what_of_its_link_it_cannot_show(open_page: Open, query: dict[str, str], key: str) -> None:
    start = words("en")(key, raw="\0").split("\0")[0]
    assert start in html_of(open_page("map", lang="en", **query))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_checks_are_told_in_words(open_page: Open, editions: Path, lang: Lang) -> None:
    said = text_of(unescape(html_of(open_page("sources", tab="checks", lang=lang))))
    rows = reads.checks(opening.open_edition(opening.current_path(editions)))
    assert len(rows) > 50
    assert [row.check_id for row in rows if re.search(rf"\b{row.check_id}\b", said) and "_" in row.check_id] == []
    assert [row.detail for row in rows if row.detail and row.detail in said] == []
    assert all(row.reason(lang) in said for row in rows if row.reason(lang))
