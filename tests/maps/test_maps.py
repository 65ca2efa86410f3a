"""Maps: rates as fill, counts as circles, no data as hatching, nothing asked of the network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from observatory.look import look
from observatory.maps.choropleth import choropleth
from observatory.maps.classes import classes_for
from observatory.maps.geometry import around, fitted, hatching, outline
from observatory.maps.legend import legend
from observatory.maps.locator import locator
from observatory.maps.svg_map import inset_map, svg_map
from observatory.maps.symbols import legend_values, radius
from observatory.rows.observation import Observation
from observatory.wording import words
from tests import drawing

LIGHT, ES, RATE, COUNT = look("light"), words("es"), drawing.indicator(), drawing.count_indicator()
NOT_IN_SOURCE = ES("chart.no_data", reason=ES("absence.not_published"))
CLASSES = classes_for(RATE, drawing.locality_rates(), target=8.0)
COUNTS = classes_for(COUNT, [row for year in drawing.YEARS for row in drawing.counts_at(year)])


def silent(*codes: str) -> list[Observation]:
    absence = {"value": None, "absence": "not_published"}
    return [row._replace(**absence) if row.territory_code in codes else row for row in drawing.at(2026)]


def drawn(rows: list[Observation], **more: object) -> str:
    return svg_map(RATE, rows, drawing.outlines(), CLASSES, LIGHT, ES, names=drawing.NAMES, **more)  # type: ignore[arg-type]


def deck(rows: list[Observation], **more: object) -> dict[str, object]:
    built = choropleth(RATE, rows, drawing.outlines(), CLASSES, LIGHT, ES, names=drawing.NAMES, **more)  # type: ignore[arg-type]
    spec: dict[str, object] = json.loads(built.to_json())
    return spec


def layers(spec: dict[str, object]) -> dict[str, dict[str, object]]:
    found = spec["layers"]
    assert isinstance(found, list)
    return {layer["id"]: layer for layer in found}


def test_the_svg_map_is_well_formed_small_and_names_every_locality() -> None:
    text = drawn(drawing.at(2026), chosen="08", links={"08": "/territory?loc=08"})
    ET.fromstring(text)
    assert len(text.encode()) <= 40_000
    assert text.count("<title>") == 20
    assert "Kennedy: 9,5" in text
    assert 'href="/territory?loc=08"' in text
    assert "Sumapaz</text>" in text


def test_no_data_is_hatched_and_says_why() -> None:
    text = drawn(silent("05"))
    assert text.count('fill="url(#obs-hatch)"') == 1
    assert f"Usme: {NOT_IN_SOURCE}" in text


def test_a_rate_is_filled_by_its_class() -> None:
    colours = CLASSES.colours(LIGHT, "lower_is_better")
    assert f'fill="{colours[-1]}"><title>Santa Fe' in drawn(drawing.at(2026))


def test_counts_are_circles_whose_area_is_proportional() -> None:
    text = svg_map(COUNT, drawing.counts_at(2026), drawing.outlines(), COUNTS, LIGHT, ES, names=drawing.NAMES)
    radii = {match[2]: float(match[1]) for match in re.finditer(r' r="([\d.]+)"[^>]*><title>([^:]+):', text)}
    assert len(radii) == 19  # Sumapaz has none
    assert text.count("<circle") == 19 + 2  # and two in the key, at the scale of the map
    assert (radii["Kennedy"] / radii["Bosa"]) ** 2 == pytest.approx(105 / 61, rel=0.01)
    assert not set(COUNTS.colours(LIGHT, "lower_is_better")) & set(re.findall(r'fill="(#\w+)"', text)) - {LIGHT.soft}


def test_modelled_values_have_a_dotted_outline() -> None:
    rows = [row._replace(flag="modelled") for row in drawing.at(2026)]
    assert drawn(rows).count("stroke-dasharray") == 20


def test_names_are_escaped_on_both_maps() -> None:
    names = {"08": '<img src="x">'}
    text = svg_map(RATE, drawing.at(2026), drawing.outlines(), CLASSES, LIGHT, ES, names=names)
    assert "<img" not in text
    built = choropleth(RATE, drawing.at(2026), drawing.outlines(), CLASSES, LIGHT, ES, names=names)
    assert "<img" not in built.to_json()


def test_the_deck_is_compact_and_has_no_basemap() -> None:
    built = choropleth(RATE, drawing.at(2026), drawing.outlines(), CLASSES, LIGHT, ES, names=drawing.NAMES)
    text = built.to_json()
    spec = json.loads(text)
    assert len(text) < 60_000
    assert "\n" not in text
    assert spec["mapStyle"] == "__MAP_STYLE__"  # what pydeck writes for no basemap; an empty one would ask the network
    assert "mapProvider" not in spec
    assert "http" not in text
    assert built.map_provider is None


def test_a_basemap_comes_only_with_its_address() -> None:
    spec = deck(drawing.at(2026), style_url="https://tiles.example/style.json")
    assert (spec["mapProvider"], spec["mapStyle"]) == ("maplibre", "https://tiles.example/style.json")


def test_every_area_of_the_deck_carries_its_code_name_and_value() -> None:
    data = layers(deck(silent("20")))["areas"]["data"]
    assert isinstance(data, dict)
    told = {feature["properties"]["code"]: feature["properties"] for feature in data["features"]}
    assert len(told) == 20
    assert told["08"]["name"] == "Kennedy"
    assert told["08"]["value"].startswith("9,5")
    assert told["20"]["value"] == NOT_IN_SOURCE


def test_the_deck_hatches_no_data_rings_the_chosen_and_draws_counts_as_circles() -> None:
    assert set(layers(deck(drawing.at(2026)))) == {"areas", "short"}
    assert set(layers(deck(silent("05"), chosen="08"))) == {"areas", "no-data", "short", "chosen"}
    built = choropleth(COUNT, drawing.counts_at(2026), drawing.outlines(), COUNTS, LIGHT, ES, names=drawing.NAMES)
    data = layers(json.loads(built.to_json()))["symbols"]["data"]
    assert isinstance(data, list)
    assert len(data) == 19
    assert [place["r"] for place in data] == sorted((place["r"] for place in data), reverse=True)


def test_the_urban_view_leaves_sumapaz_out() -> None:
    urban, whole = (deck(drawing.at(2026), view=view)["initialViewState"] for view in ("urban", "whole"))
    assert isinstance(urban, dict)
    assert isinstance(whole, dict)
    assert urban["zoom"] > whole["zoom"]
    assert urban["latitude"] > whole["latitude"]


def test_what_the_urban_view_leaves_out_stands_in_its_corner() -> None:
    rows, every = silent("20"), drawing.outlines()
    text = inset_map(RATE, rows, every, CLASSES, LIGHT, ES, names=drawing.NAMES, links={"20": "/territory?loc=20"})
    ET.fromstring(text)
    assert text.count("<title>") == 1
    assert f"Sumapaz: {NOT_IN_SOURCE}" in text
    assert 'href="/territory?loc=20"' in text
    assert set(re.findall(r'id="([^"]+)"', text)) == {"obs-hatch-apart"}
    without = {code: outline_of for code, outline_of in every.items() if code != "20"}
    assert inset_map(RATE, rows, without, CLASSES, LIGHT, ES, names=drawing.NAMES) == ""


def test_pydeck_is_loaded_only_for_a_deck() -> None:
    code = "import sys, observatory.maps.choropleth, observatory.maps.svg_map, observatory.charts.trend as _; "
    heavy = "print([name for name in ('pydeck', 'numpy', 'pandas', 'plotly', 'shapely') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code + heavy], capture_output=True, text=True, check=True, cwd=drawing.ROOT
    )
    assert done.stdout.strip() == "[]"


def test_the_legend_counts_every_place_and_names_the_target_and_the_good_side() -> None:
    text = legend(RATE, CLASSES, silent("05", "11"), LIGHT, ES)
    ET.fromstring(text)
    counted = [int(number) for number in re.findall(r">(\d+) lugare?s?<", text)]
    assert sum(counted) == 20
    assert counted[-1] == 2
    assert "menos es mejor" in text
    assert "meta: 8." in text


def test_the_legend_of_circles_shows_round_counts() -> None:
    assert legend_values(COUNTS) == [100, 50, 10]
    text = legend(COUNT, COUNTS, drawing.counts_at(2026), LIGHT, ES)
    assert text.count("<circle") == 3
    assert radius(COUNTS.edges[-1], COUNTS, 30.0) == 30.0
    assert radius(0.0, COUNTS, 30.0) == 0.0


def test_the_locator_fills_one_area() -> None:
    text = locator(drawing.outlines(), "08", LIGHT, label="Kennedy")
    ET.fromstring(text)
    assert text.count(f'fill="{LIGHT.accent}"') == 1
    assert text.count("<path") == 19
    assert locator(drawing.outlines(), "20", LIGHT, label="Sumapaz").count("<path") == 20


def test_every_locality_holds_its_own_point() -> None:
    def holds(rings: tuple[tuple[tuple[float, float], ...], ...], x: float, y: float) -> bool:
        crossings = 0
        for ring in rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                crossings += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        return crossings % 2 == 1

    for text in drawing.outlines().values():
        area = outline(text)
        assert holds(area.rings, *area.point)


def test_hatching_stays_inside_its_box_and_a_frame_keeps_proportions() -> None:
    area = outline(drawing.outlines()["11"])
    for point in (point for pair in hatching(drawing.outlines()["11"]) for point in pair):
        assert area.box.west - 1e-4 <= point[0] <= area.box.east + 1e-4
        assert area.box.south - 1e-4 <= point[1] <= area.box.north + 1e-4
    frame = fitted(around([area]), 100, 100)
    assert max(frame.width, frame.height) == pytest.approx(100)
    assert frame.at((area.box.west, area.box.north)) == (0, 0)


def test_the_sides_of_a_target_differ_by_more_than_colour() -> None:
    split = classes_for(RATE, drawing.at(2026), target=10.0)
    rows, outlines = drawing.at(2026), drawing.outlines()
    short = sum(row.value > 10.0 for row in rows if row.value is not None and row.territory_code != "00")
    text = svg_map(RATE, rows, outlines, split, LIGHT, ES, names=drawing.NAMES)
    assert text.count('r="3"') == short
    built = choropleth(RATE, rows, outlines, split, LIGHT, ES, names=drawing.NAMES)
    layers = {layer["id"]: layer for layer in json.loads(built.to_json())["layers"]}
    assert len(layers["short"]["data"]) == short
    said = legend(RATE, split, rows, LIGHT, ES)
    assert said.count("radial-gradient") == split.count - split.edges.index(split.anchor)
    assert ES("map.legend.dot") in said
    assert "radial-gradient" not in legend(RATE, classes_for(RATE, rows), rows, LIGHT, ES)
