"""What a screen of a meeting holds: parts that are shown one after the other, every word large enough for ten metres.

The first part is what the view says: number, counts, sentences, one picture. Lists and tables are cut by the browser to
the rows that fit its screen (`data-rows`); what is left of them, and the tables behind a picture, are details that the
presenter calls up (`data-detail`).
"""

from __future__ import annotations

from html import escape

from observatory.briefing.parts import Bars, Chapter, Key, Picture
from observatory.quantities import number
from observatory.sentences.opening import receipt
from observatory.sheets.cells import Grid
from observatory.sheets.marks import anchor, prose, status_mark, tag, told
from observatory.sheets.table import grid_table
from observatory.sheets.view import View
from observatory.statistics.ranks import rank
from observatory.territory import CITY
from observatory.wording.told import opens

TREND, TREND_TALL = 470.0, 400.0  # pixels of width that a trend is drawn for, then stretched: its words grow with it
ALONE, IN_HAND = 740.0, 380.0  # the same for a picture that has the screen to itself, or stands on a phone
SMALL_CHARTS, SMALL_IN_HAND = 700.0, 330.0
LONG_NAME = 24  # letters of a name that needs the whole width


def parts(view: View, chapter: Chapter) -> str:
    """All parts of the screen, in their order."""
    told, bodies = _told(view, chapter), []
    for place, picture in enumerate(_ordered(view, chapter)):
        first, *rest = _pictured(view, picture, is_first=place == 0)
        if view.page == "map":
            told, first = "", f'<div class="obs-screen-told">{told}{_places(view, chapter)}</div>{first}'
        elif told and _is_beside(picture):
            told, first = "", f'<div class="obs-screen-told">{told}</div>{first}'
        bodies += [_body(one) for one in (first, *rest)]
    if told:
        bodies.insert(0, _body(f'<div class="obs-screen-told">{told}</div>'))
    for grid in chapter.tables:
        if grid.rows:
            bodies.append(_body(_table(view, grid), "obs-screen-table", is_detail=bool(bodies)))
    return "".join(bodies) or _body("")


def _body(html: str, css: str = "", *, is_detail: bool = False) -> str:
    detail = " data-detail" if is_detail else ""
    return f'<div class="{f"obs-screen-body {css}".strip()}"{detail}>{html}</div>'


def _ordered(view: View, chapter: Chapter) -> list[Picture]:
    """The pictures that say something from afar, the one of the tab that was asked for first."""
    told = [one for one in chapter.pictures if one.native or one.shape == "small"]
    is_second = view.page == "indicator" and view.state.tab is not None and len(told) > 1
    return [*told[1:], told[0]] if is_second else told


def _is_beside(picture: Picture) -> bool:
    """Whether a picture stands beside the number or the sentences: a trend, the place of a locality."""
    return picture.shape == "small" or (picture.shape == "wide" and not picture.projected)


def _told(view: View, chapter: Chapter) -> str:
    """The number, the counts, the sentences."""
    key = _key(view, chapter.key) if chapter.key else ""
    items = "".join(told(view, "li", said) for said in chapter.sayings)
    sayings = f'<ul class="obs-sentences" data-rows="main">{items}</ul>' if items else ""
    return key + _tiles(view, chapter) + sayings


def _key(view: View, key: Key) -> str:
    marks = "".join(status_mark(view, mark.status, mark.word) for mark in key.marks)
    more = "".join(told(view, "span", text) for text in key.more)
    value = f'<p class="obs-value">{anchor(key.href, key.value, "obs-fig")} <small>{escape(key.unit)}</small></p>'
    return (
        f'<div class="obs-key"><div>{value}{tag("p", key.note)}</div><div class="obs-marks">{marks}{more}</div></div>'
    )


def _tiles(view: View, chapter: Chapter) -> str:
    items = []
    for one in chapter.tiles:
        mark = view.page_look.status.get(one.status)
        shape = f'<b aria-hidden="true">{mark.shape}</b> ' if mark else ""
        style = f' style="--mark:{mark.colour}"' if mark else ""
        said = f"<strong>{prose(view, one.number)}</strong><span>{shape}{escape(one.word)}</span>"
        items.append(f'<li class="obs-tile"{style}>{said}</li>')
    return f'<ul class="obs-tiles">{"".join(items)}</ul>' if items else ""


def _places(view: View, chapter: Chapter) -> str:
    """The places of a map from the highest value down, and the city."""
    items = []
    for one in chapter.data:
        city = [row for row in one.rows if row.territory_code == CITY and row.value is not None]
        ranked = [(row.territory_code, row.value) for row in rank(one.indicator, one.rows) if row.value is not None]
        for code, value in [*((row.territory_code, row.value or 0.0) for row in city), *ranked]:
            css = ' class="obs-screen-city"' if code == CITY else ""
            shown = receipt(one.indicator.indicator_id, code, one.rows[0].period)
            said = prose(view, opens(number(value, one.indicator, view.words), shown))
            items.append(f"<li{css}><span>{escape(view.name(code))}</span><strong>{said}</strong></li>")
    return f'<ol class="obs-screen-places" data-rows>{"".join(items)}</ol>'


def _pictured(view: View, picture: Picture, *, is_first: bool) -> list[str]:
    """A picture as the parts that show it: drawings, and a list where every place has its bar."""
    lists = [_bars(view, one, picture.alt) for one in picture.native if isinstance(one, Bars)]
    if lists and not picture.projected:
        return lists
    title = "" if is_first or not picture.title else tag("h2", picture.title)
    legend, draws = _legend(picture, view), picture.projected or [picture.draw]
    found = []
    for draw in draws:
        ways = [
            f'<figure class="obs-screen-picture{css}" role="img" aria-label="{escape(picture.alt)}">'
            f"{draw(view.page_look, width)}{legend}</figure>"
            for css, width in _ways(picture)
        ]
        found.append(title + "".join(ways))
    return [*found, *lists] if picture.shape == "tall" and view.page != "map" else found


def _ways(picture: Picture) -> list[tuple[str, float]]:
    """The classes and widths that a picture is drawn for: desks and projectors, screens of four to three, phones."""
    if picture.shape != "wide":
        return [("", ALONE)]
    if not picture.projected:
        return [(" obs-screen-broad", TREND), (" obs-screen-tall", TREND_TALL)]
    if len(picture.projected) > 1:
        return [(" obs-screen-wide", SMALL_CHARTS), (" obs-screen-hand", SMALL_IN_HAND)]
    return [(" obs-screen-wide", ALONE), (" obs-screen-hand", IN_HAND)]


def _legend(picture: Picture, view: View) -> str:
    """The classes of a map, and what its drawing does not say in words."""
    if picture.legend is None:
        return ""
    rows = [
        f'<li><i style="--swatch:{one.colour or "transparent"}"></i><span>{escape(one.text)}</span></li>'
        for one in picture.legend(view.page_look)
    ]
    aside = tag("p", picture.aside) if picture.aside else ""
    return f'<div class="obs-screen-legend"><ul>{"".join(rows)}</ul>{aside}</div>'


def _bars(view: View, bars: Bars, label: str) -> str:
    """Every place with its bar, its interval and its value, in as many columns as have room."""
    values = [value or 0.0 for value in bars.values]
    low, high = min(0.0, *values), max(bars.longest, *values)
    reach = (high - low) or 1.0

    def at(value: float) -> float:
        return 100 * (min(max(value, low), high) - low) / reach

    items = []
    ends = zip(bars.categories, values, bars.said, bars.lower, bars.upper, strict=True)
    for place, (name, value, said, lower, upper) in enumerate(ends):
        css = "obs-screen-city" if place in bars.city else "obs-screen-chosen" if place in bars.chosen else ""
        start, end = sorted((at(0.0), at(value)))
        bar = f'<i style="left:{start:.1f}%;width:{end - start:.1f}%"></i>'
        if lower is not None and upper is not None:
            bar += f'<b style="left:{at(lower):.1f}%;width:{at(upper) - at(lower):.1f}%"></b>'
        row = f'<span>{escape(name)}</span><span class="obs-screen-bar" aria-hidden="true">{bar}</span>'
        items.append(f'<li class="{css}">{row}<strong>{escape(said)}</strong></li>')
    names = "obs-screen-bars" + (" obs-screen-one" if max(map(len, bars.categories)) > LONG_NAME else "")
    style = f"--quiet:{view.page_look.context}"
    return f'<ol class="{names}" style="{style}" data-rows aria-label="{escape(label)}">{"".join(items)}</ol>'


def _table(view: View, grid: Grid) -> str:
    """A table without the columns that need a wide page, and without links: nobody opens them from a chair."""
    kept = [place for place in range(len(grid.head)) if place not in grid.minor]
    rows = [[row[place]._replace(href="", drawing="") for place in kept] for row in grid.rows]
    numeric = frozenset(index for index, place in enumerate(kept) if place in grid.numeric)
    return grid_table(view, Grid(grid.caption, [grid.head[place] for place in kept], rows, numeric))
