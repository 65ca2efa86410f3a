"""What the drug-use file lacks, in rows made up for the test."""

from pathlib import Path

from pipelines.figures import Capture
from pipelines.sources import sds_drug_use as source


def test_a_missing_row_is_no_zero_and_the_city_has_no_total(tmp_path: Path) -> None:
    path = tmp_path / source.CASES
    path.parent.mkdir()
    path.write_text("nombre_localidad,anio,casos_consumo\nusme,2015,7\nsumapaz,2015,0\n", encoding="utf-8")
    parsed = source.parse(Capture(tmp_path))
    rows = {(row.territory_code, row.period): row for row in parsed.rows}
    assert len(rows) == 21 * len(source.YEARS)
    assert rows["05", "2015"].value == 7
    assert rows["20", "2015"].value == 0
    assert rows["20", "2016"].absence == "not_published"
    assert rows["00", "2015"].absence == "not_published"
