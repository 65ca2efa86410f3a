"""Native charts and shapes on a slide: lines, bars, points, and maps as outlines; each with its text alternative."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Mm, Pt

from observatory.briefing.fitting import LINE, POINT, lines
from observatory.briefing.office_labels import falls, label_moves, last_of
from observatory.briefing.office_map import Room, add_map, solid
from observatory.briefing.parts import Areas, Bars, Line, Lines, Native, Points
from observatory.look import Look

TEXT, SMALL = Pt(13), Pt(11)
LONG = 24  # categories: beyond it dots are small
PLOT = {"x": 0.08, "y": 0.04, "w": 0.72, "h": 0.85}  # of the chart: where lines are drawn
NAMES = 41  # millimetres beside bars: the longest name of a locality in one line, at ten points
LARGEST_NAMES = 14.0  # points: 28 pixels of a projector of 1080 lines; fewer where the bars are many
LONGEST_NAME = 30  # letters; longer ones are sentences, on lines of their own
SENTENCES = (13.0, 12.0, 11.0, 10.0)
BACK = -0.035  # of the chart's width: labels above or below the end of a line stand back over it
AIMED = ("target", "announced")
WIDTHS = {"place": 3, "city": 1.75, "projection": 1.75}  # points; other lines are thin
DASHES = {
    "target": MSO_LINE_DASH_STYLE.DASH,
    "announced": MSO_LINE_DASH_STYLE.DASH_DOT,
    "projection": MSO_LINE_DASH_STYLE.DASH,
    "interval": MSO_LINE_DASH_STYLE.ROUND_DOT,
    "reference": MSO_LINE_DASH_STYLE.ROUND_DOT,
}
END = 1.02  # of the axis of bars: room behind the farthest end of an interval
SHORT = 0.14  # of the longest bar: a value does not stand inside a shorter one


def described(shape: Any, alt: str) -> None:
    """Give a shape its text alternative."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def add_native(slide: Any, native: Native, room: Room, look: Look, alt: str, map_name: str) -> None:
    """Draw a chart or map into a room of the slide."""
    if isinstance(native, Areas):
        described(add_map(slide, native, room, look, map_name), f"{map_name}. {alt}")
    elif isinstance(native, Lines):
        _lines(slide, native, room, look, alt)
    elif isinstance(native, Bars):
        _bars(slide, native, room, look, alt)
    else:
        _points(slide, native, room, look, alt)


def colour(text: str) -> RGBColor:
    """`#rrggbb` as the library has it."""
    return RGBColor.from_string(text.lstrip("#").upper())


def _chart(slide: Any, kind: Any, data: Any, room: Room, look: Look, alt: str) -> Any:
    frame = slide.shapes.add_chart(kind, *room, data)
    described(frame, alt)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb = TEXT, colour(look.muted)
    return chart


def _quiet(axis: Any, look: Look, *, grid: bool) -> None:
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = colour(look.hairline)
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = colour(look.hairline)
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
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = native.ticks[0], native.ticks[-1]
    chart.value_axis.major_unit = native.ticks[1] - native.ticks[0]
    chart.value_axis.tick_labels.number_format = native.tick_form
    chart.value_axis.tick_labels.number_format_is_linked = False
    _leave_room(chart, PLOT)
    if native.is_joined:
        chart._chartSpace.xpath(".//c:dispBlanksAs")[0].set("val", "span")
    moves = label_moves(native, PLOT["h"] * room[3] / Mm(1))
    is_long = len(native.categories) > LONG
    for index, (series, line) in enumerate(zip(chart.plots[0].series, native.lines, strict=True)):
        _line(series, line, look, is_long=is_long)
        if index in moves:
            at, move = XL_LABEL_POSITION.RIGHT, (0.0, moves[index] * Mm(1) / room[3])
            _label_last(series, line, colour(_colour(line.role, look)), at, move)
        elif line.is_labelled:
            at = XL_LABEL_POSITION.BELOW if falls(line) else XL_LABEL_POSITION.ABOVE
            _label_last(series, line, colour(_colour(line.role, look)), at, (BACK, 0.0))


def _leave_room(chart: Any, plot: dict[str, float]) -> None:
    """Draw in one part of the chart, the rest being for names: those at the ends of lines, or beside bars."""
    area = chart._chartSpace.xpath(".//c:plotArea")[0]
    for found in area.xpath("./c:layout"):
        area.remove(found)
    sides = "".join(f'<c:{name} val="{value}"/>' for name, value in plot.items())
    layout = (
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


def _colour(role: str, look: Look) -> str:
    colours = {
        "place": look.accent,
        "projection": look.accent,
        "interval": look.accent,
        "city": look.city,
        "target": look.target,
        "announced": look.target,
        "reference": look.benchmark,
    }
    return colours.get(role, look.context)


def _line(series: Any, line: Line, look: Look, *, is_long: bool) -> None:
    series.smooth = False
    ink = colour(_colour(line.role, look))
    pen, marker = series.format.line, series.marker
    pen.color.rgb, pen.width = ink, Pt(WIDTHS.get(line.role, 1))
    if line.role in DASHES:
        pen.dash_style = DASHES[line.role]
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 2 if is_long else 7
    if line.role in AIMED:
        marker.style, marker.size = XL_MARKER_STYLE.DIAMOND, 9
    if line.role in ("reference", "interval"):
        marker.style = XL_MARKER_STYLE.NONE
    marker.format.line.color.rgb = ink
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(look.paper) if line.role in ("announced", "projection") else ink


def _label_last(series: Any, line: Line, ink: RGBColor, at: Any, move: tuple[float, float]) -> None:
    """The name of a line and its last value at its end, moved by shares of the chart's width and height."""
    last, _ = last_of(line) or (0, 0.0)
    label = series.points[last].data_label
    label.position = at
    label.font.size, label.font.bold, label.font.color.rgb = SMALL, True, ink
    shown = label._get_or_add_dLbl()
    for name, wanted in (("showLegendKey", "0"), ("showVal", "1"), ("showCatName", "0"), ("showSerName", "1")):
        for found in shown.xpath(f"./c:{name}"):
            found.set("val", wanted)
    between = "\n" if at == XL_LABEL_POSITION.RIGHT else " "
    shown.append(parse_xml(f"<c:separator {nsdecls('c')}>{between}</c:separator>"))
    if any(move):
        layout = f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="{move[0]:.5f}"/><c:y val="{move[1]:.5f}"/>'
        shown.xpath("./c:idx")[0].addnext(parse_xml(f"{layout}</c:manualLayout></c:layout>"))


def _names(native: Bars, room: Room) -> tuple[float, float]:
    """Points of the names beside bars, and the share of the width they take: sentences half of it, on some lines."""
    for_each = room[3] / Pt(1) / len(native.values) / 1.15
    longest = max(map(len, native.categories))
    if longest <= LONGEST_NAME:
        size = min(LARGEST_NAMES, for_each)
        return size, min(Mm(NAMES) * size / 10, room[2] * 0.5) / room[2]
    across, high = room[2] * 0.5 / Mm(1), for_each * POINT
    sizes = (size for size in SENTENCES if LINE * POINT * size * lines("x" * longest, size, across) <= high)
    return next(sizes, SENTENCES[-1]), 0.5


def _bars(slide: Any, native: Bars, room: Room, look: Look, alt: str) -> None:
    data = CategoryChartData(number_format=native.form)
    data.categories = list(native.categories)
    data.add_series(native.name, list(native.values))
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, room, look, alt)
    _quiet(chart.category_axis, look, grid=False)
    chart.category_axis.reverse_order = True
    _tick_every(chart.category_axis)
    size, beside = _names(native, room)
    chart.category_axis.tick_labels.font.size = Pt(size)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = 0 if min((value or 0 for value in native.values), default=0) >= 0 else None
    if any(one is not None for one in native.upper):
        chart.value_axis.maximum_scale = END * native.longest or None
    _leave_room(chart, {"x": beside, "y": 0.01, "w": 0.98 - beside, "h": 0.98})
    chart.plots[0].gap_width = 35
    series = chart.plots[0].series[0]
    labels = series.data_labels
    labels.show_value, labels.font.size = True, max(Pt(size), TEXT) if beside == 0.5 else Pt(size)
    labels.number_format, labels.number_format_is_linked = native.form, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    if _whiskers(series, native, look):
        _values_inside(series, native, look)
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(look.context)
    for places, ink in ((native.city, look.city), (native.chosen, look.accent)):
        for place in places:
            fill = series.points[place].format.fill
            fill.solid()
            fill.fore_color.rgb = colour(ink)


def _tick_every(axis: Any) -> None:
    """Name every category, however many there are."""
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    before = axis._element.xpath("./c:tickMarkSkip | ./c:noMultiLvlLbl | ./c:extLst")
    if before:
        before[0].addprevious(skip)
    else:
        axis._element.append(skip)


def _values_inside(series: Any, native: Bars, look: Look) -> None:
    """Values at the foot of the bars, clear of the intervals at their ends."""
    labels = series.data_labels
    labels.position = XL_LABEL_POSITION.INSIDE_BASE
    labels.font.color.rgb = colour(look.ink)
    longest = max(value or 0.0 for value in native.values)
    for place in sorted(native.city | native.chosen):
        if (native.values[place] or 0.0) >= SHORT * longest:
            label = series.points[place].data_label
            label.position = XL_LABEL_POSITION.INSIDE_BASE
            label.font.size, label.font.color.rgb = labels.font.size, colour(look.paper)


def _whiskers(series: Any, native: Bars, look: Look) -> bool:
    """Each bar's interval as error bars of its own; whether there are any."""
    reaches = [
        (place, (upper - value), (value - lower))
        for place, (value, lower, upper) in enumerate(zip(native.values, native.lower, native.upper, strict=True))
        if value is not None and lower is not None and upper is not None
    ]
    if not reaches:
        return False
    sides = []
    for name, side in (("plus", 1), ("minus", 2)):
        points = "".join(f'<c:pt idx="{one[0]}"><c:v>{one[side]:.12g}</c:v></c:pt>' for one in reaches)
        count = f'<c:ptCount val="{len(native.values)}"/>'
        sides.append(f"<c:{name}><c:numLit><c:formatCode>General</c:formatCode>{count}{points}</c:numLit></c:{name}>")
    bars = (
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f'{"".join(sides)}<c:spPr><a:ln w="12700">{solid(look.ink)}</a:ln></c:spPr></c:errBars>'
    )
    series._element.xpath("./c:cat")[0].addprevious(parse_xml(bars))
    return True


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
        ink = colour(look.accent if place in native.chosen else look.context)
        point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 9
        point.marker.format.fill.solid()
        point.marker.format.fill.fore_color.rgb = ink
        label = point.data_label
        label.text_frame.text = name
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(10)
        label.position = XL_LABEL_POSITION.ABOVE
