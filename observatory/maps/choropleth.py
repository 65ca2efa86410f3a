"""The interactive map: a pydeck deck that asks the network for nothing; rates as fill, counts as circles.

The deck's JSON is put together from the stored outlines as text: pydeck's own is four times as long.
"""

from __future__ import annotations

import copy
import functools
import json
import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal

from observatory.look import Look
from observatory.maps.classes import Classes
from observatory.maps.geometry import INSET, Box, around, hatching, outline
from observatory.maps.symbols import is_count, radius
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.series import name_of, sayings
from observatory.territory import CITY
from observatory.wording import Words

AreaView = Literal["urban", "whole"]
LARGEST_METRES = 3600.0
NARROWEST = 340.0  # pixels that the view is fitted to, so that it fits a phone
URBAN_SOUTH = 4.455  # degrees: just south of Usme - Entrenubes, the southernmost urban planning unit


def choropleth(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    outlines: Mapping[str, str],
    classes: Classes,
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: str | None = None,
    view: AreaView = "urban",
    style_url: str | None = None,
    height: int = 600,
) -> Any:
    """Build a `pydeck.Deck` of one period; its layer `areas` is pickable, each feature holds `code`, `name`, `value`.

    Args:
        outlines: territory code → GeoJSON geometry as text, WGS 84.
        classes: of `classes_for`, from all years.
        look: light or dark, in plain `#rrggbb` colours.
        view: urban fits the view to the built-up city, rural Usme and Ciudad Bolívar running out of it; whole to all.
        style_url: address of a basemap style; without it there is no basemap and no request.
        height: pixels the view is fitted to.
    """
    rows = {row.territory_code: row for row in observations if row.territory_code != CITY}
    features = [
        _feature(code, text, rows.get(code), indicator, classes, look, words, names) for code, text in outlines.items()
    ]
    silent = [code for code in outlines if (row := rows.get(code)) is None or row.value is None]
    layers = [_areas(features, look, has_ground=style_url is not None)]
    if silent:
        layers.append(_hatch([outlines[code] for code in silent], look))
    if is_count(indicator):
        layers.append(_circles(rows, outlines, classes, look))
    if short := _short_of(rows, outlines, indicator, classes):
        layers.append(_dots(short, look))
    if chosen is not None and chosen in outlines:
        layers.append(_ring(outlines[chosen], look))
    text = _deck_json(layers, _fit(outlines, view, height), style_url)
    return _deck(text, _tooltip(look), "maplibre" if style_url else None)


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _feature(
    code: str,
    geojson: str,
    row: Observation | None,
    indicator: IndicatorRow,
    classes: Classes,
    look: Look,
    words: Words,
    names: Mapping[str, str],
) -> str:
    said = words("chart.without_data") if row is None else sayings(row, indicator, words)
    fill = look.soft
    if row is not None and row.value is not None and not is_count(indicator):
        fill = classes.colours(look, indicator.direction)[classes.index(row.value)]
    told = {"code": code, "name": escape(name_of(code, names, words)), "value": escape(said), "fill": _rgb(fill)}
    return f'{{"type":"Feature","geometry":{geojson},"properties":{_compact(told)}}}'


def _areas(features: list[str], look: Look, *, has_ground: bool) -> str:
    style = {
        "@@type": "GeoJsonLayer",
        "id": "areas",
        "pickable": True,
        "autoHighlight": True,
        "highlightColor": [*_rgb(look.ink), 60],
        "opacity": 0.8 if has_ground else 1,
        "getFillColor": "@@=properties.fill",
        "getLineColor": _rgb(look.paper if has_ground else look.outline),
        "lineWidthMinPixels": 1,
        "lineWidthMaxPixels": 1,
    }
    return f'{_compact(style)[:-1]},"data":{{"type":"FeatureCollection","features":[{",".join(features)}]}}}}'


def _hatch(geojsons: Sequence[str], look: Look) -> str:
    lines = [{"a": start, "b": end} for text in geojsons for start, end in hatching(text)]
    style = {
        "@@type": "LineLayer",
        "id": "no-data",
        "data": lines,
        "getSourcePosition": "@@=a",
        "getTargetPosition": "@@=b",
    }
    return _compact(style | {"getColor": _rgb(look.hatch), "getWidth": 1.4})


def _circles(rows: Mapping[str, Observation], outlines: Mapping[str, str], classes: Classes, look: Look) -> str:
    """Circles whose area is proportional to the count, the largest first so that small ones stay on top."""
    known = sorted(
        (row for row in rows.values() if row.value and row.territory_code in outlines),
        key=lambda row: -(row.value or 0.0),
    )
    places = [
        {
            "p": outline(outlines[row.territory_code]).point,
            "r": round(radius(row.value or 0.0, classes, LARGEST_METRES)),
        }
        for row in known
    ]
    style = {"@@type": "ScatterplotLayer", "id": "symbols", "data": places, "getPosition": "@@=p", "getRadius": "@@=r"}
    colours = {"getFillColor": [*_rgb(look.accent), 185], "stroked": True, "getLineColor": _rgb(look.paper)}
    return _compact(style | colours | {"lineWidthMinPixels": 1})


def _short_of(
    rows: Mapping[str, Observation], outlines: Mapping[str, str], indicator: IndicatorRow, classes: Classes
) -> list[tuple[float, float]]:
    """Points of the areas on the unfavourable side of the target."""
    return [
        outline(outlines[code]).point
        for code, row in rows.items()
        if row.value is not None
        and code in outlines
        and not is_count(indicator)
        and classes.falls_short(classes.index(row.value), indicator.direction)
    ]


def _dots(points: Sequence[tuple[float, float]], look: Look) -> str:
    """A dot in each, so that the sides of a target do not differ by colour alone."""
    places = [{"p": point} for point in points]
    style = {"@@type": "ScatterplotLayer", "id": "short", "data": places, "getPosition": "@@=p", "getRadius": 1}
    size = {"radiusMinPixels": 4, "radiusMaxPixels": 4, "stroked": True, "lineWidthMinPixels": 1}
    return _compact(style | size | {"getFillColor": _rgb(look.ink), "getLineColor": _rgb(look.paper)})


def _ring(geojson: str, look: Look) -> str:
    style = {"@@type": "GeoJsonLayer", "id": "chosen", "filled": False, "getLineColor": _rgb(look.ink)}
    shape = f'{{"type":"Feature","properties":{{}},"geometry":{geojson}}}'
    return f'{_compact(style | {"lineWidthMinPixels": 3})[:-1]},"data":{shape}}}'


def _fit(outlines: Mapping[str, str], view: AreaView, height: int) -> dict[str, float]:
    """Centre and zoom that show the areas in a window as narrow as a phone's."""
    wanted = [text for code, text in outlines.items() if view == "whole" or code not in INSET] or list(
        outlines.values()
    )
    box: Box = around(outline(text) for text in wanted)
    if view == "urban" and box.south < URBAN_SOUTH < box.north:
        box = box._replace(south=URBAN_SOUTH)
    latitude = (box.south + box.north) / 2
    across = NARROWEST / (box.east - box.west)
    upward = height * 0.96 * math.cos(math.radians(latitude)) / (box.north - box.south)
    zoom = math.log2(min(across, upward) * 360 / 512)
    return {"latitude": round(latitude, 4), "longitude": round((box.west + box.east) / 2, 4), "zoom": round(zoom, 2)}


def _deck_json(layers: Sequence[str], start: Mapping[str, float], style_url: str | None) -> str:
    control = {"scrollZoom": False, "dragRotate": False, "touchRotate": False}
    views = _compact([{"@@type": "MapView", "controller": control}])
    ground: dict[str, str] = {"mapStyle": _blank_deck().map_style}  # pydeck's own sign for: no basemap
    if style_url is not None:
        ground = {"mapProvider": "maplibre", "mapStyle": style_url}
    return (
        f'{{"initialViewState":{_compact(start)},"views":{views},"layers":[{",".join(layers)}],{_compact(ground)[1:]}'
    )


def _tooltip(look: Look) -> dict[str, Any]:
    frame = {
        "backgroundColor": look.soft,
        "color": look.ink,
        "border": f"1px solid {look.outline}",
        "borderRadius": "4px",
    }
    return {"html": "<b>{name}</b><br>{value}", "style": frame | {"fontFamily": look.font, "fontSize": "13px"}}


@functools.cache
def _blank_deck() -> Any:
    """An empty deck whose JSON is given to it; pydeck is loaded on first use, and its slow constructor run once."""
    import pydeck

    class ReadyDeck(pydeck.Deck):  # type: ignore[misc]  # pydeck ships no types
        """A `pydeck.Deck` whose JSON is ready-made."""

        ready = ""

        def to_json(self) -> str:
            """The deck as compact JSON."""
            return self.ready

    return ReadyDeck(layers=[], map_provider=None, tooltip=True)


def _deck(text: str, tooltip: dict[str, Any], map_provider: str | None) -> Any:
    deck = copy.copy(_blank_deck())
    deck.ready, deck._tooltip, deck.map_provider = text, tooltip, map_provider
    return deck
