"""Reading the survey's books, on tiny sheets of invented numbers in the published shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from observatory.errors import SourceError
from pipelines.sources import sdm_mobility_survey_2019 as survey


def books(folder: Path, rows: list[list[object]]) -> survey._Books:
    """Both books with one sheet, the rows under a banner and from column B on."""
    (folder / "raw").mkdir()
    for name in (survey.MOBILITY, survey.SOCIOECONOMIC):
        book = Workbook()
        sheet = book.create_sheet("IND_1")
        banner: list[list[object]] = [["Secretaría"], [], ["* Viajes en Bogotá"], []]
        for row in banner + rows:
            sheet.append([None, *row])
        book.save(folder / name)
    return survey._Books(folder)


def test_a_table_runs_from_below_the_banner_to_the_word_end(tmp_path: Path) -> None:
    read = books(tmp_path, [["Modo", "Viajes"], ["A Pie", 2.5], [], ["Auto", 1.0], ["End"], [None, 0.35]])
    assert read.pairs(survey.MOBILITY, "IND_1") == {"A Pie": 2.5, "Auto": 1.0}


def test_a_table_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="ends in END"):
        books(tmp_path, [["Modo", "Viajes"], ["A Pie", 2.5]]).table(survey.MOBILITY, "IND_1")


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(SourceError, match="Helicóptero"):
        survey._mode("Helicóptero")


def test_zones_that_do_not_add_up_to_the_city_are_refused() -> None:
    with pytest.raises(SourceError, match="the city has 11"):
        survey._agree("trips", 10.0, 11.0)


def test_rural_zones_are_of_no_locality() -> None:
    assert survey._place("Upr") == "99"
    assert survey._place("Antonio Narino") == "15"
