"""Checks and what they found in the reader's words; the pipelines write findings once, as codes and plain English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from observatory.wording import Words
from observatory.wording.rules import rule_words

Written = Callable[[str], str]
_NUMBER = r"-?[\d.]+(?:e-?\d+)?"
_WHERE = r"(?P<place>\w+) (?P<period>[\dQS-]+)"
_FOUND = {
    "due": re.compile(r"newest figures end (?P<end>[\d-]+), the next were due (?P<due>[\d-]+)"),
    "far": re.compile(
        rf"{_WHERE}: (?P<value>{_NUMBER}) is (?P<times>{_NUMBER}) deviations from (?P<middle>{_NUMBER}), damage .*"
    ),
    "unequal": re.compile(
        rf"{_WHERE}: (?P<left>\w+) (?P<value>{_NUMBER}|missing) is not (?P<sign>\S+) "
        rf"(?P<right>\w+) (?P<other>{_NUMBER}|missing); (?P<rows>.+)"
    ),
    "sum": re.compile(
        rf"(?P<left>\w+) (?P<period>[\dQS-]+) \S+: places sum to "
        rf"(?P<value>{_NUMBER}), the city says (?P<other>{_NUMBER}), row (?P<row>\d+) .*"
    ),
    "parts": re.compile(
        rf"(?P<left>\w+) {_WHERE} (?P<category>\S+): (?:localities|parts) sum to (?P<value>{_NUMBER}), "
        rf"the (?:city|whole) says (?P<other>{_NUMBER}); row (?P<row>\d+) against (?P<rows>.+) of (?P<file>\S+)"
    ),
    "held": re.compile(r"(?P<rule>\w+): (?P<n>\d+) rows, first at row (?P<row>\d+)"),
    "no_denominator": re.compile(r"(?P<n>\d+) rows have no denominator of their year and place"),
    "withdrawn": re.compile(r"(?P<n>\d+) figures are no longer published, the first: (?P<first>.*)"),
    "shorter": re.compile(r"\w+: (?P<n>\d+) values, (?P<before>\d+) in \w+ before.*"),
}


def check_words(words: Words, check_id: str) -> str:
    """A check that every edition passes through, in words; one without words as its code."""
    key = f"check.{check_id}"
    return words(key) if words.has(key) else check_id.replace("_", " ")


def finding_words(words: Words, detail: str, names: Mapping[str, str], value: Written) -> str:
    """What a check found; a finding nobody worded is shown as it is.

    Args:
        words: the reader's language.
        detail: as the check wrote it.
        names: territory code or category → name.
        value: a number as its subject is told on screen.
    """
    for key, pattern in _FOUND.items():
        found = pattern.fullmatch(detail)
        if found is not None:
            told = {name: _told(words, name, text, names, value) for name, text in found.groupdict().items()}
            return words(f"check.found.{key}", **told)
    return detail


def _rows_told(words: Words, text: str, names: Mapping[str, str]) -> str:
    """Rows and what each is of: `8 (Usaquén), 9 (Chapinero)`, or `Fila 8 de data/figures/deaths.csv`."""
    said = re.sub(
        r"\brow (\d+) of (\S+?)(?=,|$)", lambda one: words("check.found.place", row=one[1], file=one[2]), text
    )
    return re.sub(r"\(([\w:]+)\)", lambda one: f"({names.get(one[1], one[1].replace('_', ' '))})", said)


def _told(words: Words, name: str, text: str, names: Mapping[str, str], value: Written) -> str:
    if name == "place":
        return names.get(text, text)
    if name in ("period", "end", "due"):
        return words.period(text)
    if name == "rule":
        return rule_words(words, text)
    if name in ("value", "middle", "other"):
        return words("check.found.missing") if text == "missing" else value(text)
    if name in ("n", "row", "before"):
        return words.number(int(text))
    if name == "rows":
        return _rows_told(words, text, names)
    if name == "times":
        return words.number(float(text), 1)
    return text if name == "file" else text.replace("_", " ")
