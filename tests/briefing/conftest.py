"""A briefing of twelve views on an edition of the repository's own catalogue and figures."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import tempfile
from pathlib import Path

import pytest

from observatory.briefing.agenda import Agenda, read_agenda
from observatory.briefing.chapters import briefing
from observatory.briefing.parts import Briefing
from observatory.editions.book import Book, read_book
from observatory.editions.opening import open_edition
from observatory.wording import Lang
from pipelines.build import build
from pipelines.layout import Layout

ORIGIN = "https://observatory.example"
VIEWS = """
title: Comisión de Gobierno
date: 2026-11-25
language: es
views:
  - overview
  - /theme?theme=governance
  - indicator?ind=homicide_rate
  - indicator?ind=homicide_rate_jan_aug&loc=08&tab=map&t=2025-01--2025-08
  - indicator?ind=air_pm25_modelled&tab=line
  - map?ind=homicide_rate_jan_aug&loc=19&cls=equal&k=4
  - map?ind=safe_at_night&lvl=upl
  - https://observatory.example/territory?loc=19&lang=en
  - compare?loc=08~19~01
  - compare?tab=slope&ind=homicide_rate_jan_aug&t=2019-01--2019-08..2026-01--2026-08&loc=08
  - compare?tab=scatter&ind=homicide_rate_jan_aug~air_pm25_modelled
  - compare?tab=rank&ind=family_violence_rate
"""


@functools.cache
def repository_book() -> Book:
    folder = Path(tempfile.mkdtemp(prefix="observatory-briefing-"))
    path = build(dataclasses.replace(Layout.of(), editions=folder), dt.date(2026, 11, 23), lambda *_: None)
    return read_book(open_edition(path))


@pytest.fixture(scope="session")
def book() -> Book:
    return repository_book()


@pytest.fixture(scope="session")
def agenda(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    path = tmp_path_factory.mktemp("agenda") / "agenda.yaml"
    path.write_text(VIEWS, encoding="utf-8")
    return read_agenda(path, book.vocabulary)[0]


@pytest.fixture(scope="session", params=["es", "en"])
def made(book: Book, agenda: Agenda, request: pytest.FixtureRequest) -> Briefing:
    lang: Lang = request.param
    return briefing(book, agenda, lang, ORIGIN)
