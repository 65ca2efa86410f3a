"""The chapter of one indicator: its finding, number and trend, and the localities when the link asks for them."""

from __future__ import annotations

from dataclasses import replace

from observatory import sentences
from observatory.briefing.agenda import Item
from observatory.briefing.native import ranked_bars
from observatory.briefing.native_trend import Aims, trend_lines
from observatory.briefing.parts import Chapter, Dataset, Key, Mark, Picture
from observatory.briefing.pictures import map_picture, multiples_picture, ranking_picture
from observatory.charts.trend_svg import trend_svg
from observatory.look import Look
from observatory.quantities import number, suffix
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import TOTAL, Observation
from observatory.sentences import source_line
from observatory.sheets import indicator as sheet
from observatory.sheets.arrival import late as late_arrival
from observatory.sheets.cells import Grid, observations_grid, receipt_link
from observatory.sheets.court import drawn_projections, projections_said
from observatory.sheets.indicator import Shown
from observatory.sheets.marks import flags_text, is_announced, status_of, target_words
from observatory.sheets.trends import moves
from observatory.sheets.view import View

FLATNESS = 0.47  # height of a trend as a share of its width
LOWEST = 240  # pixels


def indicator(view: View, item: Item, link: str) -> Chapter:
    """Trend with its twin; where the link names a period or a way of seeing the localities, those too."""
    shown = sheet.shown_by(view)
    one = shown.indicator
    aims = _aims(view, shown)
    pictures, tables = [_trend(view, shown, aims)], [_twin(view, shown)]
    data = [Dataset(one, sheet.trend_rows(shown), aims.projections)]
    if (view.state.tab or view.state.t) and (periods := sheet.locality_periods(shown)):
        period = sheet.chosen_period(view, periods)
        rows = [row for row in shown.all_rows if row.period == period]
        title = sentences.dated(one.name(view.lang), period, view.words)
        pictures += [replace(picture, title=title) for picture in _localities(view, shown, rows)]
        tables.append(observations_grid(view, one, rows, title, by_place=True))
        data.append(Dataset(one, [row for row in rows if row not in data[0].rows]))
    return Chapter(
        item,
        title=sheet.finding(view, shown),
        lead=sheet.subtitle(view, shown),
        link=link,
        key=_key(view, shown),
        pictures=pictures,
        tables=tables,
        notes=[*(projections_said(view, one) if aims.projections else ()), *caveats(view, one)],
        sources=source_lines(view, one),
        data=data,
    )


def source_lines(view: View, one: IndicatorRow) -> list[str]:
    """Who publishes it, up to when, under which terms, in which edition."""
    book = view.book
    return [source_line(book.sources[source], view.words, edition_id=book.edition_id) for source in one.source_ids]


def caveats(view: View, one: IndicatorRow) -> list[str]:
    """What must be minded when quoting it."""
    return list(one.caveats_en if view.lang == "en" else one.caveats_es)


def _key(view: View, shown: Shown) -> Key | None:
    latest, one, w = shown.latest, shown.indicator, view.words
    if latest is None:
        return None
    note = " · ".join(part for part in (w.period(latest.period), flags_text(view, latest)) if part)
    if latest.value is None:
        value, unit = w(f"absence.{latest.absence or 'not_published'}"), ""
    else:
        value, unit = number(latest.value, one, w), suffix(one, w).strip()
    marks, more = _standing(view, shown)
    if one.nature in ("modelled", "estimated", "projection"):
        more.append(w(f"nature.{one.nature}"))
    href = receipt_link(view, latest) if latest.value is not None else ""
    return Key(value, unit, note, marks, more, href)


def _standing(view: View, shown: Shown) -> tuple[list[Mark], list[str]]:
    """Status against the target and change, where the total is shown; the target in words."""
    one, w = shown.indicator.indicator_id, view.words
    if shown.dim != TOTAL:
        return [], []
    status = status_of(view, one, shown.place)
    marks = [Mark(status, w(f"status.{status}")), *(Mark(*told) for told in moves(view, one, shown.place))]
    more: list[str] = []
    progress = view.book.against_target(one, shown.place)
    if progress is not None:
        said = target_words(view, progress, shown.indicator)
        more += [said] if said else []
        more += [late] if (late := late_arrival(view, progress)) else []
        more += [w("target.announced_badge")] if is_announced(view, progress) and not said else []
    return marks, more


def _aims(view: View, shown: Shown) -> Aims:
    """What the trend is held against, as on the page."""
    targets, one = sheet.targets_shown(view, shown), shown.indicator.indicator_id
    return Aims(targets, view.book.breaks_of(one), drawn_projections(view, one) if targets else ())


def _trend(view: View, shown: Shown, aims: Aims) -> Picture:
    rows = sheet.trend_rows(shown)
    alt = sentences.trend_alt(
        shown.indicator, shown.rows, view.words, place_name=view.name(shown.place), targets=aims.targets
    )

    def draw(look: Look, width: float) -> str:
        return trend_svg(
            shown.indicator,
            rows,
            look,
            view.words,
            names=view.book.names,
            label=alt,
            width=width,
            place=shown.place,
            targets=aims.targets,
            breaks=aims.breaks,
            projections=aims.projections,
            height=round(max(FLATNESS * width, LOWEST)),
        )

    native = trend_lines(view, shown.indicator, rows, shown.place, aims)
    return Picture(draw, alt, [native], "wide")


def _twin(view: View, shown: Shown) -> Grid:
    """The place's rows, and the city's beside them where it is drawn too."""
    caption = sheet.trend_caption(view, shown)
    rows = sorted(sheet.trend_rows(shown), key=lambda row: (row.period_end, row.territory_code == "00"))
    return observations_grid(view, shown.indicator, rows, caption, by_place=False)


def _localities(view: View, shown: Shown, rows: list[Observation]) -> list[Picture]:
    """The localities as the link shows them; a table has no picture of its own."""
    one, chosen = shown.indicator, () if shown.place == "00" else (shown.place,)
    tab = sheet.chosen_tab(view, sheet.locality_periods(shown))
    if tab == "map":
        return [map_picture(view, one, rows, "locality", sheet.map_classes(view, shown, rows), chosen)]
    if tab == "rank":
        return [ranking_picture(view, one, rows, chosen, ranked_bars(view, one, rows, chosen))]
    return [multiples_picture(view, one, shown.all_rows, chosen)] if tab == "line" else []
