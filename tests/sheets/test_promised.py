"""A change in percent is never set beside a level without saying from what it counts, or that this is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from observatory.editions.book import read_book
from observatory.links import ViewState
from observatory.look import look
from observatory.quantities import quantity
from observatory.rows.catalogue import TargetRow
from observatory.sentences.promise import change, change_of
from observatory.sheets.marks import target_words
from observatory.sheets.promised import milestones_text
from observatory.sheets.view import View
from observatory.wording import LANGUAGES, Lang, words
from tests import drawing
from tests.observatories import fixture_edition

BOOK = read_book(fixture_edition())


def view(lang: Lang) -> View:
    return View("plan", BOOK, ViewState(), [], words(lang), look("light"), look("light"))


def promise(period: str, value: float, base: float | None = None, year: str | None = None) -> TargetRow:
    return drawing.target(
        period, value, kind="percent_change", unit_es="% de cambio", baseline_value=base, baseline_period=year
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_known_baseline_gives_the_year_and_both_levels(lang: Lang) -> None:
    w = words(lang)
    levels = {"start": w.number(24.6, 1), "end": w.number(19.7, 1)}  # 24.6 × 0.8 = 19.68
    expected = w("promise.fall.levels", share=w.percent(0.2, 0), year="2019", **levels)
    assert milestones_text(view(lang), [promise("2024", -0.2, 24.6, "2019")]) == f"2024: {expected}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_without_a_level_says_that_the_level_is_not_known(lang: Lang) -> None:
    said = milestones_text(view(lang), [promise("2030", -0.5, None, "2021")])
    assert said.endswith(words(lang)("promise.no_level", year="2021"))
    assert "−" not in said  # a fall is told in words, not as a level below zero


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_base_year_it_is_said_once_for_all_milestones(lang: Lang) -> None:
    rows = [promise("2024", -0.15), promise("2030", -0.5)]
    said = milestones_text(view(lang), rows)
    assert said.count(words(lang)("promise.no_base")) == 1
    assert all(f"{row.period}: " in said for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_promise_in_words_needs_no_level(lang: Lang) -> None:
    row = promise("2050", 0)._replace(value=None, text_es="carbono neutral", text_en="carbon neutral")
    assert milestones_text(view(lang), [row]) == f"2050: {row.text_en if lang == 'en' else row.text_es}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rise_and_a_fall_are_told_apart(lang: Lang) -> None:
    fall, rise = (change(value, None, None, words(lang)) for value in (-0.125, 0.125))
    assert fall == words(lang)("promise.fall.alone", share=words(lang).percent(0.125, 1))
    assert rise == words(lang)("promise.rise.alone", share=words(lang).percent(0.125, 1))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_card_it_says_that_the_level_is_not_known(lang: Lang) -> None:
    row = promise("2030", -0.17)
    known = promise("2030", -0.2, 24.6, "2019")
    unknown = words(lang)("promise.without_level", change="")
    assert change_of(row, words(lang)).endswith(unknown)
    assert unknown not in change_of(known, words(lang))
    shown = replace(view(lang), book=replace(BOOK, targets=[row]))
    progress = drawing.progress(target_id=row.target_id, target=-0.17, target_period="2030")
    said = target_words(shown, progress, drawing.indicator())
    assert said.endswith(change_of(row, words(lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_levels_are_told_as_before(lang: Lang) -> None:
    rows = [drawing.target("2025", 11.0), drawing.target("2027", 8.0)]
    assert milestones_text(view(lang), rows) == "11 (2025); 8 (2027)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_level_year_after_year_is_told_once_and_the_unit_at_the_first(lang: Lang) -> None:
    asked = [("2020", 9.0), ("2021", 8.0), ("2022", 8.0), ("2024", 8.0)]
    rows = [drawing.target(period, value) for period, value in asked]
    said = milestones_text(view(lang), rows, drawing.indicator()).replace(",", ".")
    first, rest = said.split("; ", 1)
    assert first == quantity(9.0, drawing.indicator(), words(lang)).replace(",", ".") + " (2020)"
    assert rest == "8.0 (2021–2022); 8.0 (2024)"
