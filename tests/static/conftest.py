"""The twin of an edition of the repository's own catalogue and figures, written once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from observatory.editions.book import Book
from observatory.links import DASHBOARD
from observatory.twin.places import ADDRESS
from observatory.twin.publish import publish
from tests.briefing.conftest import repository_book

TWIN, LIVE = "https://data.example/twin", "https://observatory.example"


@pytest.fixture(scope="session")
def book() -> Book:
    return repository_book()


@pytest.fixture(scope="session")
def steps() -> list[tuple[str, str]]:
    """What publishing says, step by step."""
    return []


@pytest.fixture(scope="session")
def twin(book: Book, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("static") / "twin"
    with mock.patch.dict(os.environ, {ADDRESS: TWIN, DASHBOARD: LIVE}):
        publish(book.edition_id, folder, book.edition.path.parent, lambda *step: steps.append(step))
    yield folder
