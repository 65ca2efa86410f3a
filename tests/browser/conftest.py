"""The real dashboard in a real Chromium. Without a Chromium these tests fail; they are never skipped."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

import tasks
from benchmarks import serving
from benchmarks.chromium import DESKTOP, FLAGS, is_outside
from observatory.editions.opening import EDITIONS, POINTER
from tests.editions_apart import books, folder

PAGES = tuple(sorted(path.stem for path in (serving.ROOT / "pages").glob("*.py")))
DRAWN = 20_000  # milliseconds a page may take on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def dashboard() -> Iterator[str]:
    """Address of the running dashboard, on the edition of the embedded figures."""
    if not (EDITIONS / POINTER).exists():
        subprocess.run([sys.executable, "-m", "pipelines", "build"], cwd=serving.ROOT, check=True)
    with serving.dashboard() as server:
        yield server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=tasks.chromium()["CHROMIUM"], args=FLAGS)
        yield started
        started.close()


@dataclass
class Reader:
    """A browser window, with what went wrong in it and what it asked for outside."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to an address of the dashboard and wait until the page is drawn."""
        self.page.goto(self.url + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until nothing is loaded or run any more, and no page of an earlier visit is shown."""
        self.page.wait_for_selector("#obs-kept", state="detached", timeout=DRAWN)
        self.page.wait_for_selector("h1", timeout=DRAWN)
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=DRAWN)
        closed = self.page.locator("section.obs-empty h1")
        assert closed.count() == 0, closed.first.inner_text()

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


@contextlib.contextmanager
def window(browser: Browser, url: str, **options: object) -> Iterator[Reader]:
    """A window with nothing remembered from another."""
    settings = {"viewport": DESKTOP, "locale": "es-CO", "timezone_id": "America/Bogota"} | options
    context: BrowserContext = browser.new_context(**settings)
    reader = Reader(context.new_page(), url)
    reader.page.on("console", reader.heard)
    reader.page.on("pageerror", lambda error: reader.errors.append(str(error)))
    reader.page.on("request", lambda request: reader.outside.append(request.url) if is_outside(request.url) else None)
    try:
        yield reader
    finally:
        context.close()


@pytest.fixture
def reader(browser: Browser, dashboard: str) -> Iterator[Reader]:
    """A reader at a desk in Bogotá."""
    with window(browser, dashboard) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, dashboard: str) -> Iterator[Reader]:
    """A reader with a phone, in the dark."""
    screen = {"width": 390, "height": 844}
    with window(browser, dashboard, viewport=screen, is_mobile=True, has_touch=True, color_scheme="dark") as opened:
        yield opened


class Served:
    """A dashboard on two editions, of which the first is the current one until the data change."""

    def __init__(self, url: str, editions: Path) -> None:
        self.url, self.editions = url, editions

    def publish(self, edition_id: str) -> None:
        """Put the pointer on an edition, as a build does."""
        beside = self.editions / "pointer"
        beside.write_text(f"{edition_id}.duckdb", encoding="utf-8")
        beside.replace(self.editions / POINTER)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    for path in folder().iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    one = Served("", tmp_path)
    one.publish(books()[0].edition_id)
    with serving.dashboard(OBSERVATORY_EDITIONS=str(tmp_path)) as server:
        one.url = server.url
        yield one
