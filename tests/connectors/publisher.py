"""A publisher on loopback that behaves as told, well or badly."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None  # bytes after which the connection drops
    endless: bool = False
    announces_length: bool = True


Answers = Callable[[Asked], Reply]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body leave in one packet
    server: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = Asked(parts.path, query, {name.lower(): value for name, value in self.headers.items()})
        self.server.publisher.asked.append(asked)
        reply = self.server.publisher.reply(asked)
        self.close_connection = reply.endless or not reply.announces_length or reply.sent is not None
        self._head(reply)
        try:
            self._write(reply)
        except OSError:
            self.close_connection = True

    def _head(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 304 and reply.announces_length and not reply.endless:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()

    def _write(self, reply: Reply) -> None:
        while reply.endless:
            self.wfile.write(b"x" * 65536)
        if reply.status != 304:
            self.wfile.write(reply.body[: reply.sent])

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is part of these tests."""


class Publisher:
    """Answers each path by a function, or by a list of replies one after the other, the last for ever."""

    def __init__(self) -> None:
        self.routes: dict[str, Answers | list[Reply] | Reply] = {}
        self.asked: list[Asked] = []
        self._server = Server(self)
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(poll_interval=0.01), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def reply(self, asked: Asked) -> Reply:
        route = self.routes.get(asked.path)
        if route is None:
            return Reply(b'{"error": "nothing here"}', status=404)
        if isinstance(route, Reply):
            return route
        if isinstance(route, list):
            return route.pop(0) if len(route) > 1 else route[0]
        return route(asked)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
