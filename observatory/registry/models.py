"""The records of the catalogue `indicators.yaml`, strict: unknown keys and missing meanings are errors.

Shares are fractions 0–1 in every record; units say how they are shown.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from observatory.registry.reader import Reader
from observatory.registry.records import Flag as Flag
from observatory.registry.records import Level as Level
from observatory.registry.records import PeriodCode as PeriodCode
from observatory.registry.records import Quantity as Quantity
from observatory.registry.records import Record as Record
from observatory.registry.records import Slug as Slug
from observatory.registry.records import TerritoryCode as TerritoryCode
from observatory.registry.records import Text as Text
from observatory.registry.rules import Rule

Frequency = Literal[
    "annual", "semiannual", "quarterly", "monthly", "year_to_date", "rolling_quarter", "irregular", "once"
]
Direction = Literal["lower_is_better", "higher_is_better", "in_range", "descriptive"]
Measure = Literal["count", "rate", "share", "mean", "index"]
Nature = Literal["measured", "administrative", "survey", "census", "modelled", "estimated", "projection"]
Deciding = Literal["path", "linear", "geometric", "projected", "trend"]
Absence = Literal["not_published", "not_applicable", "suppressed", "late", "quarantined"]


class Theme(Record):
    """One of the six themes of the policy."""

    id: Slug
    name: Text
    question: Text = Field(description="What a resident asks under this theme.")


class Entity(Record):
    """Who publishes or answers for a figure."""

    id: Slug
    name: Text
    acronym: str | None = None


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


class Licence(Record):
    """The terms a source is published under."""

    id: Slug
    name: Text
    url: str | None = None
    share_alike: bool = False


class SourceMeasure(Record):
    """One quantity a source's figure table holds."""

    name: Text
    unit: Slug
    additive: bool = Field(description="True when the localities (and '99', unlocated) sum to the city.")


class Obtained(Record):
    """How the figures of a source came into `data/figures`."""

    how: Literal["published", "aggregated", "transcribed", "derived"]
    records: int | None = Field(default=None, ge=1, description="Records aggregated, where they were counted.")
    note: Text


class Calendar(Record):
    """When the next figures are due: every so many months, so many days after the period ends."""

    every_months: int = Field(ge=1, le=120)
    lag_days: int = Field(ge=0, le=1500)


class Source(Record):
    """One published dataset; its figures stand in `data/figures/<id>.csv`, or come from its captures."""

    id: Slug
    entity: Slug = Field(description="Publisher.")
    dataset: Text
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    locator: str | None = Field(
        default=None, description="Where to find it when there is no address: book, sheet, resource id."
    )
    licence: Slug
    cutoff: dt.date = Field(description="Day up to which the published figures reach.")
    published: dt.date | None = None
    nature: Nature
    confidence: Literal["official", "secondary"] = Field(
        description="secondary: seen in press or third-party reports only."
    )
    obtained: Obtained
    calendar: Calendar | None = Field(description="null when the source will not be published again.")
    measures: dict[Slug, SourceMeasure]
    caveats: list[Text] = Field(default=[])
    reader: Reader | None = Field(
        default=None, description="How its files are read, where no module of `pipelines/sources` reads them."
    )
    on_capture: Literal["extend", "replace"] = Field(
        default="extend",
        description="extend: what a capture carries stands for the embedded figures, the others stay. "
        "replace: one vintage is never mixed with another; a capture that carries less is refused.",
    )

    @model_validator(mode="after")
    def _can_be_found(self) -> Source:
        if self.url is None and self.locator is None:
            raise ValueError("a source needs `url` or `locator`, so that a reader can find it")
        return self


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

    Either `value` (a published figure) or `numerator` with `denominator` and `per` (a rate computed here).
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

    @model_validator(mode="after")
    def _is_value_or_ratio(self) -> Indicator:
        ratio = (self.numerator, self.denominator, self.per)
        if (self.value is None) == all(part is None for part in ratio):
            raise ValueError("give either `value`, or `numerator` with `denominator` and `per`")
        if self.value is None and any(part is None for part in ratio):
            raise ValueError("a ratio needs `numerator`, `denominator` and `per`")
        if (self.direction == "in_range") != (self.desired_range is not None):
            raise ValueError("`desired_range` goes with direction in_range, and only with it")
        if self.valid_range[0] >= self.valid_range[1]:
            raise ValueError("`valid_range` runs from low to high")
        return self

    @property
    def source_ids(self) -> list[str]:
        """Sources behind the indicator, numerator first, without repeats."""
        parts = (self.value, self.numerator, self.denominator)
        return list(dict.fromkeys(part.source for part in parts if part is not None))


class Plan(Record):
    """A policy, plan, norm or guide that sets targets."""

    id: Slug
    name: Text
    norm: str
    scope: Literal["district", "national", "regional", "international"]
    starts: int | None = None
    ends: int | None = None
    version: str = Field(description="Version of the plan the targets belong to, e.g. 'approved 2024'.")
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
    article: str
    source: str
    seen: Literal["OT", "OP", "3P", "PR"]
    note: Text | None = None
    scope: Literal["district", "national", "regional", "international"]

    @property
    def role(self) -> Literal["target", "announced", "reference"]:
        """How it may be drawn: a target, an announced target (press, third party) or a reference line."""
        if self.scope != "district" or self.kind in ("limit", "minimum", "reference"):
            return "reference"
        return "target" if self.seen in ("OT", "OP") else "announced"


class Bands(Record):
    """Cuts of progress (share of the way due that was covered) between statuses, and their source.

    share ≤ at_risk_above → lagging; ≤ on_track_above → at risk; ≤ over_executed_above → on track;
    beyond → over-executed.
    """

    at_risk_above: float
    on_track_above: float
    over_executed_above: float
    source: Text


class DecidingMethod(Record):
    """The method whose verdict against a target counts where an indicator declares none, and why that one."""

    method: Deciding
    reason: Text


class Catalogue(Record):
    """The whole of `indicators.yaml`."""

    schema_version: Literal[1]
    themes: list[Theme]
    entities: list[Entity]
    units: list[Unit]
    dimensions: list[Dimension]
    licences: list[Licence]
    status_bands: Bands
    deciding_method: DecidingMethod
    sources: list[Source]
    indicators: list[Indicator]
    plans: list[Plan]
    targets: list[Target]
    rules: list[Rule] = Field(default=[], description="What must hold between figures, checked at each build.")

    def decides(self, indicator: Indicator) -> Deciding:
        """The method whose verdict counts for an indicator."""
        return indicator.decides or self.deciding_method.method
