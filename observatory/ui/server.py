"""The server in front of the dashboard: compressed files, the right page language, a health address.

    python -m observatory.ui.server                       # what `make run` starts; PORT, ADDRESS, BASE_PATH
    uvicorn --factory observatory.ui.server:application   # the same under a server of your own

`streamlit run dashboard.py` works too, without all this: heavier, and with English in `<html>`.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import logging
import os
import re
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import brotli
import streamlit
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from observatory.editions.opening import open_current
from observatory.errors import EditionError
from observatory.ui import failure, lost, outside, remembered, shell
from observatory.ui.assets import REPOSITORY, Assets, Encoding, frontend_folder
from observatory.ui.view import base_path, editions_folder
from observatory.wording import Lang

log = logging.getLogger(__name__)

FOR_EVER = b"public, max-age=31536000, immutable"
HEALTH = "healthz"


def options(folder: Path = REPOSITORY) -> dict[str, Any]:
    """Arguments for `streamlit.App` beside the script: middleware, the health route, and what happens at start.

    Args:
        folder: where `pages/` stands; a file's name is its page's address.
    """
    pages, base = frozenset(path.stem for path in (folder / "pages").glob("*.py")), base_path()
    return {
        "middleware": [Middleware(FrontDoor, assets=Assets(), pages=pages)],
        "routes": [
            *(Route(f"{at}/{HEALTH}", health) for at in {"", base}),  # where the server is asked, and behind a proxy
            Route(f"{base}/{outside.PICTURE_PATH}/{{page}}.png", outside.picture),
            Route(f"{base}/{outside.FEED_PATH}", outside.changes),
        ],
        "lifespan": lifespan,
        "on_script_error": failure.say,
    }


def application(folder: Path = REPOSITORY) -> streamlit.App:
    """The dashboard of a folder as an ASGI application."""
    return streamlit.App(folder / "dashboard.py", **options(folder))


class FrontDoor:
    """ASGI middleware that answers for the page's HTML and the frontend's files; the rest goes through."""

    def __init__(self, app: ASGIApp, assets: Assets, pages: frozenset[str]) -> None:
        self._app = app
        self._assets = assets
        self._base = base_path()
        self._pages = pages | {""}
        self._files = frozenset(path.name for path in frontend_folder().iterdir() if path.is_file())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD for a page or a known file; pass everything else on."""
        path = _route(scope, self._base) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        if path is None:
            await self._app(scope, receive, send)
        elif path.startswith("static/") and path.removeprefix("static/") in self._assets and _encoding(scope):
            await self._file(path.removeprefix("static/"), scope, send)
        elif path in self._pages:
            await self._page(path, scope, send)
        elif lost.is_lost(path, self._pages, self._files):
            await self._lost(path, scope, send)
        else:
            await self._app(scope, receive, send)

    async def _file(self, name: str, scope: Scope, send: Send) -> None:
        encoding = _encoding(scope) or "gzip"
        asset = await asyncio.to_thread(self._assets.get, name, encoding)
        headers = {
            b"content-type": f"{asset.media_type}; charset=utf-8".encode(),
            b"content-encoding": encoding.encode(),
            b"cache-control": FOR_EVER,
            b"vary": b"Accept-Encoding",
            b"etag": asset.etag.encode(),
            b"access-control-allow-origin": b"*",
            b"x-content-type-options": b"nosniff",
        }
        await _respond(scope, send, asset.body, headers)

    async def _page(self, name: str, scope: Scope, send: Send) -> None:
        query = scope["query_string"].decode("latin-1")
        lang = shell.language(query, _header(scope, b"accept-language"))
        told = await asyncio.to_thread(self._told, name, query, lang, scope)
        stamp = await asyncio.to_thread(remembered.stamp)
        await self._html(shell.page(name, lang, self._base, told, stamp), lang, scope, send, HTTPStatus.OK)

    async def _lost(self, path: str, scope: Scope, send: Send) -> None:
        lang = shell.language(scope["query_string"].decode("latin-1"), _header(scope, b"accept-language"))
        body = await asyncio.to_thread(lost.page, path, lang, self._base, self._pages)
        await self._html(body, lang, scope, send, HTTPStatus.NOT_FOUND)

    async def _html(self, body: bytes, lang: Lang, scope: Scope, send: Send, status: HTTPStatus) -> None:
        headers = {
            b"content-type": b"text/html; charset=utf-8",
            b"content-language": lang.encode(),
            b"cache-control": b"no-store",  # it says which edition is current, also to Back and to tabs that come back
            b"content-security-policy": _policy(_header(scope, b"host")),
            b"referrer-policy": b"strict-origin-when-cross-origin",
            b"x-content-type-options": b"nosniff",
        }
        if _encoding(scope) == "br":
            body, headers[b"content-encoding"] = bytes(brotli.compress(body, quality=5)), b"br"
        await _respond(scope, send, body, headers, status)

    def _told(self, name: str, query: str, lang: Lang, scope: Scope) -> str:
        """How a link presents itself where links are shown; browsers, which say what they fetch for, need none."""
        if _header(scope, b"sec-fetch-mode"):
            return ""
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        origin = outside.origin_of(headers, str(scope.get("scheme", "http")))
        return outside.tags(name, query, lang, origin, self._base)


async def _respond(
    scope: Scope, send: Send, body: bytes, headers: Mapping[bytes, bytes], status: HTTPStatus = HTTPStatus.OK
) -> None:
    """Send a body, or 304 when the browser has these very bytes, or the headers alone for HEAD."""
    if b"etag" in headers and headers[b"etag"].decode() in _header(scope, b"if-none-match"):
        status, body = HTTPStatus.NOT_MODIFIED, b""
    elif scope["method"] == "HEAD":
        headers, body = {**headers, b"content-length": str(len(body)).encode()}, b""
    else:
        headers = {**headers, b"content-length": str(len(body)).encode()}
    start: Message = {"type": "http.response.start", "status": int(status), "headers": list(headers.items())}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _route(scope: Scope, base: str) -> str | None:
    """The path below the base address, without leading slash; None when it lies outside."""
    path = str(scope["path"])
    if path == base:
        return ""
    return path[len(base) + 1 :] if path.startswith(f"{base}/") else None


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _encoding(scope: Scope) -> Encoding | None:
    """The best encoding that the browser takes."""
    parts = [part.replace(" ", "") for part in _header(scope, b"accept-encoding").split(",")]
    accepted = {part.split(";")[0] for part in parts if not re.search(r";q=0(\.0*)?$", part)}
    if "br" in accepted:
        return "br"
    return "gzip" if "gzip" in accepted else None


def _policy(host: str) -> bytes:
    """A content policy under which the browser itself refuses every outside address.

    Older Safari does not count the websocket as `'self'`, so it is named by the host that was asked for.
    """
    socket = f" ws://{host} wss://{host}" if re.fullmatch(r"[\w.:\[\]-]+", host) else ""
    # Streamlit styles inline; plotly and deck.gl build functions from text and start workers from blobs.
    own = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
    return f"default-src {own}; connect-src 'self' data: blob:{socket}; object-src 'none'; base-uri 'self'".encode()


async def health(_request: Request) -> JSONResponse:
    """`{"status": "ok", "edition": …}`, or 503 with the reason when there is no edition to read."""
    try:
        edition = await asyncio.to_thread(open_current, editions_folder())
    except EditionError as error:
        return JSONResponse({"status": "no edition", "reason": str(error)}, HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse({"status": "ok", "edition": edition.edition_id})


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Load what the pages need while the first reader's browser is still fetching the frontend."""
    warming = asyncio.create_task(asyncio.to_thread(warm))
    warming.add_done_callback(_report)
    yield
    warming.cancel()


def _report(warming: asyncio.Task[None]) -> None:
    if not warming.cancelled() and (error := warming.exception()) is not None:
        log.error("the pages cannot be imported", exc_info=error)


def warm() -> None:
    """Import what the pages import, then take everything alive out of the garbage collector's rounds."""
    here = Path(__file__)
    names = [path.stem for path in here.parent.glob("*.py") if path.name not in {"__init__.py", here.name}]
    for name in [*(f"observatory.ui.{name}" for name in names), "pydeck"]:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def listening(environment: Mapping[str, str]) -> tuple[str, int]:
    """ADDRESS and PORT to listen on.

    Raises:
        ValueError: PORT is no number.
    """
    return environment.get("ADDRESS") or "127.0.0.1", int(environment.get("PORT") or 8501)


def main() -> None:
    """Serve until stopped.

    uvicorn binds its own socket here. The one that `streamlit run` binds leaves small messages waiting for the reader's
    acknowledgement of the one before (it is not marked as TCP, so that asyncio does not switch Nagle's algorithm off):
    40 ms more on every rerun.
    """
    if base := os.environ.get("BASE_PATH"):
        config.set_option("server.baseUrlPath", base)
    host, port = listening(os.environ)
    # Messages are small enough that compressing them costs a rerun more (2–3 ms) than it saves on most lines.
    uvicorn.run(
        application(), host=host, port=port, ws="websockets-sansio", ws_per_message_deflate=False, log_level="warning"
    )


if __name__ == "__main__":
    main()
