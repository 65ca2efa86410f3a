from pathlib import Path

import pytest

from observatory.errors import FigureError
from observatory.registry.loading import load_catalogue
from observatory.territory import territories
from pipelines.assemble import FigureProblemsError, read_inputs
from pipelines.read_figures import Contract, FigureTable, read_accounts, read_figures
from tests.observatories import FIXTURE, copy_to

HEADER = "measure,territory_code,period,disaggregation,value,lower,upper,sample,flag,absence"
CATALOGUE = load_catalogue(FIXTURE / "indicators.yaml")


def read(tmp_path: Path, *lines: str, source: str = "survey", header: str = HEADER) -> FigureTable:
    path = tmp_path / f"{source}.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return read_figures(path, Contract.of(CATALOGUE, source, territories()))


def test_a_right_row_is_read_as_it_stands(tmp_path: Path) -> None:
    table = read(tmp_path, "feels_safe,00,2024,sex:women,0.35,0.3,0.4,520,provisional,")
    figure = table.figures[0]
    assert (figure.value, figure.lower, figure.upper, figure.sample) == (0.35, 0.3, 0.4, 520)
    assert (figure.level, figure.period.code, figure.flag, figure.absence) == ("city", "2024", "provisional", None)
    assert (figure.row_number, table.row_count, table.rejected) == (2, 1, [])


def test_zero_is_a_value_and_an_empty_cell_is_not(tmp_path: Path) -> None:
    table = read(tmp_path, "feels_safe,00,2023,total,0,,,,,", "feels_safe,00,2024,total,,,,,,late")
    assert [figure.value for figure in table.figures] == [0.0, None]
    assert [figure.absence for figure in table.figures] == [None, "late"]


@pytest.mark.parametrize("code", ["99", ""])
def test_rows_without_a_place_are_read_and_have_no_level(tmp_path: Path, code: str) -> None:
    table = read(tmp_path, f"homicides,{code},2024,total,3,,,,,", source="deaths")
    assert table.figures[0].level is None


@pytest.mark.parametrize(
    ("line", "column", "rule", "hint"),
    [
        ("feels_saf,00,2024,total,0.4,,,,,", "measure", "known_measure", "did you mean 'feels_safe'?"),
        ("feels_safe,21,2024,total,0.4,,,,,", "territory_code", "known_territory", "01–20 the localities"),
        ("feels_safe,1,2024,total,0.4,,,,,", "territory_code", "known_territory", "two digits: 01"),
        ("feels_safe,00,2024-13,total,0.4,,,,,", "period", "period_code", "use 2025"),
        ("feels_safe,00,2024,sex:woman,0.4,,,,,", "disaggregation", "known_category", "'sex:women'"),
        ('feels_safe,00,2024,total,"0,4",,,,,', "value", "number", "with a point"),
        ("feels_safe,00,2024,total,nan,,,,,", "value", "number", "plain decimals"),
        ("feels_safe,00,2024,total,1_0,,,,,", "value", "number", "plain decimals"),
        ("feels_safe,00,2024,total,40,,,,,", "value", "share_within_0_and_1", "63 % is 0.63"),
        ("feels_safe,00,2024,total,-0.1,,,,,", "value", "share_within_0_and_1", "fractions"),
        ("feels_safe,00,2024,total,,,,,,", "value", "value_or_absence", "not both"),
        ("feels_safe,00,2024,total,0.4,,,,,late", "value", "value_or_absence", "not both"),
        ("feels_safe,00,2024,total,,,,,,lost", "absence", "known_absence", "known"),
        ("feels_safe,00,2024,total,0.4,,,,provisonal,", "flag", "known_flag", "'provisional'"),
        ("feels_safe,00,2024,total,0.4,0.3,,,,", "lower", "whole_interval", "both ends"),
        ("feels_safe,00,2024,total,0.4,0.5,0.6,,,", "lower", "interval_holds_value", "0.4"),
        ("feels_safe,00,2024,total,0.4,,,1.5,,", "sample", "whole_number", "digits"),
    ],
)
def test_a_broken_row_names_row_column_rule_and_remedy(
    tmp_path: Path, line: str, column: str, rule: str, hint: str
) -> None:
    table = read(tmp_path, "feels_safe,00,2023,total,0.4,,,,,", line)
    assert len(table.figures) == 1
    rejected = table.rejected[0]
    assert (rejected.row_number, rejected.column_name, rejected.rule) == (3, column, rule)
    assert hint in rejected.hint
    assert f"survey.csv, row 3, column {column}" in str(rejected)


def test_a_share_may_pass_the_whole_where_its_indicator_says_so(tmp_path: Path) -> None:
    text = (
        (FIXTURE / "indicators.yaml")
        .read_text(encoding="utf-8")
        .replace("valid_range: [0, 1]", "valid_range: [0, 1.5]")
    )
    path = tmp_path / "indicators.yaml"
    path.write_text(text, encoding="utf-8")
    contract = Contract.of(load_catalogue(path), "survey", territories())
    assert contract.share_bounds == {"feels_safe": (0.0, 1.5)}


def test_a_row_that_stands_twice_is_refused_and_the_first_is_named(tmp_path: Path) -> None:
    line = "feels_safe,00,2024,total,0.4,,,,,"
    rejected = read(tmp_path, line, line).rejected
    assert [(item.row_number, item.rule, item.hint) for item in rejected] == [
        (3, "unique_key", "row 2 says the same; keep one")
    ]


def test_unsorted_rows_are_fine(tmp_path: Path) -> None:
    assert read(tmp_path, "feels_safe,00,2024,total,0.4,,,,,", "feels_safe,00,2023,total,0.4,,,,,").rejected == []


def test_another_header_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"header is .* → expected measure,territory_code"):
        read(tmp_path, header=HEADER.replace("measure", "metric"))


def test_a_row_with_another_number_of_cells_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"row 2: 3 cells, expected 10"):
        read(tmp_path, "feels_safe,00,2024")


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "survey.csv"
    path.write_bytes((HEADER + "\nfeels_safe,00,2024,Sí").encode("latin-1"))
    with pytest.raises(FigureError, match=r"survey\.csv, row 2: no UTF-8 text → save it as UTF-8 CSV"):
        read_figures(path, Contract.of(CATALOGUE, "survey", territories()))


def test_all_problems_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    layout = copy_to(tmp_path / "observatory")
    (layout.figures / "air.csv").unlink()
    (layout.figures / "airs.csv").write_text(HEADER + "\n", encoding="utf-8")
    survey = layout.figures / "survey.csv"
    survey.write_text(survey.read_text(encoding="utf-8").replace("0.42", "42"), encoding="utf-8")
    with pytest.raises(FigureProblemsError) as caught:
        read_inputs(layout)
    told = "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 3
    assert "air: a source without figures → write data/figures/air.csv" in told
    assert "data/figures/airs.csv: a figure table without a source → did you mean 'air'?" in told
    assert "survey.csv, row 5, column value: '42.0' breaks the rule share_within_0_and_1" in told


def test_accounts_are_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text("file,outcome,rule,rows\na.csv,observed,used,3\n", encoding="utf-8")
    assert read_accounts(path) == [("a.csv", "observed", "used", 3)]
    path.write_text("file,outcome,rule,rows\na.csv,seen,used,3\n", encoding="utf-8")
    with pytest.raises(FigureError, match=r"row 2: 'seen'"):
        read_accounts(path)
    assert read_accounts(tmp_path / "none.csv") == []


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    table = read(tmp_path, "feels_safe,00,2024,total,0.4,,,,,", header=f"\ufeff{HEADER}")
    assert [figure.value for figure in table.figures] == [0.4]


def test_a_quote_that_never_closes_is_told_with_its_row(tmp_path: Path) -> None:
    rows = [f"feels_safe,00,{year},total,0.4,,,,," for year in range(2010, 2020)]
    rows[3] = f'"{rows[3]}'
    with pytest.raises(FigureError, match=r"survey\.csv, row 5: a quote out of place.* → close the quote"):
        read(tmp_path, *rows)


def test_a_share_written_as_percent_is_told_the_scale(tmp_path: Path) -> None:
    (refused,) = read(tmp_path, "feels_safe,00,2024,total,40,,,,,").rejected
    assert "`scale: 0.01`" in refused.hint
