"""Every figure of a briefing opens its receipt, in HTML and on paper; notes of slides hold the addresses."""

from __future__ import annotations

import io
import re
from html import unescape

from pptx import Presentation
from pypdf import PdfReader

from observatory.briefing.agenda import Agenda, Item
from observatory.briefing.chapters import briefing
from observatory.briefing.html import render_html
from observatory.briefing.parts import Briefing
from observatory.briefing.pdf import render_pdf
from observatory.briefing.slides import render_pptx
from observatory.editions.book import Book
from observatory.links import ViewState
from tests.briefing.conftest import ORIGIN
from tests.unopened import unopened

YOUTH = "youth_policy_2019_2030"


def test_no_figure_of_a_briefing_opens_nothing(made: Briefing, book: Book) -> None:
    assert unopened(render_html(made).decode(), made.view.lang, book) == []


def test_no_figure_of_a_plan_opens_nothing(book: Book) -> None:
    states = [ViewState(plan=YOUTH, tab=tab) for tab in ("tree", "due", "groups", "board")]
    states += [ViewState(plan=YOUTH, node="result:1.1"), ViewState()]
    made = briefing(book, Agenda(tuple(Item("plan", state) for state in states)), "es", ORIGIN)
    assert unopened(render_html(made).decode(), "es", book) == []


def test_paper_and_notes_open_the_receipt_of_a_sentence(book: Book) -> None:
    made = briefing(book, Agenda((Item("indicator", ViewState(ind=("homicide_rate",))),)), "es", ORIGIN)
    receipts = {unescape(link) for link in re.findall(rf'href="({ORIGIN}/receipt[^"]+)"', render_html(made).decode())}
    title = [link for link in receipts if "t=2025" in link and "homicide_rate" in link]
    assert title
    notes = Presentation(io.BytesIO(render_pptx(made))).slides[1].notes_slide.notes_text_frame.text
    pages = PdfReader(io.BytesIO(render_pdf(made, "a4"))).pages
    marks = [mark.get_object() for page in pages for mark in page.get("/Annots", [])]
    on_paper = {mark["/A"]["/URI"] for mark in marks if "/URI" in mark.get("/A", {})}
    assert set(title) <= on_paper
    assert f"14,8: {title[0]}" in notes or any(f"14,8: {link}" in notes for link in title)
