"""Whether a file is what it should be, told by its bytes and not by its name."""

from __future__ import annotations

import csv
import difflib
import json
import re
from pathlib import Path
from typing import Literal

from pydantic import Field

from observatory.registry.models import Record
from pipelines.connectors.archives import ArchiveLimits, inspect_archive
from pipelines.connectors.errors import CaptureError

Kind = Literal["csv", "json", "geojson", "html", "zip", "xlsx", "xls", "parquet", "any"]

HEAD = 4096
ARCHIVES = ("zip", "xlsx")
MAGIC = {"zip": b"PK", "xlsx": b"PK", "xls": b"\xd0\xcf\x11\xe0", "parquet": b"PAR1"}
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)", re.IGNORECASE | re.DOTALL
)


class Expect(Record):
    """What a file has to be to count as a capture."""

    kind: Kind
    columns: list[str] = Field(default=[], description="Columns of a CSV that must be there.")
    contains: str | None = Field(default=None, description="A text that a page must hold.")


def is_html(content_type: str | None, head: bytes) -> bool:
    """Whether a body is a web page, by its declared type or its beginning."""
    declared = (content_type or "").partition(";")[0].strip().lower()
    return declared in ("text/html", "application/xhtml+xml") or bool(_PAGE.match(head[:HEAD]))


def check_file(path: Path, expect: Expect, limits: ArchiveLimits | None = None) -> None:
    """Look into a file before it counts.

    Raises:
        CaptureError: it is empty, of another kind, damaged, lacks columns, or an archive that is not safe to open.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise CaptureError("the file is empty", where=path.name, fix="run it again; if it stays so, tell the publisher")
    if expect.kind != "html" and is_html(None, head):
        raise CaptureError(
            "a web page came where data was expected", where=path.name, fix="open the address in a browser"
        )
    _check_kind(path, head, expect, limits or ArchiveLimits())
    if expect.contains and expect.contains.encode() not in path.read_bytes():
        fix = "the page changed: look at it and adapt its source module"
        raise CaptureError(f"the page does not hold {expect.contains!r}", where=path.name, fix=fix)


def _check_kind(path: Path, head: bytes, expect: Expect, limits: ArchiveLimits) -> None:
    magic = MAGIC.get(expect.kind)
    if magic and not head.startswith(magic):
        raise CaptureError(f"no {expect.kind} file", where=path.name, fix=f"it begins with {head[:12]!r}")
    if expect.kind in ARCHIVES or (expect.kind == "any" and head.startswith(b"PK\x03\x04")):
        inspect_archive(path, limits)
    elif expect.kind in ("json", "geojson"):
        _check_json(path, expect.kind)
    elif expect.kind == "csv":
        _check_table(path, head, expect.columns)


def _check_json(path: Path, kind: str) -> None:
    try:
        value = json.loads(path.read_bytes())
    except ValueError as error:
        raise CaptureError(f"the JSON is truncated or damaged: {error}", where=path.name, fix="run it again") from error
    if kind == "geojson" and not (isinstance(value, dict) and isinstance(value.get("features"), list)):
        raise CaptureError("no GeoJSON feature collection", where=path.name, fix="check the resource on the portal")


def _check_table(path: Path, head: bytes, columns: list[str]) -> None:
    if b"\0" in head:
        raise CaptureError("no text but binary", where=path.name, fix="declare its kind in addresses.yaml")
    if not columns:
        return
    line = re.split(r"\r\n|\r|\n", head.decode("utf-8-sig", errors="replace"), maxsplit=1)[0]
    delimiter = max(";,\t|", key=line.count)
    require_columns(columns, next(csv.reader([line], delimiter=delimiter)), path.name)


def require_columns(wanted: list[str], found: list[str], place: str) -> None:
    """Refuse a table whose columns changed.

    Raises:
        CaptureError: wanted columns are missing; the nearest of those found is named.
    """
    names = [name.strip() for name in found]
    missing = [column for column in wanted if column not in names]
    if not missing:
        return
    near = {column: difflib.get_close_matches(column, names, n=1, cutoff=0.5) for column in missing}
    hints = [f"{column} → {match[0]}?" for column, match in near.items() if match]
    fix = "; ".join(hints) or f"it holds {', '.join(names[:40])}"
    raise CaptureError(f"the columns changed, missing: {', '.join(missing)}", where=place, fix=fix)
