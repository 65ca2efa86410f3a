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
from observatory.sheets.cards import card
from observatory.sheets.marks import anchor, freshness_of, status_of, tag
from observatory.sheets.table import folded
from observatory.sheets.view import View

PRESSING = ("lagging", "at_risk", "over_executed", "on_track", "met")  # verdicts, the most pressing first
COUNTED = ("met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed", "no_target")


def status_counts(view: View, theme_id: str | None = None) -> Counter[str]:
    """Indicators by status against their leading target."""
    indicators = [row for row in view.book.indicators.values() if theme_id in (None, row.theme_id)]
    return Counter(status_of(view, indicator.indicator_id) for indicator in indicators)


def stale(view: View, theme_id: str | None = None) -> list[IndicatorRow]:
    """Indicators whose newest city figure is older than the publisher's calendar promises, or whose source ended."""
    found = []
    for indicator in view.book.indicators.values():
        latest = view.book.latest_city.get(indicator.indicator_id)
        if theme_id not in (None, indicator.theme_id) or latest is None:
            continue
        if freshness_of(view, view.book.sources[latest.source_id], latest) != "current":
            found.append(indicator)
    return found


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
    """The counts as a row of figures, with words and shapes."""
    tiles = "".join(_tile(view, one) for one in counted(view, theme_id))
    return f'<ul class="obs-tiles" aria-label="{escape(view.words("overview.counts_label"))}">{tiles}</ul>'


def _tile(view: View, one: Counted) -> str:
    if not one.status:
        return f'<li class="obs-tile obs-late"><strong>{one.number}</strong><span>{escape(one.word)}</span></li>'
    mark = view.page_look.status[one.status]
    return (
        f'<li class="obs-tile" style="--mark:{mark.colour}"><strong>{one.number}</strong>'
        f'<span><b aria-hidden="true">{mark.shape}</b> {escape(one.word)}</span></li>'
    )


def sayings(view: View, theme_id: str | None = None) -> list[str]:
    """Best, worst and what is due in a theme or in all, computed from the rows."""
    book, year = view.book, view.book.edition.built_on.year
    rows, due = _city_rows(book, theme_id), _open_targets(book, theme_id)
    said = (
        sentences.best(rows, book.indicators, view.words, targets=book.targets),
        sentences.worst(rows, book.indicators, view.words, targets=book.targets),
        sentences.overdue(rows, due, view.words, year=year),
    )
    return [text for text in said if text]


def sentences_html(view: View, theme_id: str | None = None) -> str:
    """What is said of a theme or of the whole city, side by side where there is room, and how it was chosen."""
    *first, last = sayings(view, theme_id)
    said = "".join(tag("li", text) for text in first) + f"<li>{escape(last)}{_all_due(view, theme_id)}</li>"
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
    return folded(w("overview.all_due", n=sum(len(one.steps) for one in found)), "".join(lines))


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
    count = len(book.indicators)
    secondary = sum(book.sources[row.source_id].confidence == "secondary" for row in book.indicators.values())
    date = w.date(book.edition.built_on)
    return w("overview.lead", indicators=count, date=date, official=count - secondary, secondary=secondary)


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
        f"<h1>{escape(w('overview.title'))}</h1>{tag('p', lead(view), 'obs-lead')}"
        f"{counts_html(view)}{sentences_html(view)}{tag('p', w('overview.no_score'), 'obs-note')}{themes}"
    )
