"""JSON files of publishers: read as what they hold, or refused with the place where they break."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from observatory.errors import SourceError
from pipelines.reading.text import read_text


def read_json(path: Path, *keys: str) -> dict[str, Any]:
    """The object in a JSON file, plain or packed.

    Args:
        path: the file.
        keys: members it must have.

    Raises:
        SourceError: the file is missing, no JSON (with line and column), no object, or lacks a member.
    """
    if not path.is_file():
        raise SourceError("no such file", where=str(path), fix="capture it again, or mend the path")
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        place = f"{path}, line {error.lineno}, column {error.colno}"
        raise SourceError(f"no JSON: {error.msg}", where=place, fix="was it cut short? Capture it again") from error
    if not isinstance(content, dict):
        fix = f"an object with {', '.join(keys) or 'members'} was expected"
        raise SourceError(f"a {type(content).__name__}, no object", where=str(path), fix=fix)
    missing = [key for key in keys if key not in content]
    if missing:
        fix = f"is it the publisher's file? It holds {', '.join(map(repr, list(content)[:12])) or 'nothing'}"
        raise SourceError(f"no member {', '.join(map(repr, missing))}", where=str(path), fix=fix)
    return content
