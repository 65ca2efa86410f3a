"""The controls of the plan page: which plan, which version, which part, and its downloads."""

from __future__ import annotations

from functools import partial

import streamlit as st

from observatory.editions.plan_exports import (
    PlanContext,
    TargetsContext,
    plan_csv,
    plan_xlsx,
    targets_csv,
    targets_xlsx,
)
from observatory.plan_findings import FindingLine, finding_lines, findings_csv, findings_xlsx
from observatory.sheets import plan as sheet
from observatory.sheets.plan_index import index
from observatory.sheets.plan_shown import Shown, chosen_plan, chosen_tab, plan_ids, shown, tabs_of
from observatory.sheets.view import View
from observatory.ui.canvas import show
from observatory.ui.controls import choose, switch
from observatory.ui.downloads import file_buttons
from observatory.ui.kept import kept

EVERY = "all"


def choose_plan(view: View) -> Shown | None:
    """The plan and version in force, with their controls; None for the list of all plans."""
    w, ids, asked = view.words, plan_ids(view), chosen_plan(view)
    asked = asked if asked in ids else None
    names = {one: view.book.plans[one].name(view.lang) for one in ids} | {EVERY: w("plan.page.every")}
    boxes = st.columns([5, 3], vertical_alignment="bottom")
    resets = ("ver", "node", "tab")
    with boxes[0]:
        label = w("table.plan")
        picked = choose(
            view, "plan", [EVERY, *ids], asked or EVERY, label, text=names.__getitem__, default=EVERY, resets=resets
        )
    if picked == EVERY:
        return None
    plan = shown(view, picked)
    if len(plan.versions) > 1 and plan.version is not None:
        codes = {row.version_code: row.version(w.lang) for row in reversed(plan.versions)}
        current = next(row.version_code for row in plan.versions if row.is_current)
        with boxes[1]:
            choose(
                view,
                "ver",
                list(codes),
                plan.version.version_code,
                w("plan.page.version"),
                text=codes.__getitem__,
                default=current,
                resets=("node",),
            )
    return plan


def draw(view: View, plan: Shown | None) -> str | None:
    """The list of plans, or the part of the plan that was asked for; gives back its name."""
    if plan is None:
        show(kept(view, "plan index", lambda: index(view)), "plan-index")
        return None
    is_one = plan.node(view.state.node) is not None or plan.promise(view.state.node) is not None
    if is_one:
        show(sheet.body(view, plan, "tree"), "plan-node")
        return None
    tab = chosen_tab(view, plan)
    show(sheet.head(view, plan), "plan-head")
    if len(tabs_of(plan)) > 1:
        label = view.words("control.show")
        tab = switch(
            view, "tab", tabs_of(plan), tab, label, text=lambda one: view.words(f"plan.tab.{one}"), default="tree"
        )
    version = plan.version.version_code if plan.version else ""
    part = f"plan {plan.plan.plan_id} {version} {tab}"
    show(kept(view, part, lambda: sheet.part(view, plan, tab)), "plan-part")
    return tab


def downloads(view: View, plan: Shown, tab: str | None, link: str) -> None:
    """Files of the part shown: its findings, or the plan's tables."""
    name = f"{plan.plan.plan_id}-{view.book.edition_id}"
    if plan.tree is None or plan.version is None:
        targets = _targets(view, plan, link)
        file_buttons(view, name, partial(targets_csv, targets), partial(targets_xlsx, targets))
        return
    if tab == "findings":
        found = finding_lines(plan.tree.findings, plan.tree.by_id, view.lang)
        file_buttons(view, f"{name}-{view.words('plan.findings_sheet').lower()}", *_of_findings(found, plan, view))
        return
    context = PlanContext(
        edition_id=view.book.edition_id,
        link=link,
        lang=view.lang,
        version=plan.version,
        plan=plan.tree,
        standings=plan.standings,
        aggregates=plan.aggregates,
        board=plan.board,
    )
    file_buttons(view, name, partial(plan_csv, context), partial(plan_xlsx, context))


def _targets(view: View, plan: Shown, link: str) -> TargetsContext:
    progress = {item.first.target_id: item.progress for item in plan.promises}
    return TargetsContext(
        edition_id=view.book.edition_id,
        link=link,
        lang=view.lang,
        plan=plan.plan,
        targets=[row for item in plan.promises for row in item.milestones],
        statuses={one: (row.status, row.reason or "") for one, row in progress.items() if row},
    )


def _of_findings(found: list[FindingLine], plan: Shown, view: View) -> tuple[partial[bytes], partial[bytes]]:
    assert plan.tree is not None
    header = plan.tree.header
    return partial(findings_csv, found, header, view.lang), partial(findings_xlsx, found, header, view.lang)
