"""What the rules found in a plan, in words, as a file the responsible entity can mend its workbook from."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

from observatory.plan import Finding, Header, Node
from observatory.plan_rules import DISTRICT_RULES
from observatory.wording import Lang, Words

COLUMNS = (
    "severity",
    "kind",
    "code",
    "name",
    "sector",
    "entity",
    "cell",
    "explanation",
    "found",
    "expected",
    "rule",
    "district_rule",
)
SEVERITIES = ("error", "warning", "notice")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class FindingLine(NamedTuple):
    """A finding as a reader sees it; fields in the order of `COLUMNS`."""

    severity: str
    kind: str
    code: str
    name: str
    sector: str
    entity: str
    cell: str
    explanation: str
    found: str
    expected: str
    rule: str
    district_rule: str


def finding_lines(findings: list[Finding], nodes: dict[str, Node], lang: Lang) -> list[FindingLine]:
    """Findings in words, the gravest first, each with the indicator it is about.

    Args:
        findings: of one version of a plan.
        nodes: its nodes by id.
        lang: language of the words; names stay as published.
    """
    words = Words(lang)
    ordered = sorted(findings, key=lambda item: SEVERITIES.index(item.severity))
    return [_line(item, nodes.get(item.node_id), words) for item in ordered]


def _line(item: Finding, node: Node | None, words: Words) -> FindingLine:
    return FindingLine(
        severity=words(f"plan.severity.{item.severity}"),
        kind=words(f"plan.kind.{node.kind}") if node else "",
        code=item.code,
        name=(node.indicator or node.name) if node else "",
        sector=node.sector if node else "",
        entity=node.entity if node else "",
        cell=item.cell,
        explanation=words(f"plan.finding.{item.rule}"),
        found=item.found,
        expected=item.expected,
        rule=item.rule,
        district_rule=DISTRICT_RULES.get(item.rule, ""),
    )


def findings_csv(lines: list[FindingLine], header: Header, lang: Lang) -> bytes:
    """UTF-8 CSV with a byte-order mark, for spreadsheets; first lines, led by `#`, say which plan and file."""
    words, text = Words(lang), io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([f"# {line}"] for line in _about(header, lang))
    writer.writerow(_titles(words))
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    return ("\ufeff" + text.getvalue()).encode()


def findings_xlsx(lines: list[FindingLine], header: Header, lang: Lang) -> bytes:
    """A workbook with one sheet: which plan and file, then the findings under fixed headings."""
    from xlsxwriter import Workbook

    words, stream = Words(lang), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        sheet, bold = book.add_worksheet(words("plan.findings_sheet")), book.add_format({"bold": True})
        about = _about(header, lang)
        for row, text in enumerate(about):
            sheet.write_string(row, 0, text)
        sheet.write_row(len(about), 0, _titles(words), bold)
        for row, line in enumerate(lines, len(about) + 1):
            sheet.write_row(row, 0, line)
        sheet.freeze_panes(len(about) + 1, 0)
        sheet.autofilter(len(about), 0, len(about) + len(lines), len(COLUMNS) - 1)
    return stream.getvalue()


def _about(header: Header, lang: Lang) -> list[str]:
    name = f"{header.name.in_language(lang)} ({header.norm}), {header.version}"
    return [name, *filter(None, (header.source, header.follow_up))]


def _titles(words: Words) -> list[str]:
    return [words(f"plan.column.{column}") for column in COLUMNS]


def _safe(cell: str) -> str:
    """A text no spreadsheet runs as a formula; numbers with a sign stay numbers."""
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(FORMULA_MARKS) and not is_number else cell
