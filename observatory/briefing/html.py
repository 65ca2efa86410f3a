"""A briefing as one HTML file: no script, no address that is fetched, charts as SVG with their table twins."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from observatory.briefing.parts import Briefing, Chapter, Key, Picture, Tile
from observatory.links import shortened
from observatory.qr import qr_svg
from observatory.sheets.cells import Grid, cell_html
from observatory.sheets.css_look import css_look, look_css
from observatory.sheets.marks import anchor, prose, status_mark, tag, told
from observatory.sheets.view import View

BROAD, NARROW = 720.0, 360.0  # pixels for which charts with set labels are drawn
STYLE = Path(__file__).with_name("document.css")


def render_html(briefing: Briefing) -> bytes:
    """The whole briefing as UTF-8."""
    view = _coloured(briefing.view)
    w = view.words
    chapters = "".join(_chapter(view, one, number) for number, one in enumerate(briefing.chapters, 1))
    style = look_css() + STYLE.read_text(encoding="utf-8")
    wide = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!DOCTYPE html>\n<html lang="{view.lang}">\n<head>\n<meta charset="utf-8">\n'
        f"{wide}\n<title>{escape(briefing.title)}</title>\n"
        f'<meta name="generator" content="{escape(w("app.name"))}">\n<style>{style}</style>\n</head>\n<body>\n'
        f"{_cover(view, briefing)}<main>{chapters}{_sources(view, briefing)}</main>\n</body>\n</html>\n"
    ).encode()


def _coloured(view: View) -> View:
    """The view with colours that follow the reader's light or dark."""
    return View(view.page, view.book, view.state, [], view.words, view.look, css_look(), view.origin, view.addressing)


def lead(briefing: Briefing) -> str:
    """How many views, of which day, of which edition."""
    w, count = briefing.view.words, len(briefing.chapters)
    key = "briefing.lead_one" if count == 1 else "briefing.lead"
    return w(key, n=w.number(count), date=w.date(briefing.day), edition=briefing.view.book.edition_id)


def about(briefing: Briefing) -> str:
    """What kind of figures these are."""
    book, w = briefing.view.book, briefing.view.words
    return w("briefing.about", edition=book.edition_id, date=w.date(book.edition.built_on))


def _cover(view: View, briefing: Briefing) -> str:
    w = view.words
    items = "".join(
        f'<li><a href="#view-{number}">{escape(one.title)}</a></li>' for number, one in enumerate(briefing.chapters, 1)
    )
    contents = f'<nav aria-label="{escape(w("briefing.contents"))}"><ol class="contents">{items}</ol></nav>'
    return (
        f'<header class="cover"><h1>{escape(briefing.title)}</h1>{tag("p", lead(briefing), "lead")}'
        f"{tag('p', about(briefing))}{contents}{_pin(view, briefing.link)}</header>"
    )


def _chapter(view: View, one: Chapter, number: int) -> str:
    parts = [
        told(view, "h2", one.title),
        told(view, "p", one.lead, "lead"),
        _key(view, one.key) if one.key else "",
        _tiles(view, one.tiles),
        _sayings(view, one.sayings),
        *(_figure(view, picture) for picture in one.pictures),
        _tables(view, one),
        *(told(view, "p", note, "muted") for note in one.notes),
        *(tag("p", source, "source") for source in one.sources),
        _pin(view, shortened(one.link)),
    ]
    return f'<section class="view" id="view-{number}">{"".join(parts)}</section>\n'


def _key(view: View, key: Key) -> str:
    marks = "".join(status_mark(view, mark.status, mark.word) for mark in key.marks)
    more = "".join(told(view, "span", text, "muted") for text in key.more)
    value = f"<strong>{anchor(key.href, key.value)} <small>{escape(key.unit)}</small></strong>"
    return f'<div class="key"><div>{value}{tag("p", key.note, "muted")}</div><div>{marks}{more}</div></div>'


def _tiles(view: View, tiles: Sequence[Tile]) -> str:
    items = []
    for one in tiles:
        shape = ""
        if one.status:
            mark = view.page_look.status[one.status]
            shape = f'<b aria-hidden="true" style="--mark:{mark.colour}">{mark.shape}</b> '
        items.append(f"<li><strong>{prose(view, one.number)}</strong>{shape}{escape(one.word)}</li>")
    label = escape(view.words("overview.counts_label"))
    return f'<ul class="tiles" aria-label="{label}">{"".join(items)}</ul>' if items else ""


def _sayings(view: View, sayings: Sequence[str]) -> str:
    return f'<ul class="sayings">{"".join(told(view, "li", said) for said in sayings)}</ul>' if sayings else ""


def _figure(view: View, picture: Picture) -> str:
    """The picture, drawn twice where its labels are set for a width: for desks and for phones."""
    look = view.page_look
    if picture.shape != "wide":
        drawn = picture.draw(look, BROAD)
    else:
        broad, narrow = picture.draw(look, BROAD), picture.draw(look, NARROW)
        drawn = f'<div class="broad">{broad}</div><div class="narrow">{narrow}</div>' if broad else ""
    if not drawn:
        return ""
    if picture.legend is not None:
        drawn = f'<div class="pictured">{drawn}{_legend(picture, view)}</div>'
    title = tag("h3", picture.title) if picture.title else ""
    return f"{title}<figure>{drawn}{told(view, 'figcaption', picture.alt)}</figure>"


def _legend(picture: Picture, view: View) -> str:
    entries = picture.legend(view.page_look) if picture.legend else []
    items = []
    for one in entries:
        swatch = f'<i style="--swatch:{one.colour}"></i>' if one.colour else '<i class="none"></i>'
        items.append(f"<li>{swatch}<span>{escape(one.text)}</span><span>{escape(one.places)}</span></li>")
    return f'<ul class="legend">{"".join(items)}</ul>'


def _tables(view: View, one: Chapter) -> str:
    """Tables that are the content stand open; twins of pictures open on demand."""
    tables = "".join(_table(view, grid) for grid in one.tables)
    summary = escape(view.words("table.twin"))
    return f"<details><summary>{summary}</summary>{tables}</details>" if one.has_twins else tables


def _table(view: View, grid: Grid) -> str:
    head = "".join(_cell("th", place, escape(said), grid, ' scope="col"') for place, said in enumerate(grid.head))
    rows = []
    for row in grid.rows:
        cells = [cell_html(view, cell) for cell in row]
        first = _cell("th", 0, cells[0], grid, ' scope="row"')
        rest = "".join(_cell("td", place, said, grid) for place, said in enumerate(cells[1:], 1))
        rows.append(f"<tr>{first}{rest}</tr>")
    caption = f"<caption>{escape(grid.caption)}</caption>"
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(grid.caption)}">'
    return f"{region}<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"


def _cell(name: str, place: int, said: str, grid: Grid, scope: str = "") -> str:
    kinds = [kind for kind, places in (("obs-num", grid.numeric), ("minor", grid.minor)) if place in places]
    css = f' class="{" ".join(kinds)}"' if kinds else ""
    return f"<{name}{css}{scope}>{said}</{name}>"


def _pin(view: View, link: str) -> str:
    """The pinned link, as text and as a QR code; without a host there is nothing a phone could open."""
    w = view.words
    said = tag("p", w("briefing.pinned", edition=view.book.edition_id))
    if not view.origin:
        return f'<div class="pin"><div>{said}<p><code>{escape(link)}</code></p></div></div>'
    picture = qr_svg(link, w("briefing.qr_label"))
    return f'<div class="pin">{picture}<div>{said}<p>{anchor(link, link)}</p></div></div>'


def _sources(view: View, briefing: Briefing) -> str:
    w = view.words
    items = []
    for one in briefing.sources:
        licence = escape(one.licence(view.lang))
        licence = anchor(one.licence_url, one.licence(view.lang)) if one.licence_url else licence
        place = anchor(one.url, one.url) if one.url else escape(one.found_at(view.lang))
        items.append(
            f"<li><p>{escape(one.publisher)}. {escape(one.dataset(view.lang))}.<br>"
            f"<small>{escape(w('method.cutoff'))}: {escape(w.date(one.cutoff))} · {escape(w('method.licence'))}: "
            f"{licence} · {place}</small></p></li>"
        )
    return f'<section class="view">{tag("h2", w("briefing.sources"))}<ul>{"".join(items)}</ul></section>'
