import datetime as dt
import multiprocessing
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from observatory.editions import reads
from observatory.editions.opening import current_path, list_editions, open_current, open_edition
from observatory.errors import CheckError, EditionError, ObservatoryError
from pipelines.__main__ import main
from pipelines.build import build, check
from pipelines.check import failures
from pipelines.content import content_hash
from pipelines.layout import REPOSITORY, Layout
from pipelines.publish import building_lock
from pipelines.read_figures import figure_cells
from tests.observatories import DAY, change, copy_to, quiet

PEOPLE = """  - id: residents
    theme: quality_of_life
    name: {es: "Habitantes", en: "Residents"}
    label: {es: "Habitantes", en: "Residents"}
    description: {es: "Personas que viven aquí.", en: "People who live here."}
    unit: count
    measure: count
    direction: descriptive
    frequency: annual
    levels: [city, locality]
    value: {source: sdp_population_2025, measure: population}
    interval: none
    valid_range: [0, 20000000]
    nature: projection
    method: {es: "Proyección.", en: "Projection."}
    entity: sdp
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return copy_to(tmp_path / "observatory")


def all_rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = duckdb.connect(str(path), read_only=True)
    names = [str(name) for (name,) in connection.execute("SHOW TABLES").fetchall()]
    rows = {name: connection.table(name).fetchall() for name in names}
    connection.close()
    return rows


def test_an_edition_is_named_by_date_and_content_and_becomes_current(layout: Layout) -> None:
    path = build(layout, DAY, quiet)
    assert path.stem == f"2026-11-23-{content_hash(layout)[:7]}"
    assert current_path(layout.editions) == path
    assert sorted(file.name for file in layout.editions.iterdir()) == sorted(
        [".lock", "current", path.name, f"{path.stem}.sha256"]
    )


def test_the_same_inputs_make_no_new_edition_on_any_day(layout: Layout) -> None:
    first = build(layout, DAY, quiet)
    assert build(layout, DAY + dt.timedelta(days=30), quiet) == first
    assert len(list_editions(layout.editions)) == 1


def test_the_same_inputs_make_the_same_contents(tmp_path: Path) -> None:
    one, other = copy_to(tmp_path / "one"), copy_to(tmp_path / "other")
    assert all_rows(build(one, DAY, quiet)) == all_rows(build(other, DAY, quiet))


def test_another_order_of_rows_shows_the_same_numbers_on_other_lines(layout: Layout) -> None:
    before = build(layout, DAY, quiet)
    path = layout.figures / "deaths.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    after = build(layout, DAY, quiet)
    assert after != before
    old, new = (reads.observations(open_edition(each), "homicide_rate") for each in (before, after))
    assert [(row[:4], row.value) for row in old] == [(row[:4], row.value) for row in new]


def test_every_embedded_table_is_sorted_by_what_makes_its_rows_unique() -> None:
    for path in sorted((REPOSITORY / "data" / "figures").glob("*.csv")):
        keys = [cells[:4] for _, cells in figure_cells(path)]
        assert keys == sorted(keys), path.name


def test_windows_line_ends_change_nothing(layout: Layout) -> None:
    before = content_hash(layout)
    survey = layout.figures / "survey.csv"
    survey.write_bytes(survey.read_bytes().replace(b"\n", b"\r\n"))
    assert content_hash(layout) == before


def test_a_changed_figure_makes_a_new_edition_and_keeps_the_old(layout: Layout) -> None:
    first = build(layout, DAY, quiet)
    change(layout.figures / "survey.csv", "0.42,0.38", "0.43,0.38")
    second = build(layout, DAY, quiet)
    assert {edition.path for edition in list_editions(layout.editions)} == {first, second}
    assert current_path(layout.editions) == second


def test_going_back_to_earlier_inputs_goes_back_to_their_edition(layout: Layout) -> None:
    first = build(layout, DAY, quiet)
    change(layout.figures / "survey.csv", "0.42,0.38", "0.43,0.38")
    build(layout, DAY, quiet)
    change(layout.figures / "survey.csv", "0.43,0.38", "0.42,0.38")
    assert build(layout, DAY, quiet) == first
    assert current_path(layout.editions) == first


def test_a_damaged_edition_is_built_again(layout: Layout) -> None:
    path = build(layout, DAY, quiet)
    path.write_bytes(path.read_bytes()[:5000])
    assert build(layout, DAY, quiet) == path
    assert reads.about(open_current(layout.editions)).edition_id == path.stem


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("indicators.yaml", "unit: per_100k", "unit: per_10k", "did you mean 'per_100k'?"),
        ("data/figures/survey.csv", "0.42,0.38", "0.42,0.48", "survey.csv, row"),
        ("data/figures/deaths.csv", "homicides,01,2025,total,2", "homicides,01,2025,total,3", "additive_measures"),
        ("data/figures/air.csv", "pm25,20,2024,total,,,,,,not_applicable\n", "", "localities_complete: 2024: 19 of 20"),
        ("data/territory/upl.geojson", '"code":"UPL01"', '"code":"UPL99"', "outlines_whole"),
    ],
)
def test_a_broken_input_is_named_and_the_edition_before_stays(
    layout: Layout, file: str, old: str, new: str, words: str
) -> None:
    before = build(layout, DAY, quiet)
    change(layout.catalogue.parent / file, old, new)
    with pytest.raises(ObservatoryError) as caught:
        build(layout, DAY, quiet)
    assert words in str(caught.value)
    assert current_path(layout.editions) == before
    assert not list(layout.editions.glob(".building*"))


def test_an_embedded_value_outside_the_valid_range_stops_the_build(layout: Layout) -> None:
    before = build(layout, DAY, quiet)
    change(layout.figures / "air.csv", "pm25,01,2025,total,13.0", "pm25,01,2025,total,1300")
    with pytest.raises(CheckError) as caught:
        build(layout, DAY, quiet)
    assert caught.value.failures == [
        "air.csv, row 7, column value: values_within_valid_range: '1300.0', as pm25 of 01 in 2025 it gives 1300.0,"
        " outside 0.0–200.0; the nearest valid is 200.0, check unit and scale, shares are fractions"
    ]
    assert current_path(layout.editions) == before


def hold_back(layout: Layout, source: str) -> None:
    """Declare for a source that values out of range are held back."""
    change(
        layout.catalogue, f"  - id: {source}\n    entity", f"  - id: {source}\n    out_of_range: quarantine\n    entity"
    )


def test_a_population_out_of_its_range_is_divided_by_nowhere(layout: Layout) -> None:
    people = layout.figures / "sdp_population_2025.csv"
    change(people, "population,20,2025,total,3000", "population,20,2025,total,-3000")
    change(people, "population,00,2025,total,2074000", "population,00,2025,total,2068000")
    change(layout.catalogue, "indicators:\n", f"indicators:\n{PEOPLE}")
    hold_back(layout, "sdp_population_2025")
    build(layout, DAY, quiet)
    edition = open_current(layout.editions)
    row = reads.series(edition, "homicide_rate", ["20"])[-1]
    assert (row.period, row.value, row.absence) == ("2025", None, "quarantined")
    told = {(item.source_id, item.rule): item.hint for item in reads.rejected(edition)}
    assert told["sdp_population_2025", "out_of_valid_range"].startswith("as residents of 20 in 2025 it gives -3000.0")
    assert told["deaths", "denominator_held_back"].startswith("see sdp_population_2025.csv, row ")
    counts = {(item.source_id, item.rule): item.rows for item in reads.accounts(edition) if item.stage == "figures"}
    assert counts["sdp_population_2025", "out_of_valid_range"] == counts["deaths", "denominator_held_back"] == 1


def test_a_value_outside_the_valid_range_is_held_back_where_the_source_says_so(layout: Layout) -> None:
    hold_back(layout, "air")
    change(layout.figures / "air.csv", "pm25,01,2025,total,13.0", "pm25,01,2025,total,1300")
    build(layout, DAY, quiet)
    edition = open_current(layout.editions)
    row = reads.series(edition, "pm25", ["01"])[-1]
    assert (row.value, row.absence) == (None, "quarantined")
    rejected = reads.rejected(edition, "air")
    assert [(item.column_name, item.value, item.rule) for item in rejected] == [
        ("value", "1300.0", "out_of_valid_range")
    ]
    assert "outside 0.0–200.0" in rejected[0].hint
    accounts = {(item.outcome, item.rule): item.rows for item in reads.accounts(edition) if item.source_id == "air"}
    assert accounts["quarantined", "out_of_valid_range"] == 1


def test_a_rate_without_a_population_of_its_year_is_left_out_by_rule(layout: Layout) -> None:
    change(layout.figures / "deaths.csv", "homicides,00,2021,total,230", "homicides,00,2017,total,230")
    build(layout, DAY, quiet)
    edition = open_current(layout.editions)
    assert "2017" not in [row.period for row in reads.series(edition, "homicide_rate", ["00"])]
    assert any(row.rule == "no_denominator" and row.rows == 1 for row in reads.accounts(edition))


def test_a_ratio_of_nothing_to_nothing_does_not_apply(layout: Layout) -> None:
    change(layout.figures / "sdp_population_2025.csv", "population,20,2025,total,3000", "population,20,2025,total,0")
    change(
        layout.figures / "sdp_population_2025.csv",
        "population,00,2025,total,2074000",
        "population,00,2025,total,2071000",
    )
    build(layout, DAY, quiet)
    row = reads.series(open_current(layout.editions), "homicide_rate", ["20"])[-1]
    assert (row.value, row.absence) == (None, "not_applicable")


def test_check_publishes_nothing_and_tells_every_failure(layout: Layout) -> None:
    change(layout.figures / "deaths.csv", "homicides,01,2025,total,2", "homicides,01,2025,total,3")
    results = check(layout, DAY, quiet)
    (failed,) = failures(results)
    assert failed.startswith(
        "deaths.csv: additive_measures: homicides 2025 total: places sum to 179.0, the city says 178.0, row 7 → "
    )
    assert not layout.editions.exists()


def test_the_command_counts_its_checks_as_its_steps_do(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(layout.catalogue.parent), "check", "--date", DAY.isoformat()]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = next(line for line in lines if " s  check " in line).partition("check ")[2].strip()
    assert lines[-1] == told
    results, checks, *statuses = map(int, re.findall(r"\d+", told))
    assert results == sum(statuses) >= checks > 0


def test_a_failing_check_stops_the_build_with_every_failure(layout: Layout) -> None:
    change(layout.figures / "deaths.csv", "homicides,01,2025,total,2", "homicides,01,2025,total,3")
    change(layout.figures / "air.csv", "pm25,20,2024,total,,,,,,not_applicable\n", "")
    with pytest.raises(CheckError) as caught:
        build(layout, DAY, quiet)
    assert len(caught.value.failures) == 2


def build_quietly(root: str) -> str:
    return build(Layout.of(Path(root)), DAY, quiet).name


def test_two_builds_at_once_make_one_edition(layout: Layout) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        names = pool.map(build_quietly, [str(layout.catalogue.parent)] * 2)
    assert names[0] == names[1]
    assert len(list_editions(layout.editions)) == 1


def test_a_lock_left_by_a_dead_process_is_no_lock(layout: Layout) -> None:
    layout.editions.mkdir(parents=True)
    (layout.editions / ".lock").write_text("999999\n", encoding="utf-8")
    assert build(layout, DAY, quiet).is_file()


def test_a_lock_that_is_held_is_waited_for_and_its_holder_named(tmp_path: Path) -> None:
    told: list[str] = []
    refused = pytest.raises(EditionError, match=f"process {os.getpid()} is still building")
    with building_lock(tmp_path, told.append), refused, building_lock(tmp_path, told.append, wait_seconds=0.1):
        pass
    assert told == [f"process {os.getpid()} is building, waiting for it"]


def pipelines(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipelines", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False)


def test_the_commands_say_what_they_did(layout: Layout) -> None:
    root = ["--root", str(layout.catalogue.parent)]
    built = pipelines(*root, "build", "--date", "2026-11-23")
    assert built.returncode == 0
    assert "observe" in built.stdout
    edition_id = built.stdout.split()[-1]
    assert pipelines(*root, "--quiet", "build").stdout == f"{edition_id}\n"
    assert f"{edition_id}  " in pipelines(*root, "editions").stdout
    assert ",00,Bogotá D.C.,2025" in pipelines(*root, "export", "homicide_rate").stdout
    assert pipelines(*root, "export", "homicide_rat").stderr.endswith("→ did you mean 'homicide_rate'?\n")
    assert pipelines(*root, "diff", edition_id, "current", "--language", "en").stdout.endswith("\nno change\n")


def test_check_exits_with_an_error_and_names_file_row_and_rule(layout: Layout) -> None:
    change(layout.figures / "survey.csv", "0.42,0.38", "0.42,0.48")
    run = pipelines("--root", str(layout.catalogue.parent), "check")
    assert run.returncode == 1
    assert "survey.csv, row 5, column lower: '0.48–0.46' breaks the rule interval_holds_value" in run.stderr


def test_help_and_an_unchanged_build_import_nothing_heavy(layout: Layout) -> None:
    build(layout, DAY, quiet)
    code = (
        "import sys; from pipelines.__main__ import main; "
        f"assert main(['--root', {str(layout.catalogue.parent)!r}, '--quiet', 'build']) == 0; "
        "heavy = {'pandas', 'duckdb', 'pydantic', 'yaml', 'streamlit', 'scipy', 'geopandas'}; "
        "print(sorted(heavy & sys.modules.keys()))"
    )
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        ({"LANG": "en_US.UTF-8"}, "no change"),
        ({"LANG": "es_CO.UTF-8"}, "ningún cambio"),
        ({"LC_ALL": "C.UTF-8", "LANG": "es_CO.UTF-8"}, "no change"),
        ({}, "no change"),
    ],
)
def test_a_difference_is_told_in_the_language_of_the_terminal(
    spoken: dict[str, str],
    told: str,
    layout: Layout,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    build(layout, DAY, quiet)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in spoken.items():
        monkeypatch.setenv(name, value)
    assert main(["--root", str(layout.catalogue.parent), "diff", "current", "current"]) == 0
    assert told in capsys.readouterr().out
