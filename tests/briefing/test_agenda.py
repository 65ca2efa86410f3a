"""An agenda is its link: it comes back as it went in, it is short, and what cannot be read is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from observatory.briefing import ready
from observatory.briefing.agenda import BRIEFED, Agenda, Item, agenda_of, codes, edition_of, read_agenda, state_of
from observatory.briefing.command import brief
from observatory.editions.book import Book
from observatory.errors import EditionError
from observatory.links import ViewState, full_link, parse_link


def back(agenda: Agenda, book: Book) -> Agenda:
    link = full_link("briefing", state_of(agenda, "es"), book.edition_id)
    state, notices = parse_link(dict(parse_qsl(urlsplit(link).query)), book.vocabulary)
    assert not notices
    found, refused = agenda_of(state, book.vocabulary)
    assert not refused
    return found


def test_twelve_views_come_back_from_a_link_under_two_thousand_characters(agenda: Agenda, book: Book) -> None:
    assert len(agenda.items) == 12
    assert len(full_link("briefing", state_of(agenda, "es"), book.edition_id)) < 2000
    assert back(agenda, book) == agenda
    assert codes(agenda) == codes(agenda)


def test_title_and_day_travel_with_the_views(agenda: Agenda, book: Book) -> None:
    found = back(Agenda(agenda.items[:1], "Año 2026: ¿qué cambió? & más", dt.date(2026, 2, 1)), book)
    assert (found.title, found.day) == ("Año 2026: ¿qué cambió? & más", dt.date(2026, 2, 1))


def test_views_leave_language_and_edition_to_the_whole(agenda: Agenda) -> None:
    assert all(item.state.lang is None and item.state.asof is None for item in agenda.items)


def test_every_ready_made_agenda_fits_its_link_and_opens(book: Book) -> None:
    made = [ready.council(book, "es")]
    made += [ready.theme(book, one, "en") for one in book.themes]
    made += [ready.locality(book, code, "es") for code in book.localities()]
    assert len(made) == 27
    for one in made:
        assert 2 <= len(one.items) <= ready.AT_MOST
        assert {item.page for item in one.items} <= set(BRIEFED)
        assert back(one, book) == one


def test_a_code_that_cannot_be_read_is_named_and_the_others_kept(agenda: Agenda, book: Book) -> None:
    found, notices = agenda_of(ViewState(agenda=("1nothing", codes(agenda)[2])), book.vocabulary)
    assert found.items == (agenda.items[2],)
    assert [(notice.parameter, notice.reason) for notice in notices] == [("agenda", "unreadable")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("views: overview", "no agenda"),
        ("titel: x\nviews: [overview]", "titel"),
        ("views: [receipt]", "receipt"),
        ("views: ['indicator?ind=homicide_rat']", "homicide_rat"),
        ("language: fr\nviews: [overview]", "fr"),
        ("date: soon\nviews: [overview]", "soon"),
        ("views: []", "0 views"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_and_where(text: str, said: str, book: Book, tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError, match=said) as raised:
        read_agenda(path, book.vocabulary)
    assert "agenda.yaml" in str(raised.value)


def test_every_view_that_cannot_be_read_is_named_at_once(book: Book, tmp_path: Path) -> None:
    path = written(tmp_path / "agenda.yaml", "overview", "indicator?ind=homicide_rat", "receipt", "theme?theme=econom")
    with pytest.raises(EditionError) as raised:
        read_agenda(path, book.vocabulary)
    assert [said.partition(": ")[0] for said in raised.value.what.split("; ")] == [
        "indicator?ind=homicide_rat",
        "receipt",
        "theme?theme=econom",
    ]


def test_adding_a_view_puts_it_behind_the_others(agenda: Agenda) -> None:
    item = Item("theme", ViewState(theme="economy"))
    assert agenda.with_item(item).items[-1] == item


OLD, NEW = "2026-01-31-0000001", "2026-11-23-0000002"


def written(path: Path, *links: str) -> Path:
    path.write_text("views:\n" + "".join(f"  - {link}\n" for link in links), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("links", "asked", "shown"),
    [
        (["overview", "sources"], None, NEW),
        (["overview", "sources"], OLD, OLD),
        ([f"overview?asof={OLD}", f"https://host.example/theme?theme=economy&asof={OLD}"], None, OLD),
        ([f"overview?asof={OLD}", "sources"], OLD, OLD),
        ([f"overview?asof={NEW}", "sources"], None, NEW),
    ],
)
def test_a_briefing_shows_the_edition_its_views_are_pinned_to(
    links: list[str], asked: str | None, shown: str, tmp_path: Path
) -> None:
    assert edition_of(written(tmp_path / "agenda.yaml", *links), asked, NEW) == shown


@pytest.mark.parametrize(
    ("links", "asked", "fix"),
    [
        ([f"overview?asof={OLD}", "sources"], None, f"give --edition {OLD}"),
        ([f"overview?asof={OLD}"], NEW, f"give --edition {OLD}"),
        ([f"overview?asof={OLD}", f"sources?asof={NEW}"], None, "pin all views to one edition"),
    ],
)
def test_views_pinned_to_another_edition_are_refused_by_name(
    links: list[str], asked: str | None, fix: str, tmp_path: Path
) -> None:
    with pytest.raises(EditionError) as raised:
        edition_of(written(tmp_path / "agenda.yaml", *links), asked, NEW)
    assert raised.value.what == f"the briefing would show {NEW}, but overview?asof={OLD} is pinned to {OLD}"
    assert raised.value.fix.startswith(fix)


def test_the_command_refuses_a_pinned_edition_that_is_not_there(book: Book, tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=f"no edition '{OLD}'"):
        brief(
            written(tmp_path / "agenda.yaml", f"overview?asof={OLD}"),
            None,
            tmp_path / "files",
            book.edition.path.parent,
            lambda *_: None,
        )
    assert not (tmp_path / "files").exists()
