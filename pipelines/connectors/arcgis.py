"""ArcGIS layers (MapServer, FeatureServer): only the fields named, page by page, held against the server's own count.

Asked in this order: the layer's description (`?f=json`: fields, object id, maxRecordCount, whether it pages), the count
(`returnCountOnly`), then `query` ordered by object id. A layer that does not page is asked for ids beyond the last one.
ArcGIS reports errors with HTTP status 200 and an `error` in the body.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from pipelines.capturing.addresses import ArcgisAddress, personal
from pipelines.connectors.content import require_columns
from pipelines.connectors.errors import CaptureError, TransientError
from pipelines.connectors.esri_geometry import feature
from pipelines.connectors.geojson import feature_file
from pipelines.connectors.job import Job, Taken, require_all, require_progress
from pipelines.connectors.json_records import records_of
from pipelines.connectors.retry import with_retries

BUSY = frozenset({429, 500, 502, 503, 504})
DEFAULT_PAGE = 1000


@dataclass(frozen=True)
class Layer:
    """What a layer says of itself."""

    object_id: str
    fields: tuple[str, ...]
    page_size: int
    pages: bool


def take(address: ArcgisAddress, job: Job) -> Taken:
    """Write all records of a layer as GeoJSON.

    Raises:
        CaptureError: not all of them came, fields changed, or the server sent fields that were not asked for.
    """
    layer = describe(address, job)
    total = int(_ask(job, f"{address.url}/query", {"where": address.where, "returnCountOnly": "true"})[0]["count"])
    seen: set[Any] = set()
    with feature_file(job.folder / address.file, address.out_sr) as file:
        for properties, text in _records(address, layer, job, total, seen):
            _only_asked(properties, layer, address.url)
            file.add(text)
    require_all(len(seen), total, address.url)
    return Taken(address.url, records=total)


def describe(address: ArcgisAddress, job: Job) -> Layer:
    """The layer's object id, the fields that will be asked for, and how it pages.

    Raises:
        CaptureError: a field named is not there any more.
    """
    told = _ask(job, address.url, {})[0]
    named = [field["name"] for field in told.get("fields") or []]
    object_id = told.get("objectIdField") or _id_field(told.get("fields") or [])
    if not named or not object_id:
        raise CaptureError("no layer with records", where=address.url, fix="name a layer: …/MapServer/0")
    largest = int(told.get("maxRecordCount") or DEFAULT_PAGE)
    pages = (told.get("advancedQueryCapabilities") or {}).get("supportsPagination", True)
    fields = wanted(address, named, list(job.never_requested))
    return Layer(
        object_id, tuple(dict.fromkeys([object_id, *fields])), min(address.page_size or largest, largest), pages
    )


def _id_field(fields: list[dict[str, Any]]) -> str | None:
    return next((field["name"] for field in fields if field.get("type") == "esriFieldTypeOID"), None)


def wanted(address: ArcgisAddress, named: list[str], never: list[str]) -> list[str]:
    """The layer's fields that the declaration names, none of them about persons."""
    plain = [field for field in address.fields if "*" not in field and "?" not in field]
    require_columns(plain, named, address.url)
    found = [name for name in named if any(fnmatchcase(name, pattern) for pattern in address.fields)]
    idle = [pattern for pattern in address.fields if not any(fnmatchcase(name, pattern) for name in named)]
    if idle:
        fix = f"it holds {', '.join(named[:40])}"
        raise CaptureError(f"the columns changed, nothing fits {', '.join(idle)}", where=address.url, fix=fix)
    return [name for name in found if not personal(name, never)]


def _records(
    address: ArcgisAddress, layer: Layer, job: Job, total: int, seen: set[Any]
) -> Iterator[tuple[dict[str, Any], str]]:
    last: Any = None
    while len(seen) < total:
        parameters = {**_query(address, layer), **_position(address, layer, len(seen), last)}
        body = _ask(job, f"{address.url}/query", parameters, address.format)[1]
        fresh = 0
        page = list(_page(body, address, layer))
        for identity, properties, text in page:
            if identity in seen:
                continue
            seen.add(identity)
            fresh, last = fresh + 1, identity
            yield properties, text
        require_progress(fresh, len(seen), total, address.url)
        job.keep_page(address.file, body)
        job.report(len(seen), total, "records")


def _query(address: ArcgisAddress, layer: Layer) -> dict[str, str]:
    return {
        "outFields": ",".join(layer.fields),
        "returnGeometry": "true" if address.geometry else "false",
        "outSR": str(address.out_sr),
        "orderByFields": f"{layer.object_id} ASC",
    }


def _position(address: ArcgisAddress, layer: Layer, offset: int, last: Any) -> dict[str, str]:
    if layer.pages:
        return {"where": address.where, "resultOffset": str(offset), "resultRecordCount": str(layer.page_size)}
    beyond = f" AND {layer.object_id} > {int(last)}" if last is not None else ""
    return {"where": f"({address.where}){beyond}"}


def _page(body: str, address: ArcgisAddress, layer: Layer) -> Iterator[tuple[Any, dict[str, Any], str]]:
    """Object id, properties and text of each record of a page."""
    for value, text in records_of(body, "features"):
        if address.format == "json":
            made = _converted(value, layer, address.url)
            properties, written = made["properties"], json.dumps(made, ensure_ascii=False)
        else:
            properties, written = value.get("properties") or {}, text
        identity = properties.get(layer.object_id, value.get("id"))
        if identity is None:
            raise CaptureError(f"a record without {layer.object_id}", where=address.url, fix="tell the publisher")
        yield identity, properties, written


def _converted(value: dict[str, Any], layer: Layer, place: str) -> dict[str, Any]:
    try:
        return feature(value, layer.object_id)
    except ValueError as error:
        raise CaptureError(str(error), where=place, fix="ask with format: geojson") from error


def _only_asked(properties: dict[str, Any], layer: Layer, place: str) -> None:
    more = sorted(set(properties) - set(layer.fields))
    if more:
        what = f"fields came that were not asked for: {', '.join(more)}"
        raise CaptureError(what, where=place, fix="nothing is kept; the server does not honour outFields")


def _ask(job: Job, url: str, parameters: dict[str, str], form: str = "json") -> tuple[Any, str]:
    """An answer without `error`; a server that says it is busy is asked again."""

    def attempt() -> tuple[Any, str]:
        value, body = job.client.json(url, {**parameters, "f": form})
        error = value.get("error") if isinstance(value, dict) else {"message": "no object"}
        if error:
            details = " ".join([str(error.get("message", "")), *map(str, error.get("details") or [])]).strip()
            said = f"the server says {error.get('code', '')} {details}".strip()
            if error.get("code") in BUSY:
                raise TransientError(said, where=url)
            raise CaptureError(said, where=url, fix="compare where and fields with the layer's description")
        return value, body

    return with_retries(attempt, job.client.retries, job.client.clock)
