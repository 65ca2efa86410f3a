"""Rules and hints of the accounts in the reader's words; the pipelines write them once, as codes and plain English."""

from __future__ import annotations

import re

from observatory.wording import Words

_FIXED = {
    "a date, as 31/12/2025 or 2025-12-31": "date",
    "a locality of Bogotá": "locality",
    "a locality of Bogotá, if the publisher says": "locality_if_known",
    "a month, as 2025-12": "month",
    "a number, as 12,5 or 12.5": "decimal",
    "a respondent's own weight": "own_weight",
    "a whole number, as 1234": "whole",
    "a year, as 2025": "year",
    "capture the file again": "publish_again",
    "capture the file again as published": "publish_again",
    "keep one row": "keep_one",
    "write digits alone, as 605 or 605000: other rows write thousands without a mark": "digits_alone",
    "MUERTO, HERIDO or ILESO": "category_of_outcome",
    "one locality and priority an incident": "one_locality",
    "the publisher lost the place; counted in the city where the city figure comes from the records": "place_lost",
    "write a value": "write_value",
}
_FILLED = {
    "did_you_mean": re.compile(r"did you mean (?P<q>['\"])(?P<value>.*)(?P=q)\?"),
    "known": re.compile(r"known: (?P<values>.*)"),
    "range": re.compile(r"valid is (?P<low>\S*) to (?P<high>\S*)"),
    "range_percent": re.compile(r"valid is (?P<low>\S*) to (?P<high>\S*); if the file writes percents, declare .*"),
    "mend_place": re.compile(r"(?P<code>\w+) is (?P<name>.+): mend the number or the name"),
    "see_row": re.compile(r"see (?P<file>\S+), row (?P<n>\d+)"),
    "header": re.compile(r"the header has (?P<n>\d+)"),
    "check_scale": re.compile(
        r"as (?P<indicator>\w+) of (?P<place>\w+) in (?P<period>\S+) it gives (?P<value>\S+), "
        r"outside (?P<low>[^–]+)–(?P<high>[^;]+); the nearest valid is (?P<nearest>\S+), check unit .*"
    ),
}


def rule_words(words: Words, rule: str) -> str:
    """A rule in words; one without words is shown as its code."""
    key = f"rule.{rule}"
    return words(key) if words.has(key) else rule.replace("_", " ")


def hint_words(words: Words, hint: str) -> str:
    """What was expected, in words; a hint nobody worded is shown as it is."""
    if hint in _FIXED:
        return words(f"hint.{_FIXED[hint]}")
    for key, pattern in _FILLED.items():
        found = pattern.fullmatch(hint)
        if found is not None:
            return words(f"hint.{key}", **{name: text for name, text in found.groupdict().items() if name != "q"})
    return hint
