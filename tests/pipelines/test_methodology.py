"""The methodology says what the code and the catalogue say now, in both languages, and its examples are run."""

from __future__ import annotations

import re

import pytest
import yaml

from observatory.errors import CatalogueError
from observatory.registry.loading import load_catalogue
from observatory.wording import LANGUAGES, Lang
from pipelines import methodology
from pipelines.layout import Layout
from tests.progress.test_docstring_examples import MODULES

CATALOGUE = load_catalogue(Layout.of().catalogue)


def chapters() -> list[str]:
    plan = yaml.safe_load((methodology.DOCS / "methodology.yaml").read_text(encoding="utf-8"))
    return [module for chapter in plan["chapters"] for module in chapter["modules"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_document_is_current(lang: Lang) -> None:
    written = (methodology.DOCS / methodology.NAMES[lang]).read_text(encoding="utf-8")
    assert written == methodology.document(CATALOGUE, lang), "run `python -m pipelines methodology`"


def test_every_example_it_prints_is_run() -> None:
    shown = [module for module in chapters() if methodology.with_examples(module)]
    assert set(shown) <= set(MODULES)
    assert len(shown) >= 8


def test_both_languages_print_the_same_examples() -> None:
    examples = [re.findall(r"```python\n(.*?)```", methodology.document(CATALOGUE, lang), re.S) for lang in LANGUAGES]
    assert examples[0] == examples[1]
    assert len(examples[0]) >= 28


def test_no_translation_stands_without_what_it_translates() -> None:
    spanish = yaml.safe_load((methodology.DOCS / "methodology_es.yaml").read_text(encoding="utf-8"))
    assert set(spanish) == set(chapters())
    for module, text in spanish.items():
        assert set(text.get("functions", {})) == set(methodology.with_examples(module)), module


def test_a_docstring_that_changed_asks_for_its_translation() -> None:
    writer = methodology.Writer(CATALOGUE, "es", {})
    with pytest.raises(CatalogueError, match="does not translate"):
        writer._in_language("Another text.", {"of": "00000000", "text": "Otro texto."}, "somewhere")


def test_a_function_is_told_without_arguments_and_errors() -> None:
    from observatory.statistics.intervals import poisson_interval

    assert methodology.told(poisson_interval) == "Exact interval of a count of independent events."
    assert methodology.example(poisson_interval).startswith(">>> ")
