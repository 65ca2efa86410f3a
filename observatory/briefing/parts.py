"""What a briefing is made of before it is HTML, PDF or slides: chapters of numbers, pictures, tables and sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from observatory.briefing.agenda import Item
from observatory.look import Look
from observatory.maps.legend import Entry
from observatory.rows.catalogue import IndicatorRow, SourceRow
from observatory.rows.observation import Observation
from observatory.rows.progress import ProjectionRow
from observatory.sheets.cells import Grid
from observatory.sheets.view import View


class Mark(NamedTuple):
    """A status with its word."""

    status: str
    word: str


class Key(NamedTuple):
    """The number of a chapter: value and unit, when and with which flags, how it stands."""

    value: str
    unit: str
    note: str
    marks: Sequence[Mark]
    more: Sequence[str]  # the target in words, and whether it is announced
    href: str = ""  # what the number opens: its receipt


class Tile(NamedTuple):
    """A count with its word; `status` is empty where it has no shape."""

    number: str
    word: str
    status: str


class Line(NamedTuple):
    """A series of a native line chart: one value per category, None where there is none."""

    name: str
    values: Sequence[float | None]
    role: str  # place · city · target · announced · other · projection · interval
    is_labelled: bool = False  # at its last value


class Lines(NamedTuple):
    """A native line chart."""

    categories: Sequence[str]
    lines: Sequence[Line]
    form: str  # of the numbers, as spreadsheets write it
    ticks: Sequence[float]  # of the value axis, from its first to its last
    tick_form: str
    is_joined: bool = False  # lines run on over empty categories: a path of milestones some years apart


class Bars(NamedTuple):
    """A native bar chart, the first category on top; `chosen` are drawn in accent, `city` in ink."""

    name: str
    categories: Sequence[str]
    values: Sequence[float | None]
    lower: Sequence[float | None]
    upper: Sequence[float | None]
    chosen: frozenset[int]
    city: frozenset[int]
    form: str
    longest: float = 0.0  # of the value axis: the intervals have room, but for those far wider than any bar
    said: Sequence[str] = ()  # each value in the words of the screen


class Points(NamedTuple):
    """A native scatter chart."""

    names: Sequence[str]
    xs: Sequence[float]
    ys: Sequence[float]
    across: str
    upward: str
    chosen: frozenset[int]
    forms: tuple[str, str]  # across, upward


class Area(NamedTuple):
    """One area of a native map: its rings in shares of the map's width, its fill, what it says."""

    name: str
    rings: Sequence[Sequence[tuple[float, float]]]
    fill: str
    said: str
    is_chosen: bool = False


class Areas(NamedTuple):
    """A native map: height as a share of its width, areas, and its classes as (fill, words)."""

    height: float
    areas: Sequence[Area]
    classes: Sequence[tuple[str, str]]


Native = Lines | Bars | Points | Areas
Draw = Callable[[Look, float], str]  # look and width in pixels → SVG


@dataclass(frozen=True)
class Picture:
    """A figure that every output draws: as SVG, or as a chart of its own kind with the same values."""

    draw: Draw
    alt: str
    native: Sequence[Native]  # charts and shapes of an office program; none where it is an ornament
    shape: str  # wide: drawn for a width · fluid: keeps its text size at any width · tall · small
    legend: Callable[[Look], list[Entry]] | None = None  # classes of a map
    title: str = ""  # said above it where a chapter has several
    projected: Sequence[Draw] = ()  # for a projector: words large and few, in as many parts as it needs
    aside: str = ""  # words that the drawing for a projector leaves to what stands beside it


@dataclass(frozen=True)
class Dataset:
    """Observations behind a chapter."""

    indicator: IndicatorRow
    rows: Sequence[Observation]
    projections: Sequence[ProjectionRow] = ()


class Stated(NamedTuple):
    """One row of a plan's data: what is promised, reported or measured of one result, product or target.

    `kind`: baseline · target · reference · reported · measured · progress · pending. `said` is the text of a cell that
    is no number, `value` a number in `unit` (percent are percent).
    """

    kind: str
    code: str
    name: str
    territory_code: str
    territory: str
    period: str = ""
    value: float | None = None
    unit: str = ""
    said: str = ""
    status: str = ""
    reason: str = ""
    plan: str = ""
    source: str = ""


@dataclass(frozen=True)
class Chapter:
    """One view. `tables` are the twins of the pictures, or the content itself."""

    item: Item
    title: str
    lead: str
    link: str
    key: Key | None = None
    tiles: Sequence[Tile] = ()
    sayings: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Grid] = ()
    notes: Sequence[str] = ()
    sources: Sequence[str] = ()
    data: Sequence[Dataset] = ()
    stated: Sequence[Stated] = ()  # the rows of a plan behind a chapter
    has_tables_apart: bool = False  # each table tells something else; otherwise they tell the same of other groups

    @property
    def has_twins(self) -> bool:
        """Whether the tables repeat what the pictures show."""
        return any(picture.native for picture in self.pictures) and not self.has_tables_apart


@dataclass(frozen=True)
class Briefing:
    """A whole briefing: the view it is told by (language, edition), title, day, chapters, sources, its own link."""

    view: View
    title: str
    day: dt.date
    chapters: Sequence[Chapter]
    sources: Sequence[SourceRow]
    link: str
