"""A reader without a browser: a websocket client that speaks Streamlit's own protocol buffers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

AGAIN = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


@dataclass(frozen=True)
class Box:
    """A select box on the page."""

    widget_id: str
    label: str
    options: tuple[str, ...]


@dataclass
class Run:
    """One run of a page's script, as its reader sees it.

    `seconds` from the request to the last message, `script_seconds` from the server's first message on.
    """

    seconds: float = 0.0
    script_seconds: float = 0.0
    received: int = 0
    boxes: list[Box] = field(default_factory=list)


class PageError(Exception):
    """The page showed an exception."""


class Reader:
    """One session. Use as a context manager."""

    def __init__(self, url: str, page: str = "", **query: str) -> None:
        self._address = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._page, self._query = page, query
        self._values: dict[str, str] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._socket: ClientConnection

    def __enter__(self) -> Reader:
        subprotocols = cast("Any", ["streamlit"])
        self._socket = connect(self._address, subprotocols=subprotocols, max_size=None, compression=None)
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def run(self) -> Run:
        """Ask for a run of the page and read until its script has finished.

        Raises:
            PageError: the page showed an exception.
        """
        result, started, first = Run(), time.perf_counter(), None
        self._socket.send(self._request().SerializeToString())
        for message, size in self._messages():
            now = time.perf_counter()
            if message.WhichOneof("type") == "new_session":
                first = now
            result.received += size
            _note(message, result)
            if message.WhichOneof("type") == "script_finished" and message.script_finished != AGAIN:
                break
        now = time.perf_counter()
        result.seconds, result.script_seconds = now - started, now - (first or started)
        return result

    def choose(self, box: Box, option: str) -> Run:
        """Choose an option of a select box, as a reader does."""
        self._values[box.widget_id] = option
        return self.run()

    def _request(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self._query)
        state.page_name = self._page
        state.context_info.locale = "es-CO"
        state.context_info.timezone = "America/Bogota"
        state.context_info.url = "http://localhost/" + self._page
        state.context_info.color_scheme = "light"
        state.cached_message_hashes.extend(self._kept)
        for widget_id, value in self._values.items():
            state.widget_states.widgets.add(id=widget_id, string_value=value)
        return message

    def _messages(self) -> Iterator[tuple[ForwardMsg, int]]:
        while True:
            raw = cast("bytes", self._socket.recv(timeout=60))
            message = ForwardMsg.FromString(raw)
            if message.WhichOneof("type") == "ref_hash":
                message = self._kept[message.ref_hash]
            elif message.metadata.cacheable and message.hash:
                self._kept[message.hash] = message
            yield message, len(raw)


def _note(message: ForwardMsg, result: Run) -> None:
    kind = message.WhichOneof("type")
    if kind == "page_not_found":
        raise PageError("there is no such page")
    if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
        return
    element = message.delta.new_element
    if element.WhichOneof("type") == "exception":
        raise PageError(f"{element.exception.type}: {element.exception.message}")
    if element.WhichOneof("type") == "bidi_component" and "obs-failed" in element.bidi_component.json:
        raise PageError("the page said that it failed")
    if element.WhichOneof("type") == "selectbox":
        box = element.selectbox
        result.boxes.append(Box(box.id, box.label, tuple(box.options)))
