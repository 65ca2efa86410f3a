"""Where a table begins and ends, in every format."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from observatory.errors import SourceError
from pipelines.reading.grid import Form, delimiter_of, grid_of, year_in
from pipelines.reading.workbook import merged_header

ROWS = [["Localidad", "Año", "Casos"], ["Usme", "2024", "3"], ["Bosa", "2025", "4"]]


def workbook(path: Path, rows: list[list[str]], name: str = "Hoja1") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def open_document(path: Path, rows: list[list[str]]) -> Path:
    """A smallest OpenDocument spreadsheet."""
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in rows
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    content = (
        f'<office:document-content xmlns:office="{office}" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Hoja1">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
        archive.writestr("content.xml", content)
    return path


def test_banners_notes_and_end_are_no_records(tmp_path: Path) -> None:
    banner = [["MINISTERIO DE DEFENSA", "", ""], ["", "", ""]]
    notes = [["", "", ""], ["Fuente: DIJIN", "", ""], ["Elaboró: nadie", "", ""]]
    grid = grid_of(workbook(tmp_path / "t.xlsx", [*banner, *ROWS, *notes]), [("casos",)])
    assert (grid.header, grid.header_row, grid.numbers, grid.notes) == (ROWS[0], 3, [4, 5], 2)
    ended = grid_of(workbook(tmp_path / "e.xlsx", [*ROWS, ["End", "", ""], ["Suba", "2025", "9"]]), [("casos",)])
    assert ended.rows == ROWS[1:]


def test_an_open_document_is_read(tmp_path: Path) -> None:
    assert grid_of(open_document(tmp_path / "t.ods", ROWS), [("Localidad",)]).rows == ROWS[1:]


def test_parquet_and_geojson_are_read(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS[1:], columns=ROWS[0])
    frame.to_parquet(tmp_path / "t.parquet")
    features = [{"type": "Feature", "properties": dict(zip(ROWS[0], row, strict=True))} for row in ROWS[1:]]
    (tmp_path / "t.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    for name in ("t.parquet", "t.geojson"):
        assert grid_of(tmp_path / name, [("Casos",)]).rows == ROWS[1:]


def test_names_are_found_whatever_their_case_accents_and_order(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("CASOS;ANO;localidad\n3;2024;Usme\n", encoding="utf-8")
    assert grid_of(tmp_path / "t.csv", [("Año",), ("casos",)]).header == ["CASOS", "ANO", "localidad"]


def test_a_line_break_inside_quotes_is_one_record(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('a,b\n"una\nlínea",2\nx,3\n', encoding="utf-8")
    assert grid_of(tmp_path / "t.csv", [("a",)]).numbers == [2, 3]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("t.csv", "<!DOCTYPE html><html></html>", "a web page"),
        ("t.geojson", '{"error": {"code": 499}}', "the server's error"),
        ("t.geojson", '{"features": [', "broken JSON"),
        ("t.csv", "\n\n", "empty"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        grid_of(tmp_path / name)


def test_a_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("localidades,casos\nUsme,1\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"no column \['localidad'\].*did you mean 'localidades'"):
        grid_of(tmp_path / "t.csv", [("localidad",), ("casos",)])


def test_a_column_of_decimal_commas_has_no_delimiter(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("PM2.5\n39,3\n27,7", encoding="utf-8")
    assert grid_of(tmp_path / "t.csv", [("PM2.5",)]).rows == [["39,3"], ["27,7"]]


def test_a_declared_form_is_followed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("x~y\nlocalidad~casos\nFontib\xf3n~2\n".encode("latin-1"))
    grid = grid_of(tmp_path / "t.csv", form=Form(encoding="cp1252", delimiter="~", header_row=2))
    assert (grid.header, grid.rows) == (["localidad", "casos"], [["Fontibón", "2"]])


def test_merged_header_cells_reach_right() -> None:
    assert merged_header(["", "Hombres", "", "Mujeres"], ["Localidad", "2018", "2019", "2018"]) == [
        "Localidad",
        "Hombres 2018",
        "Hombres 2019",
        "Mujeres 2018",
    ]


def test_delimiters() -> None:
    assert [delimiter_of(text) for text in ("a;b\n1,5;2,5\n", "a,b\nx,y\n", "a|b\n", "a\tb\n1\t2\n")] == [
        ";",
        ",",
        "|",
        "\t",
    ]


def test_a_year_in_a_name() -> None:
    assert [year_in(name) for name in ("epv_2023.csv", "serie_2018_2035.csv", "x20231.csv")] == ["2023", None, None]


TIDY = ["Localidad;Año;Casos", *(f"Usme;{year};{year % 7}" for year in range(1990, 2024))]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quote_that_never_closes_is_refused_at_its_line(tmp_path: Path, end: str) -> None:
    lines = [*TIDY[:29], f'"{TIDY[29]}', *TIDY[30:]]
    (tmp_path / "t.csv").write_text("\n".join(lines) + end, encoding="utf-8")
    with pytest.raises(SourceError, match=r"t\.csv, line 30: the quote opened here is never closed"):
        grid_of(tmp_path / "t.csv")


def test_a_quote_that_closes_in_a_later_record_is_refused_at_its_line(tmp_path: Path) -> None:
    lines = [*TIDY[:9], f'"{TIDY[9]}', *TIDY[10:19], TIDY[19].replace(";2008;", ';"2008";'), *TIDY[20:]]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"t\.csv, line 10: the quote opened here is never closed"):
        grid_of(tmp_path / "t.csv")


def test_a_quote_open_beyond_what_a_cell_may_hold_is_refused_at_its_line(tmp_path: Path) -> None:
    lines = [*TIDY[:4], f'"{TIDY[4]}', *TIDY[5:] * 500]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"t\.csv, line 5: the quote opened here is never closed"):
        grid_of(tmp_path / "t.csv")


def test_quoted_cells_and_notes_of_several_lines_are_read(tmp_path: Path) -> None:
    text = 'Localidad;Año;Casos\n"Usme\n(rural)";2023;3\nBosa;2024;4\n"Fuente: X;\nY; Z",,\n'
    (tmp_path / "t.csv").write_text(text.replace(",,", ";;"), encoding="utf-8")
    grid = grid_of(tmp_path / "t.csv")
    assert (grid.rows, grid.notes) == ([["Usme\n(rural)", "2023", "3"], ["Bosa", "2024", "4"]], 1)


def test_notes_in_two_cells_are_no_records_and_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    notes = "Fuente:;Secretaría Distrital;\nFecha de corte: 31 de marzo;;\n"
    path.write_text("Localidad;Año;Casos\nUsme;2024;3\nBosa;2025;4\n;;\n" + notes, encoding="utf-8")
    grid = grid_of(path, [("casos",)])
    assert (len(grid.rows), grid.notes) == (2, 2)


def test_what_stands_after_the_end_is_counted(tmp_path: Path) -> None:
    grid = grid_of(workbook(tmp_path / "e.xlsx", [*ROWS, ["End", "", ""], ["Suba", "2025", "9"]]), [("casos",)])
    assert (len(grid.rows), grid.notes) == (2, 2)


def sheets(path: Path, **named: list[list[str]]) -> Path:
    book = Workbook()
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def test_the_sheet_is_the_one_that_holds_the_columns(tmp_path: Path) -> None:
    notes = [["Nota", "Otra", "Más", "Y más"]] * 50
    path = sheets(tmp_path / "t.xlsx", Notas=notes, Datos=ROWS)
    wanted = [("localidad",), ("casos",)]
    assert grid_of(path, wanted).rows == ROWS[1:]
    assert grid_of(path, wanted, Form(sheet="Hoja de antes")).rows == ROWS[1:]


def test_a_table_in_two_sheets_is_refused(tmp_path: Path) -> None:
    path = sheets(tmp_path / "t.xlsx", a2024=ROWS, a2025=ROWS)
    with pytest.raises(SourceError, match="2 sheets hold the table"):
        grid_of(path, [("localidad",), ("casos",)])


@pytest.mark.parametrize("members", [["a.csv", "b.csv"], []])
def test_an_archive_without_one_table_is_refused(members: list[str], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        for name in members:
            archive.writestr(name, "a;b\n1;2\n")
        if not members:
            archive.writestr("nada/", "")
    with pytest.raises(SourceError, match=f"the archive holds {len(members)} files"):
        grid_of(tmp_path / "t.zip")


def test_a_truncated_archive_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("a.csv", "a;b\n" * 500)
    whole = (tmp_path / "t.zip").read_bytes()
    (tmp_path / "t.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"t\.zip: the archive is broken"):
        grid_of(tmp_path / "t.zip")
