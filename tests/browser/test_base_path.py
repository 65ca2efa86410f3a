"""The dashboard in a folder of its host: no link leaves the folder."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from benchmarks import serving
from observatory.wording import words
from tests.browser.conftest import Reader, window

BASE = "/bogota"


@pytest.fixture(scope="module")
def below(browser: Browser, dashboard: str) -> Iterator[str]:
    """Address of a dashboard that is served below a folder; `dashboard` has seen to an edition."""
    with serving.dashboard(BASE_PATH=BASE.strip("/")) as server:
        yield f"{server.url}{BASE}"


@pytest.fixture
def visitor(browser: Browser, below: str) -> Iterator[Reader]:
    with window(browser, below) as opened:
        yield opened


def test_links_stay_below_the_folder(visitor: Reader) -> None:
    page = visitor.open("/overview?lang=es")
    hrefs = page.eval_on_selector_all("a[href^='/']", "all => all.map(one => one.getAttribute('href'))")
    assert len(hrefs) > 50
    assert [href for href in hrefs if not href.startswith(f"{BASE}/")] == []
    copied = page.locator("[data-copy]").first.get_attribute("data-copy") or ""
    assert copied.startswith(f"{visitor.url}/overview?")
    page.locator("nav.obs-nav a", has_text=words("es")("nav.theme")).click()
    page.wait_for_url(f"**{BASE}/theme?*")
    page.reload()
    visitor.settle()
    assert page.locator("h1").first.inner_text()


def test_what_is_found_and_short_links_stay_below_the_folder(visitor: Reader) -> None:
    page = visitor.open("/territory?lang=es&loc=08")
    short = page.locator("[data-copy]").nth(1).get_attribute("data-copy") or ""
    assert short.startswith(f"{visitor.url}/?s=")
    page.goto(short)
    page.wait_for_url(f"**{BASE}/territory?*")
    visitor.settle()
    box = page.get_by_role("combobox", name=words("es")("search.label"))
    box.fill("usaquen")
    box.press("Enter")
    page.wait_for_url(f"**{BASE}/territory?*loc=01*")


def test_pictures_feeds_and_health_are_there_too(below: str) -> None:
    for path, kind in (("/preview/overview.png", "image/png"), ("/feeds/changes.atom", "application/atom+xml")):
        with urllib.request.urlopen(f"{below}{path}") as answer:
            assert answer.headers["content-type"].startswith(kind)
    for address in (below, below.removesuffix(BASE)):
        with urllib.request.urlopen(f"{address}/healthz") as answer:
            assert json.load(answer)["edition"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{below}/indicator/foo")
