"""Records to cells on DuckDB: the statement, what cannot be read, places, zeros and accounts."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from observatory.errors import FigureError
from observatory.territory import outline_features
from pipelines.__main__ import main
from pipelines.engine.figures import cells_of
from pipelines.engine.on_duckdb import group_on_duckdb, write_parquet
from pipelines.engine.records import Group, Records, Shape
from pipelines.engine.statement import cells_sql
from pipelines.figures import Account
from pipelines.places import known_places

SHAPE = Shape(time="day", place="where", category="kind", flags={"bicycle": "bike"}, yes="SI", weight="people")
LINES = """day,where,kind,bike,people
2024-01-05,SUBA,Choque,SI,1.5
2024-01-06,11,Choque,,2
2024-02-01,Usaquén,Atropello,NO,1
2024-02-02,,Choque,SI,1
2024-02-03,Subba,Choque,SI,1
,SUBA,Choque,SI,7
mañana,SUBA,Choque,SI,7
2024-02-04,SUBA,Choque,SI,muchas
"""


@pytest.fixture
def records(tmp_path: Path) -> Records:
    path = tmp_path / "records.csv"
    path.write_text(LINES, encoding="utf-8")
    return Records(str(path), SHAPE)


def test_the_statement_holds_every_flag_and_only_what_the_records_have() -> None:
    for dialect in ("duckdb", "spark"):
        statement = cells_sql(Shape("t", "p", flags={"a": "A", "b": "B"}), dialect)  # type: ignore[arg-type]
        assert "FILTER(WHERE a) AS a" in statement
        assert "FILTER(WHERE b) AS b" in statement
        assert "weight" not in statement
        assert "category" not in statement


def test_groups_are_counted_and_lines_that_cannot_be_read_are_told(records: Records) -> None:
    groups = group_on_duckdb(records)
    assert groups.rows == [
        Group(None, "2024-02-01", "Choque", 1, (1,), 1.0),
        Group("11", "2024-01-01", "Choque", 1, (0,), 2.0),
        Group("SUBA", None, "Choque", 1, (1,), 7.0),
        Group("SUBA", "2024-01-01", "Choque", 1, (1,), 1.5),
        Group("Subba", "2024-02-01", "Choque", 1, (1,), 1.0),
        Group("Usaquén", "2024-02-01", "Atropello", 1, (0,), 1.0),
    ]
    assert [(item.line, item.column, item.rule) for item in groups.refused] == [
        (8, "day", "cast"),
        (9, "people", "cast"),
    ]


def test_cells_hold_localities_the_city_the_unlocated_and_true_zeros(records: Records) -> None:
    cells = cells_of(group_on_duckdb(records), SHAPE, "records.csv")
    values = {row.key: row.value for row in cells.rows}
    assert values["records", "11", "2024-01", "total"] == 2
    assert values["weight", "11", "2024-01", "category:choque"] == 3.5
    assert values["records", "00", "2024-02", "total"] == 3
    assert values["records", "99", "2024-02", "total"] == 2
    assert values["records", "05", "2024-02", "total"] == 0
    assert values["bicycle", "00", "2024-02", "category:choque"] == 2
    assert ("records", "99", "2024-01", "total") not in values
    assert cells.unknown == {"Subba": "did you mean 'suba'?"}
    assert cells.accounts == [
        Account("records.csv", "observed", "unlocated", 2),
        Account("records.csv", "observed", "used", 3),
        Account("records.csv", "quarantined", "time_missing", 1),
        Account("records.csv", "quarantined", "unreadable_value", 2),
    ]
    assert sum(account.rows for account in cells.accounts) == len(LINES.splitlines()) - 1


def test_years_are_the_sum_of_their_months(records: Records) -> None:
    cells = cells_of(group_on_duckdb(records), SHAPE, "records.csv", "year")
    assert {row.key: row.value for row in cells.rows}["records", "00", "2024", "total"] == 5


def test_parquet_gives_the_cells_of_the_csv_it_was_written_from(records: Records, tmp_path: Path) -> None:
    path = tmp_path / "records.parquet"
    rows, refused = write_parquet(records, path)
    assert (rows, len(refused)) == (6, 2)
    assert group_on_duckdb(Records(str(path), SHAPE)).rows == group_on_duckdb(records).rows


def test_columns_and_marks_are_names_and_texts_whatever_stands_in_them(tmp_path: Path) -> None:
    path, written = tmp_path / "names.csv", tmp_path / "names.parquet"
    path.write_text('"Av. Calle","a.b","con ""x""; --"\n2024-01-01,08,SÍ\'s\n2024-01-02,08,NO\n', encoding="utf-8")
    shape = Shape("Av. Calle", place="a.b", flags={"marked": 'con "x"; --'}, yes="SÍ's")
    assert group_on_duckdb(Records(str(path), shape)).rows == [Group("08", "2024-01-01", None, 2, (1,), None)]
    assert write_parquet(Records(str(path), shape), written) == (2, [])
    assert group_on_duckdb(Records(str(written), shape)).rows[0].flags == (1,)


def test_codes_held_as_numbers_and_decimal_weights_are_read(tmp_path: Path) -> None:
    path = tmp_path / "numbers.parquet"
    rows = """
        SELECT * FROM (VALUES
            (DATE '2024-01-05', 8, 1, 1.25::DECIMAL(9, 2)),
            (DATE '2024-01-06', 99, 2, 2.5::DECIMAL(9, 2))
        ) AS records(day, place, kind, people)
    """
    duckdb.sql(rows).write_parquet(str(path))
    shape = Shape("day", "place", category="kind", weight="people")
    groups = group_on_duckdb(Records(str(path), shape))
    assert groups.rows == [
        Group("8", "2024-01-01", "1", 1, (), 1.25),
        Group("99", "2024-01-01", "2", 1, (), 2.5),
    ]
    assert [type(row.weight) for row in groups.rows] == [float, float]
    values = {row.key: row.value for row in cells_of(groups, shape, path.name).rows}
    assert values["records", "08", "2024-01", "total"] == 1
    assert values["records", "99", "2024-01", "total"] == 1


def test_coordinates_become_localities(tmp_path: Path) -> None:
    points = [_point_in(code) for code in ("08", "11", "20")]
    path = tmp_path / "points.csv"
    lines = [f"2024-01-0{number};{x};{y}".replace(".", ",") for number, (x, y) in enumerate([*points, (0, 0)], start=1)]
    path.write_text("\n".join(["t;lon;lat", *lines]) + "\n", encoding="utf-8")
    shape = Shape("t", x="lon", y="lat", delimiter=";", decimal=",")
    groups = group_on_duckdb(Records(str(path), shape), known_places("locality"))
    assert [(row.place, row.records) for row in groups.rows] == [("", 1), ("08", 1), ("11", 1), ("20", 1)]
    assert cells_of(groups, shape, path.name).accounts == [
        Account("points.csv", "observed", "unlocated", 1),
        Account("points.csv", "observed", "used", 3),
    ]


def _point_in(code: str) -> tuple[float, float]:
    import shapely

    shapes = {item["properties"]["code"]: item["geometry"] for item in outline_features("locality")["features"]}
    point = shapely.geometry.shape(shapes[code]).representative_point()
    return point.x, point.y


@pytest.mark.parametrize(
    ("files", "shape", "words"),
    [
        ("nothing.csv", SHAPE, "nothing.csv"),
        ("nothing.xlsx", SHAPE, r"'\.xlsx' holds no records"),
        ("records.csv", Shape(time="day", place="donde"), "donde"),
    ],
)
def test_files_and_columns_that_are_not_there_are_named(
    records: Records, tmp_path: Path, files: str, shape: Shape, words: str
) -> None:
    with pytest.raises(FigureError, match=words):
        group_on_duckdb(Records(str(tmp_path / files), shape))


def test_a_shape_without_a_place_or_with_a_reserved_flag_is_refused() -> None:
    with pytest.raises(FigureError, match="need a column of places"):
        Shape(time="t")
    with pytest.raises(FigureError, match="need a column of places"):
        Shape(time="t", place="p", x="x", y="y")
    with pytest.raises(FigureError, match="'Con Moto' is no name"):
        Shape(time="t", place="p", flags={"Con Moto": "Con_Moto"})


def test_the_command_writes_a_figure_table_and_tells_what_became_of_every_record(
    records: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "cells.csv"
    words = ["--quiet", "cells", records.files, "--time", "day", "--place", "where", "--flag", "bicycle=bike"]
    assert main([*words, "--yes", "SI", "--output", str(output)]) == 0
    with output.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {"measure": "bicycle", "territory_code": "11", "value": "1"}.items() <= next(
        row for row in rows if (row["measure"], row["territory_code"], row["period"]) == ("bicycle", "11", "2024-01")
    ).items()
    told = capsys.readouterr().err
    assert "no locality: 'Subba' → did you mean 'suba'?" in told
    assert "quarantined unreadable_value" in told
    assert main([*words, "--engine", "spark", "--output", str(output)]) == 1
    assert "give --master spark://host:7077" in capsys.readouterr().err
