"""Labels of a chart keep off lines, points, each other and the edges; each point says what it is when pointed at."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from observatory.charts import Figure
from observatory.charts.figure_svg import figure_svg
from observatory.charts.labels import block_size
from observatory.charts.paper import Paper
from observatory.charts.placing import Box, Label, Stroke, placed, scenery
from observatory.charts.trend import trend
from observatory.charts.trend_svg import trend_svg
from observatory.look import look
from observatory.rows.catalogue import BreakRow
from observatory.wording import words
from tests import drawing

LIGHT, ES = look("light"), words("es")
SIZE = 12.0
WIDTHS = (1080.0, 720.0, 380.0)
LAYOUT: Figure = {
    "height": 300,
    "margin": {"l": 40, "r": 12, "t": 20, "b": 28},
    "xaxis": {"range": [0, 10]},
    "yaxis": {"range": [0, 10]},
}


def boxes(figure: Figure, width: float) -> list[Box]:
    """Where the texts of a figure lie."""
    paper, found = Paper(figure["layout"], width), []
    for note in figure["layout"]["annotations"]:
        x, y = paper.placed(note)
        wide, high = block_size(note["text"].split("<br>"), note["font"]["size"])
        held = x + note["xshift"]
        left = {"left": held, "center": held - wide / 2, "right": held - wide}[note["xanchor"]]
        middle = y - note["yshift"]
        found.append(Box(left, middle - high / 2, left + wide, middle + high / 2))
    return found


def full(width: float, **more: Any) -> Figure:
    """A trend with all that can be labelled: place, target path, reference, break."""
    norm = drawing.target("2025", 10.0, target_id="N", role="reference", kind="limit", name_es="Límite nacional")
    cut = BreakRow("homicide_rate", "2024", "Cambió la fuente", "-")
    targets = [*drawing.TARGETS, norm]
    return trend(
        drawing.indicator(),
        drawing.city_rates(),
        LIGHT,
        ES,
        names=drawing.NAMES,
        targets=targets,
        breaks=[cut],
        width=width,
        **more,
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_lies_over_another_or_leaves_the_drawing(width: float) -> None:
    found = boxes(full(width), width)
    assert len(found) >= 4
    assert not [pair for pair in combinations(found, 2) if pair[0].touches(pair[1])]
    assert all(box.left >= 0 and box.right <= width and box.top >= 0 for box in found)


@pytest.mark.parametrize("width", WIDTHS)
def test_labels_keep_off_the_points(width: float) -> None:
    figure = full(width)
    paper = Paper(figure["layout"], width)
    points = [(paper.x(x), paper.y(y)) for trace in figure["data"] for x, y in zip(trace["x"], trace["y"], strict=True)]
    for box in boxes(figure, width):
        assert not [point for point in points if box.left < point[0] < box.right and box.top < point[1] < box.bottom]


@given(some.lists(some.tuples(some.floats(0, 10), some.floats(0, 10)), min_size=1, max_size=6, unique=True))
def test_labels_of_any_points_stay_inside(points: list[tuple[float, float]]) -> None:
    paper = Paper(LAYOUT, 380)
    labels = [Label((("Ciudad Bolívar", "12,3"), ("12,3",)), x, y, "#000000") for x, y in points]
    notes = placed(labels, paper, scenery(paper, [], []), SIZE)
    assert len(notes) == len(points)
    found = boxes({"layout": LAYOUT | {"annotations": notes}, "data": []}, 380)
    assert all(box.left >= 0 and box.right <= 380 and box.bottom <= 300 for box in found)


def test_an_optional_label_without_room_is_left_out() -> None:
    paper = Paper(LAYOUT, 380)
    same = [Label((("Ciudad Bolívar",),), 5, 5, "#000000", optional=bool(index)) for index in range(40)]
    assert 1 <= len(placed(same, paper, scenery(paper, [], []), SIZE)) < 40


def test_a_line_is_measured_inside_a_box() -> None:
    box = Box(0, 0, 10, 10)
    assert Stroke(-5, 5, 15, 5, 1).inside(box) == pytest.approx(10)
    assert Stroke(0, 0, 10, 10, 1).inside(box) == pytest.approx(200**0.5)
    assert Stroke(-5, 20, 15, 11, 1).inside(box) == 0
    assert Stroke(-5, 8, 3, 16, 1).inside(box) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_every_point_says_its_value_when_pointed_at(width: float) -> None:
    figure = full(width)
    tree = ET.fromstring(figure_svg(figure, LIGHT, label="x", width=width))
    told = "\n".join(title.text or "" for title in tree.iter("{http://www.w3.org/2000/svg}title"))
    for row in drawing.city_rates():
        if row.value is not None:
            assert f"Bogotá D.C. · {row.period}" in told
    assert "Meta 2027" in told
    assert "Meta 2023" not in told


def test_a_long_series_stays_small() -> None:
    rows = [drawing.observation("00", str(year), 10 + year % 7, lower=9.0, upper=18.0) for year in range(2010, 2025)]
    text = trend_svg(drawing.indicator(), rows, LIGHT, ES, names=drawing.NAMES, label="x", width=1080)
    assert len(text.encode()) < 12_000
    assert len(re.findall("<title>", text)) >= 15


def test_a_figure_without_points_is_drawn_without_them() -> None:
    empty = trend(drawing.indicator(), [], LIGHT, ES, names=drawing.NAMES)
    assert "<title>" not in figure_svg(empty, LIGHT, label="x")
