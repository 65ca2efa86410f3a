"""Every published file is listed, balances, and holds as many records as its description says."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.figures import Capture, Parsed
from pipelines.real import FileReport, as_text, report
from tests.published import REFERENCE, parse_once

FILES = sorted(
    path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*") if path.is_file() and path.suffix != ".md"
)
OTHER_UNIT = {
    "policy/ppdj_resultados_metas_vs_ejecutado.json",  # cells: 36 results by 6 years
    "policy/ppdj_productos_metas_vs_ejecutado.json",  # cells: 99 products by 7 years
    "policy/plan_accion_bti_estructura.json",  # codes: 7 results and 46 products
    "raw/sdm_eodh2019_anexoD_movilidad.xlsx",  # rows of 128 sheets
    "raw/sdm_eodh2019_anexoD_socioeconomicos.xlsx",
    "quality_of_life/sdp_encuesta_percepcion_2025_diccionario.xlsx",  # 289 rows with banner and header
}


def parse(module: ModuleType, capture: Capture) -> Parsed:
    """Parsed once for all tests of a run, where the whole folder is."""
    if capture.only or capture.aliases:
        parsed: Parsed = module.parse(capture)
        return parsed
    return parse_once(module.__name__.rpartition(".")[2], capture.folder)


@pytest.fixture(scope="module")
def reports() -> dict[str, FileReport]:
    return {item.file: item for item in report(REFERENCE, parse)}


def described() -> dict[str, int]:
    """Records by file name, as the folder's description states them."""
    found: dict[str, int] = {}
    for line in (REFERENCE / "SOURCES.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        sizes = [re.match(r"([\d,]+)( rows)? x \d+", cell) for cell in cells]
        if not cells[0].startswith(("-", "file")) and any(sizes):
            counts = re.findall(
                r"([\d,]+)(?: rows)? x", next(cell for cell, size in zip(cells, sizes, strict=True) if size)
            )
            for name, count in zip(_names(cells[0]), counts * 3, strict=False):
                found[name] = int(count.replace(",", ""))
    return found


def _names(cell: str) -> list[str]:
    if match := re.search(r"(.*)\{(.*)\}(.*)", cell):
        return [f"{match[1]}{part}{match[3]}" for part in match[2].split(",")]
    return [name.strip() for name in cell.split(",")]


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_read_by_a_source_and_balances(file: str, reports: dict[str, FileReport]) -> None:
    item = reports[file]
    assert item.source_id, item.reason
    assert item.counted in (None, item.rows)
    assert item.rows > 0


def test_the_list_holds_every_file_and_no_other(reports: dict[str, FileReport]) -> None:
    assert sorted(reports) == FILES


@pytest.mark.parametrize(("name", "records"), sorted(described().items()))
def test_records_are_those_the_description_states(name: str, records: int, reports: dict[str, FileReport]) -> None:
    (item,) = [item for file, item in reports.items() if Path(file).name == name]
    if item.file in OTHER_UNIT:
        assert item.counted is None or item.rows != records
    else:
        assert item.rows == records


def test_the_damaged_file_is_refused_with_reason_and_row(reports: dict[str, FileReport]) -> None:
    item = reports["raw/sds_llamadas123_2025-09_reguardado_utf8_fffd.csv"]
    assert item.quarantined == {"letters_destroyed": 11433}
    assert not item.observed
    assert "row 2" in item.reason


def test_the_ccb_rows_without_weight_and_the_total_are_quarantined(reports: dict[str, FileReport]) -> None:
    assert reports["raw/ccb_epv_2020.csv"].quarantined == {"weight_missing": 687, "total_row": 1}


def test_the_table_ends_with_its_count(reports: dict[str, FileReport]) -> None:
    assert as_text(list(reports.values())).splitlines()[-1] == f"{len(FILES)} files, {len(FILES)} read and balanced"


def test_known_totals_of_the_new_sources(reference: Path) -> None:
    def city(source: str, measure: str, period: str, disaggregation: str = "total") -> float | None:
        (value,) = [
            row.value
            for row in parse_once(source, reference).rows
            if row.key == (measure, "00", period, disaggregation)
        ]
        return value

    assert city("sdp_population_2018_2035", "population", "2018") == 7412566
    assert city("sdp_population_2018_2035", "population", "2024") == 8034649
    assert city("sdp_population_2018_2035", "population", "2035") == 8726402
    assert city("dadep_demography_2015", "population", "2015") == 7878783
    assert city("sdm_crash_vehicles_2023", "vehicles_in_crashes", "2023") == 24403
    assert city("sdm_victims_age_2018", "deaths", "2018") == 263
    assert city("sds_covid_2020_2021", "covid_cases_cumulative", "2021-07-29") == 1304167 - 14117
    assert city("sds_malnutrition", "measured", "2024") == 1111465
    assert city("sed_schools_2025", "school_sites", "2025-06-30") == 2219
    assert city("bti_plan_structure", "product_indicators", "2026") == 46
    days = [row.value or 0 for row in parse_once("sdm_crashes_daily_2016", reference).rows]
    assert sum(days) == 34931
    trips = [
        row.value or 0
        for row in parse_once("transmilenio_card_validations_2020", reference).rows
        if row.disaggregation == "total"
    ]
    assert (len(trips), sum(trips)) == (18, 5196553)
