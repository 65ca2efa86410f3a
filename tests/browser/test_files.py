"""What leaves the house as files, opened without network and without scripts: the twin and the offline briefing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from observatory.briefing.chapters import briefing
from observatory.briefing.html import render_html
from observatory.briefing.ready import council
from observatory.twin.publish import publish
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


def test_the_index_is_narrowed_by_words_without_accents(browser: Browser, twin: Path) -> None:
    page = browser.new_page()
    page.goto((twin / "es/search.html").as_uri())
    page.get_by_role("searchbox").fill("usaquen")
    assert page.locator("[data-words]:visible").count() == 1
    page.close()
