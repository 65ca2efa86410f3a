"""What a link says of itself in a chat: title, line and picture of its view, from the same chapter as a briefing.

The picture is set in the font that Streamlit ships, so that it looks alike on machines without any font.
"""

from __future__ import annotations

import functools
import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from observatory.briefing.agenda import BRIEFED, item_of
from observatory.briefing.chapters import CHAPTERS, view_of
from observatory.briefing.parts import Areas, Bars, Key, Lines, Native
from observatory.look import Look, look
from observatory.sheets import receipt_rows
from observatory.sheets.view import View
from observatory.ui.assets import frontend_folder

WIDTH, HEIGHT, MARGIN = 1200, 630, 64
MOST_BARS, NAMES = 10, 260  # bars, and pixels for their names
LONGEST_LINE = 200  # characters; programs cut there
TWICE = 2  # drawn at twice the size and shrunk, for smooth edges
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Preview:
    """A view in short. `native` is its chart as values, None where there is none."""

    title: str
    line: str
    foot: str
    name: str  # of the Observatory
    key: Key | None = None
    native: Native | None = None
    sayings: tuple[str, ...] = ()


def preview(view: View) -> Preview:
    """The view in short."""
    w, name = view.words, view.words("app.name")
    edition = w("footer.edition", edition=view.book.edition_id, date=w.date(view.book.edition.built_on))
    if view.page == "receipt":
        found = receipt_rows.find(view)
        said = receipt_rows.told(view, found) if found else w("receipt.none")
        return Preview(said, w("nav.receipt"), edition, name)
    if view.page not in BRIEFED:
        known = view.page if w.has(f"nav.{view.page}") else "overview"
        return Preview(w(f"nav.{known}"), w("app.motto"), edition, name)
    item = item_of(view.page, view.state)
    chapter = CHAPTERS[view.page](view_of(view.book, item, view.lang), item, "")
    native = next((one for picture in chapter.pictures for one in picture.native), None)
    native = None if chapter.sayings and isinstance(native, Bars) else native  # told better in sentences
    line = " · ".join([chapter.lead, *_said(chapter.key), *chapter.sayings])
    return Preview(
        chapter.title,
        textwrap.shorten(line, LONGEST_LINE, placeholder="…"),
        edition,
        name,
        chapter.key,
        native,
        tuple(chapter.sayings),
    )


def _said(key: Key | None) -> list[str]:
    if key is None:
        return []
    return [f"{key.value} {key.unit}".strip(), key.note, *(mark.word for mark in key.marks), *key.more[:1]]


@functools.cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    path = next((frontend_folder() / "static" / "media").glob("SourceSansVF-Upright*"))
    font = ImageFont.truetype(str(path), size * TWICE)
    font.set_variation_by_axes([weight])
    return font


def picture(one: Preview) -> bytes:
    """A PNG of 1200 × 630."""
    colours = look("light")
    image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), colours.paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 16 * TWICE, HEIGHT * TWICE), fill=colours.accent)
    _write(pen, (MARGIN, 40), one.name, _font(26, 600), colours.accent)
    lines = _wrapped(one.title, _font(50, 650), WIDTH - 2 * MARGIN)[:3]
    for number, line in enumerate(lines):
        _write(pen, (MARGIN, 86 + 58 * number), line, _font(50, 650), colours.ink)
    top = 86 + 58 * len(lines) + 24
    if one.key is not None:
        _key(pen, one.key, top, colours)
    elif one.native is None:
        rows = [
            row for text in one.sayings or (one.line,) for row in _wrapped(text, _font(32, 400), WIDTH - 2 * MARGIN)
        ]
        for number, row in enumerate(rows[:8]):
            _write(pen, (MARGIN, top + 44 * number), row, _font(32, 400), colours.ink)
    if one.native is not None:
        left = MARGIN if one.key is None else 520
        _chart(pen, one.native, (left, top, WIDTH - MARGIN, HEIGHT - 84), colours)
    _write(pen, (MARGIN, HEIGHT - 56), one.foot, _font(22, 400), colours.muted)
    stream = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(256, dither=Image.Dither.NONE).save(
        stream, "PNG", optimize=True
    )
    return stream.getvalue()


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, font: ImageFont.FreeTypeFont, fill: str
) -> None:
    pen.text((at[0] * TWICE, at[1] * TWICE), text, font=font, fill=fill)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width * TWICE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _key(pen: ImageDraw.ImageDraw, key: Key, top: float, colours: Look) -> None:
    """The number large, its unit and period below, its statuses as dots with words."""
    _write(pen, (MARGIN, top), key.value, _font(104, 650), colours.ink)
    rows = _wrapped(f"{key.unit} · {key.note}".strip(" ·"), _font(28, 400), 420)[:3]
    for number, row in enumerate(rows):
        _write(pen, (MARGIN, top + 124 + 36 * number), row, _font(28, 400), colours.muted)
    low = top + 132 + 36 * len(rows)
    for number, mark in enumerate(key.marks[:3]):
        y = (low + 40 * number + 19) * TWICE
        pen.ellipse((MARGIN * TWICE, y - 16, MARGIN * TWICE + 32, y + 16), fill=colours.status[mark.status].colour)
        _write(pen, (MARGIN + 28, low + 40 * number), mark.word, _font(30, 600), colours.ink)


def _chart(pen: ImageDraw.ImageDraw, native: Native, box: Box, colours: Look) -> None:
    if isinstance(native, Lines):
        _lines(pen, native, box, colours)
    elif isinstance(native, Bars):
        _bars(pen, native, box, colours)
    elif isinstance(native, Areas):
        _areas(pen, native, box, colours)


def _lines(pen: ImageDraw.ImageDraw, native: Lines, box: Box, colours: Look) -> None:
    """Series from zero, or from below it, cut at their gaps; the place thick, targets as dots."""
    values = [value for line in native.lines for value in line.values if value is not None]
    if not values:
        return
    left, top, right, bottom = box
    low, high = min(0.0, *values), max(*values, 1e-9) * 1.05
    last = max(len(native.categories) - 1, 1)

    def at(place: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low)
        return (left + place / last * (right - left)) * TWICE, (bottom - 40 - share * (bottom - 40 - top)) * TWICE

    pen.line([(left * TWICE, at(0, low)[1]), (right * TWICE, at(0, low)[1])], fill=colours.hairline, width=3)
    inks = {
        "place": colours.accent,
        "projection": colours.accent,
        "city": colours.city,
        "target": colours.target,
        "announced": colours.target,
        "reference": colours.benchmark,
    }
    for line in sorted(native.lines, key=lambda line: line.role == "place"):
        if line.role == "interval":
            continue
        colour, is_aim = inks.get(line.role, colours.context), line.role in ("target", "announced")
        runs = [
            [at(place, value) for place, value in run if value is not None]
            for is_known, run in groupby(enumerate(line.values), key=lambda pair: pair[1] is not None)
            if is_known
        ]
        for points in runs:
            pen.line(points, fill=colour, width=14 if line.role == "place" else 6, joint="curve")
        dotted = [point for points in runs for point in (points if is_aim or len(points) == 1 else points[-1:])]
        for x, y in dotted if line.role != "reference" else ():
            pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill=colour)
    ends = (native.categories[0], native.categories[-1])
    font = _font(24, 400)
    _write(pen, (left, bottom - 30), ends[0], font, colours.muted)
    _write(pen, (right - font.getlength(ends[1]) / TWICE, bottom - 30), ends[1], font, colours.muted)


def _bars(pen: ImageDraw.ImageDraw, native: Bars, box: Box, colours: Look) -> None:
    """The first places with their names, the chosen ones and the city in their colours."""
    left, top, right, bottom = box
    beside, font = left + NAMES, _font(24, 400)
    rows = [
        (name, value or 0.0, place)
        for place, (name, value) in enumerate(zip(native.categories, native.values, strict=True))
    ]
    rows = rows[:MOST_BARS]
    height = (bottom - top) / max(len(rows), 1)
    most = max((value for _, value, _ in rows), default=0.0) or 1.0
    for number, (name, value, place) in enumerate(rows):
        y = top + height * number
        colour = colours.city if place in native.city else colours.accent if place in native.chosen else colours.context
        end = beside + max(value, 0.0) / most * (right - beside)
        _write(pen, (left, y + height * 0.36 - 17), textwrap.shorten(name, 24, placeholder="…"), font, colours.ink)
        pen.rectangle((beside * TWICE, y * TWICE, end * TWICE, (y + height * 0.72) * TWICE), fill=colour)


def _areas(pen: ImageDraw.ImageDraw, native: Areas, box: Box, colours: Look) -> None:
    """The map, and its classes in words beside it."""
    left, top, _, bottom = box
    size = (bottom - top) / native.height
    for area in native.areas:
        for ring in area.rings:
            points = [((left + x * size) * TWICE, (top + y * size) * TWICE) for x, y in ring]
            pen.polygon(points, fill=area.fill or colours.soft, outline=colours.outline)
    _classes(pen, native.classes, (left + size + 80, top), colours)


def _classes(
    pen: ImageDraw.ImageDraw, classes: Sequence[tuple[str, str]], at: tuple[float, float], colours: Look
) -> None:
    for number, (fill, said) in enumerate(classes):
        y = at[1] + 48 * number
        swatch = (at[0] * TWICE, (y + 4) * TWICE, (at[0] + 44) * TWICE, (y + 34) * TWICE)
        pen.rectangle(swatch, fill=fill or colours.soft, outline=colours.outline)
        _write(pen, (at[0] + 60, y), said, _font(28, 400), colours.ink)
