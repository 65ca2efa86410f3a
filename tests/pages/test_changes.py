"""The page of what changed, on two editions; pinned links that lead to it; an honest page with one edition only."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.editions import opening
from observatory.wording import LANGUAGES, Lang, words
from tests.editions_apart import books, folder
from tests.observatories import of_other_schema
from tests.pages.conftest import Open, html_of


@pytest.fixture
def editions() -> Path:
    """Two editions that differ, in the place of today's one."""
    return folder()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_the_golden_file_says(open_page: Open, lang: Lang) -> None:
    html = html_of(open_page("changes", lang=lang, allow_notice=False))
    golden = (Path(__file__).parents[1] / "golden" / f"changes.{lang}.txt").read_text(encoding="utf-8").splitlines()
    for line in golden:
        assert line.partition(": ")[2] in html.replace("&#x27;", "'").replace("&quot;", '"'), line
    assert words(lang)("changes.title", date=words(lang).date(books()[0].edition.built_on)) in html


def test_the_date_finds_the_edition_before_it(open_page: Open) -> None:
    before = books()[0]
    html = html_of(open_page("changes", since="2027-06-01", lang="en", allow_notice=False))
    assert words("en").date(before.edition.built_on) in html
    assert "The 2024 figure for perceived safety" in html
    assert words("en")("changes.not_yet") in html_of(open_page("changes", since="2099-01-01", lang="en"))
    assert words("en")("changes.oldest") in html_of(open_page("changes", since="2020-01-01", lang="en"))


def test_an_edition_that_is_not_here_is_said_so(open_page: Open) -> None:
    html = html_of(open_page("changes", since="2026-10-01-0123abc", lang="en"))
    assert words("en")("changes.unreadable", edition="2026-10-01-0123abc") in html


def test_filters_stand_in_the_link(open_page: Open) -> None:
    html = html_of(open_page("changes", theme="environment", lang="es"))
    assert "PM2.5" in html
    assert "percepción de seguridad" not in html.split("</header>")[1]
    html = html_of(open_page("changes", loc="20", lang="es"))
    assert words("es")("changes.none_here") in html


def test_downloads_are_offered_where_there_is_something(open_page: Open) -> None:
    page = open_page("changes", lang="es")
    assert len(page.get("download_button")) == 3


def test_a_pinned_link_shows_the_figures_as_quoted_and_leads_to_what_changed(open_page: Open) -> None:
    before, after = books()
    html = html_of(open_page("indicator", ind="feels_safe", asof=before.edition_id, lang="en"))
    assert words("en")("edition.pinned", date=words("en").date(before.edition.built_on)) in html
    assert "42.0" in html
    assert "43.0" not in html
    assert f"/changes?lang=en&amp;ind=feels_safe&amp;since={before.edition_id}" in html
    assert 'href="/indicator?lang=en&amp;ind=feels_safe"' in html
    today = html_of(open_page("indicator", ind="feels_safe", lang="en"))
    assert "43.0" in today
    assert after.edition_id in today


def test_the_short_form_of_a_pinned_link_shows_the_same(open_page: Open) -> None:
    from urllib.parse import parse_qsl, urlsplit

    from observatory.links import ViewState, full_link, shortened

    link = full_link("indicator", ViewState(lang="en", ind=("feels_safe",)), books()[0].edition_id)
    query = dict(parse_qsl(urlsplit(shortened(link)).query))
    html = html_of(open_page("map", **query))
    assert "42.0" in html
    assert "43.0" not in html


def test_a_missing_edition_offers_the_nearest_by_date_and_the_newest(open_page: Open) -> None:
    before, after = books()
    html = html_of(open_page("indicator", ind="feels_safe", asof="2026-12-24-0123abc", lang="en"))
    assert words("en")("edition.asked", edition="2026-12-24-0123abc") in html
    assert words("en")("edition.nearest", edition=before.edition_id) in html
    assert words("en")("edition.newest_one", edition=after.edition_id) in html
    assert f"asof={before.edition_id}" in html
    assert "42.0" not in html


def test_with_one_edition_the_page_says_that_there_is_nothing_to_compare(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = opening.current_path(folder())
    (tmp_path / newest.name).write_bytes(newest.read_bytes())
    (tmp_path / "current").write_text(newest.name, encoding="utf-8")
    page = open_page("overview", lang="en")
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(tmp_path))
    page.switch_page("pages/changes.py").run()
    assert not page.exception
    assert words("en")("changes.only_one", date=words("en").date(books()[1].edition.built_on)) in html_of(page)


@pytest.fixture
def unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two editions in a folder of their own, and beside the older one two that cannot be shown."""
    for path in (one for one in folder().iterdir() if one.is_file()):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    day = books()[0].edition.built_on
    of_other_schema(tmp_path / f"{day}-0000001.duckdb", day, 1)
    (tmp_path / f"{day}-0000002.duckdb").write_text("no edition", encoding="utf-8")
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("end", "key"), [("0000001", "other_form"), ("0000002", "damaged"), ("0000003", "missing")])
def test_a_link_to_an_edition_that_cannot_be_shown_says_why_and_offers_one_that_opens(
    open_page: Open, unread: Path, lang: Lang, end: str, key: str
) -> None:
    before, after = books()
    w, asked = words(lang), f"{before.edition.built_on.isoformat()}-{end}"
    page = open_page("overview", lang=lang)
    page.query_params["asof"] = asked
    page.switch_page("pages/indicator.py")
    for name, text in {"ind": "feels_safe", "asof": asked, "lang": lang}.items():
        page.query_params[name] = text
    html = html_of(page.run())
    assert not page.exception
    assert w(f"edition.{key}") in html
    assert w("edition.asked", edition=asked) in html
    assert w("edition.nearest", edition=before.edition_id) in html
    assert w("edition.newest_one", edition=after.edition_id) in html
    assert "42.0" not in html
    assert "42,0" not in html


def test_what_changed_since_an_edition_that_does_not_open_is_told_since_the_nearest(
    open_page: Open, unread: Path
) -> None:
    before = books()[0]
    page = open_page("changes", lang="en", since=f"{before.edition.built_on.isoformat()}-0000001")
    html = html_of(page)
    assert words("en")("changes.title", date=words("en").date(before.edition.built_on)) in html
    assert "The 2024 figure for perceived safety" in html
