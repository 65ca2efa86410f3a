"""What an indicator may declare of its figures: a value, a ratio, or a value with the population it was divided by."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.progress.series import indicator

PART = {"source": "dadep", "measure": "population"}
NONE = {"value": None, "numerator": None, "denominator": None, "per": None}


@pytest.mark.parametrize(
    "parts",
    [
        {"value": PART},
        {"value": PART, "denominator": PART, "per": 1},
        {"numerator": PART, "denominator": PART, "per": 1000},
    ],
)
def test_a_value_a_ratio_or_a_published_rate_with_its_population(parts: dict[str, Any]) -> None:
    assert indicator(**(NONE | parts)).source_ids == ["dadep"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({}, "give either"),
        ({"value": PART, "numerator": PART, "denominator": PART, "per": 1}, "give either"),
        ({"numerator": PART, "per": 1}, "a ratio needs"),
        ({"value": PART, "denominator": PART}, "go together"),
        ({"value": PART, "per": 1}, "go together"),
    ],
)
def test_anything_else_is_refused(parts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        indicator(**(NONE | parts))
