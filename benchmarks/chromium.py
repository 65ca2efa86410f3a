"""A Chromium as a reader has it: fresh or returning, with what went over the wire counted."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

import tasks

FLAGS = [
    "--no-sandbox",  # needed as root
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Traffic:
    """What a page asked for and got, in bytes as sent."""

    files: int = 0
    bytes: int = 0
    messages: int = 0
    outside: set[str] = field(default_factory=set)


def is_outside(address: str) -> bool:
    """Whether an address leaves this machine."""
    local = ("http://localhost", "http://127.0.0.1", "ws://localhost", "ws://127.0.0.1", "data:", "blob:", "about:")
    return not address.startswith(local)


@contextlib.contextmanager
def profile(playwright: Playwright, **options: Any) -> Iterator[BrowserContext]:
    """A browser with an empty profile of its own, kept for as long as the block runs."""
    settings = {"viewport": DESKTOP, "locale": "es-CO", "timezone_id": "America/Bogota"} | options
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=tasks.chromium()["CHROMIUM"], args=FLAGS, **settings
        )
        try:
            yield context
        finally:
            context.close()


def watched(context: BrowserContext) -> tuple[Page, Traffic]:
    """A new page and the count of what it receives."""
    page, traffic = context.new_page(), Traffic()
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        traffic.files += 1
        traffic.bytes += int(event["encodedDataLength"])

    def message(event: dict[str, Any]) -> None:
        response = event["response"]
        text = response["payloadData"]
        traffic.messages += len(text) * 3 // 4 if response["opcode"] == 2 else len(text)

    session.on("Network.loadingFinished", finished)
    session.on("Network.webSocketFrameReceived", message)
    page.on("request", lambda request: traffic.outside.add(request.url) if is_outside(request.url) else None)
    return page, traffic
