"""Vintages that are not over, or lack a part: no smaller city, and no year of another."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.capturing.fitting import parse_module
from pipelines.figures import Capture, Parsed
from tests.real.excerpts import SOURCES, excerpts
from tests.saving import Rows, as_text

MOST = 1500


@pytest.fixture(scope="module")
def published() -> dict[str, Rows]:
    return excerpts(MOST)


def parse(source: str, folder: Path, rows: Rows) -> Parsed:
    (folder / "otro_corte.csv").write_text(as_text(rows, ";"), encoding="utf-8")
    module = importlib.import_module(f"pipelines.sources.{source}")
    return parse_module(module, Capture(folder, aliases={SOURCES[source]: "otro_corte.csv"}))


def until_march(rows: Rows, year: str) -> Rows:
    """The records of January to March, as of another year."""
    header, *body = rows
    month, at = header.index("MM_Acc"), header.index("AA_Acc")
    early = [row for row in body if row[month] in ("Enero", "Febrero", "Marzo")]
    return [[*row[:at], year, *row[at + 1 :]] for row in early]


def test_an_unfinished_year_alone_is_refused(published: dict[str, Rows], tmp_path: Path) -> None:
    rows = published["sdm_crashes_2023"]
    with pytest.raises(SourceError, match="records of 2024-01 to 2024-03 only, no whole year"):
        parse("sdm_crashes_2023", tmp_path, [rows[0], *until_march(rows, "2024")])


def test_an_unfinished_year_beside_a_whole_one_is_left_out_by_rule(published: dict[str, Rows], tmp_path: Path) -> None:
    rows = published["sdm_crashes_2023"]
    at = rows[0].index("Codigo_Accidente")
    early = [[*row[:at], f"9{row[at]}", *row[at + 1 :]] for row in until_march(rows, "2024")]
    whole = parse("sdm_crashes_2023", tmp_path, rows)
    found = parse("sdm_crashes_2023", tmp_path, [*rows, *early])
    assert found.rows == whole.rows
    assert {line.rule: line.rows for line in found.accounts}["year_incomplete"] == len(early)


def test_a_month_that_is_not_over_is_refused(published: dict[str, Rows], tmp_path: Path) -> None:
    header, *body = published["sds_line123"]
    at = header.index("FECHA_INICIO_DESPLAZAMIENTO_MOVIL")
    with pytest.raises(SourceError, match="vehicles leave from day 1 to day 15 of 2025-03"):
        parse("sds_line123", tmp_path, [header, *(row for row in body if row[at] < "2025-03-16")])


def test_half_a_year_of_answers_is_refused(published: dict[str, Rows], tmp_path: Path) -> None:
    header, *body = published["sdp_perception_2025"]
    at = header.index("periodo")
    with pytest.raises(SourceError, match="answers of 2025-01 to 2025-06 only"):
        parse("sdp_perception_2025", tmp_path, [header, *(row for row in body if row[at] <= "202506")])


def test_a_locality_that_is_missing_makes_no_smaller_city(published: dict[str, Rows], tmp_path: Path) -> None:
    header, *body = published["dadep_demography_2015"]
    at = header.index("geografia_nombre")
    with pytest.raises(SourceError, match="no population of Kennedy"):
        parse("dadep_demography_2015", tmp_path, [header, *(row for row in body if row[at] != "KENNEDY")])
