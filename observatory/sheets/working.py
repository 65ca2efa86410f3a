"""Progress against targets: the verdict in sentences, its working on demand, or why there is no verdict."""

from __future__ import annotations

from html import escape

from observatory.editions import reads
from observatory.quantities import brief, number
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.progress import ProgressRow
from observatory.sentences.opening import of_progress, of_target
from observatory.sheets.court import Court, court_of_methods, read_court, verdict_sentences
from observatory.sheets.marks import prose, status_mark, tag, told
from observatory.sheets.plan_node import followed_up
from observatory.sheets.promised import milestones_text
from observatory.sheets.table import folded, table
from observatory.sheets.trends import trend_section
from observatory.sheets.view import View
from observatory.territory import CITY
from observatory.wording.told import joined, opens


def working(view: View, indicator: IndicatorRow, place: str) -> str:
    """Every target and reference of an indicator, with progress where a verdict is possible."""
    w = view.words
    court = read_court(view, indicator.indicator_id)
    trend = trend_section(view, indicator, court, place)
    targets = view.book.targets_of(indicator.indicator_id)
    if not targets:
        return f'<p class="obs-empty-note">{escape(w("working.no_target"))}</p>{trend}'
    rows = [row for row in reads.progress(view.book.edition, indicator.indicator_id) if row.target_id]
    at_place = {row.target_id: row for row in rows if row.territory_code == place}
    is_city_only = place != "00" and not at_place
    progress = at_place or {row.target_id: row for row in rows if row.territory_code == "00"}
    intro = tag("p", w("working.city_only", place=view.name(place)), "obs-note") if is_city_only else ""
    ids = list(dict.fromkeys(target.target_id for target in targets))
    ids.sort(key=lambda one: one not in progress or not progress[one].leads)
    steps = {one: [row for row in targets if row.target_id == one] for one in ids}
    parts = [_one(view, indicator, court, steps[one], progress.get(one)) for one in ids]
    followed = followed_up(view, indicator) if place == CITY else ""
    return intro + "".join(parts) + followed + trend


def _one(
    view: View, indicator: IndicatorRow, court: Court, milestones: list[TargetRow], progress: ProgressRow | None
) -> str:
    """One target: what was promised and how it stands in sentences; its numbers and where it was read on demand."""
    w, lang, first = view.words, view.lang, milestones[0]
    plan = view.book.plans[first.plan_id]
    promised = milestones_text(view, milestones, indicator)
    status = "" if progress is None else status_mark(view, progress.status)
    promise = f"{w(f'role.{first.role}')}: " + promised
    lines = [f"<h4>{escape(first.name(lang))} {status}</h4>", told(view, "p", promise)]
    steps = ""
    if progress is not None:
        lines.append(_verdict(view, indicator, court, progress))
        if progress.status != "not_assessed":
            steps = _steps(view, indicator, progress) + court_of_methods(view, indicator, court, progress)
    cited = {"plan": plan.name(lang), "norm": plan.norm(lang), "article": first.article(lang)}
    lines.append(tag("p", w("working.cited", **cited, seen=w(f"seen.{first.seen}")), "obs-note"))
    if fit := first.fit_en if lang == "en" else first.fit_es:
        lines.append(tag("p", fit, "obs-note"))
    note = first.note_en if lang == "en" else first.note_es
    read = [w("working.read_in", source=first.source(lang)), note]
    more = steps + "".join(tag("p", text, "obs-note") for text in read if text)
    shown = folded(w("working.full" if steps else "working.read"), f'<div class="obs-working">{more}</div>')
    lines.append(shown)
    return f'<section class="obs-target obs-printopen">{"".join(lines)}</section>'


def _verdict(view: View, indicator: IndicatorRow, court: Court, row: ProgressRow) -> str:
    """Where it stands, where it should, and whether it arrives; or why that is not said."""
    w = view.words
    if row.status == "not_assessed":
        return tag("p", w(f"reason.{row.reason}") if row.reason else w("status.not_assessed"), "obs-empty-note")
    said = []
    asked = row.target if row.expected is None else row.expected
    if row.value is not None and asked is not None:
        now = opens(brief(row.value, indicator, w), of_progress(row))
        due = opens(brief(asked, indicator, w), of_target(row) if row.expected is None else of_progress(row))
        said.append(w("working.stands", period=w.period(row.period), now=now, due=due))
    if row.share is not None and row.share > 0:
        said.append(w("working.covered", share=opens(w.percent(row.share, 0), of_progress(row))))
    limits = [w(f"reason.{row.reason}")] if row.reason else []
    lines = [*said, *verdict_sentences(view, indicator, court, row), *limits]
    return told(view, "p", joined(" ", lines), "obs-verdict")


def _steps(view: View, indicator: IndicatorRow, row: ProgressRow) -> str:
    """The working as a small table and the formula with its numbers."""
    w = view.words
    steps = [
        (w("working.baseline"), row.baseline, row.baseline_period, of_target(row)),
        (w("working.expected"), row.expected, row.period, of_progress(row)),
        (w("working.observed"), row.value, row.period, of_progress(row)),
        (w("working.due"), row.target, row.target_period, of_target(row)),
        (w("working.final"), row.final_target, row.final_period, of_target(row)),
    ]
    cells = [
        [
            escape(label),
            prose(view, opens(number(value, indicator, w), what)),
            escape(w.period(period)) if period else "",
        ]
        for label, value, period, what in steps
        if value is not None
    ]
    head = [w("working.step"), indicator.unit(view.lang), w("table.period")]
    return table(w("working.caption"), head, cells, numeric=frozenset({1})) + _formula(view, indicator, row)


def _formula(view: View, indicator: IndicatorRow, row: ProgressRow) -> str:
    w = view.words
    if row.share is None or row.baseline is None or row.expected is None or row.value is None:
        return ""
    now, start, due = (number(value, indicator, w, extra=1) for value in (row.value, row.baseline, row.expected))
    return tag("p", w("working.formula", now=now, start=start, due=due, share=w.percent(row.share, 0)), "obs-formula")
