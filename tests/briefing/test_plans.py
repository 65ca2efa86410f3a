"""Plans and sources as views of a briefing: every number of every output is one of the edition."""

from __future__ import annotations

import csv
import dataclasses
import io
from html import unescape

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from observatory.briefing import data
from observatory.briefing.agenda import BRIEFED, Agenda, Item
from observatory.briefing.chapters import CHAPTERS, briefing
from observatory.briefing.html import render_html
from observatory.briefing.parts import Briefing
from observatory.briefing.pdf import render_pdf
from observatory.briefing.slides import render_pptx
from observatory.editions import plan_reads, reads
from observatory.editions.book import Book
from observatory.links import TABS, ViewState
from observatory.plan_progress import Standing
from observatory.plan_rows import AggregateRow
from observatory.sheets.plan_words import share_text
from tests.briefing.conftest import ORIGIN
from tests.briefing.test_numbers import squeezed

YOUTH = "youth_policy_2019_2030"
STATED = ("baseline", "target", "reported", "progress")


@pytest.fixture(scope="module", params=["es", "en"])
def plans(book: Book, request: pytest.FixtureRequest) -> Briefing:
    states = [ViewState(plan=YOUTH, tab=tab) for tab in ("tree", "due", "groups", "board", "findings")]
    states += [ViewState(), ViewState(plan="bti_2023_2032"), ViewState(plan=YOUTH, node="result:1.1")]
    states += [ViewState(plan=row.plan_id, node=row.target_id) for row in book.targets[:1]]
    items = [Item("plan", state) for state in states]
    items += [Item("sources", ViewState(tab=tab)) for tab in (None, "matrix", "checks")]
    return briefing(book, Agenda(tuple(items)), request.param, ORIGIN)


def newest(book: Book) -> tuple[list[Standing], list[AggregateRow]]:
    version = next(row for row in book.versions_of(YOUTH) if row.is_current)
    standings, groups = (make(book.edition, version) for make in (plan_reads.standings, plan_reads.aggregates))
    cut = max(row.cut for row in standings)
    return [row for row in standings if row.cut == cut], [row for row in groups if row.cut == cut]


def test_every_view_has_something_to_say(plans: Briefing) -> None:
    for chapter in plans.chapters:
        assert chapter.title
        assert chapter.lead
        assert any(grid.rows for grid in chapter.tables)
        assert all(len(row) == len(grid.head) for grid in chapter.tables for row in grid.rows)


def test_the_workbook_holds_the_shares_of_the_edition(book: Book, plans: Briefing) -> None:
    standings, groups = newest(book)
    sheets = load_workbook(io.BytesIO(data.to_xlsx(plans)), read_only=True)
    view = plans.view.words("briefing.data_view")
    objectives = list(sheets[f"{view} 1.1"].iter_rows(min_row=2, values_only=True))
    wanted = {(row.kind, row.progress) for row in groups if row.group_kind == "objective" and row.progress is not None}
    assert {("product", line[1]) for line in objectives} | {("result", line[2]) for line in objectives} >= wanted
    nodes = list(sheets[f"{view} 1.2"].iter_rows(min_row=2, values_only=True))
    assert len(nodes) == len(standings)
    known = sorted(row.share for row in standings if row.share is not None)
    assert sorted(line[2] for line in nodes if isinstance(line[2], float | int)) == pytest.approx(known)


def lines_of(made: Briefing) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.to_csv(made).decode("utf-8-sig"))))


def test_the_data_hold_targets_reports_and_progress_of_a_plan_with_their_source(book: Book, plans: Briefing) -> None:
    version = next(row for row in book.versions_of(YOUTH) if row.is_current)
    tree, w = plan_reads.plan_version(book.edition, version), plans.view.words
    lines = [line for line in lines_of(plans) if line["view"] == "1"]
    by_kind = {kind: [one for one in lines if one["kind"] == w(f"export.kind.{kind}")] for kind in STATED}
    assert len(by_kind["target"]) == len(tree.targets)
    assert len(by_kind["reported"]) == len(tree.reports)
    standings, _ = newest(book)
    shares = sorted(row.share * 100 for row in standings if row.share is not None)
    assert sorted(float(one["value"]) for one in by_kind["progress"] if one["value"]) == pytest.approx(shares)
    assert all(version.source in one["source"] for one in lines)
    first = next(
        one for one in by_kind["reported"] if (one["indicator_id"], one["period"]) == ("product:1.1.1", "2020")
    )
    assert (float(first["value"]), first["source"].rpartition(" ")[2]) == (4200.0, "P1.2020.valor")
    doubtful = [row for row in tree.reports if row.used is None and row.value is not None]
    assert sum(not one["value"] and bool(one["absence"]) for one in by_kind["reported"]) >= len(doubtful) > 0


def test_the_data_hold_the_milestones_of_every_target_of_the_catalogue(book: Book, plans: Briefing) -> None:
    w, lines = plans.view.words, [line for line in lines_of(plans) if line["view"] == "6"]
    kinds = {w(f"export.kind.{kind}") for kind in ("target", "reference")}
    assert sum(line["kind"] in kinds for line in lines) == len(book.targets)
    assert all(line["source"] for line in lines)
    births = [line for line in lines if line["indicator_id"] == "SAL-07" and line["kind"] == w("export.kind.target")]
    assert [float(line["value"]) for line in births if line["period"] in ("2021", "2025")] == [34.6, 29.5]


def test_a_plan_that_waits_for_its_file_says_so_instead_of_empty_rings(plans: Briefing) -> None:
    pending, w = plans.chapters[6], plans.view.words
    assert not pending.pictures
    assert w("plan.page.pending_lead") in pending.sayings
    assert w("plan.page.name_pending") not in render_html(briefing_of(plans, 6)).decode()
    assert {row.kind for row in pending.stated} == {"pending"}


def briefing_of(made: Briefing, place: int) -> Briefing:
    return dataclasses.replace(made, chapters=[made.chapters[place]])


def test_page_and_paper_say_every_share_and_lag(book: Book, plans: Briefing) -> None:
    standings, groups = newest(book)
    w, html = plans.view.words, unescape(render_html(plans).decode())
    pages = PdfReader(io.BytesIO(render_pdf(plans, "a4"))).pages
    paper = squeezed("".join(page.extract_text() for page in pages))
    for row in standings:
        assert share_text(row.share, w) in html
        assert squeezed(share_text(row.share, w)) in paper
    for group in groups:
        if group.group_kind in ("policy", "objective", "sector") and group.progress is not None:
            assert w.percent(group.progress, 0) in html
    lagging = sum(row.justification == "lag" for row in standings)
    assert w("plan.page.lagging_title", n=lagging) in html
    assert len(plans.chapters[1].tables[0].rows) == lagging


def test_slides_hold_the_progress_of_the_objectives_in_a_native_chart(book: Book, plans: Briefing) -> None:
    _, groups = newest(book)
    wanted = [row for row in groups if (row.group_kind, row.kind) == ("objective", "product")]
    slide = Presentation(io.BytesIO(render_pptx(plans))).slides[1]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    held = [value / 100 for value in chart.plots[0].series[0].values]
    assert sorted(held) == pytest.approx(sorted(row.progress or 0.0 for row in wanted))


def test_all_sources_and_what_is_not_known_are_told(book: Book, plans: Briefing) -> None:
    listed, silent, checks = plans.chapters[-3:]
    assert len(listed.tables[0].rows) == len(book.sources)
    assert {row[0].text for row in listed.tables[0].rows} == {
        row.dataset(plans.view.lang) for row in book.sources.values()
    }
    rows = reads.silence(book.edition, None)
    assert len(silent.tables[0].rows) == len({row.indicator_id for row in rows})
    found = [row for row in reads.checks(book.edition) if row.status != "passed"]
    assert sum(len(grid.rows) for grid in checks.tables[:-1]) == len(found)
    assert len(checks.tables[-1].rows) == len(reads.captures(book.edition))


def test_every_page_of_a_briefing_has_its_chapter() -> None:
    assert set(CHAPTERS) == set(BRIEFED)


def test_every_part_of_a_plan_is_a_part_of_its_page() -> None:
    assert {"tree", "due", "groups", "board", "findings"} <= set(TABS)
