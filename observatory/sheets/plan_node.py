"""One result or product of a plan, or one target of the catalogue: its status with the working, year by year."""

from __future__ import annotations

from html import escape

from observatory.plan import Node, PlanVersion, Report
from observatory.plan_progress import Standing
from observatory.rows.catalogue import IndicatorRow
from observatory.sheets.marks import anchor, heading, status_mark, tag, told
from observatory.sheets.plan_shown import Promise, Shown, shown
from observatory.sheets.plan_tree import status_cell
from observatory.sheets.plan_words import amount, exact_share, share_text, stated_text, value_text, weight_text
from observatory.sheets.promised import milestones_text
from observatory.sheets.table import table
from observatory.sheets.view import View
from observatory.wording import Words


def node_sheet(view: View, plan: Shown, node: Node) -> str:
    """The sheet of a result or product."""
    assert plan.tree is not None
    assert plan.version is not None
    w, row = view.words, plan.now[node.node_id]
    name = node.indicator or node.name or w("plan.page.name_pending")
    kind = f"{w(f'plan.kind.{node.kind}').capitalize()} {node.code}"
    parent = plan.tree.by_id.get(node.parent_id)
    above = "" if parent is None else f"{parent.name or parent.code}"
    status = f'<p class="obs-marks">{status_cell(view, node, row)}</p>'
    parts = [
        _back(view, plan),
        tag("p", f"{kind} · {above}" if above else kind, "obs-crumb"),
        heading(1, name),
        status,
        _measured(view, node.indicator_id, row.status),
        _working(view, plan.tree, node, row),
        _years(view, plan, node),
        _facts(view, plan, node),
    ]
    return "".join(parts)


def _back(view: View, plan: Shown) -> str:
    return f"<p>{anchor(view.here(node=None, plan=plan.plan.plan_id), '← ' + plan.plan.name(view.lang))}</p>"


def _measured(view: View, indicator_id: str, status: str = "") -> str:
    """A link to the indicator that measures it, where one does; its own status and why where that is not `status`."""
    if indicator_id not in view.book.indicators:
        return ""
    w, indicator = view.words, view.book.indicators[indicator_id]
    link = anchor(view.link("indicator", ind=(indicator_id,), loc=()), indicator.label(view.lang))
    there = view.book.against_target(indicator_id)
    line = f"<p>{escape(w('plan.page.measured_by'))} {link}</p>"
    if there is None or status in ("", there.status):
        return line
    why = w(f"reason.{there.reason}") if there.reason else ""
    mark = f"{escape(w('plan.page.status_there'))} {status_mark(view, there.status)} {tag('small', why)}"
    return f'{line}<p class="obs-marks">{mark}</p>{tag("p", w("plan.page.status_differs"), "obs-note")}'


def followed_up(view: View, indicator: IndicatorRow) -> str:
    """How the follow-up of its plan rates what an indicator measures, where that is another status; empty elsewhere."""
    w, here = view.words, view.book.against_target(indicator.indicator_id)
    plans = dict.fromkeys(row.plan_id for row in view.book.targets_of(indicator.indicator_id))
    lines = []
    for plan in (shown(view, plan_id) for plan_id in plans if here and view.book.versions_of(plan_id)):
        nodes = plan.tree.by_id.values() if plan.tree else ()
        for node in (one for one in nodes if one.indicator_id == indicator.indicator_id and one.node_id in plan.now):
            row = plan.now[node.node_id]
            if here is None or row.status == here.status:
                continue
            href = view.link("plan", (), plan=plan.plan.plan_id, node=node.node_id)
            named = anchor(href, f"{plan.plan.name(view.lang)}, {node.code}")
            is_older = row.last_report and row.last_report[:4] != row.cut[:4]
            of = f" · {w('working.follow_up_report', period=w.period(row.last_report))}" if is_older else ""
            at = escape(w.period(row.cut) + of)
            share = "" if row.share is None else anchor(href, share_text(row.share, w), "obs-fig")
            said = f"{escape(w('working.followed_up'))} {named} ({at}): {status_cell(view, node, row)} {share}"
            lines.append(f'<p class="obs-marks">{said}</p>')
    return "".join([*lines, tag("p", w("working.follow_up_differs"), "obs-note")]) if lines else ""


def _working(view: View, tree: PlanVersion, node: Node, row: Standing) -> str:
    """The formula of its type filled with numbers; only what is known of it when there is no verdict."""
    w = view.words
    if node.is_pending:
        return tag("p", w("plan.reason.pending"), "obs-empty-note")

    def said(value: float | None) -> str:
        return value_text(tree, node, value, w) or "–"

    filled = {
        "done": said(row.accumulated),
        "due": said(row.accumulated_target),
        "start": said(row.baseline),
        "share": exact_share(row.share, w),
    }
    parts = [
        heading(2, w("plan.page.working")),
        tag("p", w(f"plan.page.{_formula(node, row)}", **filled), "obs-formula"),
    ]
    about = w("plan.page.about_cut", cut=w.period(row.cut), type=w(f"plan.annualization.{node.annualization}"))
    parts.append(tag("p", about, "obs-note"))
    if row.baseline_kind not in ("declared", "not_used"):
        parts.append(tag("p", w(f"plan.page.baseline_{row.baseline_kind}"), "obs-note"))
    if row.final_share is not None and row.gap is not None:
        final = w("plan.page.final", share=exact_share(row.final_share, w), gap=w.signed(row.gap * 100, 1))
        parts.append(tag("p", final))
    if row.justification:
        written = "written" if row.is_justified else row.justification
        parts.append(tag("p", w(f"plan.justification.{written}"), "obs-empty-note"))
    return "".join(parts)


def year_rows(view: View, plan: Shown, node: Node) -> tuple[list[str], list[list[str]]]:
    """Target, report and share of every year or quarter, with what was wrong with the cell and what a board says."""
    assert plan.tree is not None
    w, tree = view.words, plan.tree
    made: dict[int, list[Report | None]] = {}
    for item in tree.reports_of(node.node_id):
        made.setdefault(item.year, []).append(item)
    years = sorted(made | tree.targets_of(node.node_id))
    rows = [_year_cells(view, plan, node, year, item) for year in years for item in made.get(year, [None])]
    head = [w("table.period"), w("plan.page.target"), w("plan.page.reported"), w("plan.page.of_year")]
    return [*head, w("plan.page.to_date"), *([w("plan.page.board_says")] if plan.board else []), w("table.notes")], rows


def _formula(node: Node, row: Standing) -> str:
    """Wording key of the formula behind a status; a level not to be exceeded is kept or not, without a share."""
    if row.share is not None:
        return f"formula_{'level' if node.annualization in ('increasing', 'decreasing') else node.annualization}"
    without = {"on_track": "formula_kept", "lagging": "formula_exceeded"}
    return without.get(row.status, "no_verdict")


def _years(view: View, plan: Shown, node: Node) -> str:
    """The years as a table; that there are none."""
    head, rows = year_rows(view, plan, node)
    title = view.words("plan.page.years")
    if not rows:
        return tag("p", view.words("plan.page.no_years"), "obs-empty-note")
    cells = [[*(escape(text) for text in row[:-1]), tag("small", row[-1])] for row in rows]
    numeric = frozenset(range(1, len(head) - 1))
    return heading(2, title) + table(title, head, cells, numeric=numeric, css="obs-years obs-titled")


def _year_cells(view: View, plan: Shown, node: Node, year: int, item: Report | None) -> list[str]:
    """A year, or one quarter of it where it is reported by quarter."""
    assert plan.tree is not None
    w, tree = view.words, plan.tree
    quarter = item.quarter if item else 0
    cut = f"{year}-Q{quarter or 4}"
    at = next((row for row in plan.standings if (row.node_id, row.cut) == (node.node_id, cut)), None)
    target = tree.targets_of(node.node_id).get(year)
    notes = [w(f"plan.fault.{item.fault}")] if item and item.fault else []
    promised = value_text(tree, node, target.value, w) or stated_text(target.text, w) if target else ""
    reported = _stated(tree, node, item, w) if item else w("absence.not_published")
    cells = [w.period(cut) if quarter else str(year), promised, reported]
    cells += [exact_share(at.year_share, w), exact_share(at.share, w)] if at else ["", ""]
    if plan.board:
        board, why = _board(view, plan, node, year)
        cells.append(board)
        notes.append(why)
    notes.append(item.cell if item else "")
    return [*cells, " · ".join(dict.fromkeys(filter(None, notes)))]


def _stated(tree: PlanVersion, node: Node, item: Report, words: Words) -> str:
    """The cell of a report; its bare number where it is in another scale than the series."""
    if item.value is not None and item.fault in ("written_as_percent", "scale_unknown"):
        return stated_text(repr(item.value), words)
    return value_text(tree, node, item.value, words) or item.text


def _board(view: View, plan: Shown, node: Node, year: int) -> tuple[str, str]:
    """What a public board says of the year, and why it differs."""
    w, asked = view.words, (node.node_id, year, "share_of_year")
    cell = next((one for one in plan.board if (one.node_id, one.year, one.measure) == asked), None)
    if cell is None or cell.board is None:
        return "", ""
    key = f"plan.board.{cell.reason}"
    said = w(key if w.has(key) else f"plan.fault.{cell.reason}") if cell.reason else ""
    return exact_share(cell.board, w), said


def node_facts(view: View, plan: Shown, node: Node) -> dict[str, str]:
    """What the plan states of the indicator, by the key of its name; why where it states nothing."""
    assert plan.tree is not None
    assert plan.version is not None
    w, tree = view.words, plan.tree
    baseline = value_text(tree, node, node.baseline_value, w) or node.baseline_text
    period = f"{node.starts[:4]}–{node.ends[:4]}" if node.starts or node.ends else ""
    facts = {
        "annualization": w(f"plan.annualization.{node.annualization}") if node.annualization else "",
        "weight": weight_text(node.weight, w),
        "baseline": f"{baseline} ({node.baseline_year})" if baseline and node.baseline_year else baseline,
        "final_target": value_text(tree, node, node.final_target, w) or node.final_target_text,
        "in_execution": period,
        "periodicity": w(f"plan.periodicity.{node.periodicity}") if node.periodicity else "",
        "sector": node.sector,
        "entity": " · ".join(filter(None, (node.entity, node.office, node.co_responsible))),
        "next_due": w.period(plan.now[node.node_id].next_due) if plan.now[node.node_id].next_due else "",
        "version": plan.version.version(w.lang),
        "cell": node.cell,
    }
    silent = w("plan.pending") if plan.is_pending else w("plan.page.not_published")
    return {key: text or silent for key, text in facts.items()}


def _facts(view: View, plan: Shown, node: Node) -> str:
    """What the plan states of the indicator, and its approved changes."""
    assert plan.tree is not None
    w, tree = view.words, plan.tree
    lines = "".join(
        f"{tag('dt', w(f'plan.page.fact_{key}'))}<dd>{escape(text)}</dd>"
        for key, text in node_facts(view, plan, node).items()
    )
    changes = [item for item in tree.adjustments if item.node_id == node.node_id]
    said = "".join(tag("li", f"{item.date}: {item.text}") for item in changes)
    adjusted = f"{heading(2, w('plan.page.adjustments'))}<ul>{said}</ul>" if changes else ""
    return f"{heading(2, w('plan.page.states'))}<dl>{lines}</dl>{adjusted}"


def promise_facts(view: View, promise: Promise) -> dict[str, str]:
    """What is known of a target, by the key of its name; that it is not published where nothing is."""
    w, first, english = view.words, promise.first, view.lang == "en"
    unit = first.unit_en if english else first.unit_es
    stated = (first.baseline_en if english else first.baseline_es) or ""
    is_change = first.kind == "percent_change"  # its baseline is a level, in a unit that the text names
    baseline = stated if is_change else amount(first.baseline_value, first.unit_es, w) or stated
    facts = {
        "promised": milestones_text(view, promise.milestones),
        "unit": unit,
        "kind": w(f"plan.target_kind.{first.kind}"),
        "baseline": " ".join(filter(None, (baseline, f"({first.baseline_period})" if first.baseline_period else ""))),
        "applies_to": first.territory_en if english else first.territory_es,
        "confidence": f"{w(f'role.{first.role}')}, {w(f'seen.{first.seen}')}",
        "article": first.article(view.lang),
        "source": first.source(view.lang),
        "note": " ".join(filter(None, (first.fit_en, first.note_en) if english else (first.fit_es, first.note_es))),
    }
    return {key: text or w("plan.page.not_published") for key, text in facts.items()}


def promise_sheet(view: View, plan: Shown, promise: Promise) -> str:
    """The sheet of a target of the catalogue."""
    w, first = view.words, promise.first
    name = first.name_en if view.lang == "en" else first.name_es
    lines = "".join(
        f"{tag('dt', w(f'plan.page.fact_{key}'))}{told(view, 'dd', text)}"
        for key, text in promise_facts(view, promise).items()
    )
    return "".join(
        [
            _back(view, plan),
            tag("p", first.target_id, "obs-crumb"),
            heading(1, name),
            f'<p class="obs-marks">{promise_status(view, promise)}</p>',
            _measured(view, first.indicator_id or ""),
            f"<dl>{lines}</dl>",
        ]
    )


def promise_status(view: View, promise: Promise) -> str:
    """Its status with the reason, or that nothing measures it."""
    w = view.words
    if promise.indicator is None:
        key = "not_measured" if promise.first.role != "reference" else "reference"
        return status_mark(view, "no_target", w(f"plan.page.{key}"))
    if promise.progress is None:
        return status_mark(view, "no_target", w("plan.page.reference"))
    row = promise.progress
    reason = tag("small", w(f"reason.{row.reason}")) if row.reason else ""
    return status_mark(view, row.status) + reason
