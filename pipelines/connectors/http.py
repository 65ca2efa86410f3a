"""Asking over HTTP: checked redirects, timeouts, retries, a ceiling on every body; other protocols stand on it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import DecodeError, HTTPError, NameResolutionError, SSLError

from pipelines.clock import Clock
from pipelines.connectors.content import is_html
from pipelines.connectors.errors import CaptureError, TransientError
from pipelines.connectors.network import AddressPolicy, pool_manager
from pipelines.connectors.retry import RetryPolicy, retry_after, with_retries

Made = TypeVar("Made")
Report = Callable[[int, int | None, str], None]  # done, of how many, unit ("bytes" or "records")

AGENT = "Bogota-Observatory/0.1 (capture of open data)"
MEGABYTE = 1 << 20
CHUNK = 1 << 14
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
MOVED = frozenset({404, 410})
REFUSED = frozenset({401, 403})
_OBJECT = re.compile(r"^\w+\([^)]*\): ")  # the connection, as urllib3's messages begin


@dataclass(frozen=True)
class Limits:
    """Bounds of one source's capture: bytes after decompression, times in seconds."""

    body_bytes: int = 1024 * MEGABYTE
    page_bytes: int = 64 * MEGABYTE
    redirects: int = 5
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    body_seconds: float = 3600.0


def silent(_done: int, _total: int | None, _unit: str) -> None:
    """A report nobody reads."""


@dataclass
class Answer:
    """An answer whose body is not read yet; `url` is where it came from after redirects."""

    url: str
    raw: BaseHTTPResponse
    closes_at: float = 0.0

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.raw.status

    def header(self, name: str) -> str | None:
        """A header's value."""
        return self.raw.headers.get(name)


@dataclass
class Client:
    """Asks one publisher; `received` counts the bytes of pages taken so far against the ceiling of the source."""

    policy: AddressPolicy = field(default_factory=AddressPolicy)
    limits: Limits = field(default_factory=Limits)
    retries: RetryPolicy = field(default_factory=RetryPolicy)
    clock: Clock = field(default_factory=Clock)
    received: int = 0

    def __post_init__(self) -> None:
        self._pool = pool_manager(self.policy)

    def text(
        self, url: str, parameters: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> str:
        """A whole body as UTF-8 text.

        Raises:
            CaptureError: no good answer within the limits, or HTML where data was expected.
        """
        return self._patiently(url, parameters, headers, lambda body, _place: body)

    def json(
        self,
        url: str,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        verbatim: bool = False,
    ) -> tuple[Any, str]:
        """A JSON body, parsed and as it came; `verbatim` leaves numbers as text. A truncated one is asked for again.

        Raises:
            CaptureError: as for `text`, or the body is no JSON.
        """

        def parsed(body: str, place: str) -> tuple[Any, str]:
            return parse_json(body, place, verbatim=verbatim), body

        return self._patiently(url, parameters, headers, parsed)

    def _patiently(
        self,
        url: str,
        parameters: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        make: Callable[[str, str], Made],
    ) -> Made:
        address = with_parameters(url, parameters or {})

        def attempt() -> Made:
            with self.ask(address, headers) as answer:
                if answer.status != 200:
                    raise TransientError(f"the publisher answered {answer.status}, unasked", where=answer.url)
                body = b"".join(self.body(answer, min(self.limits.page_bytes, self._left())))
            if is_html(answer.header("Content-Type"), body):
                raise html_instead(answer.url)
            made = make(decoded(body, answer.url), answer.url)
            self.received += len(body)
            return made

        return with_retries(attempt, self.retries, self.clock)

    def _left(self) -> int:
        return max(0, self.limits.body_bytes - self.received)

    @contextmanager
    def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[Answer]:
        """The answer with status 200, 206, 304 or 416, its body still to be read; redirects followed and checked.

        Raises:
            TransientError: the publisher may answer later.
            CaptureError: it will not.
        """
        answer = self._follow(url, {"User-Agent": AGENT, "Accept-Encoding": "gzip", **(headers or {})})
        try:
            self._judge(answer)
            yield answer
        except (DecodeError, HTTPError) as error:
            raise _transport(error, answer.url) from error
        finally:
            answer.raw.close()

    def _follow(self, url: str, headers: dict[str, str]) -> Answer:
        for _ in range(self.limits.redirects + 1):
            raw = self._send(url, headers)
            target = raw.get_redirect_location()
            if not target:
                return Answer(url, raw, self.clock.monotonic() + self.limits.body_seconds)
            raw.close()
            following = urljoin(url, target)
            headers = _redirected(url, following, headers)
            url = following
        raise CaptureError(
            f"more than {self.limits.redirects} redirects", where=url, fix="correct the address in the browser first"
        )

    def _send(self, url: str, headers: dict[str, str]) -> BaseHTTPResponse:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise CaptureError("no address of an open publication", where=url, fix="http:// or https://, no password")
        patience = Timeout(connect=self.limits.connect_seconds, read=self.limits.read_seconds)
        options: dict[str, Any] = {"redirect": False, "retries": False, "preload_content": False}
        try:
            return self._pool.request("GET", url, headers=headers, timeout=patience, **options)
        except HTTPError as error:
            raise _transport(error, url) from error

    def _judge(self, answer: Answer) -> None:
        status = answer.status
        if status in (200, 206, 304, 416):
            return
        said = f"the publisher answered {status} {answer.raw.reason or ''}".strip() + self._explanation(answer)
        if status in RETRIED:
            wait = retry_after(answer.header("Retry-After"), self.clock.now())
            raise TransientError(said, where=answer.url, wait=wait)
        if status in MOVED:
            raise CaptureError(said, where=answer.url, fix="it moved: find the dataset anew and correct addresses.yaml")
        if status in REFUSED:
            raise CaptureError(
                said, where=answer.url, fix="it is not open, or refuses programs: take it by hand, --from"
            )
        raise CaptureError(said, where=answer.url, fix="compare the address and its parameters with the portal's help")

    def _explanation(self, answer: Answer) -> str:
        """The beginning of a short plain or JSON body: portals say there what they did not understand."""
        if "html" in (answer.header("Content-Type") or ""):
            return ""
        body = answer.raw.read(400, decode_content=True)
        text = " ".join(body.decode("utf-8", errors="replace").split())
        return f": {text[:200]}" if text else ""

    def body(self, answer: Answer, ceiling: int) -> Iterator[bytes]:
        """The body in pieces, decompressed.

        Raises:
            CaptureError: it is larger than `ceiling` bytes, or takes longer than the limit.
            TransientError: the connection broke before the end.
        """
        announced = answer.header("Content-Length") or ""
        if announced.isdigit() and int(announced) > ceiling:
            raise too_large(ceiling, answer.url)
        size = 0
        try:
            for piece in answer.raw.stream(CHUNK, decode_content=True):
                size += len(piece)
                if size > ceiling:
                    raise too_large(ceiling, answer.url)
                if self.clock.monotonic() > answer.closes_at:
                    seconds = round(self.limits.body_seconds)
                    raise CaptureError(
                        f"not finished after {seconds} s", where=answer.url, fix="take it by hand, --from"
                    )
                yield piece
        except HTTPError as error:
            raise _transport(error, answer.url) from error


def with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """An address with parameters added to those it has."""
    if not parameters:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"


def parse_json(body: str, place: str, *, verbatim: bool = False) -> Any:
    """A JSON document; `verbatim` leaves numbers as text.

    Raises:
        CaptureError: the body is XML or other text.
        TransientError: it begins as JSON and breaks off or is damaged.
    """
    start = body.lstrip()[:1]
    if start not in ("{", "["):
        text = re.sub(r"<[^>]*>", " ", body[:2000])
        said = " ".join(text.split())[:200] or "nothing"
        raise CaptureError(f"no JSON but: {said}", where=place, fix="compare the parameters with the server's help")
    try:
        return json.loads(body, parse_float=str, parse_int=str) if verbatim else json.loads(body)
    except ValueError as error:
        raise TransientError(f"the JSON is truncated or damaged: {error}", where=place) from error


def decoded(body: bytes, place: str) -> str:
    """UTF-8 text.

    Raises:
        CaptureError: the bytes are not UTF-8.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaptureError(
            f"not UTF-8: {error}", where=place, fix="take the file itself, with connector http"
        ) from error


def html_instead(place: str) -> CaptureError:
    """The error for a web page that came with status 200 where data was asked for."""
    return CaptureError(
        "a web page came where data was expected", where=place, fix="open the address in a browser to read what it says"
    )


def too_large(ceiling: int, place: str) -> CaptureError:
    """The error for a body without end."""
    size = max(1, round(ceiling / MEGABYTE))
    return CaptureError(f"more than {size} MB", where=place, fix="if it is meant, raise --limit-mb")


def _redirected(url: str, following: str, headers: dict[str, str]) -> dict[str, str]:
    """Headers for the next hop: a token stays with the host it was meant for; TLS is not given up."""
    before, after = urlsplit(url), urlsplit(following)
    if before.scheme == "https" and after.scheme != "https":
        raise CaptureError(f"redirected from https to {following}", where=url, fix="correct the address if it is meant")
    if before.netloc == after.netloc:
        return headers
    return {name: value for name, value in headers.items() if name.lower() not in ("x-app-token", "authorization")}


def _transport(error: Exception, place: str) -> CaptureError:
    if isinstance(error, SSLError):
        return CaptureError(f"no trusted TLS connection: {error}", where=place, fix="check clock and certificates")
    if isinstance(error, DecodeError):
        return TransientError(f"the compressed body is damaged: {error}", where=place)
    said, fix = _OBJECT.sub("", str(error)), "check the network, then run it again"
    if isinstance(error, NameResolutionError):
        return CaptureError(said, where=place, fix=fix)  # offline, or the name is gone: waiting seconds mends neither
    return TransientError(f"the connection failed: {said}", where=place, fix=fix)
