"""Each quality rule is silent on what is right, and finds what is broken in a small edition."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from pydantic import TypeAdapter

from observatory.editions import reads
from observatory.editions.opening import current_path, open_current
from observatory.errors import CheckError
from observatory.registry.loading import CatalogueProblemsError, load_catalogue, read_catalogue
from observatory.registry.rules import Rule
from pipelines.assemble import Identity, assemble, read_inputs
from pipelines.build import build, open_for_writing
from pipelines.layout import REPOSITORY, Layout
from pipelines.rules import findings
from tests.observatories import DAY, FIXTURE, copy_to, quiet

BASE = {"id": "rule", "severity": "warning", "reason": {"es": "Porque sí.", "en": "Because."}}
KINDS: TypeAdapter[Rule] = TypeAdapter(Rule)
HOMICIDES = {"source": "deaths", "measure": "homicides"}
PEOPLE = {"source": "sdp_population_2025", "measure": "population"}


def rule(**fields: Any) -> Rule:
    return KINDS.validate_python(BASE | fields)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    layout = copy_to(tmp_path_factory.mktemp("rules") / "observatory")
    connection = open_for_writing(None)
    assemble(connection, layout, read_inputs(layout), Identity("0" * 64, DAY), quiet)
    yield connection
    connection.close()


@pytest.fixture
def edition(whole: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    whole.execute("BEGIN")
    yield whole
    whole.execute("ROLLBACK")


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "range": (
        {"kind": "range", "indicators": ["pm25"], "levels": ["city"], "low": 10, "high": 30},
        "UPDATE observation SET value = 31 WHERE indicator_id = 'pm25' AND territory_code = '00' AND period = '2024'",
        "00 2024 total: 31.0 above 30.0",
    ),
    "localities_sum": (
        {"kind": "localities_sum", **HOMICIDES},
        "UPDATE figure SET value = value + 9 WHERE measure = 'homicides' AND territory_code = '00' AND period = '2025'",
        "homicides 00 2025 total: localities sum to 178.0, the city says 187.0; row 7 against ",
    ),
    "cross": (
        {"kind": "cross", "left": HOMICIDES, "operator": "<=", "right": PEOPLE, "missing": "skip"},
        "UPDATE figure SET value = 1 WHERE measure = 'population' AND territory_code = '01' AND period = '2025'",
        "01 2025: homicides 2.0 is not <= population 1.0; row ",
    ),
    "completeness": (
        {"kind": "completeness", "indicators": ["pm25"], "level": "locality", "share": 0.95},
        "UPDATE observation SET value = NULL "
        "WHERE indicator_id = 'pm25' AND territory_code IN ('01', '02') AND period = '2024'",
        "2024: 17 of 20 places have a value",
    ),
    "timeliness": (
        {"kind": "timeliness", "grace_days": 30},
        "UPDATE figure SET period_end = DATE '2024-12-31' WHERE source_id = 'deaths' AND year = '2025'",
        "newest figures end 2024-12-31, the next were due 2026-01-30",
    ),
    "outlier": (
        {"kind": "outlier", "indicators": ["pm25"], "level": "locality", "across": "territories", "deviations": 6},
        "UPDATE observation SET value = 90 WHERE indicator_id = 'pm25' AND territory_code = '08' AND period = '2025'",
        "08 2025: 90.0 is ",
    ),
    "parts_sum": (
        {"kind": "parts_sum", **HOMICIDES, "parts": ["thefts"]},
        "UPDATE figure SET value = value + 1 WHERE measure = 'thefts'",
        "parts sum to",
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_a_rule_is_silent_on_what_is_right_and_finds_what_is_broken(
    edition: duckdb.DuckDBPyConnection, kind: str
) -> None:
    fields, breakage, detail = CASES[kind]
    if kind == "parts_sum":
        edition.execute("DELETE FROM figure WHERE measure = 'thefts'")
        edition.execute(
            "INSERT INTO figure SELECT * REPLACE ('thefts' AS measure) FROM figure WHERE measure = 'homicides'"
        )
    assert findings(edition, rule(**fields), DAY) == []
    edition.execute(breakage)
    found = findings(edition, rule(**fields), DAY)
    assert found
    assert detail in found[0][1]


def test_categories_of_a_dimension_are_parts(edition: duckdb.DuckDBPyConnection) -> None:
    parts = rule(kind="parts_sum", source="survey", measure="feels_safe", dimension="sex")
    edition.execute(
        "INSERT INTO figure"
        " (source_id, row_number, measure, territory_code, period, disaggregation, dimension_id, value) VALUES "
        "('survey', 91, 'feels_safe', '00', '2030', 'total', 'total', 0.9), "
        "('survey', 92, 'feels_safe', '00', '2030', 'sex:women', 'sex', 0.5), "
        "('survey', 93, 'feels_safe', '00', '2030', 'sex:men', 'sex', 0.3)"
    )
    told = "; row 91 against 92 (sex:women), 93 (sex:men) of data/figures/survey.csv"
    found = [detail for _, detail in findings(edition, parts, DAY) if " 2030 " in detail]
    assert found == [f"feels_safe 00 2030 total: parts sum to 0.8, the whole says 0.9{told}"]


def test_a_sum_that_fails_names_every_row_that_takes_part(edition: duckdb.DuckDBPyConnection) -> None:
    fields, breakage, _ = CASES["localities_sum"]
    edition.execute(breakage)
    ((_, detail),) = findings(edition, rule(**fields), DAY)
    lines = (FIXTURE / "figures" / "deaths.csv").read_text(encoding="utf-8").splitlines()
    named = re.findall(r"(\d+) \((\w+)\)", detail)
    assert detail.endswith(" of data/figures/deaths.csv")
    assert {code for _, code in named} >= {f"{number:02d}" for number in range(1, 21)} | {"99"}
    for row, code in named:
        place = "" if code == "lost" else code
        assert lines[int(row) - 1].startswith(f"homicides,{place},2025,total,")


def test_outliers_are_told_by_damage_first_those_with_most_people(edition: duckdb.DuckDBPyConnection) -> None:
    outliers = rule(**CASES["outlier"][0])
    edition.execute(
        "UPDATE observation SET value = 95 WHERE indicator_id = 'pm25' AND territory_code = '20' AND period = '2025'"
    )
    edition.execute(
        "UPDATE observation SET value = 90 WHERE indicator_id = 'pm25' AND territory_code = '08' AND period = '2025'"
    )
    assert [detail[:2] for _, detail in findings(edition, outliers, DAY)] == ["08", "20"]


@pytest.mark.parametrize(("missing", "number"), [("skip", 0), ("fail", 1), ("zero", 1)])
def test_a_missing_side_is_treated_as_the_rule_says(
    edition: duckdb.DuckDBPyConnection, missing: str, number: int
) -> None:
    fields = CASES["cross"][0] | {"missing": missing, "operator": "<"}
    edition.execute("DELETE FROM figure WHERE (territory_code, period) != ('01', '2025')")
    edition.execute("UPDATE figure SET value = NULL WHERE measure = 'population'")
    assert len(findings(edition, rule(**fields), DAY)) == number


def with_rule(layout: Layout, **fields: Any) -> None:
    text = layout.catalogue.read_text(encoding="utf-8")
    layout.catalogue.write_text(text + "\n" + yaml.safe_dump({"rules": [BASE | fields]}), encoding="utf-8")


def test_a_broken_critical_rule_keeps_the_edition_before_current(tmp_path: Path) -> None:
    layout = copy_to(tmp_path / "observatory")
    before = build(layout, DAY, quiet)
    with_rule(layout, kind="range", indicators=["pm25"], high=10, severity="critical")
    with pytest.raises(CheckError, match="pm25: rule: 00 2023 total: 18"):
        build(layout, DAY, quiet)
    assert current_path(layout.editions) == before


def test_a_broken_warning_is_kept_with_the_edition(tmp_path: Path) -> None:
    layout = copy_to(tmp_path / "observatory")
    with_rule(layout, kind="range", indicators=["pm25"], levels=["city"], high=17)
    build(layout, DAY, quiet)
    kept = [row for row in reads.checks(open_current(layout.editions)) if row.check_id == "rule"]
    assert [(row.subject, row.status, row.detail) for row in kept] == [
        ("pm25", "warned", "00 2023 total: 18.0 above 17.0")
    ]
    assert (kept[0].reason_es, kept[0].reason_en) == ("Porque sí.", "Because.")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("kind: range, indicators: [pm2], high: 3", "'pm2' is not among the indicators"),
        ("kind: range, indicators: [pm25]", "give `low`, `high`, or both"),
        ("kind: localities_sum, source: deaths, measure: homicide", "did you mean 'homicides'?"),
        ("kind: range, indicators: [pm25], hihg: 3, low: 1", "unknown key 'hihg'"),
        ("kind: parts_sum, source: deaths, measure: homicides", "give either `dimension` or `parts`"),
        ("kind: sum, source: deaths", "sum"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(written: str, words: str) -> None:
    text = (FIXTURE / "indicators.yaml").read_text(encoding="utf-8")
    line = text.count("\n") + 2
    text += f"rules:\n  - {{id: rule, severity: warning, reason: {{es: a, en: a}}, {written}}}\n"
    with pytest.raises(CatalogueProblemsError) as caught:
        read_catalogue(text)
    assert any(words in problem and f":{line}:" in problem for problem in caught.value.problems), caught.value.problems


def test_the_rules_of_the_observatory_name_real_figures_and_say_why() -> None:
    rules = load_catalogue(REPOSITORY / "indicators.yaml").rules
    assert {rule.kind for rule in rules} == set(CASES)
    assert all(rule.reason.es != rule.reason.en for rule in rules)


def test_the_day_decides_what_is_late(edition: duckdb.DuckDBPyConnection) -> None:
    late = rule(kind="timeliness", grace_days=0)
    assert findings(edition, late, dt.date(2027, 1, 30)) == []
    assert len(findings(edition, late, dt.date(2027, 1, 31))) == 1
