"""Corrections are data: applied and kept with the edition, refused when stale or past their day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from observatory.editions import reads
from observatory.editions.opening import current_path, open_current
from pipelines.build import build
from pipelines.correct import CorrectionProblemsError, read_corrections
from pipelines.layout import REPOSITORY, Layout
from tests.observatories import DAY, copy_to, quiet

AIR = {
    "id": "usaquen_air_2024",
    "source": "air",
    "row": {"measure": "pm25", "territory_code": "01", "period": "2024"},
    "action": "replace",
    "value": 15.5,
    "flag": "estimated",
    "expect": 14.0,
    "reason": {"es": "Un dígito de menos.", "en": "A digit too few."},
    "decided": dt.date(2026, 11, 20),
    "expires": dt.date(2027, 5, 20),
}


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return copy_to(tmp_path / "observatory")


def write(layout: Layout, *corrections: dict[str, Any]) -> None:
    layout.corrections.write_text(yaml.safe_dump({"corrections": list(corrections)}), encoding="utf-8")


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in AIR.items() if key not in keys}


def built(layout: Layout) -> Any:
    build(layout, DAY, quiet)
    return open_current(layout.editions)


def test_a_value_is_replaced_flagged_and_the_published_one_kept(layout: Layout) -> None:
    before = build(layout, DAY, quiet)
    write(layout, AIR)
    edition = built(layout)
    assert edition.path != before
    row = next(row for row in reads.series(edition, "pm25", ["01"]) if row.period == "2024")
    assert (row.value, row.flags) == (15.5, ["estimated", "modelled"])
    (kept,) = reads.corrections(edition)
    assert (kept.correction_id, kept.action, kept.published, kept.corrected) == (AIR["id"], "replace", 14.0, 15.5)
    assert kept.reason("es") == "Un dígito de menos."
    assert kept.row_number == 6


def test_a_value_is_withheld_with_its_reason(layout: Layout) -> None:
    write(layout, without("value", "flag") | {"action": "withhold", "absence": "quarantined"})
    edition = built(layout)
    row = next(row for row in reads.series(edition, "pm25", ["01"]) if row.period == "2024")
    assert (row.value, row.absence) == (None, "quarantined")


def test_a_flag_is_added_and_the_value_stands(layout: Layout) -> None:
    write(layout, without("value") | {"action": "flag", "flag": "provisional"})
    row = next(row for row in reads.series(built(layout), "pm25", ["01"]) if row.period == "2024")
    assert (row.value, row.flags) == (14.0, ["modelled", "provisional"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expect": 13.0}, "stale: the publisher says 14, the correction expects 13"),
        ({"expect": None}, "stale: the publisher says 14, the correction expects nothing"),
        ({"row": AIR["row"] | {"period": "2019"}}, "air has no row pm25, 01, 2019, total"),
        ({"source": "airr"}, "did you mean 'air'?"),
        ({"expires": DAY - dt.timedelta(days=1), "decided": dt.date(2026, 1, 1)}, "expired on 2026-11-22"),
        ({"expires": dt.date(2026, 11, 20)}, "it expires after the day it was decided"),
        ({"value": None}, "the action replace needs `value`"),
        ({"absence": "late"}, "`absence` with withhold"),
        ({"acton": "flag"}, "acton"),
    ],
)
def test_what_is_stale_expired_or_wrong_stops_the_build(layout: Layout, change: dict[str, Any], words: str) -> None:
    before = build(layout, DAY, quiet)
    write(layout, AIR | change)
    with pytest.raises(CorrectionProblemsError) as caught:
        build(layout, DAY, quiet)
    assert words in str(caught.value)
    assert current_path(layout.editions) == before


def test_a_correction_expires_though_nothing_else_changed(layout: Layout) -> None:
    write(layout, AIR)
    build(layout, AIR["expires"], quiet)
    with pytest.raises(CorrectionProblemsError, match="expired on 2027-05-20"):
        build(layout, AIR["expires"] + dt.timedelta(days=1), quiet)


def test_two_corrections_may_not_share_an_id(layout: Layout) -> None:
    write(layout, AIR, AIR | {"row": AIR["row"] | {"period": "2025"}, "expect": 13.0})
    with pytest.raises(CorrectionProblemsError, match="used twice"):
        read_corrections(layout.corrections)


def test_the_example_in_the_file_of_the_repository_is_right(tmp_path: Path) -> None:
    path = REPOSITORY / "data" / "corrections.yaml"
    assert read_corrections(path) == []
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("#   corrections:"))
    example = "\n".join(line.removeprefix("#   ") for line in lines[start:] if line.startswith("#   "))
    (tmp_path / "example.yaml").write_text(example, encoding="utf-8")
    assert [item.action for item in read_corrections(tmp_path / "example.yaml")] == ["replace"]
