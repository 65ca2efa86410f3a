"""What comes next and what is owed, who answers for what, and how it went cut by cut."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from observatory.charts.plan_heat import Strip, heat
from observatory.charts.plan_tree import bar
from observatory.plan import Node
from observatory.plan_progress import Standing, due_next, owing_justification
from observatory.plan_rows import AggregateRow
from observatory.sheets.marks import anchor, heading, prose, tag, told
from observatory.sheets.plan_average import average_of
from observatory.sheets.plan_shown import ASSESSED, Shown
from observatory.sheets.plan_tree import counts_html, node_cells
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.wording.told import opens

SHOWN_AT_ONCE = 12


def due(view: View, plan: Shown) -> str:
    """The part `due`: what lags and owes a written reason, what ran over, which reports come next."""
    w = view.words
    owed = owing_justification(plan.now.values())
    lag = [row for row in owed if row.justification == "lag"]
    over = [row for row in owed if row.justification == "over_execution"]
    has_notes = bool(plan.tree and plan.tree.notes)
    rule = tag("p", w("plan.page.justification_rule"), "obs-note")
    unread = "" if has_notes else tag("p", w("plan.page.no_notes"), "obs-note")
    asked = tag("p", w("plan.page.due_at_cut", cut=w.period(plan.cut)), "obs-note")
    parts = [heading(2, w("plan.page.lagging_title", n=len(lag))), rule, unread, asked]
    parts.append(_owed(view, plan, lag, "lagging") if lag else tag("p", w("plan.page.no_lag"), "obs-empty-note"))
    if over:
        title = w("plan.page.over_title", n=len(over))
        parts.append(folded(title, _owed(view, plan, over, "over")))
    return "".join(parts) + _next(view, plan)


def _owed(view: View, plan: Shown, rows: Sequence[Standing], key: str) -> str:
    assert plan.tree is not None
    w = view.words
    head = [w("plan.page.indicator"), w("plan.page.status"), w("plan.page.progress"), w("plan.page.reported")]
    head += [w("plan.page.due"), w("plan.page.weight")]
    cells = [node_cells(view, plan, plan.tree.by_id[row.node_id], css="") for row in rows]
    caption = w(f"plan.page.{key}_title", n=len(rows))
    return table(caption, head, cells, numeric=frozenset({3, 4, 5}), css="obs-plan obs-titled")


def _next(view: View, plan: Shown) -> str:
    """Reports by the quarter they fall due in; why there are none when the periodicity is not published."""
    assert plan.tree is not None
    w = view.words
    title = heading(2, w("plan.page.next_title"))
    coming = due_next(plan.now.values())
    if not coming:
        return title + tag("p", w("plan.page.no_periodicity"), "obs-empty-note")
    cells = []
    for row in coming:
        node = plan.tree.by_id[row.node_id]
        periodicity = w(f"plan.periodicity.{node.periodicity}") if node.periodicity else ""
        name = anchor(view.here(node=node.node_id, tab=None), f"{node.code} {node.indicator or node.name}")
        cells.append([escape(w.period(row.next_due)), name, escape(periodicity), escape(node.entity or node.sector)])
    head = [w("table.period"), w("plan.page.indicator"), w("plan.page.fact_periodicity"), w("plan.page.answers")]
    first = table(w("plan.page.next_title"), head, cells[:SHOWN_AT_ONCE], css="obs-titled")
    rest = cells[SHOWN_AT_ONCE:]
    more = folded(w("plan.page.more", n=len(rest)), table(w("plan.page.next_title"), head, rest)) if rest else ""
    return title + first + more


def groups(view: View, plan: Shown) -> str:
    """The part `groups`: by sector and entity, then cut by cut."""
    return _by(view, plan, "sector") + _by(view, plan, "entity") + _in_time(view, plan)


def groups_in_brief(view: View, plan: Shown) -> str:
    """The part `groups` without a strip for every indicator, each of which tells its own years."""
    title = heading(2, view.words("plan.page.in_time"))
    one_cut = tag("p", view.words("plan.page.one_cut"), "obs-empty-note")
    in_time = _policy_in_time(view, plan) if len(plan.cuts) > 1 else one_cut
    return _by(view, plan, "sector") + _by(view, plan, "entity") + title + in_time


def _by(view: View, plan: Shown, group_kind: str) -> str:
    w = view.words
    title = heading(2, w(f"plan.page.by_{group_kind}"))
    names = sorted({group for kind, group, _ in plan.groups if kind == group_kind and group})
    if not names:
        return title + tag("p", w(f"plan.page.no_{group_kind}"), "obs-empty-note")
    rows = [
        [
            escape(name),
            *(_group_cell(view, plan, plan.groups.get((group_kind, name, kind))) for kind in ("product", "result")),
        ]
        for name in names
    ]
    head = [w(f"plan.column.{group_kind}"), w("plan.page.progress_product"), w("plan.page.progress_result")]
    note = tag("p", w("plan.page.capped"), "obs-note")
    return title + note + table(w(f"plan.page.by_{group_kind}"), head, rows, css="obs-groups obs-titled")


def _group_cell(view: View, plan: Shown, row: AggregateRow | None) -> str:
    """Capped progress with its coverage and counts; why there is none."""
    w = view.words
    if row is None:
        return tag("span", w("plan.page.none_of_kind"), "obs-absent")
    if row.progress is None or row.coverage is None:
        return tag("span", w("plan.page.nothing_assessed"), "obs-absent") + counts_html(view, row, plan)
    value = w.percent(row.progress, 0)
    working = average_of(plan)
    covered = w("plan.page.coverage_short", coverage=opens(w.percent(row.coverage, 0), working))
    said = covered + ", " + w("plan.page.assessed", assessed=row.assessed, indicators=row.indicators)
    outside = tag("small", w.count("plan.page.outside", row.outside)) if row.outside else ""
    drawn = bar(row.progress, "", view.page_look, label=f"{value}, {said}")
    strong, small = told(view, "strong", opens(value, working)), told(view, "small", said)
    return f"{drawn}{strong} {small}{outside}{counts_html(view, row, plan)}"


def _in_time(view: View, plan: Shown) -> str:
    """A strip for every indicator, results first."""
    w = view.words
    title = heading(2, w("plan.page.in_time"))
    if len(plan.cuts) < 2:
        return title + tag("p", w("plan.page.one_cut"), "obs-empty-note")
    parts = [title, tag("p", w("plan.page.in_time_note"), "obs-note")]
    parts.append(_policy_in_time(view, plan))
    for kind in ASSESSED:
        drawn = heat(
            [_strip(view, plan, node) for node, _ in plan.assessed(kind)],
            [_cut_word(view, plan, cut) for cut in plan.cuts],
            view.page_look,
            caption=w(f"plan.page.strips_{kind}"),
            first=w("plan.page.indicator"),
            scale=view.scale,
        )
        parts.append(folded(w(f"plan.page.strips_{kind}"), drawn, is_open=kind == "result"))
    return "".join(parts)


def _cut_word(view: View, plan: Shown, cut: str) -> str:
    """The year alone where a plan is reported once a year."""
    return cut[:4] if all(one.endswith("-Q4") for one in plan.cuts) else view.words.period(cut)


def _strip(view: View, plan: Shown, node: Node) -> Strip:
    w = view.words
    by_cut = {row.cut: row for row in plan.standings if row.node_id == node.node_id}
    cells = []
    for cut in plan.cuts:
        row = by_cut[cut]
        if row.reason == "not_started":
            cells.append(("", w("plan.reason.not_started")))
        else:
            reason = w(f"plan.reason.{row.reason}") if row.reason else ""
            cells.append((row.status, " ".join(filter(None, (w(f"status.{row.status}"), reason)))))
    name = f"{node.code} {node.indicator or node.name}"
    return Strip(name, view.here(node=node.node_id, tab=None), cells)


def _policy_in_time(view: View, plan: Shown) -> str:
    """The policy's progress at every cut, with its coverage, as a table."""
    w = view.words
    rows = []
    for cut in plan.cuts:
        at = {row.kind: row for row in plan.aggregates if (row.cut, row.group_kind) == (cut, "policy")}
        cells = [escape(_cut_word(view, plan, cut))]
        for kind in ("product", "result"):
            row = at.get(kind)
            known = row is not None and row.progress is not None and row.coverage is not None
            if row is None or not known:
                cells.append(tag("span", w("plan.page.nothing_assessed"), "obs-absent"))
            else:
                working = average_of(plan, cut)
                said = w("plan.page.coverage_short", coverage=opens(w.percent(row.coverage or 0.0, 0), working))
                value = opens(w.percent(row.progress or 0.0, 0), working)
                cells.append(prose(view, value) + told(view, "small", said))
        rows.append(cells)
    head = [w("table.period"), w("plan.page.progress_product"), w("plan.page.progress_result")]
    return table(w("plan.page.policy_in_time"), head, rows, css="obs-titled")
