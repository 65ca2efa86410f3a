"""Run the quality rules of the catalogue on an assembled edition; the questions stand in `pipelines/sql/rules`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import duckdb

from observatory.registry.records import Quantity
from observatory.registry.rules import CrossRule, Rule
from observatory.rows.account import CheckRow
from observatory.rows.observation import TOTAL
from pipelines.inserting import insert, run

Finding = tuple[str, str]
BROKEN = {"critical": "failed", "warning": "warned"}


def check_rules(connection: duckdb.DuckDBPyConnection, rules: Iterable[Rule], built_on: dt.date) -> list[CheckRow]:
    """Results of every rule, kept in `check_result`: each finding in the rule's own order, or that it passed."""
    results = [row for rule in rules for row in _results(rule, findings(connection, rule, built_on))]
    insert(connection, "check_result", results)
    return results


def findings(connection: duckdb.DuckDBPyConnection, rule: Rule, built_on: dt.date) -> list[Finding]:
    """What breaks a rule, as (subject, detail)."""
    return [
        (str(subject), str(detail))
        for subject, detail in run(connection, f"rules/{rule.kind}", **_values(rule, built_on))
    ]


def _results(rule: Rule, found: list[Finding]) -> list[CheckRow]:
    why = (rule.reason.es, rule.reason.en)
    if not found:
        return [CheckRow(rule.id, "edition", "passed", "", *why)]
    return [CheckRow(rule.id, subject, BROKEN[rule.severity], detail, *why) for subject, detail in found]


def _values(rule: Rule, built_on: dt.date) -> dict[str, object]:
    """What the rule's question binds."""
    values = rule.model_dump(exclude={"id", "severity", "reason", "kind"})
    if isinstance(rule, CrossRule):
        sides = {"left": rule.left, "right": rule.right}
        values = {key: value for key, value in values.items() if key not in sides}
        for side, quantity in sides.items():
            values |= {f"{side}_{key}": value for key, value in _bound(quantity).items()}
    if rule.kind == "timeliness":
        values["built_on"] = built_on
    return values


def _bound(quantity: Quantity) -> dict[str, str]:
    return {"source": quantity.source, "measure": quantity.measure, "category": quantity.category or TOTAL}
