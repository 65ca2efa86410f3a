from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from observatory.registry.loading import load_catalogue
from pipelines.capturing.read_addresses import ADDRESSES
from pipelines.catalogue_checks import check_addresses, check_cutoffs, check_marks, check_texts

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "observatory" / "indicators.yaml"
TEXT = FIXTURE.read_text(encoding="utf-8")
PRESS = 'source: {es: "prensa, inventada", en: "press, invented"}'
LONG = "Percepción de seguridad de noche en el barrio"


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def warnings(folder: Path, text: str) -> list[str]:
    path = folder / "indicators.yaml"
    path.write_text(text, encoding="utf-8")
    rows = check_texts(path, load_catalogue(path))
    return [f"{row.subject}: {row.check_id}: {row.detail}" for row in rows if row.status == "warned"]


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def texts_at(key: str) -> list[str]:
    return [line for line in TEXT.splitlines() if line.startswith(f"    {key}: {{")]


def test_the_catalogue_has_texts_of_its_own_in_both_languages() -> None:
    path = ROOT / "indicators.yaml"
    rows = check_texts(path, load_catalogue(path))
    assert [(row.subject, row.status) for row in rows] == [("edition", "passed")] * 2


def test_a_description_copied_from_another_record_is_told_with_its_line(tmp_path: Path) -> None:
    first, second = texts_at("description")[:2]
    text = changed(second, first)
    line = text.rindex(first)
    (found,) = warnings(tmp_path, text)
    assert found.startswith(
        f"indicators.yaml:{text[:line].count(chr(10)) + 1}: texts_are_their_own: the description of"
    )
    assert found.endswith("→ say what is this record's own")


def test_a_method_may_be_shared_within_a_source_and_not_between_sources(tmp_path: Path) -> None:
    first, second = texts_at("method")[:2]
    (found,) = warnings(tmp_path, changed(second, first))
    assert "texts_are_their_own: the method of 'feels_safe' is that of 'homicide_rate'" in found
    catalogue = load_catalogue(ROOT / "indicators.yaml")
    methods = {item.id: item.method.es for item in catalogue.indicators}
    assert methods["air_o3_modelled"] == methods["air_no2_modelled"]  # one source, one way of getting it


@pytest.mark.parametrize(("es", "en"), [("Tasa corta", "Tasa corta"), (LONG, "Feels safe at night around home")])
def test_short_names_may_be_the_same_in_both_languages(es: str, en: str, tmp_path: Path) -> None:
    text = changed('name: {es: "Percepción de seguridad", en: "Perceived safety"}', f'name: {{es: "{es}", en: "{en}"}}')
    assert warnings(tmp_path, text) == []


def test_a_long_text_left_in_one_language_is_told_with_its_line(tmp_path: Path) -> None:
    text = changed(
        'source: {es: "prensa, inventada", en: "press, invented"}', f'source: {{es: "{LONG}", en: "{LONG}"}}'
    )
    (found,) = warnings(tmp_path, text)
    assert found.startswith(f"indicators.yaml:{line_of(text, LONG)}: texts_in_both_languages: the same text")


def test_addresses_of_files_are_the_same_in_both_languages(tmp_path: Path) -> None:
    place = "dueno/repositorio-de-la-entidad:datos/resultados_de_la_politica.json"
    text = changed(
        'source: {es: "prensa, inventada", en: "press, invented"}', f'source: {{es: "{place}", en: "{place}"}}'
    )
    assert warnings(tmp_path, text) == []


def test_every_declared_address_is_of_a_catalogued_source_or_says_why_not() -> None:
    (row,) = check_addresses(ADDRESSES, load_catalogue(ROOT / "indicators.yaml"))
    assert (row.check_id, row.status) == ("addresses_catalogued", "passed")


def addressed(folder: Path, *changes: tuple[str, str]) -> tuple[str, str]:
    text = ADDRESSES.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "addresses.yaml").write_text(text, encoding="utf-8")
    (row,) = check_addresses(folder / "addresses.yaml", load_catalogue(ROOT / "indicators.yaml"))
    assert row.status == "failed"
    return text, f"{row.subject}: {row.check_id}: {row.detail}"


def test_an_address_of_no_source_without_a_reason_fails_with_its_line(tmp_path: Path) -> None:
    _, _, after = ADDRESSES.read_text(encoding="utf-8").partition("source: idiger_daily_rain\n")
    text, told = addressed(tmp_path, (after.partition("    dataset")[0], ""))
    line = line_of(text, "source: idiger_daily_rain")
    assert told.startswith(f"addresses.yaml:{line}: addresses_catalogued: 'idiger_daily_rain' is not among")
    assert told.endswith("say why in `uncatalogued`")


def test_an_address_of_a_source_with_a_reason_fails(tmp_path: Path) -> None:
    _, told = addressed(tmp_path, ("source: idiger_daily_rain", "source: scj_homicides"))
    assert told.endswith("says why it is none → leave out `uncatalogued`")


def test_a_mark_of_a_draft_that_is_left_in_the_catalogue_is_told_with_its_line(tmp_path: Path) -> None:
    (row,) = check_marks(ROOT / "indicators.yaml")
    assert (row.subject, row.status) == ("edition", "passed")
    text = changed("    cutoff: 2025-08-31\n", "    cutoff: 2025-08-31  # ?\n")
    (tmp_path / "indicators.yaml").write_text(text, encoding="utf-8")
    (row,) = check_marks(tmp_path / "indicators.yaml")
    line = line_of(text, "# ?")
    assert (row.subject, row.status) == (f"indicators.yaml:{line}", "warned")
    assert row.detail.startswith(f"1 marks `# ?` of a draft, lines {line} → decide what stands there")


def test_a_cut_off_to_come_fails_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "indicators.yaml"
    text = changed("    cutoff: 2025-06-30\n", "    cutoff: 2035-12-31\n")
    path.write_text(text, encoding="utf-8")
    (row,) = check_cutoffs(path, load_catalogue(path), dt.date(2026, 11, 23))
    assert (row.subject, row.status) == (f"indicators.yaml:{line_of(text, '2035-12-31')}", "failed")
    assert "the cut-off 2035-12-31 of" in row.detail
    assert row.detail.endswith("2026-11-23 → write the last day that its figures cover")
    (row,) = check_cutoffs(path, load_catalogue(path), dt.date(2035, 12, 31))
    assert (row.subject, row.status) == ("edition", "passed")


def test_only_projections_of_the_catalogue_reach_beyond_the_day_of_the_edition() -> None:
    path = ROOT / "indicators.yaml"
    (row,) = check_cutoffs(path, load_catalogue(path), dt.date(2026, 11, 23))
    assert row.status == "passed"
