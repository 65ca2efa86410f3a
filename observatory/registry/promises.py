"""Plans of the catalogue and what they promise: targets with their milestones, and references from norms and guides."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from observatory.registry.records import Level, PeriodCode, Record, Slug, Text


class Plan(Record):
    """A policy, plan, norm or guide that sets targets."""

    id: Slug
    name: Text
    norm: Text = Field(description="Act that adopts it; titles of acts stay as they were given, in both languages.")
    scope: Literal["district", "national", "regional", "international"]
    starts: int | None = None
    ends: int | None = None
    version: Text = Field(description="Version of the plan the targets belong to, e.g. 'approved 2024'.")
    closed: bool = False
    entity: Slug | None = None


class Milestone(Record):
    """A value promised for a period. `value` is null when the text gives no number that can be drawn."""

    period: PeriodCode | None = Field(description="null: in force without a date.")
    value: float | None = Field(description="In the unit inside (shares as fractions).")
    text: Text | None = None


class Baseline(Record):
    """Where a target starts from."""

    value: float | None = None
    period: PeriodCode | None = None
    text: Text | None = None


class Target(Record):
    """A promise, or a reference, with its source."""

    id: str = Field(pattern=r"^[A-Z]{3}-\d{2}[a-z]?$")
    plan: Slug
    indicator: Slug | None = Field(description="null: promised, not measured here.")
    fit: Literal["same_definition", "check_definition", "none"]
    fit_note: Text | None = None
    theme: Slug
    name: Text
    unit: Text
    kind: Literal[
        "increasing",
        "decreasing",
        "sum",
        "sum_per_year",
        "hold",
        "constant",
        "limit",
        "minimum",
        "reference",
        "percent_change",
    ]
    baseline: Baseline | None = None
    milestones: list[Milestone] = Field(min_length=1)
    territory: Text
    applies_to: list[Level] = Field(default=["city"], description="Levels the plan sets this value for.")
    article: Text = Field(description="Where it stands in the act.")
    source: Text = Field(description="Where it was read.")
    seen: Literal["OT", "OP", "3P", "PR"]
    note: Text | None = None
    scope: Literal["district", "national", "regional", "international"]

    @property
    def role(self) -> Literal["target", "announced", "reference"]:
        """How it may be drawn: a target, an announced target (press, third party) or a reference line."""
        if self.scope != "district" or self.kind in ("limit", "minimum", "reference"):
            return "reference"
        return "target" if self.seen in ("OT", "OP") else "announced"
