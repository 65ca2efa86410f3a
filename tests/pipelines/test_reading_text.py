"""Encodings told apart, mixtures read line by line, destroyed letters refused."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.reading.text import DamagedTextError, damaged_records, encoding_of, read_text, text_of, turned_back

LINE = "Ciudad Bolívar;Engativá;Antonio Nariño;Fontibón;Usaquén;AÑO;JESÚS\n"


@pytest.mark.parametrize("page", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_text(page: str, end: str) -> None:
    assert text_of((LINE * 3).replace("\n", end).encode(page)) == LINE * 3


@pytest.mark.parametrize("page", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("text", ["FONTIBÓN", "Nariño", "JESÚS", "año", "BOGOTÁ", "Bolívar", "Usaquén"])
def test_one_word_is_enough_where_its_case_tells(page: str, text: str) -> None:
    assert text_of(text.encode(page)) == text


def test_a_file_in_utf8_and_a_code_page_is_read_line_by_line() -> None:
    mixed = LINE.encode("cp1252") * 5 + LINE.encode() * 2
    assert text_of(mixed) == LINE * 7


def test_a_file_in_two_code_pages_is_read_line_by_line() -> None:
    mixed = LINE.encode("cp850") * 9 + LINE.encode("cp1252")
    assert text_of(mixed) == LINE * 10


@pytest.mark.parametrize("text", ["Bogotá", "FONTIBÓN – calle 26", "Á É Í Ó Ú Ñ ñ", "¿Cuántos años?"])
def test_utf8_read_as_cp1252_is_turned_back(text: str) -> None:
    once = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())
    assert turned_back(once) == text
    assert turned_back(text) == text


def test_destroyed_letters_are_refused_with_the_first_rows() -> None:
    with pytest.raises(DamagedTextError, match=r"2 letters.*row 2: 'FONTIB\ufffdN'") as refusal:
        text_of("localidad;casos\nFONTIB\ufffdN;3\nENGATIV\ufffd;4\n".encode())
    assert [item.row_number for item in refusal.value.examples] == [2, 3]


def test_letters_replaced_by_question_marks_are_refused() -> None:
    with pytest.raises(DamagedTextError, match=r"replaced by '\?' in 3 words"):
        text_of(b"FONTIB?N;1\nENGATIV?A;2\nNARI?O;3\n")


def test_questions_and_addresses_are_no_damage() -> None:
    text = "¿Usted? sí;https://a.co/b?c=d\nquién?cuándo;www.x.co?id=1\n"
    assert text_of(text.encode()) == text


def test_few_damaged_cells_do_not_refuse_the_file() -> None:
    text = "estación;calle\n" + "a;b\n" * 148 + "Am\ufffdricas;KR 53\n"
    assert text_of(text.encode()) == text


def test_records_of_a_damaged_file_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("a\r\nFONTIB\ufffdN\r\n\r\nx\r\n".encode())
    assert damaged_records(path) == 2


def test_packed_files_are_known_by_content(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(gzip.compress(LINE.encode()))
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("dentro.csv", LINE)
    assert read_text(tmp_path / "t.csv") == read_text(tmp_path / "t.zip") == LINE


def test_an_archive_of_several_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("a.csv", "1")
        archive.writestr("b.csv", "2")
    with pytest.raises(SourceError, match="2 files"):
        read_text(tmp_path / "t.zip")


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(LINE.encode())[:20])
    with pytest.raises(SourceError, match="broken"):
        read_text(tmp_path / "t.csv.gz")


def test_plain_text_is_utf8() -> None:
    assert encoding_of(b"a;b") == "utf-8-sig"
