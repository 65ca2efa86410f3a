"""Pages run through Streamlit's own test runner, on an edition built from the repository's figures."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.build import build
from pipelines.layout import REPOSITORY, Layout

Open = Callable[..., AppTest]
BUILT_ON = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition of today's catalogue and figures."""
    folder = tmp_path_factory.mktemp("editions")
    build(dataclasses.replace(Layout.of(), editions=folder), BUILT_ON, lambda *_: None)
    return folder


@pytest.fixture
def open_page(editions: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page by its name with link parameters, and fail on any exception it shows."""
    monkeypatch.setenv("OBSERVATORY_EDITIONS", str(editions))

    def opened(page: str, *, allow_notice: bool = True, **query: str) -> AppTest:
        test = AppTest.from_file(str(REPOSITORY / "dashboard.py"), default_timeout=30)
        test.run()
        test.query_params.clear()
        test.switch_page(f"pages/{page}.py")
        for name, text in query.items():
            test.query_params[name] = text
        test.run()
        assert not test.exception, [found.value for found in test.exception]
        assert allow_notice or "obs-warn" not in html_of(test)
        return test

    yield opened


def html_of(test: AppTest) -> str:
    """Everything our own HTML says on the page."""
    said = (json.loads(found.proto.json) for found in test.get("bidi_component") if found.proto.json)
    return "\n".join(data["html"] for data in said if "html" in data)
