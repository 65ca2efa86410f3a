"""Quality rules of the catalogue: what must hold of figures, and between them, for an edition to be believed.

A broken `critical` rule keeps the edition before current; a broken `warning` is told and kept with the edition.
Values are in the unit inside: shares are fractions 0–1. Tolerances are relative to
the larger side, which counts as 1 at least.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from observatory.registry.records import Level, Quantity, Record, Slug, Text

Operator = Literal["<", "<=", "==", ">=", ">"]
Missing = Literal["skip", "fail", "zero"]


class BaseRule(Record):
    """What every rule says of itself."""

    id: Slug
    severity: Literal["critical", "warning"]
    reason: Text = Field(description="Why it must hold, or what to look at when it does not.")


class RangeRule(BaseRule):
    """Values lie between `low` and `high`; narrower than the valid range, outside which a value is held back."""

    kind: Literal["range"]
    indicators: list[Slug] = Field(min_length=1)
    levels: list[Level] = Field(default=["city", "locality", "upl"])
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> RangeRule:
        if self.low is None and self.high is None:
            raise ValueError("a range without ends → give `low`, `high`, or both")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("`low` is not below `high` → write the lower number as `low`")
        return self


class PartsRule(BaseRule):
    """The parts of a measure sum to it, wherever all are given: its categories of one dimension, or other measures."""

    kind: Literal["parts_sum"]
    source: Slug
    measure: Slug
    dimension: Slug | None = None
    parts: list[Slug] = Field(default=[], description="Measures of the same source.")
    tolerance: float = Field(default=1e-6, ge=0)

    @model_validator(mode="after")
    def _has_parts(self) -> PartsRule:
        if (self.dimension is None) == (not self.parts):
            raise ValueError("no parts, or two kinds of them → give either `dimension` or `parts`")
        return self


class LocalitiesRule(BaseRule):
    """The localities, with the unlocated, sum to the city, wherever all twenty are given."""

    kind: Literal["localities_sum"]
    source: Slug
    measure: Slug
    tolerance: float = Field(default=1e-6, ge=0)


class CrossRule(BaseRule):
    """One quantity stands in a relation to another at the same place and period; a missing value is not zero."""

    kind: Literal["cross"]
    left: Quantity
    operator: Operator
    right: Quantity
    missing: Missing = Field(description="When one side has no value: skip the pair, fail, or count it as zero.")
    tolerance: float = Field(default=1e-9, ge=0)


class OutlierRule(BaseRule):
    """Values far from the median, in robust deviations (1.4826 × MAD), told by the damage each does.

    Damage is how far the value alone moves the mean of its group, weighted by population where places are compared.
    """

    kind: Literal["outlier"]
    indicators: list[Slug] = Field(min_length=1)
    level: Level
    across: Literal["territories", "periods"] = Field(description="Compared with other places, or with its own past.")
    deviations: float = Field(gt=0)
    at_least: int = Field(default=8, ge=4, description="Values a group needs to be judged.")


class CompletenessRule(BaseRule):
    """Of the places of a level at least this share has a value, in every period that has any."""

    kind: Literal["completeness"]
    indicators: list[Slug] = Field(min_length=1)
    level: Level
    share: float = Field(gt=0, le=1)


class TimelinessRule(BaseRule):
    """A source has the figures that its calendar says were due, `grace_days` ago at the latest."""

    kind: Literal["timeliness"]
    sources: list[Slug] = Field(default=[], description="All that have a calendar when none is named.")
    grace_days: int = Field(ge=0, le=730)


Rule = Annotated[
    RangeRule | PartsRule | LocalitiesRule | CrossRule | OutlierRule | CompletenessRule | TimelinessRule,
    Field(discriminator="kind"),
]
