"""What leaves the house as files, opened without network and without scripts: the twin and the offline briefing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from observatory.briefing.chapters import briefing
from observatory.briefing.html import render_html
from observatory.briefing.ready import council
from observatory.twin.publish import publish
from observatory.wording import Lang, words
from tests.briefing.conftest import ORIGIN, repository_book
from tests.browser.test_smoke import violations

PAGES = ("index", "search", "sources", "changes", "plan/index", "theme/mobility", "territory/08")
INDICATORS = ("homicide_rate", "homicide_rate_jan_aug", "air_pm25_modelled", "road_deaths")


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files") / "twin"
    publish(None, folder, repository_book().edition.path.parent, lambda *_: None, "")
    (folder / "briefing.html").write_bytes(
        render_html(briefing(repository_book(), council(repository_book(), "es"), "es", ORIGIN))
    )
    return folder


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_fit_and_ask_for_nothing(browser: Browser, twin: Path, scheme: str, width: int) -> None:
    names = [f"es/{name}.html" for name in PAGES] + [f"en/indicator/{one}.html" for one in INDICATORS]
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True)  # type: ignore[arg-type]
    asked: list[str] = []
    for name in [*names, "index.html", "briefing.html"]:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((twin / name).as_uri())
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.close()
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_pages_are_whole_without_scripts(browser: Browser, twin: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((twin / "es/search.html").as_uri())
    page.get_by_role("link", name="Tasa anual de homicidios").first.click()
    assert "14,8" in page.inner_text("main")
    page.get_by_role("link", name="EN", exact=True).click()
    assert "14.8" in page.inner_text("main")
    context.close()


@pytest.mark.parametrize(
    ("lang", "text", "first", "file"),
    [("es", "usaquen", "Usaquén", "territory/01"), ("en", "road deaths", "Road deaths", "indicator/road_deaths")],
)
def test_the_index_suggests_as_the_dashboard_does(
    browser: Browser, twin: Path, lang: Lang, text: str, first: str, file: str
) -> None:
    page = browser.new_page()
    page.goto((twin / lang / "search.html").as_uri())
    box = page.get_by_role("combobox", name=words(lang)("search.label"))
    box.fill(text)
    assert page.locator("#obs-found [role=option] span").first.inner_text() == first
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "obs-found-0"
    assert violations(page) == []
    box.press("Enter")
    page.wait_for_url(f"**/{lang}/{file}.html")
    page.close()


def test_a_slip_of_the_hand_in_the_index_is_answered_with_the_nearest_names(browser: Browser, twin: Path) -> None:
    page = browser.new_page()
    page.goto((twin / "es/search.html").as_uri())
    box = page.get_by_role("combobox", name=words("es")("search.label"))
    box.fill("kenedi")
    assert page.locator("#obs-found [role=option] span").first.inner_text() == "Kennedy"
    assert page.locator(".obs-search [role=status]").inner_text() == words("es")("search.none", text="kenedi")
    box.press("Enter")  # what is only guessed is not opened unasked
    assert page.url.endswith("search.html")
    box.press("Escape")
    assert page.locator("#obs-found").is_hidden()
    page.close()
