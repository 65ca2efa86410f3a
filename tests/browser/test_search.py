"""The search box by keyboard: what is found, what may have been meant, and what a screen reader hears."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from observatory.wording import Lang, words
from tests.browser.conftest import Reader
from tests.browser.test_smoke import violations


def typed(reader: Reader, text: str, lang: Lang = "es") -> Page:
    """The summary with a text in its search box."""
    page = reader.open(f"/overview?lang={lang}")
    page.wait_for_function("globalThis.observatorySearchIndex")
    page.get_by_role("combobox", name=words(lang)("search.label")).fill(text)
    return page


def options(page: Page) -> list[str]:
    return page.locator("#obs-found:visible [role=option] span").all_inner_texts()


def status(page: Page) -> str:
    return page.locator(".obs-search [role=status]").inner_text()


def test_words_are_found_by_their_beginning_and_a_locality_stands_before_its_unit(reader: Reader) -> None:
    for text in ("metro", "agua"):
        found = " ".join(options(typed(reader, text)))
        assert not [one for one in ("lesionad", "PM2,5", "Ciclovía") if one in found]
    page = typed(reader, "suba")
    kinds = page.locator("#obs-found:visible [role=option] small").all_inner_texts()
    assert options(page)[:2] == ["Suba", "Suba"]
    assert kinds[:2] == [words("es")("search.locality"), "UPL"]
    box = page.get_by_role("combobox", name=words("es")("search.label"))
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "obs-found-0"
    box.press("Enter")
    page.wait_for_url("**/territory?*loc=11*")


@pytest.mark.parametrize("text", ["pm 2.5", "pm2,5", "PM2.5", "pm25"])
def test_fine_particles_are_found_however_they_are_written(reader: Reader, text: str) -> None:
    found = options(typed(reader, text))
    assert "PM2,5" in found[0]


@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_is_found_is_counted_for_those_who_do_not_see_it(reader: Reader, lang: Lang) -> None:
    page = typed(reader, "usaquen", lang)
    found = options(page)
    assert "Usaquén" in found
    w = words(lang)
    assert status(page) == (w("search.found.one") if len(found) == 1 else w("search.found.other", n=len(found)))


@pytest.mark.parametrize(
    ("text", "meant"),
    [("homisidios", "omicidios"), ("usaqeun", "Usaquén"), ("kenedi", "Kennedy"), ("movilidat", "Movilidad")],
)
def test_a_slip_of_the_hand_is_answered_with_the_nearest_names_and_the_themes(
    reader: Reader, text: str, meant: str
) -> None:
    page = typed(reader, text)
    found = options(page)
    assert meant in found[0]
    assert {"Movilidad", "Ambiente", "Economía"} <= set(found)
    assert status(page) == words("es")("search.none", text=text)
    assert violations(page) == []


def test_what_is_near_to_nothing_leads_to_the_themes(reader: Reader) -> None:
    found = options(typed(reader, "xyzxyz"))
    assert len(found) == 6


def test_keys_walk_open_and_close_the_list(reader: Reader) -> None:
    page = typed(reader, "kenedi")
    box = page.get_by_role("combobox", name=words("es")("search.label"))
    box.press("Enter")  # what is only guessed is not opened unasked
    assert "/overview" in page.url
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "obs-found-0"
    box.press("ArrowUp")
    last = len(options(page)) - 1
    assert box.get_attribute("aria-activedescendant") == f"obs-found-{last}"
    box.press("Escape")
    assert options(page) == []
    assert (box.input_value(), box.get_attribute("aria-expanded"), status(page)) == ("", "false", "")
    box.fill("kennedy")
    box.press("Enter")
    page.wait_for_url("**/territory?*loc=08*")
