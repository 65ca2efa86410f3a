"""Line 123 on a few invented rows in the published shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Capture, Parsed
from pipelines.sources import sds_line123

HEADER = (
    "NUMERO_INCIDENTE;FECHA_INICIO_DESPLAZAMIENTO_MOVIL;CODIGO_LOCALIDAD;LOCALIDAD;EDAD;UNIDAD;GENERO;"
    "TIPO_INCIDENTE;PRIORIDAD_FINAL;RECEPCION"
)
ROWS = [
    "CRU-1;2025-03-01 00:00:00;10;ENGATIVÁ;N/A;N/A;N/A;ENFERMO;Alta;N/A",
    "CRU-1;2025-03-01 00:00:00;10;ENGATIVÁ;N/A;N/A;N/A;ENFERMO;Alta;N/A",
    "CRU-1;2025-03-01 00:09:00;10;ENGATIVÁ;N/A;N/A;N/A;ENFERMO;Alta;N/A",
    "CRU-2;2025-03-01 01:00:00;LOS MARTIRES;LOS MARTIRES;N/A;N/A;N/A;ENFERMO;Critica;SIN_D",
    "CRU-3;2025-03-01 02:00:00;SIN_D;SIN_D;N/A;N/A;N/A;ENFERMO;Baja;SIN_D",
    "CRU-4;2025-03-01 03:00:00;FUERA_DE_BOGOTÁ;FUERA_DE_BOGOTÁ;N/A;N/A;N/A;ENFERMO;Alta;SIN_D",
    "CRU-5;2025-03-31 04:00:00;9;FONTIBÓN ;N/A;N/A;N/A;ENFERMO;Media;N/A",
]


def parse(folder: Path, rows: list[str], encoding: str, line_end: str) -> Parsed:
    (folder / "sds_llamadas123_marzo.csv").write_bytes(line_end.join([HEADER, *rows, ""]).encode(encoding))
    return sds_line123.parse(Capture(folder))


@pytest.mark.parametrize(("encoding", "line_end"), [("cp850", "\n"), ("mac_roman", "\r")])
def test_counts_incidents_once(tmp_path: Path, encoding: str, line_end: str) -> None:
    parsed = parse(tmp_path, ROWS, encoding, line_end)
    totals = {row.territory_code: row.value for row in parsed.rows if row.disaggregation == "total"}
    assert {code: value for code, value in totals.items() if value} == {"00": 4, "10": 1, "14": 1, "99": 1, "09": 1}
    assert totals["20"] == 0
    assert {line.rule: line.rows for line in parsed.accounts} == {
        "used": 3,
        "used_without_locality": 1,
        "whole_row_repeat": 1,
        "outside_bogota": 1,
        "further_row_of_incident": 1,
    }


def test_refuses_an_incident_in_two_localities(tmp_path: Path) -> None:
    rows = [*ROWS, ROWS[0].replace("10;ENGATIVÁ", "11;SUBA")]
    with pytest.raises(SourceError, match="CRU-1"):
        parse(tmp_path, rows, "cp850", "\n")


def test_refuses_an_unknown_priority(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="Altísima"):
        parse(tmp_path, [ROWS[0].replace("Alta", "Altísima")], "mac_roman", "\r")
