"""Every rule, fault and reason a reader can meet has its words in both languages, and no words stand unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from observatory.plan import ANNUALIZATIONS, FAULTS, KINDS
from observatory.plan_rules import DISTRICT_RULES
from observatory.wording import LANGUAGES, Lang, texts

REPOSITORY = Path(__file__).resolve().parents[2]
CODE = "".join(
    path.read_text(encoding="utf-8")
    for path in [*REPOSITORY.glob("observatory/plan*.py"), *REPOSITORY.glob("pipelines/**/*.py")]
)
RULE = re.compile(r'(?:\bFinding\(|_finding\(plan, |_finding\(after, |\.report\()\s*"([a-z_]+)"')
READING_RULES = {"formula_error", "text_for_number", "number_as_text", "number_ambiguous"}
CHANGES = {"annualization_changed", "weight_changed", "final_target_changed"}
FOUND_RULES = set(RULE.findall(CODE)) | set(DISTRICT_RULES) | set(FAULTS) | READING_RULES | CHANGES


def keys(lang: Lang, section: str) -> set[str]:
    return {key.removeprefix(section) for key in texts(lang) if key.startswith(section)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rules(lang: Lang) -> None:
    assert keys(lang, "plan.finding.") == FOUND_RULES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_faults_kinds_and_types(lang: Lang) -> None:
    assert keys(lang, "plan.fault.") == set(FAULTS)
    assert keys(lang, "plan.kind.") == set(KINDS)
    assert keys(lang, "plan.annualization.") == set(ANNUALIZATIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reasons_of_differences_and_missing_verdicts(lang: Lang) -> None:
    for section in ("plan.reason.", "plan.board."):
        for key in keys(lang, section):
            assert f'"{key}"' in CODE or key.endswith("_lower_is_better"), key
