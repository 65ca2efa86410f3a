"""CKAN portals: datasets by slug, resources by name or format (ids move), files by download, tables by datastore."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from observatory.errors import nearest
from pipelines.capturing.addresses import CkanAddress, CkanTableAddress, ResourceChoice, personal
from pipelines.connectors.content import require_columns
from pipelines.connectors.download import download
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job, Taken, require_all, require_progress


@dataclass(frozen=True)
class Resource:
    """A resource of a dataset as the portal lists it."""

    id: str
    name: str
    format: str
    url: str
    published: dt.datetime | None


def take(address: CkanAddress, job: Job) -> Taken | None:
    """Download the resources a declaration chooses, several when it says so; None when the only one is unchanged."""
    resources = chosen(address.portal, address.package, address.resource, job)
    if not address.resource.several:
        return _file(resources[0], address.file, address, job)
    for resource, name in zip(resources, _file_names(address.file, resources), strict=True):
        _file(resource, name, address, replace(job, known=None))
    published = max((moment for resource in resources if (moment := resource.published)), default=None)
    return Taken(f"{address.portal}/dataset/{address.package}", published=published)


def _file(resource: Resource, name: str, address: CkanAddress, job: Job) -> Taken | None:
    done = download(
        job.client,
        resource.url,
        job.folder / name,
        partial=job.partial_of(name),
        expect=address.expect,
        known=job.known_of(resource.url),
        report=job.report,
    )
    if done is None:
        return None
    taken = Taken.of(done)
    return replace(taken, published=resource.published or taken.published)


def take_table(address: CkanTableAddress, job: Job) -> Taken:
    """Write a datastore table as CSV in UTF-8; numbers as the portal wrote them, null as an empty cell."""
    resource_id, published = address.resource_id, None
    if address.package and address.resource:
        resource = chosen(address.portal, address.package, address.resource, job)[0]
        resource_id, published = resource.id, resource.published
    place = f"{address.portal}/api/3/action/datastore_search?resource_id={resource_id}"
    columns = _columns(address, str(resource_id), place, job)
    total = 0
    with (job.folder / address.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for rows, announced in _pages(address, str(resource_id), columns, place, job):
            writer.writerows([row.get(column) for column in columns] for row in rows)
            total += len(rows)
            job.report(total, announced, "records")
    return Taken(place, records=total, published=published)


def _columns(address: CkanTableAddress, resource_id: str, place: str, job: Job) -> list[str]:
    """The table's columns, without those about persons."""
    result, _ = _ask(job, address.portal, "datastore_search", {"resource_id": resource_id, "limit": "0"})
    named = [field["id"] for field in result["fields"]]
    require_columns(address.columns, named, place)
    return [name for name in named if name != "_id" and not personal(name, list(job.never_requested))]


def _pages(
    address: CkanTableAddress, resource_id: str, columns: list[str], place: str, job: Job
) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """Rows and announced total of each page, to the end."""
    seen: set[str] = set()
    total: int | None = None
    asked = {"resource_id": resource_id, "fields": ",".join(["_id", *columns]), "sort": "_id"}
    while total is None or len(seen) < total:
        asked |= {"limit": str(address.page_size), "offset": str(len(seen))}
        result, body = _ask(job, address.portal, "datastore_search", asked)
        named = [field["id"] for field in result["fields"] if field["id"] != "_id"]
        if sorted(named) != sorted(columns) or total not in (None, int(result["total"])):
            raise CaptureError("the table changed while it was read", where=place, fix="run it again")
        total = int(result["total"])
        rows = [row for row in result["records"] if row["_id"] not in seen]
        seen.update(row["_id"] for row in rows)
        if total:
            require_progress(len(rows), len(seen), total, place)
        job.keep_page(address.file, body)
        yield rows, total
    require_all(len(seen), total, place)


def chosen(portal: str, package: str, choice: ResourceChoice, job: Job) -> list[Resource]:
    """The resources of a dataset that fit a choice.

    Raises:
        CaptureError: the dataset or resource is not there, or more than one fits where one is meant.
    """
    result, _ = _ask(job, portal, "package_show", {"id": package})
    resources = [_resource(record) for record in result.get("resources") or []]
    fitting = _fitting(resources, choice)
    listed = ", ".join(f"{resource.name!r} ({resource.format})" for resource in resources)
    place = f"{portal}/dataset/{package}"
    if not fitting:
        near = nearest(choice.name or "", [resource.name for resource in resources])
        fix = f"{near + ' ' if near else ''}the dataset holds {listed or 'no resources'}"
        raise CaptureError(f"no resource fits {_described(choice)}", where=place, fix=fix)
    if len(fitting) > 1 and not choice.several:
        fix = f"name one of them: {listed}"
        raise CaptureError(f"{len(fitting)} resources fit {_described(choice)}", where=place, fix=fix)
    return fitting


def _fitting(resources: list[Resource], choice: ResourceChoice) -> list[Resource]:
    """By format, then by name: the very name, else its beginning; case, accents and blanks do not matter."""
    formed = [item for item in resources if choice.format is None or plain(item.format) == plain(choice.format)]
    if choice.name is None:
        return formed
    exact = [item for item in formed if plain(item.name) == plain(choice.name)]
    return exact or [item for item in formed if plain(item.name).startswith(plain(choice.name))]


def _described(choice: ResourceChoice) -> str:
    return " ".join(part for part in (repr(choice.name) if choice.name else "", choice.format or "") if part)


def plain(text: str) -> str:
    """Text without accents, case and double blanks."""
    letters = unicodedata.normalize("NFD", text)
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().split())


def _resource(record: dict[str, Any]) -> Resource:
    return Resource(
        id=str(record.get("id") or ""),
        name=str(record.get("name") or ""),
        format=str(record.get("format") or ""),
        url=str(record.get("url") or ""),
        published=_moment(record.get("last_modified") or record.get("created")),
    )


def _moment(text: str | None) -> dt.datetime | None:
    """CKAN's times are UTC without saying so."""
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _file_names(pattern: str, resources: list[Resource]) -> list[str]:
    """A file name for each resource, the same every time; equal names are told apart by the resource's id."""
    slugs = [re.sub(r"[^a-z0-9]+", "_", plain(resource.name)).strip("_")[:60] or "resource" for resource in resources]
    named = [
        f"{slug}_{resource.id[:8]}" if slugs.count(slug) > 1 else slug
        for slug, resource in zip(slugs, resources, strict=True)
    ]
    return [pattern.replace("{resource}", name) for name in named]


def _ask(job: Job, portal: str, action: str, parameters: dict[str, str]) -> tuple[dict[str, Any], str]:
    """The `result` of an action, numbers as text, and the whole body."""
    url = f"{portal}/api/3/action/{action}"
    value, body = job.client.json(url, parameters, verbatim=True)
    if not isinstance(value, dict) or value.get("success") is not True:
        error = value.get("error") if isinstance(value, dict) else value
        raise CaptureError(f"the portal says no: {error}", where=url, fix="check slug and resource on the portal")
    return value["result"], body
