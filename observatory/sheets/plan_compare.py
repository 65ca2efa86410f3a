"""What a public board says beside ours and why, and what the rules found in the plan's own cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from html import escape

from observatory.plan import Finding
from observatory.plan_findings import SEVERITIES
from observatory.plan_rows import BoardCell
from observatory.plan_rules import DISTRICT_RULES
from observatory.sentences.opening import of_node
from observatory.sheets.marks import anchor, heading, tag, told
from observatory.sheets.plan_shown import Shown
from observatory.sheets.plan_words import exact_share
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.wording.told import Reference, opens


def board(view: View, plan: Shown) -> str:
    """The part `board`: how many percentages agree, and every reason why others do not, with its cells."""
    w, cells = view.words, plan.board
    counts = Counter(cell.agreement for cell in cells)
    lead = board_lead(view, plan)
    by_reason: dict[tuple[str, str], list[BoardCell]] = defaultdict(list)
    for cell in cells:
        if cell.agreement != "agree":
            by_reason[cell.agreement, cell.reason].append(cell)
    parts = [tag("p", lead, "obs-counted"), tag("p", w("plan.page.board_note"), "obs-note")]
    for agreement in ("differ", "only_board", "only_ours"):
        found = [(reason, rows) for (kind, reason), rows in by_reason.items() if kind == agreement]
        if found:
            parts.append(heading(2, w(f"plan.page.board_{agreement}", n=counts[agreement])))
            parts += [_reason(view, plan, *pair) for pair in sorted(found, key=lambda pair: -len(pair[1]))]
    return "".join(parts)


def board_lead(view: View, plan: Shown) -> str:
    """How many percentages agree with the board's, and how many do not."""
    w, counts = view.words, Counter(cell.agreement for cell in plan.board)
    version = None if plan.version is None or plan.version.is_current else plan.version.version_code
    page = Reference("plan", (("plan", plan.plan.plan_id), ("ver", version), ("tab", "board"), ("node", None)))
    told = {
        "n": w.number(len(plan.board)),
        "agree": w.number(counts["agree"]),
        "share": w.percent(counts["agree"] / len(plan.board), 0),
        "differ": str(counts["differ"]),
        "board": str(counts["only_board"]),
        "ours": str(counts["only_ours"]),
    }
    return w("plan.page.board_lead", **{name: opens(text, page) for name, text in told.items()})


def board_reason(view: View, reason: str) -> str:
    """Why a board's percentage is not ours."""
    w = view.words
    return w(f"plan.board.{reason}" if w.has(f"plan.board.{reason}") else f"plan.fault.{reason}")


def _reason(view: View, plan: Shown, reason: str, cells: Sequence[BoardCell]) -> str:
    """A reason in words, one example with its numbers, and all its cells behind it."""
    w = view.words
    said = board_reason(view, reason)
    telling = max(cells, key=lambda cell: (cell.kind == "result", abs((cell.board or 0) - (cell.ours or 0)), cell.year))
    sheet = of_node(plan.plan.plan_id, view.state.ver, telling.node_id)
    said_by = (("board", telling.board), ("ours", telling.ours))
    example = w(
        "plan.page.board_example",
        name=opens(_name(plan, telling.node_id), sheet),
        year=telling.year,
        **{name: opens(exact_share(share, w) or w("plan.page.nothing"), sheet) for name, share in said_by},
    )
    rows = [_board_cells(view, plan, cell) for cell in cells]
    head = [w("plan.page.indicator"), w("table.period"), w("plan.page.compared"), w("plan.page.board_says")]
    caption = w("plan.page.board_cells", n=len(cells))
    body = table(caption, [*head, w("plan.page.ours")], rows, numeric=frozenset({3, 4}), css="obs-titled")
    texts = tag("p", said) + told(view, "p", example, "obs-note")
    return f'<section class="obs-target">{texts}{folded(caption, body)}</section>'


def _name(plan: Shown, node_id: str) -> str:
    node = plan.node(node_id)
    return f"{node.code} {node.indicator or node.name}" if node else node_id


def _board_cells(view: View, plan: Shown, cell: BoardCell) -> list[str]:
    w = view.words
    nothing, href = w("plan.page.nothing"), view.here(node=cell.node_id, tab=None)
    return [
        anchor(href, _name(plan, cell.node_id)),
        str(cell.year),
        escape(w(f"plan.page.measure_{cell.measure}")),
        *(anchor(href, exact_share(share, w) or nothing, "obs-fig") for share in (cell.board, cell.ours)),
    ]


def findings(view: View, plan: Shown) -> str:
    """The part `findings`: every rule that cells break, the gravest first, with the addresses to mend."""
    w = view.words
    found = plan.tree.findings if plan.tree else []
    if not found:
        return tag("p", w("plan.page.no_findings"), "obs-empty-note")
    by_rule: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for item in found:
        by_rule[SEVERITIES.index(item.severity), item.rule].append(item)
    parts = [tag("p", findings_lead(view, found)), tag("p", w("plan.page.findings_note"), "obs-note")]
    parts += [_rule(view, plan, rule, rows) for (_, rule), rows in sorted(by_rule.items())]
    return "".join(parts)


def findings_lead(view: View, found: Sequence[Finding]) -> str:
    """How many cells break a rule, by gravity."""
    w, counts = view.words, Counter(item.severity for item in found)
    said = ", ".join(w.count(f"plan.page.count_{one}", counts[one]) for one in SEVERITIES if counts[one])
    return w("plan.page.findings_lead", counts=said)


def _rule(view: View, plan: Shown, rule: str, rows: Sequence[Finding]) -> str:
    w = view.words
    district = f" ({w('plan.column.district_rule')} {DISTRICT_RULES[rule]})" if rule in DISTRICT_RULES else ""
    severity = w(f"plan.severity.{rows[0].severity}").capitalize()
    summary = f"{severity} · {len(rows)} · {w(f'plan.finding.{rule}')}{district}"
    head = [w("plan.column.cell"), w("plan.page.indicator"), w("plan.column.found"), w("plan.column.expected")]
    cells = [
        [escape(item.cell or item.code), _linked(view, plan, item), escape(item.found), escape(item.expected)]
        for item in rows
    ]
    return folded(summary, table(w(f"plan.finding.{rule}"), head, cells, css="obs-titled obs-cells"))


def _linked(view: View, plan: Shown, item: Finding) -> str:
    node = plan.node(item.node_id)
    if node is None or node.kind == "objective":
        return escape(_name(plan, item.node_id) if item.node_id else "")
    return anchor(view.here(node=item.node_id, tab=None), _name(plan, item.node_id))
