import csv
import dataclasses
import functools
import io
from urllib.parse import parse_qsl, urlsplit

import pytest
from python_calamine import CalamineWorkbook

from observatory.editions import reads
from observatory.editions.book import Book, read_book
from observatory.editions.exports import COLUMNS, ExportContext, metadata, table, to_csv, to_xlsx
from observatory.links import DASHBOARD
from observatory.rows.observation import Observation
from observatory.wording import LANGUAGES, Lang, Words
from pipelines.export import export_csv
from tests.observatories import fixture_edition

LINK = "https://example.org/indicator?ind=homicide_rate"


@functools.cache
def fixture_book() -> Book:
    return read_book(fixture_edition())


def context(*indicator_ids: str, lang: Lang = "en", **changes: object) -> ExportContext:
    book = fixture_book()
    changed = {one: book.indicators[one]._replace(**changes) for one in indicator_ids}  # type: ignore[arg-type]
    return ExportContext(
        dataclasses.replace(book, indicators=book.indicators | changed),
        lang,
        LINK,
        indicator_ids,
        "https://example.org",
    )


def rows(indicator_id: str) -> list[Observation]:
    return reads.observations(fixture_edition(), indicator_id)


def figures(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_csv_begins_with_its_header_and_each_row_says_where_it_comes_from() -> None:
    content = to_csv(rows("homicide_rate"), context("homicide_rate"))
    assert content.decode("utf-8-sig").startswith("indicator_id,indicator,territory_code,")
    found = figures(content)
    assert len(found) == len(rows("homicide_rate"))
    first, source = found[0], fixture_book().sources[fixture_book().indicators["homicide_rate"].source_id]
    assert first["unit"] == fixture_book().indicators["homicide_rate"].unit_en
    assert first["source"] == f"{source.publisher}, {source.dataset_en}"
    assert (first["cutoff"], first["licence"]) == (source.cutoff.isoformat(), "CC BY 4.0")
    assert (first["edition"], first["link"]) == (fixture_edition().edition_id, LINK)
    assert first["receipt"].startswith("https://example.org/receipt?")


def test_several_indicators_leave_in_one_file_each_with_its_own_unit_and_source() -> None:
    both = ("homicide_rate", "feels_safe")
    measured = [*rows("homicide_rate"), *rows("feels_safe")]
    found = figures(to_csv(measured, context(*both)))
    assert {row["indicator_id"]: row["unit"] for row in found} == {
        one: fixture_book().indicators[one].unit_en for one in both
    }
    told = [text for _, text in metadata(context(*both))]
    assert sum(text.endswith(("(homicide_rate)", "(feels_safe)")) for text in told) == 2
    sources = [one for one in fixture_book().sources if sum(text.endswith(f"({one})") for text in told)]
    assert len(sources) == len(
        {*fixture_book().indicators["homicide_rate"].source_ids, *fixture_book().indicators["feels_safe"].source_ids}
    )


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
    told = "\n".join(text for _, text in metadata(context("homicide_rate", lang=lang)))
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


@pytest.mark.parametrize("link", ["https://example.org/indicator?ind=homicide_rate&loc=04&lang=es", "/map?loc=04"])
def test_the_link_of_a_row_leads_to_its_own_place(link: str) -> None:
    whole = dataclasses.replace(context("homicide_rate"), link=link)
    found = figures(to_csv(rows("homicide_rate"), whole))
    assert {row["link"] for row in found} == {link.replace("loc=04", f"loc={row['territory_code']}") for row in found}
    chosen = figures(to_csv(rows("homicide_rate"), dataclasses.replace(whole, is_chosen=True)))
    assert {row["link"] for row in chosen} == {link}


def test_the_link_of_several_places_stays_as_they_were_compared() -> None:
    link = "https://example.org/compare?loc=04~05&ind=homicide_rate"
    found = figures(to_csv(rows("homicide_rate"), dataclasses.replace(context("homicide_rate"), link=link)))
    assert {row["link"] for row in found} == {link}


@pytest.mark.parametrize("origin", ["https://example.org", ""])
def test_links_of_the_command_are_whole_and_of_the_dashboard_known(
    origin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DASHBOARD, origin)
    edition = fixture_edition()
    found = figures(export_csv(edition.path.parent, edition.edition_id, "homicide_rate", "es"))
    assert {row["link"].partition("?")[0] for row in found} == {f"{origin}/indicator"}
    assert {row["receipt"].partition("?")[0] for row in found} == {f"{origin}/receipt"}
    assert {dict(parse_qsl(urlsplit(row["link"]).query))["lang"] for row in found} == {"es"}
    assert {dict(parse_qsl(urlsplit(row["link"]).query))["asof"] for row in found} == {edition.edition_id}
