"""OGC servers: API Features by its `next` links, WFS 2.0 by `startIndex`; features stay as the server wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin

from pipelines.capturing.addresses import FeaturesAddress, WfsAddress, personal
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.geojson import FeatureFile, feature_file
from pipelines.connectors.http import with_parameters
from pipelines.connectors.job import Job, Taken, require_all, require_progress
from pipelines.connectors.json_records import records_of

GEOJSON_TYPES = ("application/geo+json", "application/json", "application/vnd.geo+json")
ACCEPT = {"Accept": "application/geo+json, application/json;q=0.9"}


def take(address: FeaturesAddress, job: Job) -> Taken:
    """Write a collection of an OGC API Features server as GeoJSON.

    Raises:
        CaptureError: not all features came, or the links go in a circle.
    """
    place = f"{address.url.rstrip('/')}/collections/{quote(address.collection, safe='')}/items"
    with feature_file(job.folder / address.file) as file:
        seen: set[str] = set()
        announced = None
        for url, value, body in _linked(with_parameters(place, {"limit": str(address.page_size)}), job):
            announced = _matched(value, announced)
            fresh = _add(body, file, seen, job)
            if value["features"] or _next(value, url):
                require_progress(fresh, file.count, announced, url)
            job.keep_page(address.file, body)
            job.report(file.count, announced, "records")
        if announced is not None:
            require_all(file.count, announced, place)
        return Taken(place, records=file.count)


def _linked(url: str | None, job: Job) -> Iterator[tuple[str, Any, str]]:
    """Each page by the `next` link of the one before."""
    visited: set[str] = set()
    while url:
        if url in visited:
            raise CaptureError("the next links go in a circle", where=url, fix="tell the publisher")
        visited.add(url)
        value, body = job.client.json(url, headers=ACCEPT)
        yield url, _collection(value, url), body
        url = _next(value, url)


def _collection(value: Any, url: str) -> dict[str, Any]:
    """A feature collection, and nothing else."""
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        raise CaptureError(f"no features but {str(value)[:100]}", where=url, fix="check the name and the server's help")
    return value


def _next(value: dict[str, Any], url: str) -> str | None:
    links = [link for link in value.get("links") or [] if link.get("rel") == "next" and link.get("href")]
    typed = [link for link in links if link.get("type") in (None, *GEOJSON_TYPES)]
    return urljoin(url, str(typed[0]["href"])) if typed else None


def take_wfs(address: WfsAddress, job: Job) -> Taken:
    """Write a feature type of a WFS 2.0 server as GeoJSON.

    Raises:
        CaptureError: not all features came, or the server reports an exception.
    """
    with feature_file(job.folder / address.file) as file:
        seen: set[str] = set()
        announced, more = None, True
        while more:
            value, body = job.client.json(address.url, _wfs_query(address, file.count))
            announced = _matched(_collection(value, address.url), announced)
            fresh = _add(body, file, seen, job)
            more = file.count < announced if announced is not None else fresh == address.page_size
            if more:
                require_progress(fresh, file.count, announced, address.url)
            job.keep_page(address.file, body)
            job.report(file.count, announced, "records")
        if announced is not None:
            require_all(file.count, announced, address.url)
        return Taken(address.url, records=file.count)


def _wfs_query(address: WfsAddress, start: int) -> dict[str, str]:
    return {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": address.type_name,
        "outputFormat": "application/json",
        "srsName": "EPSG:4326",
        "startIndex": str(start),
        "count": str(address.page_size),
        **({"sortBy": address.sort_by} if address.sort_by else {}),
    }


def _matched(value: dict[str, Any], before: int | None) -> int | None:
    """How many features the server counts; WFS writes `unknown` when it does not."""
    told = str(value.get("numberMatched", value.get("totalFeatures")))
    return int(told) if told.isdigit() else before


def _add(body: str, file: FeatureFile, seen: set[str], job: Job) -> int:
    """Write the features of a page that were not written yet; how many those are."""
    before = file.count
    for value, text in records_of(body, "features"):
        about = [name for name in value.get("properties") or {} if personal(name, list(job.never_requested))]
        if about:
            fix = "nothing is kept; ask the publisher for a collection without them"
            raise CaptureError(f"fields about persons: {', '.join(about)}", where=file.name, fix=fix)
        identity = str(value.get("id", "")) or text
        if identity not in seen:
            seen.add(identity)
            file.add(text)
    return file.count - before
