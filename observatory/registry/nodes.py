"""YAML with line numbers: text to plain values, remembering where each stands and how it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from observatory.errors import CatalogueError

Path = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEAN = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_PREFIX = "tag:yaml.org,2002:"


@dataclass
class Document:
    """A YAML document as plain values. `problems` are (line, what, fix)."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)  # unquoted scalars that YAML does not read as text
    dates: set[Path] = field(default_factory=set)
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of `path`, or of its nearest ancestor that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_nodes(text: str, name: str) -> Document:
    """Parse YAML text.

    Raises:
        CatalogueError: the text breaks the syntax of YAML; the line is given.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what, fix = f"a sign that no text holds (#x{ord(text[error.position]):04x})", "is it a text file? Save it again"
        raise CatalogueError(what, where=f"{name}:{line}", fix=fix) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        raise CatalogueError(
            f"the text breaks off here: {error.problem}",
            where=where,
            fix="mend the indentation, quotes or brackets on this line or the one before",
        ) from error
    document = Document()
    document.value = None if root is None else _value(root, (), document)
    return document


def _value(node: Any, path: Path, document: Document) -> Any:
    document.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, document)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, position), document) for position, child in enumerate(node.value)]
    return _scalar(node, path, document)


def _mapping(node: Any, path: Path, document: Document) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, child in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key_node.tag != _PREFIX + "str":
            document.problems.append((line, f"the key {key} is not read as text", f'quote it: "{key}"'))
        if key in result:
            document.problems.append((line, f"the key {key!r} stands twice", "keep one of them"))
        result[key] = _value(child, (*path, key), document)
        document.lines[(*path, key)] = line
    return result


def _scalar(node: Any, path: Path, document: Document) -> Any:
    kind, text = node.tag.removeprefix(_PREFIX), node.value
    if kind == "str":
        return text
    if kind == "null":
        return None
    document.written[path] = text
    if kind == "timestamp":
        document.dates.add(path)
        return text
    if kind == "bool":
        return _BOOLEAN[text.lower()]
    return _number(kind, text, path, document)


def _number(kind: str, text: str, path: Path, document: Document) -> Any:
    try:
        return int(text) if kind == "int" else float(text)
    except ValueError:
        line, remedy = document.lines[path], "write plain decimals, or quote it"
        document.problems.append((line, f"{text} is a {kind} in a form not used here", remedy))
        return None
