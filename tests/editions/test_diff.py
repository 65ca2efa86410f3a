"""The change report: what differs between two editions, as rows, in words, as a table, as JSON, as an exit code."""

from __future__ import annotations

import csv
import functools
import io
import json
import tempfile
from pathlib import Path

import pytest

from observatory.editions.diff import Report, compare
from observatory.editions.diff_words import COLUMNS, Names, summary, table, text
from observatory.editions.opening import open_edition
from observatory.wording import LANGUAGES, texts, words
from pipelines.__main__ import main
from pipelines.build import build
from pipelines.layout import Layout
from tests.editions_apart import REVISIONS
from tests.observatories import DAY, change, copy_to, quiet

QUARANTINE = ("indicators.yaml", "  - id: air\n", "  - id: air\n    out_of_range: quarantine\n")


@functools.cache
def two_editions() -> tuple[Layout, Path, Path]:
    layout = copy_to(Path(tempfile.mkdtemp(prefix="observatory-diff-")) / "observatory")
    first = build(layout, DAY, quiet)
    for file, old, new in (*REVISIONS, QUARANTINE):
        change(layout.catalogue.parent / file, old, new)
    return layout, first, build(layout, DAY, quiet)


def report() -> Report:
    _, first, second = two_editions()
    return compare(first, second)


def test_values_are_new_removed_revised_or_flagged_by_their_identity() -> None:
    told = [
        (row.kind, row.indicator_id, row.territory_code, row.period, row.before, row.after) for row in report().values
    ]
    assert ("new", "feels_safe", "00", "2022", None, 0.4) in told
    assert ("removed", "feels_safe", "00", "2023", 0.4, None) in told
    assert ("revised", "feels_safe", "00", "2024", 0.42, 0.43) in told
    assert ("flagged", "pm25", "01", "2024", 14.0, 14.0) in told
    assert ("revised", "pm25", "02", "2025", 13.5, None) in told
    assert len(told) == 5


def test_periods_statuses_codes_quarantine_targets_and_indicators_are_told() -> None:
    changes = report()
    assert [tuple(row) for row in changes.periods] == [
        ("new", "feels_safe", "2022", 1),
        ("removed", "feels_safe", "2023", 1),
    ]
    assert {(row.indicator_id, row.target_id) for row in changes.statuses} >= {("homicide_rate", "SEG-01")}
    assert [(row.kind, row.code, row.before, row.after) for row in changes.codes] == [
        ("renamed", "sex:women", "Mujeres", "Ellas")
    ]
    assert [(row.kind, row.source_id, row.value, row.rule) for row in changes.quarantined] == [
        ("new", "air", "1350.0", "out_of_valid_range")
    ]
    assert [tuple(row) for row in changes.targets] == [("revised", "SEG-01", "2025", 12.0, 4.0)]
    assert [tuple(row) for row in changes.indicators] == [
        ("redefined", "homicide_rate", "valid_high", "400.0", "300.0")
    ]


def test_the_way_back_is_the_mirror() -> None:
    _, first, second = two_editions()
    back = {(row.kind, row.period, row.before, row.after) for row in compare(second, first).values}
    assert ("removed", "2022", 0.4, None) in back
    assert ("revised", "2024", 0.43, 0.42) in back


def test_an_edition_does_not_differ_from_itself() -> None:
    _, first, _ = two_editions()
    same = compare(first, first)
    assert same.is_empty
    assert summary(same, words("es")) == "ningún cambio"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_names_things_as_people_do(lang: str) -> None:
    _, _, second = two_editions()
    told = text(report(), words(lang), Names.of(open_edition(second), words(lang)))  # type: ignore[arg-type]
    expected = {
        "es": ["1 dato nuevo", "revisado: Percepción de seguridad, Bogotá D.C., 2024: 0,42 → 0,43", "en cuarentena"],
        "en": ["1 new figure", "revised: Perceived safety, Bogotá D.C., 2024: 0.42 → 0.43", "quarantined"],
    }[lang]
    for part in expected:
        assert part in told
    assert "feels_safe" not in told


def test_every_kind_of_change_has_words() -> None:
    kinds = {
        "values": ("new", "removed", "revised", "flagged"),
        "periods": ("new", "removed"),
        "statuses": ("flipped",),
        "codes": ("new", "removed", "renamed"),
        "quarantined": ("new", "removed"),
        "targets": ("new", "removed", "revised"),
        "indicators": ("new", "removed", "redefined"),
    }
    assert tuple(kinds) == tuple(report().parts)
    for lang in LANGUAGES:
        for part, names in kinds.items():
            for name in names:
                assert {f"diff.count.{part}.{name}.one", f"diff.line.{name}", f"diff.part.{part}"} <= texts(lang).keys()


def test_the_table_holds_one_row_for_each_change() -> None:
    changes = report()
    assert len(table(changes)) == sum(len(rows) for rows in changes.parts.values())
    assert len({len(line) for line in table(changes)} | {len(COLUMNS)}) == 1


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    layout, first, second = two_editions()
    ids = {"first": first.stem, "second": second.stem}
    command = ["--root", str(layout.catalogue.parent), "diff", *(ids.get(word, word) for word in arguments)]
    return main(command), capsys.readouterr().out


def test_the_command_tells_automation_by_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "first", "second")[0] == 0
    assert run(capsys, "first", "second", "--exit-code")[0] == 1
    assert run(capsys, "first", "first", "--exit-code")[0] == 0
    assert run(capsys, "first", "nothing", "--exit-code")[0] == 2
    assert run(capsys, "first", "nothing")[0] == 1
    assert run(capsys, "second", "current", "--exit-code")[0] == 0


def test_the_command_writes_json_and_tables(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(run(capsys, "first", "second", "--as", "json")[1])
    assert document["targets"] == [
        {"kind": "revised", "target_id": "SEG-01", "period": "2025", "before": 12.0, "after": 4.0}
    ]
    rows = list(csv.DictReader(io.StringIO(run(capsys, "first", "second", "--as", "table")[1])))
    assert {row["part"] for row in rows} == set(report().parts)


def test_a_build_tells_what_changed_since_the_edition_before(tmp_path: Path) -> None:
    layout = copy_to(tmp_path / "observatory")
    first = build(layout, DAY, quiet)
    survey = layout.figures / "survey.csv"
    survey.write_text(survey.read_text(encoding="utf-8").replace("0.42,0.38", "0.43,0.38"), encoding="utf-8")
    told: dict[str, str] = {}
    build(layout, DAY, lambda step, detail: told.update({step: detail}))
    assert told["changes"].startswith(f"since {first.stem}: 1 figure revised")
