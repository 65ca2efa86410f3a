"""Plan versions on disk: `data/plans/<plan_id>/<folder>/` holds tidy tables, `versions` lists the folders in order.

Tables are UTF-8 CSV with LF, one per row class of `observatory.plan`. A version is written beside, whole, before
`versions` names it, and no folder is ever changed: a reader sees the last good version until the new one is complete.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from pydantic import ValidationError

from observatory.errors import FigureError
from observatory.plan import (
    Adjustment,
    Attribute,
    FieldCell,
    Finding,
    Header,
    Node,
    Note,
    PlanVersion,
    Published,
    Report,
    YearTarget,
)
from pipelines.durable import move
from pipelines.reading.sheets import plain

VERSIONS, HEADER = "versions", "plan.json"
TABLES: dict[str, type[tuple[Any, ...]]] = {
    "nodes": Node,
    "targets": YearTarget,
    "reports": Report,
    "published": Published,
    "notes": Note,
    "attributes": Attribute,
    "adjustments": Adjustment,
    "cells": FieldCell,
    "findings": Finding,
}


class Listed(NamedTuple):
    """A version and where it stands among those of its plan."""

    plan: PlanVersion
    position: int
    is_current: bool


def read_plan(folder: Path) -> PlanVersion:
    """One version from its folder.

    Raises:
        FigureError: a table is missing or a cell cannot be read.
    """
    try:
        header = Header.model_validate_json((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise FigureError(str(error), where=str(folder / HEADER), fix="import the plan again") from error
    return PlanVersion(header, **{name: _read(folder / f"{name}.csv", row) for name, row in TABLES.items()})


def _read(path: Path, row: type[tuple[Any, ...]]) -> list[Any]:
    kinds = get_type_hints(row)
    if not path.is_file():
        raise FigureError("there is no such table", where=str(path), fix="import the plan again")
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if (titles := next(lines, [])) != list(kinds):
            raise FigureError(f"columns {titles}", where=str(path), fix=f"expected {list(kinds)}")
        return [_row(row, list(kinds.values()), line, f"{path}:{number}") for number, line in enumerate(lines, 2)]


def _row(row: type[tuple[Any, ...]], kinds: list[Any], line: list[str], where: str) -> tuple[Any, ...]:
    make: Callable[..., tuple[Any, ...]] = row
    try:
        return make(*(_value(kind, cell) for kind, cell in zip(kinds, line, strict=True)))
    except ValueError as error:
        raise FigureError(str(error), where=where, fix="numbers with a decimal point, whole years") from error


def _value(kind: object, cell: str) -> object:
    if kind is str:
        return cell
    if not cell and kind in (float | None, int | None):
        return None
    return int(cell) if kind in (int, int | None) else float(cell)


def write_plan(plan: PlanVersion, folder: Path) -> None:
    """Write a version's tables into a new folder."""
    folder.mkdir(parents=True)
    header = plan.header.model_dump(mode="json", exclude_none=True)
    _write(folder / HEADER, json.dumps(header, ensure_ascii=False, indent=2) + "\n")
    for name, row in TABLES.items():
        write_rows(folder / f"{name}.csv", row, getattr(plan, name))


def write_rows(path: Path, row: type[tuple[Any, ...]], rows: Iterable[tuple[Any, ...]]) -> None:
    """One table, its columns named as the row's fields."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(list(get_type_hints(row)))
        writer.writerows([_cell(value) for value in line] for line in rows)
        file.flush()
        os.fsync(file.fileno())


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def listed_folders(home: Path) -> list[Path]:
    """The folders of a plan's versions, the current one last."""
    listing = home / VERSIONS
    names = listing.read_text(encoding="utf-8").split() if listing.is_file() else []
    return [home / name for name in names]


def read_plans(root: Path) -> list[Listed]:
    """Every version of every plan under `data/plans`, by plan and in order of versions."""
    found: list[Listed] = []
    for listing in sorted(root.glob(f"*/{VERSIONS}")):
        folders = listed_folders(listing.parent)
        found += [Listed(read_plan(path), place, path == folders[-1]) for place, path in enumerate(folders)]
    return found


def current_plan(root: Path, plan_id: str) -> PlanVersion | None:
    """The current version of a plan; None when it has none yet."""
    folders = listed_folders(root / plan_id)
    return read_plan(folders[-1]) if folders else None


def publish_plan(plan: PlanVersion, root: Path) -> Path:
    """Write a version and list it: a new one last, as the current; one already listed in its old place.

    The same content gives the same folder and changes nothing. The folder a listed version had before stays.
    """
    home = root / plan.header.plan_id
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f".building-{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    write_plan(plan, beside)
    target = home / f"{version_code(plan.header.version)}-{_hash(beside)}"
    if target.is_dir():
        shutil.rmtree(beside)
    else:
        move(beside, target)
    _list(home, target, plan.header.version)
    return target


def _list(home: Path, target: Path, version: str) -> None:
    listed = listed_folders(home)
    same = [path for path in listed if path == target or read_plan(path).header.version == version]
    kept = [target if path in same[:1] else path for path in listed if path not in same[1:]]
    waiting = home / f".{VERSIONS}-{os.getpid()}"
    _write(waiting, "".join(f"{path.name}\n" for path in (kept if same else [*listed, target])))
    move(waiting, home / VERSIONS)


def version_code(version: str) -> str:
    """A version as folders and links name it: plan-de-accion-v4-2026."""
    return plain(version).replace(" ", "-") or "version"


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:7]


def file_sha256(path: Path) -> str:
    """SHA-256 of a published file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
