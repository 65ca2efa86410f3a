"""Published boundaries that are none: the file, the feature and what was expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture
from pipelines.outlines import LAYERS, outlines

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
TWICE = [{"properties": {"LocCodigo": "01"}, "geometry": SQUARE}] * 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "no such file → capture it again"),
        ("", "line 1, column 1: no JSON: Expecting value → was it cut short?"),
        ('{"features": [\n{"properties"', "line 2, column 14: no JSON: Expecting ':' delimiter"),
        ("[]", "a list, no object → an object with features was expected"),
        ("{}", "no member 'features'"),
        (json.dumps({"features": [{"properties": {}, "geometry": SQUARE}]}), "feature 1: lacks 'LocCodigo' → each"),
        (json.dumps({"features": [{"properties": {"LocCodigo": "01"}, "geometry": None}]}), "feature 1: no area"),
        (json.dumps({"features": TWICE}), "2 areas with 1 codes, 20 expected → check the property 'LocCodigo'"),
    ],
)
def test_broken_boundaries_are_told_with_their_place(text: str | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / LAYERS[0].file
    path.parent.mkdir()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as refusal:
        outlines(Capture(tmp_path))
    assert str(path) in str(refusal.value)
    assert told in str(refusal.value)
