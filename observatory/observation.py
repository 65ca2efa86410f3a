"""The rows that editions hold and everything else reads: plain typed tuples, one class per table.

Field order equals the column order of the queries in `observatory/editions/queries`. Shares are fractions 0–1.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

Lang = Literal["es", "en"]  # as `observatory.wording` has it, which stands above this room

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
    decides: str = "path"  # method whose verdict counts
    by_locality: str | None = None  # the indicator that tells the same by locality

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
    method: str  # path · milestone · year · linear · geometric · projected · trend · change
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
    reason: str | None  # wording key reason.<code>
    leads: bool = False  # the row whose status stands for the indicator in this territory


class ReadingRow(NamedTuple):
    """A series read by every method, against a target or, where `target_id` is None, alone."""

    indicator_id: str
    territory_code: str
    target_id: str | None
    decides: str
    base_value: float | None
    base_period: str | None
    value: float | None
    period: str | None
    target: float | None
    target_period: str | None
    points: int
    cut_by: str | None  # wording key pace.refusal.<code>
    refusal: str | None  # wording key pace.refusal.<code>
    agreement: str | None  # agree · differ_in_degree · disagree
    robustness: str | None  # solid · fragile · methods_disagree
    trials: int
    needed: float | None  # units a year
    arrival: float | None  # decimal year
    arrival_reason: str | None  # wording key pace.reason.<code>


class MethodRow(NamedTuple):
    """What one method says of a reading: paces in units (linear) or fractions a year."""

    indicator_id: str
    territory_code: str
    target_id: str | None
    method: str  # path · linear · geometric · projected · no_target
    observed: float | None
    required: float | None
    ratio: float | None
    verdict: str | None
    reason: str | None  # wording key pace.reason.<code>


class TrialRow(NamedTuple):
    """A change of the series that would change the status."""

    indicator_id: str
    territory_code: str
    target_id: str
    trial: str  # left_out · at_lower_end · at_upper_end
    period: str
    status: str


class MarkerRow(NamedTuple):
    """Whether the last five comparable values have a trend; slope in units a year."""

    indicator_id: str
    territory_code: str
    first_period: str
    period: str
    trend: str | None
    verdict: str | None
    reason: str | None
    test: str | None
    slope: float | None
    chi_square: float | None
    p_value: float | None


class ProjectionModelRow(NamedTuple):
    """A model's backtest, and the probability of meeting the target where the backtest supports one."""

    indicator_id: str
    territory_code: str
    target_id: str
    model: str  # linear · geometric
    reason: str | None
    forecasts: int
    skill: float | None
    coverage: float | None
    longest: float | None
    mean_error: float | None
    probability: float | None
    probability_reason: str | None  # wording key projection.reason.<code>


class ProjectionRow(NamedTuple):
    """A model's value at a moment, a decimal year, with its 95 % interval."""

    indicator_id: str
    territory_code: str
    target_id: str
    model: str
    moment: float
    value: float
    lower: float
    upper: float


class BreakRow(NamedTuple):
    """From this period on a series is not comparable with what came before."""

    indicator_id: str
    period: str
    reason_es: str
    reason_en: str


class EditionRow(NamedTuple):
    """Which edition this is."""

    edition_id: str
    built_on: dt.date
    content_hash: str
    schema_version: int


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


class SourceRow(NamedTuple):
    """One published dataset: who, what, where, under which terms, up to when."""

    source_id: str
    publisher: str
    publisher_acronym: str | None
    dataset_es: str
    dataset_en: str
    url: str | None
    locator: str | None
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

    def obtained_note(self, lang: Lang) -> str:
        """How the figures came in, in words."""
        return self.obtained_en if lang == "en" else self.obtained_es

    def caveats(self, lang: Lang) -> list[str]:
        """What to mind when using it."""
        return self.caveats_en if lang == "en" else self.caveats_es


class TerritoryRow(NamedTuple):
    """An area and its newest population."""

    territory_code: str
    level: str  # city · locality · upl
    name: str
    area_km2: float
    is_rural: bool
    valid_from: int
    valid_to: int | None
    population: int | None
    population_period: str | None


class GeometryRow(NamedTuple):
    """The generalised outline of an area: GeoJSON geometry as text, EPSG:4326."""

    territory_code: str
    level: str
    geojson: str


class NeighbourRow(NamedTuple):
    """Two areas of one level that share a border; each pair stands in both orders."""

    territory_code: str
    neighbour_code: str


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


class PlanRow(NamedTuple):
    """A policy, plan, norm or guide that sets targets."""

    plan_id: str
    name_es: str
    name_en: str
    norm: str
    scope: str
    starts: int | None
    ends: int | None
    version: str
    closed: bool
    entity: str | None

    def name(self, lang: Lang) -> str:
        """The plan's name."""
        return self.name_en if lang == "en" else self.name_es


class PeriodRow(NamedTuple):
    """A period an indicator has rows for at a level (totals), and how many territories have a value."""

    period: str
    period_start: dt.date
    period_end: dt.date
    season: str
    with_value: int
    without_value: int


class LatestRow(NamedTuple):
    """The total of an indicator in a territory at the newest period its level has values for.

    The period is common to the level: a locality without a value at it shows its absence, not an older value.
    `above`, `below`, `equal` count territories of the level with a greater, smaller, equal value (itself included in
    `equal`), so a place with ties can be read in either direction; null when the territory has no value.
    City columns are the city's for the same period, null when the city has none.
    """

    indicator_id: str
    territory_code: str
    level: str
    period: str
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
    city_value: float | None
    city_lower: float | None
    city_upper: float | None
    above: int | None
    below: int | None
    equal: int | None


class SilenceRow(NamedTuple):
    """How many values an indicator has for a locality in a year, and when none, why.

    Years run from the first the indicator has at that level to the last it has or should have by the edition's day.
    """

    indicator_id: str
    territory_code: str
    year: int
    with_value: int
    absence: str | None


class CaptureRow(NamedTuple):
    """What came in for a source. `rows` are figure rows, of an embedded table also those that a capture replaced."""

    source_id: str
    path: str
    sha256: str
    bytes: int
    rows: int
    kind: str  # capture · declared (read by the catalogue's `reader:`) · embedded · refused
    retrieved: dt.date | None = None
    taken_from: str | None = None  # an address, or the name of the file that was brought
    reason: str | None = None  # why it was refused: wording key capture.reason.<code>
    detail: str | None = None


class AccountRow(NamedTuple):
    """What became of rows: per source, stage and file they add up to the rows that came in."""

    source_id: str
    stage: str  # file: the publisher's records · file_kept: of figures kept beside a capture · figures: figure rows
    file: str
    outcome: str  # observed · excluded · quarantined
    rule: str
    rows: int


class RejectedRow(NamedTuple):
    """A row that was refused."""

    source_id: str
    file: str
    row_number: int
    column_name: str
    value: str | None
    rule: str
    hint: str


class CorrectionRow(NamedTuple):
    """A row of a figure table that was corrected: what the publisher says, what is used instead, and why."""

    correction_id: str
    source_id: str
    row_number: int
    measure: str
    territory_code: str
    period: str
    disaggregation: str
    action: str  # replace · withhold · flag
    published: float | None
    corrected: float | None
    flag: str | None
    absence: str | None
    reason_es: str
    reason_en: str
    decided: dt.date
    expires: dt.date

    def reason(self, lang: Lang) -> str:
        """Why it was corrected."""
        return self.reason_en if lang == "en" else self.reason_es


class CheckRow(NamedTuple):
    """The result of one check on one subject."""

    check_id: str
    subject: str
    status: str  # passed · failed · warned
    detail: str
