"""Native charts and shapes on a slide: lines, bars, points, and maps as outlines; each with its text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from observatory.briefing.parts import Area, Areas, Bars, Line, Lines, Native, Points
from observatory.look import Look

Room = tuple[int, int, int, int]  # left, top, width, height in EMU
TEXT, SMALL = Pt(13), Pt(11)
GRAIN = 0.004  # of the map's width: what is finer is not seen


def described(shape: Any, alt: str) -> None:
    """Give a shape its text alternative."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def add_native(slide: Any, native: Native, room: Room, look: Look, alt: str, map_name: str) -> None:
    """Draw a chart or map into a room of the slide."""
    if isinstance(native, Areas):
        _map(slide, native, room, look, f"{map_name}. {alt}")
    elif isinstance(native, Lines):
        _lines(slide, native, room, look, alt)
    elif isinstance(native, Bars):
        _bars(slide, native, room, look, alt)
    else:
        _points(slide, native, room, look, alt)


def _ink(text: str) -> RGBColor:
    return RGBColor.from_string(text.lstrip("#").upper())


def _chart(slide: Any, kind: Any, data: Any, room: Room, look: Look, alt: str) -> Any:
    frame = slide.shapes.add_chart(kind, *room, data)
    described(frame, alt)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb = TEXT, _ink(look.muted)
    return chart


def _quiet(axis: Any, look: Look, *, grid: bool) -> None:
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = _ink(look.hairline)
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = _ink(look.hairline)
    axis.tick_labels.font.size = SMALL


def _lines(slide: Any, native: Lines, room: Room, look: Look, alt: str) -> None:
    data = CategoryChartData(number_format=native.form)
    data.categories = list(native.categories)
    for line in native.lines:
        data.add_series(line.name, list(line.values))
    chart = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, data, room, look, alt)
    _quiet(chart.category_axis, look, grid=False)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _quiet(chart.value_axis, look, grid=True)
    chart.value_axis.format.line.fill.background()
    known = [value for line in native.lines for value in line.values if value is not None]
    if known and 0 <= min(known) <= 0.6 * max(known):
        chart.value_axis.minimum_scale = 0
    is_long = len(native.categories) > 24
    for series, line in zip(chart.plots[0].series, native.lines, strict=True):
        _line(series, line, look, is_long=is_long)


def _line(series: Any, line: Line, look: Look, *, is_long: bool) -> None:
    series.smooth = False
    colours = {"place": look.accent, "city": look.city, "target": look.target, "announced": look.target}
    ink = _ink(colours.get(line.role, look.context))
    pen, marker = series.format.line, series.marker
    pen.color.rgb, pen.width = ink, Pt(3 if line.role == "place" else 1.75 if line.role == "city" else 1)
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 2 if is_long else 7
    if line.role in ("target", "announced"):
        # Steps of a target are points, not a series: between them nothing was promised.
        pen.dash_style = MSO_LINE_DASH_STYLE.DASH
        marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 9
    marker.format.line.color.rgb = ink
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = _ink(look.paper) if line.role == "announced" else ink
    if line.role != "other":
        _label_last(series, line, ink)


def _label_last(series: Any, line: Line, ink: RGBColor) -> None:
    """The name of a line and its last value beside its end."""
    last = max((place for place, value in enumerate(line.values) if value is not None), default=None)
    if last is None:
        return
    label = series.points[last].data_label
    label.position = XL_LABEL_POSITION.ABOVE
    label.font.size, label.font.bold, label.font.color.rgb = TEXT, True, ink
    shown = label._get_or_add_dLbl()
    for name, wanted in (("showLegendKey", "0"), ("showVal", "1"), ("showCatName", "0"), ("showSerName", "1")):
        for found in shown.xpath(f"./c:{name}"):
            found.set("val", wanted)


def _bars(slide: Any, native: Bars, room: Room, look: Look, alt: str) -> None:
    data = CategoryChartData(number_format=native.form)
    data.categories = list(native.categories)
    data.add_series(alt.split(".")[0][:60], list(native.values))
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, room, look, alt)
    _quiet(chart.category_axis, look, grid=False)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_labels.font.size = Pt(10)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0 if min((value or 0 for value in native.values), default=0) >= 0 else None
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 35, True
    plot.data_labels.font.size, plot.data_labels.number_format = Pt(10), native.form
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _ink(look.context)
    for places, ink in ((native.city, look.city), (native.chosen, look.accent)):
        for place in places:
            fill = series.points[place].format.fill
            fill.solid()
            fill.fore_color.rgb = _ink(ink)


def _points(slide: Any, native: Points, room: Room, look: Look, alt: str) -> None:
    data = XyChartData()
    series_data = data.add_series(native.upward)
    for x, y in zip(native.xs, native.ys, strict=True):
        series_data.add_data_point(x, y)
    chart = _chart(slide, XL_CHART_TYPE.XY_SCATTER, data, room, look, alt)
    for axis, title, form in (
        (chart.category_axis, native.across, native.forms[0]),
        (chart.value_axis, native.upward, native.forms[1]),
    ):
        _quiet(axis, look, grid=True)
        axis.has_title = True
        axis.axis_title.text_frame.text = title
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = SMALL
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
    series = chart.plots[0].series[0]
    series.format.line.fill.background()
    for place, name in enumerate(native.names):
        point = series.points[place]
        ink = _ink(look.accent if place in native.chosen else look.context)
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        point.marker.format.fill.solid()
        point.marker.format.fill.fore_color.rgb = ink
        label = point.data_label
        label.text_frame.text = name
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(10)
        label.position = XL_LABEL_POSITION.ABOVE


def _map(slide: Any, native: Areas, room: Room, look: Look, alt: str) -> None:
    """Outlines in a group. Written as XML: the library's own builder takes a second for twenty areas."""
    left, top, width, height = room
    wide = min(width, round(height / native.height))
    group = slide.shapes.add_group_shape()
    group.name = alt.split(".")[0]
    described(group, alt)
    for area in native.areas:
        rings = [_thinned(ring) for ring in area.rings]
        placed = [[(left + round(x * wide), top + round(y * wide)) for x, y in ring] for ring in rings if len(ring) > 3]
        if placed:
            group._element.append(parse_xml(_outline(area, placed, look, group.shapes._next_shape_id)))
    group.shapes._recalculate_extents()


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
    fill, edge = (_solid(area.fill), look.paper) if area.fill else (_hatched(look), look.hatch)
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(area.name)} '
        f"descr={quoteattr(area.said)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}">{courses}</a:path></a:pathLst></a:custGeom>'
        f'{fill}<a:ln w="9525">{_solid(edge)}</a:ln></p:spPr></p:sp>'
    )


def _solid(colour: str) -> str:
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
