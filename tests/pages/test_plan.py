"""The plan page: every plan, version and part opens, says its coverage, and keeps nothing that would mislead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from observatory.editions import opening, plan_reads, reads
from observatory.wording import LANGUAGES, Lang, words
from tests.pages.conftest import Open, html_of
from tests.pages.test_pages import text_of

YOUTH, BTI = "youth_policy_2019_2030", "bti_2023_2032"


def said(html: str) -> str:
    """What the page says, without its search index, in single blanks."""
    return " ".join(text_of(html.split("</script>")[-1]).split())


def test_without_a_plan_all_are_listed_and_what_nothing_measures_is_counted(open_page: Open, editions: Path) -> None:
    edition = opening.open_edition(opening.current_path(editions))
    html = html_of(open_page("plan", lang="es"))
    for plan in reads.plans(edition):
        assert f"/plan?lang=es&amp;plan={plan.plan_id}" in html
    district = {row.target_id: row for row in reads.targets(edition) if row.scope == "district"}
    promised = [row for row in district.values() if row.role != "reference"]
    unmeasured = sum(row.indicator_id is None for row in promised)
    assert f"De las {len(promised)} metas" in said(html)
    assert f"{unmeasured} no tienen aquí un indicador" in said(html)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plan_and_part_opens(open_page: Open, editions: Path, lang: Lang) -> None:
    edition = opening.open_edition(opening.current_path(editions))
    page = open_page("plan", lang=lang)
    for plan in reads.plans(edition):
        for tab in ("tree", "due"):
            page.query_params["plan"], page.query_params["tab"] = plan.plan_id, tab
            page.run()
            assert not page.exception, (plan.plan_id, tab, [found.value for found in page.exception])
            html = html_of(page)
            assert html.count("<h1") == 1
            assert not re.search(r"\b(None|nan|inf)\b", said(html)), plan.plan_id
            assert "{" not in said(html)


@pytest.mark.parametrize("tab", ["groups", "board", "findings"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_parts_of_a_real_plan_open(open_page: Open, lang: Lang, tab: str) -> None:
    html = html_of(open_page("plan", plan=YOUTH, tab=tab, lang=lang))
    assert not re.search(r"\b(None|nan|inf)\b", said(html))
    assert "{" not in said(html)


def test_progress_is_capped_and_always_said_with_its_coverage(open_page: Open, editions: Path) -> None:
    edition = opening.open_edition(opening.current_path(editions))
    version = next(row for row in plan_reads.versions(edition) if row.plan_id == YOUTH)
    rows = [row for row in plan_reads.aggregates(edition, version) if row.cut == "2025-Q4"]
    policy = {row.kind: row for row in rows if row.group_kind == "policy"}
    w, text = words("en"), said(html_of(open_page("plan", plan=YOUTH, lang="en")))
    for kind in ("product", "result"):
        row = policy[kind]
        assert row.progress is not None
        assert row.coverage is not None
        assert 0 <= row.progress <= 1
        covered = w("plan.page.coverage", coverage=w.percent(row.coverage, 0), assessed=row.assessed,
                    indicators=row.indicators)  # fmt: skip
        assert f"{w.percent(row.progress, 0)} {w('plan.page.of_due')} {covered}".replace("\u202f", " ") in text.replace(
            "\u202f", " "
        )
    assert w("plan.page.capped") in text
    shown = {w.percent(row.progress_uncapped, 0) for row in rows if row.progress_uncapped and row.progress_uncapped > 2}
    assert shown
    assert not any(f"{one} {w('plan.page.of_due')}" in text for one in shown)


def test_the_tree_holds_every_result_and_product_with_its_status(open_page: Open) -> None:
    html = html_of(open_page("plan", plan=YOUTH, lang="es"))
    assert html.count('class="obs-objective"') == 7
    assert html.count('class="obs-result"') == 36
    assert html.count('class="obs-product"') == 99
    assert html.count("<title>") == 7 + 36 + 99
    assert words("es")("plan.reason.target_near_baseline") in said(html)


def test_a_result_shows_its_formula_with_numbers_and_what_the_board_says(open_page: Open) -> None:
    text = said(html_of(open_page("plan", plan=YOUTH, node="result:6.3", lang="es"))).replace("\u202f", " ")
    assert "(331 − 270) ÷ (218 − 270) = −117,3 %" in text
    assert "151,8 %" in text
    assert words("es")("plan.board.decreasing_formula") in text
    assert "metas al corte 2025-12-31" in text


def test_the_board_stands_beside_ours_with_the_reasons(open_page: Open) -> None:
    text = said(html_of(open_page("plan", plan=YOUTH, tab="board", lang="en"))).replace("\u202f", " ")
    assert "1,224 percentages" in text
    assert "1,029 agree (84%)" in text.replace(" %", "%")
    assert "−10,533.3" in text
    assert "11,041.1" in text


def test_findings_give_the_cells(open_page: Open) -> None:
    page = open_page("plan", plan=YOUTH, tab="findings", lang="es")
    assert "R35.2022.valor" in html_of(page)
    assert {"csv", "xlsx"} == {found.proto.id.rsplit("-", 1)[-1] for found in page.get("download_button")}


def test_what_lags_comes_first_and_what_is_not_published_is_said(open_page: Open) -> None:
    text = said(html_of(open_page("plan", plan=YOUTH, tab="due", lang="es")))
    assert words("es")("plan.page.no_periodicity") in text
    assert words("es")("plan.page.no_notes") in text


def test_the_smart_territory_policy_shows_its_structure_and_no_commands(open_page: Open) -> None:
    html = html_of(open_page("plan", plan=BTI, lang="es"))
    text = said(html)
    assert html.count('class="obs-product"') == 46
    assert "python -m" not in text
    assert words("es")("plan.page.load") in text
    assert "46 productos" in text
    assert words("es")("plan.page.pending_title") in text
    assert "obs-status" not in html.split("</header>")[1].split("obs-foot")[0]


def test_an_earlier_version_opens_and_the_control_returns_to_the_current_one(open_page: Open) -> None:
    page = open_page("plan", plan=BTI, ver="seguimiento-2025", lang="en")
    assert html_of(page).count('class="obs-product"') == 38
    page.selectbox(key="obs-ver").set_value("plan-de-accion-v4-2026").run()
    assert not page.exception
    assert "ver" not in page.query_params
    assert html_of(page).count('class="obs-product"') == 46


def test_choosing_another_plan_forgets_version_part_and_product(open_page: Open) -> None:
    page = open_page("plan", plan=YOUTH, tab="board", node="result:6.3")
    page.selectbox(key="obs-plan").set_value("pot_2022_2035").run()
    assert not page.exception
    assert not {"ver", "tab", "node"} & set(page.query_params)


def test_a_target_opens_alone_with_milestones_and_confidence(open_page: Open) -> None:
    text = said(html_of(open_page("plan", node="MOV-22", lang="es"))).replace("\u202f", " ")
    assert "27 % (2027)" in text
    assert "100 % (2040)" in text
    assert words("es")("plan.page.not_measured") in text
    assert words("es")("seen.OP") in text


def test_a_wrong_plan_is_named_and_the_list_stands(open_page: Open) -> None:
    html = html_of(open_page("plan", plan="youth_policy_2019", lang="en"))
    assert "obs-warn" in html
    assert words("en")("plan.page.index_title") in html


def test_each_version_of_the_smart_territory_plan_says_how_many_products_it_has(open_page: Open) -> None:
    text = said(html_of(open_page("plan", plan=BTI, lang="es")))
    assert "aprobación 2023: 36 · seguimiento 2025: 38 · plan de acción v4 (2026): 46" in text


def test_a_sheet_tells_the_indicators_own_status_where_it_is_another(open_page: Open) -> None:
    w = words("es")
    differs = said(html_of(open_page("plan", plan=YOUTH, node="result:2.3", lang="es")))  # its formula was adjusted
    assert w("plan.page.status_differs") in differs
    assert w("reason.series_break_between") in differs
    agrees = said(html_of(open_page("plan", plan=YOUTH, node="result:4.2", lang="es")))  # suicides, 6.3 against 7.7
    assert w("plan.page.status_differs") not in agrees
    assert w("plan.page.formula_kept", done="6,3", due="7,7") in agrees
