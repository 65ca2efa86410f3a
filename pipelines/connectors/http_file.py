"""A file at a fixed address."""

from __future__ import annotations

from pipelines.capturing.addresses import HttpAddress
from pipelines.connectors.download import download
from pipelines.connectors.job import Job, Taken


def take(address: HttpAddress, job: Job) -> Taken | None:
    """Download it; None when the publisher says it has not changed."""
    done = download(
        job.client,
        address.url,
        job.folder / address.file,
        partial=job.partial_of(address.file),
        expect=address.expect,
        known=job.known_of(address.url),
        report=job.report,
    )
    return Taken.of(done) if done else None
