"""Published files as captures: the figures are those embedded, every record is accounted for; one is added by draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from observatory.editions import reads
from observatory.editions.opening import Edition, open_current
from observatory.rows.observation import Observation
from pipelines.__main__ import main
from pipelines.layout import REPOSITORY
from pipelines.rederive import source_ids

DAY = ["--date", "2026-11-23"]
MALNUTRITION = "quality_of_life/sds_osb_malnutricion_18_64.csv"
ADDED = "sds_osb_malnutricion_18_64"
# What a person decides on a draft: what stands behind each `# ?` that is not right as proposed.
DECISIONS = (
    ("dimension: group", "dimension: nutrition"),
    ('name: {es: "total poblacion", en: "total poblacion"}', 'name: {es: "Exceso de peso", en: "Excess weight"}'),
    ('label: {es: "total poblacion", en: "total poblacion"}', 'label: {es: "Exceso de peso", en: "Excess weight"}'),
    ("    unit: count  # ?\n    measure: count", "    unit: share\n    measure: share"),
    (
        f"{{source: {ADDED}, measure: total_poblacion}}",
        f"{{source: {ADDED}, measure: proporcion, category: nutrition:exceso}}",
    ),
    ("    dimensions: [group]  # ?\n", ""),
    ("valid_range: [0, 1000000]", "valid_range: [0, 1]"),
    ("cutoff: 2026-12-31  # ?", "cutoff: 2026-11-01"),  # the file's last year is not over
)
DIMENSION = """  - id: nutrition
    name: {es: "Estado nutricional", en: "Nutritional status"}
    categories:
      exceso: {es: "Exceso de peso", en: "Excess weight"}
      delgadez: {es: "Delgadez", en: "Thinness"}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the observatory without captures and editions."""
    shutil.copy(REPOSITORY / "indicators.yaml", tmp_path)
    ignored = shutil.ignore_patterns("editions", "captures")
    shutil.copytree(REPOSITORY / "data", tmp_path / "data", ignore=ignored)
    return tmp_path


def run(root: Path, *arguments: str) -> None:
    assert main(["--root", str(root), "--quiet", *arguments]) == 0


def build(root: Path) -> Edition:
    run(root, "build", *DAY)
    return open_current(root / "data" / "editions")


def shown(edition: Edition) -> list[Observation]:
    return [row._replace(capture_hash="") for row in reads.observations(edition)]


def test_captures_of_the_published_files_give_the_embedded_figures(root: Path, reference: Path) -> None:
    before = build(root)
    sources = {row.source_id for row in reads.sources(before)} & set(source_ids())
    assert len(sources) > 15
    for source_id in sorted(sources):
        run(root, "capture", source_id, "--from", str(reference))
    after = build(root)
    kinds: dict[str, set[str]] = {}
    for row in reads.captures(after):
        kinds.setdefault(row.source_id, set()).add(row.kind)
    assert {name for name, found in kinds.items() if "refused" in found} == set()
    assert {name for name, found in kinds.items() if "capture" in found} == sources
    assert shown(after) == shown(before)
    assert [row for row in reads.accounts(after) if row.rule == "withdrawn"] == []
    quarantined = {
        row.source_id for row in reads.accounts(after) if (row.stage, row.outcome) == ("file", "quarantined")
    }
    assert {"ccb_victimisation", "sdm_crashes_2023", "sds_family_violence"} <= quarantined
    rejected = [row for row in reads.rejected(after, "sds_family_violence") if row.rule == "locality_lost"]
    assert len(rejected) == 10


def test_a_published_file_is_added_by_draft_paste_and_build(
    root: Path, reference: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, "draft", str(reference / MALNUTRITION))
    proposed = capsys.readouterr().out
    for old, new in DECISIONS:
        assert proposed.count(old) >= 1, old
        proposed = proposed.replace(old, new)
    source, indicator = proposed.removeprefix("sources:\n").split("indicators:\n")
    text = (root / "indicators.yaml").read_text(encoding="utf-8")
    for section, block in (("sources", source), ("indicators", indicator), ("dimensions", DIMENSION)):
        assert f"\n{section}:\n" in text
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n{block}", 1)
    (root / "indicators.yaml").write_text(text, encoding="utf-8")
    run(root, "capture", ADDED, "--from", str(reference / MALNUTRITION))
    edition = build(root)
    values = {(row.territory_code, row.period): row.value for row in reads.observations(edition, ADDED)}
    assert values["01", "2011"] == 0.703  # the file's first row: Usaquén, 70.3
    assert len({period for code, period in values if code == "00"}) == 16
    (capture,) = [row for row in reads.captures(edition) if row.source_id == ADDED]
    assert (capture.kind, capture.taken_from) == ("declared", "sds_osb_malnutricion_18_64.csv")
    told = {
        (row.outcome, row.rule): row.rows
        for row in reads.accounts(edition)
        if (row.source_id, row.stage) == (ADDED, "file")
    }
    assert told == {("observed", "used"): 704}
