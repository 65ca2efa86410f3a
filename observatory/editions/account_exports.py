"""The accounts of one source as files for those who publish it: what became of every row, and which rows to mend.

Each row to mend stands with file, row, column, published value, rule and what is expected, in the reader's language;
codes of rules stand beside their words, so that a machine may read the sheet too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from observatory.rows.account import AccountRow, CaptureRow, RejectedRow
from observatory.rows.catalogue import SourceRow
from observatory.tabular import Cell, Sheet, as_csv, as_xlsx, one_line, safe
from observatory.wording import Lang, Words
from observatory.wording.rules import hint_words, rule_words

Lines = list[list[Cell]]


@dataclass(frozen=True)
class AccountContext:
    """All that an edition says of what came in for a source."""

    edition_id: str
    built_on: dt.date
    link: str
    lang: Lang
    source: SourceRow
    captures: Sequence[CaptureRow]
    accounts: Sequence[AccountRow]
    rejected: Sequence[RejectedRow]


def accounts_csv(context: AccountContext) -> bytes:
    """Plain CSV of the rows to mend; the accounts themselves are a table of their own, in the workbook."""
    words, source = Words(context.lang), context.source
    about = [f"{source.publisher}, {source.dataset(context.lang)}", context.edition_id, context.link]
    head, *lines = rejected_lines(context)
    told = [words(f"export.{key}") for key in ("source", "edition", "link")]
    return as_csv([[*head, *told], *([*line, *about] for line in lines)])


def accounts_xlsx(context: AccountContext) -> bytes:
    """A workbook of three sheets: accounts, rows to mend, and where they come from."""
    words = Words(context.lang)
    return as_xlsx(
        [
            Sheet(words("accounting.sheet_accounts"), account_lines(context)),
            Sheet(words("accounting.sheet_rejected"), rejected_lines(context)),
            Sheet(words("accounting.sheet_about"), about(context), is_table=False),
        ]
    )


def account_lines(context: AccountContext) -> Lines:
    """What became of the rows, with a header."""
    words = Words(context.lang)
    lines: Lines = [[words(f"accounting.{key}") for key in ("stage", "file", "outcome", "rule", "code", "rows")]]
    for row in context.accounts:
        stage, outcome = words(f"stage.{row.stage}"), words(f"outcome.{row.outcome}")
        lines.append([stage, safe(row.file), outcome, rule_words(words, row.rule), row.rule, row.rows])
    return lines


def rejected_lines(context: AccountContext) -> Lines:
    """The rows to mend, with a header."""
    words = Words(context.lang)
    keys = ("file", "row", "column", "value", "rule", "code", "hint")
    lines: Lines = [[words(f"accounting.{key}") for key in keys]]
    for row in context.rejected:
        place = [safe(row.file), row.row_number, safe(row.column_name), safe(row.value or "")]
        lines.append([*place, rule_words(words, row.rule), row.rule, safe(hint_words(words, row.hint))])
    return lines


def about(context: AccountContext) -> list[tuple[str, str]]:
    """What the file says about itself, as (what, text)."""
    words, source = Words(context.lang), context.source
    lines = [
        (words("export.source"), f"{source.publisher}, {source.dataset(context.lang)} ({source.source_id})"),
        (words("export.address"), source.found_at(context.lang)),
        (words("export.cutoff"), source.cutoff.isoformat()),
        *(line for row in context.captures for line in _came(row, words)),
        (words("export.edition"), context.edition_id),
        (words("export.built_on"), context.built_on.isoformat()),
        (words("export.link"), context.link),
    ]
    title = words("accounting.sheet_accounts")
    lines += [(title, balance(words, context.accounts, stage)) for stage in stages(context.accounts)]
    return [(key, one_line(text)) for key, text in lines]


def _came(row: CaptureRow, words: Words) -> list[tuple[str, str]]:
    told = f"{words(f'capture.kind.{row.kind}')}: {row.path} · sha256 {row.sha256}"
    why = f" · {words(f'capture.reason.{row.reason}')}: {row.detail}" if row.reason else ""
    lines = [(words("accounting.capture"), told + why)]
    if row.retrieved is not None:
        lines.append((words("accounting.retrieved"), f"{row.retrieved.isoformat()} · {row.taken_from or ''}"))
    return lines


def stages(accounts: Sequence[AccountRow]) -> list[str]:
    """The stages that accounts have, in order."""
    present = {row.stage for row in accounts}
    return [stage for stage in ("file", "file_kept", "figures") if stage in present]


def balance(words: Words, accounts: Sequence[AccountRow], stage: str) -> str:
    """One stage's sum: rows in are those used, excluded and quarantined."""
    of_stage = [row for row in accounts if row.stage == stage]
    sums = {
        outcome: words.number(sum(row.rows for row in of_stage if row.outcome == outcome))
        for outcome in ("observed", "excluded", "quarantined")
    }
    told = words("accounting.balance", n=words.number(sum(row.rows for row in of_stage)), **sums)
    return f"{words(f'stage.{stage}')}: {told}"
