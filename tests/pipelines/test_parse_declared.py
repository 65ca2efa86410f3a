"""Simple files declared in a `reader:` block, in rows made up for the test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from observatory.errors import SourceError
from observatory.registry.reader import Reader
from pipelines.figures import Account, Capture, Parsed
from pipelines.reading.declared import parse_declared

TIDY: dict[str, Any] = {
    "file": "casos*.csv",
    "layout": "tidy",
    "territory": {"column": "Localidad", "also": {"Distrito": "00", "Sin dato": "99", "Soacha": "excluded"}},
    "period": {"column": "Año", "holds": "year"},
    "values": {"share": {"column": "Porcentaje", "scale": 0.01, "lowest": 0, "highest": 100, "blank": True}},
    "disaggregation": {"column": "Sexo", "dimension": "sex", "categories": {"Mujer": "women", "Todos": "total"}},
    "where": {"Estado": ["Final"]},
    "ignore": ["Código"],
    "missing": ["N/A"],
    "city": "given",
}
HEADER = "Código;Localidad;Año;Sexo;Porcentaje;Estado"


def parse(folder: Path, text: str, **changes: Any) -> Parsed:
    (folder / "casos_2025.csv").write_text(text, encoding="cp1252")
    return parse_declared(Capture(folder), Reader.model_validate(TIDY | changes), "fuente")


def test_a_tidy_table(tmp_path: Path) -> None:
    lines = ["1;USAQUEN;2024;Mujer;12,5;Final", "0;Distrito;2024;Todos;50,0;Final", "2;Chapinero;2024;Todos;N/A;Final"]
    more = ["9;Soacha;2024;Todos;1,0;Final", "1;Usaquén;2024;Todos;9,9;Previo"]
    parsed = parse(tmp_path, "\n".join([HEADER, *lines, *more]))
    rows = {row.key: row for row in parsed.rows}
    assert rows["share", "01", "2024", "sex:women"].value == 0.125
    assert rows["share", "00", "2024", "total"].value == 0.5
    assert rows["share", "02", "2024", "total"].absence == "not_published"
    assert parsed.accounts == [
        Account("casos_2025.csv", "observed", "used", 3),
        Account("casos_2025.csv", "excluded", "territory_excluded", 1),
        Account("casos_2025.csv", "excluded", "other_rows", 1),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("1;Usaken;2024;Mujer;12,5;Final", "Usaken"),
        ("1;Usme;2024;Hombre;12,5;Final", "'Hombre', unknown_category"),
        ("1;Usme;2024;Mujer;120,5;Final", "out_of_range"),
        ("1;Distrito;2024;Todos;1,0;Final", "stands twice"),
    ],
)
def test_what_is_not_declared_is_refused(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        parse(tmp_path, "\n".join([HEADER, "0;Distrito;2024;Todos;50,0;Final", line]))


def test_a_tolerated_row_is_quarantined_with_its_place(tmp_path: Path) -> None:
    lines = [f"0;Distrito;{year};Todos;50,0;Final" for year in range(2001, 2020)]
    parsed = parse(tmp_path, "\n".join([HEADER, *lines, "1;Usaken;2024;Mujer;1,0;Final"]), tolerance=0.1)
    (refused,) = parsed.rejected
    assert (refused.row_number, refused.value, refused.hint) == (21, "Usaken", "did you mean 'usaquen'?")
    assert Account("casos_2025.csv", "quarantined", "unknown_locality", 1) in parsed.accounts


def test_territories_across_sum_to_the_city(tmp_path: Path) -> None:
    reader = {
        "file": "p.tsv",
        "layout": "territories_across",
        "territory": {},
        "period": {"column": "MES", "holds": "month"},
        "values": {"crashes": {"scale": 1, "whole": True}},
        "city": "sum",
    }
    (tmp_path / "p.tsv").write_text("MES\tUSME\tBOSA\n01 2016\t1\t2\n02 2016\t3\t4\n", encoding="utf-8")
    parsed = parse_declared(Capture(tmp_path), Reader.model_validate(reader))
    rows = {(row.territory_code, row.period): row.value for row in parsed.rows}
    assert (rows["05", "2016-02"], rows["00", "2016-01"]) == (3, 3)
    assert parsed.accounts == [Account("p.tsv", "observed", "used", 2)]


def test_periods_across_in_a_workbook(tmp_path: Path) -> None:
    pd.DataFrame({"Localidad": ["Usme"], "2023": [1.5], "2024": [2.5]}).to_excel(tmp_path / "p.xlsx", index=False)
    reader = {
        "file": "p.xlsx",
        "layout": "periods_across",
        "territory": {"column": "localidad"},
        "period": {"holds": "year"},
        "values": {"minutes": {"scale": 1}},
        "city": "none",
    }
    parsed = parse_declared(Capture(tmp_path), Reader.model_validate(reader))
    assert [(row.period, row.value) for row in parsed.rows] == [("2023", 1.5), ("2024", 2.5)]


def test_records_are_counted_from_parquet_and_geojson(tmp_path: Path) -> None:
    frame = pd.DataFrame({"LOCALIDAD": ["1", "1", "20"]})
    frame.to_parquet(tmp_path / "p.parquet")
    (tmp_path / "p.geojson").write_text(
        '{"features": [{"properties": {"LOCALIDAD": 1}}, {"properties": {"LOCALIDAD": 1}},'
        ' {"properties": {"LOCALIDAD": 20}}]}',
        encoding="utf-8",
    )
    for name in ("p.parquet", "p.geojson"):
        reader = {
            "file": name,
            "layout": "tidy",
            "territory": {"column": "LOCALIDAD"},
            "period": {"fixed": "2025"},
            "values": {"places": {"scale": 1}},
            "combine": "count",
            "city": "sum",
        }
        parsed = parse_declared(Capture(tmp_path), Reader.model_validate(reader))
        assert {row.territory_code: row.value for row in parsed.rows} == {"01": 2, "20": 1, "00": 3}


@pytest.mark.parametrize(
    "changes",
    [
        {"period": {}},
        {"period": {"column": "Año", "fixed": "2025"}},
        {"layout": "periods_across"},
        {"values": {"share": {"column": "Porcentaje"}}},
        {"values": {}},
        {"city": "guess"},
        {"unit": "share"},
        {"territory": {"column": "Localidad", "also": {"X": "lejos"}}},
    ],
)
def test_a_block_that_says_too_little_or_too_much_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Reader.model_validate(TIDY | changes)


def test_a_city_that_is_not_where_it_is_said_is_refused(tmp_path: Path) -> None:
    line = "1;Usme;2024;Mujer;12,5;Final"
    with pytest.raises(SourceError, match="declare `city: sum`"):
        parse(tmp_path, f"{HEADER}\n{line}")
    with pytest.raises(SourceError, match="declare `city: given`"):
        parse(tmp_path, f"{HEADER}\n0;Distrito;2024;Todos;1,0;Final", city="sum")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"casos\*\.csv"):
        parse_declared(Capture(tmp_path), Reader.model_validate(TIDY))


COUNTS: dict[str, Any] = {
    "file": "libro.*",
    "layout": "tidy",
    "territory": {"column": "Localidad"},
    "period": {"fixed": "2025"},
    "values": {"cases": {"column": "Casos", "scale": 1, "whole": True, "blank": True}},
    "city": "none",
}


def book(folder: Path, cells: list[list[object]]) -> None:
    """A workbook of one sheet; a text that begins with `#` is the error of a failed formula."""
    import openpyxl

    made = openpyxl.Workbook()
    for row in cells:
        made.active.append(row)
    for cell in (cell for row in made.active.iter_rows() for cell in row):
        if str(cell.value).startswith("#"):
            cell.data_type = "e"
    made.save(folder / "libro.xlsx")


@pytest.mark.parametrize("wrong", ["#REF!", "#DIV/0!", 12.125, 0.101])
def test_a_failed_formula_and_a_decimal_are_no_counts(tmp_path: Path, wrong: object) -> None:
    book(tmp_path, [["Localidad", "Casos"], ["Usme", 3], ["Bosa", wrong]])
    with pytest.raises(SourceError, match="not_a_whole"):
        parse_declared(Capture(tmp_path), Reader.model_validate(COUNTS))


def test_a_decimal_of_a_workbook_stays_what_it_is(tmp_path: Path) -> None:
    book(tmp_path, [["Localidad", "Casos"], ["Usme", 101.234], ["Bosa", 12.125], ["Suba", 7]])
    reader = COUNTS | {"values": {"density": {"column": "Casos", "scale": 1}}}
    rows = parse_declared(Capture(tmp_path), Reader.model_validate(reader)).rows
    assert {row.territory_code: row.value for row in rows if row.value is not None} == {
        "05": 101.234,
        "07": 12.125,
        "11": 7,
    }


ACROSS: dict[str, Any] = {
    "file": "libro.csv",
    "layout": "periods_across",
    "territory": {"column": "Localidad"},
    "period": {"holds": "year"},
    "values": {"cases": {"scale": 1, "whole": True}},
    "city": "none",
}


def test_a_column_of_figures_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "libro.csv").write_text("Localidad;2022;2023;\nUsme;1;2;3\nBosa;4;5;6\n", encoding="utf-8")
    with pytest.raises(SourceError, match="without a name holds '3'"):
        parse_declared(Capture(tmp_path), Reader.model_validate(ACROSS))


def test_numbers_of_rows_need_no_name(tmp_path: Path) -> None:
    (tmp_path / "libro.csv").write_text(",Localidad,2022,2023\n0,Usme,1,2\n1,Bosa,4,5\n", encoding="utf-8")
    found = parse_declared(Capture(tmp_path), Reader.model_validate(ACROSS))
    assert {(row.territory_code, row.period): row.value for row in found.rows}["07", "2023"] == 5


def test_a_last_locality_without_figures_is_a_record_and_no_note(tmp_path: Path) -> None:
    (tmp_path / "libro.csv").write_text("Localidad;2022;2023\nUsme;1;2\nSumapaz;;\n", encoding="utf-8")
    with pytest.raises(SourceError, match="missing_value"):
        parse_declared(Capture(tmp_path), Reader.model_validate(ACROSS))
