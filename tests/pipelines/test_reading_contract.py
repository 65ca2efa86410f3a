"""A table under its contract: rows quarantined with place and hint, files refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.errors import SourceError
from pipelines.figures import Account
from pipelines.reading.cells import Column
from pipelines.reading.contract import Contract, ContractError, open_table, shape_of

CONTRACT = Contract(
    (
        Column("Localidad", "locality", {"Distrito": "00", "SIN_D": "99"}),
        Column("Año", "year"),
        Column("Tipo", "category", {"Exceso": "excess", "": "none"}, also_called=("Clase",)),
        Column("Casos", "whole", lowest=0, highest=100, blank=True, missing=("N/A",)),
    ),
    others=("Código",),
    undeclared="report",
    tolerance=0.5,
    unique=("Localidad", "Año", "Tipo"),
)


def table(folder: Path, *lines: str, header: str = "Localidad;Año;Tipo;Casos", contract: Contract = CONTRACT):  # type: ignore[no-untyped-def]
    path = folder / "t.csv"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return open_table(path, contract, source="fuente", name="raw/t.csv")


def test_cells_are_read_by_kind(tmp_path: Path) -> None:
    read = table(tmp_path, "santafe;2024;EXCESO;1.0", "Distrito;2024;;N/A", "SIN_D;2024;Exceso;", "7;2024;Exceso;100")
    assert read.frame.to_numpy().tolist() == [
        ["03", "2024", "excess", 1],
        ["00", "2024", "none", None],
        ["99", "2024", "excess", None],
        ["07", "2024", "excess", 100],
    ]
    assert read.accounts() == [Account("raw/t.csv", "observed", "used", 4)]


@pytest.mark.parametrize(
    ("line", "column", "rule", "hint"),
    [
        ("Kenedi;2024;Exceso;1", "Localidad", "unknown_locality", "did you mean 'kennedy'?"),
        (";2024;Exceso;1", "Localidad", "missing_value", "write a value"),
        ("21;2024;Exceso;1", "Localidad", "unknown_locality", "known: Usaquén"),
        ("Bosa;24;Exceso;1", "Año", "out_of_range", "valid is 1900 to 2100"),
        ("Bosa;2024;Excesos;1", "Tipo", "unknown_category", "did you mean 'Exceso'?"),
        ("Bosa;2024;Exceso;101", "Casos", "out_of_range", "valid is 0 to 100"),
        ("Bosa;2024;Exceso;uno", "Casos", "not_a_whole", "a whole number"),
        ("Bosa;2024;Exceso;1;2", "", "too_many_cells", "the header has 4"),
        ("Usme;2024;Exceso;9", "Localidad, Año, Tipo", "repeated_key", "keep one row"),
        ("Fontib\ufffdn;2024;Exceso;1", "Localidad", "letters_destroyed", "capture the file again"),
    ],
)
def test_a_wrong_row_is_quarantined_with_place_value_rule_and_hint(
    tmp_path: Path, line: str, column: str, rule: str, hint: str
) -> None:
    read = table(tmp_path, "Usme;2024;Exceso;1", line, *[f"Suba;{year};Exceso;1" for year in range(1950, 2020)])
    (refused,) = read.refused
    assert (refused.source_id, refused.file, refused.row_number) == ("fuente", "raw/t.csv", 3)
    assert (refused.column_name, refused.rule) == (column, rule)
    assert refused.hint.startswith(hint)
    assert Account("raw/t.csv", "quarantined", rule, 1) in read.accounts()
    assert read.records == 72


def test_too_many_wrong_rows_refuse_the_file(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="2 of 3 rows break the contract: row 2, Localidad 'Soacha'") as refusal:
        table(tmp_path, "Soacha;2024;Exceso;1", "Chía;2024;Exceso;1", "Usme;2024;Exceso;1")
    assert [item.value for item in refusal.value.refused] == ["Soacha", "Chía"]


def test_a_column_may_go_by_another_of_its_names(tmp_path: Path) -> None:
    assert list(table(tmp_path, "Usme;2024;Exceso;1", header="LOCALIDAD;ANO;CLASE;CASOS").frame) == [
        "Localidad",
        "Año",
        "Tipo",
        "Casos",
    ]


def test_an_undeclared_column_is_reported_and_dropped(tmp_path: Path) -> None:
    read = table(tmp_path, "Usme;2024;Exceso;1;F;7", header="Localidad;Año;Tipo;Casos;Codigos;OBJECTID")
    (refused,) = read.refused
    assert (refused.rule, refused.row_number, refused.value) == ("undeclared_column", 1, "Codigos")
    assert refused.hint == "did you mean 'Código'?"
    assert len(read.frame) == 1


def test_a_wrong_total_is_refused_and_a_right_one_left_out(tmp_path: Path) -> None:
    contract = Contract((Column("Localidad", "locality"), Column("Casos", "whole")), total="Casos")
    header = "Localidad;Casos"
    read = table(tmp_path, "Usme;1", "Bosa;2", "TOTAL;3", header=header, contract=contract)
    assert Account("raw/t.csv", "excluded", "total_row", 1) in read.accounts()
    with pytest.raises(SourceError, match=r"add up to 3, the row TOTAL says \[4\]"):
        table(tmp_path, "Usme;1", "Bosa;2", "Total general;4", header=header, contract=contract)


def test_a_shape_is_told_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("otra;LOCALIDAD;casos\n", encoding="utf-8")
    small = Contract((Column("localidad", "locality"),))
    large = Contract((Column("localidad", "locality"), Column("casos", "whole")))
    assert shape_of(path, {"small": small, "large": large, "none": CONTRACT}) == "large"
    assert shape_of(path, {"none": CONTRACT}) is None


@pytest.mark.parametrize(
    "written", ["08", "8.0", "08 - Kennedy", "8. KENNEDY", "Kennedy (08)", "Localidad de Kennedy", "LOCALIDAD 8"]
)
def test_a_place_may_carry_its_number_or_its_kind(written: str, tmp_path: Path) -> None:
    read = table(tmp_path, f"{written};2024;Exceso;1")
    assert read.frame["Localidad"].tolist() == ["08"]


@pytest.mark.parametrize("written", ["8 - Bosa", "Bosa (08)"])
def test_a_number_and_a_name_of_two_places_are_both_doubted(written: str, tmp_path: Path) -> None:
    read = table(tmp_path, f"{written};2024;Exceso;1", "Usme;2024;Exceso;1")
    (told,) = read.refused
    assert (told.rule, told.hint) == ("unknown_locality", "08 is Kennedy: mend the number or the name")


def test_marked_thousands_beside_unmarked_ones_are_doubted(tmp_path: Path) -> None:
    lines = ("Usme;2024;Exceso;605.000", "Bosa;2024;Exceso;1605", "Suba;2024;Exceso;30")
    read = table(
        tmp_path, *lines, contract=Contract((Column("Localidad", "locality"), Column("Casos", "whole")), tolerance=0.5)
    )
    (told,) = read.refused
    assert (told.row_number, told.value, told.rule) == (2, "605.000", "ambiguous_number")


def test_percent_marks_are_read_where_percents_are_meant(tmp_path: Path) -> None:
    share = Contract((Column("Localidad", "locality"), Column("Casos", "decimal", is_percent=True)), tolerance=0.5)
    assert table(tmp_path, "Usme;x;x;45,3 %", "Bosa;x;x;12,1", contract=share).frame["Casos"].tolist() == [45.3, 12.1]


def test_of_two_names_that_are_alike_the_exact_one_is_read(tmp_path: Path) -> None:
    contract = Contract((Column("Localidad", "locality"), Column("Casos", "whole")))
    read = table(tmp_path, "Usme;1;7", header="Localidad;CASOS_;Casos", contract=contract)
    assert read.frame["Casos"].tolist() == [7]
    with pytest.raises(SourceError, match=r"raw/t\.csv, row 1: 2 columns are called 'Casos'"):
        table(tmp_path, "Usme;1;7", header="Localidad;Casos;Casos", contract=contract)
