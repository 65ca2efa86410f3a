"""The twin: whole, light, linked within, readable without scripts, with the edition's numbers and its data beside."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

import pyarrow.parquet as parquet
import pytest

from observatory.editions import plan_reads, reads
from observatory.editions.book import Book
from observatory.errors import EditionError
from observatory.links import ViewState, address
from observatory.quantities import number
from observatory.twin.places import (
    CHANGES,
    ENTRIES,
    FILES,
    INDEX,
    PLAN_TABS,
    PLANS,
    SEARCH,
    is_whole,
    nearest_address,
    path_of,
    static_address,
)
from observatory.twin.publish import LARGEST_PAGE, publish
from observatory.wording import LANGUAGES, Lang, words
from tests.static.conftest import LIVE, TWIN

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="session")
def pages(twin: Path) -> dict[str, str]:
    return {str(path.relative_to(twin)): path.read_text(encoding="utf-8") for path in sorted(twin.rglob("*.html"))}


def test_every_view_has_its_page_in_both_languages(pages: dict[str, str], book: Book) -> None:
    states = [("overview", ViewState()), ("sources", ViewState()), ("plan", ViewState())]
    states += [("theme", ViewState(theme=one)) for one in book.themes]
    states += [("indicator", ViewState(ind=(one,))) for one in book.indicators]
    states += [("territory", ViewState(loc=(code,))) for code in book.localities()]
    states += [("plan", ViewState(plan=row.plan_id, node=row.target_id)) for row in book.targets]
    for version in (row for one in book.plans for row in book.versions_of(one) if row.is_current):
        states.append(("plan", ViewState(plan=version.plan_id, ver=version.version_code)))
        states += [
            ("plan", ViewState(plan=version.plan_id, node=node.node_id))
            for node in plan_reads.nodes(book.edition, version)
            if node.kind != "objective"
        ]
    states += [("plan", ViewState(plan="youth_policy_2019_2030", tab=tab)) for tab in PLAN_TABS]
    for lang in LANGUAGES:
        for page, state in states:
            assert f"{lang}/{path_of(page, state, book)}" in pages


def test_every_page_is_under_150_kilobytes(pages: dict[str, str]) -> None:
    sizes = {name: len(text.encode()) for name, text in pages.items()}
    assert {name: size for name, size in sizes.items() if size >= LARGEST_PAGE} == {}


def test_links_inside_lead_to_files_and_anchors_that_are_there(twin: Path, pages: dict[str, str]) -> None:
    @cache
    def anchors(name: str) -> frozenset[str]:
        return frozenset(re.findall(r'\bid="([^"]+)"', pages.get(name, "")))

    checked = 0
    for name, text in pages.items():
        for raw in re.findall(r'\b(?:href|src)="([^"]*)"', text):
            link = urlsplit(unescape(raw))
            if link.scheme:
                assert link.scheme == "https" or link.scheme == "http", (name, raw)
                continue
            assert raw and not raw.startswith("/"), (name, raw)
            target = (twin / name).parent / unquote(link.path) if link.path else twin / name
            assert target.resolve().is_file(), (name, raw)
            if link.fragment:
                assert link.fragment in anchors(str(target.resolve().relative_to(twin.resolve()))), (name, raw)
            checked += 1
    assert checked > 10_000


def test_nothing_is_fetched_from_elsewhere_and_only_the_index_runs_a_script(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        assert not re.search(r'<(?:script|img|link)[^>]+(?:src|href)="https?://(?!data\.example)', text), name
        assert "@import" not in text
        assert ("<script" in text) == name.endswith("search.html"), name
        assert "onclick" not in text


def test_every_page_has_title_language_one_heading_and_what_it_is_about(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        lang = name.split("/")[0] if "/" in name else "es"
        assert f'<html lang="{lang}">' in text, name
        assert text.count("<h1") == 1, name
        title, about = re.search(r"<title>(.+?)</title>", text), re.search(r'name="description" content="(.+?)"', text)
        assert title and about, name
        assert len(unescape(about[1])) <= 300


def test_no_page_says_none_or_a_wording_key(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        said = re.sub(r"<[^>]+>", " ", text)
        assert not re.search(r"\b(None|nan|NaN)\b", said), name
        assert not re.search(r"\{\w+\}", said), name


def test_pictures_and_tables_are_told_in_words(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        for picture in re.findall(r"<svg[^>]*>", text):
            assert 'aria-label="' in picture or 'aria-hidden="true"' in picture or " x=" in picture, (name, picture)
        assert text.count("<table") == text.count("<caption"), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_indicator_page_says_its_newest_numbers(pages: dict[str, str], book: Book, lang: Lang) -> None:
    for one, row in book.indicators.items():
        text = unescape(pages[f"{lang}/indicator/{one}.html"])
        latest = book.latest_city.get(one)
        if latest is not None and latest.value is not None:
            assert number(latest.value, row, words(lang)) in text, one
        for place in reads.latest(book.edition, one, "locality") if "locality" in row.levels else []:
            if place.value is not None:
                assert number(place.value, row, words(lang)) in text, (one, place)


def test_each_page_names_the_same_view_of_the_dashboard_and_the_dashboard_names_it(
    pages: dict[str, str], book: Book
) -> None:
    state = ViewState(ind=("homicide_rate",))
    text = pages["en/indicator/homicide_rate.html"]
    live = [unescape(href) for href in re.findall(rf'href="({LIVE}/indicator[^"]+)"', text)]
    query = dict(parse_qsl(urlsplit(live[-1]).query))
    assert (query["ind"], query["asof"], query["lang"]) == ("homicide_rate", book.edition_id, "en")
    assert static_address(TWIN, "indicator", state, "en", book) == f"{TWIN}/en/indicator/homicide_rate.html"
    assert static_address("", "indicator", state, "en", book) == ""
    assert static_address(TWIN, "map", state, "en", book) == ""


@pytest.mark.parametrize(
    ("page", "state", "file", "whole"),
    [
        ("overview", ViewState(), "index.html", True),
        ("indicator", ViewState(ind=("homicide_rate",)), "indicator/homicide_rate.html", True),
        ("indicator", ViewState(ind=("homicide_rate",), t="2020"), "indicator/homicide_rate.html", False),
        ("map", ViewState(ind=("homicide_rate_jan_aug",), k=4), "indicator/homicide_rate_jan_aug.html", False),
        ("receipt", ViewState(ind=("homicide_rate",), loc=("00",), t="2025"), "indicator/homicide_rate.html", False),
        ("compare", ViewState(loc=("08", "19")), "index.html", False),
        ("briefing", ViewState(), "index.html", False),
        ("changes", ViewState(since="2026-01-01"), "changes.html", False),
        ("plan", ViewState(plan="youth_policy_2019_2030", ver="aprobado"), "plan/youth_policy_2019_2030.html", False),
    ],
)
def test_every_view_names_its_page_or_the_nearest_one(
    pages: dict[str, str], book: Book, page: str, state: ViewState, file: str, whole: bool
) -> None:
    assert nearest_address(TWIN, page, state, "es", book) == f"{TWIN}/es/{file}"
    assert f"es/{file}" in pages
    is_same = is_whole(page, state) and static_address(TWIN, page, state, "es", book) == f"{TWIN}/es/{file}"
    assert is_same == whole
    assert nearest_address("", page, state, "es", book) == ""


def test_links_between_languages_go_both_ways(pages: dict[str, str]) -> None:
    text = pages["es/territory/08.html"]
    assert 'hreflang="en" href="../../en/territory/08.html"' in text
    assert f'rel="canonical" href="{TWIN}/es/territory/08.html"' in text


def test_the_data_beside_is_the_edition(twin: Path, book: Book) -> None:
    for one in ("homicide_rate_jan_aug", "safe_at_night", "road_deaths"):
        rows = reads.observations(book.edition, one)
        table = parquet.read_table(twin / f"data/{one}.parquet")
        assert table.column("value").to_pylist() == [row.value for row in rows]
        assert table.column("period_start").to_pylist() == [row.period_start for row in rows]
        assert b"about_es" in table.schema.metadata
        document = json.loads((twin / f"data/{one}.json").read_text(encoding="utf-8"))
        assert len(document["rows"]) == len(rows)
        assert {entry["what"] for entry in document["about"]["en"]} >= {"Source", "Licence", "Edition"}
        for lang in LANGUAGES:
            text = (twin / f"{lang}/data/{one}.csv").read_text(encoding="utf-8-sig")
            head, *lines = csv.reader(io.StringIO(text))
            assert head[0] == "indicator_id"
            assert len(lines) == len(rows)


def test_every_indicator_has_its_four_files(twin: Path, book: Book) -> None:
    for one in book.indicators:
        for name in (f"es/data/{one}.csv", f"en/data/{one}.csv", f"data/{one}.parquet", f"data/{one}.json"):
            assert (twin / name).stat().st_size > 0


def test_each_theme_has_a_feed_whose_entries_are_told_once(twin: Path, book: Book) -> None:
    for lang in LANGUAGES:
        for theme in book.themes:
            feed = ElementTree.fromstring((twin / f"{lang}/feed/{theme}.xml").read_text(encoding="utf-8"))
            entries = feed.findall(f"{ATOM}entry")
            known = [row for row in book.indicators.values() if row.theme_id == theme]
            assert len(entries) == sum(row.indicator_id in book.latest_city for row in known)
            ids = [entry.findtext(f"{ATOM}id") for entry in entries]
            assert len(set(ids)) == len(ids)
            assert all(entry.find(f"{ATOM}link").get("href").startswith(TWIN) for entry in entries)  # type: ignore[union-attr]
            assert max(str(entry.findtext(f"{ATOM}updated")) for entry in entries) == feed.findtext(f"{ATOM}updated")


def test_every_feed_has_what_rfc_4287_asks_and_no_id_twice(twin: Path, book: Book) -> None:
    seen: list[str | None] = []
    for lang in LANGUAGES:
        files = sorted((twin / lang / "feed").glob("*.xml"))
        assert len(files) == len(book.themes) + len(book.localities())
        for file in files:
            feed = ElementTree.fromstring(file.read_text(encoding="utf-8"))
            assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
            assert feed.findtext(f"{ATOM}author/{ATOM}name") == words(lang)("app.name")
            links = {link.get("rel"): str(link.get("href")) for link in feed.findall(f"{ATOM}link")}
            assert links["self"] == f"{TWIN}/{file.relative_to(twin)}"
            assert (twin / links["alternate"].removeprefix(f"{TWIN}/")).is_file()
            for part in (feed, *feed.findall(f"{ATOM}entry")):
                seen.append(part.findtext(f"{ATOM}id"))
                assert part.findtext(f"{ATOM}title")
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00-05:00", part.findtext(f"{ATOM}updated") or "")
    assert len(set(seen)) == len(seen)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", str(one)) for one in seen)


def test_the_site_map_lists_every_page_once(twin: Path, pages: dict[str, str]) -> None:
    tree = ElementTree.fromstring((twin / "sitemap.xml").read_text(encoding="utf-8"))
    found = [str(item.text) for item in tree.iter(f"{MAP}loc")]
    assert sorted(found) == sorted(f"{TWIN}/{name}" for name in pages if "/" in name)


def test_the_search_index_leads_to_pages(twin: Path, pages: dict[str, str]) -> None:
    for lang in LANGUAGES:
        script = (twin / lang / ENTRIES).read_text(encoding="utf-8")
        entries = json.loads(json.loads(script.removeprefix("globalThis.observatorySearchIndex = ").rstrip(";\n")))
        found = {f"{lang}/{href.partition('#')[0]}" for _, _, href, _ in entries}
        own = {f"{lang}/{path}" for path in (INDEX, SEARCH, CHANGES, PLANS)}  # of the navigation
        assert found == {name for name in pages if name.startswith(f"{lang}/")} - own
        kinds = {kind for _, kind, _, _ in entries}
        assert {words(lang)(f"search.{kind}") for kind in ("locality", "theme", "source", "plan")} <= kinds


def test_the_twin_of_the_default_edition_is_written_in_half_a_minute(book: Book, tmp_path: Path) -> None:
    began = time.process_time()  # of this process: other work on the machine does not count
    publish(None, tmp_path / "twin", book.edition.path.parent, lambda *_: None, "")
    assert time.process_time() - began < 30
    again = {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / "twin").rglob("*.html")}
    publish(None, tmp_path / "twin", book.edition.path.parent, lambda *_: None, "")
    assert {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / "twin").rglob("*.html")} == again


def test_a_folder_that_holds_something_else_is_left_alone(book: Book, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(EditionError, match="something else"):
        publish(None, tmp_path, book.edition.path.parent, lambda *_: None)
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "mine"


def test_pages_of_the_twin_are_pages_of_the_dashboard() -> None:
    assert all(address(page, ViewState()) == f"/{page}" for page in FILES)


def test_publishing_says_what_it_wrote(twin: Path, steps: list[tuple[str, str]]) -> None:
    assert [name for name, _ in steps] == ["pages", "pages", "data", "largest", "done"]
    assert json.loads((twin / "edition.json").read_text(encoding="utf-8"))["pages"] > 300


@pytest.mark.parametrize("address", ["not a url", "data.example/twin", "ftp://data.example", "https://", "https://a b"])
def test_an_address_that_is_none_is_refused_before_anything_is_written(
    address: str, book: Book, tmp_path: Path
) -> None:
    with pytest.raises(EditionError, match="is no address → write scheme and host"):
        publish(book.edition_id, tmp_path / "twin", book.edition.path.parent, lambda *_: None, address)
    assert not (tmp_path / "twin").exists()
