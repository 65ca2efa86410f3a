"""What holds for every test."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put `__main__` back: Streamlit's test runner takes its place, and later processes would run the dashboard."""
    kept = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = kept
