"""Outlines to what a map needs: rings, boxes, a point inside, hatching, paths. Read once, kept by their text."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from observatory.svg import short

Point = tuple[float, float]
Ring = tuple[Point, ...]

INSET = frozenset({"20", "UPL01"})  # Sumapaz: as large as the rest of the city and almost empty; shown apart
HATCH_STEP = 0.0045  # degrees between lines of the hatching, about 500 m


class Box(NamedTuple):
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float


class Outline(NamedTuple):
    """One area: its rings, its box, a point that lies inside it."""

    rings: tuple[Ring, ...]
    box: Box
    point: Point


@functools.lru_cache(maxsize=2048)
def outline(geojson: str) -> Outline:
    """Read a GeoJSON Polygon or MultiPolygon, WGS 84."""
    geometry = json.loads(geojson)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = tuple(tuple((x, y) for x, y, *_ in ring) for polygon in polygons for ring in polygon)
    box = box_of(point for ring in rings for point in ring)
    return Outline(rings, box, _inside(rings, box))


def box_of(points: Iterable[Point]) -> Box:
    """The box around points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def around(outlines: Iterable[Outline]) -> Box:
    """The box around areas."""
    boxes = [area.box for area in outlines]
    return box_of([point for box in boxes for point in ((box.west, box.south), (box.east, box.north))])


def split(outlines: Mapping[str, str]) -> tuple[dict[str, Outline], dict[str, Outline]]:
    """Areas of the urban view, and those that are shown in an inset; without others the inset's are the view."""
    read = {code: outline(geojson) for code, geojson in outlines.items()}
    main = {code: area for code, area in read.items() if code not in INSET}
    return (main, {code: area for code, area in read.items() if code in INSET}) if main else (read, {})


def _crossings(rings: Iterable[Ring], y: float) -> list[float]:
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y):
                found.append(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    return sorted(found)


def _inside(rings: tuple[Ring, ...], box: Box) -> Point:
    """The middle of the widest stretch inside the area along a few latitudes around its middle."""
    best: tuple[float, Point] = (-1.0, ((box.west + box.east) / 2, (box.south + box.north) / 2))
    for part in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = box.south + (box.north - box.south) * part + 1e-9
        marks = _crossings(rings, y)
        for west, east in zip(marks[::2], marks[1::2], strict=True):
            if east - west > best[0] * (1.15 if best[0] > 0 else 1):
                best = (east - west, ((west + east) / 2, y))
    return best[1]


@functools.lru_cache(maxsize=256)
def hatching(geojson: str) -> tuple[tuple[Point, Point], ...]:
    """Slanting lines that fill an area, at 45°, aligned with those of its neighbours."""
    half = math.sqrt(0.5)
    turned = [tuple(((x + y) * half, (y - x) * half) for x, y in ring) for ring in outline(geojson).rings]
    box = box_of(point for ring in turned for point in ring)
    lines = []
    for index in range(math.ceil(box.south / HATCH_STEP), math.floor(box.north / HATCH_STEP) + 1):
        v = index * HATCH_STEP
        marks = _crossings(turned, v + 1e-12)
        for start, end in zip(marks[::2], marks[1::2], strict=True):
            lines.append((_back(start, v, half), _back(end, v, half)))
    return tuple(lines)


def _back(u: float, v: float, half: float) -> Point:
    return round((u - v) * half, 5), round((u + v) * half, 5)


class Frame(NamedTuple):
    """Where a box of degrees lies on paper: equirectangular, a kilometre as long in both directions."""

    box: Box
    left: float
    top: float
    scale: float  # paper units per degree of latitude

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is."""
        return math.cos(math.radians((self.box.south + self.box.north) / 2))

    @property
    def width(self) -> float:
        """Paper units from west to east."""
        return (self.box.east - self.box.west) * self.squeeze * self.scale

    @property
    def height(self) -> float:
        """Paper units from north to south."""
        return (self.box.north - self.box.south) * self.scale

    def at(self, point: Point) -> Point:
        """A point of the earth on paper."""
        x = self.left + (point[0] - self.box.west) * self.squeeze * self.scale
        return x, self.top + (self.box.north - point[1]) * self.scale


def fitted(box: Box, width: float, height: float, left: float = 0.0, top: float = 0.0) -> Frame:
    """A frame that shows the whole box as large as a width and height allow."""
    unit = Frame(box, left, top, 1.0)
    return unit._replace(scale=min(width / unit.width, height / unit.height))


@functools.lru_cache(maxsize=1024)
def path(area: Outline, frame: Frame, grain: float = 0.1) -> str:
    """The `d` of an area, each step relative to the one before and a whole number of grains, so borders stay shared."""
    return "".join(_ring_path([frame.at(point) for point in ring], grain) for ring in area.rings)


def _ring_path(points: list[Point], grain: float) -> str:
    grains = [(round(x / grain), round(y / grain)) for x, y in points]
    steps = []
    for (x1, y1), (x2, y2) in pairwise(grains):
        if (x1, y1) != (x2, y2):
            steps.append(f"{short((x2 - x1) * grain)}{'' if y2 < y1 else ' '}{short((y2 - y1) * grain)}")
    x, y = grains[0]
    return f"M{short(x * grain)} {short(y * grain)}l{' '.join(steps)}z"
