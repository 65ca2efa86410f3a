"""The lost locality of the family-violence file, in rows made up for the test."""

from pathlib import Path

import pytest

from observatory.errors import SourceError
from observatory.territory import territories
from pipelines.figures import Capture
from pipelines.sources import sds_family_violence as source

OTHERS = [area.name for code, area in territories().items() if area.level == "locality" and code not in ("05", "14")]
YEARS = [str(year) for year in range(2015, 2025)]


def capture(folder: Path, *names: str) -> Capture:
    path = folder / source.CASES
    path.parent.mkdir()
    lines = [f"{name},{year},{10 + place}" for place, name in enumerate(names) for year in YEARS]
    path.write_text("\n".join(["nombre_localidad,anio,casos_violencia", *lines]), encoding="utf-8")
    return Capture(folder)


def test_rows_without_a_name_are_kept_apart_and_count_in_the_city(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, "usme", "", *OTHERS))
    rows = {(row.territory_code, row.period): row for row in parsed.rows}
    assert rows["05", "2024"].value == 10
    assert rows["", "2024"].value == 11
    assert rows["00", "2024"].value == sum(range(10, 30))
    assert rows["14", "2024"].absence == "quarantined"
    assert {account.rule: account.rows for account in parsed.accounts} == {"used": 190, "locality_lost": 10}


def test_a_named_los_martires_needs_no_rule(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, "los mártires", "usme", *OTHERS))
    rows = {(row.territory_code, row.period): row for row in parsed.rows}
    assert rows["14", "2024"].value == 10
    assert rows["00", "2024"].value == sum(range(10, 30))
    assert [account.rule for account in parsed.accounts] == ["used"]


def test_a_year_that_lacks_localities_has_no_city(tmp_path: Path) -> None:
    parsed = source.parse(capture(tmp_path, "los mártires", "usme", *OTHERS[1:]))
    rows = {(row.territory_code, row.period): row for row in parsed.rows}
    assert rows["14", "2024"].value == 10
    assert rows["00", "2024"].absence == "not_published"


def test_an_unknown_locality_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="row 2, nombre_localidad 'usmé del sur'"):
        source.parse(capture(tmp_path, "usmé del sur"))
