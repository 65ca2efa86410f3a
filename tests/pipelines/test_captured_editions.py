"""From a file somebody brings to the page that says so: capture, build, read."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from observatory.editions import reads
from observatory.editions.account_exports import AccountContext, about, accounts_csv, accounts_xlsx
from pipelines.__main__ import main
from pipelines.content import content_hash
from pipelines.layout import Layout
from tests.pipelines.captured import build, came, declared, of, table, take


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return declared(tmp_path / "observatory")


def test_without_a_capture_the_embedded_figures_stand(layout: Layout) -> None:
    assert [(row.kind, row.rows) for row in came(build(layout))] == [("embedded", 63)]


def test_a_new_year_is_added_and_each_value_knows_what_it_was_published_in(layout: Layout) -> None:
    take(layout, table(2026, 12.5))
    edition = build(layout)
    assert of(edition, "08") == {"2023": 18.5, "2024": 17.5, "2025": 16.5, "2026": 12.5}
    capture, own = came(edition)
    assert (capture.kind, capture.rows, capture.taken_from) == ("declared", 21, "descarga (3).csv")
    assert (own.kind, own.rows) == ("embedded", 63)
    hashes = {row.period: row.capture_hash for row in reads.series(edition, "pm25", ["08"])}
    assert hashes == dict.fromkeys(("2023", "2024", "2025"), own.sha256) | {"2026": capture.sha256}
    source = next(row for row in reads.sources(edition) if row.source_id == "air")
    assert source.cutoff.isoformat() == "2025-12-31"  # 2026 had not ended when the file was taken


def test_what_the_capture_revises_replaces_its_whole_section(layout: Layout) -> None:
    take(layout, table(2025, 15.5))
    edition = build(layout)
    assert of(edition, "08") == {"2023": 18.5, "2024": 17.5, "2025": 15.5}
    told = {(row.stage, row.rule): row.rows for row in reads.accounts(edition) if row.source_id == "air"}
    assert told["figures", "superseded"] == 21
    assert told["file", "used"] == 21
    assert ("figures", "withdrawn") not in told


def test_a_place_that_is_no_longer_published_is_absent_and_told(layout: Layout) -> None:
    take(layout, table(2025, 15.5, without="Bosa"))
    edition = build(layout)
    row = reads.series(edition, "pm25", ["07"])[-1]
    assert (row.period, row.value, row.absence) == ("2025", None, "not_published")
    told = next(row for row in reads.checks(edition) if row.check_id == "captures_withdrawn")
    assert (told.subject, told.status) == ("air", "warned")
    assert told.detail == "1 figures are no longer published, the first: pm25 07 2025 total"


def test_a_place_whose_row_is_quarantined_is_absent_for_that_reason(layout: Layout) -> None:
    take(layout, table(2026, 12.5).replace("Bosa;2026;12,5", "Bosa;2026;doce"))
    edition = build(layout)
    row = reads.series(edition, "pm25", ["07"])[-1]
    assert (row.period, row.value, row.absence) == ("2026", None, "quarantined")


def test_damaged_bytes_are_passed_over_with_the_reason(layout: Layout) -> None:
    folder = take(layout, table(2026, 12.5))
    (folder / "aire.csv").write_text(table(2026, 13.5), encoding="utf-8")
    edition = build(layout)
    assert "2026" not in of(edition, "08")
    assert [(row.kind, row.reason) for row in came(edition)] == [("embedded", None), ("refused", "bytes_changed")]
    told = [row for row in reads.checks(edition) if row.check_id == "captures_read"]
    assert [(row.subject, row.status) for row in told] == [("air", "warned")]


def test_the_newest_good_capture_is_used_when_a_newer_one_is_not(layout: Layout) -> None:
    take(layout, table(2026, 12.5))
    take(layout, "localidad;anio;concentracion\nUsme;2026;1\n")
    edition = build(layout)
    assert of(edition, "08")["2026"] == 12.5
    refused = next(row for row in came(edition) if row.kind == "refused")
    assert refused.reason == "unreadable"
    assert refused.detail is not None
    assert "no column ['valor']" in refused.detail
    assert str(layout.captures) not in refused.detail


def test_an_older_capture_is_never_laid_under_the_newest(layout: Layout) -> None:
    """The newest is the one taken or confirmed last; what it does not carry stays as it was embedded."""
    take(layout, table(2026, 12.5))
    newest = take(layout, table(2025, 15.5))
    edition = build(layout)
    assert of(edition, "08") == {"2023": 18.5, "2024": 17.5, "2025": 15.5}
    told = [(row.kind, row.path.rpartition("/")[2]) for row in came(edition)]
    assert told == [("declared", newest.name), ("embedded", "air.csv")]
    again = take(layout, table(2026, 12.5))
    edition = build(layout)
    assert of(edition, "08") == {"2023": 18.5, "2024": 17.5, "2025": 16.5, "2026": 12.5}
    assert came(edition)[0].path.endswith(again.name)


def test_too_many_wrong_rows_refuse_the_capture(layout: Layout) -> None:
    take(layout, table(2026, 12.5, "Kenedy;2026;1", "Usmee;2026;2"))
    refused = next(row for row in came(build(layout)) if row.kind == "refused")
    assert refused.reason == "breaks_contract"
    assert "did you mean 'kennedy'?" in (refused.detail or "").casefold()


def test_figures_that_break_the_catalogue_s_contract_refuse_the_capture(layout: Layout) -> None:
    text = layout.catalogue.read_text(encoding="utf-8")
    layout.catalogue.write_text(
        text.replace("unit: ug_m3\n        additive", "unit: share\n        additive"), encoding="utf-8"
    )
    take(layout, table(2026, 250.5))
    refused = next(row for row in came(build(layout)) if row.kind == "refused")
    assert (refused.reason, refused.rows) == ("breaks_contract", 0)
    assert "share_within_0_and_1" in (refused.detail or "")


def test_a_damaged_list_of_captures_leaves_the_embedded_figures_and_is_told(layout: Layout) -> None:
    take(layout, table(2026, 12.5))
    (layout.captures / "air" / "lock.json").write_text('{"captures": [', encoding="utf-8")
    edition = build(layout)
    assert [row.kind for row in came(edition)] == ["embedded"]
    told = next(row for row in reads.checks(edition) if row.check_id == "captures_read")
    assert told.detail.startswith("lock_damaged: ")


def test_quarantined_rows_are_counted_and_leave_as_a_sheet(layout: Layout) -> None:
    take(layout, table(2026, 12.5, "Kenedy;2026;1"))
    edition = build(layout)
    accounts = [row for row in reads.accounts(edition) if row.source_id == "air"]
    of_file = {(row.outcome, row.rule): row.rows for row in accounts if row.stage == "file"}
    assert of_file == {("observed", "used"): 21, ("quarantined", "unknown_locality"): 1}
    (rejected,) = reads.rejected(edition, "air")
    assert (rejected.file, rejected.row_number, rejected.column_name, rejected.value) == (
        "aire.csv",
        23,
        "localidad",
        "Kenedy",
    )
    context = AccountContext(
        edition.edition_id,
        edition.built_on,
        "https://example.org/sources?src=air",
        "es",
        next(row for row in reads.sources(edition) if row.source_id == "air"),
        came(edition),
        accounts,
        [rejected],
    )
    text = accounts_csv(context).decode("utf-8-sig")
    assert "aire.csv,23,localidad,Kenedy,localidad desconocida,unknown_locality,¿quiso decir «kennedy»?" in text
    assert text.startswith("Archivo,Fila del archivo,Columna,")
    assert text.rstrip().endswith(f"{edition.edition_id},https://example.org/sources?src=air")
    told = [f"{what}: {text}" for what, text in about(context)]
    assert "Cuentas: Archivo publicado: Registros que entraron 22 = usados 21 + excluidos 0 + en cuarentena 1" in told
    assert any(
        line.startswith("Archivo recibido: Archivo capturado, leído según el catálogo: data/captures/air/")
        for line in told
    )
    with zipfile.ZipFile(io.BytesIO(accounts_xlsx(context))) as book:
        assert "Filas por corregir" in book.read("xl/workbook.xml").decode()


def test_the_same_captures_give_the_same_edition_and_others_another(layout: Layout) -> None:
    before = content_hash(layout)
    folder = take(layout, table(2026, 12.5))
    first = build(layout).edition_id
    assert content_hash(layout) != before
    assert build(layout).edition_id == first
    os.utime(folder / "aire.csv", (1, 1))  # compared again, found the same
    assert build(layout).edition_id == first
    (layout.captures / "other").mkdir()
    (layout.captures / "other" / "lock.json").write_text('{"captures": []}', encoding="utf-8")
    assert build(layout).edition_id == first


def test_a_declared_source_needs_no_embedded_table(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    (layout.figures / "air.csv").unlink()
    root = ["--root", str(layout.catalogue.parent), "--quiet"]
    assert main([*root, "build", "--date", "2026-11-23"]) == 1
    assert (
        "air: a source without figures → write data/figures/air.csv, or python -m pipelines capture air"
        in capsys.readouterr().err
    )
    take(layout, "localidad;anio\nUsme;2026\n")
    assert main([*root, "build", "--date", "2026-11-23"]) == 1
    assert "air: a source without figures; unreadable: " in capsys.readouterr().err
    take(layout, table(2025, 12.5))
    edition = build(layout)
    assert of(edition, "08") == {"2025": 12.5}
    assert [(row.kind, row.rows) for row in came(edition)] == [("declared", 21)]
    assert main([*root, "reproduce", "pm25", "--place", "08", "--period", "2025"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "12.5"


def shortened(text: str, rows: int) -> str:
    return "\n".join(text.splitlines()[: rows + 1]) + "\n"


def test_a_capture_with_fewer_values_or_periods_than_the_one_before_is_told(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = table(2024, 12.5) + table(2025, 11.5).partition("\n")[2]
    before = take(layout, whole)
    assert "captures_shorter" not in {row.check_id for row in reads.checks(build(layout))}
    capsys.readouterr()
    newest = take(layout, shortened(whole, 18))
    said = "aire.csv has 18 records, 42 in the capture before it → is the file whole?"
    assert f"warning: air: {said}" in capsys.readouterr().err
    (told,) = (row for row in reads.checks(build(layout)) if row.check_id == "captures_shorter")
    fix = "is the file whole? If not, capture it again"
    detail = f"{newest.name}: 18 values, 42 in {before.name} before, nothing of 2025 → {fix}"
    assert (told.subject, told.status, told.detail) == ("air", "warned", detail)
    take(layout, whole)
    assert capsys.readouterr().err == ""
    assert "captures_shorter" not in {row.check_id for row in reads.checks(build(layout))}


def test_a_capture_that_cannot_be_read_ends_with_its_own_cure(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    (layout.figures / "air.csv").unlink()
    text = layout.catalogue.read_text(encoding="utf-8")
    layout.catalogue.write_text(text.replace("lowest: 0, highest: 500", "lowest: 0, highest: 1"), encoding="utf-8")
    take(layout, table(2025, 63.5))
    assert main(["--root", str(layout.catalogue.parent), "--quiet", "build", "--date", "2026-11-23"]) == 1
    told = capsys.readouterr().err.strip()
    assert "out_of_range → valid is 0.0 to 1.0; if the file writes percents, declare `scale: 0.01`" in told
    assert told.endswith("`highest: 100`")
    assert "data/figures" not in told
