"""Small pieces of HTML that many pages share: status, value, notes. Every value is escaped here."""

from __future__ import annotations

from html import escape

from observatory.quantities import number, suffix
from observatory.rows.catalogue import IndicatorRow, SourceRow, TargetRow
from observatory.rows.observation import LatestRow, Observation
from observatory.rows.progress import ProgressRow
from observatory.sentences.opening import of_target
from observatory.sentences.promise import change_of
from observatory.sheets.view import View
from observatory.statistics.freshness import Freshness, freshness
from observatory.wording.told import Reference, Sentence, opens


def tag(name: str, text: str, css: str = "") -> str:
    """An element with escaped text."""
    css = f' class="{css}"' if css else ""
    return f"<{name}{css}>{escape(text)}</{name}>"


def heading(level: int, text: str) -> str:
    """A heading of the page."""
    return f"<h{level}>{escape(text)}</h{level}>"


def anchor(href: str, text: str, css: str = "") -> str:
    """A link with escaped address and text; the text alone where there is no such page."""
    if not href:
        return tag("span", text, css) if css else escape(text)
    css = f' class="{css}"' if css else ""
    return f'<a href="{escape(href)}"{css}>{escape(text)}</a>'


def opened(view: View, reference: Reference) -> str:
    """The address of what a figure opens: a part of this page where it stands on it; empty where there is none."""
    choices = dict(reference.choices)
    if reference.page == view.page and all(getattr(view.state, key) == value for key, value in choices.items()):
        return f"#{reference.part}" if reference.part and not view.state.present else ""
    href = view.link(reference.page, (), **choices)
    return f"{href}#{reference.part}" if reference.part and href.endswith(".html") else href


def prose(view: View, text: str) -> str:
    """Escaped text whose figures open what stands behind them."""
    if not isinstance(text, Sentence):
        return escape(text)
    pieces = ((piece, opened(view, what) if what else "") for piece, what in text.pieces())
    return "".join(anchor(href, piece, "obs-fig") if href else escape(piece) for piece, href in pieces)


def told(view: View, name: str, text: str, css: str = "") -> str:
    """An element of text whose figures open what stands behind them."""
    css = f' class="{css}"' if css else ""
    return f"<{name}{css}>{prose(view, text)}</{name}>"


def passed_by(view: View, html: str, name: str) -> str:
    """A long list of links, and a link past it for those who go by keyboard; `name` is the list's own on its page."""
    past = f"obs-past-{name}"
    skip = anchor(f"#{past}", view.words("app.skip_list"), "obs-skip")
    return f'{skip}{html}<span id="{past}" tabindex="-1"></span>'


def status_mark(view: View, status: str, text: str | None = None) -> str:
    """Word + shape + colour of a status."""
    mark = view.page_look.status[status]
    said = view.words(mark.word) if text is None else text
    shape = f'<b aria-hidden="true">{mark.shape}</b>'
    return f'<span class="obs-status" style="--mark:{mark.colour}">{shape}{prose(view, said)}</span>'


def status_of(view: View, indicator_id: str, place: str = "00") -> str:
    """Status against the leading target, or `no_target`."""
    found = view.book.against_target(indicator_id, place)
    return "no_target" if found is None else found.status


def is_announced(view: View, progress: ProgressRow) -> bool:
    """Whether the target is known from press or third parties only."""
    roles = {target.role for target in view.book.targets if target.target_id == progress.target_id}
    return "announced" in roles


def is_percent_change(view: View, progress: ProgressRow) -> bool:
    """Whether the target is a change in percent, which cannot be set beside a level."""
    return any(row.kind == "percent_change" for row in view.book.targets if row.target_id == progress.target_id)


def level_due(view: View, progress: ProgressRow | None) -> float | None:
    """The target's level that rules now, or the final one; None when it promises no level."""
    if progress is None or is_percent_change(view, progress):
        return None
    return progress.target if progress.target is not None else progress.final_target


def target_words(view: View, progress: ProgressRow, indicator: IndicatorRow) -> str:
    """`meta 2025: 11` or `meta anunciada 2027: 8`, empty when no number can be named."""
    value = progress.target if progress.target is not None else progress.final_target
    period = progress.target_period if progress.target is not None else progress.final_period
    if value is None:
        return ""
    key = "announced" if is_announced(view, progress) else "official"
    year = view.words.period(period) if period else ""
    if is_percent_change(view, progress):
        shown = change_of(_milestone(view, progress, period), view.words)
    else:
        shown = number(value, indicator, view.words) + (suffix(indicator, view.words) if indicator.factor != 1 else "")
    said = view.words(f"target.{key}", year=year, value=opens(shown, of_target(progress)))
    return said.replace("  ", " ").replace(" :", ":")


def _milestone(view: View, progress: ProgressRow, period: str | None) -> TargetRow:
    """The milestone of a period that progress is told of."""
    return next(row for row in view.book.targets if (row.target_id, row.period) == (progress.target_id, period))


def value_html(view: View, value: float | None, absence: str | None, indicator: IndicatorRow, receipt: str = "") -> str:
    """The number large, the unit small; absence in words. `receipt` is the address that the number opens."""
    if value is None:
        return f'<p class="obs-value obs-absent">{escape(view.words("absence." + (absence or "not_published")))}</p>'
    unit = suffix(indicator, view.words).strip()
    said = number(value, indicator, view.words)
    shown = anchor(receipt, said)
    return f'<p class="obs-value">{shown} <small>{escape(unit)}</small></p>'


def freshness_of(view: View, source: SourceRow, latest: LatestRow) -> Freshness:
    """Whether the newest figure is as new as its publisher promises, on the day of the edition."""
    return freshness(latest.period_end, source.every_months, source.lag_days, view.book.edition.built_on)


def flags_text(view: View, row: Observation | LatestRow) -> str:
    """The flags of a figure in words, separated by commas."""
    return ", ".join(view.words(f"flag.{flag}") for flag in row.flag.split())


def nature_note(view: View, indicator: IndicatorRow) -> str:
    """A mark for figures that are not measured: modelled, estimated."""
    if indicator.nature not in ("modelled", "estimated", "projection"):
        return ""
    return f'<span class="obs-nature">{escape(view.words(f"nature.{indicator.nature}"))}</span>'
