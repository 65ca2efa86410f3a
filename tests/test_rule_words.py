"""Every rule and hint of the accounts has words in both languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from observatory.wording import LANGUAGES, Words, texts
from observatory.wording.rules import hint_words, rule_words

REPOSITORY = Path(__file__).resolve().parents[1]
# How code names a rule: in an account, a refusal, a quarantine, a table of outcomes, the SQL of accounts.
WRITTEN = (
    r'Account\([^,]+, "(?:observed|excluded|quarantined)", "(\w+)"',
    r'\.note\([^,]+, "(?:observed|excluded|quarantined)", "(\w+)"',
    r'\("(?:observed|excluded|quarantined)", "(\w+)"',
    r'"(\w+)": "(?:observed|excluded|quarantined)"',
    r'_Bad\(\s*"(\w+)"',
    r'\.without\(\s*[^,]+,\s*[^,]+,\s*"(\w+)"',
    r"\['(?:observed|excluded|quarantined)', '(\w+)'\]",
    r'\("(\w+)", (?:elsewhere|outside|merged\.superseded|len\(merged\.withdrawn\))',
    r'\brule = "(\w+)"',
)
KINDS = ("whole", "decimal", "date", "month", "year")
CALCULATED = {f"not_a_{kind}" for kind in KINDS} | {"unknown_locality", "unknown_upl"}
WITH_HINTS = {
    "ambiguous_number",
    "too_many_cells",
    "repeated_key",
    "undeclared_column",
    "territory_missing",
    "out_of_valid_range",
}


def written_rules() -> set[str]:
    """Rules named in the code of the pipelines, and in the accounts of the repository."""
    paths = [*REPOSITORY.glob("pipelines/**/*.py"), *REPOSITORY.glob("pipelines/sql/*.sql")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    found = {rule for pattern in WRITTEN for rule in re.findall(pattern, code)} - {"excluded"}  # an outcome
    for path in REPOSITORY.glob("data/figures/accounts/*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found |= {row["rule"] for row in csv.DictReader(lines)}
    return found | CALCULATED | WITH_HINTS


def test_every_rule_of_code_and_accounts_has_words() -> None:
    rules = written_rules()
    assert len(rules) > 60
    for lang in LANGUAGES:
        assert sorted(rule for rule in rules if f"rule.{rule}" not in texts(lang)) == []


def test_no_words_are_left_of_rules_nobody_applies() -> None:
    known = {key.removeprefix("rule.") for key in texts("es") if key.startswith("rule.")}
    assert sorted(known - written_rules()) == []


@pytest.mark.parametrize(
    ("hint", "es"),
    [
        ("did you mean 'los martires'?", "¿quiso decir «los martires»?"),
        ('did you mean "rafael d\'uribe"?', "¿quiso decir «rafael d'uribe»?"),
        ("08 is Kennedy: mend the number or the name", "08 es Kennedy: corrija el número o el nombre"),
        ("known: 1, 2, 3", "se conocen: 1, 2, 3"),
        ("valid is 0 to 1500", "lo válido va de 0 a 1500"),
        ("the header has 12", "el encabezado tiene 12"),
        ("keep one row", "deje una sola fila"),
        ("a locality of Bogotá, if the publisher says", "una localidad de Bogotá, si la entidad la sabe"),
        (
            "as pm25 of 01 in 2025 it gives 1300.0, outside 0.0–200.0; the nearest valid is 200.0, check unit and"
            " scale, shares are fractions",
            "como pm25 de 01 en 2025 da 1300.0, fuera de 0.0–200.0; el valor válido más cercano es 200.0; revise"
            " unidad y escala, los porcentajes van como fracciones",
        ),
        ("see sdp_population_2025.csv, row 12", "vea sdp_population_2025.csv, fila 12"),
    ],
)
def test_hints_are_told_in_spanish(hint: str, es: str) -> None:
    assert hint_words(Words("es"), hint) == es
    assert hint_words(Words("en"), hint) != ""


def test_what_nobody_worded_is_shown_as_it_is() -> None:
    assert hint_words(Words("es"), "look at sheet 3") == "look at sheet 3"
    assert rule_words(Words("es"), "some_new_rule") == "some new rule"
