"""English readers meet Spanish only in proper names: acts, entities, places, programmes, files."""

from __future__ import annotations

import re
from pathlib import Path

from observatory.registry.loading import load_catalogue
from observatory.rows.catalogue import BreakRow, IndicatorRow, PlanRow, SourceRow, TargetRow
from pipelines.catalogue_checks import texts_of

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue(ROOT / "indicators.yaml")
SPANISH = re.compile(r"\b(de|del|la|las|los|el|y|con|para|por|según|una|que|meta|tabla|corte|hasta|desde)\b")
ACT = re.compile(r"\b(CONPES|Decreto|Acuerdo|Resolución)( D\.C\.)?( \d+)? de \d{4}")
QUOTED = re.compile(r"[“«\"][^”»\"]*[”»\"]")
FILE = re.compile(r"\S*[/_:=]\S*|\S+\.\S+")
PLACES = re.compile(r"\b(La Candelaria|Los Mártires|Las Ferias|Cuenca del Tunjuelo|Centro de Alto Rendimiento)\b")
# What is told in one language: codes, names of entities, lists the search looks through in both languages.
ONE_LANGUAGE = {
    *("target_id", "plan_id", "plan_version", "indicator_id", "theme_id", "source_id", "denominator_source_id"),
    *("kind", "role", "seen", "scope", "fit", "territory_code", "baseline_period", "period", "unit_id"),
    *("publisher", "publisher_acronym", "entity", "url", "licence_url", "nature", "confidence", "obtained"),
    *("capture_hash", "measure", "direction", "frequency", "levels", "sdg", "iso", "synonyms", "dimensions"),
    *("decides", "by_locality", "related"),
}


def left_in_spanish(text: str) -> list[str]:
    """Spanish words of an English text outside proper names."""
    entities = "|".join(re.escape(entity.name.es) for entity in CATALOGUE.entities)
    for names in (QUOTED, ACT, FILE, PLACES, re.compile(entities)):
        text = names.sub("", text)
    return SPANISH.findall(text)


def test_english_texts_of_the_catalogue_are_english() -> None:
    names = {name.name.en for name in (*CATALOGUE.entities, *CATALOGUE.plans)}
    found = {
        text.en: words
        for _, text in texts_of(CATALOGUE)
        if text.en not in names and (words := left_in_spanish(text.en))
    }
    assert found == {}


def test_what_tells_spanish_from_names_sees_both() -> None:
    assert left_in_spanish("meta de la política") == ["meta", "de", "la"]
    assert left_in_spanish("Plan “Un Nuevo Contrato Social y Ambiental” (Acuerdo 761 de 2020), Los Mártires") == []


def test_every_text_of_the_catalogue_in_an_edition_stands_in_both_languages() -> None:
    for row in (IndicatorRow, SourceRow, PlanRow, TargetRow, BreakRow):
        texts = {name for name, kind in row.__annotations__.items() if "str" in str(kind)} - ONE_LANGUAGE
        assert {name[:-3] + other for name in texts for other in ("_es", "_en")} == texts, row.__name__


SPANISH_NAME = re.compile(
    r"(?:Gran )?(?:Encuesta|Censo|Registro|Observatorio)(?: (?:(?:de|del|la|las|los|y) )*[A-ZÁÉÍÓÚ][\wáéíóúñ]+)+"
)
ENGLISH_NAME = re.compile(
    r"(?:[A-Z]\w+ (?:(?:of|and) )*)*(?:Survey|Census|Register|Observatory)(?: of (?:[A-Z]\w+ ?(?:and )?)+)?"
)


def test_each_survey_census_and_register_has_one_name_in_each_language() -> None:
    """A text that names one of them names it in the other language too; no name is rendered in two ways."""
    names: dict[str, set[str]] = {}
    for _, text in texts_of(CATALOGUE):
        there = SPANISH_NAME.findall(text.es)
        here = [one.strip() for one in ENGLISH_NAME.findall(text.en) if " " in one.strip()]
        if len(there) == len(here) == 1:
            names.setdefault(there[0], set()).add(here[0])
    assert len(names) > 8
    assert {name: said for name, said in names.items() if len(said) > 1} == {}
