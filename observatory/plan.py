"""A policy's action plan: plan → objective → result → product, with its indicators, targets, reports and findings.

One `PlanVersion` is one version of one plan as somebody published it. Weights are absolute shares of the policy (0–1):
those of the objectives, of the result indicators and of the product indicators each add up to 1. Texts that stand where
a number is expected ("levantamiento línea base") are kept beside an empty value. Field order of the rows equals the
columns of the tables under `data/plans` and of `observatory/editions/plan_schema.sql`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from observatory.registry.models import Record, Slug, Text

KINDS = ("objective", "result", "product")
ANNUALIZATIONS = ("sum", "constant", "increasing", "decreasing")
PENDING = (
    "name",
    "indicator",
    "weight",
    "annualization",
    "periodicity",
    "baseline",
    "targets",
    "final_target",
    "entity",
    "dates",
)
FAULTS: dict[str, Literal["absent", "corrected", "held", "kept"]] = {
    "missing_as_zero": "absent",  # a zero that cannot be one: no report
    "zero_doubtful": "absent",  # a zero that is most likely no report
    "before_start": "absent",  # stated for a year before the indicator begins
    "written_as_percent": "corrected",  # the only possible reading was used
    "scale_unknown": "held",  # no reading is certain: nothing is assessed on it
    "not_credible": "held",
    "negative_value": "held",
    "formula_error": "held",
    "text_for_number": "held",
    "number_ambiguous": "held",
    "doubtful": "kept",  # used as stated, and said so
}


class Header(Record):
    """What is said once of a plan version; `plan_id` is that of the catalogue.

    `version` is its name as published, `version_en` the name English readers see, where that is not the same.
    `products_stated` is how many products the publisher says the version has, where their codes are not known one by
    one. `reported_to` is the last quarter reports reach, `2025-Q4`.
    """

    plan_id: Slug
    version: str
    version_en: str | None = None
    name: Text
    norm: str
    lead_sector: str | None = None
    lead_entity: str | None = None
    objective: str | None = None
    layout: Literal["structure", "board", "new", "old"]
    source: str
    source_sha256: str | None = None
    follow_up: str | None = None
    follow_up_sha256: str | None = None
    first_year: int
    last_year: int
    reported_to: str | None = None
    products_stated: int | None = None
    note: Text | None = None

    def version_in(self, lang: str) -> str:
        """The version as readers of `es` or `en` see it."""
        return (self.version_en if lang == "en" else None) or self.version


class Node(NamedTuple):
    """An objective, or a result or product with its indicator.

    `weight` is the absolute share of the policy. `pending` names what waits for the official file, blank-separated.
    `in_force` is empty where the publisher does not say. `cell` is the address of the row in the published file.
    """

    node_id: str  # kind:code, with #2 when a code is repeated
    parent_id: str
    position: int
    kind: str
    code: str
    name: str = ""
    indicator: str = ""
    unit: str = ""
    weight: float | None = None
    weight_text: str = ""
    sector: str = ""
    entity: str = ""
    office: str = ""
    co_responsible: str = ""
    annualization: str = ""
    annualization_text: str = ""
    periodicity: str = ""
    baseline_value: float | None = None
    baseline_year: int | None = None
    baseline_text: str = ""
    final_target: float | None = None
    final_target_text: str = ""
    starts: str = ""
    ends: str = ""
    in_force: str = ""  # yes · no · empty
    pending: str = ""
    indicator_id: str = ""  # of the catalogue, where one measures it
    direction: str = ""  # lower_is_better · higher_is_better · empty where only the type of annualization tells
    cell: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether what it promises waits for the official file."""
        return "targets" in self.pending.split() or "annualization" in self.pending.split()

    @property
    def counts(self) -> bool:
        """Whether it takes part in the follow-up: everything except what is marked as no longer in force."""
        return self.in_force != "no"


class YearTarget(NamedTuple):
    """What is promised for a year; `text` holds what the cell says when it is no number."""

    node_id: str
    year: int
    value: float | None
    text: str
    cell: str


class Report(NamedTuple):
    """What was reported for a year (quarter 0) or a quarter.

    `value` is the cell as stated; `used` is what enters the arithmetic: the same, a corrected value, or nothing, as
    `fault` says.
    """

    node_id: str
    year: int
    quarter: int
    value: float | None
    used: float | None
    fault: str
    text: str
    cell: str


class Published(NamedTuple):
    """A figure the publisher computed itself; shares as fractions.

    Measures: year_value, accumulated, accumulated_target, share_of_year, share_to_date, share_of_final.
    """

    node_id: str
    year: int
    measure: str
    value: float | None
    text: str
    cell: str


class Note(NamedTuple):
    """A text that goes with a report: `progress`, `approaches`, `lag` or `over_execution`."""

    node_id: str
    year: int
    quarter: int
    kind: str
    text: str
    cell: str


class Attribute(NamedTuple):
    """Whatever else the publisher states of a node, under its own column name."""

    node_id: str
    name: str
    text: str
    cell: str


class FieldCell(NamedTuple):
    """Where a field of a node stands in the published file."""

    node_id: str
    field: str
    cell: str


class Adjustment(NamedTuple):
    """An approved change of the plan."""

    node_id: str
    date: str
    text: str


class Finding(NamedTuple):
    """A rule that a cell breaks; words stand under `plan.finding.<rule>` of the wording."""

    rule: str
    severity: str  # error · warning · notice
    node_id: str
    code: str
    cell: str
    found: str
    expected: str


@dataclass(frozen=True)
class PlanVersion:
    """A plan as one version states it."""

    header: Header
    nodes: list[Node] = field(default_factory=list)
    targets: list[YearTarget] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)
    cells: list[FieldCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Nodes by their id."""
        return {node.node_id: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            found[node.parent_id].append(node)
        return found

    @cached_property
    def _targets(self) -> dict[str, dict[int, YearTarget]]:
        found: dict[str, dict[int, YearTarget]] = defaultdict(dict)
        for target in self.targets:
            found[target.node_id][target.year] = target
        return found

    @cached_property
    def _reports(self) -> dict[str, list[Report]]:
        found: dict[str, list[Report]] = defaultdict(list)
        for report in sorted(self.reports, key=lambda report: (report.year, report.quarter)):
            found[report.node_id].append(report)
        return found

    @cached_property
    def reported_kinds(self) -> set[str]:
        """Kinds of which anything is reported."""
        return {self.by_id[item.node_id].kind for item in self.reports if item.node_id in self.by_id}

    @cached_property
    def _cells(self) -> dict[tuple[str, str], str]:
        return {(item.node_id, item.field): item.cell for item in self.cells}

    def cell_of(self, node: Node, name: str) -> str:
        """Address of a node's field, or of its row where the field has none."""
        return self._cells.get((node.node_id, name), node.cell)

    def of_kind(self, kind: str) -> list[Node]:
        """Objectives, results or products, in the order of the plan."""
        return [node for node in self.nodes if node.kind == kind]

    def children(self, node_id: str = "") -> list[Node]:
        """What hangs below a node; the objectives when none is named."""
        return self._children.get(node_id, [])

    def below(self, node_id: str, kind: str) -> list[Node]:
        """All nodes of a kind under a node, at any depth; those of the whole plan for the empty id."""
        found: list[Node] = []
        for child in self.children(node_id):
            found += [child] if child.kind == kind else self.below(child.node_id, kind)
        return found

    def targets_of(self, node_id: str) -> dict[int, YearTarget]:
        """Yearly targets by year."""
        return self._targets.get(node_id, {})

    def target_values(self, node_id: str) -> dict[int, float]:
        """Yearly targets that are numbers, by year."""
        return {year: item.value for year, item in sorted(self.targets_of(node_id).items()) if item.value is not None}

    def reports_of(self, node_id: str) -> list[Report]:
        """Reports from the oldest to the newest."""
        return self._reports.get(node_id, [])
