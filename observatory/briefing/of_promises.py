"""Chapters of plans known by their targets: the list of all plans, the targets of one, when they are due, one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from observatory.briefing.agenda import Item
from observatory.briefing.parts import Bars, Chapter, Picture, Tile
from observatory.briefing.plan_rows import of_promises
from observatory.look import Look
from observatory.sheets import plan_node, plan_promises
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.plan_shown import Promise, Shown, plan_ids, promises
from observatory.sheets.promised import milestones_text
from observatory.sheets.view import View


def plan_list(view: View, item: Item, link: str) -> Chapter:
    """Every plan with numeric commitments: how many targets, how many measured here, how they stand."""
    w, every = view.words, promises(view)
    district = [one for one in every if one.first.scope == "district" and one.first.role != "reference"]
    unmeasured = sum(one.indicator is None for one in district)
    rows = []
    for plan_id in plan_ids(view):
        row, mine = view.book.plans[plan_id], [one for one in every if one.first.plan_id == plan_id]
        measured = sum(one.indicator is not None for one in mine)
        counts = Counter(plan_promises.state_word(view, one) for one in mine)
        name = Cell(row.name(view.lang), w(f"plan.scope_one.{row.scope}"), view.link("plan", (), plan=plan_id))
        horizon = "–".join(str(year) for year in (row.starts, row.ends) if year)
        promised = w.count("plan.page.targets_of", len(mine), measured=measured) if mine else ""
        stands = ", ".join(f"{word}: {w.number(n)}" for word, n in counts.items())
        rows.append([name, Cell(horizon), Cell(promised), Cell(stands)])
    head = [w("table.plan"), w("plan.page.horizon"), w("plan.page.targets_title"), w("plan.page.stands")]
    title = w("plan.page.index_title")
    lead = w("plan.page.index_lead", n=len(district), unmeasured=unmeasured)
    return Chapter(item, title, lead, link, tables=[Grid(title, head, rows)], stated=of_promises(view, every))


def rings_picture(view: View, label: str, made: Callable[[View], str], native: Sequence[Bars]) -> Picture:
    """Rings without links, in the colours of the output."""

    def draw(colours: Look, _width: float) -> str:
        return made(replace(view, page_look=colours, addressing=lambda *_: ""))

    return Picture(draw, label, native, "fluid")


def promised(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """A plan known by its targets alone: each with its status, theme by theme."""
    w = view.words
    measured = sum(one.indicator is not None for one in found.promises)
    counts = {"n": len(found.promises), "measured": measured, "rest": len(found.promises) - measured}
    themes = plan_promises.themes_of(view, found)
    label = w("plan.page.promises_alt", n=len(found.promises))
    head = [w("table.promise"), w("plan.page.status"), w("table.value"), w("table.indicator")]
    grids = [
        Grid(
            view.book.themes[theme].name(view.lang),
            head,
            [_promise_row(view, one) for one in found.promises if one.first.theme_id == theme],
        )
        for theme in themes
    ]
    rings = rings_picture(view, label, lambda drawn: plan_promises.rings(drawn, found, themes), ())
    pictures = [rings] if any(one.progress for one in found.promises) else []  # rings without a status say nothing
    notes = [*chapter.notes, w("plan.page.grouped_by_theme")]
    counted = Counter(
        (one.status if one.progress else "", plan_promises.state_word(view, one)) for one in found.promises
    )
    tiles = [Tile(w.number(n), word, status) for (status, word), n in counted.most_common()]
    lead = w("plan.page.promises_lead", **counts)
    return replace(chapter, sayings=[lead], tiles=tiles, pictures=pictures, tables=grids, notes=notes)


def _promise_row(view: View, one: Promise) -> list[Cell]:
    first, english = one.first, view.lang == "en"
    name, unit = (first.name_en, first.unit_en) if english else (first.name_es, first.unit_es)
    href = view.link("plan", (), plan=first.plan_id, node=first.target_id)
    indicator = Cell(view.words("plan.page.no_indicator"), is_absent=True)
    if one.indicator is not None:
        link = view.link("indicator", (), ind=(one.indicator.indicator_id,))
        indicator = Cell(one.indicator.label(view.lang), href=link)
    values = milestones_text(view, one.milestones)
    return [Cell(name, first.article(view.lang), href), _promise_status(view, one), Cell(values, unit), indicator]


def _promise_status(view: View, one: Promise) -> Cell:
    w, word = view.words, plan_promises.state_word(view, one)
    if one.progress is None:
        return Cell(word, status="no_target")
    return Cell(word, w(f"reason.{one.progress.reason}") if one.progress.reason else "", status=one.status)


def dated(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """Milestones that fell due without being met or measured, and those to come."""
    w, sayings, grids = view.words, [], []
    head = [w("table.period"), w("table.promise"), w("table.value"), w("plan.page.status")]
    for key, due in plan_promises.dated_promises(view, found).items():
        if not due:
            sayings.append(w(f"plan.page.no_{key}"))
            continue
        rows = [
            [
                Cell(year),
                Cell(row.name_en if view.lang == "en" else row.name_es, row.target_id),
                Cell(milestones_text(view, [row])),
                _promise_status(view, one),
            ]
            for year, one, row in due
        ]
        grids.append(Grid(w(f"plan.page.{key}"), head, rows))
    undated = sum(not row.period for one in found.promises for row in one.milestones)
    notes = [*chapter.notes, *([w.count("plan.page.undated", undated)] if undated else [])]
    return replace(chapter, sayings=sayings, tables=grids, notes=notes)


def promised_one(view: View, chapter: Chapter, one: Promise) -> Chapter:
    """One target: how it stands and what is known of it."""
    name = one.first.name_en if view.lang == "en" else one.first.name_es
    stands = _promise_status(view, one)
    said = " · ".join(filter(None, (stands.text, stands.note)))
    lead = f"{one.first.target_id} · {chapter.title}"
    facts = facts_grid(view, plan_node.promise_facts(view, one))
    stated = of_promises(view, [one])
    return replace(chapter, title=name, lead=lead, sayings=[said], tables=[facts], stated=stated)


def facts_grid(view: View, facts: dict[str, str]) -> Grid:
    """Facts by the key of their name, one row each."""
    w = view.words
    rows = [[Cell(w(f"plan.page.fact_{key}")), Cell(text)] for key, text in facts.items()]
    return Grid(w("plan.page.states"), [w("plan.page.fact"), w("plan.page.said")], rows)
