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
from observatory.sheets.marks import tag
from observatory.sheets.table import table
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
    """Rows in = observed + excluded + quarantined, per stage and file."""
    if not rows:
        return ""
    w = view.words
    head = [w("table.file"), w("table.outcome"), w("table.rule"), w("table.rows")]
    body = [
        [
            escape(f"{w(f'stage.{row.stage}')}: {row.file}"),
            escape(w(f"outcome.{row.outcome}")),
            escape(rule_words(w, row.rule)),
            escape(w.number(row.rows)),
        ]
        for row in rows
    ]
    sums = "".join(tag("p", balance(w, rows, stage), "obs-note") for stage in stages(rows))
    return table(w("sources.accounts"), head, body, numeric=frozenset({3})) + sums


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
    return table(w("sources.rejected", n=w.number(len(rows))), head, body)
