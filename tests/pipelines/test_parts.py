"""What did not change is not made again, and an edition of kept parts is that of a build from nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import assemble
from pipelines.build import build
from pipelines.layout import REPOSITORY, Layout
from pipelines.parts import PARTS, Parts
from tests.observatories import DAY, copy_to, quiet

Made = dict[str, set[str]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """What is really done: tables read, indicators observed and assessed, by watching the functions that do it."""
    from pipelines import kept_figures

    seen: Made = {"read": set(), "observed": set(), "judged": set()}
    read, observe, assess = kept_figures.read_figures, assemble.observe, assemble.assess

    def reading(path, *rest):  # type: ignore[no-untyped-def]
        seen["read"].add(path.stem)
        return read(path, *rest)

    def observing(connection, names):  # type: ignore[no-untyped-def]
        seen["observed"].update(names)
        return observe(connection, names)

    def assessing(connection, catalogue, day, names):  # type: ignore[no-untyped-def]
        seen["judged"].update(names)
        return assess(connection, catalogue, day, names)

    monkeypatch.setattr(kept_figures, "read_figures", reading)
    monkeypatch.setattr(assemble, "observe", observing)
    monkeypatch.setattr(assemble, "assess", assessing)
    return seen


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return copy_to(tmp_path / "observatory")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def built_after(layout: Layout, made: Made, edit: Callable[[], None]) -> bytes:
    """Build, edit, build again; the bytes of the second, which are those of a build without parts."""
    build(layout, DAY, quiet)
    for names in made.values():
        names.clear()
    edit()
    path = build(layout, DAY, quiet)
    done = {kind: set(names) for kind, names in made.items()}
    warm = path.read_bytes()
    shutil.rmtree(layout.editions)
    (layout.captures / PARTS).unlink()
    cold = build(layout, DAY, quiet)
    assert (cold.name, cold.read_bytes()) == (path.name, warm)
    made.clear()
    made.update(done)
    return warm


EDITS = {
    "survey": ("data/figures/survey.csv", "0.42,0.38", "0.43,0.38", {"survey"}, {"feels_safe"}),
    "air": ("data/figures/air.csv", "pm25,08,2025,total,16.5", "pm25,08,2025,total,17.25", {"air"}, {"pm25"}),
}  # fmt: skip


@pytest.mark.parametrize("source", ["survey", "air"])
def test_one_changed_figure_makes_only_what_depends_on_it(layout: Layout, made: Made, source: str) -> None:
    file, old, new, read, observed = EDITS[source]
    built_after(layout, made, lambda: change(layout.catalogue.parent / file, old, new))
    assert made == {"read": read, "observed": observed, "judged": observed}


def test_a_changed_population_makes_every_rate_and_nothing_else(layout: Layout, made: Made) -> None:
    people = layout.figures / "sdp_population_2025.csv"

    def edit() -> None:
        change(people, "population,20,2025,total,3000", "population,20,2025,total,3500")
        change(people, "population,00,2025,total,2074000", "population,00,2025,total,2074500")

    built_after(layout, made, edit)
    assert made == {"read": {people.stem}, "observed": {"homicide_rate"}, "judged": {"homicide_rate"}}


def test_a_changed_target_judges_its_indicator_alone(layout: Layout, made: Made) -> None:
    text = layout.catalogue.read_text(encoding="utf-8")
    at = text.index("SEG-01")
    value = text.index("value:", at)
    number = text[value:].split(maxsplit=2)[1].strip(",}")

    def edit() -> None:
        changed = text[:value] + text[value:].replace(number, str(float(number) + 0.5), 1)
        layout.catalogue.write_text(changed, encoding="utf-8")

    built_after(layout, made, edit)
    assert made == {"read": set(), "observed": set(), "judged": {"homicide_rate"}}


def test_the_day_alone_judges_nothing_until_a_milestone_is_over(layout: Layout, made: Made) -> None:
    import datetime as dt

    build(layout, DAY, quiet)
    for names in made.values():
        names.clear()
    shutil.rmtree(layout.editions)
    build(layout, DAY + dt.timedelta(days=1), quiet)
    assert made == {"read": set(), "observed": set(), "judged": set()}


def test_parts_that_are_damaged_or_of_another_never_come_into_an_edition(layout: Layout) -> None:
    first = build(layout, DAY, quiet)
    name, whole, kept = first.name, first.read_bytes(), (layout.captures / PARTS).read_bytes()
    dice = random.Random(20261123)
    lines = kept.split(b"\n")
    pairs = zip(lines, reversed(lines), strict=True)
    swapped = [b" ".join((line.split(b" ", 1)[0], other.split(b" ", 1)[1])) for line, other in pairs]
    harmed = [b"", b"\n\n  \n", b"\n".join(swapped), kept[: len(kept) // 2], bytes(1000)]
    for _ in range(12):
        bytes_of = bytearray(kept)
        for _ in range(dice.randint(1, 40)):
            bytes_of[dice.randrange(len(bytes_of))] = dice.randrange(256)
        harmed += [bytes(bytes_of), b"\n".join(dice.sample(lines, dice.randrange(len(lines))))]
    for content in harmed:
        shutil.rmtree(layout.editions)
        (layout.captures / PARTS).write_bytes(content)
        again = build(layout, DAY, quiet)
        assert (again.name, again.read_bytes()) == (name, whole)
        assert (layout.captures / PARTS).read_bytes() == kept


def test_parts_nobody_uses_are_forgotten(layout: Layout) -> None:
    build(layout, DAY, quiet)
    before = Parts.at(layout.captures).kept.keys()
    change(layout.figures / "survey.csv", "0.42,0.38", "0.43,0.38")
    build(layout, DAY, quiet)
    after = Parts.at(layout.captures).kept.keys()
    assert len(after) == len(before)
    assert 0 < len(after - before) == len(before - after) <= 4


def test_a_build_that_cannot_keep_its_parts_says_so_and_goes_on(layout: Layout) -> None:
    (layout.captures / PARTS).mkdir(parents=True)
    told: list[str] = []
    assert build(layout, DAY, lambda step, detail: told.append(detail) if step == "parts" else None).is_file()
    assert told[0].startswith("4 of 4 sources read, 3 of 3 indicators computed, 3 of 3 judged")
    assert told[1].startswith("not kept, the next build makes them again: ")


def test_a_changed_figure_of_the_real_catalogue_makes_only_its_dependents(tmp_path: Path, made: Made) -> None:
    from observatory.registry.loading import load_catalogue

    usual = Layout.of(REPOSITORY)
    root = tmp_path / "observatory"
    shutil.copytree(usual.figures.parent, root / "data", ignore=shutil.ignore_patterns("editions", "captures"))
    shutil.copy(usual.catalogue, root)
    layout = Layout.of(root)
    source = "sdm_victims_city"
    catalogue = load_catalogue(layout.catalogue)
    dependents = {item.id for item in catalogue.indicators if source in item.source_ids}

    def edit() -> None:
        path = layout.figures / f"{source}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        at = next(at for at, line in enumerate(lines) if line.startswith("deaths,00,") and line.split(",")[4])
        cells = lines[at].split(",")
        cells[4] = f"{float(cells[4]) + 1:g}"
        lines[at] = ",".join(cells)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    built_after(layout, made, edit)
    assert made["read"] == {source}
    assert made["observed"] == dependents
    assert made["judged"] <= dependents
    assert 0 < len(dependents) < len(catalogue.indicators) / 2
