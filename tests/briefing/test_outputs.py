"""What each file must be: offline, light, tagged, described, quick."""

from __future__ import annotations

import io
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as PptxPresentation
from pypdf import PdfReader

from observatory.briefing.agenda import Agenda
from observatory.briefing.chapters import briefing
from observatory.briefing.command import brief
from observatory.briefing.html import render_html
from observatory.briefing.making import OUTPUTS, file_name, files
from observatory.briefing.parts import Briefing
from observatory.briefing.pdf import Format, render_pdf
from observatory.briefing.slides import render_pptx
from observatory.editions.book import Book
from observatory.links import DASHBOARD, shortened
from tests.briefing.test_numbers import first_slides

FETCHES = re.compile(r'\b(?:src|srcset|data|poster)="|<link\b|<script\b|@import|url\(\s*["\']?(?!#)', re.I)


@pytest.fixture(scope="module")
def html(made: Briefing) -> str:
    return render_html(made).decode()


@pytest.fixture(scope="module")
def deck(made: Briefing) -> PptxPresentation:
    return Presentation(io.BytesIO(render_pptx(made)))


def test_the_page_fetches_nothing_and_runs_nothing(html: str) -> None:
    assert not FETCHES.search(html)
    assert "javascript:" not in html


def test_the_page_of_twelve_views_is_under_two_megabytes(html: str) -> None:
    assert len(html.encode()) < 2_000_000


def test_every_view_of_the_page_has_title_link_qr_and_source(made: Briefing, html: str) -> None:
    sections = re.findall(r'<section class="view" id="view-\d+">.*?</section>', html, re.S)
    for chapter, section in zip(made.chapters, sections, strict=True):
        assert section.count("<h2>") == 1
        assert shortened(chapter.link) in section
        assert 'class="obs-qr"' in section
        assert all(source.split("«")[0][:20] in section for source in chapter.sources)


def test_every_picture_has_words_and_every_chart_its_table(made: Briefing, html: str) -> None:
    for picture in re.findall(r"<svg[^>]*>", html):
        assert 'aria-label="' in picture or 'aria-hidden="true"' in picture or " x=" in picture, picture[:120]
    for chapter in made.chapters:
        assert not any(picture.native for picture in chapter.pictures) or chapter.tables


def test_the_page_has_one_title_its_language_and_headings_in_order(made: Briefing, html: str) -> None:
    assert f'<html lang="{made.view.lang}">' in html
    assert html.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("form", ["a4", "slides"])
def test_the_pdf_is_tagged_titled_and_has_real_text(made: Briefing, form: Format) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(made, form)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"].startswith(made.view.lang)
    assert reader.metadata and reader.metadata.title == made.title
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for chapter in made.chapters:
        assert " ".join(chapter.title.split()) in text
    wide, high = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (wide > high) == (form == "slides")


def test_the_pdf_says_that_it_follows_the_standard_of_accessible_documents(made: Briefing) -> None:
    assert b"pdfuaid:part" in render_pdf(made, "a4")


def test_the_pdf_is_the_same_each_time(made: Briefing) -> None:
    assert render_pdf(made, "slides") == render_pdf(made, "slides")


def test_every_slide_has_a_title_and_notes_with_source_and_link(made: Briefing, deck: PptxPresentation) -> None:
    slides = first_slides(deck, made)
    for chapter, slide in zip(made.chapters, slides, strict=True):
        assert slide.shapes.title.text_frame.text == chapter.title
        notes = slide.notes_slide.notes_text_frame.text
        assert chapter.link in notes
        assert all(source in notes for source in chapter.sources)


def test_every_picture_and_chart_of_a_slide_has_words(deck: PptxPresentation) -> None:
    for slide in deck.slides:
        for frame in slide.shapes._spTree.xpath(".//p:pic | .//p:graphicFrame | .//p:grpSp"):
            assert frame.xpath("(.//p:cNvPr)[1]/@descr")[0]


def test_all_files_of_twelve_views_come_within_five_seconds(book: Book, agenda: Agenda) -> None:
    list(files(briefing(book, Agenda(agenda.items[:1]), "es")))  # libraries are loaded once per process
    began = time.process_time()  # of this process: other work on the machine does not count
    steps: list[tuple[int, int]] = []
    made = briefing(book, agenda, "es", "https://observatory.example", lambda *step: steps.append(step))
    found = list(files(made))
    assert time.process_time() - began < 5
    assert steps == [(place, 12) for place in range(1, 13)]
    assert len(found) == len(OUTPUTS)


def test_files_are_named_by_title_and_day(made: Briefing) -> None:
    assert file_name(made, OUTPUTS[0]) == "comision-de-gobierno-2026-11-25.html"


def test_without_a_host_links_are_said_and_nothing_leads_nowhere(book: Book, agenda: Agenda) -> None:
    html = render_html(briefing(book, agenda, "es")).decode()
    assert 'class="obs-qr"' not in html
    assert not re.search(r'href="/', html)


@pytest.mark.parametrize(
    ("address", "warning"),
    [
        (None, "without a link that opens"),
        ("http://127.0.0.1:8501/", "lead to http://127.0.0.1:8501, which opens on this machine only"),
        ("https://observatory.example", ""),
    ],
)
def test_the_command_warns_of_links_that_nobody_else_could_open(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str | None, warning: str
) -> None:
    monkeypatch.delenv(DASHBOARD, raising=False)
    if address:
        monkeypatch.setenv(DASHBOARD, address)
    (tmp_path / "agenda.yaml").write_text("title: Una\nlanguage: es\nviews: [/overview]\n", encoding="utf-8")
    told: dict[str, str] = {}
    brief(tmp_path / "agenda.yaml", None, tmp_path / "files", book.edition.path.parent, told.__setitem__)
    assert warning in told.get("links", "")
    assert ("links" in told) == bool(warning)
    assert not warning or DASHBOARD in told["links"]
