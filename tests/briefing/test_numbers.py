"""Every number of every output is a number of the edition, under the view's own filters."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.presentation import Presentation as PptxPresentation
from pptx.slide import Slide
from pypdf import PdfReader

from observatory.briefing import data
from observatory.briefing.agenda import Agenda, Item
from observatory.briefing.chapters import briefing
from observatory.briefing.html import render_html
from observatory.briefing.native_trend import displayed
from observatory.briefing.office_labels import LABEL_LINE, label_moves
from observatory.briefing.parts import Bars, Briefing, Chapter, Dataset, Lines
from observatory.briefing.pdf import render_pdf, shown_rows
from observatory.briefing.slides import render_pptx
from observatory.editions import reads
from observatory.editions.book import Book
from observatory.editions.exports import COLUMNS
from observatory.links import ViewState
from observatory.quantities import interval, number
from observatory.rows.observation import Observation
from observatory.rows.progress import ProjectionRow
from observatory.wording import Words
from tests.briefing.conftest import ORIGIN

Identity = tuple[str, str, str, str]


def identity(row: Observation) -> Identity:
    return row.indicator_id, row.territory_code, row.period, row.disaggregation


@pytest.fixture(scope="module")
def in_edition(book: Book) -> dict[Identity, Observation]:
    return {identity(row): row for row in reads.observations(book.edition)}


@pytest.fixture(scope="module")
def page(made: Briefing) -> list[str]:
    """The sections of the HTML, one per chapter."""
    text = render_html(made).decode()
    return re.findall(r'<section class="view" id="view-\d+">.*?</section>', text, re.S)


@pytest.fixture(scope="module")
def paper(made: Briefing) -> list[str]:
    """The text of the PDF's pages, one piece per chapter."""
    reader = PdfReader(io.BytesIO(render_pdf(made, "a4")))
    starts = [reader.get_destination_page_number(mark) for mark in reader.outline if not isinstance(mark, list)]
    starts = starts[-len(made.chapters) - 1 :]  # the chapters, then the sources
    texts = [page.extract_text() for page in reader.pages]
    return ["\n".join(texts[start:end]) for start, end in pairwise(starts)]


def rows_of(chapter: Chapter) -> Iterator[tuple[Dataset, Observation]]:
    for one in chapter.data:
        for row in one.rows:
            yield one, row


def squeezed(text: str) -> str:
    """Without blanks of any kind, which PDF text loses or gains."""
    return re.sub(r"\s", "", text)


def test_the_rows_of_every_view_are_rows_of_the_edition(
    made: Briefing, in_edition: dict[Identity, Observation]
) -> None:
    assert all(chapter.data for chapter in made.chapters)
    for chapter in made.chapters:
        for _, row in rows_of(chapter):
            assert in_edition[identity(row)] == row


def test_the_page_says_every_value_of_its_rows(made: Briefing, page: list[str]) -> None:
    assert len(page) == len(made.chapters)
    for chapter, section in zip(made.chapters, page, strict=True):
        said = unescape(section)
        for one, row in rows_of(chapter):
            if row.value is not None:
                assert number(row.value, one.indicator, made.view.words) in said, (chapter.title, row)


def allowed(chapter: Chapter, made: Briefing, in_edition: dict[Identity, Observation]) -> set[str]:
    """Everything a numeric cell of a chapter may say."""
    words, found = made.view.words, {""}
    indicators = {one.indicator.indicator_id: one.indicator for one in chapter.data}
    for row in in_edition.values():
        if row.indicator_id not in indicators:
            continue
        indicator = indicators[row.indicator_id]
        found |= {said(value, words) for value in (row.numerator, row.denominator) if value is not None}
        if row.value is not None:
            ends = interval(row.lower, row.upper, indicator, words)
            value = number(row.value, indicator, words)
            flags = ", ".join(words(f"flag.{flag}") for flag in row.flags)
            when = " · ".join(filter(None, (words.period(row.period), flags)))
            found |= {value, ends, value + ends, value + when}
    reasons = ("not_published", "suppressed", "late", "not_applicable", "quarantined")
    return found | {words(f"absence.{reason}") for reason in reasons}


def said(value: float, words: Words) -> str:
    return words.number(value, 0 if float(value).is_integer() else 1)


def test_no_numeric_cell_of_the_page_says_anything_else(
    made: Briefing, page: list[str], in_edition: dict[Identity, Observation]
) -> None:
    count = 0
    for chapter, section in zip(made.chapters, page, strict=True):
        may = allowed(chapter, made, in_edition) | {made.view.words("card.localities_only")}
        for cell in re.findall(r'<td class="obs-num[^"]*">(.*?)</td>', section, re.S):
            text = unescape(re.sub(r"<[^>]+>", "", cell))
            assert text in may, (chapter.title, text)
            count += 1
    assert count > 500


def test_paper_says_every_value_of_the_rows_it_shows(made: Briefing, paper: list[str]) -> None:
    for chapter, text in zip(made.chapters, paper, strict=True):
        seen = squeezed(text)
        for grid in chapter.tables:
            for row in grid.rows[: shown_rows(grid, "a4", is_twin=chapter.has_twins)]:
                for place in grid.numeric:
                    assert squeezed(row[place].text) in seen, (chapter.title, row[place])


def first_slides(deck: PptxPresentation, made: Briefing) -> list[Slide]:
    """The first slide of each chapter, without those on which its table goes on."""
    on = {made.view.words("briefing.continued", title=one.title) for one in made.chapters}
    found = [slide for slide in deck.slides if slide.shapes.title.text_frame.text not in on]
    return found[1 : 1 + len(made.chapters)]


@pytest.mark.parametrize("page", ["overview", "theme"])
def test_every_row_of_a_table_stands_on_some_slide(book: Book, page: str) -> None:
    made = briefing(book, Agenda((Item(page, ViewState(theme="governance" if page == "theme" else None)),)), "es")
    names = [row[0].text for row in made.chapters[0].tables[0].rows]
    deck = Presentation(io.BytesIO(render_pptx(made)))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    told = [
        list(table.rows)[n].cells[0].text_frame.paragraphs[0].text
        for table in tables
        for n in range(1, len(table.rows))
    ]
    assert told == names
    projected = PdfReader(io.BytesIO(render_pdf(made, "slides")))
    text = squeezed(" ".join(page.extract_text() for page in projected.pages))
    assert all(squeezed(name) in text for name in names)


def test_the_slides_of_a_map_name_every_place_and_paper_too(book: Book) -> None:
    item = Item("map", ViewState(ind=("homicide_rate_jan_aug",)))
    made = briefing(book, Agenda((item,)), "es")
    for form in ("slides", "a4"):
        pages = PdfReader(io.BytesIO(render_pdf(made, form))).pages
        text = squeezed(" ".join(page.extract_text() for page in pages))
        assert len(made.chapters[0].tables[0].rows) == 21
        assert all(squeezed(row[0].text) in text for row in made.chapters[0].tables[0].rows)
        assert made.view.words("briefing.rows_shown", n=8, total=21) not in text


def test_slides_hold_the_values_of_the_rows_in_native_charts(
    made: Briefing, in_edition: dict[Identity, Observation]
) -> None:
    deck = Presentation(io.BytesIO(render_pptx(made)))
    slides = first_slides(deck, made)
    charts = 0
    for chapter, slide in zip(made.chapters, slides, strict=True):
        indicators = {one.indicator.indicator_id: one.indicator for one in chapter.data}
        known = {
            displayed(row.value, indicators[row.indicator_id])
            for row in in_edition.values()
            if row.indicator_id in indicators and row.value is not None
        }
        known |= {
            displayed(value, indicators[target.indicator_id])
            for target in made.view.book.targets
            if target.indicator_id in indicators
            for value in (target.value, target.baseline_value)
            if value is not None
        }
        known |= {
            displayed(value, indicators[row.indicator_id])
            for row in reads.projections(made.view.book.edition)
            if row.indicator_id in indicators
            for value in (row.value, row.lower, row.upper)
        }
        for shape in slide.shapes:
            if shape.has_chart:
                charts += 1
                plots = shape.chart.plots
                held = {value for plot in plots for series in plot.series for value in series.values} - {None}
                assert held
                assert held <= known, chapter.title
    assert charts >= 9


def test_charts_can_be_edited_their_workbook_holds_what_they_show(made: Briefing) -> None:
    deck = Presentation(io.BytesIO(render_pptx(made)))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    for chart in charts:
        sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).worksheets[0]
        in_book = {cell for row in sheet.iter_rows(min_row=2, min_col=2, values_only=True) for cell in row}
        assert {value for plot in chart.plots for series in plot.series for value in series.values} <= in_book | {None}


def test_charts_write_numbers_in_the_language_of_the_briefing(made: Briefing) -> None:
    deck = Presentation(io.BytesIO(render_pptx(made)))
    locale = {"es": "[$-240A]", "en": "[$-809]"}[made.view.lang]
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                forms = shape.chart._chartSpace.xpath(".//c:ser//c:val//c:formatCode | .//c:numFmt/@formatCode")
                said = [one if isinstance(one, str) else one.text for one in forms]
                assert all(one.startswith(locale) for one in said if one != "General")


def models_of(made: Briefing) -> set[str]:
    """How files name the models of projections."""
    return {made.view.words(f"projection.model.{model}") for model in ("linear", "geometric")}


def order(rows: list[ProjectionRow]) -> list[ProjectionRow]:
    """The model that is drawn first, first."""
    return sorted(rows, key=lambda row: (row.model != "linear", row.moment))


@pytest.fixture(scope="module", params=["es", "en"])
def homicides(book: Book, request: pytest.FixtureRequest) -> Briefing:
    item = Item("indicator", ViewState(ind=("homicide_rate",)))
    return briefing(book, Agenda((item,)), request.param, ORIGIN)


def test_the_projection_that_the_screen_draws_is_in_every_output(book: Book, homicides: Briefing) -> None:
    rows = reads.projections(book.edition, "homicide_rate")
    assert rows
    one, w = book.indicators["homicide_rate"], homicides.view.words
    last = [number(row.value, one, w) for row in rows if row.moment == max(step.moment for step in rows)]
    html = render_html(homicides).decode()
    paper = PdfReader(io.BytesIO(render_pdf(homicides, "a4")))
    text = squeezed("".join(page.extract_text() for page in paper.pages))
    deck = Presentation(io.BytesIO(render_pptx(homicides)))
    slide = deck.slides[1]
    series = next(shape.chart for shape in slide.shapes if shape.has_chart).plots[0].series
    held = {value for line in series for value in line.values}
    assert {displayed(value, one) for row in rows for value in (row.value, row.lower, row.upper)} - held == {
        displayed(value, one) for row in rows if row.model == "geometric" for value in (row.lower, row.upper)
    }  # the interval of the first model alone is drawn, as on the screen
    for said in last:
        sentence = next(note for note in homicides.chapters[0].notes if said in note)
        assert sentence in unescape(re.sub(r"<[^>]+>", "", html))
        assert squeezed(sentence) in text
        assert sentence in slide.notes_slide.notes_text_frame.text
    table = csv.DictReader(io.StringIO(data.to_csv(homicides).decode("utf-8-sig")))
    ahead = [line for line in table if line["flags"] in models_of(homicides)]
    assert {line["nature"] for line in ahead} == {w("nature.projection")}
    found = [tuple(float(line[name]) for name in ("value", "lower_95", "upper_95")) for line in ahead]
    assert found == [
        pytest.approx([displayed(value, one) for value in (row.value, row.lower, row.upper)]) for row in order(rows)
    ]
    assert all(line["flags"] and not line["receipt"] and not line["numerator"] for line in ahead)


def test_a_native_line_is_cut_where_the_screen_cuts_it(book: Book) -> None:
    """Poverty changed its method in 2024: no line may join 2023 and 2024."""
    made = briefing(book, Agenda((Item("indicator", ViewState(ind=("monetary_poverty",))),)), "es", ORIGIN)
    native = made.chapters[0].pictures[0].native[0]
    assert isinstance(native, Lines)
    before, after = native.categories.index("2023"), native.categories.index("2024")
    assert not any(line.values[before] and line.values[after] for line in native.lines if line.role == "place")
    assert sum(line.is_labelled for line in native.lines if line.role == "place") == 1


def test_a_target_is_a_native_path_from_its_baseline_on_and_no_value_is_made_up(
    book: Book, homicides: Briefing
) -> None:
    """The announced goal: 13.6 in 2023, 11 in 2025, 8 in 2027, joined over the years in between."""
    slide = Presentation(io.BytesIO(render_pptx(homicides))).slides[1]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    path = next(one for one in chart.plots[0].series if one.name == homicides.view.words("role.announced"))
    years = list(chart.plots[0].categories)
    assert {year: value for year, value in zip(years, path.values, strict=True) if value is not None} == {
        "2023": 13.6,
        "2025": 11.0,
        "2027": 8.0,
    }
    assert chart._chartSpace.xpath(".//c:dispBlanksAs/@val") == ["span"]


def test_labels_of_lines_stand_apart(homicides: Briefing) -> None:
    """The reference at 16.4 and the projection at 14.7 end at the same year; three lines of text part them."""
    native = homicides.chapters[0].pictures[0].native[0]
    assert isinstance(native, Lines)
    moves = label_moves(native, 100.0)
    named = {native.lines[index].role: (native.lines[index], move) for index, move in moves.items()}
    reach = native.ticks[-1] - native.ticks[0]
    at = {
        role: -max(value for value in line.values[-1:] if value is not None) / reach * 100.0 + move
        for role, (line, move) in named.items()
    }
    assert set(at) == {"reference", "projection", "announced"}
    assert at["projection"] - at["reference"] >= 2 * LABEL_LINE
    assert at["announced"] - at["projection"] >= 2 * LABEL_LINE


def test_intervals_have_room_and_every_bar_its_name(book: Book) -> None:
    made = briefing(book, Agenda((Item("compare", ViewState(tab="rank", ind=("crime_victimisation",))),)), "es", ORIGIN)
    native = made.chapters[0].pictures[0].native[0]
    assert isinstance(native, Bars)
    slide = Presentation(io.BytesIO(render_pptx(made))).slides[1]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert chart.value_axis.maximum_scale >= max(one for one in native.upper if one is not None)
    assert chart._chartSpace.xpath(".//c:catAx/c:tickLblSkip/@val") == ["1"]


def test_the_slide_of_a_map_names_every_place_with_its_value(made: Briefing) -> None:
    deck = Presentation(io.BytesIO(render_pptx(made)))
    (chapter, slide) = next(
        (one, slide)
        for one, slide in zip(made.chapters, first_slides(deck, made), strict=True)
        if one.item.page == "map" and one.item.state.lvl is None
    )
    told = " ".join(slide.shapes._spTree.xpath(".//p:grpSp//p:cNvPr/@descr"))
    for one, row in rows_of(chapter):
        if row.territory_code != "00" and row.value is not None:
            assert number(row.value, one.indicator, made.view.words) in told


def test_the_workbook_and_the_csv_hold_the_rows_exactly(made: Briefing) -> None:
    wanted = [
        (place, *identity(row), displayed(row.value, one.indicator))
        for place, chapter in enumerate(made.chapters, 1)
        for one, row in rows_of(chapter)
    ]
    where = [data.HEAD.index(name) for name in ("view", "indicator_id", "territory_code", "period")]
    where += [data.HEAD.index(name) for name in ("disaggregation", "value")]
    sheet = load_workbook(io.BytesIO(data.to_xlsx(made)), read_only=True).worksheets[0]
    flags, models = data.HEAD.index("flags"), models_of(made)
    lines = [line for line in sheet.iter_rows(min_row=2, values_only=True) if line[flags] not in models]
    assert [tuple(line[place] for place in where) for line in lines] == wanted
    text = data.to_csv(made).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert table[0] == ["view", "kind", *COLUMNS]
    found = [tuple(line[place] for place in where) for line in table[1:] if line[flags] not in models]
    assert [(int(one[0]), *one[1:5], float(one[5]) if one[5] else None) for one in found] == wanted


def test_a_filter_of_the_link_reaches_every_output(book: Book, agenda_of_one: list[Briefing]) -> None:
    """The same map of two periods: what one says the other does not."""
    earlier, later = agenda_of_one
    assert {row.period for _, row in rows_of(earlier.chapters[0])} == {"2019-01--2019-08"}
    assert {row.period for _, row in rows_of(later.chapters[0])} == {"2026-01--2026-08"}
    for make in (render_html, lambda one: render_pdf(one, "slides"), render_pptx, data.to_csv):
        assert make(earlier) != make(later)


@pytest.fixture(scope="module")
def agenda_of_one(book: Book, agenda) -> list[Briefing]:  # type: ignore[no-untyped-def]
    mapped = next(item for item in agenda.items if item.page == "map")
    periods = ("2019-01--2019-08", "2026-01--2026-08")
    items = [replace(mapped, state=replace(mapped.state, t=period)) for period in periods]
    return [briefing(book, replace(agenda, items=(item,)), "es", ORIGIN) for item in items]
