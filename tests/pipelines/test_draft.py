"""Drafts of files made up for the test: what the file shows is filled in, the rest is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from observatory.errors import SourceError
from observatory.registry.models import Indicator, Source
from observatory.registry.reader import Reader
from pipelines.draft import draft
from pipelines.figures import Capture
from pipelines.reading.contract import ContractError
from pipelines.reading.declared import parse_declared


def drafted(folder: Path, name: str, text: str) -> tuple[str, dict[str, Any]]:
    (folder / name).write_text(text, encoding="utf-8")
    written = draft(folder / name)
    return written, yaml.safe_load(written)


TIDY = "cod_loc;Localidad;Año;Clase;Casos;Tasa (%)\n" + "".join(
    f"{number};{place};{year};{kind};{number};{number},5\n"
    for year in (2023, 2024)
    for kind in ("Leve", "Grave")
    for number, place in enumerate(("Usme", "Bosa", "Suba", "Distrito"))
)


def test_a_tidy_table_is_recognised(tmp_path: Path) -> None:
    written, record = drafted(tmp_path, "salud casos.csv", TIDY)
    reader = record["sources"][0]["reader"]
    assert reader["territory"] == {"column": "Localidad", "level": "locality", "also": {"Distrito": "00"}}
    assert reader["period"] == {"column": "Año", "holds": "year"}
    assert reader["values"]["tasa"]["scale"] == 0.01
    assert reader["disaggregation"]["categories"] == {"Leve": "leve", "Grave": "grave"}
    assert (reader["ignore"], reader["city"]) == (["cod_loc"], "given")
    assert "licence: not_stated  # ?" in written
    parsed = parse_declared(Capture(tmp_path), Reader.model_validate(reader))
    assert len(parsed.rows) == 2 * 16


def test_both_records_keep_the_catalogue_s_rules(tmp_path: Path) -> None:
    _, record = drafted(tmp_path, "salud.csv", TIDY)
    source = {key: value for key, value in record["sources"][0].items() if key != "reader"}
    assert Source.model_validate(source).id == record["indicators"][0]["value"]["source"]
    assert Indicator.model_validate(record["indicators"][0]).levels == ["city", "locality"]


def test_pivots_are_recognised(tmp_path: Path) -> None:
    places = "USME BOSA SUBA KENNEDY USAQUEN CHAPINERO FONTIBON ENGATIVA TEUSAQUILLO MARTIRES"
    across = "MES\t" + places.replace(" ", "\t") + "\n01 2016" + "\t3" * 10 + "\n"
    _, record = drafted(tmp_path, "choques.tsv", across)
    reader = record["sources"][0]["reader"]
    assert (reader["layout"], reader["period"]["holds"]) == ("territories_across", "month")
    assert len(parse_declared(Capture(tmp_path), Reader.model_validate(reader)).rows) == 11
    _, record = drafted(tmp_path, "tiempos.csv", "Localidad,2021,2022,2023\nUsme,1.5,2.5,3.5\nBosa,1,2,3\n")
    reader = record["sources"][0]["reader"]
    assert reader["layout"] == "periods_across"
    assert len(parse_declared(Capture(tmp_path), Reader.model_validate(reader)).rows) == 9


def test_a_table_without_territory_or_period_asks(tmp_path: Path) -> None:
    written, _ = drafted(tmp_path, "pm25_2024.csv", "PM2.5\n39,3\n27,7\n")
    assert 'territory: {fixed: "00"}  # ?' in written
    assert 'period: {fixed: "2024"}  # ?' in written
    assert "combine: sum  # ?" in written


def test_rows_without_a_territory_are_told(tmp_path: Path) -> None:
    lines = "".join(f"{place},2024,1\n" for place in ("Usme", "Bosa", "", "Suba"))
    written, _ = drafted(tmp_path, "casos.csv", f"localidad,anio,casos\n{lines}")
    assert "tolerance: 0.1  # ?  1 rows name no territory" in written


def test_a_register_without_numbers_is_counted(tmp_path: Path) -> None:
    written, record = drafted(tmp_path, "t_2024.csv", "localidad,nombre\nUsme,a\nBosa,b\nUsme,c\n")
    assert "combine: count  # ?" in written
    parsed = parse_declared(Capture(tmp_path), Reader.model_validate(record["sources"][0]["reader"]))
    assert {row.territory_code: row.value for row in parsed.rows} == {"05": 2, "07": 1, "00": 3}


def test_a_table_of_words_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column of numbers"):
        drafted(tmp_path, "t.csv", "clave,nombre\nuno,a\ndos,b\n")


LOCALITIES = [
    "USME",
    "BOSA",
    "SUBA",
    "KENNEDY",
    "USAQUEN",
    "CHAPINERO",
    "FONTIBON",
    "ENGATIVA",
    "TEUSAQUILLO",
    "MARTIRES",
    "TUNJUELITO",
]


def test_a_misspelt_locality_is_asked_with_the_nearest_and_never_left_out(tmp_path: Path) -> None:
    names = [name.replace("USME", "Usmee") for name in LOCALITIES]
    lines = "".join(f"{name};2024;1\n" for name in [*names, "Distrito", "Qwxyz"])
    written, record = drafted(tmp_path, "casos.csv", f"Localidad;Año;Casos\n{lines}")
    reader = record["sources"][0]["reader"]
    assert reader["territory"]["also"] == {"Distrito": "00"}
    assert '# "Usmee": "05"  # ? did you mean \'Usme\'?' in written
    assert '# "Qwxyz": # ? its code, "99" for no place, or excluded' in written
    with pytest.raises(ContractError, match="'Usmee', unknown_locality"):
        parse_declared(Capture(tmp_path), Reader.model_validate(reader))
    decided = written.replace('# "Usmee"', '"Usmee"').replace('# "Qwxyz": #', '"Qwxyz": excluded #')
    reader = yaml.safe_load(decided)["sources"][0]["reader"]
    rows = parse_declared(Capture(tmp_path), Reader.model_validate(reader)).rows
    assert {row.territory_code for row in rows} >= {"00", "05"}


def test_names_that_all_are_misspelt_leave_a_draft_that_loads(tmp_path: Path) -> None:
    lines = "".join(f"{name};2024;1\n" for name in [*LOCALITIES, "Usmee"])
    written, record = drafted(tmp_path, "casos.csv", f"Localidad;Año;Casos\n{lines}")
    assert "also" not in record["sources"][0]["reader"]["territory"]
    assert "# also:\n" in written


def test_a_misspelt_locality_across_is_asked_and_not_ignored(tmp_path: Path) -> None:
    header = "\t".join(["MES", "Usmee", *LOCALITIES[1:]])
    written, record = drafted(tmp_path, "choques.tsv", f"{header}\n01 2016" + "\t3" * len(LOCALITIES) + "\n")
    reader = record["sources"][0]["reader"]
    assert "Usmee" not in reader.get("ignore", [])
    assert '# "Usmee": "05"  # ? did you mean' in written
    with pytest.raises(ContractError, match="'Usmee', unknown_locality"):
        parse_declared(Capture(tmp_path), Reader.model_validate(reader))


@pytest.mark.parametrize(
    ("header", "cell", "day"),
    [
        ("anio", "2024", "2024-12-31"),
        ("mes", "2024-02", "2024-02-29"),
        ("fecha", "17/03/2024", "2024-03-17"),
        ("otro", "x", "2019-12-31"),
    ],
)
def test_the_cut_off_is_the_end_of_the_newest_period_of_the_file(
    header: str, cell: str, day: str, tmp_path: Path
) -> None:
    lines = "".join(f"{name};{cell};1\n" for name in LOCALITIES)
    written, _ = drafted(tmp_path, "casos_2019.csv", f"localidad;{header};casos\n{lines}")
    assert f"cutoff: {day}  # ?" in written
