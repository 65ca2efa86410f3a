"""Titles and subtitles say the year and the unit once: every indicator of the catalogue, in both languages."""

from __future__ import annotations

import re

import pytest

from observatory import sentences
from observatory.rows.catalogue import IndicatorRow
from observatory.wording import Lang, words
from tests.briefing.conftest import repository_book

INDICATORS = list(repository_book().indicators.values())
PER = re.compile(r"(?:por(?: cada)?|per) ([\d.,]+) ")


def period_of(one: IndicatorRow) -> str:
    """A period as the indicator could have it: the year its name says, the months its name says, else 2025."""
    if "enero a agosto" in one.name("es"):
        return "2026-01--2026-08"
    year = re.search(r"\b20\d\d\b", one.name("es"))
    return year[0] if year else "2025"


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.indicator_id)
def test_a_title_says_each_year_and_month_once(one: IndicatorRow, lang: Lang) -> None:
    title = sentences.dated(one.name(lang), period_of(one), words(lang))
    years = re.findall(r"\b20\d\d\b", title)
    assert len(years) == len(set(years)) == 1
    assert not ("enero a agosto" in title and "ene–ago" in title)
    assert not ("January to August" in title and "Jan–Aug" in title)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.indicator_id)
def test_a_subtitle_says_what_it_is_counted_per_once(one: IndicatorRow, lang: Lang) -> None:
    said = sentences.subtitle(one, words(lang), place_name="Bogotá D.C.")
    counted = PER.findall(said)
    assert len(counted) == len(set(counted))
    assert counted == PER.findall(f"{one.name(lang)} {one.unit(lang)}")[: len(counted)]


def test_the_unit_is_left_out_only_when_the_name_says_it() -> None:
    by_id = {one.indicator_id: one for one in INDICATORS}

    def said(one: str, lang: Lang) -> str:
        return sentences.subtitle(by_id[one], words(lang), place_name="Bogotá")

    assert (
        said("street_vendors_per_10k", "es") == "Vendedores informales registrados por cada 10.000 habitantes · Bogotá"
    )
    assert said("trees_per_100k", "en") == "Trees in public space per 100,000 inhabitants · Bogotá"
    assert said("homicide_rate", "es") == "Tasa anual de homicidios, por 100.000 habitantes · Bogotá"
    assert said("effective_public_space", "es").count("metros cuadrados") == 1
