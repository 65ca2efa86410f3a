"""Indicators of the catalogue: what each measures, in which unit, how it is broken down and how it is read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from observatory.registry.records import Level, Nature, PeriodCode, Quantity, Record, Slug, Text

Frequency = Literal[
    "annual", "semiannual", "quarterly", "monthly", "year_to_date", "rolling_quarter", "irregular", "once"
]
Direction = Literal["lower_is_better", "higher_is_better", "in_range", "descriptive"]
Measure = Literal["count", "rate", "share", "mean", "index"]
Deciding = Literal["path", "linear", "geometric", "projected", "trend"]


class Theme(Record):
    """One of the six themes of the policy."""

    id: Slug
    name: Text
    question: Text = Field(description="What a resident asks under this theme.")


class Unit(Record):
    """How a value is shown: `value × factor`, `decimals` digits, then `symbol`."""

    id: Slug
    name: Text
    symbol: Text = Field(description="What follows the number on screen, e.g. 'por 100.000 hab.' or '%'.")
    factor: float = Field(default=1, description="100 for shares, which are fractions inside.")
    decimals: int = Field(ge=0, le=4)


class Dimension(Record):
    """A way a figure is broken down; figure tables write `dimension:category`."""

    id: Slug
    name: Text
    categories: dict[Slug, Text]


class SeriesBreak(Record):
    """From this period on the series is not comparable with what came before."""

    period: PeriodCode
    reason: Text


class Sdg(Record):
    """Tags, only where certain."""

    sdg: str | None = Field(default=None, pattern=r"^\d{1,2}\.[0-9a-z]{1,2}(\.\d{1,2})?$")
    iso: str | None = Field(default=None, pattern=r"^ISO 371(20|22|23)( \d+(\.\d+)?)?$")


class Indicator(Record):
    """One indicator: what it measures, how, and how it is read.

    Either `value` (a published figure) or `numerator` with `denominator` and `per` (a rate computed here). A published
    rate may name the `denominator` it was divided by, with its `per`, so that localities can be weighed.
    """

    id: Slug
    theme: Slug
    name: Text
    label: Text = Field(description="Short name for cards and axes, under 40 characters.")
    description: Text = Field(description="One or two plain sentences: what it counts and among whom.")
    unit: Slug
    measure: Measure
    direction: Direction
    frequency: Frequency
    levels: list[Level] = Field(min_length=1)
    value: Quantity | None = None
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    per: float | None = Field(default=None, gt=0)
    interval: Literal["poisson", "published", "none"] = Field(
        description="poisson: exact 95 % interval from the numerator."
    )
    dimensions: list[Slug] = Field(default=[])
    valid_range: tuple[float, float]
    desired_range: tuple[float, float] | None = None
    nature: Nature
    method: Text
    caveats: list[Text] = Field(default=[])
    entity: Slug = Field(description="District entity that answers for the result.")
    tags: Sdg = Sdg()
    breaks: list[SeriesBreak] = Field(default=[])
    proxy_for: Text | None = None
    synonyms: dict[Literal["es", "en"], list[str]] = Field(default={})
    headline: bool = Field(default=False, description="Shown first on its theme and on the overview.")
    decides: Deciding | None = Field(
        default=None, description="Method whose verdict counts; left out, that of the catalogue's `deciding_method`."
    )
    by_locality: Slug | None = Field(
        default=None, description="The indicator that publishes this one's events by locality, where this one does not."
    )
    related: list[Slug] = Field(
        default=[],
        description="Indicators of the same subject, offered where this one is told for the city alone.",
    )

    @model_validator(mode="after")
    def _is_value_or_ratio(self) -> Indicator:
        if (self.value is None) == (self.numerator is None):
            raise ValueError("no figure, or two → give either `value`, or `numerator` with `denominator` and `per`")
        if self.value is None and (self.denominator is None or self.per is None):
            raise ValueError("half a ratio → a ratio needs `numerator`, `denominator` and `per`")
        if (self.denominator is None) != (self.per is None):
            raise ValueError("`denominator` and `per` go together → write both, or neither")
        if (self.direction == "in_range") != (self.desired_range is not None):
            raise ValueError("`desired_range` goes with direction in_range, and only with it → write both, or neither")
        if self.valid_range[0] >= self.valid_range[1]:
            low, high = self.valid_range
            raise ValueError(f"`valid_range` runs from {low:g} to {high:g} → write the lower number first")
        return self

    @property
    def source_ids(self) -> list[str]:
        """Sources behind the indicator, numerator first, without repeats."""
        parts = (self.value, self.numerator, self.denominator)
        return list(dict.fromkeys(part.source for part in parts if part is not None))
