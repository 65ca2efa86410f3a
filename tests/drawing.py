"""Rows to draw in tests: homicides of January to August by locality and of whole years for the city, as published.

Counts: SDSCJ, Delito de Alto Impacto, cut-off 31 August 2026. City rates: 2019 to 2025 as published, 2021 not found.
Population: `data/figures/sdp_population_2025.csv`.
"""

from __future__ import annotations

import csv
import functools
import json
from pathlib import Path

from scipy.stats import chi2

from observatory.period import parse_period
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.rows.observation import TOTAL, Observation
from observatory.rows.progress import ProgressRow
from observatory.territory import territories

ROOT = Path(__file__).resolve().parent.parent
YEARS = tuple(range(2018, 2027))
HOMICIDES = {
    "01": (22, 18, 32, 28, 21, 19, 26, 35, 34),
    "02": (7, 10, 4, 6, 10, 10, 13, 11, 6),
    "03": (16, 22, 21, 33, 38, 35, 55, 47, 50),
    "04": (31, 25, 39, 45, 30, 37, 33, 58, 45),
    "05": (54, 58, 42, 48, 45, 40, 60, 49, 50),
    "06": (16, 33, 12, 19, 15, 14, 18, 15, 15),
    "07": (64, 64, 51, 82, 60, 73, 76, 57, 61),
    "08": (102, 83, 81, 124, 84, 107, 117, 108, 105),
    "09": (7, 14, 12, 20, 15, 21, 27, 28, 20),
    "10": (26, 39, 29, 30, 30, 41, 38, 31, 42),
    "11": (60, 53, 43, 37, 47, 50, 45, 58, 48),
    "12": (7, 2, 6, 8, 7, 16, 17, 14, 11),
    "13": (3, 3, 4, 9, 12, 10, 5, 7, 4),
    "14": (42, 43, 34, 48, 35, 33, 25, 29, 32),
    "15": (11, 6, 8, 8, 12, 10, 6, 7, 9),
    "16": (17, 22, 35, 15, 13, 8, 17, 23, 21),
    "17": (3, 1, 2, 6, 2, 3, 3, 1, 3),
    "18": (45, 39, 65, 62, 53, 55, 32, 52, 58),
    "19": (151, 121, 133, 133, 128, 127, 133, 169, 126),
    "20": (0, 0, 1, 2, 1, 3, 1, 0, 0),
}
CITY_RATES = {"2019": 13.9, "2020": 13.3, "2022": 12.9, "2023": 13.6, "2024": 15.2, "2025": 14.8}

NAMES = {code: area.name for code, area in territories().items() if area.level in ("city", "locality")}


@functools.cache
def population() -> dict[tuple[str, str], int]:
    with (ROOT / "data/figures/sdp_population_2025.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["territory_code"], row["period"]): int(float(row["value"])) for row in csv.DictReader(lines)}


@functools.cache
def outlines() -> dict[str, str]:
    collection = json.loads((ROOT / "data/territory/localities.geojson").read_text(encoding="utf-8"))
    pairs = ((feature["properties"]["code"], feature["geometry"]) for feature in collection["features"])
    return {code: json.dumps(geometry, separators=(",", ":")) for code, geometry in pairs}


def indicator(**changes: object) -> IndicatorRow:
    row = IndicatorRow(
        indicator_id="homicide_rate",
        position=1,
        theme_id="quality_of_life",
        name_es="Tasa de homicidios",
        name_en="Homicide rate",
        label_es="Homicidios",
        label_en="Homicides",
        description_es="Homicidios por cada 100.000 habitantes.",
        description_en="Homicides per 100,000 residents.",
        unit_id="per_100k",
        unit_es="por 100.000 habitantes",
        unit_en="per 100,000 residents",
        symbol_es="por 100.000 hab.",
        symbol_en="per 100,000",
        factor=1.0,
        decimals=1,
        measure="rate",
        direction="lower_is_better",
        frequency="annual",
        nature="administrative",
        levels=["city", "locality"],
        valid_low=0.0,
        valid_high=500.0,
        desired_low=None,
        desired_high=None,
        per=100000.0,
        method_es="-",
        method_en="-",
        caveats_es=[],
        caveats_en=[],
        entity="sdscj",
        sdg="16.1.1",
        iso=None,
        proxy_es=None,
        proxy_en=None,
        synonyms=[],
        headline=True,
        source_id="sdscj_dai_2026",
        denominator_source_id="sdp_population_2025",
        dimensions=[],
    )
    return row._replace(**changes)


def count_indicator() -> IndicatorRow:
    words = {"name_es": "Homicidios", "name_en": "Homicides", "unit_es": "casos", "unit_en": "cases"}
    return indicator(
        indicator_id="homicides",
        measure="count",
        symbol_es="",
        symbol_en="",
        decimals=0,
        unit_id="count",
        per=None,
        **words,
    )


def share_indicator() -> IndicatorRow:
    names = {"name_es": "Hogares con internet", "name_en": "Households with internet"}
    unit = {
        "unit_id": "share",
        "unit_es": "% de los hogares",
        "unit_en": "% of households",
        "symbol_es": "%",
        "symbol_en": "%",
    }
    return indicator(
        indicator_id="internet", direction="higher_is_better", factor=100.0, measure="share", per=None, **names, **unit
    )


def observation(code: str, period: str, value: float | None, **changes: object) -> Observation:
    stretch = parse_period(period)
    row = Observation(
        indicator_id="homicide_rate",
        territory_code=code,
        period=period,
        disaggregation=TOTAL,
        period_start=stretch.start,
        period_end=stretch.end,
        season=stretch.season,
        value=value,
        numerator=None,
        denominator=None,
        lower=None,
        upper=None,
        sample=None,
        flag="",
        absence=None if value is not None else "not_published",
        source_id="sdscj_dai_2026",
        capture_hash="0" * 64,
        denominator_source_id=None,
    )
    return row._replace(**changes)


def poisson(count: int) -> tuple[float, float]:
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(chi2.ppf(0.975, 2 * count + 2) / 2)


def _rate(code: str, year: int, count: int) -> Observation:
    people = population()[code, str(year)]
    low, high = poisson(count)
    per = 100_000 / people
    ends = {"lower": low * per, "upper": high * per, "numerator": count, "denominator": people}
    return observation(code, f"{year}-01--{year}-08", count * per, **ends)


@functools.cache
def locality_rates() -> tuple[Observation, ...]:
    """Twenty localities and the city, January to August of nine years."""
    rows = [
        _rate(code, year, count)
        for code, counts in HOMICIDES.items()
        for year, count in zip(YEARS, counts, strict=True)
    ]
    sums = [sum(counts[index] for counts in HOMICIDES.values()) for index in range(len(YEARS))]
    return (*(_rate("00", year, total) for year, total in zip(YEARS, sums, strict=True)), *rows)


def at(year: int) -> list[Observation]:
    return [row for row in locality_rates() if row.period_end.year == year]


def of(code: str) -> list[Observation]:
    return [row for row in locality_rates() if row.territory_code == code]


def counts_at(year: int) -> list[Observation]:
    return [row._replace(indicator_id="homicides", value=row.numerator, lower=None, upper=None) for row in at(year)]


def city_rates() -> list[Observation]:
    return [observation("00", year, value, flag="secondary") for year, value in CITY_RATES.items()]


def target(period: str, value: float, **changes: object) -> TargetRow:
    row = TargetRow(
        target_id="SEG-01",
        plan_id="pdd_2024",
        plan_version="approved 2024",
        indicator_id="homicide_rate",
        theme_id="quality_of_life",
        name_es="Tasa de homicidios",
        name_en="Homicide rate",
        unit_es="por 100.000 habitantes",
        unit_en="per 100,000 residents",
        kind="decreasing",
        role="target",
        seen="OT",
        scope="district",
        fit="same_definition",
        fit_es=None,
        fit_en=None,
        territory_code="00",
        territory_es="Bogotá",
        territory_en="Bogotá",
        baseline_value=13.6,
        baseline_period="2023",
        baseline_es=None,
        baseline_en=None,
        period=period,
        value=value,
        text_es=None,
        text_en=None,
        article_es="art. 1",
        article_en="art. 1",
        source_es="-",
        source_en="-",
        note_es=None,
        note_en=None,
    )
    return row._replace(**changes)


TARGETS = (target("2025", 11.0), target("2027", 8.0))


def progress(**changes: object) -> ProgressRow:
    row = ProgressRow(
        indicator_id="homicide_rate",
        territory_code="00",
        period="2025",
        method="path",
        target_id="SEG-01",
        plan_id="pdd_2024",
        baseline=13.6,
        baseline_period="2023",
        value=14.8,
        previous_value=15.2,
        previous_period="2024",
        target=11.0,
        target_period="2025",
        final_target=8.0,
        final_period="2027",
        expected=11.0,
        share=-0.46,
        expected_share=0.46,
        final_share=-0.21,
        gap=-0.67,
        status="lagging",
        robustness=None,
        reason=None,
        leads=True,
    )
    return row._replace(**changes)
