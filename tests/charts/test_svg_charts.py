"""The small charts: well-formed, escaped, named, and within their size."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from observatory.charts.figure_svg import figure_svg
from observatory.charts.labels import abbreviated
from observatory.charts.ranking import ranking
from observatory.charts.scatter import scatter
from observatory.charts.silence import Cell, silence, silence_cells
from observatory.charts.slope import slope
from observatory.charts.small_multiples import small_multiples
from observatory.charts.sparkline import sparkline
from observatory.charts.strip import strip
from observatory.look import look
from observatory.statistics.ranks import rank
from observatory.svg import by_room
from observatory.wording import words
from tests import drawing

LIGHT, ES, RATE = look("light"), words("es"), drawing.indicator()
EVIL = {code: f'<b onclick="x">{name}&' for code, name in drawing.NAMES.items()}
NAMES = drawing.NAMES


def drawn_strip(names: dict[str, str] = NAMES, **more: object) -> str:
    return strip(RATE, drawing.at(2026), LIGHT, ES, names=names, **more)  # type: ignore[arg-type]


def drawn_ranking(names: dict[str, str] = NAMES, **more: object) -> str:
    ranks, city = rank(RATE, drawing.at(2026)), drawing.at(2026)[0]
    return ranking(RATE, ranks, LIGHT, ES, names=names, city=city, **more)  # type: ignore[arg-type]


def drawn_slope(names: dict[str, str] = NAMES, **more: object) -> str:
    return slope(RATE, drawing.at(2018), drawing.at(2026), LIGHT, ES, names=names, **more)  # type: ignore[arg-type]


def drawn_multiples(names: dict[str, str] = NAMES, **more: object) -> str:
    return small_multiples(RATE, drawing.locality_rates(), LIGHT, ES, names=names, **more)  # type: ignore[arg-type]


def drawn_silence(names: dict[str, str] = NAMES) -> str:
    cells = silence_cells(drawing.locality_rates(), row=lambda one: one.territory_code)
    return silence(cells, LIGHT, ES, rows=names, caption="<x>")


@pytest.mark.parametrize("draw", [drawn_strip, drawn_ranking, drawn_slope, drawn_multiples, drawn_silence])
def test_every_chart_is_well_formed_and_escapes_names(draw: Callable[..., str]) -> None:
    for names in (NAMES, EVIL):
        text = draw(names)
        ET.fromstring(f"<div>{text}</div>")
        assert "<b onclick" not in text


@pytest.mark.parametrize("code", sorted(drawing.HOMICIDES))
def test_a_sparkline_takes_at_most_one_kilobyte_and_marks_its_last_point(code: str) -> None:
    text = sparkline(drawing.of(code), LIGHT, label="x" * 500, target=8.0)
    assert len(text.encode()) <= 1024
    assert text.count('class="obs-last"') == 1
    assert LIGHT.target in text


def test_a_sparkline_shows_years_that_no_line_joins_as_dots() -> None:
    text = sparkline([drawing.observation("00", year, 1.0) for year in ("2019", "2022", "2023")], LIGHT, label="x")
    alone = re.search(r'class="obs-alone" d="([^"]+)"', text)
    assert alone is not None
    assert alone[1].count("M") == 1


def test_a_long_sparkline_keeps_its_peak_and_its_size() -> None:
    months = [f"{year}-{month:02d}" for year in range(2010, 2025) for month in range(1, 13)]
    rows = [
        drawing.observation("00", code, 100.0 if code == "2016-07" else index % 7) for index, code in enumerate(months)
    ]
    text = sparkline(rows, LIGHT, label="x")
    assert len(text.encode()) <= 1024
    assert re.search(r" 4[ \"]", text)


def test_sparklines_of_nothing_and_of_one_figure() -> None:
    assert sparkline([drawing.observation("00", "2025", None)], LIGHT, label="x") == ""
    assert sparkline([drawing.observation("00", "2025", 0.0)], LIGHT, label="x").count('class="obs-last"') == 1


def test_a_strip_has_a_dot_per_locality_and_names_the_chosen_one() -> None:
    text = drawn_strip(chosen="08", target=8.0, links={"03": "/territory?loc=03&t=2026"})
    assert text.count("<circle") == 20
    assert "Kennedy 9,5" in text
    assert "Bogotá 9,3" in text
    assert "meta 8" in text
    assert 'href="/territory?loc=03&amp;t=2026"' in text
    assert strip(RATE, [], LIGHT, ES, names=NAMES) == ""


def test_a_ranking_shows_ties_whiskers_and_the_city() -> None:
    text = drawn_ranking(chosen=["08"], target=8.0)
    assert text.count("<circle") == 20
    assert "no se distingue de Bogotá" in text
    assert "peor que Bogotá" in text
    assert "Ciudad Bolívar: 18,2" in text
    assert ES("chart.place_tied", place=17, others="La Candelaria") in text
    assert text.count(">=17</text>") == 2
    assert "meta 8" in text


def test_counts_are_bars_from_zero() -> None:
    indicator = drawing.count_indicator()
    text = ranking(indicator, rank(indicator, drawing.counts_at(2026)), LIGHT, ES, names=NAMES)
    assert "<circle" not in text
    widths = {
        match[1]: float(match[2]) for match in re.finditer(r'<title>([^:]+):.*?width="([\d.]+)%" height="10.8"', text)
    }
    assert widths["Kennedy"] / widths["Ciudad Bolívar"] == pytest.approx(105 / 126, abs=0.001)


def test_a_place_without_data_stays_in_the_ranking_and_says_why() -> None:
    rows = [
        row._replace(value=None, absence="suppressed") if row.territory_code == "05" else row
        for row in drawing.at(2026)
    ]
    text = ranking(RATE, rank(RATE, rows), LIGHT, ES, names=NAMES)
    assert "Usme: sin dato: no cumple la regla de calidad" in text


def test_a_slope_leaves_out_who_lacks_a_period() -> None:
    assert drawn_slope(chosen=["19"]).count("<g>") == 21
    first = [row for row in drawing.at(2018) if row.territory_code != "05"]
    assert slope(RATE, first, drawing.at(2026), LIGHT, ES, names=NAMES).count("<g>") == 20
    assert slope(RATE, [], drawing.at(2026), LIGHT, ES, names=NAMES) == ""


def test_small_multiples_share_one_scale_and_say_who_leaves_it() -> None:
    text = drawn_multiples(links={"08": "/x"}, chosen=["08"])
    assert text.count("<svg") == 20
    assert "Todas las escalas van de 0 a 80." in text
    assert "Sumapaz (92,1)" in text
    assert "propia escala" in drawn_multiples(own_scale=True)
    assert small_multiples(RATE, [], LIGHT, ES, names=NAMES) == ""


def test_small_multiples_go_by_value_or_from_north_to_south() -> None:
    def order(text: str) -> list[str]:
        return re.findall(r"<span>([^<]+)<", text)

    assert order(drawn_multiples())[:2] == ["Santa Fe", "Los Mártires"]
    north = order(drawn_multiples(order="geography"))
    assert (north[0], north[-1]) == ("Suba", "Sumapaz")


def test_the_silence_matrix_counts_and_gives_reasons() -> None:
    rows = [drawing.observation("03", "2025", 1.0), drawing.observation("04", "2025", None, absence="late")]
    (cell,) = silence_cells(rows)
    assert cell == Cell("homicide_rate", "2025", 1, 2, "late")
    text = silence(
        [cell, Cell("homicide_rate", "2024", 0, 2, "suppressed")], LIGHT, ES, rows={"homicide_rate": "X"}, caption="c"
    )
    assert 'aria-label="X, 2025: 1 de 2"' in text
    assert 'aria-label="X, 2024: no cumple la regla de calidad"' in text


def test_a_scatter_pairs_places_and_always_names_the_chosen() -> None:
    figure = scatter(
        RATE,
        drawing.count_indicator(),
        drawing.at(2026),
        drawing.counts_at(2026)[:-1],
        LIGHT,
        ES,
        names=NAMES,
        chosen=["13"],
    )
    (trace,) = figure["data"]
    assert len(trace["x"]) == 19
    assert "<b>Teusaquillo</b>" in [note["text"] for note in figure["layout"]["annotations"]]
    assert scatter(RATE, RATE, [], [], LIGHT, ES, names=NAMES)["data"][0]["x"] == []


def test_a_slope_names_every_place_in_full_on_desks_and_tells_its_short_forms_on_phones() -> None:
    broad, narrow = drawn_slope(width=1000), drawn_slope(width=380)
    assert broad.count("Rafael Uribe Uribe") >= 2
    assert "R. Uribe" not in broad
    assert "…" not in broad + narrow
    assert "R. Uribe Uribe: Rafael Uribe Uribe" in narrow


def test_the_city_s_count_does_not_flatten_those_of_places() -> None:
    count = drawing.count_indicator()
    rows = drawing.counts_at(2026)
    assert "Bogotá D.C." not in slope(count, drawing.counts_at(2018), rows, LIGHT, ES, names=NAMES)
    assert ES("chart.city_short", value="") not in strip(count, rows, LIGHT, ES, names=NAMES)
    assert ES("chart.behind") not in small_multiples(count, rows, LIGHT, ES, names=NAMES)


def test_the_ends_of_a_strip_give_way_to_a_label_near_them() -> None:
    def base(text: str, said: str) -> float:
        return float(re.findall(rf'y="([\d.]+)" fill="[^"]+"[^>]*>{said}<', text)[0])

    near = [drawing.observation("00", "2025", 9.8), drawing.observation("08", "2025", 1.0)]
    far = [drawing.observation("00", "2025", 5.0), drawing.observation("08", "2025", 10.0)]
    drawn_near, drawn_far = (strip(RATE, rows, LIGHT, ES, names=NAMES) for rows in (near, far))
    assert base(drawn_near, "10,0") > base(drawn_near, "Bogotá 9,8")
    assert base(drawn_far, "10,0") == base(drawn_far, "Bogotá 5,0")


def test_names_are_abbreviated_only_as_far_as_their_room_asks() -> None:
    assert abbreviated("Rafael Uribe Uribe", 200, 12) == "Rafael Uribe Uribe"
    assert abbreviated("Rafael Uribe Uribe", 100, 12) == "R. Uribe Uribe"
    assert abbreviated("Rafael Uribe Uribe", 10, 12) == "R. U. Uribe"


def test_a_drawing_for_two_widths_is_empty_where_there_is_nothing() -> None:
    assert by_room(lambda width: f"<svg>{width}</svg>", 10, 5) == (
        '<div class="obs-broad"><svg>10</svg></div><div class="obs-narrow"><svg>5</svg></div>'
    )
    assert by_room(lambda _width: "") == ""


def test_every_place_of_a_scatter_says_its_values_on_a_phone_too() -> None:
    figure = scatter(
        RATE, drawing.count_indicator(), drawing.at(2026), drawing.counts_at(2026), LIGHT, ES, names=NAMES, width=380
    )
    drawn = figure_svg(figure, LIGHT, label="x", width=380)
    assert drawn.count("<title>") == 20
