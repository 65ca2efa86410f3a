"""Socrata (SODA) datasets as CSV: only the fields named, page by page in a fixed order, held against the count."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from pipelines.capturing.addresses import SocrataAddress
from pipelines.connectors.content import require_columns
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.job import Job, Taken, require_all, require_progress


def take(address: SocrataAddress, job: Job) -> Taken:
    """Write the rows of a dataset as the portal's CSV, the pages' headers once.

    Raises:
        CaptureError: not all rows came, or the fields changed.
    """
    place = f"{address.portal}/resource/{address.dataset_id}"
    total = _count(address, place, job)
    received = 0
    with (job.folder / address.file).open("w", encoding="utf-8", newline="") as file:
        for number, (header, lines, rows) in enumerate(_pages(address, place, total, job)):
            require_columns(address.fields, next(csv.reader([header])), place)
            file.write(header + lines if number == 0 else lines)
            received += rows
            job.report(received, total, "records")
    require_all(received, total, place)
    return Taken(f"{place}.csv", records=total)


def _pages(address: SocrataAddress, place: str, total: int, job: Job) -> Iterator[tuple[str, str, int]]:
    """Header, lines and number of rows of each page."""
    received, first = 0, None
    while first is None or received < total:
        asked = {
            "$select": ",".join(address.fields),
            "$order": address.order,
            "$limit": str(address.page_size),
            "$offset": str(received),
            **_where(address),
        }
        body = job.client.text(f"{place}.csv", asked, _headers(job))
        header, lines = _split(body, place)
        if first not in (None, header):
            raise CaptureError("the columns changed between two pages", where=place, fix="run it again")
        first = header
        rows = sum(1 for _ in csv.reader(io.StringIO(lines)))
        received += rows
        if total:
            require_progress(rows, received, total, place)
        job.keep_page(address.file, body)
        yield header, lines, rows


def _split(body: str, place: str) -> tuple[str, str]:
    """The header line and the lines below it, each ended by a line end."""
    header, _, lines = body.replace("\r\n", "\n").partition("\n")
    if not header.strip():
        raise CaptureError("an empty answer", where=place, fix="check the dataset id on the portal")
    return header + "\n", lines if not lines or lines.endswith("\n") else lines + "\n"


def _count(address: SocrataAddress, place: str, job: Job) -> int:
    value, _ = job.client.json(f"{place}.json", {"$select": "count(*)", **_where(address)}, _headers(job))
    try:
        return int(next(iter(value[0].values())))
    except (IndexError, KeyError, AttributeError, TypeError, ValueError) as error:
        what = f"no count but {str(value)[:100]}"
        raise CaptureError(what, where=place, fix="check the dataset id on the portal") from error


def _where(address: SocrataAddress) -> dict[str, str]:
    return {"$where": address.where} if address.where else {}


def _headers(job: Job) -> dict[str, str]:
    return {"X-App-Token": job.app_token} if job.app_token else {}
