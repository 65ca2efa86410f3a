"""What a connector works with and what it brings back."""

from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.connectors.download import Downloaded, Partial, Validators
from pipelines.connectors.errors import CaptureError
from pipelines.connectors.http import Client, Report, silent
from pipelines.connectors.retry import http_date


@dataclass(frozen=True)
class Known:
    """What the newest capture holds of an address."""

    address: str
    validators: Validators


@dataclass(frozen=True)
class Job:
    """One address to be taken: files go into `folder`, unfinished ones into `partial`."""

    client: Client
    folder: Path
    partial: Path
    known: Known | None = None
    app_token: str | None = None
    never_requested: tuple[str, ...] = ()
    report: Report = silent
    pages: list[Path] = field(default_factory=list)

    def keep_page(self, name: str, body: str) -> None:
        """Keep an answer of a paged service as it came, compressed (the same bytes each time)."""
        folder = self.folder / "pages"
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.{len(self.pages) + 1:05d}.gz"
        path.write_bytes(gzip.compress(body.encode("utf-8"), mtime=0))
        self.pages.append(path)

    def known_of(self, url: str) -> Validators | None:
        """The marks of the version already here, when it came from this very address."""
        return self.known.validators if self.known and self.known.address == url else None

    def partial_of(self, name: str) -> Partial:
        """Where a file lies until it is complete."""
        return Partial(self.partial / name)


@dataclass(frozen=True)
class Taken:
    """What a connector wrote; `address` is where the bytes came from."""

    address: str
    records: int | None = None
    published: dt.datetime | None = None
    validators: Validators = field(default_factory=Validators)

    @staticmethod
    def of(downloaded: Downloaded) -> Taken:
        """What a download tells."""
        marks = downloaded.validators
        return Taken(downloaded.url, published=http_date(marks.last_modified), validators=marks)


def require_all(received: int, announced: int, place: str) -> None:
    """Refuse a paged answer that is not the whole.

    Raises:
        CaptureError: fewer or more records than the publisher counted.
    """
    if received != announced:
        what = f"{received} records, while the publisher counts {announced}"
        raise CaptureError(what, where=place, fix="paging was cut short or the data changed meanwhile: run it again")


def require_progress(fresh: int, received: int, announced: int | None, place: str) -> None:
    """Refuse a page that brings nothing new before the end.

    Raises:
        CaptureError: paging stands still.
    """
    if fresh == 0:
        of = "" if announced is None else f" of {announced}"
        what = f"paging stopped after {received}{of} records"
        raise CaptureError(what, where=place, fix="the service was cut short: run it again, or lower page_size")
