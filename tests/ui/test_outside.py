"""What stands outside the pages: how links present themselves, their pictures, feeds."""

from __future__ import annotations

import asyncio
import html
import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from starlette.requests import Request

from observatory.links import ViewState, full_link, shortened
from observatory.qr import qr_svg
from observatory.ui import outside
from tests.editions_apart import books, folder


@pytest.fixture(autouse=True)
def _editions(monkeypatch):
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(folder()))


def tags(page, query, lang="es", origin="https://example.org"):
    text = outside.tags(page, query, lang, origin, "")
    return {name: html.unescape(said) for name, said in re.findall(r'property="([^"]+)" content="([^"]*)"', text)}


def get(function, path, query="", **headers):
    more = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "scheme": "https",
        "headers": [(b"host", b"example.org"), *more],
        "path_params": {"page": path.rpartition("/")[2].removesuffix(".png")},
    }  # fmt: skip
    return asyncio.run(function(Request(scope)))


def test_a_link_says_what_its_view_says():
    told = tags("indicator", "ind=feels_safe")
    assert "43,0" in told["og:title"] + told["og:description"]
    assert told["og:image"].startswith("https://example.org/preview/indicator.png?ind=feels_safe")
    assert told["og:locale"] == "es_CO"
    assert "43.0" in str(tags("indicator", "ind=feels_safe&lang=en"))


def test_a_pinned_link_says_what_was_quoted_in_its_short_form_too():
    link = full_link("indicator", ViewState(lang="es", ind=("feels_safe",)), books()[0].edition_id)
    for one in (link, shortened(link)):
        page, _, query = one.lstrip("/").partition("?")
        told = tags(page, query)
        assert "42,0" in told["og:title"] + told["og:description"]
        assert books()[0].edition_id in told["og:image"]


def test_what_a_link_carries_is_escaped():
    text = outside.tags("indicator", 'ind="><script>alert(1)</script>', "es", "https://example.org", "")
    assert "<script" not in text


@pytest.mark.parametrize(("page", "query"), [("nothing", ""), ("indicator", "asof=2020-01-01-0000000")])
def test_where_there_is_nothing_to_tell_nothing_is_told(page, query):
    assert outside.tags(page, query, "es", "https://example.org", "") == ""


@pytest.mark.parametrize(
    "page", ["overview", "theme", "indicator", "map", "territory", "compare", "changes", "receipt"]
)
def test_every_page_has_a_picture_that_chat_programs_take(page):
    answer = get(outside.picture, f"/preview/{page}.png", "lang=es")
    assert (answer.status_code, answer.media_type) == (200, "image/png")
    picture = Image.open(io.BytesIO(answer.body))
    assert picture.size == (1200, 630)
    assert len(answer.body) < 200_000
    assert len(picture.convert("RGB").getcolors(100_000)) > 20


def test_an_unchanged_picture_is_not_sent_again():
    first = get(outside.picture, "/preview/map.png")
    again = get(outside.picture, "/preview/map.png", if_none_match=first.headers["etag"])
    assert (again.status_code, again.body) == (304, b"")


def test_pictures_of_other_editions_differ():
    old = get(outside.picture, "/preview/indicator.png", f"ind=feels_safe&asof={books()[0].edition_id}")
    assert old.body != get(outside.picture, "/preview/indicator.png", "ind=feels_safe").body


def test_no_picture_of_what_is_not_there():
    assert get(outside.picture, "/preview/nothing.png").status_code == 404


def test_feeds_hold_what_each_edition_brought_for_a_theme_and_a_place():
    answer = get(outside.changes, "/feeds/changes.atom", "lang=en&theme=environment")
    assert answer.media_type == "application/atom+xml"
    root = ElementTree.fromstring(answer.body)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert len(entries) == 1
    assert entries[0].find(f"{atom}link").get("href").endswith(f"asof={books()[1].edition_id}")
    said = entries[0].findtext(f"{atom}content") or ""
    assert "PM2.5" in said
    assert "perceived safety" not in said
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{atom}link")}
    assert links["self"].startswith("https://example.org/feeds/changes.atom?")


def test_feeds_of_other_filters_and_languages_have_ids_of_their_own_on_any_host():
    def ids(query, host="example.org"):
        body = get(outside.changes, "/feeds/changes.atom", query, x_forwarded_host=host).body
        return set(re.findall(rb"<id>(urn:uuid:[0-9a-f-]{36})</id>", body))

    one, other, wide = ids("lang=en&theme=environment"), ids("lang=es&theme=environment"), ids("lang=en")
    assert len(one) == 2
    assert not one & other and not one & wide
    assert ids("lang=en&theme=environment", "elsewhere.org") == one


@pytest.mark.parametrize(
    ("host", "expected"), [("example.org:8501", "https://example.org:8501"), ("evil.org/x", ""), ('a"b', ""), ("", "")]
)
def test_a_forged_host_names_no_origin(host, expected):
    assert outside.origin_of({"host": host}, "https") == expected


def test_a_qr_code_is_svg_with_its_quiet_zone():
    code = qr_svg("https://example.org/?s=1AICVAQnWBPKpwZbLng", "<label>")
    root = ElementTree.fromstring(code)
    side = int(root.get("viewBox").split()[2])
    assert side >= 21 + 8
    assert "&lt;label&gt;" in code
    assert "http://www.w3.org" not in code


@pytest.mark.parametrize("length", [1, 40, 120, 400])
def test_a_qr_code_is_read_as_the_link_it_was_drawn_of(length):
    link = "https://example.org/?s=1" + "AICVAQnWBP-KpwZbL_ng"[:length] * max(1, length // 20)
    root = ElementTree.fromstring(qr_svg(link, "QR"))
    side = int(root.get("viewBox").split()[2])
    picture = np.full((side, side), 255, dtype=np.uint8)
    for column, row in re.findall(r"M(\d+) (\d+)h", root.find("path").get("d")):
        picture[int(row), int(column)] = 0
    found = zxingcpp.read_barcodes(np.kron(picture, np.ones((4, 4), dtype=np.uint8)))
    assert [code.text for code in found] == [link]
