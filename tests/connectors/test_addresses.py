from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from observatory.registry.loading import load_catalogue
from pipelines.capturing.addresses import ArcgisAddress, CkanAddress, HttpAddress, parts
from pipelines.capturing.read_addresses import load_addresses
from pipelines.connectors.errors import CaptureError

ROOT = Path(__file__).resolve().parents[2]
GOOD = """
schema_version: 1
private_networks: []
never_requested: ["edad*"]
addresses:
  - source: a
    dataset: {es: "a", en: "a"}
    connector: arcgis
    url: https://example.org/MapServer/0
    fields: [LOCALIDAD]
    geometry: true
    format: geojson
    file: a.geojson
    licence: cc_by_4
    calendar: {every: month, after_days: 0, again_days: 1}
"""


def errors(folder: Path, *changes: tuple[str, str]) -> str:
    text = GOOD
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / "addresses.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaptureError) as raised:
        load_addresses(folder / "addresses.yaml")
    return str(raised.value)


def test_the_declared_addresses_are_read() -> None:
    book = load_addresses()
    wanted = {
        "ideca_localities", "ideca_upl", "scj_crime", "scj_crime_service", "sdm_road_deaths", "sdm_road_injured",
        "sdm_road_crashes", "sds_population", "rmcab_hourly", "c4_emergency_calls", "inmlcf_non_fatal_injuries",
        "inmlcf_fatal_injuries", "transmilenio_trunk_stations",
    }  # fmt: skip
    assert wanted <= set(book.sources)


def test_their_licences_stand_in_the_catalogue() -> None:
    known = {licence.id for licence in load_catalogue(ROOT / "indicators.yaml").licences}
    assert {address.licence for address in load_addresses().addresses} <= known


def test_crash_victims_are_asked_for_year_by_year_from_2021_without_fields_about_persons() -> None:
    book = load_addresses()
    for source in ("sdm_road_deaths", "sdm_road_injured", "sdm_road_crashes"):
        address = book.find(source)
        assert isinstance(address, ArcgisAddress)
        assert not {"EDAD", "GENERO", "SEXO", "DIRECCION", "FORMULARIO", "CODIGO_ACCIDENTADO"} & set(address.fields)
        assert address.geometry is False
        years = [part for part in parts(address, dt.date(2026, 11, 23)) if isinstance(part, ArcgisAddress)]
        assert [part.where for part in years] == [f"ANO_OCURRENCIA_ACC={year}" for year in range(2021, 2027)]
        assert years[0].file.endswith("_2021.geojson")


def test_a_page_for_each_of_the_last_days() -> None:
    address = load_addresses().find("rmcab_hourly")
    assert isinstance(address, HttpAddress)
    days = [part for part in parts(address, dt.date(2026, 3, 3)) if isinstance(part, HttpAddress)]
    assert [part.file for part in days][:2] == ["rmcab_2026-02-24.html", "rmcab_2026-02-25.html"]
    assert urlsplit(days[-1].url).query == "id=1&UserDateString=2026-03-02"


def test_resources_of_portals_are_not_chosen_by_id() -> None:
    for address in load_addresses().addresses:
        if isinstance(address, CkanAddress):
            assert address.resource.name or address.resource.format


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (("licence:", "license:"), 14, "unknown key 'license' → did you mean 'licence'?"),
        (("    licence: cc_by_4\n", ""), 6, "lacks 'licence' → it has no default, write it"),
        (("connector: arcgis", "connector: arcgys"), 8, "unknown connector 'arcgys' → did you mean 'arcgis'?"),
        (("again_days", "again"), 15, "unknown key 'calendar.again' → did you mean 'again_days'?"),
        (("every: month", "every: monthly"), 15, "calendar.every"),
        (("[LOCALIDAD]", "[LOCALIDAD, EDAD_VICTIMA]"), 10, "the field 'EDAD_VICTIMA' is about persons"),
        (("file: a.geojson", "file: ../a.geojson"), 13, "file: String should match pattern"),
        (("https://example.org", "ftp://example.org"), 9, "url: String should match pattern"),
        (("geometry: true", 'geometry: "yes"'), 11, "geometry: Input should be a valid boolean"),
        (("private_networks: []", 'private_networks: ["10.0.0.0/99"]'), 3, "private_networks"),
        (("never_requested:", "never_request:"), 4, "unknown key 'never_request' → did you mean 'never_requested'?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], line: int, told: str) -> None:
    found = errors(tmp_path, change)
    assert f"addresses.yaml:{line}: {told}" in found, found


def test_a_source_that_stands_twice_is_told(tmp_path: Path) -> None:
    record = GOOD[GOOD.index("  - source") :]
    found = errors(tmp_path, (record, record + record))
    assert "source 'a' stands twice" in found


def test_several_resources_need_a_name_for_each(tmp_path: Path) -> None:
    ckan = (
        "connector: ckan\n    portal: https://example.org\n    package: p\n    expect: {kind: csv}\n"
        "    resource: {format: CSV, several: true}\n"
    )
    arcgis = GOOD[GOOD.index("connector: arcgis") : GOOD.index("    file:")]
    assert "`several` resources and `{resource}` in `file` go together" in errors(tmp_path, (arcgis, ckan))
