"""What records of the catalogue say of each other: ids that are held elsewhere, ids used once, targets in range.

Works on plain values, so that these problems are told together with those of form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from observatory.errors import nearest
from observatory.registry.nodes import Path

Found = tuple[Path, str, str]

COLLECTIONS = (
    "themes",
    "entities",
    "units",
    "dimensions",
    "licences",
    "sources",
    "indicators",
    "plans",
    "targets",
    "rules",
)
REFERENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("sources", "*", "entity"), "entities"),
    (("sources", "*", "licence"), "licences"),
    (("sources", "*", "measures", "*", "unit"), "units"),
    (("sources", "*", "reader", "disaggregation", "dimension"), "dimensions"),
    (("indicators", "*", "theme"), "themes"),
    (("indicators", "*", "unit"), "units"),
    (("indicators", "*", "entity"), "entities"),
    (("indicators", "*", "dimensions", "*"), "dimensions"),
    (("indicators", "*", "value", "source"), "sources"),
    (("indicators", "*", "numerator", "source"), "sources"),
    (("indicators", "*", "denominator", "source"), "sources"),
    (("indicators", "*", "by_locality"), "indicators"),
    (("indicators", "*", "related", "*"), "indicators"),
    (("plans", "*", "entity"), "entities"),
    (("targets", "*", "plan"), "plans"),
    (("targets", "*", "indicator"), "indicators"),
    (("targets", "*", "theme"), "themes"),
    (("rules", "*", "indicators", "*"), "indicators"),
    (("rules", "*", "source"), "sources"),
    (("rules", "*", "sources", "*"), "sources"),
    (("rules", "*", "dimension"), "dimensions"),
    (("rules", "*", "left", "source"), "sources"),
    (("rules", "*", "right", "source"), "sources"),
)
_OPPOSITE = {"increasing": "decreasing", "decreasing": "increasing"}
_WORSE = {"increasing": "lower_is_better", "decreasing": "higher_is_better"}


def cross_problems(raw: Any) -> list[Found]:
    """Problems between records, as (path, what, fix)."""
    if not isinstance(raw, dict):
        return []
    records = {name: _by_id(raw.get(name)) for name in COLLECTIONS}
    return [
        *_repeated(raw),
        *_dangling(raw, records),
        *_quantities(raw, records),
        *_readers(raw, records),
        *_out_of_range(raw, records),
        *_wrong_way(raw, records),
    ]


def _records(raw: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for position, record in enumerate(raw if isinstance(raw, list) else []):
        if isinstance(record, dict):
            yield position, record


def _by_id(raw: Any) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for _, record in _records(raw) if _is_named(record)}


def _is_named(record: dict[str, Any]) -> bool:
    return isinstance(record.get("id"), str)


def _repeated(raw: dict[str, Any]) -> Iterator[Found]:
    for name in COLLECTIONS:
        ids = [(position, record["id"]) for position, record in _records(raw.get(name)) if _is_named(record)]
        counts = Counter(name for _, name in ids)
        for position, used in ids:
            if counts[used] > 1:
                what = f"the id {used!r} is used {counts[used]} times in {name}"
                yield (name, position, "id"), what, "ids are unique: name one of them otherwise"


def _walk(value: Any, pattern: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if not pattern:
        yield path, value
    elif pattern[0] != "*":
        if isinstance(value, dict) and pattern[0] in value:
            yield from _walk(value[pattern[0]], pattern[1:], (*path, pattern[0]))
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _walk(child, pattern[1:], (*path, key))
    elif isinstance(value, list):
        for position, child in enumerate(value):
            yield from _walk(child, pattern[1:], (*path, position))


def _dangling(raw: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Found]:
    for pattern, collection in REFERENCES:
        for path, value in _walk(raw, pattern):
            if isinstance(value, str) and value not in records[collection]:
                yield (
                    path,
                    f"{value!r} is not among the {collection}",
                    nearest(value, records[collection]) or f"add it to {collection}",
                )


def _quantities(raw: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Found]:
    for part in ("value", "numerator", "denominator"):
        for path, quantity in _walk(raw, ("indicators", "*", part)):
            if isinstance(quantity, dict):
                yield from _measure(path, quantity, records["sources"])
                yield from _category(path, quantity, records["dimensions"])
    for pattern in (("rules", "*"), ("rules", "*", "left"), ("rules", "*", "right")):
        for path, quantity in _walk(raw, pattern):
            if isinstance(quantity, dict):
                yield from _measure(path, quantity, records["sources"])
                yield from _category(path, quantity, records["dimensions"])


def _measure(path: Path, quantity: dict[str, Any], sources: dict[str, Any]) -> Iterator[Found]:
    source, measure = sources.get(str(quantity.get("source"))), quantity.get("measure")
    measures = source.get("measures") if source else None
    if isinstance(measures, dict) and isinstance(measure, str) and measure not in measures:
        fix = nearest(measure, measures) or f"it has: {', '.join(measures)}"
        yield (*path, "measure"), f"the source {quantity['source']!r} has no measure {measure!r}", fix


def _category(path: Path, quantity: dict[str, Any], dimensions: dict[str, Any]) -> Iterator[Found]:
    if not isinstance(quantity.get("category"), str):
        return
    dimension, _, category = quantity["category"].partition(":")
    if dimension not in dimensions:
        fix = nearest(dimension, dimensions) or "add it to dimensions"
        yield (*path, "category"), f"{dimension!r} is not among the dimensions", fix
        return
    categories = dimensions[dimension].get("categories")
    if isinstance(categories, dict) and category not in categories:
        fix = nearest(category, categories) or f"it has: {', '.join(categories)}"
        yield (*path, "category"), f"the dimension {dimension!r} has no category {category!r}", fix


def _readers(raw: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Found]:
    """What `reader:` blocks fill, against the measures of their source and the categories of their dimension."""
    for position, source in _records(raw.get("sources")):
        for path, values in _walk(source, ("reader", "values")):
            measures = source.get("measures")
            if isinstance(values, dict) and isinstance(measures, dict):
                what = "is not among the source's measures"
                yield from _unknown(("sources", position, *path), values, measures, what)
        for path, part in _walk(source, ("reader", "disaggregation")):
            dimension = records["dimensions"].get(str(part.get("dimension"))) if isinstance(part, dict) else None
            if dimension and isinstance(part.get("categories"), dict) and isinstance(dimension.get("categories"), dict):
                read = {str(category): written for written, category in part["categories"].items()}
                known = {**dimension["categories"], "total": None}
                what = f"is not a category of {part['dimension']!r}"
                for (category,), told, fix in _unknown((), read, known, what):
                    yield ("sources", position, *path, "categories", read[str(category)]), told, fix


def _unknown(path: Path, found: dict[str, Any], known: dict[str, Any], what: str) -> Iterator[Found]:
    for key in found:
        if key not in known:
            yield (*path, key), f"{key!r} {what}", nearest(key, known) or f"known: {', '.join(known)}"


def _out_of_range(raw: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Found]:
    for position, target in _records(raw.get("targets")):
        indicator = records["indicators"].get(str(target.get("indicator")))
        if indicator is None or target.get("fit") != "same_definition" or target.get("kind") == "percent_change":
            continue
        low, high = _bounds(indicator.get("valid_range"))
        for path, value in _target_values(target):
            if not low <= value <= high:
                yield (
                    ("targets", position, *path),
                    f"{value} lies outside the valid range {low}–{high} of {target['indicator']!r}",
                    "check the unit: shares are fractions 0–1",
                )


def _wrong_way(raw: dict[str, Any], records: dict[str, dict[str, Any]]) -> Iterator[Found]:
    """Targets that rise by their kind and fall by their numbers, or the other way round, or against what is better."""
    for position, target in _records(raw.get("targets")):
        kind, path = str(target.get("kind")), ("targets", position)
        indicator = records["indicators"].get(str(target.get("indicator")))
        if kind not in _OPPOSITE or indicator is None or target.get("fit") != "same_definition":
            continue
        if indicator.get("direction") == _WORSE[kind]:
            what = f"a target that is {kind}, where {_WORSE[kind].replace('_', ' ')} ({target['indicator']})"
            yield (*path, "kind"), what, f"kind: {_OPPOSITE[kind]}, or mend the direction of the indicator"
        starts = [value for at, value in _target_values(target) if at[0] == "baseline"]
        for at, value in _target_values(target):
            if starts and (value - starts[0] if kind == "decreasing" else starts[0] - value) > 0:
                what = f"a target that is {kind} goes from {starts[0]:g} to {value:g}"
                yield (*path, *at), what, f"mend the value, its baseline, or kind: {_OPPOSITE[kind]}"


def _bounds(raw: Any) -> tuple[float, float]:
    if isinstance(raw, list) and len(raw) == 2 and all(_is_number(bound) for bound in raw) and raw[0] < raw[1]:
        return float(raw[0]), float(raw[1])
    return float("-inf"), float("inf")


def _target_values(target: dict[str, Any]) -> Iterator[tuple[Path, float]]:
    for path, value in [*_walk(target, ("milestones", "*", "value")), *_walk(target, ("baseline", "value"))]:
        if _is_number(value):
            yield path, float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
