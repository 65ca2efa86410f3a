"""A briefing as PowerPoint: native charts and shapes that can be edited; sources, cut-off and link in the notes."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

import segno
from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Mm, Pt

from observatory.briefing.fitting import (
    MORE_SLIDES,
    as_one,
    cell_height,
    height,
    lines,
    rows_for,
    share,
    size_for,
    words_of,
)
from observatory.briefing.html import about, lead
from observatory.briefing.notes import notes
from observatory.briefing.office import add_native, colour, described
from observatory.briefing.parts import Areas, Briefing, Chapter, Key
from observatory.links import shortened
from observatory.look import Look, look
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.view import View

WIDTH, HEIGHT = Mm(338.7), Mm(190.5)
LEFT, RIGHT = Mm(15), Mm(15)
TOP, BODY, FOOT = Mm(10), Mm(43), Mm(166)  # where the title, the body and the foot begin
WORDS = ((74, 1.0), (74, 0.9), (96, 0.9), (112, 0.85))  # width of the words beside a chart, and their scale
TITLE_SIZES, LEAD_SIZES = (26.0, 22.0, 18.0), (13.0, 11.0, 10.0)
ACROSS = 306  # millimetres between the margins
FACE = "Arial"  # on every machine, itself or in a face of the same widths
QR = Mm(19)
CELL, NOTE = 12.0, 9.0  # points
INSET = 4.0  # letters that the margins of a cell take
TITLE_ONLY = 5  # of the built-in template's layouts
LANGUAGES = {"es": MSO_LANGUAGE_ID.SPANISH_COLOMBIA, "en": MSO_LANGUAGE_ID.ENGLISH_UK}


def render_pptx(briefing: Briefing) -> bytes:
    """The whole briefing, one slide per view, 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _properties(deck, briefing)
    _face(deck)
    made = _Deck(deck, briefing.view, look("light"))
    made.cover(briefing)
    for chapter in briefing.chapters:
        made.chapter(chapter)
    made.sources(briefing)
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _properties(deck: Any, briefing: Briefing) -> None:
    noon = dt.datetime.combine(briefing.view.book.edition.built_on, dt.time(12))
    about_it = deck.core_properties
    about_it.title, about_it.author = briefing.title, briefing.view.words("app.name")
    about_it.language, about_it.subject = briefing.view.lang, lead(briefing)
    about_it.created = about_it.modified = noon


def _face(deck: Any) -> None:
    """Write in a typeface whose widths are the same on every machine; links in the accent."""
    theme = deck.slide_master.part.part_related_by(RT.THEME)
    named = re.sub(rb'(<a:latin typeface=")[^"+]*"', rb"\g<1>" + FACE.encode() + b'"', theme.blob)
    link = rb"\g<1>" + look("light").accent.lstrip("#").upper().encode()
    theme._blob = re.sub(rb'(<a:(?:hlink|folHlink)><a:srgbClr val=")[0-9A-F]{6}', link, named)


class _Deck:
    """A presentation under way."""

    def __init__(self, deck: Any, view: View, light: Look) -> None:
        self.deck, self.view, self.look = deck, view, light
        self.layout = deck.slide_layouts[TITLE_ONLY]

    def slide(self, title: str, size: float | None = None, top: int = TOP, height: int = Mm(22)) -> Any:
        """A slide with its title."""
        slide = self.deck.slides.add_slide(self.layout)
        box = slide.shapes.title
        box.left, box.top, box.width, box.height = LEFT, top, WIDTH - LEFT - RIGHT, height
        frame = box.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.BOTTOM
        self.say(frame.paragraphs[0], title, size or size_for(title, TITLE_SIZES, ACROSS, 2), self.look.ink, bold=True)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        return slide

    def say(self, paragraph: Any, text: str, size: float, ink: str, *, bold: bool = False, link: str = "") -> None:
        """Add a run of text."""
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour(ink)
        run.font.language_id = LANGUAGES[self.view.lang]
        if link:
            run.hyperlink.address = link

    def box(self, slide: Any, left: int, top: int, width: int, height: int, name: str) -> Any:
        """An empty box of text."""
        shape = slide.shapes.add_textbox(left, top, width, height)
        shape.name, shape.text_frame.word_wrap = name, True
        return shape.text_frame

    def cover(self, briefing: Briefing) -> None:
        """Title, day, edition, what kind of figures."""
        slide = self.slide(briefing.title, 40, Mm(48), Mm(30))
        frame = self.box(slide, LEFT, Mm(80), Mm(230), Mm(50), "lead")
        self.say(frame.paragraphs[0], lead(briefing), 18, self.look.muted)
        self.say(frame.add_paragraph(), about(briefing), 16, self.look.ink)
        self.pin(slide, briefing.link, Mm(36))
        slide.notes_slide.notes_text_frame.text = f"{lead(briefing)}\n{about(briefing)}\n{briefing.link}"

    def chapter(self, one: Chapter) -> None:
        """One view: its chart or table, its number, its sentences."""
        slide = self.slide(one.title)
        frame = self.box(slide, LEFT, Mm(32), Mm(ACROSS), Mm(9), "lead")
        self.say(frame.paragraphs[0], one.lead, size_for(one.lead, LEAD_SIZES, ACROSS, 1), self.look.muted)
        natives = [native for picture in one.pictures for native in picture.native]
        left = LEFT + self.words(slide, one) + Mm(8) if one.key or one.tiles or one.sayings else LEFT
        room = (left, BODY, WIDTH - RIGHT - left, FOOT - BODY)
        if natives:
            self.charts(slide, one, natives, room)
        elif one.tables:
            told = self.table(slide, as_one(one), room)
        self.foot(slide, one)
        slide.notes_slide.notes_text_frame.text = notes(self.view, one)
        if one.tables and not natives:
            self.go_on(one, as_one(one), told)

    def go_on(self, one: Chapter, grid: Grid, told: int) -> None:
        """The rows of a table that are left, on further slides; where too many are, how many stand elsewhere."""
        for number in range(MORE_SLIDES):
            if told == len(grid.rows):
                break
            slide = self.slide(self.view.words("briefing.continued", title=one.title))
            room = (LEFT, Mm(36), Mm(ACROSS), FOOT - Mm(36))
            told += self.table(slide, grid._replace(rows=grid.rows[told:]), room)
            if number == MORE_SLIDES - 1 and told < len(grid.rows):
                said = self.view.words("briefing.rows_shown", n=told, total=len(grid.rows))
                rows = self.box(slide, LEFT, FOOT - Mm(6), Mm(ACROSS), Mm(8), "rows")
                self.say(rows.paragraphs[0], said, 10, self.look.muted)
            self.foot(slide, one)
            slide.notes_slide.notes_text_frame.text = notes(self.view, one)

    def charts(self, slide: Any, one: Chapter, natives: Sequence[Any], room: tuple[int, int, int, int]) -> None:
        """Charts side by side; a map beside the values it shows."""
        alts = [picture.alt for picture in one.pictures for _ in picture.native]
        left, top, width, height = room
        gap = Mm(6)
        wide = (width - gap * (len(natives) - 1)) // len(natives)
        for place, (native, alt) in enumerate(zip(natives, alts, strict=True)):
            at = (left + place * (wide + gap), top, wide, height)
            add_native(slide, native, at, self.look, alt, self.view.words("briefing.alt_map"))
            if isinstance(native, Areas):
                self.legend(slide, native, at)

    def legend(self, slide: Any, areas: Areas, at: tuple[int, int, int, int]) -> None:
        """The classes of a map as lines of text with their colour."""
        left, top, width, _ = at
        frame = self.box(slide, left + width - Mm(52), top, Mm(52), Mm(40), "legend")
        frame.word_wrap = False
        for place, (fill, said) in enumerate(areas.classes):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self.say(paragraph, "■ " if fill else "▨ ", 14, fill or self.look.hatch)
            self.say(paragraph, said, 11, self.look.ink)

    def words(self, slide: Any, one: Chapter) -> int:
        """The number with its standing; counts; sentences. As wide and large as they need and fit; their width."""
        room = (FOOT - BODY) / Mm(1)
        width, scale = next((way for way in WORDS if height(words_of(one, way[1]), way[0]) <= room), WORDS[-1])
        frame = self.box(slide, LEFT, BODY, Mm(width), FOOT - BODY, "words")
        if one.key:
            self.key(frame, one.key)
        for tile in one.tiles:
            line = frame.add_paragraph()
            self.say(line, f"{tile.number} ", 16 * scale, self.look.ink, bold=True)
            self.marked(line, tile.status, tile.word, 12 * scale)
        for said in one.sayings:
            line = frame.add_paragraph()
            line.space_before = Pt(6 * scale)
            self.say(line, said, 12 * scale, self.look.ink)
        return int(Mm(width))

    def key(self, frame: Any, key: Key) -> None:
        """The number, when and how it is, how it stands."""
        paragraph = frame.paragraphs[0]
        size = 40 if len(key.value) < 12 else 24
        self.say(paragraph, key.value, size, self.look.ink, bold=True, link=key.href)
        self.say(paragraph, f" {key.unit}", 14, self.look.ink)
        self.say(frame.add_paragraph(), key.note, 12, self.look.muted)
        for mark in key.marks:
            self.marked(frame.add_paragraph(), mark.status, mark.word, 16)
        for said in key.more:
            self.say(frame.add_paragraph(), said, 13, self.look.muted)

    def marked(self, paragraph: Any, status: str, word: str, size: float) -> None:
        """A status as shape, colour and word."""
        if status:
            mark = self.look.status[status]
            self.say(paragraph, f"{mark.shape} ", size, mark.colour)
        self.say(paragraph, word, size, self.look.ink)

    def table(self, slide: Any, grid: Grid, room: tuple[int, int, int, int]) -> int:
        """A native table of the rows that fit, without the columns that need a wide page; how many they are."""
        kept = [place for place in range(len(grid.head)) if place not in grid.minor]
        left, top, width, _ = room
        shares = [share(grid, place) + INSET for place in kept]
        widths = [int(width * one / sum(shares)) for one in shares]
        sides = list(zip(kept, (side / Mm(1) - 5 for side in widths), strict=True))
        heights = [max(cell_height(row[place], (CELL, NOTE), side) for place, side in sides) for row in grid.rows]
        rows = grid.rows[: rows_for(heights, (FOOT - top) / Mm(1) - 18)]
        shape = slide.shapes.add_table(len(rows) + 1, len(kept), left, top, width, Mm(8) * (len(rows) + 1))
        shape.name = grid.caption[:60]
        described(shape, grid.caption)
        table = shape.table
        table.horz_banding = False
        for column, (place, side) in enumerate(zip(kept, widths, strict=True)):
            table.columns[column].width = side
            head = Cell(grid.head[place], is_absent=True)
            for line, cell in enumerate([head, *(row[place] for row in rows)]):
                is_short = lines(cell.text, CELL, side / Mm(1) - 5) == 1
                fitting = cell if is_short else cell._replace(href="")  # some programs break long links anywhere
                self.cell(table.cell(line, column), fitting, place in grid.numeric)
        for line, tall in enumerate(heights[: len(rows)], 1):
            table.rows[line].height = Mm(tall)
        return len(rows)

    def cell(self, target: Any, cell: Cell, is_numeric: bool) -> None:
        """Fill a cell of a table."""
        target.fill.solid()
        target.fill.fore_color.rgb = colour(self.look.paper)
        target.margin_top = target.margin_bottom = Emu(18000)
        paragraph = target.text_frame.paragraphs[0]
        if cell.status:
            self.marked(paragraph, cell.status, cell.text, CELL)
        else:
            ink = self.look.muted if cell.is_absent else self.look.ink
            link = cell.href if cell.href.startswith("http") else ""
            self.say(paragraph, cell.text, CELL, ink, bold=cell.is_strong, link=link)
        if cell.note:
            self.say(target.text_frame.add_paragraph(), cell.note, NOTE, self.look.muted)
        for paragraph in target.text_frame.paragraphs:
            end = parse_xml(f'<a:endParaRPr {nsdecls("a")} sz="{int(CELL * 100)}"/>')  # the height of an empty cell
            paragraph._p.append(end)
            paragraph.alignment = PP_ALIGN.RIGHT if is_numeric else PP_ALIGN.LEFT

    def foot(self, slide: Any, one: Chapter) -> None:
        """Sources and the pinned link, with its QR code."""
        frame = self.box(slide, LEFT, FOOT + Mm(2), Mm(275), Mm(20), "source")
        paragraph = frame.paragraphs[0]
        for source in one.sources[:2]:
            self.say(paragraph, source, 9, self.look.muted)
            paragraph = frame.add_paragraph()
        short = shortened(one.link)
        self.say(paragraph, short, 9, self.look.accent, link=short if self.view.origin else "")
        self.pin(slide, short, QR)

    def pin(self, slide: Any, link: str, side: int) -> None:
        """The QR code in the corner; none where a phone could not follow it."""
        if not self.view.origin:
            return
        stream = io.BytesIO()
        segno.make(link, error="m", micro=False).save(stream, kind="png", scale=8, border=2, dark=self.look.ink)
        stream.seek(0)
        picture = slide.shapes.add_picture(stream, WIDTH - RIGHT - side, HEIGHT - Mm(5) - side, side, side)
        described(picture, self.view.words("briefing.qr_label"))

    def sources(self, briefing: Briefing) -> None:
        """Sources and licences, as many slides as they need."""
        w, lang = self.view.words, self.view.lang
        for start in range(0, len(briefing.sources), 10):
            slide = self.slide(w("briefing.sources"), height=Mm(16))
            frame = self.box(slide, LEFT, Mm(30), WIDTH - LEFT - RIGHT, Mm(140), "sources")
            for place, one in enumerate(briefing.sources[start : start + 10]):
                paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
                paragraph.space_after = Pt(4)
                terms = f"{w('method.cutoff')}: {w.date(one.cutoff)} · {w('method.licence')}: {one.licence(lang)}"
                self.say(paragraph, f"{one.publisher}. {one.dataset(lang)}. ", 12, self.look.ink)
                self.say(paragraph, terms, 11, self.look.muted)
