"""Rings, bars and strips of a plan: nothing lost, nothing told by colour alone, texts escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from observatory.charts.plan_heat import Strip, heat
from observatory.charts.plan_tree import Segment, bar, sunburst
from observatory.look import look

LIGHT = look("light")
TREE = [
    Segment("o1", "", "Objetivo 1", mark="1"),
    Segment("r1", "o1", "Resultado <1>", "lagging", href="/plan?node=r1"),
    Segment("p1", "r1", "Producto 1", "on_track"),
    Segment("p2", "r1", "Producto 2", "not_assessed", is_pending=True),
    Segment("o2", "", "Objetivo 2", mark="2"),
]


def test_every_node_is_a_piece_with_its_words_and_shape() -> None:
    drawn = sunburst(TREE, LIGHT, label="Un plan", centre=["50 %", "productos"])
    root = ElementTree.fromstring(drawn)
    titles = [found.text for found in root.iter("{http://www.w3.org/2000/svg}title")]
    assert sorted(filter(None, titles)) == sorted(segment.title for segment in TREE)
    assert root.get("aria-label") == "Un plan"
    assert LIGHT.status["lagging"].shape in drawn
    assert 'stroke-dasharray="2 2"' in drawn
    assert "<1>" not in drawn.replace("&lt;1&gt;", "")


def test_parents_are_as_wide_as_their_leaves() -> None:
    drawn = sunburst(
        [Segment("a", "", "a"), Segment("b", "a", "b"), Segment("c", "a", "c")], LIGHT, label="x", centre=[]
    )
    paths = re.findall(r'<path d="(M[^"]+)"', drawn)
    assert len(paths) == 3
    assert paths[0].count("Z") == 2  # a whole ring, cut in two


@pytest.mark.parametrize(("share", "width"), [(-1.0, "0%"), (0.0, "0%"), (0.5, "40%"), (1.0, "80%"), (9.0, "100%")])
def test_a_bar_ends_at_its_share_and_marks_what_was_due(share: float, width: str) -> None:
    drawn = bar(share, "lagging", LIGHT, label="x")
    assert f'width="{width}" height="8" fill="{LIGHT.status["lagging"].colour}"' in drawn
    assert 'x1="80%"' in drawn
    assert ("»" in drawn) == (share > 1.25)


def test_without_a_share_there_is_no_bar() -> None:
    assert bar(None, "not_assessed", LIGHT, label="x") == ""


def test_a_strip_says_each_cut_in_words_and_shape() -> None:
    cells = [("", "todavía no"), ("lagging", "rezagado"), ("on_track", "en camino")]
    drawn = heat([Strip("1.1 <Uno>", "", cells)], ["2023", "2024", "2025"], LIGHT, caption="Cortes", first="Indicador")
    assert "1.1 &lt;Uno&gt;, 2024: rezagado" in drawn
    assert drawn.count("obs-unseen") == 3
    assert LIGHT.status["lagging"].shape in drawn


def test_the_status_of_every_piece_of_a_large_plan_has_its_shape() -> None:
    """The largest plan has 99 products and 36 results; a status is never told by colour alone."""
    results = [Segment(f"r{index}", "o", f"Resultado {index}", "at_risk") for index in range(36)]
    products = [Segment(f"p{index}", f"r{index % 36}", f"Producto {index}", "lagging") for index in range(99)]
    drawn = sunburst([Segment("o", "", "Objetivo"), *results, *products], LIGHT, label="x", centre=[])
    assert drawn.count(f">{LIGHT.status['lagging'].shape}<") == 99
    assert drawn.count(f">{LIGHT.status['at_risk'].shape}<") == 36
