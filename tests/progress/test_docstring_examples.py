"""The examples in the docstrings of the rules are run."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = {
    "observatory.progress.reporting": 8,
    "observatory.progress.commitment": 1,
    "observatory.progress.annualization": 9,
    "observatory.progress.fitting": 1,
    "observatory.progress.path": 3,
    "observatory.progress.pace": 4,
    "observatory.progress.rates": 4,
    "observatory.progress.arrival": 4,
    "observatory.progress.projection": 1,
    "observatory.progress.needed": 4,
    "observatory.statistics.intervals": 4,
    "observatory.statistics.decomposition": 5,
}


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
    assert results.attempted >= MODULES[name]
