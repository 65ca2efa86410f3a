import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from observatory.editions import reads
from observatory.editions.exports import COLUMNS, ExportContext, metadata, table, to_csv, to_xlsx
from observatory.rows.observation import Observation
from observatory.wording import LANGUAGES, Lang, Words
from tests.observatories import fixture_edition


def context(indicator_id: str, lang: Lang = "en", **changes: object) -> ExportContext:
    edition = fixture_edition()
    item = {row.indicator_id: row for row in reads.indicators(edition)}[indicator_id]
    return ExportContext(
        edition_id=edition.edition_id,
        built_on=edition.built_on,
        link="https://example.org/indicator?ind=" + indicator_id,
        lang=lang,
        indicator=item._replace(**changes),  # type: ignore[arg-type]
        sources=[
            row for row in reads.sources(edition) if row.source_id in (item.source_id, item.denominator_source_id)
        ],
        territories={row.territory_code: row.name for row in reads.territories(edition)},
    )


def rows(indicator_id: str) -> list[Observation]:
    return reads.observations(fixture_edition(), indicator_id)


def figures(content: bytes) -> list[dict[str, str]]:
    lines = [line for line in content.decode("utf-8-sig").splitlines() if not line.startswith(("#", '"#'))]
    return list(csv.DictReader(lines))


def test_a_csv_holds_the_figures_as_they_are_shown() -> None:
    found = figures(to_csv(rows("feels_safe"), context("feels_safe")))
    assert tuple(found[0]) == COLUMNS
    assert [(row["period"], row["disaggregation"], row["value"], row["absence"]) for row in found[2:]] == [
        ("2023", "total", "40", ""),
        ("2024", "total", "42", ""),
        ("2025", "total", "", Words("en")("absence.suppressed")),
    ]
    assert (found[3]["lower_95"], found[3]["upper_95"], found[3]["sample"]) == ("38", "46", "1000")
    assert found[3]["flags"] == "secondary source"


def test_codes_stay_text_and_names_stand_beside_them() -> None:
    found = figures(to_csv(rows("homicide_rate"), context("homicide_rate")))
    assert {row["territory_code"]: row["territory"] for row in found}["04"] == "San Cristóbal"
    assert (found[-1]["numerator"], found[-1]["denominator"], found[-1]["value"]) == ("0", "3000", "0")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_says_where_its_figures_come_from(lang: Lang) -> None:
    told = "\n".join(text for _, text in metadata(context("homicide_rate", lang)))
    for part in (
        "homicide_rate", "CC BY 4.0", "2025-12-31", "https://example.org/deaths", fixture_edition().edition_id,
        "https://example.org/indicator?ind=homicide_rate", "2026-11-23", "sdp_population_2025",
    ):  # fmt: skip
        assert part in told


def test_a_workbook_has_numbers_as_numbers_and_a_sheet_about_the_source() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(rows("homicide_rate"), context("homicide_rate"))))
    sheet, about = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert tuple(sheet[0]) == COLUMNS
    first = dict(zip(COLUMNS, sheet[1], strict=True))
    assert first["territory_code"] == "00"
    assert first["value"] == pytest.approx(11.0896817743)
    assert ["Licence", "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"] in about
    assert ["Edition", fixture_edition().edition_id] in about


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@cmd", "\t=1"])
def test_no_text_of_a_file_runs_as_a_formula(text: str) -> None:
    harmful = context("homicide_rate", unit_en=text, method_en=text, entity=text)
    cells = [cell for line in table(rows("homicide_rate")[:3], harmful) for cell in line]
    assert f"'{text}" in cells
    assert not any(isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
    assert not any(value.startswith(("=", "+", "-", "@", "\t")) for _, value in metadata(harmful))
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(rows("homicide_rate")[:3], harmful)))
    assert f"'{text}" in book.get_sheet_by_index(0).to_python()[1]
