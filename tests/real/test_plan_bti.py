"""Bogotá Territorio Inteligente: the committed structure follows from the reading of the official workbook."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from observatory.plan_codes import parent_code
from pipelines.layout import REPOSITORY
from pipelines.plans.bti import FILE, NOT_IN_FOLLOW_UP_2025, derive_bti
from pipelines.plans.files import read_plans

PLANS = REPOSITORY / "data" / "plans"


def test_the_committed_versions_rederive(reference: Path) -> None:
    committed = [item.plan for item in read_plans(PLANS) if item.plan.header.plan_id == "bti_2023_2032"]
    assert committed == derive_bti(reference)


def test_each_code_of_the_file_is_a_node_and_no_other(reference: Path) -> None:
    content = json.loads((reference / FILE).read_text(encoding="utf-8"))
    newest = derive_bti(reference)[-1]

    assert {node.code for node in newest.of_kind("result")} == set(content["codigos_ir"])
    assert {node.code for node in newest.of_kind("product")} == set(content["codigos_ip"])


def test_products_by_objective_are_those_of_each_file(reference: Path) -> None:
    _, followed, newest = derive_bti(reference)

    def by_objective(plan: object) -> list[int]:
        counts = Counter(parent_code(parent_code(node.code)) for node in plan.of_kind("product"))  # type: ignore[attr-defined]
        return [counts[str(number)] for number in range(1, 8)]

    assert by_objective(newest) == [5, 4, 3, 6, 8, 13, 7]
    assert by_objective(followed) == [5, 3, 3, 5, 5, 10, 7]
    assert sorted(item.code for item in newest.findings) == sorted(NOT_IN_FOLLOW_UP_2025)
    assert {item.rule for item in newest.findings} == {"code_new"}


def test_nothing_is_made_up(reference: Path) -> None:
    for plan in derive_bti(reference):
        assert plan.targets == plan.reports == plan.published == []
        assert all(not node.name and not node.indicator and node.weight is None and node.pending for node in plan.nodes)
    assert [plan.header.products_stated for plan in derive_bti(reference)] == [36, 38, 46]
