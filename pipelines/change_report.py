"""The change report of two editions as text, as a table (CSV) or as JSON."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Literal

from observatory.editions.diff import Report, difference
from observatory.editions.diff_words import COLUMNS, Names, table, text
from observatory.editions.opening import current_path, open_edition, path_of
from observatory.wording import Lang, words

Form = Literal["text", "table", "json"]


def change_report(editions: Path, before: str, after: str, form: Form, lang: Lang) -> tuple[Report, str]:
    """What changed between two editions, and how it is told.

    Args:
        editions: their folder.
        before, after: ids; `current` is the current one.
        form: text in words, table as CSV, or JSON.
        lang: of the text.

    Raises:
        EditionError: one of them is not there or cannot be compared.
    """
    old, new = (open_edition(_path(name, editions)) for name in (before, after))
    report = difference(old, new)
    if form == "json":
        return report, json.dumps(report.as_plain(), ensure_ascii=False, indent=2) + "\n"
    if form == "table":
        return report, _csv(report)
    return report, text(report, words(lang), Names.of(new, words(lang)))


def _path(name: str, editions: Path) -> Path:
    return current_path(editions) if name == "current" else path_of(name, editions)


def _csv(report: Report) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(table(report))
    return buffer.getvalue()
