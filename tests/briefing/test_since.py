"""The ready-made briefing of what changed since the last meeting, on two editions that differ."""

from __future__ import annotations

from html import unescape

import pytest

from observatory.briefing.chapters import briefing
from observatory.briefing.html import render_html
from observatory.briefing.making import files
from observatory.briefing.ready import since_last_meeting
from observatory.editions.book import Book
from observatory.links import ViewState
from observatory.sheets.since import edition_before, told_since
from observatory.wording import LANGUAGES, Lang, words
from tests.editions_apart import books


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fact_is_told_in_the_briefing(lang: Lang) -> None:
    before, after = books()
    agenda = since_last_meeting(after, lang)
    assert agenda is not None
    html = unescape(render_html(briefing(after, agenda, lang)).decode())
    lines = told_since(before, after, ViewState(), words(lang))
    assert len(lines) > 10
    for line in lines:
        assert line.sentence in html


def test_all_files_are_made_of_it() -> None:
    after = books()[1]
    agenda = since_last_meeting(after, "es")
    assert agenda is not None
    assert all(len(content) > 100 for _, _, content in files(briefing(after, agenda, "es")))


def test_with_one_edition_there_is_nothing_to_tell(book: Book) -> None:
    assert edition_before(book) is None
    assert since_last_meeting(book, "es") is None


def test_a_day_finds_the_newest_edition_of_it_or_before() -> None:
    before, after = books()
    assert edition_before(after, "2027-06-01").edition_id == before.edition_id  # type: ignore[union-attr]
    assert edition_before(after, "2020-01-01").edition_id == before.edition_id  # type: ignore[union-attr]
    assert edition_before(after, before.edition_id).edition_id == before.edition_id  # type: ignore[union-attr]
