"""A plan known by its numeric commitments alone: each target with its milestones, confidence, and what measures it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from observatory.charts.plan_tree import Segment, sunburst
from observatory.rows.catalogue import TargetRow
from observatory.sentences.finding import reaches
from observatory.sheets.marks import anchor, heading, prose, status_mark, tag
from observatory.sheets.plan_node import promise_status
from observatory.sheets.plan_shown import Promise, Shown
from observatory.sheets.promised import milestones_text
from observatory.sheets.table import table
from observatory.sheets.view import View

ORDER = ("met", "on_track", "at_risk", "lagging", "over_executed", "not_assessed")
STATES = (*ORDER, "not_measured", "reference")


def promised(view: View, plan: Shown) -> str:
    """The part `tree` of a plan without a structure: its targets theme by theme."""
    w = view.words
    measured = sum(item.indicator is not None for item in plan.promises)
    lead = w("plan.page.promises_lead", n=len(plan.promises), measured=measured, rest=len(plan.promises) - measured)
    themes = themes_of(view, plan)
    key = tag("p", w("plan.page.promises_key")) + promise_counts(view, plan.promises)
    drawn = (
        f'<div class="obs-rings">{rings(view, plan, themes)}<div>{heading(2, w("plan.page.rings"))}{key}</div></div>'
    )
    parts = [
        heading(2, f"{number}. {view.book.themes[theme].name(view.lang)}")
        + promise_table(view, [item for item in plan.promises if item.first.theme_id == theme], theme)
        for number, theme in enumerate(themes, 1)
    ]
    return f"{tag('p', lead)}{drawn}{''.join(parts)}{tag('p', w('plan.page.grouped_by_theme'), 'obs-note')}"


def themes_of(view: View, plan: Shown) -> list[str]:
    """The themes of a plan's targets, in the order of the catalogue."""
    known = {item.first.theme_id for item in plan.promises}
    return [theme for theme in view.book.themes if theme in known]


def promise_counts(view: View, promises: Sequence[Promise]) -> str:
    """Targets by status, those that nothing measures apart from references."""
    counts = Counter(_state(item) for item in promises)
    marks = [
        f"<li>{status_mark(view, status if status in ORDER else 'no_target', _counted(view, status, count))}</li>"
        for status, count in sorted(counts.items(), key=lambda pair: STATES.index(pair[0]))
    ]
    return f'<ul class="obs-statuses">{"".join(marks)}</ul>'


def _state(item: Promise) -> str:
    """Its status, or why it has none."""
    if item.progress is not None:
        return item.status
    return "reference" if item.first.role == "reference" else "not_measured"


def _counted(view: View, state: str, count: int) -> str:
    return view.words.count(f"plan.page.count_{state}", count)


def state_word(view: View, item: Promise) -> str:
    """Its status in words, or why it has none."""
    state = _state(item)
    return view.words(f"status.{state}" if state in ORDER else f"plan.page.{state}")


def rings(view: View, plan: Shown, themes: Sequence[str]) -> str:
    """The targets as rings, theme by theme."""
    w, english = view.words, view.lang == "en"
    segments = [
        Segment(theme, "", view.book.themes[theme].name(view.lang), mark=str(number))
        for number, theme in enumerate(themes, 1)
    ]
    for item in plan.promises:
        name = item.first.name_en if english else item.first.name_es
        title = f"{name}. {state_word(view, item)}"
        href = view.here(node=item.first.target_id, plan=plan.plan.plan_id, tab=None)
        is_pending = item.indicator is None
        segments.append(Segment(item.first.target_id, item.first.theme_id, title, item.status, "", href, is_pending))
    label = w("plan.page.promises_alt", n=len(plan.promises))
    centre = [w.number(len(plan.promises)), w("plan.page.targets")]
    return sunburst(segments, view.page_look, label=label, centre=centre, scale=view.scale)


def promise_table(view: View, promises: Sequence[Promise], name: str) -> str:
    """Targets with promise, kind, confidence, what measures them and how they stand."""
    w = view.words
    head = [w("table.promise"), w("plan.page.status"), w("table.value"), w("plan.page.fact_kind")]
    head += [w("plan.page.fact_confidence"), w("table.indicator")]
    rows = [_cells(view, item) for item in promises]
    caption = view.book.themes[name].name(view.lang) if name in view.book.themes else name
    return table(caption, head, rows, css="obs-promises obs-titled")


def _cells(view: View, item: Promise) -> list[str]:
    w, first, english = view.words, item.first, view.lang == "en"
    name, unit = (first.name_en, first.unit_en) if english else (first.name_es, first.unit_es)
    link = anchor(view.link("plan", (), plan=first.plan_id, node=first.target_id), name)
    indicator = ""
    if item.indicator is not None:
        href = view.link("indicator", ind=(item.indicator.indicator_id,), loc=())
        indicator = anchor(href, item.indicator.label(view.lang))
    values = milestones_text(view, item.milestones)
    return [
        link + tag("small", f"{first.target_id} · {first.article(view.lang)}"),
        promise_status(view, item),
        prose(view, values) + tag("small", unit),
        escape(w(f"plan.target_kind.{first.kind}")),
        escape(f"{w(f'role.{first.role}')}, {w(f'seen.{first.seen}')}"),
        indicator or tag("em", w("plan.page.no_indicator"), "obs-absent"),
    ]


def dated_promises(view: View, plan: Shown) -> dict[str, list[tuple[str, Promise, TargetRow]]]:
    """Milestones by when they fall due: overdue and not met, this year or the next, later; each with its year."""
    year = view.book.edition.built_on.year
    dated = sorted(
        ((row.period[:4], item, row) for item in plan.promises for row in item.milestones if row.period),
        key=lambda found: (found[0], found[1].first.target_id),
    )
    return {
        "overdue": [found for found in dated if int(found[0]) < year and not _is_settled(found[1], found[2])],
        "soon": [found for found in dated if int(found[0]) in (year, year + 1)],
        "later": [found for found in dated if int(found[0]) > year + 1],
    }


def _is_settled(item: Promise, step: TargetRow) -> bool:
    """Whether the newest value that is assessed is as good as a milestone."""
    known, indicator = item.progress, item.indicator
    if known is None or indicator is None or known.value is None or step.value is None:
        return False
    return known.status != "not_assessed" and reaches(known.value, step.value, indicator.direction)


def promises_due(view: View, plan: Shown) -> str:
    """The part `due`: milestones that fell due without being met or measured, and those to come."""
    w, parts = view.words, []
    for key, rows in dated_promises(view, plan).items():
        said = _dated_table(view, rows, key) if rows else tag("p", w(f"plan.page.no_{key}"), "obs-empty-note")
        parts.append(heading(2, w(f"plan.page.{key}")) + said)
    undated = sum(not row.period for item in plan.promises for row in item.milestones)
    note = tag("p", w.count("plan.page.undated", undated), "obs-note") if undated else ""
    return "".join(parts) + note


def _dated_table(view: View, rows: Sequence[tuple[str, Promise, TargetRow]], key: str) -> str:
    w, english = view.words, view.lang == "en"
    cells = []
    for _, item, row in rows:
        name = row.name_en if english else row.name_es
        link = anchor(view.here(node=row.target_id, plan=row.plan_id, tab=None), name) + tag("small", row.target_id)
        value = prose(view, milestones_text(view, [row])) + tag("small", row.unit_en if english else row.unit_es)
        cells.append([link, promise_status(view, item), value])
    head = [w("table.promise"), w("plan.page.status"), w("table.value")]
    return table(w(f"plan.page.{key}"), head, cells, css="obs-promises obs-titled")
