"""Words and numbers in both languages: nothing missing, the same blanks to fill, es-CO and English formats."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from observatory.wording import LANGUAGES, MINUS, NARROW_BLANK, Lang, texts, words
from pipelines.layout import REPOSITORY

BLANKS = re.compile(r"\{(\w*)\}")
GRAMMAR = ("sentence.noun.", "sentence.article.", "sentence.predicate")  # lists of word forms that one language lacks
KEY = re.compile(r"""\b(?:w|words|view\.words|self\.words)\(\s*"([a-z_]+(?:\.[a-z0-9_]+)+)\"""")


def test_both_languages_have_the_same_keys() -> None:
    assert texts("es").keys() == texts("en").keys()


def test_both_languages_fill_the_same_blanks() -> None:
    for key, text in texts("es").items():
        assert set(BLANKS.findall(text)) == set(BLANKS.findall(texts("en")[key])), key


def test_no_text_is_empty() -> None:
    for lang in LANGUAGES:
        empty = [key for key, text in texts(lang).items() if not text.strip()]
        assert [key for key in empty if not key.startswith(GRAMMAR)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_stands_twice(lang: Lang) -> None:
    path = REPOSITORY / "observatory" / "wording" / f"{lang}.yaml"
    repeated: list[str] = []

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            repeated.extend(f"{name} (line {node.start_mark.line})" for name in set(names) if names.count(name) > 1)
            for _, child in node.value:
                walk(child)

    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None
    walk(root)
    assert repeated == []


def test_every_key_that_the_code_names_has_words() -> None:
    known = texts("es").keys()
    sources = [path for room in ("observatory", "pages", "pipelines") for path in (REPOSITORY / room).rglob("*.py")]
    named = {(path.name, key) for path in sources for key in KEY.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 200
    assert sorted((file, key) for file, key in named if key not in known) == []


@pytest.mark.parametrize(
    ("value", "decimals", "es", "en"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-1234.56, 1, f"{MINUS}1.234,6", f"{MINUS}1,234.6"),
        (0, 0, "0", "0"),
        (-0.04, 1, "0,0", "0.0"),
        (7945996, 0, "7.945.996", "7,945,996"),
    ],
)
def test_numbers_follow_the_language(value: float, decimals: int, es: str, en: str) -> None:
    assert words("es").number(value, decimals) == es
    assert words("en").number(value, decimals) == en


def test_percent_and_sign() -> None:
    assert words("es").percent(0.196) == f"19,6{NARROW_BLANK}%"
    assert words("en").signed(1.25, 1) == "+1.2"
    assert words("en").signed(-0.5, 1) == f"{MINUS}0.5"
    assert words("es").signed(0.0, 1) == "0,0"


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_number_read_back_is_the_number_rounded(value: float, decimals: int) -> None:
    text = words("es").number(value, decimals).replace(MINUS, "-").replace(".", "").replace(",", ".")
    assert float(text) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-6)


@pytest.mark.parametrize(
    ("code", "es", "en"),
    [
        ("2025", "2025", "2025"),
        ("2025-Q4", "4.º trim. 2025", "Q4 2025"),
        ("2025-S1", "1.º sem. 2025", "H1 2025"),
        ("2025-03", "mar 2025", "Mar 2025"),
        ("2019-12-30", "30 dic 2019", "30 Dec 2019"),
        ("2026-01--2026-08", "ene–ago 2026", "Jan–Aug 2026"),
        ("2025-11--2026-01", "nov 2025–ene 2026", "Nov 2025–Jan 2026"),
    ],
)
def test_periods_in_words(code: str, es: str, en: str) -> None:
    assert (words("es").period(code), words("en").period(code)) == (es, en)


def test_days_in_words() -> None:
    assert words("es").date(dt.date(2026, 8, 31)) == "31 de agosto de 2026"
    assert words("en").date(dt.date(2026, 8, 31)) == "31 August 2026"


def test_one_and_many() -> None:
    assert words("es").count("tile.lagging", 1) == "1 con rezago"
    assert words("es").count("tile.lagging", 6) == "6 con rezago"


def test_a_missing_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("es")("no.such_key")


def test_words_are_kept_beside_their_formatter() -> None:
    assert {path.name for path in (REPOSITORY / Path("observatory/wording")).glob("*.yaml")} == {"es.yaml", "en.yaml"}
