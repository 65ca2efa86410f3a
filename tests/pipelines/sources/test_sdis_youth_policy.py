"""Youth policy on invented cells in the published shape."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture, Parsed
from pipelines.sources.sdis_youth_policy import PRODUCTS, RESULTS, SERIES, parse


def board(folder: Path, changes: dict[str, dict[int, float | None]]) -> Parsed:
    """Parse a board whose every indicator starts in 2025 without report, but for `changes` by key and year."""
    (folder / "policy").mkdir()
    for file in (RESULTS, PRODUCTS):
        items = [
            {
                "llave": key,
                "fecha_inicio": "2024-01-01",
                "serie": [{"anio": year, "valor": changes.get(key, {}).get(year)} for year in (2023, 2024, 2025)],
            }
            for key in SERIES[file]
        ]
        (folder / file).write_text(json.dumps({"items": items}), encoding="utf-8")
    return parse(Capture(folder))


def test_zero_and_null_are_absence_and_years_before_the_start_give_nothing(tmp_path: Path) -> None:
    rows = {(row.measure, row.period): row for row in board(tmp_path, {"R7": {2024: 0.0, 2025: 0.54}}).rows}
    assert rows["higher_education_transition", "2024"].absence == "not_published"
    assert rows["higher_education_transition", "2025"].value == 0.54
    assert ("higher_education_transition", "2023") not in rows


def test_a_new_drift_of_scale_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"R7 2025: 53\.91"):
        board(tmp_path, {"R7": {2025: 53.91}})


def test_a_lost_indicator_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / RESULTS).write_text('{"items": []}', encoding="utf-8")
    with pytest.raises(SourceError, match="R10"):
        parse(Capture(tmp_path))
