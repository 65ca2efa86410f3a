"""Findings as a file that the responsible entity can mend its workbook from."""

from __future__ import annotations

import csv
import io

import openpyxl

from observatory.plan import Finding
from observatory.plan_findings import COLUMNS, finding_lines, findings_csv, findings_xlsx
from tests.plan.plans import header, node, tree

FINDINGS = [
    Finding("renamed", "notice", "product:1.1.1", "1.1.1", "IP!C6", "=cmd()", "Antes"),
    Finding("product_weights_sum", "error", "result:1.1", "1.1", "IR!F4", "0.9", "1"),
]
PLAN = tree(node("1.1.1", sector="Ambiente", entity="SDA"))


def test_the_gravest_come_first_with_words_and_the_district_rule() -> None:
    first, second = finding_lines(FINDINGS, PLAN.by_id, "es")

    assert (first.severity, first.cell, first.found, first.district_rule) == ("error", "IR!F4", "0.9", "V2")
    assert first.explanation == "Las ponderaciones de los productos deben sumar la de su resultado."
    assert (second.kind, second.sector, second.entity, second.name) == (
        "producto",
        "Ambiente",
        "SDA",
        "Indicador 1.1.1",
    )


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    content = findings_csv(finding_lines(FINDINGS, PLAN.by_id, "en"), header(), "en")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    assert rows[0][0:3] == ["Severity", "Level", "Code"]
    assert rows[2][COLUMNS.index("found")] == "'=cmd()"
    assert all(row[len(COLUMNS) :][:2] == ["Example (CONPES D.C. 0)", "1"] for row in rows[1:])


def test_the_workbook_has_a_line_for_each_finding() -> None:
    content = findings_xlsx(finding_lines(FINDINGS, PLAN.by_id, "es"), header(), "es")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Hallazgos"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert rows[0][6] == "Celda"
    assert [row[6] for row in rows[1:]] == ["IR!F4", "IP!C6"]
    assert sheet.cell(3, 9).data_type == "s"
