"""The pages of the twin: the same functions as on the dashboard, without their controls."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from observatory import sentences
from observatory.charts.trend_svg import trend_svg
from observatory.links import ViewState
from observatory.maps.legend import legend
from observatory.maps.svg_map import svg_map
from observatory.rows.catalogue import IndicatorRow
from observatory.sheets import changes as changes_sheet
from observatory.sheets import indicator as indicator_sheet
from observatory.sheets import overview as overview_sheet
from observatory.sheets import place_map, territory, theme
from observatory.sheets import sources as sources_sheet
from observatory.sheets.accounting import came_in
from observatory.sheets.city_only import city_only
from observatory.sheets.court import drawn_projections
from observatory.sheets.decomposition import decomposition_section
from observatory.sheets.indicator import Shown
from observatory.sheets.indicator_head import head as indicator_head
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.method import citation, definition
from observatory.sheets.needed import needed_section
from observatory.sheets.origin import origin_html
from observatory.sheets.search import search_box
from observatory.sheets.since import edition_before, told_since
from observatory.sheets.table import folded, observations_table
from observatory.sheets.view import View
from observatory.sheets.working import working
from observatory.twin.feeds import place_path, theme_path
from observatory.twin.frame import Page, made, view_at
from observatory.twin.places import CHANGES, ENTRIES, INDEX, SEARCH, SOURCES, Site, path_of, static_address
from observatory.twin.plan_pages import plan_pages
from observatory.wording import Lang, words

BROAD, NARROW = 720.0, 360.0
FLATNESS, LOWEST = 0.45, 240
FORMATS = ("csv", "parquet", "json")


def pages(site: Site, lang: Lang) -> Iterator[Page]:
    """Every page of a language."""
    yield _overview(site, lang)
    for one in site.book.themes:
        yield _theme(site, lang, one)
    for row in site.book.indicators.values():
        yield _indicator(site, lang, row)
    for code in site.book.localities():
        yield _territory(site, lang, code)
    yield from plan_pages(site, lang)
    yield _changes(site, lang)
    yield _sources(site, lang)
    yield _search(site, lang)


def _overview(site: Site, lang: Lang) -> Page:
    view = view_at(site, lang, INDEX, "overview", ViewState())
    title = view.words("overview.title")
    return made(view, INDEX, title, " ".join(overview_sheet.sayings(view)), overview_sheet.summary(view))


def _theme(site: Site, lang: Lang, theme_id: str) -> Page:
    state = ViewState(theme=theme_id)
    path = path_of("theme", state, site.book)
    view = view_at(site, lang, path, "theme", state)
    row, w = site.book.themes[theme_id], words(lang)
    feed = theme_path(theme_id)
    link = f"<p>{anchor(f'../{feed}', w('static.feed'), 'obs-more')}</p>"
    said = theme.summary(view, row)
    return made(view, path, row.name(lang), said, theme.body(view, row) + link, feed)


def _territory(site: Site, lang: Lang, code: str) -> Page:
    state = ViewState(loc=(code,))
    path = path_of("territory", state, site.book)
    view = view_at(site, lang, path, "territory", state)
    said = [territory.facts(view, code), *territory.strengths(view, territory.sheet_rows(view, code))]
    feed = place_path(code)
    link = f"<p>{anchor(f'../{feed}', view.words('static.feed_place'), 'obs-more')}</p>"
    return made(view, path, view.name(code), " ".join(said), territory.body(view, code) + link, feed)


def _changes(site: Site, lang: Lang) -> Page:
    """What changed since the edition before; the rows behind each fact are in the table beside."""
    view = view_at(site, lang, CHANGES, "changes", ViewState())
    w, before = view.words, edition_before(site.book)
    if before is None:
        alone = w("changes.only_one", date=w.date(site.book.edition.built_on))
        return made(view, CHANGES, w("nav.changes"), alone, heading(1, w("nav.changes")) + tag("p", alone))
    lines = told_since(before, site.book, view.state, w)
    said = [one._replace(rows=[]) for one in lines]
    rows = f'<p class="obs-note">{anchor("data/changes.csv", w("static.changes"))}</p>'
    body = changes_sheet.body(view, before, said, is_filtered=False)
    return made(view, CHANGES, w("nav.changes"), " ".join(one.sentence for one in lines), body + rows)


def _sources(site: Site, lang: Lang) -> Page:
    view = view_at(site, lang, SOURCES, "sources", ViewState())
    w, came = view.words, came_in(site.book.edition)
    ordered = sorted(site.book.sources.values(), key=lambda row: row.dataset(lang))
    parts = "".join(
        f'<section id="{escape(row.source_id)}">{heading(3, sources_sheet.title(view, row))}'
        f"{sources_sheet.record(view, row)}{origin_html(view, came[row.source_id])}</section>"
        for row in ordered
    )
    lead = w("sources.lead", n=len(ordered))
    base = tag("p", sources_sheet.base_line(view), "obs-note")
    body = f"{heading(1, w('sources.title'))}{tag('p', lead, 'obs-lead')}{base}{sources_sheet.summary_table(view)}"
    return made(view, SOURCES, w("sources.title"), lead, f"{body}{heading(2, w('sources.each'))}{parts}")


def _indicator(site: Site, lang: Lang, row: IndicatorRow) -> Page:
    state = ViewState(ind=(row.indicator_id,))
    path = path_of("indicator", state, site.book)
    view = view_at(site, lang, path, "indicator", state)
    shown = indicator_sheet.shown_by(view)
    w = view.words
    parts = [
        indicator_head(view, shown),
        _trend(view, shown),
        _localities(view, shown),
        heading(2, w("working.title")),
        working(view, row, shown.place),
        needed_section(view, shown),
        decomposition_section(view, shown),
        heading(2, w("method.title")),
        definition(view, row),
        _files(site, view, row),
    ]
    finding = indicator_sheet.finding(view, shown)
    description = f"{finding}. {indicator_sheet.subtitle(view, shown)}"
    return made(view, path, row.name(lang), description, "".join(parts), theme_path(row.theme_id))


def _trend(view: View, shown: Shown) -> str:
    """The trend for desks and for phones, and its table twin."""
    targets, book = indicator_sheet.targets_shown(view, shown), view.book
    one = shown.indicator.indicator_id
    place = view.name(shown.place)
    alt = sentences.trend_alt(shown.indicator, shown.rows, view.words, place_name=place, targets=targets)
    drawn = [
        trend_svg(
            shown.indicator,
            indicator_sheet.trend_rows(shown),
            view.page_look,
            view.words,
            names=book.names,
            label=alt,
            width=width,
            place=shown.place,
            targets=targets,
            breaks=book.breaks_of(one),
            projections=drawn_projections(view, one) if targets else (),
            height=round(max(FLATNESS * width, LOWEST)),
        )
        for width in (BROAD, NARROW)
    ]
    if not drawn[0]:
        return ""
    caption = indicator_sheet.trend_caption(view, shown)
    twin = observations_table(view, shown.indicator, shown.rows, caption, by_place=False)
    both = f'<div class="broad">{drawn[0]}</div><div class="narrow">{drawn[1]}</div>'
    return f"<figure>{both}</figure>{folded(view.words('table.twin'), twin)}"


def _localities(view: View, shown: Shown) -> str:
    """The newest period in the twenty localities: strip, map, order, table; all periods in the files beside."""
    w, one = view.words, shown.indicator
    title = heading(2, w("indicator.localities"))
    if "locality" not in one.levels:
        return title + city_only(view, one)
    periods = indicator_sheet.locality_periods(shown)
    if not periods:
        return title + tag("p", w("indicator.no_rows"), "obs-empty-note")
    mapped = place_map.mapped_by(view)
    rows = [row for row in shown.all_rows if row.period == periods[-1]]
    table = observations_table(view, one, rows, w.period(periods[-1]), by_place=True)
    strip_and_order = indicator_sheet.localities(view, shown, periods[-1], "rank")
    return f"{title}{tag('p', w.period(periods[-1]), 'obs-note')}{strip_and_order}{_map(view, mapped)}" + folded(
        w("table.twin"), table
    )


def _map(view: View, mapped: place_map.Mapped | None) -> str:
    """The map with its legend."""
    if mapped is None:
        return ""
    look, w, one = view.page_look, view.words, mapped.indicator
    outlines = view.book.outlines[mapped.level]
    links = {code: view.link("territory", (), loc=(code,)) for code in outlines}
    picture = svg_map(one, mapped.rows, outlines, mapped.classes, look, w, names=view.book.names, links=links)
    key = legend(one, mapped.classes, mapped.rows, look, w)
    return f'<div class="obs-map">{picture}{key}</div>'


def _files(site: Site, view: View, row: IndicatorRow) -> str:
    """The data beside the page, and how to quote it."""
    w, one = view.words, row.indicator_id
    files = {"csv": f"../data/{one}.csv", "parquet": f"../../data/{one}.parquet", "json": f"../../data/{one}.json"}
    items = "".join(f"<li>{anchor(files[kind], w(f'static.{kind}'))}</li>" for kind in FORMATS)
    address = static_address(site.address, "indicator", view.state, view.lang, site.book)
    live = site.in_dashboard("indicator", view.state, view.lang)
    cited = citation(view, row, address or live)
    quote = f'<p class="obs-cite"><strong>{escape(w("method.cite"))}</strong> {escape(cited)}</p>'
    return f'{heading(2, w("static.data"))}<ul class="obs-files">{items}</ul>{quote}'


def _search(site: Site, lang: Lang) -> Page:
    """Everything there is, as one list, and a box that finds in it where scripts run."""
    view = view_at(site, lang, SEARCH, "overview", ViewState())
    w, book = view.words, site.book
    themes = [(view.link("theme", (), theme=one), row.name(lang)) for one, row in book.themes.items()]
    places = [(view.link("territory", (), loc=(code,)), view.name(code)) for code in book.localities()]
    parts = [_group(w("search.theme"), "themes", themes), _group(w("search.locality"), "localities", places)]
    for one, topic in book.themes.items():
        rows = [
            (view.link("indicator", (), ind=(row.indicator_id,)), row.name(lang))
            for row in book.indicators.values()
            if row.theme_id == one
        ]
        parts.append(_group(topic.name(lang), f"indicators-{one}", rows))
    scripts = "".join(f'<script src="{name}" defer></script>' for name in (ENTRIES, "../search.js"))
    box = search_box(w, is_hidden=True)
    body = f'{heading(1, w("static.index"))}{box}<div id="indicators">{"".join(parts)}</div>{scripts}'
    return made(view, SEARCH, w("static.index"), w("static.index"), body)


def _group(title: str, name: str, items: list[tuple[str, str]]) -> str:
    lines = "".join(f"<li>{anchor(href, said)}</li>" for href, said in items)
    return f'<section id="{escape(name)}">{heading(2, title)}<ul class="obs-list">{lines}</ul></section>'
