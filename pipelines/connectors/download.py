"""A file, whole: written aside, resumed where the publisher allows it, counted only when complete and looked into."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.connectors.archives import ArchiveLimits
from pipelines.connectors.content import HEAD, Expect, check_file, is_html
from pipelines.connectors.errors import CaptureError, TransientError
from pipelines.connectors.http import Answer, Client, Report, html_instead, silent, too_large
from pipelines.connectors.retry import with_retries
from pipelines.durable import move

_RANGE = re.compile(r"^bytes (\d+)-(\d+)/(\d+|\*)$")


@dataclass(frozen=True)
class Validators:
    """How a publisher marks a version of a file."""

    etag: str | None = None
    last_modified: str | None = None

    @staticmethod
    def of(answer: Answer) -> Validators:
        """The marks an answer carries."""
        return Validators(answer.header("ETag"), answer.header("Last-Modified"))

    def conditions(self) -> dict[str, str]:
        """Headers that ask for a body only when it changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}

    @property
    def strong(self) -> str | None:
        """The mark by which the rest of the same bytes may be asked for."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True)
class Downloaded:
    """A complete file."""

    url: str
    size: int
    validators: Validators


@dataclass(frozen=True)
class Partial:
    """An incomplete file, beside it a note of what it is the beginning of."""

    path: Path

    @property
    def note(self) -> Path:
        """The note's path."""
        return self.path.with_name(self.path.name + ".json")

    def begin(self, url: str, validators: Validators) -> None:
        """Note what is about to be written."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        self.note.write_text(json.dumps({"url": url, **asdict(validators)}), encoding="utf-8")

    def resumable(self, url: str) -> tuple[int, Validators] | None:
        """Bytes already here and the mark of their version; None when there is nothing to continue."""
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8"))
            size = self.path.stat().st_size
            validators = Validators(noted["etag"], noted["last_modified"])
            same = noted["url"] == url
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (size, validators) if same and size and validators.strong else None

    def drop(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def download(
    client: Client,
    url: str,
    target: Path,
    *,
    partial: Partial,
    expect: Expect,
    known: Validators | None = None,
    headers: Mapping[str, str] | None = None,
    report: Report = silent,
) -> Downloaded | None:
    """Take a file; None when the publisher says it is still the version `known`.

    `target` appears only complete, on disk and accepted by `expect`. What an interruption left in `partial` is
    continued by `Range` with `If-Range`, and started again when the publisher cannot or the file changed.

    Raises:
        CaptureError: not taken.
    """

    def attempt() -> Downloaded | None:
        return _attempt(client, url, partial, expect, known, dict(headers or {}), report)

    taken = with_retries(attempt, client.retries, client.clock)
    if taken is None:
        return None
    try:
        check_file(partial.path, expect, ArchiveLimits(unpacked_bytes=4 * client.limits.body_bytes))
    except CaptureError as error:
        partial.drop()
        raise CaptureError(error.what, where=url, fix=error.fix) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    move(partial.path, target)
    partial.drop()
    return taken


def _attempt(
    client: Client,
    url: str,
    partial: Partial,
    expect: Expect,
    known: Validators | None,
    headers: dict[str, str],
    report: Report,
) -> Downloaded | None:
    begun = partial.resumable(url)
    try:
        with client.ask(url, {**headers, **_asked(begun, known)}) as answer:
            if answer.status == 304 and begun is None and known is not None:
                return None
            offset = _offset(answer, begun, partial)
            if offset == 0:
                resumable = not answer.header("Content-Encoding")
                partial.begin(url, Validators.of(answer) if resumable else Validators())
            size = _write(client, answer, partial.path, offset, expect, report)
            return Downloaded(url, size, Validators.of(answer))
    except CaptureError as error:
        if not isinstance(error, TransientError):
            partial.drop()
        raise


def _asked(begun: tuple[int, Validators] | None, known: Validators | None) -> dict[str, str]:
    if begun:
        size, validators = begun
        return {"Range": f"bytes={size}-", "If-Range": validators.strong or "", "Accept-Encoding": "identity"}
    return known.conditions() if known else {}


def _offset(answer: Answer, begun: tuple[int, Validators] | None, partial: Partial) -> int:
    """Where the body belongs: 0 for a whole file, else behind what is here."""
    if answer.status == 200:
        return 0
    found = _RANGE.match(answer.header("Content-Range") or "")
    if answer.status == 206 and begun and found and int(found[1]) == begun[0]:
        now, before = Validators.of(answer).strong, begun[1].strong
        if (now is None or now == before) and not answer.header("Content-Encoding"):
            return begun[0]
    partial.drop()
    raise TransientError("the rest of the file does not fit its beginning", where=answer.url)


def _write(client: Client, answer: Answer, path: Path, offset: int, expect: Expect, report: Report) -> int:
    """Append the body; the size of the file, flushed to disk."""
    ceiling, size = client.limits.body_bytes, offset
    announced = answer.header("Content-Length") or ""
    total = offset + int(announced) if announced.isdigit() and not answer.header("Content-Encoding") else None
    if total is not None and total > ceiling:
        raise too_large(ceiling, answer.url)
    with path.open("ab" if offset else "wb") as file:
        for piece in client.body(answer, ceiling - offset):
            if size == 0 and expect.kind != "html" and is_html(answer.header("Content-Type"), piece[:HEAD]):
                raise html_instead(answer.url)
            file.write(piece)
            size += len(piece)
            report(size, total, "bytes")
        file.flush()
        os.fsync(file.fileno())
    _complete(answer, size)
    return size


def _complete(answer: Answer, size: int) -> None:
    """Hold a resumed file against the size the publisher told."""
    found = _RANGE.match(answer.header("Content-Range") or "")
    if found and found[3] != "*" and int(found[3]) != size:
        raise TransientError(f"{size} bytes of {found[3]}", where=answer.url)
