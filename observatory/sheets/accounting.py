"""What became of every row of a source, as tables: its accounts, and the rows that are quarantined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias

from observatory.editions import reads
from observatory.editions.account_exports import balance, stages
from observatory.editions.opening import Edition
from observatory.rows.account import AccountRow, CaptureRow, RejectedRow
from observatory.sentences.grammar import capital
from observatory.sheets.marks import anchor, tag
from observatory.sheets.table import folded, table
from observatory.sheets.view import View
from observatory.wording.rules import hint_words, rule_words

SHOWN = 100


@dataclass
class CameIn:
    """What came in for a source and what became of it; `locked`: the list of its captures could not be read."""

    captures: list[CaptureRow] = field(default_factory=list)
    accounts: list[AccountRow] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    locked: bool = False


Came: TypeAlias = defaultdict[str, CameIn]


def came_in(edition: Edition) -> Came:
    """What came in, by source."""
    found: Came = defaultdict(CameIn)
    for capture in reads.captures(edition):
        found[capture.source_id].captures.append(capture)
    for account in reads.accounts(edition):
        found[account.source_id].accounts.append(account)
    for row in reads.rejected(edition):
        found[row.source_id].rejected.append(row)
    for check in reads.checks(edition):
        if check.check_id == "captures_read" and check.detail.startswith("lock_damaged"):
            found[check.subject].locked = True
    return found


def accounts_html(view: View, rows: Sequence[AccountRow]) -> str:
    """Rows in = observed + excluded + quarantined, a line per stage and file with the reasons of what is not used."""
    if not rows:
        return ""
    w = view.words
    head = [w("table.file"), w("sources.came"), w("sources.used"), w("sources.left_out")]
    files: dict[tuple[str, str], list[AccountRow]] = {}
    for row in rows:
        files.setdefault((row.stage, row.file), []).append(row)
    body = [
        [
            f"{escape(w(f'stage.{stage}'))}<small>{escape(file)}</small>",
            escape(w.number(sum(row.rows for row in found))),
            escape(w.number(sum(row.rows for row in found if row.outcome == "observed"))),
            "".join(f"<div>{escape(_lost(view, row))}</div>" for row in found if row.outcome != "observed"),
        ]
        for (stage, file), found in files.items()
    ]
    sums = "".join(tag("p", balance(w, rows, stage), "obs-note") for stage in stages(rows))
    css = "obs-stack obs-accounts"
    return table(w("sources.accounts"), head, body, numeric=frozenset({1, 2}), css=css) + sums


def _lost(view: View, row: AccountRow) -> str:
    w = view.words
    key = "sources.held" if row.outcome == "quarantined" else "sources.excluded"
    return w(key, n=w.number(row.rows), rule=rule_words(w, row.rule))


def lost_html(view: View, came: Came) -> str:
    """Every reason for which rows of any source are not used, the one that takes most first."""
    w = view.words
    found: dict[tuple[str, str, str], list[AccountRow]] = {}
    for row in (row for one in came.values() for row in one.accounts if row.outcome != "observed"):
        found.setdefault((row.stage, row.outcome, row.rule), []).append(row)
    if not found:
        return ""
    head = [w("table.rule"), w("table.outcome"), w("table.file"), w("table.source"), w("table.rows")]
    ordered = sorted(found.items(), key=lambda item: -sum(row.rows for row in item[1]))
    body = [
        [
            escape(capital(rule_words(w, rule))),
            escape(w(f"outcome.{outcome}")),
            escape(w(f"stage.{stage}")),
            _of_sources(view, rows),
            escape(w.number(sum(row.rows for row in rows))),
        ]
        for (stage, outcome, rule), rows in ordered
    ]
    drawn = table(w("sources.lost"), head, body, numeric=frozenset({4}), css="obs-titled obs-stack obs-lost")
    return folded(w("sources.lost"), tag("p", w("sources.lost_lead"), "obs-note") + drawn)


def _of_sources(view: View, rows: Sequence[AccountRow]) -> str:
    """The sources that rows belong to, each with a link to its record."""
    links = {}
    for row in rows:
        source = view.book.sources[row.source_id]
        links[row.source_id] = anchor(view.link("sources", src=row.source_id), source.dataset(view.lang))
    return "".join(f"<div>{link}</div>" for link in links.values())


def rejected_html(view: View, rows: Sequence[RejectedRow]) -> str:
    """The first quarantined rows, each with what is expected; the sheet to download holds all."""
    if not rows:
        return ""
    w = view.words
    head = [w("table.file"), w("table.row"), w("table.column"), w("table.value"), w("table.rule"), w("table.hint")]
    body = [
        [
            escape(row.file),
            str(row.row_number),
            escape(row.column_name),
            escape(row.value or ""),
            escape(rule_words(w, row.rule)),
            escape(hint_words(w, row.hint)),
        ]
        for row in rows[:SHOWN]
    ]
    return table(w("sources.rejected", n=w.number(len(rows))), head, body, css="obs-stack")
