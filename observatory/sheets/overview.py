"""The summary for a councillor: how many indicators stand where, what matters per theme, three sentences."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import NamedTuple

from observatory import sentences
from observatory.editions.book import Book
from observatory.rows.catalogue import IndicatorRow, TargetRow, ThemeRow
from observatory.rows.progress import ProgressRow
from observatory.sentences.grammar import NAMES_IN_A_LIST, capital
from observatory.sentences.overview import LIST
from observatory.sheets.cards import card
from observatory.sheets.marks import anchor, prose, status_of, tag, told
from observatory.sheets.standing_list import (
    LATE,
    SECONDARY,
    indicators_in,
    is_secondary,
    is_stale,
    place_of_list,
    standing_list,
)
from observatory.sheets.table import folded
from observatory.sheets.view import View
from observatory.wording.told import opens

DUE = "due"  # part of the page: milestones that its last sentence counts
PRESSING = ("lagging", "at_risk", "over_executed", "on_track", "met")  # verdicts, the most pressing first
COUNTED = ("met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed", "no_target")


def status_counts(view: View, theme_id: str | None = None) -> Counter[str]:
    """Indicators by status against their leading target."""
    return Counter(status_of(view, row.indicator_id) for row in indicators_in(view, theme_id))


def stale(view: View, theme_id: str | None = None) -> list[IndicatorRow]:
    """Indicators whose newest city figure is older than the publisher's calendar promises, or whose source ended."""
    return [row for row in indicators_in(view, theme_id) if is_stale(view, row)]


class Counted(NamedTuple):
    """How many indicators stand at a status; `status` is empty for those without recent data."""

    status: str
    number: int
    word: str


def counted(view: View, theme_id: str | None = None) -> list[Counted]:
    """The counts of a theme or of all, those that matter also when they are zero."""
    counts, w = status_counts(view, theme_id), view.words
    shown = [status for status in COUNTED if counts[status] or status in COUNTED[1:4]]
    words = [w.count(f"tile.{status}", counts[status]).split(" ", 1)[1] for status in shown]
    found = [Counted(status, counts[status], word) for status, word in zip(shown, words, strict=True)]
    return [*found, Counted("", len(stale(view, theme_id)), w("overview.stale"))]


def counts_html(view: View, theme_id: str | None = None) -> str:
    """The counts as a row of figures with words and shapes, each opening its list below."""
    tiles = "".join(_tile(view, one, theme_id) for one in counted(view, theme_id))
    label = escape(view.words("overview.counts_label"))
    return f'<ul class="obs-tiles" aria-label="{label}">{tiles}</ul>{standing_list(view, theme_id)}'


def tile_number(one: Counted, theme_id: str | None) -> str:
    """A count that opens its list; a count of none opens nothing."""
    where = place_of_list(theme_id, f"{LIST}-{one.status or LATE}") if one.number else None
    return opens(str(one.number), where)


def _tile(view: View, one: Counted, theme_id: str | None) -> str:
    number = told(view, "strong", tile_number(one, theme_id))
    if not one.status:
        return f'<li class="obs-tile obs-late">{number}<span>{escape(one.word)}</span></li>'
    mark = view.page_look.status[one.status]
    return (
        f'<li class="obs-tile" style="--mark:{mark.colour}">{number}'
        f'<span><b aria-hidden="true">{mark.shape}</b> {escape(one.word)}</span></li>'
    )


def sayings(view: View, theme_id: str | None = None) -> list[str]:
    """Best, worst and what is due in a theme or in all, computed from the rows."""
    book, year = view.book, view.book.edition.built_on.year
    rows, due = _city_rows(book, theme_id), _open_targets(book, theme_id)
    said = (
        sentences.best(rows, book.indicators, view.words, targets=book.targets),
        sentences.worst(rows, book.indicators, view.words, targets=book.targets),
        sentences.overdue(rows, due, view.words, year=year, place=place_of_list(theme_id, DUE)),
    )
    return [text for text in said if text]


def sentences_html(view: View, theme_id: str | None = None) -> str:
    """What is said of a theme or of the whole city, side by side where there is room, and how it was chosen."""
    *first, last = sayings(view, theme_id)
    said = "".join(told(view, "li", text) for text in first) + f"<li>{prose(view, last)}{_all_due(view, theme_id)}</li>"
    return f'<ul class="obs-sentences obs-abreast">{said}</ul>{tag("p", view.words("overview.chosen_by"), "obs-note")}'


def _all_due(view: View, theme_id: str | None) -> str:
    """Every milestone that the last sentence counts, each leading to its target; empty where it names them all."""
    book, w = view.book, view.words
    rows, due = _city_rows(book, theme_id), _open_targets(book, theme_id)
    found = sentences.due_steps(rows, due, year=book.edition.built_on.year)
    if all(len(one.steps) <= NAMES_IN_A_LIST + 1 for one in found):
        return ""
    lines = []
    for key, steps in found:
        names = {step.target_id + (step.period or ""): step for step in steps}.values()
        links = [
            f"<li>{anchor(view.link('plan', (), plan=one.plan_id, node=one.target_id), _step(view, one, due))}</li>"
            for one in names
        ]
        lines.append(f"{tag('p', w(f'overview.due.{key}'))}<ul>{''.join(links)}</ul>")
    inside = f'<div id="{DUE}" tabindex="-1">{"".join(lines)}</div>'
    return folded(w("overview.all_due", n=sum(len(one.steps) for one in found)), inside)


def _step(view: View, step: TargetRow, targets: list[TargetRow]) -> str:
    return capital(sentences.step_name(step, targets, view.words))


def _city_rows(book: Book, theme_id: str | None) -> list[ProgressRow]:
    """How the city stands, in a theme or in all."""
    return [
        row
        for (one, place, _), row in book.progress.items()
        if place == "00" and theme_id in (None, book.indicators[one].theme_id)
    ]


def lead(view: View) -> str:
    """How many indicators, of which day, and how many are known through press or third parties only."""
    book, w = view.book, view.words
    every = len(book.indicators)
    secondary = sum(is_secondary(view, row) for row in book.indicators.values())
    said = {
        name: opens(str(count), place_of_list(None, part))
        for name, count, part in (
            ("indicators", every, LIST),
            ("official", every - secondary, LIST),
            ("secondary", secondary, f"{LIST}-{SECONDARY}"),
        )
    }
    return w("overview.lead", date=w.date(book.edition.built_on), **said)


def _open_targets(book: Book, theme_id: str | None) -> list[TargetRow]:
    """Milestones of the District's plans that are not closed, in a theme or in all."""
    rows = [row for row in book.targets if row.scope == "district" and not book.plans[row.plan_id].closed]
    return [row for row in rows if theme_id in (None, row.theme_id)]


def headline_indicators(book: Book, theme_id: str, at_most: int = 4) -> list[IndicatorRow]:
    """The indicators a theme is told by, all with a city figure when there are enough.

    First the headlines with a verdict, then up to two other verdicts with what lags in front, then the headlines, those
    with a target before those without, then the rest.
    """
    rows = [row for row in book.indicators.values() if row.theme_id == theme_id]

    def weight(row: IndicatorRow) -> tuple[bool, bool, bool, int]:
        has_target = book.against_target(row.indicator_id) is not None
        return row.indicator_id not in book.latest_city, not row.headline, not has_target, row.position

    rows.sort(key=weight)
    judged = sorted((row for row in rows if _verdict(book, row) is not None), key=lambda row: _verdict(book, row) or 0)
    first = [row for row in judged if row.headline]
    chosen = first + [row for row in judged if not row.headline][: max(0, 2 - len(first))]
    return (chosen + [row for row in rows if row not in chosen])[:at_most]


def _verdict(book: Book, indicator: IndicatorRow) -> int | None:
    """How pressing the verdict on an indicator is, 0 the most; None without one."""
    progress = book.against_target(indicator.indicator_id)
    return PRESSING.index(progress.status) if progress is not None and progress.status in PRESSING else None


def theme_html(view: View, theme: ThemeRow) -> str:
    """A theme: its name, its question, its telling indicators."""
    cards = "".join(card(view, row) for row in headline_indicators(view.book, theme.theme_id))
    href = view.link("theme", theme=theme.theme_id)
    count = sum(row.theme_id == theme.theme_id for row in view.book.indicators.values())
    more = anchor(href, view.words.count("overview.all_of_theme", count), "obs-more")
    return (
        f'<section class="obs-theme"><h2>{anchor(href, theme.name(view.lang))}</h2>'
        f"{tag('p', theme.question(view.lang), 'obs-note')}<div class='obs-cards'>{cards}</div>{more}</section>"
    )


def summary(view: View) -> str:
    """The whole page but head and foot."""
    w = view.words
    themes = "".join(theme_html(view, theme) for theme in view.book.themes.values())
    return (
        f"<h1>{escape(w('overview.title'))}</h1>{told(view, 'p', lead(view), 'obs-lead')}"
        f"{counts_html(view)}{sentences_html(view)}{tag('p', w('overview.no_score'), 'obs-note')}{themes}"
    )
