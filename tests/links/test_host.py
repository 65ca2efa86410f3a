"""Whose links others can follow."""

from __future__ import annotations

import pytest

from observatory.links import is_of_this_machine


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:8501", "http://127.0.0.1:8501", "http://127.8.0.1", "http://[::1]:8501", "http://0.0.0.0:8501", "http://a.localhost"],
)  # fmt: skip
def test_addresses_of_this_machine(origin: str) -> None:
    assert is_of_this_machine(origin)


@pytest.mark.parametrize(
    "origin", ["https://observatorio.example.org", "http://192.168.1.20:8501", "https://localhost.example.org", ""]
)
def test_addresses_that_others_reach(origin: str) -> None:
    assert not is_of_this_machine(origin)
