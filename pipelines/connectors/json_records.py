"""Records of a JSON document exactly as they were written: no number is read and written again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


def records_of(body: str, key: str) -> list[tuple[Any, str]]:
    """The elements of the array under a top-level key, each parsed and as its own text; empty when there is none.

    Raises:
        ValueError: the document is not an object, or is truncated or damaged before the array ends.
    """
    position = _expect(body, 0, "{")
    while body[position : position + 1] != "}":
        name, position = _DECODER.raw_decode(body, position)
        position = _expect(body, position, ":")
        if name == key and body[position : position + 1] == "[":
            return list(_elements(body, position))
        _, position = _DECODER.raw_decode(body, position)
        position = _next(body, position)
    return []


def _elements(body: str, position: int) -> Iterator[tuple[Any, str]]:
    position = _expect(body, position, "[")
    while body[position : position + 1] != "]":
        value, end = _DECODER.raw_decode(body, position)
        yield value, body[position:end]
        position = _skip(body, end)
        if body[position : position + 1] != "]":
            position = _expect(body, position, ",")


def _next(body: str, position: int) -> int:
    position = _skip(body, position)
    return position if body[position : position + 1] == "}" else _expect(body, position, ",")


def _expect(body: str, position: int, mark: str) -> int:
    position = _skip(body, position)
    if body[position : position + 1] != mark:
        raise ValueError(f"{mark!r} expected at character {position}")
    return _skip(body, position + 1)


def _skip(body: str, position: int) -> int:
    found = _SPACE.match(body, position)
    return found.end() if found else position
