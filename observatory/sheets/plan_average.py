"""Where the averages of a plan come from: every indicator that counts, its share, its weight, what it adds."""

from __future__ import annotations

from html import escape
from math import fsum

from observatory.charts.labels import shortened
from observatory.plan import Node
from observatory.plan_progress import Standing
from observatory.sheets.marks import anchor, tag
from observatory.sheets.plan_shown import ASSESSED, Shown
from observatory.sheets.plan_words import exact_share, weight_text
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.wording.told import Reference

AVERAGE = "average"  # the part of a plan's page that works the averages out
LONGEST_NAME = 60
OUTSIDE = ("not_in_force", "not_started")  # reasons for which an indicator does not count yet


def average_of(plan: Shown, cut: str | None = None) -> Reference:
    """What an average of a plan opens: its working, at the newest cut unless another one is named."""
    version = None if plan.version is None or plan.version.is_current else plan.version.version_code
    at = None if cut == plan.cut else cut
    choices = (("plan", plan.plan.plan_id), ("ver", version), ("t", at), ("tab", None), ("node", None))
    return Reference("plan", choices, AVERAGE)


def chosen_cut(view: View, plan: Shown) -> str:
    """The cut that the link asks for, else the newest."""
    return str(view.state.t if view.state.t in plan.cuts else plan.cut)


def counting(plan: Shown, kind: str, cut: str) -> list[tuple[Node, Standing, float, float]]:
    """Indicators that enter the averages at a cut: node, standing, its share between 0 and 1, its weight."""
    found = []
    for row in (row for row in plan.standings if row.cut == cut):
        node = plan.node(row.node_id)
        if node is None or node.kind != kind or node.weight is None or row.share is None or row.reason in OUTSIDE:
            continue
        found.append((node, row, min(max(row.share, 0.0), 1.0), node.weight))
    return found


def averages(view: View, plan: Shown) -> str:
    """The working of the averages, folded; nothing while no figure is loaded."""
    if plan.is_pending or plan.tree is None or not plan.cuts:
        return ""
    w, cut = view.words, chosen_cut(view, plan)
    parts = [_kind(view, plan, kind, cut) for kind in ASSESSED[::-1]]
    about = tag("p", w("plan.page.average_about", cut=w.period(cut)), "obs-note")
    inside = f'<div id="{AVERAGE}" tabindex="-1" class="obs-working">{about}{"".join(parts)}</div>'
    return folded(w("plan.page.average_title"), inside, is_open=view.state.t in plan.cuts)


def _kind(view: View, plan: Shown, kind: str, cut: str) -> str:
    """All of a kind with their status; those that count with what they add."""
    w, rows = view.words, counting(plan, kind, cut)
    if not rows:
        return ""
    done, weight = fsum(share * part for _, _, share, part in rows), fsum(part for *_, part in rows)
    ends = {"done": w.percent(done, 2), "weight": w.percent(weight, 2), "progress": w.percent(done / weight, 1)}
    parts = {node.node_id: (share, part) for node, _, share, part in rows}
    every = [row for row in plan.standings if row.cut == cut and (node := plan.node(row.node_id)) and node.kind == kind]
    body = [_cells(view, plan, row, parts.get(row.node_id)) for row in every]
    head = [w(f"plan.page.{key}") for key in ("indicator", "status", "progress", "weight", "average_counts")]
    drawn = table(
        w(f"plan.page.progress_{kind}"), [*head, w("plan.page.average_adds")], body, numeric=frozenset({2, 3, 4, 5})
    )
    return tag("p", w("plan.page.average_formula", **ends), "obs-formula") + drawn


def _cells(view: View, plan: Shown, row: Standing, part: tuple[float, float] | None) -> list[str]:
    w, node = view.words, plan.node(row.node_id)
    assert node is not None
    name = shortened(node.indicator or node.name, LONGEST_NAME)
    link = anchor(view.here(node=node.node_id, tab=None, t=None), f"{node.code} {name}")
    counted = ["", ""] if part is None else [exact_share(part[0], w), w.percent(part[0] * part[1], 2)]
    said = [w(f"status.{row.status}"), exact_share(row.share, w), weight_text(node.weight, w), *counted]
    return [link, *(escape(text) for text in said)]
