"""Two editions of a small observatory that differ in every way a meeting may ask about."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from pathlib import Path

from observatory.editions.book import Book, read_book
from observatory.editions.opening import open_edition
from pipelines.build import build
from pipelines.layout import Layout
from tests.observatories import change, copy_to, quiet

FIRST, SECOND = dt.date(2026, 11, 23), dt.date(2028, 3, 1)
Change = tuple[str, str, str]  # file, old text, new text
REVISIONS: tuple[Change, ...] = (
    ("data/figures/survey.csv", "feels_safe,00,2023,total,0.4,", "feels_safe,00,2022,total,0.4,"),
    ("data/figures/survey.csv", "0.42,0.38", "0.43,0.38"),
    (
        "data/figures/air.csv",
        "pm25,01,2024,total,14.0,,,,modelled,",
        "pm25,01,2024,total,14.0,,,,modelled provisional,",
    ),
    ("data/figures/air.csv", "pm25,02,2025,total,13.5", "pm25,02,2025,total,1350"),
    ("indicators.yaml", '{period: "2025", value: 12}', '{period: "2025", value: 4}'),
    ("indicators.yaml", 'women: {es: "Mujeres"', 'women: {es: "Ellas"'),
    ("indicators.yaml", "valid_range: [0, 400]", "valid_range: [0, 300]"),
)
CHANGES: tuple[Change, ...] = (
    ("indicators.yaml", "id: pm25_gone", "id: pm25_again"),
    ("indicators.yaml", 'es: "PM2.5 de antes", en: "Former PM2.5"', 'es: "PM2.5 de ahora", en: "PM2.5 anew"'),
    ("data/figures/deaths.csv", "homicides,03,2025,total,4,", "homicides,03,2025,total,60,"),
    ("data/figures/deaths.csv", "homicides,04,2025,total,4,", "homicides,04,2025,total,9,"),
    ("data/figures/deaths.csv", "homicides,00,2025,total,178,", "homicides,00,2025,total,239,"),
    ("data/figures/deaths.csv", "homicides,00,2024,total,230,", "homicides,00,2024,total,231,"),
    ("data/figures/sdp_population_2025.csv", "population,00,2024,total,2074000,", "population,00,2024,total,2084000,"),
    ("data/figures/sdp_population_2025.csv", "population,05,2024,total,104000,", "population,05,2024,total,114000,"),
)
AIR = 'dataset: {es: "Aire de prueba", en: "Air for tests"}'
PM25_GONE = """  - id: pm25_gone
    theme: environment
    name: {es: "PM2.5 de antes", en: "Former PM2.5"}
    label: {es: "PM2.5", en: "PM2.5"}
    description: {es: "Media anual.", en: "Annual mean."}
    unit: ug_m3
    measure: mean
    direction: lower_is_better
    frequency: annual
    levels: [city, locality]
    value: {source: air, measure: pm25}
    interval: none
    valid_range: [0, 2000]
    nature: modelled
    method: {es: "Modelo.", en: "Model."}
    entity: sdp
plans:
"""
CORRECTIONS = """corrections:
  - id: ciudad_bolivar_2024
    source: deaths
    row: {measure: homicides, territory_code: "07", period: "2024", disaggregation: total}
    action: replace
    value: 10
    expect: 9
    reason: {es: "Falta un registro.", en: "One record is missing."}
    decided: 2028-02-01
    expires: 2028-08-01
"""


@functools.cache
def folder() -> Path:
    """The folder of both editions, the second the current one."""
    layout = copy_to(Path(tempfile.mkdtemp(prefix="observatory-apart-")) / "observatory")
    _change(
        layout,
        (("indicators.yaml", "plans:\n", PM25_GONE), ("indicators.yaml", AIR, f"{AIR}\n    out_of_range: quarantine")),
    )
    build(layout, FIRST, quiet)
    _change(layout, (*REVISIONS, *CHANGES))
    layout.corrections.write_text(CORRECTIONS, encoding="utf-8")
    build(layout, SECOND, quiet)
    return layout.editions


def _change(layout: Layout, changes: tuple[Change, ...]) -> None:
    for file, old, new in changes:
        change(layout.catalogue.parent / file, old, new)


@functools.cache
def books() -> tuple[Book, Book]:
    """Both editions, the earlier first."""
    before, after = sorted(folder().glob("*.duckdb"))
    return read_book(open_edition(before)), read_book(open_edition(after))
