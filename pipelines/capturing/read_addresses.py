"""Read `pipelines/capturing/addresses.yaml`: strict, every problem with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from observatory.errors import nearest, read_utf8
from observatory.registry.models import Record
from observatory.registry.nodes import Document, read_nodes
from pipelines.capturing.addresses import CONNECTORS, Address, Book, personal
from pipelines.connectors.errors import CaptureError

ADDRESSES = Path(__file__).with_name("addresses.yaml")

Problem = tuple[int, str, str]


def load_addresses(path: Path = ADDRESSES) -> Book:
    """Read the declarations.

    Raises:
        CaptureError: the file breaks its contract; one line for each problem, with file, line and remedy.
    """
    document = read_nodes(read_utf8(path, CaptureError), path.name)
    if not isinstance(document.value, dict):
        fix = "see pipelines/capturing/addresses.yaml; it begins with `schema_version:`"
        raise CaptureError("the file holds no addresses", where=path.name, fix=fix)
    value = document.value
    problems: list[Problem] = list(document.problems)
    head = {**value, "addresses": []}
    problems += _invalid(Book, head, (), document)
    addresses = []
    for position, record in enumerate(value.get("addresses") or []):
        model, found = _model(record, ("addresses", position), document)
        problems += found or _invalid(model, record, ("addresses", position), document)
        addresses += [] if found else [record]
    problems += _repeated(addresses, document)
    if not problems:
        book = Book.model_validate({**head, "addresses": [_made(record) for record in addresses]})
        problems += _never(book, document)
        if not problems:
            return book
    raise CaptureError("\n".join(str(CaptureError(w, where=f"{path.name}:{n}", fix=f)) for n, w, f in sorted(problems)))


def _made(record: dict[str, Any]) -> Address:
    return CONNECTORS[record["connector"]].model_validate(record)


def _model(record: Any, path: tuple[str | int, ...], document: Document) -> tuple[type[Address], list[Problem]]:
    named = record.get("connector") if isinstance(record, dict) else None
    if named in CONNECTORS:
        return CONNECTORS[str(named)], []
    fix = nearest(str(named), CONNECTORS) or f"one of {', '.join(CONNECTORS)}"
    return Address, [(document.line((*path, "connector")), f"unknown connector {named!r}", fix)]


def _invalid(model: type[Record], value: Any, path: tuple[str | int, ...], document: Document) -> list[Problem]:
    try:
        model.model_validate(value, strict=True)
    except ValidationError as error:
        return [_problem(model, details, path, document) for details in error.errors(include_url=False)]
    return []


def _problem(model: type[Record], details: ErrorDetails, path: tuple[str | int, ...], document: Document) -> Problem:
    inside = details["loc"]
    line, name = document.line((*path, *inside)), ".".join(str(part) for part in inside)
    if details["type"] == "extra_forbidden":
        known = _keys(model, inside[:-1])
        return line, f"unknown key {name!r}", nearest(str(inside[-1]), known) or f"known keys: {', '.join(known)}"
    if details["type"] == "missing":
        return line, f"lacks {name!r}", "it has no default, write it"
    return line, f"{name or 'the record'}: {details['msg'].removeprefix('Value error, ')}", ""


def _keys(model: type[Record], inside: tuple[str | int, ...]) -> list[str]:
    for part in inside:
        annotation = model.model_fields[str(part)].annotation
        kinds = [kind for kind in (annotation, *getattr(annotation, "__args__", ())) if isinstance(kind, type)]
        model = next(kind for kind in kinds if issubclass(kind, Record))
    return list(model.model_fields)


def _repeated(records: list[dict[str, Any]], document: Document) -> list[Problem]:
    sources = [record.get("source") for record in records]
    return [
        (document.line(("addresses", position, "source")), f"source {source!r} stands twice", "keep one of them")
        for position, source in enumerate(sources)
        if source in sources[:position]
    ]


def _never(book: Book, document: Document) -> list[Problem]:
    found = []
    for position, address in enumerate(book.addresses):
        for field in getattr(address, "fields", None) or []:
            if personal(field, book.never_requested):
                line = document.line(("addresses", position, "fields"))
                found.append((line, f"the field {field!r} is about persons and is never asked for", "leave it out"))
    return found
