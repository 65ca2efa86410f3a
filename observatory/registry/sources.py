"""Sources of the catalogue: who published which figures where, under which terms, and when the next are due."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from observatory.registry.reader import Reader
from observatory.registry.records import Nature, Record, Slug, Text


class Entity(Record):
    """Who publishes or answers for a figure."""

    id: Slug
    name: Text
    acronym: str | None = None


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
    locator: Text | None = Field(
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
    out_of_range: Literal["quarantine", "refuse"] | None = Field(
        default=None,
        description="A figure outside the valid_range of its indicator: quarantine holds its row back, refuse stops "
        "the build. Left out, rows of a capture are held back and embedded figures refused.",
    )

    @model_validator(mode="after")
    def _can_be_found(self) -> Source:
        if self.url is None and self.locator is None:
            raise ValueError("a source that nobody can find → write `url`, or `locator`")
        return self
