"""A view that fails says so in the reader's language and keeps its trace to itself."""

from __future__ import annotations

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest

from observatory.ui import failure, server
from observatory.wording import LANGUAGES, Lang, words
from tests.pages.conftest import html_of


def _broken() -> None:
    from observatory.ui import failure

    try:
        raise ZeroDivisionError("a secret path")
    except ZeroDivisionError as error:
        failure.say(error)


def test_the_server_hands_failures_to_it() -> None:
    assert server.options()["on_script_error"] is failure.say


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reader_is_told_in_their_language_with_a_code_that_the_log_knows(
    lang: Lang, caplog: pytest.LogCaptureFixture
) -> None:
    test = AppTest.from_function(_broken)
    test.query_params["lang"] = lang
    test.query_params["ind"] = "homicide_rate"
    with caplog.at_level(logging.ERROR):
        test.run()
    html, w = html_of(test), words(lang)
    assert not test.exception
    assert w("failed.title") in html
    assert f'href="/overview?lang={lang}"' in html
    assert "secret" not in html
    code = re.search(w("failed.code", code="([0-9a-f]{8})"), html)
    assert code is not None
    assert f"error {code[1]}: ZeroDivisionError: a secret path" in caplog.text
