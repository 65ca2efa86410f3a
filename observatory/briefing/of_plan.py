"""Chapters of plans with a structure: at a glance, what it owes, who answers, its board, its cells, one indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from observatory.briefing.agenda import Item
from observatory.briefing.of_promises import dated, facts_grid, plan_list, promised, promised_one, rings_picture
from observatory.briefing.parts import Bars, Chapter, Key, Mark, Stated
from observatory.briefing.plan_rows import of_nodes, of_promises
from observatory.plan import Node, PlanVersion
from observatory.plan_findings import SEVERITIES
from observatory.plan_progress import Standing, due_next, owing_justification
from observatory.plan_rows import AggregateRow
from observatory.sentences.opening import of_node
from observatory.sheets import plan_node, plan_tree
from observatory.sheets.cells import Cell, Grid
from observatory.sheets.plan_average import average_of
from observatory.sheets.plan_compare import board_lead, board_reason, findings_lead
from observatory.sheets.plan_shown import (
    ASSESSED,
    Shown,
    chosen_plan,
    chosen_tab,
    plan_ids,
    shown,
)
from observatory.sheets.plan_words import exact_share, share_text, value_text, weight_text
from observatory.sheets.view import View
from observatory.wording.told import Reference, joined, opens

PERCENT = '0"%"'
MEASURED = frozenset({2, 3, 4, 5})  # columns of figures in a table of results and products


def plan(view: View, item: Item, link: str) -> Chapter:
    """The plan, part, result, product or target that the link asks for; without one, all plans."""
    asked = chosen_plan(view)
    if asked not in plan_ids(view):
        return plan_list(view, item, link)
    found = shown(view, str(asked))
    if (node := found.node(view.state.node)) is not None and node.node_id in found.now:
        return _node(view, item, link, found, node)
    if (promise := found.promise(view.state.node)) is not None:
        return promised_one(view, _chapter(view, item, link, found, "tree"), promise)
    tab = chosen_tab(view, found)
    made = {"tree": promised, "due": dated} if found.tree is None else _OF_STRUCTURE
    chapter = made[tab](view, _chapter(view, item, link, found, tab), found)
    return chapter if chapter.stated else replace(chapter, stated=_all_stated(view, found))


def _all_stated(view: View, found: Shown) -> list[Stated]:
    """Every row of a plan."""
    if found.tree is None:
        return of_promises(view, found.promises)
    return of_nodes(view, found, [node for kind in ASSESSED for node in found.tree.of_kind(kind)])


def _chapter(view: View, item: Item, link: str, found: Shown, tab: str) -> Chapter:
    """What every part says of its plan."""
    w, version = view.words, found.version
    title = found.plan.name(view.lang)
    title = title if tab == "tree" else f"{title}: {w(f'plan.tab.{tab}')}"
    lead = [found.plan.norm(view.lang), "–".join(str(year) for year in (found.plan.starts, found.plan.ends) if year)]
    lead += [w("plan.page.version_is", version=version.version(w.lang))] if version else []
    lead += (
        [w("plan.page.reported_to", period=w.period(version.reported_to))] if version and version.reported_to else []
    )
    notes = [version.note(view.lang)] if version else []
    notes += [w("plan.page.closed_note")] if found.plan.closed else []
    sources = [w("plan.page.source", source=version.source)] if version else []
    return Chapter(item, title, " · ".join(filter(None, lead)), link, notes=list(filter(None, notes)), sources=sources)


def _tree(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """Products and results of the whole plan, objective by objective, then one by one."""
    assert found.tree is not None
    w, tree = view.words, found.tree
    every = [node for kind in ASSESSED for node, _ in found.assessed(kind)]
    if found.is_pending:
        return _pending(view, chapter, tree)
    objectives, products = (len(tree.of_kind(kind)) for kind in ("objective", "product"))
    label = w("plan.page.rings_alt", objectives=objectives, products=products)
    whole = [(kind, found.groups.get(("policy", "", kind))) for kind in ASSESSED[::-1]]
    bars = [_objective_bars(view, found)]
    return replace(
        chapter,
        sayings=[_of_all(view, found, kind, row) for kind, row in whole if row and row.indicators],
        pictures=[rings_picture(view, label, lambda drawn: plan_tree.rings(drawn, found), bars)],
        tables=[_objectives(view, found), _nodes(view, found, every)],
        notes=[*chapter.notes, w("plan.page.capped")],
        has_tables_apart=True,
    )


def _pending(view: View, chapter: Chapter, tree: PlanVersion) -> Chapter:
    """A plan that waits for its official file: what is known, what waits and why, and the codes of its structure."""
    w = view.words
    counts = {f"{kind}s": len(tree.of_kind(kind)) for kind in ("objective", "result", "product")}
    rows = [
        [Cell(node.code), *(_codes(view, tree, node.code, kind) for kind in ASSESSED)]
        for node in tree.of_kind("objective")
    ]
    head = [w(f"plan.kind.{kind}").capitalize() for kind in ("objective", *ASSESSED)]
    said = [w("plan.page.pending_counts", **counts), w("plan.page.pending_lead")]
    return replace(chapter, sayings=said, tables=[Grid(w("plan.page.pending_title"), head, rows)])


def _codes(view: View, tree: PlanVersion, objective: str, kind: str) -> Cell:
    """The codes of the results or products below an objective; that there are none."""
    codes = [node.code for node in tree.of_kind(kind) if node.code.partition(".")[0] == objective]
    return Cell(", ".join(codes)) if codes else Cell(view.words("plan.page.none_of_kind"), is_absent=True)


def _of_all(view: View, found: Shown, kind: str, row: AggregateRow) -> str:
    """`Productos: 61 % de lo que debía estar hecho. Cubre …: 40 cumplidos, …`"""
    w, name = view.words, view.words(f"plan.page.progress_{kind}")
    every = average_of(found)
    counts = joined(
        ", ", [w.count(f"plan.page.count_{status}", count, listed=every) for status, count in row.counts.items()]
    )
    if row.progress is None or row.coverage is None:
        return f"{name}: {w('plan.page.nothing_assessed')}. " + counts + "."
    working = average_of(found)
    covered = w(
        "plan.page.coverage",
        coverage=opens(w.percent(row.coverage, 0), working),
        assessed=row.assessed,
        indicators=row.indicators,
    )
    outside = f" {w.count('plan.page.outside', row.outside)}" if row.outside else ""
    progress = opens(w.percent(row.progress, 0), working)
    told = [f"{name}: ", progress, f" {w('plan.page.of_due')}. ", covered, outside, " ", counts, "."]
    return joined("", told)


def _objective_bars(view: View, found: Shown) -> Bars:
    """Progress of the products of each objective, as the table has it."""
    assert found.tree is not None
    nodes = found.tree.of_kind("objective")
    rows = [found.groups.get(("objective", node.node_id, "product")) for node in nodes]
    values = [None if row is None or row.progress is None else round(row.progress * 100, 6) for row in rows]
    empty = [None] * len(nodes)
    names = [f"{node.code} {plan_tree.bare_name(node)}" for node in nodes]
    said = [share_text(None if value is None else value / 100, view.words) for value in values]
    bars = Bars(
        view.words("plan.page.progress_product"), names, values, empty, empty, frozenset(), frozenset(), PERCENT
    )
    return bars._replace(said=said)


def _objectives(view: View, found: Shown) -> Grid:
    assert found.tree is not None
    names = {node.node_id: f"{node.code} {plan_tree.bare_name(node)}" for node in found.tree.of_kind("objective")}
    return _grouped(view, found, "objective", names, view.words("plan.page.by_objective"))


def _grouped(view: View, found: Shown, group_kind: str, names: dict[str, str], caption: str) -> Grid:
    """Groups with the progress of their products and results, each with its coverage, and how many lag."""
    w = view.words
    rows = [
        [Cell(name), *(_progress(view, found, found.groups.get((group_kind, key, kind))) for kind in ASSESSED[::-1])]
        for key, name in names.items()
    ]
    head = [w("plan.kind.objective").capitalize() if group_kind == "objective" else w(f"plan.column.{group_kind}")]
    return Grid(caption, [*head, w("plan.page.progress_product"), w("plan.page.progress_result")], rows)


def _progress(view: View, found: Shown, row: AggregateRow | None) -> Cell:
    w, working = view.words, average_of(found)
    if row is None:
        return Cell(w("plan.page.none_of_kind"), is_absent=True)
    counts = ", ".join(w.count(f"plan.page.count_{status}", count) for status, count in row.counts.items())
    if row.progress is None or row.coverage is None:
        return Cell(w("plan.page.nothing_assessed"), counts, is_absent=True)
    covered = w("plan.page.coverage_short", coverage=opens(w.percent(row.coverage, 0), working))
    return Cell(opens(w.percent(row.progress, 0), working), covered + f"; {counts}", value=row.progress)


def _nodes(view: View, found: Shown, nodes: Sequence[Node], caption: str = "") -> Grid:
    """Results and products: status, progress, what was reported and due, weight."""
    assert found.tree is not None
    w, tree = view.words, found.tree
    rows = []
    for node in nodes:
        row = found.now[node.node_id]
        href = view.link("plan", (), plan=found.plan.plan_id, ver=view.state.ver, node=node.node_id)
        name = f"{node.code} {plan_tree.bare_name(node) or w('plan.page.name_pending')}"
        kind = " · ".join(filter(None, (w(f"plan.kind.{node.kind}"), node.sector)))
        reported, due = (value_text(tree, node, one, w) for one in (row.accumulated, row.accumulated_target))
        rows.append(
            [
                Cell(name, kind, href),
                _status(view, node, row),
                Cell(share_text(row.share, w), href=href, value=row.share),
                Cell(reported, href=href, value=row.accumulated),
                Cell(due, href=href, value=row.accumulated_target),
                Cell(weight_text(node.weight, w), href=href, value=node.weight),
            ]
        )
    head = [w("plan.page.indicator"), w("plan.page.status"), w("plan.page.progress"), w("plan.page.reported")]
    caption = caption or w("plan.page.rings")
    return Grid(caption, [*head, w("plan.page.due"), w("plan.page.weight")], rows, MEASURED)


def _status(view: View, node: Node, row: Standing) -> Cell:
    w = view.words
    if node.is_pending:
        return Cell(w("plan.pending"), is_absent=True)
    reason = w(f"plan.reason.{row.reason}") if row.reason else w(f"plan.fault.{row.fault}") if row.fault else ""
    return Cell(w(f"status.{row.status}"), reason, status=row.status)


def _due(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """What lags and owes a written reason, what ran over, which reports come next."""
    assert found.tree is not None
    w, by_id = view.words, found.tree.by_id
    owed, sayings, grids = owing_justification(found.now.values()), [], []
    stated = of_nodes(view, found, [by_id[row.node_id] for row in owed])
    for reason, key in (("lag", "lagging"), ("over_execution", "over")):
        nodes = [by_id[row.node_id] for row in owed if row.justification == reason]
        title = w(f"plan.page.{key}_title", n=len(nodes))
        sayings.append(title if nodes or reason != "lag" else w("plan.page.no_lag"))
        grids += [_nodes(view, found, nodes, title)] if nodes else []
    coming = due_next(found.now.values())
    if coming:
        nodes_due = [(row, by_id[row.node_id]) for row in coming]
        rows = [
            [Cell(w.period(row.next_due)), Cell(f"{node.code} {node.indicator or node.name}"), Cell(node.entity)]
            for row, node in nodes_due
        ]
        head = [w("table.period"), w("plan.page.indicator"), w("plan.page.answers")]
        grids.append(Grid(w("plan.page.next_title"), head, rows))
    else:
        sayings.append(w("plan.page.no_periodicity"))
    rules = [w("plan.page.justification_rule"), *([] if found.tree.notes else [w("plan.page.no_notes")])]
    notes = [*chapter.notes, *rules]
    return replace(chapter, sayings=sayings, tables=grids, notes=notes, stated=stated, has_tables_apart=True)


def _groups(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """By sector and by entity."""
    w, grids, sayings = view.words, [], []
    for kind in ("sector", "entity"):
        names = {name: name for of_kind, name, _ in sorted(found.groups) if of_kind == kind and name}
        if names:
            grids.append(_grouped(view, found, kind, names, w(f"plan.page.by_{kind}")))
        else:
            sayings.append(w(f"plan.page.no_{kind}"))
    return replace(chapter, sayings=sayings, tables=grids, notes=[*chapter.notes, w("plan.page.capped")])


def _board(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """Where a public board says something else, and why, cell by cell."""
    w, names = view.words, {} if found.tree is None else found.tree.by_id
    rows = []
    for cell in sorted(found.board, key=lambda one: (one.agreement, one.reason, one.key, one.year)):
        if cell.agreement != "agree":
            node = names.get(cell.node_id)
            said = f"{node.code} {node.indicator or node.name}" if node else cell.node_id
            board, ours = (exact_share(one, w) or w("plan.page.nothing") for one in (cell.board, cell.ours))
            why = board_reason(view, cell.reason)
            measure = w(f"plan.page.measure_{cell.measure}")
            sheet = of_node(found.plan.plan_id, view.state.ver, cell.node_id)
            ends = [Cell(opens(share, sheet)) for share in (board, ours)]
            rows.append([Cell(opens(said, sheet), measure), Cell(str(cell.year)), *ends, Cell(why)])
    head = [w("plan.page.indicator"), w("table.period"), w("plan.page.board_says"), w("plan.page.ours")]
    grid = Grid(w("plan.tab.board"), [*head, w("table.notes")], rows, frozenset({2, 3}))
    notes = [*chapter.notes, w("plan.page.board_note")]
    return replace(chapter, sayings=[board_lead(view, found)], tables=[grid], notes=notes)


def _findings(view: View, chapter: Chapter, found: Shown) -> Chapter:
    """Every rule that cells break, the gravest first."""
    w, findings = view.words, found.tree.findings if found.tree else []
    if not findings:
        return replace(chapter, sayings=[w("plan.page.no_findings")])
    ordered = sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.rule))
    rows = [
        [
            Cell(one.cell or one.code, w(f"plan.severity.{one.severity}")),
            Cell(w(f"plan.finding.{one.rule}")),
            Cell(one.found),
            Cell(one.expected),
        ]
        for one in ordered
    ]
    head = [w("plan.column.cell"), w("plan.column.rule"), w("plan.column.found"), w("plan.column.expected")]
    return replace(chapter, sayings=[findings_lead(view, findings)], tables=[Grid(w("plan.tab.findings"), head, rows)])


_OF_STRUCTURE = {"tree": _tree, "due": _due, "groups": _groups, "board": _board, "findings": _findings}


def _of_sheet(rows: Sequence[Sequence[str]], sheet: Reference) -> list[list[Cell]]:
    """Rows whose figures open the sheet they are worked out on; the first column names a period."""
    return [[Cell(first), *(Cell(opens(text, sheet)) for text in rest)] for first, *rest in rows]


def _node(view: View, item: Item, link: str, found: Shown, node: Node) -> Chapter:
    """One result or product: how it stands, year by year, and what the plan states of it."""
    assert found.tree is not None
    w, row, chapter = view.words, found.now[node.node_id], _chapter(view, item, link, found, "tree")
    status = _status(view, node, row)
    sheet = of_node(found.plan.plan_id, view.state.ver, node.node_id)
    done, due = (
        opens(value_text(found.tree, node, one, w) or "–", sheet) for one in (row.accumulated, row.accumulated_target)
    )
    key = Key(
        value=exact_share(row.share, w) or status.text,
        unit=w("plan.page.of_due") if row.share is not None else "",
        note=" · ".join(filter(None, (w.period(row.cut), status.note))),
        marks=[] if node.is_pending else [Mark(row.status, w(f"status.{row.status}"))],
        more=[f"{w('plan.page.reported')}: " + done, f"{w('plan.page.due')}: " + due],
        href=link,
    )
    head, rows = plan_node.year_rows(view, found, node)
    numeric = frozenset(range(1, len(head) - 1))
    years = [Grid(w("plan.page.years"), head, _of_sheet(rows, sheet), numeric)] if rows else []
    facts = facts_grid(view, {key: opens(text, sheet) for key, text in plan_node.node_facts(view, found, node).items()})
    name = node.indicator or node.name or w("plan.page.name_pending")
    lead = f"{w(f'plan.kind.{node.kind}').capitalize()} {node.code} · {chapter.title}"
    stated = of_nodes(view, found, [node])
    return replace(chapter, title=name, lead=lead, key=key, tables=[*years, facts], stated=stated)
