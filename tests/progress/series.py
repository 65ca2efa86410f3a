"""Short series and catalogue records for the tests of progress."""

from __future__ import annotations

from typing import Any

from observatory.period import parse_period
from observatory.registry.loading import load_catalogue
from observatory.registry.models import Bands, Indicator, Target
from observatory.rows.observation import Observation
from tests.observatories import FIXTURE

CATALOGUE = load_catalogue(FIXTURE / "indicators.yaml")
BANDS: Bands = CATALOGUE.status_bands


def indicator(**changes: Any) -> Indicator:
    """The fixture's homicide rate, changed; records given as plain values are checked again."""
    record = next(item for item in CATALOGUE.indicators if item.id == "homicide_rate")
    return Indicator.model_validate(record.model_dump() | changes)


def target(**changes: Any) -> Target:
    """The fixture's target 14 (2023) → 12 (2025) → 8 (2027), changed."""
    record = next(item for item in CATALOGUE.targets if item.id == "SEG-01")
    return Target.model_validate(record.model_dump() | changes)


def observation(
    period: str, value: float | None, lower: float | None = None, upper: float | None = None
) -> Observation:
    """A city total."""
    when = parse_period(period)
    return Observation(
        indicator_id="homicide_rate",
        territory_code="00",
        period=period,
        disaggregation="total",
        period_start=when.start,
        period_end=when.end,
        season=when.season,
        value=value,
        numerator=None,
        denominator=None,
        lower=lower,
        upper=upper,
        sample=None,
        flag="",
        absence=None if value is not None else "not_published",
        source_id="deaths",
        capture_hash="",
        denominator_source_id=None,
    )
