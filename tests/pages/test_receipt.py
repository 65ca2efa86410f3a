"""A receipt says what stands behind a number, and every table leads to it."""

from __future__ import annotations

import html
import random
import re
from pathlib import Path

import pytest

from observatory.editions import opening, reads
from observatory.wording import LANGUAGES, Lang, words
from tests.pages.conftest import Open, html_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_receipt_says_everything_behind_the_number(open_page: Open, lang: Lang) -> None:
    said = html_of(open_page("receipt", ind="homicide_rate", loc="00", t="2025", lang=lang, allow_notice=False))
    w = words(lang)
    for key in ("computed", "lines", "captures", "corrections", "reproduce", "definition"):
        assert f"<h2>{w(f'receipt.{key}')}</h2>" in said
    assert w("receipt.ratio", numerator="{}", denominator="{}", per="{}", value="{}").count("{}") == 4
    assert ("1.173 ÷ 7.942.867 × 100.000 = 14,768" if lang == "es" else "1,173 ÷ 7,942,867 × 100,000 = 14.768") in said
    assert "ponal_homicides.csv" in said
    assert re.search(r"[0-9a-f]{64}", said)
    assert "python -m pipelines reproduce homicide_rate --place 00 --period 2025 --edition" in said
    assert repr(1173 / 7942867 * 100000) in said
    assert w("role.announced") in said


def test_a_receipt_without_a_period_takes_the_newest_value(open_page: Open) -> None:
    assert "--period 2025 " in html_of(open_page("receipt", ind="homicide_rate", lang="en"))


def test_a_number_that_is_not_there_is_said_so(open_page: Open) -> None:
    said = html_of(open_page("receipt", ind="homicide_rate", t="1950", lang="en"))
    assert words("en")("receipt.none") in said
    assert words("en")("receipt.none_known", place="Bogotá D.C.", period="2025") in said


def test_a_share_is_computed_in_the_percent_it_is_shown_in(open_page: Open) -> None:
    said = html_of(
        open_page("receipt", ind="sustainable_trip_share", loc="00", t="2019", lang="en", allow_notice=False)
    )
    assert "8,990,928.2537 ÷ 13,359,727.5441 × 100 = 67.299" in said


def test_receipts_open_for_numbers_taken_by_chance(open_page: Open, editions: Path) -> None:
    edition = opening.open_edition(opening.current_path(editions))
    page = open_page("receipt", lang="es")
    for row in random.Random(11).sample(reads.observations(edition), 40):
        page.query_params["ind"], page.query_params["loc"] = row.indicator_id, row.territory_code
        page.query_params["t"], page.query_params["dim"] = row.period, row.disaggregation
        if row.disaggregation == "total":
            del page.query_params["dim"]
        page.run()
        assert not page.exception, (row[:4], [found.value for found in page.exception])
        said = html_of(page)
        assert "obs-warn" not in said, row[:4]
        assert f"--place {row.territory_code} --period {row.period} " in said
        assert row.value is None or repr(row.value) in said


@pytest.mark.parametrize("page", ["indicator", "compare", "map"])
def test_numbers_in_tables_open_their_receipts(open_page: Open, page: str) -> None:
    found = re.findall(r'href="(/receipt\?[^"]+)"', html_of(open_page(page, ind="homicide_rate_jan_aug", lang="es")))
    assert len(found) > 5
    assert all("t=" in html.unescape(link) and "ind=" in link for link in found)


def test_the_lines_are_a_file_to_take_away(open_page: Open) -> None:
    page = open_page("receipt", ind="homicide_rate", t="2025", lang="es")
    assert [button.proto.label for button in page.get("download_button")] == [words("es")("receipt.download")]


@pytest.mark.parametrize(("lang", "name"), [("es", "Víctimas de homicidio"), ("en", "Homicide victims")])
def test_a_receipt_names_what_was_measured_in_words(open_page: Open, lang: str, name: str) -> None:
    html = html_of(open_page("receipt", ind="homicide_rate_jan_aug", loc="08", lang=lang))
    assert f": {name} — " in html


def test_a_receipt_works_out_what_is_computed_with_its_number(open_page: Open) -> None:
    """By hand: 1,173 and 1,204 deaths; 8 by 2027 from 14.768 in 2025 is 3.384 a year."""
    said = html.unescape(html_of(open_page("receipt", ind="homicide_rate", loc="00", t="2025", lang="en"))).replace(
        "\u00a0", " "
    )
    assert "14.768 − 15.205 = −0.44 per 100,000 residents" in said
    assert "14.768 − 11.000 = +3.77 per 100,000 residents" in said
    assert "(8.000 − 14.768) ÷ 2.0 years = −3.38 per 100,000 residents a year" in said


def test_a_receipt_of_a_locality_works_out_its_part_in_the_change_of_the_city(open_page: Open) -> None:
    said = html.unescape(html_of(open_page("receipt", ind="homicide_rate_jan_aug", loc="08", lang="en")))
    assert re.search(r"\(9\.503 − 9\.78\d\) × \(13\.90% \+ 13\.91%\) ÷ 2 = −0\.04", said.replace("\u202f", ""))


def test_a_survey_says_that_it_is_one_with_its_interval_and_an_absence_its_reason(open_page: Open) -> None:
    w = words("en")
    said = html.unescape(html_of(open_page("receipt", ind="safe_at_night", loc="08", lang="en")))
    assert w("nature.survey") in said and w("receipt.interval") in said
    silent = html.unescape(html_of(open_page("receipt", ind="safe_at_night", loc="20", lang="en")))
    assert w("receipt.as_published") not in silent
