"""Every figure of the twin opens its receipt or its rows, and every average of a plan its working."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from observatory.editions.book import Book
from observatory.links import ViewState
from observatory.sheets.plan_average import counting
from observatory.sheets.plan_shown import ASSESSED, plan_ids, shown
from observatory.twin.frame import Page, view_at
from observatory.twin.pages import pages
from observatory.twin.places import INDEX, Site
from observatory.wording import LANGUAGES, Lang
from tests.static.conftest import LIVE
from tests.unopened import unopened, whole_values


def read(site: Site, lang: Lang) -> Iterator[Page]:
    """Pages that show figures: sources count rows, and the sheet of a result, product or target is itself a receipt."""
    return (one for one in pages(site, lang) if one.page != "sources" and not one.state.node)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dashboard", [LIVE, ""])
def test_no_figure_of_the_twin_opens_nothing(book: Book, lang: Lang, dashboard: str) -> None:
    whole = whole_values(book, lang)
    for one in read(Site(book, "", dashboard), lang):
        indicator = one.state.indicator
        values = whole.get(indicator, ()) if indicator else frozenset().union(*whole.values())
        found = unopened(one.body, lang, book, values)
        if not dashboard and one.state.plan:  # averages at earlier cuts are worked out on the dashboard alone
            found = [figure for figure in found if figure.where not in ("tbody > tr > td", "tr > td > small")]
        assert found == [], one.path


def test_without_a_dashboard_numbers_open_the_rows_of_their_indicator(book: Book) -> None:
    body = next(one.body for one in pages(Site(book), "es") if one.path == "indicator/homicide_rate.html")
    assert '<a href="../data/homicide_rate.csv" class="obs-fig">' in body.split("</h1>")[0]


def test_a_sentence_opens_the_receipt_of_its_own_period_and_place(book: Book) -> None:
    body = next(one.body for one in pages(Site(book, "", LIVE), "es") if one.path == "indicator/homicide_rate.html")
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', body.split("<h1>")[1].split("</h1>")[0])]
    assert [re.findall(r"[?&](?:loc|t)=([^&]+)", link) for link in links[:2]] == [["00", "2025"], ["00", "2024"]]
    assert links[2].startswith("../plan/")  # the sheet of the announced target


def test_the_working_of_a_plan_gives_its_averages(book: Book) -> None:
    checked = 0
    for plan_id in plan_ids(view_at(Site(book), "es", INDEX, "plan", ViewState())):
        view = view_at(Site(book), "es", INDEX, "plan", ViewState(plan=plan_id))
        plan = shown(view, plan_id)
        for row in plan.aggregates:
            if row.group_kind != "policy" or row.progress is None or row.kind not in ASSESSED:
                continue
            parts = counting(plan, row.kind, row.cut)
            weight = sum(one for *_, one in parts)
            assert sum(share * one for _, _, share, one in parts) / weight == pytest.approx(row.progress, abs=1e-9)
            assert len(parts) <= row.assessed
            checked += 1
    assert checked > 4


def test_what_opens_nothing_is_found(book: Book) -> None:
    html = '<p>La tasa fue <a href="/receipt">14,8</a> y el avance 45\u202f%; antes 1.173.</p>'
    assert [one.token for one in unopened(html, "es", book)] == ["45", "1.173"]
    assert unopened(html.replace("<p>", '<p class="obs-working">'), "es", book) == []
