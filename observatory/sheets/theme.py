"""One theme: counts, a summary, every indicator, and what was promised without being measured."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from observatory import sentences
from observatory.rows.catalogue import IndicatorRow, TargetRow, ThemeRow
from observatory.sentences.opening import promised
from observatory.sentences.overview import LIST
from observatory.sheets.cards import card
from observatory.sheets.marks import prose, status_of, tag, told
from observatory.sheets.overview import PRESSING, counts_html, sentences_html
from observatory.sheets.promised import milestones_text
from observatory.sheets.standing_list import place_of_list
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.wording.told import opens


def chosen_theme(view: View) -> str:
    """The link's theme, else that of the indicator it names, else the first."""
    if view.state.theme in view.book.themes:
        return str(view.state.theme)
    if view.state.indicator in view.book.indicators:
        return view.book.indicators[str(view.state.indicator)].theme_id
    return next(iter(view.book.themes))


def indicators_of(view: View, theme_id: str) -> list[IndicatorRow]:
    """The indicators of a theme, headline ones first."""
    found = [row for row in view.book.indicators.values() if row.theme_id == theme_id]
    return sorted(found, key=lambda row: (not row.headline, row.position))


def summary(view: View, theme: ThemeRow) -> str:
    """The theme in one sentence."""
    book = view.book
    progress = [
        row
        for (one, place, _), row in book.progress.items()
        if place == "00" and book.indicators[one].theme_id == theme.theme_id
    ]
    place = place_of_list(theme.theme_id)
    return sentences.theme_summary(theme.name(view.lang), progress, view.words, place)


def body(view: View, theme: ThemeRow) -> str:
    """The theme's page but its choice."""
    view = replace(view, state=replace(view.state, theme=theme.theme_id))
    return (
        f"<h1>{escape(theme.name(view.lang))}</h1>{tag('p', theme.question(view.lang), 'obs-lead')}"
        f"{counts_html(view, theme.theme_id)}{sentences_html(view, theme.theme_id)}"
        f"{told(view, 'p', summary(view, theme), 'obs-note')}{_groups(view, theme)}"
        f"<h2>{escape(view.words('theme.unmeasured'))}</h2>{_unmeasured(view, theme)}"
    )


def _groups(view: View, theme: ThemeRow) -> str:
    """The indicators with a verdict, the pressing ones first; those with a target and no verdict; those without."""
    groups: dict[str, list[IndicatorRow]] = {"judged": [], "not_assessed": [], "no_target": []}
    standing = {row.indicator_id: status_of(view, row.indicator_id) for row in view.book.indicators.values()}
    for row in indicators_of(view, theme.theme_id):
        status = standing[row.indicator_id]
        groups[status if status in groups else "judged"].append(row)
    groups["judged"].sort(key=lambda row: PRESSING.index(standing[row.indicator_id]))
    parts = []
    for key, rows in groups.items():
        if rows:
            cards = "".join(card(view, row, with_localities=True) for row in rows)
            named = dict.fromkeys(standing[row.indicator_id] for row in rows)
            parts_of = "".join(f'<b id="{LIST}-{one}" tabindex="-1"></b>' for one in named)
            title = f"<h2>{parts_of}{escape(view.words(f'theme.group.{key}', n=len(rows)))}</h2>"
            parts.append(f"<section>{title}<div class='obs-cards obs-wide'>{cards}</div></section>")
    return "".join(parts)


def _unmeasured(view: View, theme: ThemeRow) -> str:
    """Targets of the theme that no indicator measures here."""
    targets = [row for row in view.book.targets if row.theme_id == theme.theme_id and row.indicator_id is None]
    if not targets:
        return tag("p", view.words("theme.all_measured"), "obs-empty-note")
    district = [row for row in targets if row.scope == "district"]
    others = [row for row in targets if row.scope != "district"]
    parts = [tag("p", view.words.count("theme.unmeasured_lead", len({row.target_id for row in targets})), "obs-note")]
    for rows, key in ((district, "theme.district"), (others, "theme.others")):
        if rows:
            count = len({row.target_id for row in rows})
            parts.append(folded(f"{view.words(key)} ({count})", _target_table(view, rows, view.words(key))))
    return "".join(parts)


def _target_table(view: View, rows: list[TargetRow], caption: str) -> str:
    w, lang = view.words, view.lang
    head = [w("table.promise"), w("table.value"), w("table.unit"), w("table.plan"), w("table.role"), w("table.source")]
    grouped: dict[str, list[TargetRow]] = {}
    for row in rows:
        grouped.setdefault(row.target_id, []).append(row)
    body = []
    for milestones in grouped.values():
        first = milestones[0]
        plan = view.book.plans[first.plan_id]
        values = opens(str(milestones_text(view, milestones)), promised(first))
        seen = f"{w(f'role.{first.role}')} · {w(f'seen.{first.seen}')}"
        where = f"{plan.name(lang)} · {first.article(lang)}"
        cells = [first.name(lang), values, first.unit(lang), where, seen, first.source(lang)]
        body.append([prose(view, text) for text in cells])
    return table(caption, head, body, css="obs-titled obs-stack obs-unmeasured")
