"""From workbooks to an edition by command: import-plan, import-follow-up, build."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from observatory.editions import opening, plan_reads
from observatory.editions.plan_exports import PlanContext, plan_csv, plan_xlsx, tables
from observatory.registry.loading import load_catalogue
from pipelines.__main__ import main
from pipelines.layout import REPOSITORY
from tests.observatories import copy_to
from tests.pipelines.plan_books import new_layout, sound_rows


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy_to(tmp_path / "observatory")
    return tmp_path / "observatory"


def plan_of(root: Path) -> str:
    return load_catalogue(root / "indicators.yaml").plans[0].id


def test_an_imported_plan_is_in_the_next_edition(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan_id, book = plan_of(root), new_layout(tmp_path / "plan v1.xlsx", *sound_rows())
    assert main(["--root", str(root), "import-plan", str(book), "--plan", plan_id]) == 0
    assert "0 errors" in capsys.readouterr().out
    assert main(["--root", str(root), "--quiet", "build", "--date", "2026-11-23"]) == 0

    edition = opening.open_current(root / "data" / "editions")
    version = plan_reads.versions(edition)[0]
    assert (version.plan_id, version.version_code, version.is_current) == (plan_id, "plan-v1", True)
    plan = plan_reads.plan_version(edition, version)
    assert [node.code for node in plan.of_kind("product")] == ["1.1.1", "1.1.2"]
    assert plan.target_values("product:1.1.1") == {2023: 1, 2024: 2, 2025: 3, 2026: 4}

    standings, groups = plan_reads.standings(edition, version), plan_reads.aggregates(edition, version)
    context = PlanContext(edition.edition_id, "/plan", "es", version, plan, standings, groups, [])
    assert set(tables(context)) == {"standings", "tree", "targets", "groups"}
    head = tables(context)["groups"][0]
    assert head.index("progress") == head.index("coverage") + 1
    assert b"product:1.1.2" in plan_csv(context)
    assert plan_xlsx(context)[:2] == b"PK"


def test_another_import_makes_another_edition(root: Path, tmp_path: Path) -> None:
    editions = root / "data" / "editions"
    assert main(["--root", str(root), "--quiet", "build", "--date", "2026-11-23"]) == 0
    before = opening.current_path(editions)
    book = new_layout(tmp_path / "plan.xlsx", *sound_rows())
    assert (
        main(["--root", str(root), "--quiet", "import-plan", str(book), "--plan", plan_of(root), "--version", "1"]) == 0
    )
    assert main(["--root", str(root), "--quiet", "build", "--date", "2026-11-23"]) == 0
    assert opening.current_path(editions) != before


def test_a_plan_the_catalogue_does_not_know_is_refused(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = new_layout(tmp_path / "plan.xlsx", *sound_rows())
    assert main(["--root", str(root), "import-plan", str(book), "--plan", "unheard_of"]) == 1
    assert "no plan 'unheard_of'" in capsys.readouterr().err


def test_a_follow_up_needs_its_plan_first(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = new_layout(tmp_path / "follow.xlsx", *sound_rows())
    assert main(["--root", str(root), "import-follow-up", str(book), "--plan", plan_of(root)]) == 1
    assert "import the action plan first" in capsys.readouterr().err


def test_help_imports_nothing_heavy() -> None:
    heavy = ("duckdb", "pandas", "pydantic", "yaml")
    code = f"import sys, pipelines.__main__; print([name for name in {heavy} if name in sys.modules])"
    started = time.perf_counter()
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=REPOSITORY, check=True
    )
    assert found.stdout.strip() == "[]"
    assert time.perf_counter() - started < 2
