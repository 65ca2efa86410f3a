"""The page of sources says what the figures were taken from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from observatory.wording import LANGUAGES, Lang, words
from pipelines.__main__ import main
from pipelines.layout import REPOSITORY
from tests.pages.conftest import html_of
from tests.pipelines.captured import declared, table


@pytest.fixture(scope="module")
def observatory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition on a capture of `air`, with a newer one that cannot be read."""
    layout = declared(tmp_path_factory.mktemp("observatory"))
    root = layout.catalogue.parent
    for content in (table(2026, 12.5, "Kenedy;2026;1"), "localidad;anio\nUsme;2026\n"):
        brought = root / "aire de 2026.csv"
        brought.write_text(content, encoding="utf-8")
        assert main(["--root", str(root), "--quiet", "capture", "air", "--from", str(brought)]) == 0
    assert main(["--root", str(root), "--quiet", "build", "--date", "2026-11-23"]) == 0
    return layout.editions


def page(editions: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang, source: str) -> tuple[AppTest, str]:
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(editions))
    test = AppTest.from_file(str(REPOSITORY / "dashboard.py"), default_timeout=30)
    test.run()
    test.query_params.clear()
    test.switch_page("pages/sources.py")
    test.query_params["lang"], test.query_params["src"] = lang, source
    test.run()
    assert not test.exception, [found.value for found in test.exception]
    first = html_of(test).split("</details>")
    opened = next(part for part in first if "<details open>" in part)
    return test, re.sub(r"<[^>]+>", "", opened[opened.index("<details open>") :])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_captured_source_says_so(observatory: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang) -> None:
    w = words(lang)
    test, said = page(observatory, monkeypatch, lang, "air")
    for key, shown in (("declared", {"rows": "21"}), ("beside", {"kept": "63", "superseded": "0"})):
        told = w(f"capture.{key}", **{"day": "…", "place": "aire de 2026.csv", **shown})
        for part in told.split("…"):
            assert part in said, told
    assert w("capture.reason.unreadable") in said
    assert w("capture.finding") in said
    assert [button.proto.label for button in test.get("download_button")] == [w("accounting.csv"), w("accounting.xlsx")]


def test_the_quarantined_row_stands_with_rule_and_what_is_expected(
    observatory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = html_of(page(observatory, monkeypatch, "es", "air")[0])
    assert "localidad desconocida" in html
    assert "¿quiso decir «kennedy»?" in html


def test_an_embedded_source_says_so(observatory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = page(observatory, monkeypatch, "es", "survey")[1]
    table_of = REPOSITORY / "tests" / "fixtures" / "observatory" / "figures" / "survey.csv"
    rows = len(table_of.read_text(encoding="utf-8").splitlines()) - 1
    assert words("es")("capture.embedded", path="data/figures/survey.csv", rows=rows) in said
