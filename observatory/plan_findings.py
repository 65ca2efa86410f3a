"""What the rules found in a plan, in words, as a file the responsible entity can mend its workbook from."""

from __future__ import annotations

from typing import NamedTuple

from observatory.plan import Finding, Header, Node
from observatory.plan_rules import DISTRICT_RULES
from observatory.tabular import Sheet, as_csv, as_xlsx, safe
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
    """Plain CSV of the findings, each with the plan, version and file it stands in."""
    words, told = Words(lang), [text for _, text in about(header, lang)]
    names = [what for what, _ in about(header, lang)]
    return as_csv([[*_titles(words), *names], *([*map(_safe, line), *told] for line in lines)])


def findings_xlsx(lines: list[FindingLine], header: Header, lang: Lang) -> bytes:
    """A workbook of two sheets: the findings under fixed headings, and which plan and file they are of."""
    words = Words(lang)
    found = Sheet(words("plan.findings_sheet"), [_titles(words), *(list(map(_safe, line)) for line in lines)])
    return as_xlsx([found, Sheet(words("export.about"), about(header, lang), is_table=False)])


def about(header: Header, lang: Lang) -> list[tuple[str, str]]:
    """Which plan, version and file the findings are of, as (what, text)."""
    words = Words(lang)
    return [
        (words("table.plan"), f"{header.name.in_language(lang)} ({header.norm})"),
        (words("plan.page.version"), header.version_in(lang)),
        (words("export.source"), " · ".join(filter(None, (header.source, header.follow_up)))),
    ]


def _titles(words: Words) -> list[str]:
    return [words(f"plan.column.{column}") for column in COLUMNS]


def _safe(cell: str) -> str:
    """A text no spreadsheet runs as a formula; numbers with a sign stay numbers."""
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return cell if is_number else str(safe(cell))
