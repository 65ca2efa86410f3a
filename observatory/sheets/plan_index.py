"""The list of all plans with numeric commitments: what each promises, what is measured here, how it stands."""

from __future__ import annotations

from html import escape

from observatory.editions import plan_reads
from observatory.plan import KINDS
from observatory.rows.catalogue import PlanRow
from observatory.sheets.marks import anchor, heading, tag
from observatory.sheets.plan_promises import promise_counts
from observatory.sheets.plan_shown import SCOPES, Promise, chosen_version, plan_ids, promises
from observatory.sheets.plan_tree import counts_html
from observatory.sheets.table import table
from observatory.sheets.view import View


def index(view: View) -> str:
    """Every plan with numeric commitments: how many targets, how many measured here, how they stand."""
    w, every = view.words, promises(view)
    district = [item for item in every if item.first.scope == "district" and item.first.role != "reference"]
    unmeasured = sum(item.indicator is None for item in district)
    parts = [heading(1, w("plan.page.index_title"))]
    parts.append(tag("p", w("plan.page.index_lead", n=len(district), unmeasured=unmeasured), "obs-lead"))
    for scope in SCOPES:
        ids = [one for one in plan_ids(view) if view.book.plans[one].scope == scope]
        if ids:
            parts.append(heading(2, w(f"plan.scope.{scope}")))
            rows = [
                _index_cells(view, view.book.plans[one], [p for p in every if p.first.plan_id == one]) for one in ids
            ]
            head = [w("table.plan"), w("plan.page.horizon"), w("plan.page.targets_title"), w("plan.page.stands")]
            parts.append(table(w(f"plan.scope.{scope}"), head, rows, css="obs-planlist obs-titled"))
    return "".join(parts)


def _index_cells(view: View, plan: PlanRow, of_plan: list[Promise]) -> list[str]:
    w = view.words
    link = anchor(view.here(plan=plan.plan_id), plan.name(view.lang))
    closed = f" · {w('plan.page.closed')}" if plan.closed else ""
    horizon = "–".join(str(year) for year in (plan.starts, plan.ends) if year)
    structure = _structure(view, plan.plan_id)
    measured = sum(item.indicator is not None for item in of_plan)
    targets = w.count("plan.page.targets_of", len(of_plan), measured=measured) if of_plan else ""
    said = "".join(tag("small", text) for text in (targets,) if text)
    return [
        link + tag("small", plan.norm(view.lang) + closed),
        f"<span class='obs-nowrap'>{escape(horizon)}</span>",
        f"{structure}{said}",
        _stands(view, plan.plan_id) or promise_counts(view, of_plan),
    ]


def _structure(view: View, plan_id: str) -> str:
    """How many objectives, results and products the current version has."""
    version = chosen_version(view, plan_id)
    if version is None:
        return ""
    kinds = [node.kind for node in plan_reads.nodes(view.book.edition, version)]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    return escape(view.words("plan.page.structure", **counts))


def _stands(view: View, plan_id: str) -> str:
    """Indicators of the current version by status; that they are pending; nothing without a structure."""
    version = chosen_version(view, plan_id)
    if version is None:
        return ""
    if version.layout == "structure":
        return tag("span", view.words("plan.pending"), "obs-absent")
    rows = [row for row in plan_reads.aggregates(view.book.edition, version) if row.group_kind == "policy"]
    newest = [row for row in rows if row.cut == rows[-1].cut]
    return "".join(
        tag("small", view.words(f"plan.page.progress_{row.kind}")) + counts_html(view, row) for row in newest
    )
