"""A plan's page: which plan and version, then the part that was asked for."""

from __future__ import annotations

from observatory.sheets.marks import heading, tag
from observatory.sheets.plan_compare import board, findings
from observatory.sheets.plan_follow import due, groups
from observatory.sheets.plan_node import node_sheet, promise_sheet
from observatory.sheets.plan_promises import promised, promises_due
from observatory.sheets.plan_shown import Shown
from observatory.sheets.plan_tree import tree, twin
from observatory.sheets.view import View


def body(view: View, plan: Shown, tab: str) -> str:
    """The page of a plan but its choices and downloads."""
    if (node := plan.node(view.state.node)) is not None:
        return node_sheet(view, plan, node)
    if (promise := plan.promise(view.state.node)) is not None:
        return promise_sheet(view, plan, promise)
    return head(view, plan) + part(view, plan, tab)


def head(view: View, plan: Shown) -> str:
    """Name, norm, what the version is and up to when it is reported."""
    w, version = view.words, plan.version
    horizon = "–".join(str(year) for year in (plan.plan.starts, plan.plan.ends) if year)
    lines = [plan.plan.norm(view.lang), horizon, w(f"plan.scope_one.{plan.plan.scope}")]
    if version is not None:
        lines += filter(None, (version.lead_entity, w("plan.page.version_is", version=version.version(w.lang))))
    if version is not None and version.reported_to:
        lines.append(w("plan.page.reported_to", period=w.period(version.reported_to)))
    said = " · ".join(filter(None, lines))
    notes = [version.note(view.lang)] if version is not None else []
    notes += [w("plan.page.source", source=version.source)] if version is not None else []
    notes += [w("plan.page.names_as_published")] if plan.tree is not None and not plan.is_pending else []
    notes += [_growth(view, plan)]
    closed = tag("p", w("plan.page.closed_note"), "obs-empty-note") if plan.plan.closed else ""
    return (
        f"{heading(1, plan.plan.name(view.lang))}{tag('p', said, 'obs-lead')}"
        f"{''.join(tag('p', text, 'obs-note') for text in notes if text)}{closed}"
    )


def _growth(view: View, plan: Shown) -> str:
    """How many products each version has, the oldest first; empty where there is one version or nobody says."""
    stated = [(row.products_stated, row.version(view.lang)) for row in plan.versions if row.products_stated is not None]
    if len(stated) < 2:
        return ""
    said = " · ".join(view.words("plan.page.products_in", n=count, version=version) for count, version in stated)
    return view.words("plan.page.growth", versions=said)


def part(view: View, plan: Shown, tab: str) -> str:
    """One part of a plan's page."""
    if plan.tree is None:
        return promises_due(view, plan) if tab == "due" else promised(view, plan)
    if tab == "tree":
        loading = how_to_load(view, plan) if plan.is_pending else ""
        return loading + _printed_open(tree(view, plan)) + twin(view, plan)
    return _printed_open({"due": due, "groups": groups, "board": board, "findings": findings}[tab](view, plan))


def _printed_open(html: str) -> str:
    """What opens on demand on the screen stands open on paper, under its heading."""
    return f'<div class="obs-printopen">{html}</div>'


def how_to_load(view: View, plan: Shown) -> str:
    """What waits for the official file and how many of what are known; how it is loaded stands in the documentation."""
    w = view.words
    counts = (
        {f"{kind}s": len(plan.tree.of_kind(kind)) for kind in ("objective", "result", "product")} if plan.tree else {}
    )
    known = tag("p", w("plan.page.pending_counts", **counts)) if counts else ""
    return (
        f'<section class="obs-target">{heading(2, w("plan.page.pending_title"))}{tag("p", w("plan.page.pending_lead"))}'
        f"{known}{tag('p', w('plan.page.load'), 'obs-note')}</section>"
    )
