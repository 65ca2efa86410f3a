"""What changed between two editions is told right, in both languages, with its reason.

The golden files are refreshed with `python -m tests.test_changes`, then read by a person.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from observatory.editions.book import Book
from observatory.sheets import changes as sheet
from observatory.sheets.changed import facts
from observatory.sheets.fact import PARTS, Fact, filtered
from observatory.sheets.feed import Entry, feed
from observatory.sheets.telling import told
from observatory.wording import LANGUAGES, Lang, words
from tests.editions_apart import books

GOLDEN = Path(__file__).parent / "golden"


def found() -> list[Fact]:
    return facts(*books())


def golden(lang: Lang) -> str:
    lines = told(*books(), found(), words(lang))
    return "\n".join(f"{one.fact.part}: {one.sentence}" for one in lines) + "\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_changes_read_as_in_the_golden_file(lang: Lang) -> None:
    assert golden(lang) == (GOLDEN / f"changes.{lang}.txt").read_text(encoding="utf-8")


def test_every_kind_of_change_is_told() -> None:
    assert {fact.part for fact in found()} >= set(PARTS) - {"new_values"}
    reasons = {fact.reason for fact in found() if fact.part == "revised"}
    assert reasons == {"loaded", "denominator", "correction", "quarantine"}


def test_the_same_edition_has_no_changes() -> None:
    before, _ = books()
    assert facts(before, before) == []


def test_the_way_back_is_told_too() -> None:
    before, after = books()
    parts = {fact.part for fact in facts(after, before)}
    assert {"revised", "new_periods", "targets", "indicators"} <= parts
    assert {fact.reason for fact in facts(after, before) if fact.part == "revised"} >= {"released"}


def test_a_boundary_that_moved_is_the_reason_of_its_values() -> None:
    before, after = books()
    areas = {
        code: row._replace(area_km2=row.area_km2 + 1) if code == "07" else row
        for code, row in after.territories.items()
    }
    moved: Book = dataclasses.replace(after, territories=areas)
    told_now = facts(before, moved)
    assert [fact.reason for fact in told_now if "07" in fact.places and fact.part == "revised"] == ["boundary"]
    assert ("codes", "boundary") in {(fact.part, fact.reason) for fact in told_now}


def test_only_another_vintage_says_that_the_source_published_another_figure() -> None:
    before, after = books()
    sources = {one: row._replace(published=dt.date(2028, 1, 31)) for one, row in after.sources.items()}
    reasons = {fact.reason for fact in facts(before, dataclasses.replace(after, sources=sources))}
    assert "source" in reasons
    assert "loaded" not in reasons


def test_filters_keep_what_is_asked_for_and_the_rows_of_a_place() -> None:
    assert {fact.about.theme_id for fact in filtered(found(), theme="environment")} == {"environment"}
    in_santa_fe = filtered(found(), place="03")
    assert {fact.part for fact in in_santa_fe} == {"revised", "moved"}
    assert {row.territory_code for fact in in_santa_fe for row in fact.values} == {"03"}
    assert all(fact.about.indicator_id == "feels_safe" for fact in filtered(found(), indicator="feels_safe"))
    entity = books()[1].indicators["pm25"].entity
    assert {fact.about.entity for fact in filtered(found(), entity=entity)} == {entity}


def test_revisions_that_round_alike_are_told_with_more_decimals() -> None:
    said = [one.sentence for one in told(*books(), found(), words("es")) if one.fact.part == "revised"]
    assert not any("pasó de 11,1 a 11,1" in sentence for sentence in said)


def test_every_row_of_the_report_is_in_the_file() -> None:
    lines = told(*books(), found(), words("en"))
    rows = list(csv.reader(io.StringIO(sheet.to_csv(words("en"), lines).decode("utf-8-sig"))))
    assert tuple(rows[0]) == sheet.COLUMNS
    assert len(rows) - 1 == sum(max(1, len(one.rows)) for one in lines)
    assert any(row[3:9] == ["feels_safe", "00", "2024", "total", "0.42", "0.43"] for row in rows)
    assert sheet.to_xlsx(words("es"), lines)[:2] == b"PK"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_is_atom_and_says_the_sentences(lang: Lang) -> None:
    _, after = books()
    lines = told(*books(), found(), words(lang))
    entries = [Entry(after.edition_id, after.edition.built_on, lines)]
    base = "https://example.org/changes?theme=mobility"
    text = feed(entries, words(lang), title="<T>", address="https://example.org/feeds/changes.atom", base=base)
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(text)
    assert root.findtext(f"{atom}title") == "<T>"
    entry = root.find(f"{atom}entry")
    assert entry is not None
    assert entry.findtext(f"{atom}updated") == "2028-03-01T00:00:00-05:00"
    assert lines[0].sentence in (entry.findtext(f"{atom}content") or "").replace("&#x27;", "'")
    link = entry.find(f"{atom}link")
    assert link is not None
    assert link.get("href") == f"{base}&asof={after.edition_id}"


if __name__ == "__main__":
    for language in LANGUAGES:
        (GOLDEN / f"changes.{language}.txt").write_text(golden(language), encoding="utf-8")
