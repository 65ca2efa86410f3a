"""Load the catalogue: every problem of the file is found in one go, each with its line and a remedy."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from observatory.errors import CatalogueError, nearest, read_utf8
from observatory.registry import nodes
from observatory.registry.models import Catalogue, Text
from observatory.registry.ranges import with_valid_ranges
from observatory.registry.records import SLUG
from observatory.registry.references import cross_problems

Problem = tuple[int, str, str]

_OTHERWISE = "write what indicators.schema.json describes, or leave the key out where it has a default"
_OF_SLUGS = "small letters, digits and _, a letter first"
_REMEDIES = (  # by how pydantic names what it met
    ("date", "write the day as 2025-12-31"),
    ("bool", "write true or false"),
    ("int", "write a whole number, without quotes"),
    ("float", "write a number with a decimal point, without quotes"),
    ("string", "write a text; what YAML reads otherwise stands in quotes"),
    ("list", "write a list: [one, another]"),
    ("tuple", "write a list: [one, another]"),
    ("too_short", "write one more in the list"),
    ("dict", "write keys and values: {key: value}"),
    ("model", "write keys and values: {key: value}"),
    ("greater_than", "write a greater number"),
    ("less_than", "write a smaller number"),
)


class CatalogueProblemsError(CatalogueError):
    """All that is wrong with a catalogue; `problems` holds one line each."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.problems = [str(CatalogueError(what, where=f"{name}:{line}", fix=fix)) for line, what, fix in problems]
        super().__init__("\n".join(self.problems))


def load_catalogue(path: Path) -> Catalogue:
    """Read and check `indicators.yaml`.

    Raises:
        CatalogueProblemsError: the file breaks its contract; one line for each problem, with file, line and remedy.
        CatalogueError: the file is missing, no text or no YAML.
    """
    return read_catalogue(read_utf8(path, CatalogueError), path.name)


def read_catalogue(text: str, name: str = "indicators.yaml") -> Catalogue:
    """The same from text; `name` is the file that errors name."""
    document = nodes.read_nodes(text, name)
    problems = list(document.problems) + _unquoted_dates(document)
    catalogue = None
    try:
        catalogue = Catalogue.model_validate_json(json.dumps(document.value), strict=True)
    except ValidationError as error:
        problems += [_problem(details, document) for details in error.errors(include_url=False)]
    problems += [(document.line(path), what, fix) for path, what, fix in cross_problems(document.value)]
    if problems or catalogue is None:
        raise CatalogueProblemsError(name, sorted(set(problems)))
    return with_valid_ranges(catalogue)


def _unquoted_dates(document: nodes.Document) -> list[Problem]:
    found = [path for path in document.dates if dt.date not in _types(_annotation(path))]
    return [(document.line(path), *_quote(path, document)) for path in found]


def _quote(path: nodes.Path, document: nodes.Document) -> tuple[str, str]:
    written = document.written[path]
    return (
        f"{_place(path, document)} is a code or text, and YAML does not read {written} as text",
        f'quote it: "{written}"',
    )


def _problem(details: ErrorDetails, document: nodes.Document) -> Problem:
    path = _without_kind(tuple(part for part in details["loc"] if part != "[key]"))
    line = document.line(path)
    if details["type"] == "extra_forbidden":
        known = _keys(path[:-1])
        fix = nearest(str(path[-1]), known) or f"known keys: {', '.join(known)}"
        return line, f"unknown key {str(path[-1])!r} in {_place(path[:-1], document)}", fix
    if details["type"] == "missing" and isinstance(path[-1], int):
        return line, f"{_place(path[:-1], document)} lacks a number", "write both ends, the lower first: [0, 1]"
    if details["type"] == "missing":
        return line, f"{_place(path[:-1], document)} lacks {str(path[-1])!r}", "it has no default, write it"
    if path in document.written and (details["type"] == "string_type" or document.written[path] in _words(path)):
        return line, *_quote(path, document)
    return line, *_value_problem(path, details, document)


def _without_kind(path: nodes.Path) -> nodes.Path:
    """The path as written: of a rule, pydantic also tells the kind it took it for."""
    return path[:2] + path[3:] if path[:1] == ("rules",) and len(path) > 2 else path


def _value_problem(path: nodes.Path, details: ErrorDetails, document: nodes.Document) -> tuple[str, str]:
    what, _, fix = details["msg"].removeprefix("Value error, ").partition(" → ")
    given, place = details["input"], _place(path, document)
    if isinstance(given, str) and Text in _types(_annotation(path)):
        return f"{place}: {given!r} is in one language", "write it in both languages: {es: …, en: …}"
    if not path and not isinstance(given, dict):
        return "the file is empty or holds no keys", "restore it; it begins with `schema_version:`"
    fix = fix or _remedy(path, details)
    if given is None:
        return f"{place} is empty", fix
    return f"{place}: {what}" if isinstance(given, (dict, list)) else f"{place}: {given!r}: {what}", fix


def _remedy(path: nodes.Path, details: ErrorDetails) -> str:
    """What mends a value, by what was expected there."""
    if choices := _words(path):
        return nearest(str(details["input"]), choices) or f"one of: {', '.join(choices)}"
    if details["type"] == "string_pattern_mismatch":
        return _OF_SLUGS if details["ctx"]["pattern"] == SLUG else f"it is written as {details['ctx']['pattern']}"
    return next((fix for kind, fix in _REMEDIES if details["type"].startswith(kind)), _OTHERWISE)


def _place(path: nodes.Path, document: nodes.Document) -> str:
    """Where a value stands: keys, and of the records of a list their ids."""
    named, value = [], document.value
    for part in path:
        value = _held(value, part)
        name = value.get("id") if isinstance(part, int) and isinstance(value, dict) else None
        named.append(name if isinstance(name, str) else str(part))
    return ".".join(named) or "the catalogue"


def _held(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None


def _annotation(path: nodes.Path) -> Any:
    """The type the catalogue expects at `path`, or None where it expects nothing."""
    expected: Any = Catalogue
    for part in path:
        expected = _child(expected, part)
    return expected


def _child(expected: Any, part: str | int) -> Any:
    for kind in _types(expected):
        if isinstance(kind, type) and issubclass(kind, BaseModel) and part in kind.model_fields:
            return kind.model_fields[str(part)].annotation
        arguments = get_args(kind)
        if get_origin(kind) in (list, dict, tuple) and arguments:
            return arguments[-1]
    return None


def _types(expected: Any) -> tuple[Any, ...]:
    """The alternatives of a type, without `Annotated`."""
    origin = get_origin(expected)
    if origin is Annotated:
        return _types(get_args(expected)[0])
    if origin in (Union, UnionType):
        return tuple(kind for part in get_args(expected) for kind in _types(part))
    return (expected,)


def _keys(path: nodes.Path) -> list[str]:
    models = [kind for kind in _types(_annotation(path)) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return [key for model in models for key in model.model_fields]


def _words(path: nodes.Path) -> list[str]:
    """The words that may stand at `path`, where only some may."""
    found = [choice for kind in _types(_annotation(path)) if get_origin(kind) is Literal for choice in get_args(kind)]
    return [str(choice) for choice in found]
