"""The page of the briefing: ready-made ones open, views move by links, files come out, any page can add its view."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from observatory.briefing.agenda import BRIEFED, codes
from observatory.briefing.ready import council
from observatory.editions import opening
from observatory.editions.book import Book, read_book
from observatory.links import DASHBOARD, LIST_MARK
from observatory.wording import words
from tests.pages.conftest import Open, html_of

ES = words("es")


@pytest.fixture(scope="module")
def book(editions: Path) -> Book:
    return read_book(opening.open_current(editions))


def link_named(html: str, name: str) -> dict[str, str]:
    """The parameters of the first link with this text."""
    found = re.search(rf'href="([^"]+)"[^>]*>{re.escape(name)}<', html)
    assert found, name
    return dict(parse_qsl(urlsplit(unescape(found[1])).query))


def test_without_views_it_offers_ready_made_ones_and_says_how_to_begin(open_page: Open, book: Book) -> None:
    html = html_of(open_page("briefing", lang="es"))
    assert ES("briefing.none") in html
    for name in (ES("briefing.ready_council"), *(row.name("es") for row in book.themes.values()), "Kennedy", "Sumapaz"):
        assert link_named(html, name)["agenda"]


def test_a_ready_made_briefing_opens_with_its_views_in_order(open_page: Open, book: Book) -> None:
    agenda = council(book, "es")
    html = html_of(open_page("briefing", lang="es", agenda=LIST_MARK.join(codes(agenda)), title=agenda.title))
    listed = re.search(r'<ol class="obs-agenda">(.*?)</ol>', html, re.S)
    assert listed
    assert listed[1].count("<li>") == len(agenda.items)
    assert ES("overview.title") in listed[1].split("</li>")[0]


def test_a_view_moves_up_and_away_by_links_alone(open_page: Open, book: Book) -> None:
    whole = codes(council(book, "es"))[:3]
    html = html_of(open_page("briefing", lang="es", agenda=LIST_MARK.join(whole)))
    orders = [
        tuple(dict(parse_qsl(urlsplit(unescape(href)).query)).get("agenda", "").split(LIST_MARK))
        for href in re.findall(r'<a href="([^"]+)" aria-label="[^"]+" title=', html)
    ]
    assert (whole[1], whole[0], whole[2]) in orders
    assert (whole[0], whole[2]) in orders


def test_all_files_come_with_one_press(open_page: Open, book: Book) -> None:
    page = open_page("briefing", lang="es", agenda=LIST_MARK.join(codes(council(book, "es"))[:2]))
    page.button(key="obs-prepare").click().run()
    assert not page.exception
    labels = [found.proto.label for found in page.get("download_button")]
    assert labels == [ES(f"briefing.make_{key}") for key in ("html", "pdf", "slides", "pptx", "xlsx", "csv")]


@pytest.mark.parametrize("page", BRIEFED)
def test_every_view_can_be_added_behind_the_others(open_page: Open, page: str) -> None:
    html = html_of(open_page(page, lang="es"))
    assert len(link_named(html, ES("briefing.add"))["agenda"].split(LIST_MARK)) == 1


def test_the_briefing_under_way_is_kept_while_the_reader_looks_elsewhere(open_page: Open, book: Book) -> None:
    begun = codes(council(book, "es"))[:2]
    page = open_page("briefing", lang="es", agenda=LIST_MARK.join(begun), title="Comisión")
    page.switch_page("pages/territory.py")
    page.query_params["loc"] = "08"
    page.run()
    added = link_named(html_of(page), ES("briefing.add"))
    assert added["agenda"].split(LIST_MARK)[:2] == list(begun)
    assert len(added["agenda"].split(LIST_MARK)) == 3
    assert added["title"] == "Comisión"


def test_a_view_that_cannot_be_read_is_left_out_and_the_page_still_opens(open_page: Open) -> None:
    html = html_of(open_page("briefing", lang="es", agenda="1garbage"))
    assert ES("briefing.none") in html
    assert ES("notice.unreadable", parameter="agenda") in html


@pytest.mark.parametrize(
    ("address", "is_warned"), [("http://localhost:8501", True), ("https://observatorio.example.org", False)]
)
def test_links_that_nobody_else_could_open_are_warned_of(
    open_page: Open, book: Book, monkeypatch: pytest.MonkeyPatch, address: str, is_warned: bool
) -> None:
    monkeypatch.setenv(DASHBOARD, address)
    html = html_of(open_page("briefing", lang="es", agenda=LIST_MARK.join(codes(council(book, "es"))[:1])))
    warning = ES("briefing.local_links", origin=address, name=DASHBOARD)
    assert (warning in html) == is_warned


def test_adding_a_view_stays_on_its_page_and_says_so(open_page: Open) -> None:
    added = link_named(html_of(open_page("indicator", ind="homicide_rate", lang="es")), ES("briefing.add"))
    assert added["ind"] == "homicide_rate"
    html = html_of(open_page("indicator", **added))
    assert ES("briefing.added", n="1") in html
    assert link_named(html, ES("briefing.open"))["agenda"] == added["agenda"]
    projected = dict(parse_qsl(urlsplit(unescape(re.findall(r'href="([^"]*present=1[^"]*)"', html)[-1])).query))
    assert "agenda" not in projected


def test_the_briefing_without_its_link_offers_the_one_under_way_and_says_how_to_keep_it(
    open_page: Open, book: Book
) -> None:
    page = open_page("territory", loc="08", lang="es", agenda=LIST_MARK.join(codes(council(book, "es"))[:2]))
    page.switch_page("pages/briefing.py")
    page.query_params.clear()
    page.query_params["lang"] = "es"
    page.run()
    html = html_of(page)
    assert len(link_named(html, ES("briefing.resume", n="2"))["agenda"].split(LIST_MARK)) == 2
    assert ES("briefing.lives") in html
