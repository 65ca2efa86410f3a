"""The list of a folder's files: known by name, by pattern or by columns, refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import ObservatoryError
from observatory.registry.loading import read_catalogue
from pipelines.real import FileReport, as_text, check_real, report
from pipelines.sources import sds_drug_use, sds_line123
from tests.observatories import FIXTURE, with_reader

LINE_123 = (
    "NUMERO_INCIDENTE;FECHA_INICIO_DESPLAZAMIENTO_MOVIL;CODIGO_LOCALIDAD;LOCALIDAD;EDAD;UNIDAD;GENERO;"
    "TIPO_INCIDENTE;PRIORIDAD_FINAL;RECEPCION\nCRU-1;2026-01-01 00:00:00;10;ENGATIVÁ;N/A;N/A;N/A;ENFERMO;Alta;N/A\n"
    "CRU-2;2026-01-31 00:00:00;11;SUBA;N/A;N/A;N/A;ENFERMO;Alta;N/A\n"
)
DRUG_USE = "nombre_localidad,anio,casos_consumo\nusme,2025,7\nsuba,2025,9\n"


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def reports(folder: Path) -> dict[str, FileReport]:
    return {item.file: item for item in report(folder)}


def test_files_are_known_by_name_by_pattern_and_by_columns(tmp_path: Path) -> None:
    write(tmp_path, sds_drug_use.CASES, DRUG_USE)
    write(tmp_path, "nuevo/llamadas_123_enero.csv", LINE_123)
    write(tmp_path, "nuevo/descarga (3).csv", DRUG_USE.replace("usme", "bosa"))
    found = reports(tmp_path)
    assert {name: item.source_id for name, item in found.items()} == {
        sds_drug_use.CASES: "sds_drug_use",
        "nuevo/llamadas_123_enero.csv": "sds_line123",
        "nuevo/descarga (3).csv": "sds_drug_use",
    }
    assert all(item.balances and item.rows == 2 for item in found.values())


def test_a_file_of_nobody_is_listed_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, "otra.csv", "a;b\n1;2\n")
    (item,) = report(tmp_path)
    assert not item.balances
    assert item.reason == "no source reads it → python -m pipelines draft otra.csv"
    assert not check_real(tmp_path)[1]


def test_a_refused_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, sds_line123.FILES[0], LINE_123)
    write(tmp_path, "llamadas_123_febrero.csv", LINE_123.replace("Alta", "Altísima").replace("2026-01", "2026-03"))
    found = reports(tmp_path)
    assert found[sds_line123.FILES[0]].observed == {"used": 2}
    bad = found["llamadas_123_febrero.csv"]
    assert bad.quarantined == {"unknown_category": 2}
    assert "PRIORIDAD_FINAL 'Altísima'" in bad.reason


def test_the_text_tells_rules_reasons_and_totals(tmp_path: Path) -> None:
    write(tmp_path, "llamadas_123.csv", LINE_123 + LINE_123.splitlines()[1] + "\n")
    text = as_text(report(tmp_path))
    assert "whole_row_repeat 1" in text
    assert text.splitlines()[-1] == "1 files, 1 read and balanced"


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ObservatoryError, match="no such folder"):
        report(tmp_path / "nada")


def test_a_file_is_read_by_the_source_that_declares_it(tmp_path: Path) -> None:
    (tmp_path / "aire.csv").write_text("localidad;anio;valor\nUsme;2025;12,5\nKenedy;2025;1\n", encoding="utf-8")
    text = (FIXTURE / "indicators.yaml").read_text(encoding="utf-8")
    catalogue = read_catalogue(with_reader(text))
    declared = [source for source in catalogue.sources if source.reader is not None]
    (item,) = report(tmp_path, declared=declared)
    assert (item.source_id, item.quarantined) == ("air", {"unknown_locality": 1})
    assert "did you mean" in item.reason
    (tmp_path / "aire.csv").write_text("localidad;anio;valor\nUsme;2025;12,5\nBosa;2025;1\n", encoding="utf-8")
    told, whole = check_real(tmp_path, declared)
    assert whole, told
    assert "1 files, 1 read and balanced" in told
