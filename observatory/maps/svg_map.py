"""A light map as SVG: rates as fill, counts as circles, no data as hatching, Sumapaz in an inset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from observatory import svg
from observatory.look import SMALL_SIZE, Look
from observatory.maps.classes import Classes
from observatory.maps.geometry import Frame, Outline, around, fitted, path, split
from observatory.maps.symbols import LARGEST, is_count, legend_values, radius
from observatory.quantities import brief
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import Observation
from observatory.sentences.alternatives import places_alt
from observatory.series import is_modelled, name_of, sayings
from observatory.territory import CITY
from observatory.wording import Words

WIDTH, HEIGHT = 400.0, 560.0  # units of the drawing
INSET_WIDTH, INSET_HEIGHT = 92.0, 150.0
OVERHANG = 10.0  # units that circles reach beyond the western edge
HATCH = "obs-hatch"


@dataclass(frozen=True)
class _Map:
    indicator: IndicatorRow
    rows: Mapping[str, Observation]
    classes: Classes
    look: Look
    words: Words
    names: Mapping[str, str]
    links: Mapping[str, str]
    chosen: str | None

    def is_silent(self, code: str) -> bool:
        """Whether an area has no value."""
        row = self.rows.get(code)
        return row is None or row.value is None

    def fill(self, code: str) -> str:
        """Colour of an area; hatching where there is no value, plain ground under circles."""
        row = self.rows.get(code)
        if row is None or row.value is None:
            return f"url(#{HATCH})"
        if is_count(self.indicator):
            return self.look.soft
        return self.classes.colours(self.look, self.indicator.direction)[self.classes.index(row.value)]

    def title(self, code: str) -> str:
        """Name and value, or why there is none."""
        row = self.rows.get(code)
        said = self.words("chart.without_data") if row is None else sayings(row, self.indicator, self.words)
        return f"{name_of(code, self.names, self.words)}: {said}"


def svg_map(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    outlines: Mapping[str, str],
    classes: Classes,
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    chosen: str | None = None,
    links: Mapping[str, str] | None = None,
    scale: float = 1.0,
    is_bare: bool = False,
) -> str:
    """Draw one period, as wide as its room, about 670 pixels high at most; at most 40 KB.

    Args:
        indicator: counts are drawn as circles whose area is proportional, everything else as fill.
        outlines: territory code → GeoJSON geometry, WGS 84; those areas are drawn.
        classes: of `classes_for`, from all years.
        chosen: the area outlined.
        is_bare: without words, where they would be too small to be read: they stand beside the map.
    """
    rows = {row.territory_code: row for row in observations if row.territory_code != CITY}
    drawn = _Map(indicator, rows, classes, look, words, names, links or {}, chosen)
    ground = _ground(outlines)
    body = [_pattern(look), _areas(drawn, ground.main, ground.frame)]
    if ground.inset is not None:
        body += [_inset_border(look, ground.inset), _areas(drawn, ground.apart, ground.inset)]
        body.append("" if is_bare else _caption(drawn, ground.apart, ground.inset))
    body.append(_short_of(drawn, ground))
    if chosen is not None and chosen in outlines:
        body.append(_ring(ground.areas[chosen], ground.frame_of(chosen), look, scale))
    if is_count(indicator):
        body += [_circles(drawn, ground), "" if is_bare else _key(drawn)]
    alt = places_alt(indicator, observations, words, names=names, kind="map")
    left = OVERHANG if is_count(indicator) else 0.0
    return _drawing("".join(body), ground.frame, look, alt, scale, left)


def inset_map(
    indicator: IndicatorRow,
    observations: Sequence[Observation],
    outlines: Mapping[str, str],
    classes: Classes,
    look: Look,
    words: Words,
    *,
    names: Mapping[str, str],
    links: Mapping[str, str] | None = None,
) -> str:
    """Draw only what lies far off, at its own scale, to stand in a corner of a map; empty text where nothing does."""
    main, apart = split(outlines)
    if not main or not apart:
        return ""
    rows = {row.territory_code: row for row in observations if row.territory_code in apart}
    drawn = _Map(indicator, rows, classes, look, words, names, links or {}, None)
    frame = fitted(around(apart.values()), INSET_WIDTH, INSET_HEIGHT, 2, 2)
    ground = _Ground({}, apart, frame, frame)
    body = [_pattern(look), _areas(drawn, apart, frame), _short_of(drawn, ground)]
    if is_count(indicator):
        body.append(_circles(drawn, ground))
    (code, *_) = apart
    text = "".join(body).replace(HATCH, f"{HATCH}-apart")  # its own: a pattern of a hidden drawing is not drawn
    return _drawing(text, frame, look, drawn.title(code), 1.0, 0.0)


@dataclass(frozen=True)
class _Ground:
    """The outlines, and the frames they are fitted to: that of the city and that of what lies far off."""

    main: Mapping[str, Outline]
    apart: Mapping[str, Outline]
    frame: Frame
    inset: Frame | None

    @property
    def areas(self) -> dict[str, Outline]:
        """All of them."""
        return {**self.main, **self.apart}

    def frame_of(self, code: str) -> Frame:
        """Where an area is drawn."""
        return self.inset if self.inset is not None and code in self.apart else self.frame


def _ground(outlines: Mapping[str, str]) -> _Ground:
    main, apart = split(outlines)
    frame = fitted(around(main.values()), WIDTH - 4, HEIGHT - 4, 2, 2)
    if not apart:
        return _Ground(main, apart, frame, None)
    inset = fitted(around(apart.values()), INSET_WIDTH, INSET_HEIGHT)
    left, top = frame.width - inset.width - 2, frame.height - inset.height - 4
    return _Ground(main, apart, frame, inset._replace(left=left, top=top))


def _drawing(body: str, frame: Frame, look: Look, label: str, scale: float, left: float) -> str:
    style = f"display:block;width:100%;max-width:{round(1.2 * (frame.width + left) * scale)}px;height:auto"
    box = f'viewBox="{svg.short(-left)} 0 {svg.short(frame.width + 4 + left)} {svg.short(frame.height + 4)}"'
    named = f'role="{svg.role(body)}" aria-label="{escape(label)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} {named}'
    return f'{head} style="{style};font-family:{escape(look.font)}">{body}</svg>'


def _pattern(look: Look) -> str:
    lines = f'<path d="M0 0V5" stroke="{look.hatch}" stroke-width="1.4"/>'
    turned = 'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    ground = f'<path d="M0 0H5V5H0z" fill="{look.paper}"/>'
    return f'<defs><pattern id="{HATCH}" width="5" height="5" {turned}>{ground}{lines}</pattern></defs>'


def _areas(drawn: _Map, areas: Mapping[str, Outline], frame: Frame) -> str:
    parts = []
    for code, area in sorted(areas.items(), key=lambda pair: drawn.is_silent(pair[0])):
        row = drawn.rows.get(code)
        is_model = row is not None and row.value is not None and is_modelled(row, drawn.indicator)
        more = f' stroke="{drawn.look.ink}" stroke-width="1.2" stroke-dasharray="1 2.2"' if is_model else ""
        more = f' stroke="{drawn.look.hatch}"' if drawn.is_silent(code) else more
        title = f"<title>{escape(drawn.title(code), quote=False)}</title>"
        mark = f'<path d="{path(area, frame)}" fill="{drawn.fill(code)}"{more}>{title}</path>'
        parts.append(svg.linked(mark, drawn.links.get(code)))
    ground = drawn.look.outline if is_count(drawn.indicator) else drawn.look.paper
    return f'<g stroke="{ground}" stroke-width="1" stroke-linejoin="round">{"".join(parts)}</g>'


def _short_of(drawn: _Map, ground: _Ground) -> str:
    """A dot in every area on the unfavourable side of the target, so that the sides do not differ by colour alone."""
    if is_count(drawn.indicator):
        return ""
    parts = []
    for code, area in ground.areas.items():
        row = drawn.rows.get(code)
        if row is None or row.value is None:
            continue
        if drawn.classes.falls_short(drawn.classes.index(row.value), drawn.indicator.direction):
            x, y = ground.frame_of(code).at(area.point)
            parts.append(f'<circle cx="{svg.short(x)}" cy="{svg.short(y)}" r="3"/>')
    pen = f'fill="{drawn.look.ink}" stroke="{drawn.look.paper}" pointer-events="none"'
    return f"<g {pen}>{''.join(parts)}</g>" if parts else ""


def _ring(area: Outline, frame: Frame, look: Look, scale: float) -> str:
    halo = f'stroke="{look.paper}" stroke-width="{svg.short(5 * scale)}"'
    edge = f'stroke="{look.ink}" stroke-width="{svg.short(2.4 * scale)}"'
    shape = path(area, frame)
    quiet = 'fill="none" stroke-linejoin="round" pointer-events="none"'
    return f'<path d="{shape}" {quiet} {halo}/><path d="{shape}" {quiet} {edge}/>'


def _inset_border(look: Look, inset: Frame) -> str:
    x, y = inset.left - 3, inset.top - 3
    width, height = inset.width + 6, inset.height + 6
    box = f'x="{svg.short(x)}" y="{svg.short(y)}" width="{svg.short(width)}" height="{svg.short(height)}"'
    return f'<rect {box} fill="none" stroke="{look.hairline}" rx="3"/>'


def _caption(drawn: _Map, apart: Mapping[str, Outline], inset: Frame) -> str:
    name = name_of(next(iter(apart)), drawn.names, drawn.words)
    said = drawn.words("map.inset", name=name).split(", ", 1)
    size = f' font-size="{SMALL_SIZE}"'
    top = inset.top - 8 - (len(said) - 1) * SMALL_SIZE
    lines = [
        svg.text(inset.left - 2, top + index * SMALL_SIZE, text, drawn.look.muted, more=size)
        for index, text in enumerate(said)
    ]
    return "".join(lines)


def _circles(drawn: _Map, ground: _Ground) -> str:
    """Proportional circles, the largest first so that small ones stay on top."""
    areas, parts = ground.areas, []
    for row in sorted((row for row in drawn.rows.values() if row.value), key=lambda row: -(row.value or 0.0)):
        code = row.territory_code
        if code in areas:
            x, y = ground.frame_of(code).at(areas[code].point)
            size = radius(row.value or 0.0, drawn.classes, LARGEST)
            more = f' fill-opacity=".72" stroke="{drawn.look.paper}" stroke-width="1"'
            mark = svg.dot(x, y, size, drawn.look.accent, more, drawn.title(code))
            parts.append(svg.linked(mark, drawn.links.get(code)))
    return "".join(parts)


def _key(drawn: _Map) -> str:
    """Two circles with their values in the empty north-west corner, at the scale of the map whatever its size."""
    parts = []
    for value in legend_values(drawn.classes)[:2]:
        size = radius(value, drawn.classes, LARGEST)
        y = 2 * LARGEST + 4 - 2 * size
        more = f' stroke="{drawn.look.muted}"'
        parts.append(svg.dot(LARGEST + 2, y + size, size, "none", more))
        parts.append(svg.line(LARGEST + 2, y, 2 * LARGEST + 6, y, drawn.look.hairline))
        said = brief(value, drawn.indicator, drawn.words)
        parts.append(svg.text(2 * LARGEST + 8, y + 3.5, said, drawn.look.muted, more=' font-size="10"'))
    return "".join(parts)
