"""Sentences are right in both languages: gender, number, targets, gaps and breaks.

The golden files are refreshed with `python -m tests.test_sentences`, then read by a person.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from observatory import sentences
from observatory.rows.catalogue import BreakRow, SourceRow
from observatory.sentences.grammar import listed, subject
from observatory.wording import LANGUAGES, Lang, words
from tests import drawing

GOLDEN = Path(__file__).parent / "golden"
INDICATORS = {"homicide_rate": drawing.indicator(), "internet": drawing.share_indicator()}


def source() -> SourceRow:
    return SourceRow(
        source_id="scj_homicides",
        publisher="Secretaría Distrital de Seguridad, Convivencia y Justicia",
        publisher_acronym="SDSCJ",
        dataset_es="Delito de Alto Impacto",
        dataset_en="High-impact crime",
        url=None,
        locator_es=None,
        locator_en=None,
        licence_es="CC BY-SA 4.0",
        licence_en="CC BY-SA 4.0",
        licence_url=None,
        share_alike=True,
        cutoff=dt.date(2026, 8, 31),
        published=None,
        nature="administrative",
        confidence="official",
        obtained="aggregated",
        records=None,
        obtained_es="-",
        obtained_en="-",
        every_months=1,
        lag_days=30,
        caveats_es=[],
        caveats_en=[],
        capture_hash="0" * 64,
    )


def findings(lang: Lang) -> list[str]:
    w, rate = words(lang), drawing.indicator()
    city, share = drawing.city_rates(), drawing.share_indicator()
    announced = tuple(row._replace(role="announced") for row in drawing.TARGETS)
    breaks = (BreakRow("homicide_rate", "2025", "-", "-"),)
    deaths = rate._replace(name_es="Muertes en siniestros viales", name_en="Road deaths", measure="count", decimals=0)
    rolling = rate._replace(
        name_es="Tasa de desocupación, trimestre móvil", name_en="Unemployment rate, rolling quarter"
    )
    unknown = rate._replace(name_es="Considera buena su salud", name_en="Rates own health as good")
    months = [
        drawing.observation("00", code, value) for code, value in (("2022-12", 45), ("2023-11", 50), ("2023-12", 37))
    ]
    quarters = [drawing.observation("00", code, value) for code, value in (("2024-Q4", 8.8), ("2025-Q4", 6.5))]
    fewer = [drawing.observation("00", code, value) for code, value in (("2023", 600), ("2024", 420))]
    named = rate._replace(name_es="Tasa de homicidios de enero a agosto", name_en="Homicide rate, January to August")
    census = share._replace(name_es="Viviendas con internet, censo de 2018", name_en="Dwellings online, census of 2018")
    days = [drawing.observation("00", code, value) for code, value in (("2019-06-30", 70.2), ("2019-12-30", 71.1))]
    says = [
        (rate, city, drawing.TARGETS, ()),
        (rate, city, announced, ()),
        (rate, city[:-1], drawing.TARGETS, ()),
        (rate, [*city[:-1], city[-1]._replace(value=10.9)], drawing.TARGETS, ()),
        (rate, city, (drawing.target("2024", 9.0),), ()),
        (rate, city[:3], (), ()),
        (rate, city, drawing.TARGETS, breaks),
        (rate, drawing.of("03"), drawing.TARGETS, ()),
        (rate, drawing.of("00"), drawing.TARGETS, ()),
        (rate, drawing.of("20"), (), ()),
        (named, drawing.of("00"), (), ()),
        (census, [drawing.observation("00", "2018", 1.0)], (), ()),
        (share, [drawing.observation("00", "2000-01--2019-12", 0.0004)], (), ()),
        (rate, days, (), ()),
        (deaths, months, (), ()),
        (deaths, fewer, (), ()),
        (rolling, quarters, (), ()),
        (unknown, city, (), ()),
        (share, [drawing.observation("00", "2021", 0.815)], (), ()),
        (rate, [], (), ()),
        (rate, [drawing.observation("20", "2025", None, absence="suppressed")], (), ()),
    ]
    return [
        sentences.finding(indicator, rows, w, place_name="Sumapaz", targets=targets, breaks=cuts)
        for indicator, rows, targets, cuts in says
    ]


def others(lang: Lang) -> list[str]:
    w, rate = words(lang), drawing.indicator()
    silent = [
        row._replace(value=None, absence="late") if row.territory_code == "05" else row for row in drawing.at(2026)
    ]
    progress = [
        drawing.progress(),
        drawing.progress(indicator_id="internet", baseline=0.6, value=0.815, target=0.8, share=1.1, status="met"),
    ]
    due = (
        *drawing.TARGETS,
        drawing.target("2026", 9.5, target_id="SEG-02", name_es="Tasa de hurtos", name_en="Theft rate"),
    )
    changes = [drawing.progress(method="change", status="worsening"), drawing.progress(indicator_id="x", status="met")]
    arguments = (rate, drawing.count_indicator(), drawing.at(2026), drawing.counts_at(2026))
    return [
        sentences.subtitle(rate, w, place_name="Santa Fe", season_of=drawing.of("03")[-1]),
        sentences.subtitle(rate, w, place_name="Bogotá"),
        sentences.source_line(source(), w, edition_id="2026-11-23-4f2a9c1"),
        sentences.trend_alt(rate, drawing.city_rates(), w, place_name="Bogotá", targets=drawing.TARGETS),
        sentences.trend_alt(rate, drawing.city_rates()[:1], w, place_name="Bogotá"),
        sentences.trend_alt(rate, [], w, place_name="Bogotá"),
        *(sentences.places_alt(rate, drawing.at(2026), w, names=drawing.NAMES, kind=kind) for kind in ("map", "strip")),
        sentences.places_alt(rate, silent, w, names=drawing.NAMES, kind="ranking"),
        sentences.places_alt(rate, [], w, names=drawing.NAMES),
        sentences.scatter_alt(*arguments, w, names=drawing.NAMES),
        sentences.slope_alt(rate, drawing.at(2018), drawing.at(2026), w, names=drawing.NAMES),
        sentences.best(progress, INDICATORS, w),
        sentences.best([progress[1]._replace(baseline=0.815)], INDICATORS, w),
        sentences.best(progress[:1], INDICATORS, w),
        sentences.worst(progress, INDICATORS, w),
        sentences.worst(progress, INDICATORS, w, targets=[row._replace(role="announced") for row in drawing.TARGETS]),
        sentences.worst([drawing.progress(target=8.0, target_period="2027")], INDICATORS, w),
        sentences.worst(progress[1:], INDICATORS, w),
        sentences.overdue(progress, due, w, year=2026),
        sentences.overdue(progress, [row._replace(role="announced") for row in due], w, year=2026),
        sentences.overdue([], (), w, year=2026),
        sentences.theme_summary("Movilidad" if lang == "es" else "Mobility", [*progress, *changes], w),
        sentences.theme_summary("Movilidad" if lang == "es" else "Mobility", [], w),
        *(text for _, text in sentences.status_counts({"on_track": 9, "lagging": 1, "no_target": 17}, w)),
    ]


def golden(lang: Lang) -> str:
    return "\n".join([*findings(lang), "", *others(lang)]) + "\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_read_as_in_the_golden_file(lang: Lang) -> None:
    assert golden(lang) == (GOLDEN / f"sentences.{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "said", "form"),
    [
        ("Tasa de homicidios", "la tasa de homicidios", "singular"),
        ("Muertes en siniestros viales", "las muertes en siniestros viales", "plural"),
        ("Espacio público efectivo", "el espacio público efectivo", "singular"),
        ("Hurtos de bicicletas", "los hurtos de bicicletas", "plural"),
        ("Índice de Gini", "el índice de Gini", "singular"),
        ("PM2,5 en estaciones", "PM2,5 en estaciones", "plain"),
    ],
)
def test_spanish_articles_follow_gender_and_number(name: str, said: str, form: str) -> None:
    assert subject(name, words("es")) == (said, form)


def test_lists_count_what_they_leave_out_and_mind_the_sound_i() -> None:
    assert listed(["A", "B"], words("es")) == "A y B"
    assert listed(["A", "Ingreso"], words("es")) == "A e Ingreso"
    assert listed(["A", "B", "C", "D", "E"], words("es")) == "A, B, C y 2 más"
    assert listed(["A", "B", "C", "D", "E"], words("en")) == "A, B, C and 2 more"
    assert listed([], words("en")) == ""


def test_a_city_target_is_not_held_against_a_locality() -> None:
    rows = [drawing.observation("08", year, value) for year, value in (("2024", 15.0), ("2025", 14.0))]
    said = sentences.finding(drawing.indicator(), rows, words("es"), place_name="Kennedy", targets=drawing.TARGETS)
    assert said == "La tasa de homicidios bajó a 14,0 en 2025, desde 15,0 en 2024"


def test_a_part_of_a_year_is_not_held_against_the_target_of_a_year() -> None:
    said = sentences.finding(
        drawing.indicator(), drawing.of("00"), words("es"), place_name="Bogotá", targets=drawing.TARGETS
    )
    assert "meta" not in said


if __name__ == "__main__":
    for language in LANGUAGES:
        (GOLDEN / f"sentences.{language}.txt").write_text(golden(language), encoding="utf-8")
