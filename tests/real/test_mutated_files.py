"""Files not seen before: tables changed in form read the same; changed in meaning they are told, never guessed.

Each change is made in a folder of the test from the published file; nothing is kept.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.capturing.fitting import parse_module
from pipelines.counting_records import records_in
from pipelines.figures import Capture, Parsed
from tests.real.excerpts import SOURCES, TABLES, excerpts
from tests.saving import Rows, as_text

MOST = 250


@pytest.fixture(scope="module")
def published() -> dict[str, Rows]:
    return excerpts(MOST)


def parse(source: str, folder: Path, text: str, encoding: str = "utf-8") -> Parsed:
    """What a source makes of a text, whose records are counted apart and must be those accounted for."""
    path = folder / "igual.csv"
    path.write_text(text, encoding=encoding)
    module = importlib.import_module(f"pipelines.sources.{source}")
    parsed = parse_module(module, Capture(folder, aliases={SOURCES[source]: path.name}))
    shape = getattr(module, "SHAPES", {}).get(SOURCES[source])
    assert sum(line.rows for line in parsed.accounts) == records_in(path, shape.wanted if shape else [("MES",)])
    return parsed


def figures(parsed: Parsed) -> dict[tuple[str, str, str, str], float | int | None]:
    return {row.key: row.value for row in parsed.rows}


def copied(rows: Rows) -> Rows:
    return [list(row) for row in rows]


def with_banner(rows: Rows) -> Rows:
    return [["Alcaldía Mayor de Bogotá D.C."], ["Corte: 31 de diciembre"], [], *rows]


def with_footer(rows: Rows) -> Rows:
    return [*rows, [], ["Fuente: registros administrativos. Cifras sujetas a revisión."]]


def in_capitals(rows: Rows) -> Rows:
    return [[name.upper() for name in rows[0]], *rows[1:]]


def with_blanks_in_the_header(rows: Rows) -> Rows:
    return [[f" {name}  " for name in rows[0]], *rows[1:]]


def with_empty_columns(rows: Rows) -> Rows:
    return [[*row, "", ""] for row in rows]


def with_empty_rows(rows: Rows) -> Rows:
    return [rows[0], *(line for row in rows[1:] for line in (row, [""] * len(row)))]


def with_decimal_comma(rows: Rows) -> Rows:
    def cell(text: str) -> str:
        whole, point, part = text.partition(".")
        return f"{whole},{part}" if point and whole.lstrip("-").isdecimal() and part.isdecimal() else text

    return [rows[0], *([cell(text) for text in row] for row in rows[1:])]


FORMS: dict[str, Callable[[Rows], Rows]] = {
    "banner": with_banner,
    "footer": with_footer,
    "capitals": in_capitals,
    "blanks": with_blanks_in_the_header,
    "empty columns": with_empty_columns,
    "empty rows": with_empty_rows,
    "decimal comma": with_decimal_comma,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("source", SOURCES)
def test_a_changed_form_reads_the_same_and_its_rows_add_up(
    source: str, form: str, published: dict[str, Rows], tmp_path: Path
) -> None:
    rows = published[source]
    expected = parse(source, tmp_path, as_text(rows, ";"))
    changed = as_text(FORMS[form](copied(rows)), "\t", "\r\n")
    assert figures(parse(source, tmp_path, changed, "utf-8-sig")) == figures(expected)


def renamed(rows: Rows) -> Rows:
    """The name of the column of places, or of the months, becomes another."""
    at = next(place for place, name in enumerate(rows[0]) if "loca" in name.casefold() or name in PLACES)
    return [[*rows[0][:at], "Barrio catastral", *rows[0][at + 1 :]], *rows[1:]]


PLACES = ("Area", "geografia_nombre", "MES")


@pytest.mark.parametrize("source", sorted(set(SOURCES) - {"ipes_street_vendors", "sdp_population_2018_2035"}))
def test_a_renamed_column_is_refused_with_the_header(source: str, published: dict[str, Rows], tmp_path: Path) -> None:
    rows = copied(published[source])
    if source in ("sdm_crashes_2023", "sds_line123"):
        rows[0] = ["Barrio catastral" if name.casefold() == "localidad" else name for name in rows[0]]
    elif source == "sdp_perception_2025":
        rows[0] = ["Barrio catastral" if name == "Cod_Locali" else name for name in rows[0]]
    else:
        rows = renamed(rows)
    with pytest.raises(SourceError) as refusal:
        parse(source, tmp_path, as_text(rows, ";"))
    assert refusal.value.where
    assert refusal.value.fix


@pytest.mark.parametrize("source", TABLES)
def test_a_new_column_of_a_table_is_refused_and_named(source: str, published: dict[str, Rows], tmp_path: Path) -> None:
    header, *body = published[source]
    with pytest.raises(SourceError, match="Estrato"):
        parse(source, tmp_path, as_text([[*header, "Estrato"], *([*row, "3"] for row in body)], ";"))


@pytest.mark.parametrize("source", ["sdm_crashes_2023", "sds_line123"])
def test_a_new_column_of_a_register_is_reported(source: str, published: dict[str, Rows], tmp_path: Path) -> None:
    header, *body = published[source]
    text = as_text([[*header, "Estrato"], *([*row, "3"] for row in body)], ";")
    told = [item for item in parse(source, tmp_path, text).rejected if item.rule == "undeclared_column"]
    assert [(item.source_id, item.row_number, item.column_name) for item in told] == [(source, 1, "Estrato")]


@pytest.mark.parametrize("source", sorted(set(SOURCES) - {"sds_line123"}))
def test_rows_that_stand_twice_are_refused(source: str, published: dict[str, Rows], tmp_path: Path) -> None:
    rows = published[source]
    with pytest.raises(SourceError) as refusal:
        parse(source, tmp_path, as_text([*rows, *rows[1:6]], ";"))
    assert "row" in str(refusal.value) or "months" in str(refusal.value)


def test_rows_that_stand_twice_in_line_123_are_left_out_by_rule(published: dict[str, Rows], tmp_path: Path) -> None:
    rows = published["sds_line123"]
    once, twice = (parse("sds_line123", tmp_path, as_text(one, ";")) for one in (rows, [*rows, *rows[1:6]]))
    assert figures(once) == figures(twice)
    repeats = [sum(line.rows for line in one.accounts if line.rule == "whole_row_repeat") for one in (once, twice)]
    assert repeats[1] - repeats[0] == 5


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("share", [0.35, 0.6, 0.85])
def test_a_file_cut_short_never_gives_a_smaller_city(
    source: str, share: float, published: dict[str, Rows], tmp_path: Path
) -> None:
    """A table is refused, or has no city for the years that lack places; a register is refused: it ends in a record."""
    text = as_text(published[source], ";")
    whole = figures(parse(source, tmp_path, text))
    end = text.index(";", text.index("\n", int(len(text) * share))) + 1
    try:
        cut = figures(parse(source, tmp_path, text[:end]))
    except SourceError as refusal:
        assert refusal.where or "rows break the contract" in str(refusal)
        return
    assert {key for key, value in cut.items() if key[1] == "00" and value not in (None, whole.get(key))} == set()


def with_total(rows: Rows) -> Rows:
    """A row TOTAL that adds up every column of whole numbers."""
    last = ["TOTAL", *([""] * (len(rows[0]) - 1))]
    for at in range(1, len(last)):
        cells = [row[at] for row in rows[1:]]
        if all(cell.isdecimal() for cell in cells):
            last[at] = str(sum(map(int, cells)))
    return [*rows, last]


@pytest.mark.parametrize("source", SOURCES)
def test_a_row_of_totals_is_told_or_refused_and_never_counted(
    source: str, published: dict[str, Rows], tmp_path: Path
) -> None:
    rows = published[source]
    expected = figures(parse(source, tmp_path, as_text(rows, ";")))
    try:
        found = parse(source, tmp_path, as_text(with_total(copied(rows)), ";"))
    except SourceError as refusal:
        assert f"row {len(rows) + 1}" in str(refusal)
        return
    assert figures(found) == expected
    assert sum(line.rows for line in found.accounts if line.outcome != "observed") >= 1


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the table is empty"),
        (b"\n\n \n", "the table is empty"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "a web page, no table"),
        (b"\x00\x01\x02PNG" * 400, "no text"),
        (b'{"error": {"code": 400, "message": "Invalid"}}', "the server's error"),
        (b'{"type": "FeatureCollection", "features": [{"a"', "broken JSON"),
    ],
)
def test_what_is_no_table_is_refused_with_file_and_fix(source: str, data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "otro.csv").write_bytes(data)
    module = importlib.import_module(f"pipelines.sources.{source}")
    with pytest.raises(SourceError, match=told) as refusal:
        parse_module(module, Capture(tmp_path, aliases={SOURCES[source]: "otro.csv"}))
    assert refusal.value.where == "otro.csv"
    assert refusal.value.fix


@pytest.mark.parametrize("source", SOURCES)
def test_a_header_without_records_is_refused(source: str, published: dict[str, Rows], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a header and no records"):
        parse(source, tmp_path, as_text(published[source][:1], ";"))
