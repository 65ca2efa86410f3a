"""The twin's page of what changed, on two editions that differ."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from observatory.links import ViewState
from observatory.sheets.since import told_since
from observatory.twin.publish import LARGEST_PAGE, publish
from observatory.wording import LANGUAGES, words
from tests.editions_apart import books


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    after = books()[1]
    folder = tmp_path_factory.mktemp("changes") / "twin"
    publish(after.edition_id, folder, after.edition.path.parent, lambda *_: None, "")
    return folder


def test_every_fact_is_on_the_page_and_its_rows_in_the_file_beside(twin: Path) -> None:
    before, after = books()
    for lang in LANGUAGES:
        page = (twin / lang / "changes.html").read_text(encoding="utf-8")
        rows = (twin / lang / "data" / "changes.csv").read_text(encoding="utf-8-sig")
        lines = told_since(before, after, ViewState(), words(lang))
        for line in lines:
            assert line.sentence in unescape(re.sub(r"</?a[^>]*>", "", page))
        assert len(rows.splitlines()) > len(lines)
        assert len(page.encode()) < LARGEST_PAGE
