"""A briefing as PDF, on A4 or for the projector: tagged (PDF/UA-1), real text, vector charts. No browser."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from observatory.briefing.fitting import MORE_SLIDES, as_one, row_lines, rows_for, share
from observatory.briefing.html import about, lead
from observatory.briefing.parts import Bars, Briefing, Chapter, Key, Picture, Tile
from observatory.links import shortened
from observatory.look import Look, look
from observatory.qr import qr_svg
from observatory.rows.catalogue import SourceRow
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.marks import opened
from observatory.sheets.view import View
from observatory.wording.told import Sentence

Format = Literal["a4", "slides"]
Data = dict[str, Any]

TEMPLATE = Path(__file__).with_name("document.typ")
FONT = "Liberation Sans, Arial, Helvetica Neue, Segoe UI, DejaVu Sans, sans-serif"
STANDARD: Literal["ua-1"] = "ua-1"
COLOURS = ("ink", "muted", "hairline", "accent", "outline", "hatch")
CHART_WIDTH = {"a4": 640.0, "slides": 560.0}  # pixels; text keeps its size on paper at 96 dots an inch
LONGEST_TWIN = {"a4": 40, "slides": 8}  # rows of a table that repeats a picture
SLIDE_LETTERS, SLIDE_LINES = 76.0, 17.0  # across a table of a slide, and down it
ALONE_LETTERS, ALONE_LINES, ALONE_ROWS = 118.0, 19.0, 13  # the same of a table that has the slide to itself
LONGEST_TABLE = {"a4": 1000, "slides": 8}


def render_pdf(briefing: Briefing, form: Format = "a4") -> bytes:
    """The whole briefing.

    Args:
        briefing: what is shown.
        form: `a4` with everything of a view, or `slides` (16:9) with what is read from afar.
    """
    import typst

    inputs = {"data": json.dumps(_data(briefing, form), ensure_ascii=False)}
    noon = dt.datetime.combine(briefing.view.book.edition.built_on, dt.time(12), dt.UTC)
    made = typst.Compiler().compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=noon
    )
    if not isinstance(made, bytes):  # a document of pages comes as a list in picture formats only
        raise TypeError("the PDF is not one file")
    return made


def _data(briefing: Briefing, form: Format) -> Data:
    view, w = briefing.view, briefing.view.words
    light = replace(look("light"), font=FONT)
    return {
        "format": form,
        "lang": view.lang,
        "title": briefing.title,
        "author": w("app.name"),
        "lead": lead(briefing),
        "about": about(briefing),
        "footer": f"{briefing.title} · {w('app.name')} · {view.book.edition_id}",
        "page-of": w("briefing.page_of"),
        "look": {name: getattr(light, name) for name in COLOURS},
        "pin": _pin(view, briefing.link),
        "chapters": [
            page
            for number, one in enumerate(briefing.chapters, 1)
            for page in (
                _chapter(view, one, number, form, light),
                *(_further(view, one, number, light) if form == "slides" else ()),
            )
        ],
        "sources-title": w("briefing.sources"),
        "sources": [_source(view, one) for one in briefing.sources],
    }


def _chapter(view: View, one: Chapter, number: int, form: Format, light: Look) -> Data:
    return {
        "id": f"view-{number}",
        "name": one.title,
        "title": _told_in(view, one.title),
        "lead": _told_in(view, one.lead),
        "key": _key(view, one.key, light) if one.key else None,
        "tiles": [_tile(view, tile, light) for tile in one.tiles],
        "sayings": [_told_in(view, said) for said in one.sayings],
        "pictures": [drawn for picture in one.pictures if (drawn := _picture(picture, form, light))],
        "tables": [_grid(view, grid, form, light, is_twin=one.has_twins) for grid in _told(one, form)],
        "notes": [_told_in(view, note) for note in one.notes],
        "sources": list(one.sources),
        "pin": _pin(view, shortened(one.link)),
    }


def _told_in(view: View, text: str) -> list[Data]:
    """Text as its pieces, with what a figure among them opens."""
    if not isinstance(text, Sentence):
        return [{"text": text, "href": ""}] if text else []
    return [{"text": piece, "href": opened(view, what) if what else ""} for piece, what in text.pieces()]


def _further(view: View, one: Chapter, number: int, light: Look) -> list[Data]:
    """Slides for the rows of its tables that its own has no room for."""
    w = view.words
    found: list[Data] = []
    for grid in _told(one, "slides"):
        told = shown_rows(grid, "slides", is_twin=one.has_twins)
        while told < len(grid.rows) and len(found) < MORE_SLIDES:
            rest = grid._replace(rows=grid.rows[told:])
            heights = row_lines(rest, columns(rest, "slides"), ALONE_LETTERS)
            count = min(rows_for(heights, ALONE_LINES), ALONE_ROWS)
            told += count
            is_last = told < len(grid.rows) and len(found) == MORE_SLIDES - 1
            note = w("briefing.rows_shown", n=told, total=len(grid.rows)) if is_last else ""
            page = _chapter(view, replace(one, title=w("briefing.continued", title=one.title)), number, "slides", light)
            page |= {"id": f"view-{number}-{len(found) + 2}", "key": None, "tiles": [], "sayings": [], "pictures": []}
            found.append(page | {"tables": [_grid_of(view, rest, count, light, "slides", note)]})
    return found


def _told(one: Chapter, form: Format) -> Sequence[Grid]:
    """All tables on paper; on a slide those without a picture, as one, and the places beside a map."""
    if form == "a4":
        return one.tables
    if any(picture.shape == "tall" for picture in one.pictures):
        return one.tables[-1:]
    if any(picture.native for picture in one.pictures):
        return ()
    return [as_one(one)] if one.tables else ()


def shown_rows(grid: Grid, form: str, *, is_twin: bool) -> int:
    """How many rows of a table are shown: all on paper, those that fit on a slide."""
    most = min(len(grid.rows), (LONGEST_TWIN if is_twin else LONGEST_TABLE)[form])
    if form == "a4" or not grid.rows:
        return most
    return min(most, rows_for(row_lines(grid, columns(grid, form), SLIDE_LETTERS), SLIDE_LINES))


def columns(grid: Grid, form: str) -> list[int]:
    """The columns that are shown: all on paper."""
    return [place for place in range(len(grid.head)) if form == "a4" or place not in grid.minor]


def _grid(view: View, grid: Grid, form: Format, light: Look, *, is_twin: bool) -> Data:
    """A table of the rows that are shown; on paper with how many are left, on slides they follow."""
    count = shown_rows(grid, form, is_twin=is_twin)
    key = "briefing.twin_newest" if is_twin else "briefing.rows_shown"
    is_cut = count < len(grid.rows) and form == "a4"
    return _grid_of(view, grid, count, light, form, view.words(key, n=count, total=len(grid.rows)) if is_cut else "")


def _grid_of(view: View, grid: Grid, count: int, light: Look, form: Format, note: str) -> Data:
    kept = columns(grid, form)
    return {
        "caption": grid.caption,
        "columns": [share(grid, place) for place in kept],
        "align": ["right" if place in grid.numeric else "left" for place in kept],
        "head": [grid.head[place] for place in kept],
        "rows": [[_cell(view, row[place], light) for place in kept] for row in grid.rows[:count]],
        "note": note,
    }


def _cell(view: View, cell: Cell, light: Look) -> Data:
    mark = light.status[cell.status] if cell.status else None
    return {
        "text": _told_in(view, cell.text),
        "note": _told_in(view, cell.note),
        "href": cell.href,
        "strong": cell.is_strong,
        "absent": cell.is_absent,
        "shape": mark.shape if mark else "",
        "colour": mark.colour if mark else light.ink,
    }


def _key(view: View, key: Key, light: Look) -> Data:
    marks = [(light.status[mark.status], mark.word) for mark in key.marks]
    return {
        "value": key.value,
        "href": key.href,
        "unit": key.unit,
        "note": key.note,
        "marks": [{"shape": mark.shape, "colour": mark.colour, "word": word} for mark, word in marks],
        "more": [_told_in(view, said) for said in key.more],
    }


def _tile(view: View, tile: Tile, light: Look) -> Data:
    mark = light.status[tile.status] if tile.status else None
    shape, colour = (mark.shape, mark.colour) if mark else ("", light.ink)
    return {"number": _told_in(view, tile.number), "word": tile.word, "shape": shape, "colour": colour}


def _picture(picture: Picture, form: Format, light: Look) -> Data | None:
    width = CHART_WIDTH[form]
    drawn = picture.draw(light, width)
    if not drawn:
        return None
    legend = picture.legend(light) if picture.legend else []
    return {
        "svg": drawn.replace('width="100%"', f'width="{width:.0f}"', 1),
        "alt": picture.alt,
        "title": picture.title,
        "shape": picture.shape,
        "legend": [{"colour": one.colour, "text": one.text, "places": one.places} for one in legend],
        "bars": _bars(picture, light) if form == "slides" and picture.shape == "fluid" else [],
    }


def _bars(picture: Picture, light: Look) -> list[Data]:
    """Every place of a ranking with its bar, as shares of the longest: names of a drawing would be too small."""
    bars = next((one for one in picture.native if isinstance(one, Bars) and one.said), None)
    if bars is None:
        return []
    longest = max([bars.longest, *(value or 0.0 for value in bars.values)]) or 1.0
    found = []
    for place, (name, value, said) in enumerate(zip(bars.categories, bars.values, bars.said, strict=True)):
        ink = light.accent if place in bars.chosen else light.ink if place in bars.city else light.context
        told = place in bars.chosen or place in bars.city
        share = 100 * max(value or 0.0, 0.0) / longest
        found.append({"name": name, "said": said, "share": share, "colour": ink, "strong": told})
    return found


def _pin(view: View, link: str) -> Data:
    w = view.words
    said = w("briefing.pinned", edition=view.book.edition_id)
    label = w("briefing.qr_label")
    return {"said": said, "link": link, "alt": label, "qr": qr_svg(link, label) if view.origin else ""}


def _source(view: View, one: SourceRow) -> Data:
    w = view.words
    terms = f"{w('method.cutoff')}: {w.date(one.cutoff)} · {w('method.licence')}: {one.licence(view.lang)}"
    return {"name": f"{one.publisher}. {one.dataset(view.lang)}.", "terms": terms, "url": one.url or ""}
