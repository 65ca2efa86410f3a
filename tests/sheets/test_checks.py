"""Checks speak to the reader: no code, no English finding on a Spanish page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from observatory.wording import LANGUAGES, Lang, Words
from observatory.wording.checks import check_words, finding_words
from pipelines import catalogue_checks
from pipelines.inserting import SQL

NAMES = {"14": "Los Mártires", "00": "Bogotá D.C.", "sex:men": "hombres"}
FINDINGS = {
    "newest figures end 2022-12-31, the next were due 2024-03-30": ["31 dic 2022", "30 mar 2024"],
    "14 2024-01--2024-08: 465.4987202100712 is 7.0 deviations from 69.382776, damage 3.75742": [
        "Los Mártires", "ene–ago 2024", "465", "7,0", "69",
    ],
    "00 2023: deaths 543.0 is not == deaths 564.0; row 7 of data/a_b.csv, row 8 of data/c.csv": [
        "Bogotá D.C.", "2023", "543", "564", "fila 7 de data/a_b.csv, fila 8 de data/c.csv.",
    ],
    "14 2023: deaths missing is not <= crashes 564.0; row 8 of data/c.csv": ["sin dato", "564", "fila 8 de"],
    "homicides 00 2025 total: localities sum to 99, the city says 100; row 7 against 8 (14), 9 (99) of data/f.csv": [
        "Bogotá D.C.", "2025", "99", "100", "Fila 7 frente a 8 (Los Mártires), 9 (99) de data/f.csv",
    ],
    "homicides 2025 total: places sum to 99, the city says 100, row 41 → mend the row, or …": ["2025", "99", "100"],
    "pm25 14 2024 total: parts sum to 1.5, the whole says 2; row 3 against 4 (sex:men), 5 (sex:women) of data/f.csv": [
        "Los Mártires", "2024", "2", "Fila 3 frente a 4 (hombres), 5 (sex:women) de data/f.csv",
    ],
    "4f2a9c1: 18 values, 42 in 5e6f before, nothing of 2025 → is the file whole?": ["18", "42"],
    "territory_missing: 10 rows, first at row 2": ["10", "la entidad perdió el lugar", "fila 2"],
    "60 rows have no denominator of their year and place": ["60"],
}  # fmt: skip


def checks() -> Iterator[str]:
    yield from (path.stem for path in (SQL / "checks").glob("*.sql"))
    yield from (catalogue_checks.COPIED, catalogue_checks.UNTRANSLATED, catalogue_checks.ADDRESSED)
    yield from (catalogue_checks.DECIDED, catalogue_checks.ENDED)
    yield from ("catalogue", "figures", "outlines_present", "outlines_whole")
    yield from ("captures_read", "captures_shorter", "captures_withdrawn")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_has_words(lang: Lang) -> None:
    words = Words(lang)
    assert [one for one in checks() if check_words(words, one) == one.replace("_", " ")] == []


def test_findings_are_told_with_their_numbers() -> None:
    words = Words("es")
    for detail, parts in FINDINGS.items():
        told = finding_words(words, detail, NAMES, lambda text: words.number(float(text)))
        assert told != detail
        assert [part for part in parts if part not in told] == [], told
        assert not re.search(r"\b(is|are|rows|sum|figures|the)\b", told), told


def test_a_finding_that_nobody_worded_is_shown_as_it_is() -> None:
    assert finding_words(Words("es"), "something new", NAMES, str) == "something new"
