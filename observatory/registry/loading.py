"""Load the catalogue: every problem of the file is found in one go, each with its line and a remedy."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from observatory.errors import CatalogueError, nearest, read_utf8
from observatory.registry import nodes
from observatory.registry.models import Catalogue, Text
from observatory.registry.ranges import with_valid_ranges
from observatory.registry.references import cross_problems

Problem = tuple[int, str, str]


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
    return [(document.line(path), *_quote(path, document.written[path])) for path in found]


def _quote(path: nodes.Path, written: str) -> tuple[str, str]:
    return f"{_place(path)} is a code or text, and YAML does not read {written} as text", f'quote it: "{written}"'


def _problem(details: ErrorDetails, document: nodes.Document) -> Problem:
    path = _without_kind(tuple(part for part in details["loc"] if part != "[key]"))
    line = document.line(path)
    if details["type"] == "extra_forbidden":
        known = _keys(path[:-1])
        fix = nearest(str(path[-1]), known) or f"known keys: {', '.join(known)}"
        return line, f"unknown key {str(path[-1])!r} in {_place(path[:-1])}", fix
    if details["type"] == "missing":
        return line, f"{_place(path[:-1])} lacks {str(path[-1])!r}", "it has no default, write it"
    if details["type"] in ("string_type", "literal_error") and path in document.written:
        return line, *_quote(path, document.written[path])
    return line, *_value_problem(path, details)


def _without_kind(path: nodes.Path) -> nodes.Path:
    """The path as written: of a rule, pydantic also tells the kind it took it for."""
    return path[:2] + path[3:] if path[:1] == ("rules",) and len(path) > 2 else path


def _value_problem(path: nodes.Path, details: ErrorDetails) -> tuple[str, str]:
    what = details["msg"].removeprefix("Value error, ")
    given = details["input"]
    if isinstance(given, str) and Text in _types(_annotation(path)):
        return f"{_place(path)}: {given!r} is in one language", "write it in both languages: {es: …, en: …}"
    if not path and not isinstance(given, dict):
        return "the file is empty or holds no keys", "restore it; it begins with `schema_version:`"
    if isinstance(given, (dict, list)) or given is None:
        return f"{_place(path)}: {what}", ""
    choices = [choice for choice in _choices(_annotation(path)) if isinstance(choice, str)]
    return f"{_place(path)}: {given!r}: {what}", nearest(str(given), choices)


def _place(path: nodes.Path) -> str:
    return ".".join(str(part) for part in path) or "the catalogue"


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


def _choices(expected: Any) -> tuple[Any, ...]:
    return tuple(choice for kind in _types(expected) for choice in get_args(kind))
