"""Meeting mode: one view per screen, a way through the agenda, nothing else."""

from __future__ import annotations

import html as markup
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from observatory.briefing.agenda import BRIEFED
from observatory.links import short_code
from observatory.wording import LANGUAGES, Lang, words
from tests.pages.conftest import Open, html_of

AGENDA = "~".join(
    short_code(page, query)
    for page, query in (("overview", {}), ("indicator", {"ind": "homicide_rate"}), ("territory", {"loc": "08"}))
)


def data(html: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', html)
    return markup.unescape(found[1]) if found else ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", BRIEFED)
def test_every_view_of_a_briefing_has_a_screen(open_page: Open, page: str, lang: Lang) -> None:
    test = open_page(page, present="1", lang=lang)
    html = html_of(test)
    assert html.count("<h1") == 1
    assert "obs-screen" in html
    assert "obs-head" not in html
    assert not test.selectbox
    assert "present" not in data(html, "leave")
    assert words(lang)("present.agenda") in html
    assert "None" not in re.sub(r"<[^>]+>", " ", html)


def test_the_agenda_is_walked_both_ways(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", present="1", agenda=AGENDA, at="2", lang="es"))
    assert "2 / 3" in html
    assert data(html, "next").startswith("/territory?")
    assert data(html, "previous").startswith("/overview?")
    assert f"agenda={AGENDA}" in data(html, "next")
    assert "at=3" in data(html, "next")
    assert "present=1" in data(html, "next")
    assert data(html, "leave") == f"/briefing?lang=es&agenda={AGENDA}"


def test_leaving_a_meeting_keeps_its_agenda_title_and_day(open_page: Open) -> None:
    named = {"title": "Sesión plenaria", "day": "2026-11-23"}
    shown = open_page("indicator", ind="homicide_rate", present="1", agenda=AGENDA, at="2", lang="es", **named)
    leave = urlsplit(data(html_of(shown), "leave"))
    assert leave.path == "/briefing"
    assert dict(parse_qsl(leave.query)) == {"lang": "es", "agenda": AGENDA, **named}
    step = dict(parse_qsl(urlsplit(data(html_of(shown), "next")).query))
    assert step.items() >= named.items()


def test_leaving_a_single_view_leads_to_its_page(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", present="1", lang="es"))
    assert data(html, "leave") == "/indicator?lang=es&ind=homicide_rate"


def test_the_ends_of_the_agenda_lead_no_further(open_page: Open) -> None:
    first = html_of(open_page("overview", present="1", agenda=AGENDA, at="1"))
    last = html_of(open_page("territory", loc="08", present="1", agenda=AGENDA, at="3"))
    assert (data(first, "previous"), data(last, "next")) == ("", "")


def test_a_screen_says_its_number_its_source_and_its_edition(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", present="1", lang="es"))
    assert "14,8" in html
    assert words("es")("status.lagging") in html
    assert "Policía Nacional" in html
    assert "2026-11-23-" in html


def test_pages_without_a_screen_stay_pages(open_page: Open) -> None:
    assert 'class="obs-foot"' in html_of(
        open_page("receipt", ind="homicide_rate", loc="00", t="2025", present="1", lang="en")
    )


def test_what_was_set_aside_of_a_link_is_said_on_the_screen_too(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rat", present="1", lang="en"))
    assert "homicide_rat" in re.sub(r"<[^>]+>", " ", html)


def test_home_and_end_know_the_first_and_the_last_view(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", present="1", agenda=AGENDA, at="2", lang="es"))
    assert "at=1" in data(html, "first")
    assert "at=3" in data(html, "last")
    assert words("es")("present.keys") in html


def test_a_rate_names_the_source_of_its_population_too_and_the_summary_who_publishes(open_page: Open) -> None:
    rate = html_of(open_page("indicator", ind="homicide_rate", present="1", lang="es"))
    assert "Policía Nacional" in rate
    assert "Secretaría Distrital de Salud" in rate
    said = words("es")("present.publishers", names="").split(":")[0]
    assert f"<p>{said}: Secretaría" in html_of(open_page("overview", present="1", lang="es"))


def test_a_chart_has_a_drawing_for_screens_of_four_to_three(open_page: Open) -> None:
    html = html_of(open_page("indicator", ind="homicide_rate", present="1", lang="es"))
    assert html.count("obs-screen-broad") == html.count("obs-screen-tall") == 1
