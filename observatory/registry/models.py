"""The catalogue `indicators.yaml` as a whole, strict: unknown keys and missing meanings are errors.

Shares are fractions 0–1 in every record; units say how they are shown. The records stand in the modules beside, by
what they tell of: `sources`, `indicators`, `promises`, `rules`; all are named here for those who read a catalogue.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from observatory.registry.indicators import Deciding as Deciding
from observatory.registry.indicators import Dimension as Dimension
from observatory.registry.indicators import Direction as Direction
from observatory.registry.indicators import Frequency as Frequency
from observatory.registry.indicators import Indicator as Indicator
from observatory.registry.indicators import Measure as Measure
from observatory.registry.indicators import Sdg as Sdg
from observatory.registry.indicators import SeriesBreak as SeriesBreak
from observatory.registry.indicators import Theme as Theme
from observatory.registry.indicators import Unit as Unit
from observatory.registry.promises import Baseline as Baseline
from observatory.registry.promises import Milestone as Milestone
from observatory.registry.promises import Plan as Plan
from observatory.registry.promises import Target as Target
from observatory.registry.records import Absence as Absence
from observatory.registry.records import Flag as Flag
from observatory.registry.records import Level as Level
from observatory.registry.records import Nature as Nature
from observatory.registry.records import PeriodCode as PeriodCode
from observatory.registry.records import Quantity as Quantity
from observatory.registry.records import Record as Record
from observatory.registry.records import Slug as Slug
from observatory.registry.records import TerritoryCode as TerritoryCode
from observatory.registry.records import Text as Text
from observatory.registry.rules import Rule
from observatory.registry.sources import Calendar as Calendar
from observatory.registry.sources import Entity as Entity
from observatory.registry.sources import Licence as Licence
from observatory.registry.sources import Obtained as Obtained
from observatory.registry.sources import Source as Source
from observatory.registry.sources import SourceMeasure as SourceMeasure


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
