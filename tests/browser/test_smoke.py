"""Every page, in both languages: it loads, nothing goes wrong, it asks nobody outside, and everybody can read it."""

import json
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

from benchmarks import serving
from tests.browser.conftest import PAGES, window


def violations(page):
    """Serious and critical findings of axe, a line each with the first place where they are."""
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
    places = [", ".join(node["html"][:160] for node in one["nodes"][:2]) for one in found]
    return [f"{one['id']}, {len(one['nodes'])} times: {place}" for one, place in zip(found, places, strict=True)]


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_loads_and_is_accessible(reader, name, lang):
    page = reader.open(f"/{name}?lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").first.inner_text().strip()
    assert page.locator("[data-testid=stException]").count() == 0
    assert reader.errors == []
    assert reader.outside == []
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone_in_the_dark(phone, name):
    page = phone.open(f"/{name}?lang=es")
    widths = page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
            .map(e => [e.scrollWidth, e.clientWidth])"""
    )
    assert all(scroll <= client + 1 for scroll, client in widths), widths
    assert page.locator("[data-testid=stException]").count() == 0
    assert phone.errors == []
    assert violations(page) == []


def test_the_browsers_language_is_followed(browser, dashboard):
    with window(browser, dashboard, locale="en-GB") as english:
        page = english.open("/overview")
        assert page.locator("html").get_attribute("lang") == "en"
        assert "Bogotá" in page.locator("h1").first.inner_text()
        assert page.locator("[aria-current=true][hreflang=en]").count() == 1


def test_back_undoes_a_page_change(reader):
    page = reader.open("/overview?lang=es")
    before = page.locator("h1").first.inner_text()
    page.locator("nav.obs-nav a", has_text="Fuentes").click()
    page.wait_for_url("**/sources*")
    reader.settle()
    page.go_back()
    page.wait_for_url("**/overview*")
    page.wait_for_function("text => document.querySelector('h1')?.innerText === text", arg=before)


def test_the_first_address_leads_to_the_summary(reader):
    page = reader.open("/?lang=en")
    page.wait_for_url("**/overview*")
    assert "lang=en" in page.url


def test_health_names_the_edition(dashboard):
    with urllib.request.urlopen(f"{dashboard}/healthz") as answer:
        assert json.load(answer)["edition"]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_draws_with_is_fetched_with_it_and_not_after(reader, name):
    """What is asked for late delays the first picture; `observatory.ui.shell.ELEMENTS` names what a page draws with."""
    with urllib.request.urlopen(f"{reader.url}/{name}") as answer:
        announced = answer.read().decode()
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url.removeprefix(reader.url)))
    reader.open(f"/{name}")
    assert [path for path in asked if path.startswith("/static/js/") and path not in announced] == []


def test_plain_streamlit_serves_the_dashboard_too(browser):
    script = serving.ROOT / "dashboard.py"
    with serving.streamlit(script, serving.ROOT) as server, window(browser, server.url) as plain:
        page = plain.open("/indicator?lang=es")
        assert page.locator("h1").first.inner_text().strip()
        assert plain.outside == []
