"""Projections go on from the last value, dashed, with the interval of the first model; bars of parts tell their sum."""

from __future__ import annotations

from observatory.charts.parts import Part, parts_bar
from observatory.charts.trend import trend
from observatory.look import look
from observatory.rows.progress import ProjectionRow
from observatory.wording import words
from tests import drawing

LIGHT, ES = look("light"), words("es")
STEPS = [
    ProjectionRow("homicide_rate", "00", "SEG-01", model, moment, value, value - 2, value + 2)
    for model, moment, value in (
        ("linear", 2027.0, 14.6),
        ("linear", 2028.0, 14.7),
        ("geometric", 2027.0, 14.5),
        ("geometric", 2028.0, 14.6),
    )
]


def test_each_model_goes_on_from_the_last_value() -> None:
    figure = trend(drawing.indicator(), drawing.city_rates(), LIGHT, ES, names=drawing.NAMES, projections=STEPS)
    dashed = [trace for trace in figure["data"] if trace["line"].get("dash") == "6px,4px"]
    assert [trace["x"] for trace in dashed] == [[2025.0, 2026.0, 2027.0]] * 2
    assert [trace["y"][0] for trace in dashed] == [14.8, 14.8]
    assert all(trace["connectgaps"] is False for trace in dashed)


def test_only_the_first_model_is_labelled_and_banded() -> None:
    figure = trend(drawing.indicator(), drawing.city_rates(), LIGHT, ES, names=drawing.NAMES, projections=STEPS)
    said = [note["text"] for note in figure["layout"]["annotations"]]
    assert sum("proyección 2027" in text for text in said) == 1
    bands = [trace for trace in figure["data"] if trace.get("fill") == "toself" and 2027.0 in trace["x"]]
    assert len(bands) == 1
    assert (min(bands[0]["y"]), max(bands[0]["y"])) == (12.6, 16.7)


def test_the_axis_reaches_the_end_of_the_projection() -> None:
    figure = trend(drawing.indicator(), drawing.city_rates(), LIGHT, ES, names=drawing.NAMES, projections=STEPS)
    assert figure["layout"]["xaxis"]["range"][1] > 2027


def test_without_projections_nothing_is_added() -> None:
    bare = trend(drawing.indicator(), drawing.city_rates(), LIGHT, ES, names=drawing.NAMES)
    assert not [trace for trace in bare["data"] if trace["line"].get("dash") == "6px,4px"]


def test_bars_say_each_part_and_the_sum() -> None:
    parts = [Part("Dentro <b>", -0.76, "−0,76"), Part("Peso", 0.01, "+0,01")]
    drawn = parts_bar(parts, Part("Ciudad", -0.75, "−0,75"), LIGHT, label="partes")
    assert drawn.count("<rect") == 3
    assert "Dentro &lt;b&gt;" in drawn
    assert 'aria-label="partes"' in drawn
    assert all(text in drawn for text in ("−0,76", "+0,01", "−0,75"))
