"""Crash records, on a few records of invented content in the published shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from observatory.errors import SourceError
from pipelines.figures import Account, Capture
from pipelines.sources.sdm_crashes_2023 import CRASHES, PERSONS, parse

CRASH_HEADER = "Codigo_Accidente;AA_Acc;Localidad;MM_Acc;Gravedad_indicador_30d;Con_Moto;Con_Bicicleta;Con_Peaton;"
CRASH_LINES = [
    "1;2023;KENNEDY;Enero;Con Muertos;SI;;;",
    "2;2023;ANTONIO NARIÑO;Enero;Con Heridos;;SI;SI;",
    "3;2023;CANDELARIA;Diciembre;Solo Daños;;;;",
]
PERSON_LINES = [
    ("Kennedy", "Enero", "MUERTO", "MOTOCICLISTA"),
    ("Kennedy", "Enero", "ILESO", "CONDUCTOR"),
    ("Antonio Nariño", "Enero", "HERIDO", "CICLISTA"),
    ("Candelaria", "Diciembre", None, "CONDUCTOR"),
]


def capture(folder: Path, crashes: list[str], persons: list[tuple[str, str, str | None, str]]) -> Capture:
    (folder / "raw").mkdir()
    text = "\ufeff" + "\r\n".join([CRASH_HEADER, *crashes]) + "\r\n"
    (folder / CRASHES).write_text(text, encoding="utf-8", newline="")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("Localidad", "mesAcc", "Gravedad_Indicador_30d", "Condicion"), *persons]:
        sheet.append(row)
    book.save(folder / PERSONS)
    return Capture(folder)


def test_counts_zeros_and_road_users(tmp_path: Path) -> None:
    values = {row.key: row.value for row in parse(capture(tmp_path, CRASH_LINES, PERSON_LINES)).rows}
    assert values["crashes", "00", "2023", "total"] == 3
    assert values["crashes_with_motorcycle", "08", "2023", "total"] == 1
    assert values["crashes_with_pedestrian", "15", "2023", "total"] == 1
    assert values["deaths", "08", "2023", "road_user:motorcyclist"] == 1
    assert values["deaths", "20", "2023", "total"] == 0
    assert values["injured_by_month", "00", "2023-01", "total"] == 1
    assert values["injured_by_month", "00", "2023-02", "total"] == 0


def test_a_person_without_outcome_is_quarantined_not_lost(tmp_path: Path) -> None:
    accounts = parse(capture(tmp_path, CRASH_LINES, PERSON_LINES)).accounts
    assert Account(PERSONS, "quarantined", "outcome_missing", 1) in accounts
    assert sum(account.rows for account in accounts if account.file == PERSONS) == len(PERSON_LINES)


def test_an_unknown_locality_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="SOACHA"):
        parse(capture(tmp_path, ["9;2023;SOACHA;Enero;Con Heridos;;;;"], PERSON_LINES))


def test_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Grave"):
        parse(capture(tmp_path, ["9;2023;SUBA;Enero;Grave;;;;"], PERSON_LINES))
