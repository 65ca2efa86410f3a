"""Plans in the twin: each at a glance, its objectives and its parts on pages of their own, so that none is heavy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from observatory.links import ViewState
from observatory.plan import Node
from observatory.sheets import plan as plan_sheet
from observatory.sheets.marks import anchor, heading
from observatory.sheets.plan_average import averages
from observatory.sheets.plan_follow import groups_in_brief
from observatory.sheets.plan_index import index as plan_index
from observatory.sheets.plan_shown import ASSESSED, plan_ids, tabs_of
from observatory.sheets.plan_shown import Shown as ShownPlan
from observatory.sheets.plan_shown import shown as shown_plan
from observatory.sheets.plan_tree import at_a_glance, objective
from observatory.sheets.view import View
from observatory.twin.frame import Page, made, view_at
from observatory.twin.places import PLAN_TABS, PLANS, Site, node_path, path_of
from observatory.wording import Lang, words


def plan_pages(site: Site, lang: Lang) -> Iterator[Page]:
    """The list of plans, and every plan."""
    view = view_at(site, lang, PLANS, "plan", ViewState())
    name = words(lang)("nav.plan")
    yield made(view, PLANS, name, name, plan_index(view))
    for one in plan_ids(view):
        yield from _plan(site, lang, one)


def _plan(site: Site, lang: Lang, plan_id: str) -> Iterator[Page]:
    """A plan at a glance, and a page for each objective and each part of it."""
    state = ViewState(plan=plan_id)
    path = path_of("plan", state, site.book)
    view = view_at(site, lang, path, "plan", state)
    plan = shown_plan(view, plan_id)
    name, norm, w = plan.plan.name(lang), plan.plan.norm(lang), view.words
    parts = [(w(f"plan.tab.{tab}"), view.here(tab=tab)) for tab in tabs_of(plan) if tab in PLAN_TABS]
    links = "".join(f"<li>{anchor(href, said)}</li>" for said, href in parts)
    more = f'<ul class="obs-files">{links}</ul>' if links else ""
    yield made(view, path, name, norm, plan_sheet.head(view, plan) + more + _structure(view, plan))
    back = f'<p class="obs-crumb">{anchor(view.here(tab=None), name)}</p>'
    for number, node in _objectives(plan):
        body = (
            f'{back}{heading(1, node.name or node.code)}<div class="obs-printopen">{objective(view, plan, node)}</div>'
        )
        yield made(view, f"plan/{plan_id}-{number}.html", node.name or node.code, name, _opened(body))
    yield from _nodes(site, lang, plan)
    for tab in (tab for tab in tabs_of(plan) if tab in PLAN_TABS):
        title = w(f"plan.tab.{tab}")
        here = replace(view, state=replace(view.state, tab=tab))
        told = groups_in_brief(here, plan) if tab == "groups" else plan_sheet.part(here, plan, tab)
        body = f"{back}{heading(1, title)}{told}"
        yield made(view, path_of("plan", ViewState(plan=plan_id, tab=tab), site.book), f"{title}: {name}", norm, body)


def _nodes(site: Site, lang: Lang, plan: ShownPlan) -> Iterator[Page]:
    """A page for each result, product and target of a plan."""
    plan_id, name = plan.plan.plan_id, plan.plan.name(lang)
    nodes = [node for kind in ASSESSED for node, _ in plan.assessed(kind)]
    titles = {node.node_id: f"{node.code} {node.indicator or node.name}".strip() for node in nodes}
    for one in plan.promises:
        titles[one.first.target_id] = one.first.name(lang)
    for node_id, title in titles.items():
        state = ViewState(plan=plan_id, node=node_id)
        path = node_path(plan_id, node_id)
        view = view_at(site, lang, path, "plan", state)
        yield made(view, path, title, f"{title}. {name}", plan_sheet.body(view, plan, "tree"))


def _objectives(plan: ShownPlan) -> list[tuple[int, Node]]:
    return list(enumerate(plan.tree.of_kind("objective"), 1)) if plan.tree else []


def _structure(view: View, plan: ShownPlan) -> str:
    """Rings and the objectives as links; for plans of targets alone, what they promised."""
    if plan.tree is None:
        return plan_sheet.part(view, plan, "tree")
    loading = plan_sheet.how_to_load(view, plan) if plan.is_pending else ""
    items = "".join(
        f"<li>{anchor(f'{plan.plan.plan_id}-{number}.html', node.name or node.code)}</li>"
        for number, node in _objectives(plan)
    )
    title = heading(2, view.words("plan.page.by_objective"))
    listed = f'<ul class="obs-list">{items}</ul>'
    return f"{loading}{at_a_glance(view, plan)}{title}{listed}{averages(view, plan)}"


def _opened(html: str) -> str:
    """An objective that has a page to itself stands open."""
    return html.replace('<details class="obs-objective">', '<details class="obs-objective" open>', 1)
