"""A map on a slide: each area a shape of its own, with its fill, its name and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from observatory.briefing.parts import Area, Areas
from observatory.look import Look

Room = tuple[int, int, int, int]  # left, top, width, height in EMU
GRAIN = 0.004  # of the map's width: what is finer is not seen
THIN, THICK = 9525, 28575  # EMU


def add_map(slide: Any, native: Areas, room: Room, look: Look, name: str) -> Any:
    """Draw outlines in a group of that name.

    Written as XML: the library's own builder takes a second for twenty areas.
    """
    left, top, width, height = room
    wide = min(width, round(height / native.height))
    group = slide.shapes.add_group_shape()
    group.name = name
    for area in native.areas:
        rings = [_thinned(ring) for ring in area.rings]
        placed = [[(left + round(x * wide), top + round(y * wide)) for x, y in ring] for ring in rings if len(ring) > 3]
        if placed:
            group._element.append(parse_xml(_outline(area, placed, look, group.shapes._next_shape_id)))
    group.shapes._recalculate_extents()
    return group


def _outline(area: Area, rings: Sequence[Sequence[tuple[int, int]]], look: Look, number: int) -> str:
    """One area as a shape with a geometry of its own; lengths in EMU."""
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def at(point: tuple[int, int]) -> str:
        return f'<a:pt x="{point[0] - left}" y="{point[1] - top}"/>'

    courses = "".join(
        f"<a:moveTo>{at(ring[0])}</a:moveTo>"
        + "".join(f"<a:lnTo>{at(point)}</a:lnTo>" for point in ring[1:])
        + "<a:close/>"
        for ring in rings
    )
    fill, edge = (solid(area.fill), look.paper) if area.fill else (_hatched(look), look.hatch)
    edge, width = (look.ink, THICK) if area.is_chosen else (edge, THIN)
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(area.name)} '
        f"descr={quoteattr(area.said)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}">{courses}</a:path></a:pathLst></a:custGeom>'
        f'{fill}<a:ln w="{width}">{solid(edge)}</a:ln></p:spPr></p:sp>'
    )


def solid(colour: str) -> str:
    """A fill of one colour."""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'


def _hatched(look: Look) -> str:
    """No data, as on every map of this project."""
    front, back = (f'<a:srgbClr val="{colour.lstrip("#")}"/>' for colour in (look.hatch, look.paper))
    return f'<a:pattFill prst="ltUpDiag"><a:fgClr>{front}</a:fgClr><a:bgClr>{back}</a:bgClr></a:pattFill>'


def _thinned(ring: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring without the points nearer to the one before than can be seen."""
    kept = [ring[0]]
    for point in ring[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= GRAIN:
            kept.append(point)
    return kept
