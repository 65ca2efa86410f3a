"""A page that fails: what the reader sees in a real browser, and what whoever runs the server reads in the terminal."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import serving
from observatory.wording import LANGUAGES, Lang, words
from tests.browser.conftest import window

DASHBOARD = """
import streamlit as st
from observatory.ui import door
pages = {name: st.Page(f"pages/{name}.py") for name in ("overview", "indicator")}
asked = st.navigation(list(pages.values()), position="hidden")
door.settings("·")
asked.run()
"""
FAILING = """
from observatory.ui import door
view = door.enter("indicator")
raise RuntimeError("a detail that is nobody's business")
"""
SERVE = "import sys, uvicorn; from pathlib import Path; from observatory.ui import server; "
SERVE += "uvicorn.run(server.application(Path(sys.argv[1])), port=int(sys.argv[2]), log_level='warning')"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_failing_page_speaks_the_readers_language_and_the_terminal_has_the_trace(
    browser: Browser, dashboard: str, tmp_path: Path, lang: Lang
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "dashboard.py").write_text(DASHBOARD, encoding="utf-8")
    for name in ("overview", "indicator"):
        (tmp_path / "pages" / f"{name}.py").write_text(FAILING, encoding="utf-8")
    port, w = serving.free_port(), words(lang)
    command = [sys.executable, "-c", SERVE, str(tmp_path), str(port)]
    with serving.started(command, serving.ROOT, port) as server, window(browser, server.url) as reader:
        reader.page.goto(f"{server.url}/indicator?lang={lang}&ind=homicide_rate")
        alert = reader.page.get_by_role("alert").filter(has_text=w("failed.title"))
        alert.wait_for()
        assert reader.page.locator("[data-testid=stException]").count() == 0
        assert "nobody's business" not in reader.page.content()
        links = alert.get_by_role("link")
        assert links.all_inner_texts() == [w("failed.plain", page=w("nav.indicator")), w("failed.summary")]
        assert links.first.get_attribute("href") == f"/indicator?lang={lang}"
        code = re.search(w("failed.code", code="([0-9a-f]{8})"), alert.inner_text())
        assert code is not None
        text = server.said()
    assert "Traceback" in text
    assert "indicator.py" in text
    assert f"error {code[1]}: RuntimeError: a detail that is nobody's business" in text
