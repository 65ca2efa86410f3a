import re
from pathlib import Path

import pytest

from observatory.errors import CatalogueError, nearest
from observatory.registry.loading import CatalogueProblemsError, load_catalogue, read_catalogue
from tests.observatories import FIXTURE, READER, with_reader

TEXT = (FIXTURE / "indicators.yaml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def problems(text: str) -> list[str]:
    with pytest.raises(CatalogueProblemsError) as caught:
        read_catalogue(text)
    return caught.value.problems


def only_problem(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1
    text = TEXT.replace(old, new, 1)
    found = problems(text)
    assert len(found) == 1, found
    assert found[0].startswith(f"indicators.yaml:{line_of(text, new.strip())}:")
    return found[0]


def test_a_right_catalogue_loads() -> None:
    catalogue = load_catalogue(FIXTURE / "indicators.yaml")
    assert [indicator.id for indicator in catalogue.indicators] == ["homicide_rate", "feels_safe", "pm25"]
    assert catalogue.sources[0].cutoff.isoformat() == "2025-12-31"


def test_an_unknown_key_is_refused_with_line_and_nearest_key() -> None:
    found = problems(TEXT.replace("    direction: lower_is_better", "    directon: lower_is_better", 1))
    assert any("unknown key 'directon'" in problem and "did you mean 'direction'?" in problem for problem in found)
    assert any("lacks 'direction'" in problem for problem in found)


def test_a_repeated_key_is_refused() -> None:
    found = problems(TEXT.replace("    headline: true\n", "    headline: true\n    headline: false\n"))
    assert found == [
        f"indicators.yaml:{line_of(TEXT, '    headline: true') + 1}: the key 'headline' stands twice → keep one of them"
    ]


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ('period: "2027", value: 31', "period: 2027, value: 31", 'quote it: "2027"'),
        ('period: "2023"}', "period: 2023-12-31}", 'quote it: "2023-12-31"'),
        ('es: "art. 4"', "es: 4", 'quote it: "4"'),
        ('version: {es: "2021"', "version: {es: 2021", 'quote it: "2021"'),
        ('acronym: "SDSCJ"', "acronym: no", 'quote it: "no"'),
    ],
)
def test_an_unquoted_code_is_refused(old: str, new: str, remedy: str) -> None:
    assert remedy in only_problem(old, new)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("per: 100000", 'per: "100000"', "valid number"),
        ("headline: true", "headline: 1", "boolean"),
        ("valid_range: [0, 400]", "valid_range: [0]", "indicators.homicide_rate.valid_range"),
        ("direction: higher_is_better", "direction: higher_is_beter", "did you mean 'higher_is_better'?"),
        ('period: "2027", value: 31', 'period: "2027-13", value: 31', "is no period"),
        ("cutoff: 2025-06-30", "cutoff: soon", "date"),
    ],
)
def test_a_wrong_type_is_refused(old: str, new: str, words: str) -> None:
    assert words in only_problem(old, new)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("unit: per_100k", "unit: per_10k", "did you mean 'per_100k'?"),
        ("{source: deaths, measure: homicides}", "{source: death, measure: homicides}", "did you mean 'deaths'?"),
        ("{source: deaths, measure: homicides}", "{source: deaths, measure: homicide}", "did you mean 'homicides'?"),
        (
            '    theme: environment\n    name: {es: "PM2.5", en: "PM2.5"}\n    label',
            '    theme: enviroment\n    name: {es: "PM2.5", en: "PM2.5"}\n    label',
            "did you mean 'environment'?",
        ),
        ("licence: cc_by_4", "licence: cc_by_5", "did you mean 'cc_by_4'?"),
        ("plan: who", "plan: whom", "did you mean 'who'?"),
        ("indicator: pm25", "indicator: pm255", "did you mean 'pm25'?"),
        ("dimensions: [sex]", "dimensions: [sexo]", "did you mean 'sex'?"),
        (
            "{source: survey, measure: feels_safe}",
            '{source: survey, measure: feels_safe, category: "sex:woman"}',
            "did you mean 'women'?",
        ),
    ],
)
def test_an_id_that_leads_nowhere_is_refused_with_the_nearest(old: str, new: str, words: str) -> None:
    assert words in only_problem(old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_range: [0, 400]", "valid_range: [400, 0]", "runs from 400 to 0 → write the lower number first"),
        ("valid_range: [0, 400]", "valid_range: [0]", "valid_range lacks a number → write both ends"),
        ("cutoff: 2025-06-30", "cutoff: 31/12/2025", "→ write the day as 2025-12-31"),
        ("levels: [city, locality]", "levels: [barrio]", "→ one of: city, locality, upl"),
        ("seen: OT", "seen: 7", "7: Input should be 'OT', 'OP', '3P' or 'PR' → one of: OT, OP, 3P, PR"),
        ("direction: higher_is_better", "direction:", "indicators.feels_safe.direction is empty → one of: lower"),
        ("unit: per_100k", "unit:", "indicators.homicide_rate.unit is empty → write a text"),
        ("headline: true", "headline: 1", "→ write true or false"),
    ],
)
def test_a_wrong_value_is_told_by_id_with_what_mends_it(old: str, new: str, said: str) -> None:
    assert old in TEXT
    (found,) = problems(TEXT.replace(old, new, 1))
    assert said in found


@pytest.mark.parametrize("new", ["", "zzz zz", "[1, 0]", "31/12/2025", "-5", "{a: 1}"])
def test_any_value_in_any_place_is_read_or_refused_with_what_mends_it(new: str) -> None:
    lines = TEXT.splitlines()
    for number, line in enumerate(lines):
        key = re.match(r"\s*(- )?[a-z_]+:(?= \S)", line)
        if key is None:
            continue
        try:
            read_catalogue("\n".join([*lines[:number], f"{key[0]} {new}", *lines[number + 1 :]]))
        except CatalogueProblemsError as error:
            assert [problem for problem in error.problems if " → " not in problem or "None" in problem] == []


def test_of_two_like_ids_the_one_with_swapped_letters_is_meant() -> None:
    assert nearest("spd", ["sed", "sdp", "sds"]) == "did you mean 'sdp'?"


def test_a_target_whose_numbers_go_against_its_kind_is_refused() -> None:
    said = only_problem('{period: "2027", value: 8}', '{period: "2027", value: 31}')
    assert "a target that is decreasing goes from 14 to 31 → mend the value, its baseline, or kind: increasing" in said


def test_a_target_against_what_is_better_is_refused() -> None:
    found = problems(TEXT.replace("direction: lower_is_better", "direction: higher_is_better", 1))
    assert found
    assert all("a target that is decreasing, where higher is better (homicide_rate)" in problem for problem in found)


def test_an_id_used_twice_is_refused_at_both_places() -> None:
    found = problems(TEXT.replace("  - id: SEG-02", "  - id: SEG-01"))
    assert len(found) == 2
    assert all("'SEG-01' is used 2 times in targets" in problem for problem in found)


def test_a_milestone_outside_the_valid_range_of_its_indicator_is_refused() -> None:
    assert "outside the valid range" in only_problem('{period: "2027", value: 8}', '{period: "2027", value: -8}')


def test_a_milestone_of_a_target_that_may_be_defined_otherwise_is_not_held_to_the_range() -> None:
    text = TEXT.replace("    fit: same_definition", "    fit: check_definition", 1)
    read_catalogue(text.replace('{period: "2027", value: 8}', '{period: "2027", value: 800}'))


@pytest.mark.parametrize("key", ["article", "source"])
def test_where_a_target_stands_is_told_in_both_languages(key: str) -> None:
    start = TEXT.index(f"    {key}: {{es", TEXT.index("targets:"))
    written = TEXT[start : TEXT.index("\n", start)]
    assert only_problem(written, f'    {key}: "art. 1"').endswith("write it in both languages: {es: …, en: …}")
    assert f"targets.SEG-01.{key} lacks 'en'" in only_problem(written, f'    {key}: {{es: "art. 1"}}')


def test_all_problems_are_told_at_once_in_order_of_line() -> None:
    text = (
        TEXT.replace("unit: per_100k", "unit: per_10k", 1)
        .replace("plan: who", "plan: whom")
        .replace('es: "art. 4"', "es: 4")
    )
    found = problems(text)
    lines = [int(problem.split(":")[1]) for problem in found]
    assert len(found) == 3
    assert lines == sorted(lines)


def test_a_file_that_is_no_yaml_names_the_line() -> None:
    with pytest.raises(CatalogueError, match=r"indicators.yaml:3: the text breaks off here"):
        read_catalogue("schema_version: 1\nthemes: [\n")


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="No such file or directory → mend the path"):
        load_catalogue(tmp_path / "indicators.yaml")


def test_an_empty_file_is_a_clear_error() -> None:
    assert problems("") != []


SEXES = """      disaggregation:
        column: "sexo"
        dimension: sex
        categories: {"Mujer": women, "Hombre": men, "Todos": total}
"""
WITH_READER = with_reader(TEXT, READER + SEXES)


def test_a_source_may_say_how_its_files_are_read() -> None:
    sources = {source.id: source for source in read_catalogue(WITH_READER).sources}
    reader = sources["air"].reader
    assert reader is not None
    assert (reader.file, reader.territory.column, reader.values["pm25"].scale) == ("aire.csv", "localidad", 1)
    assert sources["deaths"].reader is None


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        (
            "        pm25: {column",
            "        pm52: {column",
            "'pm52' is not among the source's measures → did you mean 'pm25'?",
        ),
        ("dimension: sex", "dimension: sexx", "'sexx' is not among the dimensions → did you mean 'sex'?"),
        ('"Hombre": men', '"Hombre": man', "'man' is not a category of 'sex' → did you mean 'men'?"),
        ('"valor", scale: 1', '"valor", scale: 0', "Input should be greater than 0"),
        (
            'column: "anio"',
            'colum: "anio"',
            "unknown key 'colum' in sources.air.reader.period → did you mean 'column'?",
        ),
        ("layout: tidy", "layout: tidi", "did you mean 'tidy'?"),
    ],
)
def test_a_mistake_in_a_reader_is_told_with_its_line(old: str, new: str, remedy: str) -> None:
    assert WITH_READER.count(old) == 1
    found = problems(WITH_READER.replace(old, new))
    line = line_of(WITH_READER, old)
    assert any(problem.startswith(f"indicators.yaml:{line}:") and remedy in problem for problem in found), found


ALSO = """{column: "localidad", also: {"Distrito": "99", "Bogotá D.C.": CODE}}"""


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('"21"', '\'21\': no territory has this code → "00" is the city, "01" to "20" the localities'),
        ("00", '0: a code is text, and YAML reads this as a number → quote it, as "00"'),
        ("exclude", "'exclude': no territory has this code → did you mean 'excluded'?"),
    ],
)
def test_a_code_that_a_reader_leads_a_word_to_is_told_with_its_line(code: str, told: str) -> None:
    text = with_reader(TEXT, READER.replace('{column: "localidad"}', ALSO.replace("CODE", code)))
    (problem,) = problems(text)
    assert problem.startswith(f"indicators.yaml:{line_of(text, 'Bogotá D.C.')}: sources.air.reader")
    assert "territory.also.Bogotá D.C." in problem
    assert told in problem
    assert "constrained" not in problem
