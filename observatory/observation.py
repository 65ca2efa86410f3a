"""The rows that editions hold and everything else reads: plain typed tuples, one class per table.

Field order equals the column order of the queries in `observatory/editions/queries`. Shares are fractions 0–1.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from observatory.wording import Lang

TOTAL = "total"


class Observation(NamedTuple):
    """A value of an indicator, or its absence with a reason."""

    indicator_id: str
    territory_code: str
    period: str
    disaggregation: str
    period_start: dt.date
    period_end: dt.date
    season: str
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    sample: int | None
    flag: str
    absence: str | None
    source_id: str
    capture_hash: str
    denominator_source_id: str | None

    @property
    def flags(self) -> list[str]:
        """The flags one by one."""
        return self.flag.split()


class IndicatorRow(NamedTuple):
    """An indicator as the edition keeps it."""

    indicator_id: str
    position: int
    theme_id: str
    name_es: str
    name_en: str
    label_es: str
    label_en: str
    description_es: str
    description_en: str
    unit_id: str
    unit_es: str
    unit_en: str
    symbol_es: str
    symbol_en: str
    factor: float
    decimals: int
    measure: str
    direction: str
    frequency: str
    nature: str
    levels: list[str]
    valid_low: float
    valid_high: float
    desired_low: float | None
    desired_high: float | None
    per: float | None
    method_es: str
    method_en: str
    caveats_es: list[str]
    caveats_en: list[str]
    entity: str
    sdg: str | None
    iso: str | None
    proxy_es: str | None
    proxy_en: str | None
    synonyms: list[str]
    headline: bool
    source_id: str
    denominator_source_id: str | None
    dimensions: list[str]

    def name(self, lang: Lang) -> str:
        """Full name."""
        return self.name_en if lang == "en" else self.name_es

    def label(self, lang: Lang) -> str:
        """Short name for cards and axes."""
        return self.label_en if lang == "en" else self.label_es

    def symbol(self, lang: Lang) -> str:
        """What follows the number on screen."""
        return self.symbol_en if lang == "en" else self.symbol_es

    def unit(self, lang: Lang) -> str:
        """The unit in words."""
        return self.unit_en if lang == "en" else self.unit_es


class TargetRow(NamedTuple):
    """One milestone of a target or reference."""

    target_id: str
    plan_id: str
    plan_version: str
    indicator_id: str | None
    theme_id: str
    name_es: str
    name_en: str
    unit_es: str
    unit_en: str
    kind: str
    role: str  # target · announced · reference
    seen: str
    scope: str
    fit: str
    fit_es: str | None
    fit_en: str | None
    territory_code: str | None
    territory_es: str
    territory_en: str
    baseline_value: float | None
    baseline_period: str | None
    baseline_es: str | None
    baseline_en: str | None
    period: str | None
    value: float | None
    text_es: str | None
    text_en: str | None
    article: str
    source: str
    note_es: str | None
    note_en: str | None


class ProgressRow(NamedTuple):
    """How an indicator stands in a territory, computed once at the build."""

    indicator_id: str
    territory_code: str
    period: str
    method: str  # path · change
    target_id: str | None
    plan_id: str | None
    baseline: float | None
    baseline_period: str | None
    value: float | None
    previous_value: float | None
    previous_period: str | None
    target: float | None
    target_period: str | None
    final_target: float | None
    final_period: str | None
    expected: float | None
    share: float | None
    expected_share: float | None
    final_share: float | None
    gap: float | None
    status: str
    robustness: str | None
    reason: str | None


class BreakRow(NamedTuple):
    """From this period on a series is not comparable with what came before."""

    indicator_id: str
    period: str
    reason_es: str
    reason_en: str
