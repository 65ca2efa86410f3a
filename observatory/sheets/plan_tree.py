"""The tree of a plan with its structure: key figures, rings, and objective by objective its results and products."""

from __future__ import annotations

from html import escape

from observatory.charts.plan_tree import Segment, bar, sunburst
from observatory.plan import Node
from observatory.plan_progress import Standing
from observatory.plan_rows import STATUSES, AggregateRow
from observatory.sheets.marks import anchor, heading, prose, status_mark, tag, told
from observatory.sheets.plan_average import average_of, averages
from observatory.sheets.plan_shown import ASSESSED, Shown
from observatory.sheets.plan_words import share_text, value_text, weight_text
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.wording.told import opens


def tree(view: View, plan: Shown) -> str:
    """The part `tree` of a plan with a structure."""
    if plan.tree is None:
        return ""
    objectives = "".join(objective(view, plan, node) for node in plan.tree.of_kind("objective"))
    return (
        f"{at_a_glance(view, plan)}{averages(view, plan)}{heading(2, view.words('plan.page.by_objective'))}{objectives}"
    )


def at_a_glance(view: View, plan: Shown) -> str:
    """Key figures and rings; nothing while no figure of the plan is loaded."""
    if plan.is_pending:
        return ""
    return f'{_summary(view, plan)}<div class="obs-rings">{rings(view, plan)}{_key(view, plan)}</div>'


def _summary(view: View, plan: Shown) -> str:
    """What part of what was due was done, for products and results apart, with the coverage and the counts."""
    if plan.is_pending:
        return ""
    parts = []
    for kind in ("product", "result"):
        row = plan.groups.get(("policy", "", kind))
        if row is not None and row.indicators:
            title = heading(2, view.words(f"plan.page.progress_{kind}"))
            parts.append(f"<section>{title}{progress_html(view, plan, row)}{counts_html(view, row, plan)}</section>")
    note = tag("p", view.words("plan.page.capped"), "obs-note")
    return f'<div class="obs-planhead">{"".join(parts)}</div>{note}'


def progress_html(view: View, plan: Shown, row: AggregateRow) -> str:
    """Capped progress of a group, never without its coverage."""
    w = view.words
    if row.progress is None or row.coverage is None:
        return tag("p", w("plan.page.nothing_assessed"), "obs-empty-note")
    value = w.percent(row.progress, 0)
    working, every = average_of(plan), average_of(plan)
    said = w(
        "plan.page.coverage",
        coverage=opens(w.percent(row.coverage, 0), working),
        assessed=opens(str(row.assessed), working),
        indicators=opens(str(row.indicators), every),
    )
    drawn = bar(row.progress, "", view.page_look, label=f"{value}, {said}")
    unweighted = tag("p", w.count("plan.page.unweighted", row.unweighted), "obs-note") if row.unweighted else ""
    unweighted += tag("p", w.count("plan.page.outside", row.outside), "obs-note") if row.outside else ""
    of_due = escape(w("plan.page.of_due"))
    return (
        f'<p class="obs-value">{prose(view, opens(value, working))} <small>{of_due}</small></p>{drawn}'
        f"{told(view, 'p', said, 'obs-note')}"
        f"{unweighted}"
    )


def counts_html(view: View, row: AggregateRow, plan: Shown | None = None) -> str:
    """Indicators by status; each count opens the list of all where the `plan` is shown."""
    every = None if plan is None else average_of(plan)
    said = {
        status: view.words.count(f"plan.page.count_{status}", count, listed=every)
        for status, count in row.counts.items()
    }
    marks = [f"<li>{status_mark(view, status, text)}</li>" for status, text in said.items()]
    return f'<ul class="obs-statuses">{"".join(marks)}</ul>'


def rings(view: View, plan: Shown) -> str:
    """The whole plan as rings."""
    assert plan.tree is not None
    segments = [_segment(view, plan, node) for node in plan.tree.nodes]
    row = plan.groups.get(("policy", "", "product"))
    count = len(plan.tree.of_kind("product"))
    w = view.words
    if plan.is_pending or row is None or row.progress is None:
        centre = [w.number(count), w("plan.page.products"), w("plan.page.pending_short")]
    else:
        centre = [w.percent(row.progress, 0), w("plan.page.centre"), w.period(plan.cut)]
    label = w("plan.page.rings_alt", objectives=len(plan.tree.of_kind("objective")), products=count)
    return sunburst(segments, view.page_look, label=label, centre=centre, scale=view.scale)


def _segment(view: View, plan: Shown, node: Node) -> Segment:
    if node.kind == "objective":
        return Segment(node.node_id, "", f"{node.code} {bare_name(node)}", mark=node.code, is_pending=plan.is_pending)
    row, w = plan.now[node.node_id], view.words
    said = w("plan.pending") if node.is_pending else w(f"status.{row.status}")
    parts = (f"{w(f'plan.kind.{node.kind}')} {node.code}", bare_name(node), said, share_text(row.share, w))
    title = ". ".join(filter(None, parts))
    href = view.here(node=node.node_id, tab=None)
    return Segment(node.node_id, node.parent_id, title, row.status, "", href, node.is_pending)


def _key(view: View, plan: Shown) -> str:
    """How the rings are read, and what the shapes mean."""
    w = view.words
    shapes = "" if plan.is_pending else "".join(f"<li>{status_mark(view, status)}</li>" for status in STATUSES)
    lines = [tag("p", w("plan.page.rings_key"))]
    lines.append(f'<ul class="obs-statuses">{shapes}</ul>' if shapes else tag("p", w("plan.page.pending_key")))
    lines.append(tag("p", w("plan.page.bar_key"), "obs-note") if shapes else "")
    return f"<div>{heading(2, w('plan.page.rings'))}{''.join(lines)}</div>"


def bare_name(node: Node) -> str:
    """A node's name without the code that leads it."""
    name = node.name or node.indicator
    start = name.removeprefix(node.code).lstrip(". ")
    return start or name


def objective(view: View, plan: Shown, node: Node) -> str:
    """One objective: progress of its products and results in a line, the table behind it."""
    assert plan.tree is not None
    w = view.words
    name = bare_name(node) or w("plan.page.name_pending")
    lines = [f"<strong>{escape(node.code)}</strong> {escape(name)}"]
    for kind in ("product", "result"):
        row = plan.groups.get(("objective", node.node_id, kind))
        if row is not None and row.progress is not None and row.coverage is not None:
            said = w(f"plan.page.line_{kind}", progress=w.percent(row.progress, 0), coverage=w.percent(row.coverage, 0))
            lines.append(tag("small", f"{said} {_counted(view, row)}"))
            lines += [tag("small", w.count("plan.page.outside", row.outside))] * bool(row.outside)
    if plan.is_pending:
        below = len(plan.tree.below(node.node_id, "product"))
        lines.append(tag("small", w.count("plan.page.pending_products", below)))
    summary = f"<summary>{''.join(f'<span>{line}</span>' for line in lines)}</summary>"
    return f'<details class="obs-objective">{summary}{_objective_table(view, plan, node)}</details>'


def _counted(view: View, row: AggregateRow) -> str:
    shapes = view.page_look.status
    return " · ".join(f"{shapes[status].shape} {count}" for status, count in row.counts.items())


def _objective_table(view: View, plan: Shown, objective: Node) -> str:
    assert plan.tree is not None
    w = view.words
    rows = []
    for result in plan.tree.children(objective.node_id):
        rows.append(node_cells(view, plan, result, css="obs-result"))
        rows += [node_cells(view, plan, product, css="obs-product") for product in plan.tree.children(result.node_id)]
    head = [w("plan.page.indicator"), w("plan.page.status"), w("plan.page.progress"), w("plan.page.reported")]
    head += [w("plan.page.due"), w("plan.page.weight")]
    caption = w("plan.page.tree_caption", objective=objective.code)
    return table(caption, head, rows, numeric=frozenset({3, 4, 5}), css="obs-plan obs-titled")


def node_cells(view: View, plan: Shown, node: Node, *, css: str) -> list[str]:
    """A result or product as a row: name, status, bar, reported, due, weight."""
    assert plan.tree is not None
    w, row = view.words, plan.now[node.node_id]
    kind = w(f"plan.kind.{node.kind}")
    name = bare_name(node) or w("plan.page.name_pending")
    href = view.here(node=node.node_id, tab=None, t=None)
    link = anchor(href, f"{node.code} {name}")
    small = tag("small", " · ".join(filter(None, (kind, node.sector))))
    if node.indicator not in ("", name):
        small += tag("small", node.indicator, "obs-roomy")
    return [
        f'<span class="{css}">{link}{small}</span>',
        status_cell(view, node, row),
        progress_cell(view, row, href),
        _figure(value_text(plan.tree, node, row.accumulated, w), href) + _year_of_report(row),
        _figure(value_text(plan.tree, node, row.accumulated_target, w), href),
        _figure(weight_text(node.weight, w), href),
    ]


def _figure(text: str, href: str) -> str:
    """A figure of a result or product, which opens its sheet."""
    return anchor(href, text, "obs-fig") if text else ""


def _year_of_report(row: Standing) -> str:
    """The year of the latest report where that is not the year of the cut."""
    is_older = row.last_report and row.last_report[:4] != row.cut[:4]
    return tag("small", f"({row.last_report[:4]})") if is_older else ""


def status_cell(view: View, node: Node, row: Standing) -> str:
    """The status, and when there is none the reason."""
    w = view.words
    if node.is_pending:
        return tag("span", w("plan.pending"), "obs-absent")
    reason = w(f"plan.reason.{row.reason}") if row.reason else w(f"plan.fault.{row.fault}") if row.fault else ""
    return status_mark(view, row.status) + (tag("small", reason) if reason else "")


def progress_cell(view: View, row: Standing, href: str) -> str:
    """The bar against what was due, and the percentage, which opens its working."""
    if row.share is None:
        return ""
    said = share_text(row.share, view.words)
    return bar(row.share, row.status, view.page_look, label=said) + f"<small>{_figure(said, href)}</small>"


def twin(view: View, plan: Shown) -> str:
    """The table twin of the rings: every result and product in one table."""
    if plan.tree is None:
        return ""
    w = view.words
    rows = [
        [
            anchor(href, f"{node.code} {bare_name(node)}"),
            escape(w(f"plan.kind.{node.kind}")),
            escape(w("plan.pending") if node.is_pending else w(f"status.{row.status}")),
            _figure(share_text(row.share, w), href),
            _figure(weight_text(node.weight, w), href),
        ]
        for kind in ASSESSED
        for node, row in plan.assessed(kind)
        for href in [view.here(node=node.node_id, tab=None, t=None)]
    ]
    head = [w("plan.page.indicator"), w("plan.column.kind"), w("plan.page.status"), w("plan.page.progress")]
    caption = w("plan.page.rings")
    drawn = table(caption, [*head, w("plan.page.weight")], rows, numeric=frozenset({3, 4}))
    return folded(w("table.twin"), drawn)
