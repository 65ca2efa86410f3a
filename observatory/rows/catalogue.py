"""What the catalogue declares: indicators, themes, sources, plans and targets, and the words of disaggregations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from observatory.rows.language import Lang


class ThemeRow(NamedTuple):
    """One of the six themes."""

    theme_id: str
    position: int
    name_es: str
    name_en: str
    question_es: str
    question_en: str

    def name(self, lang: Lang) -> str:
        """The theme's name."""
        return self.name_en if lang == "en" else self.name_es

    def question(self, lang: Lang) -> str:
        """What a resident asks under this theme."""
        return self.question_en if lang == "en" else self.question_es


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
    decides: str = "path"  # method whose verdict counts
    by_locality: str | None = None  # the indicator that tells the same by locality
    related: Sequence[str] = ()  # indicators of the same subject

    @property
    def source_ids(self) -> list[str]:
        """Source of the value, then of the denominator."""
        return list(dict.fromkeys(one for one in (self.source_id, self.denominator_source_id) if one))

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


class SourceRow(NamedTuple):
    """One published dataset: who, what, where, under which terms, up to when."""

    source_id: str
    publisher: str
    publisher_acronym: str | None
    dataset_es: str
    dataset_en: str
    url: str | None
    locator_es: str | None
    locator_en: str | None
    licence_es: str
    licence_en: str
    licence_url: str | None
    share_alike: bool
    cutoff: dt.date
    published: dt.date | None
    nature: str
    confidence: str  # official · secondary
    obtained: str  # published · aggregated · transcribed · derived
    records: int | None
    obtained_es: str
    obtained_en: str
    every_months: int | None
    lag_days: int | None
    caveats_es: list[str]
    caveats_en: list[str]
    capture_hash: str

    def licence(self, lang: Lang) -> str:
        """The terms it is published under."""
        return self.licence_en if lang == "en" else self.licence_es

    def dataset(self, lang: Lang) -> str:
        """The dataset's name."""
        return self.dataset_en if lang == "en" else self.dataset_es

    def found_at(self, lang: Lang) -> str:
        """Its address, or where to find it when it has none."""
        return self.url or (self.locator_en if lang == "en" else self.locator_es) or ""

    def obtained_note(self, lang: Lang) -> str:
        """How the figures came in, in words."""
        return self.obtained_en if lang == "en" else self.obtained_es

    def caveats(self, lang: Lang) -> list[str]:
        """What to mind when using it."""
        return self.caveats_en if lang == "en" else self.caveats_es


class PlanRow(NamedTuple):
    """A policy, plan, norm or guide that sets targets."""

    plan_id: str
    name_es: str
    name_en: str
    norm_es: str
    norm_en: str
    scope: str
    starts: int | None
    ends: int | None
    version_es: str
    version_en: str
    closed: bool
    entity: str | None

    def name(self, lang: Lang) -> str:
        """The plan's name."""
        return self.name_en if lang == "en" else self.name_es

    def norm(self, lang: Lang) -> str:
        """The act that adopts it."""
        return self.norm_en if lang == "en" else self.norm_es


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
    article_es: str
    article_en: str
    source_es: str
    source_en: str
    note_es: str | None
    note_en: str | None

    def name(self, lang: Lang) -> str:
        """What is promised."""
        return self.name_en if lang == "en" else self.name_es

    def unit(self, lang: Lang) -> str:
        """The unit in words, as the plan has it."""
        return self.unit_en if lang == "en" else self.unit_es

    def article(self, lang: Lang) -> str:
        """Where it stands in the act."""
        return self.article_en if lang == "en" else self.article_es

    def source(self, lang: Lang) -> str:
        """Where it was read."""
        return self.source_en if lang == "en" else self.source_es


class BreakRow(NamedTuple):
    """From this period on a series is not comparable with what came before."""

    indicator_id: str
    period: str
    reason_es: str
    reason_en: str


class CategoryRow(NamedTuple):
    """The words of a disaggregation `dimension:category`."""

    disaggregation: str
    dimension_id: str
    position: int
    dimension_es: str
    dimension_en: str
    name_es: str
    name_en: str

    def name(self, lang: Lang) -> str:
        """The category's name."""
        return self.name_en if lang == "en" else self.name_es

    def dimension(self, lang: Lang) -> str:
        """The dimension's name."""
        return self.dimension_en if lang == "en" else self.dimension_es
