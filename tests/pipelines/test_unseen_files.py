"""Files nobody has seen, of the publishers known: one of 21 rows, the city and its localities, changes its meaning.

Each is told value by value, and either its row is quarantined or the file refused, as declared.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from observatory.editions import reads
from observatory.editions.opening import Edition
from pipelines.__main__ import main
from pipelines.layout import Layout
from tests.pipelines.captured import build, came, declared, of, table, take

USME = 7  # row of the file, the header being 1


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """The range of the measure is not declared in the reader: the catalogue's `valid_range` (0–200) holds."""
    made = declared(tmp_path / "observatory")
    text = made.catalogue.read_text(encoding="utf-8")
    assert ", lowest: 0, highest: 500}" in text
    made.catalogue.write_text(text.replace(", lowest: 0, highest: 500}", "}"), encoding="utf-8")
    return made


def balance(edition: Edition, stage: str) -> dict[tuple[str, str], int]:
    return {
        (row.outcome, row.rule): row.rows
        for row in reads.accounts(edition)
        if (row.source_id, row.stage) == ("air", stage)
    }


@pytest.mark.parametrize(
    ("old", "new", "column", "value", "rule", "hint"),
    [
        ("Usme;2026;12,5", "Usme;2026;1250", "valor", "1250", "out_of_range", "valid is 0.0 to 200.0"),
        ("Usme;2026;12,5", "Usme;2026;-12,5", "valor", "-12,5", "out_of_range", "valid is 0.0 to 200.0"),
        ("Usme;2026;12,5", "Usmee;2026;12,5", "localidad", "Usmee", "unknown_locality", "did you mean 'usme'?"),
        ("Usme;2026;12,5", "Usme;2026;doce", "valor", "doce", "not_a_decimal", "a number, as 12,5 or 12.5"),
        ("Usme;2026;12,5", "Usme;26;12,5", "anio", "26", "out_of_range", "valid is 1900 to 2100"),
        ("Usme;2026;12,5", "Usme;2026;", "valor", "", "missing_value", "write a value"),
    ],
)
def test_one_wrong_value_holds_its_row_back_with_all_that_is_needed_to_mend_it(
    layout: Layout, old: str, new: str, column: str, value: str, rule: str, hint: str
) -> None:
    take(layout, table(2026, 12.5).replace(old, new))
    edition = build(layout)
    (told,) = reads.rejected(edition, "air")
    assert (told.source_id, told.file, told.row_number) == ("air", "aire.csv", USME)
    assert (told.column_name, told.value, told.rule, told.hint) == (column, value, rule, hint)
    assert balance(edition, "file") == {("observed", "used"): 20, ("quarantined", rule): 1}
    row = reads.series(edition, "pm25", ["05"])[-1]
    assert (row.period, row.value, row.absence) == ("2026", None, "quarantined")
    assert of(edition, "08")["2026"] == 12.5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (table(2026, 12.5).replace("valor\n", "valor;sexo\n"), "undeclared columns ['sexo']"),
        (table(2026, 1250), "21 of 21 rows break the contract: row 2, valor '1250', out_of_range"),
        (table(2026, 12.5).replace("localidad;anio", "barrio;anio"), "no column ['localidad']"),
        (table(2026, 12.5)[:-6], "the file ends inside a record, after 2 of 3 cells"),
        ("localidad;anio;valor\n", "aire.csv, row 1: a header and no records"),
    ],
)
def test_a_file_of_another_meaning_is_refused_and_the_embedded_figures_stand(
    layout: Layout, text: str, told: str
) -> None:
    take(layout, text)
    edition = build(layout)
    (refused,) = [row for row in came(edition) if row.kind == "refused"]
    assert told in (refused.detail or "")
    assert set(of(edition, "08")) == {"2023", "2024", "2025"}


def test_a_changed_category_is_told_with_the_nearest(layout: Layout) -> None:
    text = layout.catalogue.read_text(encoding="utf-8")
    sex = "disaggregation: {column: sexo, dimension: sex, categories: {Total: total, Mujeres: women}}"
    layout.catalogue.write_text(text.replace("city: given", f"city: given\n      {sex}", 1), encoding="utf-8")
    header, *rows = table(2026, 12.5).splitlines()
    lines = [f"{header};sexo", *(f"{row};Total" for row in rows), "Usme;2026;12,1;Mujer"]
    take(layout, "\n".join(lines) + "\n")
    (told,) = reads.rejected(build(layout), "air")
    assert (told.row_number, told.column_name, told.value) == (23, "sexo", "Mujer")
    assert (told.rule, told.hint) == ("unknown_category", "did you mean 'Mujeres'?")


def test_percents_stored_as_fractions_are_refused(layout: Layout) -> None:
    text = layout.catalogue.read_text(encoding="utf-8")
    layout.catalogue.write_text(text.replace('column: "valor", scale: 1', 'column: "valor", scale: 0.01'), "utf-8")
    header, *rows = table(2026, 12.5).splitlines()
    shares = [f"{row.rpartition(';')[0]};0,{40 + at}" for at, row in enumerate(rows)]
    take(layout, "\n".join([header, *shares]) + "\n")
    (refused,) = [row for row in came(build(layout)) if row.kind == "refused"]
    assert "column valor: percents are expected, and none of 21 is above 1, as fractions are" in (refused.detail or "")


def test_a_source_that_refuses_stops_the_build(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    text = layout.catalogue.read_text(encoding="utf-8")
    lenient = text.replace("scale: 1}", "scale: 1, lowest: 0, highest: 5000}")
    layout.catalogue.write_text(lenient.replace("  - id: air\n", "  - id: air\n    out_of_range: refuse\n", 1), "utf-8")
    take(layout, table(2026, 12.5).replace("Usme;2026;12,5", "Usme;2026;1250"))
    assert main(["--root", str(layout.catalogue.parent), "--quiet", "build", "--date", "2026-11-23"]) == 1
    said = capsys.readouterr().err
    assert "column value: values_within_valid_range: '1250.0', as pm25 of 05 in 2026 it gives 1250.0" in said
