"""Links that never die: every form that was released opens its page, with all it asks for, or says plainly why not."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from observatory.links import migrated, unfolded
from tests.pages.conftest import Open, editions, html_of, open_page

__all__ = ["editions", "open_page"]  # fixtures of the pages
CORPUS = Path(__file__).with_name("corpus.txt")
LINKS = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def as_long(link: str) -> tuple[str, dict[str, str]]:
    """Page and parameters that a link stands for."""
    parts = urlsplit(link)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return migrated(*(unfolded(query) or (parts.path.strip("/"), query)))


def test_the_corpus_has_each_link_once() -> None:
    assert len(LINKS) == len(set(LINKS)) > 100


@pytest.mark.parametrize("link", LINKS)
def test_a_released_link_opens(open_page: Open, link: str) -> None:
    query = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    meant = as_long(link)[1]
    opened = open_page(urlsplit(link).path.strip("/") or "overview", **query)
    html = html_of(opened)
    if meant.get("asof"):
        assert "obs-empty" in html
        assert meant["asof"] in html
        return
    assert 'class="obs-foot"' in html or meant.get("present")
    assert "obs-warn" not in html
    found = {name: opened.query_params[name] for name in meant}
    assert {name: text if isinstance(text, str) else text[-1] for name, text in found.items()} == meant
