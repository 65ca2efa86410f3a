"""The encodings, delimiters and numbers met in Bogotá's files, in miniature."""

import gzip
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.reading.tables import decimal, delimiter_of, encoding_of, read_table

TEXT = "localidad;año\nFONTIBÓN;2025\nLos Mártires;2024\nAntonio Nariño;\n"


@pytest.mark.parametrize("page", ["cp850", "cp1252", "mac_roman"])
def test_each_code_page_of_the_123_line_is_told_apart(page: str) -> None:
    assert encoding_of(TEXT.encode(page)) == page


def test_utf8_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(TEXT.encode(encoding))
        assert list(read_table(path).columns) == ["localidad", "año"]


def test_carriage_returns_alone_end_lines(tmp_path: Path) -> None:
    path = tmp_path / "mac.csv"
    path.write_bytes(TEXT.replace("\n", "\r").encode("mac_roman"))
    assert list(read_table(path)["localidad"]) == ["FONTIBÓN", "Los Mártires", "Antonio Nariño"]


def test_a_compressed_file_is_read_and_an_empty_cell_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert list(read_table(path)["año"]) == ["2025", "2024", ""]


def test_destroyed_letters_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "resaved.csv"
    path.write_text("FONTIB\ufffdN\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"resaved\.csv: 1 letters"):
        read_table(path)


def test_a_missing_column_is_named_with_the_header(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SourceError, match=r"\['anio'\].*'año'"):
        read_table(path, columns=["localidad", "anio"])


def test_delimiter_is_the_one_of_the_header() -> None:
    assert [delimiter_of(text) for text in ("a;b;c,d\n", "a,b\n1;2", "a\tb\n")] == [";", ",", "\t"]


@pytest.mark.parametrize(("text", "number"), [("12,5", 12.5), (" 3 ", 3.0), ("-0.25", -0.25), ("", None), ("  ", None)])
def test_decimal_comma_and_point(text: str, number: float | None) -> None:
    assert decimal(text) == number
