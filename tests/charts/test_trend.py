"""The trend draws what the rules of meaning allow, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatory.charts import Figure
from observatory.charts.aims import ANNOUNCED_DASH, REFERENCE_DASH, TARGET_DASH
from observatory.charts.axes import period_ticks, position
from observatory.charts.trend import trend
from observatory.look import look
from observatory.rows.catalogue import BreakRow
from observatory.scales import lined_up, tick_text, value_ticks
from observatory.wording import words
from tests import drawing

LIGHT, ES = look("light"), words("es")


def drawn(rows: Any, **more: Any) -> Figure:
    indicator = more.pop("indicator", drawing.indicator())
    return trend(indicator, rows, more.pop("look", LIGHT), more.pop("words", ES), names=drawing.NAMES, **more)


def lines(figure: Figure, colour: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["line"].get("color") == colour]


def said(figure: Figure) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def test_gaps_are_separate_lines() -> None:
    runs = lines(drawn(drawing.city_rates()), LIGHT.accent)
    assert [run["x"] for run in runs] == [[2019.0, 2020.0], [2022.0, 2023.0, 2024.0, 2025.0]]
    assert all(run["connectgaps"] is False for run in runs)


def test_the_target_path_is_dashed_from_its_baseline_and_labelled_at_its_end() -> None:
    figure = drawn(drawing.city_rates(), targets=drawing.TARGETS)
    (path,) = lines(figure, LIGHT.target)
    assert (path["x"], path["y"]) == ([2023.0, 2025.0, 2027.0], [13.6, 11.0, 8.0])
    assert path["line"]["dash"] == TARGET_DASH
    assert path["hovertext"][0] is None  # the baseline is no milestone
    assert "meta 2027<br>8" in said(figure)
    assert sum("2025" in text for text in said(figure)) == 1


def test_an_announced_target_is_dash_dotted_with_open_marks() -> None:
    steps = [step._replace(role="announced") for step in drawing.TARGETS]
    figure = drawn(drawing.city_rates(), targets=steps)
    (path,) = lines(figure, LIGHT.target)
    assert (path["line"]["dash"], path["marker"]["symbol"]) == (ANNOUNCED_DASH, "diamond-open")
    assert "anunciada 2027<br>8" in said(figure)


def test_of_a_reference_s_dated_milestones_only_the_last_is_drawn() -> None:
    norm = drawing.target("2018", 12.0, target_id="N", role="reference", kind="limit", name_es="Nación")
    figure = drawn(drawing.city_rates(), targets=[norm, norm._replace(period="2030", value=10.0)])
    assert len(figure["layout"]["shapes"]) == 1
    assert "Nación: 10" in said(figure)


def test_a_reference_is_a_named_dotted_line_and_one_far_off_is_left_out() -> None:
    norm = drawing.target("2025", 10.0, target_id="N", role="reference", kind="limit", name_es="Límite nacional")
    far = norm._replace(target_id="F", value=90.0, name_es="Lejano")
    figure = drawn(drawing.city_rates(), targets=[norm, far])
    assert [shape["line"]["dash"] for shape in figure["layout"]["shapes"]] == [REFERENCE_DASH]
    assert "Límite nacional: 10" in said(figure)
    assert not any("Lejano" in text for text in said(figure))


def test_targets_of_a_year_are_not_drawn_over_parts_of_years_nor_over_localities() -> None:
    assert not lines(drawn(drawing.of("00"), targets=drawing.TARGETS), LIGHT.target)
    rows = [drawing.observation("08", "2025", 9.0)]
    assert not lines(drawn(rows, place="08", targets=drawing.TARGETS), LIGHT.target)


def test_the_place_is_in_accent_and_the_city_in_ink() -> None:
    figure = drawn([*drawing.of("00"), *drawing.of("08")], place="08")
    assert len(lines(figure, LIGHT.accent)) == 1
    assert len(lines(figure, LIGHT.city)) == 1


def test_an_interval_is_a_band_and_around_a_single_point_a_whisker() -> None:
    bands = [trace for trace in drawn(drawing.of("08"), place="08")["data"] if trace.get("fill") == "toself"]
    assert len(bands) == 1
    (shape,) = drawn(drawing.of("08")[:1], place="08")["layout"]["shapes"]
    assert shape["y0"] < 10.0 < shape["y1"]


def test_provisional_points_are_hollow_and_modelled_series_dotted() -> None:
    rows = [row._replace(flag="provisional") if row.period == "2025" else row for row in drawing.city_rates()]
    fills = lines(drawn(rows), LIGHT.accent)[-1]["marker"]["color"]
    assert fills == [LIGHT.accent] * 3 + [LIGHT.paper]
    dotted = lines(drawn(drawing.city_rates(), indicator=drawing.indicator(nature="modelled")), LIGHT.accent)
    assert {run["line"]["dash"] for run in dotted} == {"1px,4px"}


def test_a_break_is_a_vertical_mark_that_says_so() -> None:
    figure = drawn(drawing.city_rates(), breaks=[BreakRow("homicide_rate", "2024", "Cambió la fuente", "-")])
    marks = [shape for shape in figure["layout"]["shapes"] if shape.get("yref") == "paper"]
    assert [mark["x0"] for mark in marks] == [pytest.approx(2023.5, abs=0.01)]
    note = next(note for note in figure["layout"]["annotations"] if note["text"] == "ruptura de serie")
    assert note["hovertext"] == "Cambió la fuente"


def test_one_figure_is_a_dot_with_its_label() -> None:
    figure = drawn([drawing.observation("00", "2021", 0.815)], indicator=drawing.share_indicator())
    (dot,) = figure["data"]
    assert dot["y"] == [pytest.approx(81.5)]
    assert dot["marker"]["size"] == [7.0]
    assert "<b>Bogotá D.C.</b><br>81,5\u202f%" in said(figure)


def test_no_figures_give_an_empty_chart_without_an_error() -> None:
    assert drawn([])["data"] == []
    assert drawn([drawing.observation("00", "2025", None)])["data"] == []


def test_separators_and_hover_follow_the_language() -> None:
    spanish, english = drawn(drawing.city_rates()), drawn(drawing.city_rates(), words=words("en"))
    assert (spanish["layout"]["separators"], english["layout"]["separators"]) == (",.", ".,")
    assert "14,8" in spanish["data"][-1]["hovertext"][-1]
    assert "14.8" in english["data"][-1]["hovertext"][-1]


def test_names_are_escaped() -> None:
    figure = trend(drawing.indicator(), drawing.city_rates(), LIGHT, ES, names={"00": "<i>x & y"})
    assert "<i>" not in json.dumps(figure)
    assert "&lt;i&gt;x &amp; y" in json.dumps(figure)


def test_a_figure_is_small_and_plain() -> None:
    text = json.dumps(drawn([*drawing.of("00"), *drawing.of("08")], place="08"))
    assert len(text) < 12_000


def test_periods_lie_where_they_end_whatever_the_time_zone() -> None:
    assert position("2025") == 2025.0
    assert position("2024-12-31") == 2024.0
    assert position("2025-01") < position("2025-02") < position("2025-01--2025-08") < position("2025")


def test_period_ticks_are_few_even_and_end_at_the_last() -> None:
    assert period_ticks(["2019", "2020", "2022", "2025", "2027"], ES)[1] == ["2019", "2021", "2023", "2025", "2027"]
    assert period_ticks([row.period for row in drawing.of("00")], ES)[1] == ["2018", "2020", "2022", "2024", "2026"]
    months = [f"{year}-{month:02d}" for year in (2021, 2022, 2023) for month in range(1, 13)]
    assert period_ticks(months, ES)[1] == ["dic<br>2021", "dic<br>2022", "dic<br>2023"]
    assert (
        period_ticks(months, ES, 7)[1]
        == ["dic<br>2020", "jun<br>2021", "dic", "jun<br>2022", "dic", "jun<br>2023", "dic"][1:]
    )
    assert period_ticks([], ES) == ([], [])


def test_value_ticks_are_round_and_cover_the_values() -> None:
    assert value_ticks(0, 15.2) == [0, 5, 10, 15, 20]
    assert lined_up([13.6, 14.8])[0] == pytest.approx(13.5)
    assert lined_up([3.0, 15.2])[0] == 0
    assert lined_up([5.0, 5.0], from_zero=True)[0] == 0
    assert lined_up([-3.0, 4.0])[0] < -3.0 <= 4.0 <= lined_up([-3.0, 4.0])[-1]
    assert len(lined_up([])) >= 2


def test_an_axis_does_not_blow_a_wiggle_up_to_its_whole_height() -> None:
    ticks = lined_up([99.9, 100.0])
    assert ticks[0] <= 95.0
    assert ticks[-1] == 100.0


def test_tick_texts_have_the_decimals_of_their_step() -> None:
    assert tick_text(2.5, 2.5, drawing.indicator(), ES) == "2,5"
    assert tick_text(1000.0, 500.0, drawing.indicator(), ES) == "1.000"
    assert tick_text(80.0, 5.0, drawing.share_indicator(), words("en")) == "80\u202f%"
