"""Where a change of the city comes from: its localities' own rates, the weight of each, events of none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from observatory.charts.parts import Part, parts_bar
from observatory.period import parse_period
from observatory.progress.comparability import newest_run, points
from observatory.quantities import brief
from observatory.rows.catalogue import IndicatorRow
from observatory.rows.observation import TOTAL, Observation
from observatory.sentences.opening import of_row, receipt
from observatory.sheets.indicator import Shown
from observatory.sheets.marks import prose, tag, told
from observatory.sheets.table import table
from observatory.sheets.view import View
from observatory.statistics.decomposition import Contribution, Decomposition, Moment, Published, Ratio, decompose
from observatory.territory import CITY
from observatory.wording.told import joined, opens

MOST = 3  # localities named
SLIGHT = 1e-9  # of the city's rate: rounding


@dataclass(frozen=True)
class Split:
    """A change of the city between two periods, in parts; `missing` localities lack a figure at either end."""

    first: Observation
    last: Observation
    parts: Decomposition
    missing: tuple[str, ...]

    @property
    def elsewhere(self) -> float:
        """What cannot be laid at a locality: events of none, and localities without a figure."""
        return self.parts.unlocated + self.parts.definition


def splits(
    indicator: IndicatorRow, rows: Sequence[Observation], localities: Sequence[str], breaks: Sequence[str] = ()
) -> list[Split]:
    """The last comparable change of the city and the longest one, in parts; empty where localities are not counted.

    Args:
        indicator: a rate or share of counted events.
        rows: totals of the city and its localities, all periods.
        localities: codes of all of them.
        breaks: periods from which the series is not comparable with what came before.
    """
    if indicator.measure not in ("rate", "share") or indicator.nature == "survey":
        return []
    city = [row for row in rows if row.territory_code == CITY and row.numerator is not None]
    run, _ = newest_run(points(city), [parse_period(period).start for period in breaks])
    ends = [(point.start, point.end) for point in run]
    told = sorted((row for row in city if (row.period_start, row.period_end) in ends), key=lambda row: row.period_end)
    if len(told) < 2:
        return []
    pairs = [(told[-2], told[-1])] if len(told) == 2 else [(told[-2], told[-1]), (told[0], told[-1])]
    found = [_split(indicator, rows, first, last, localities) for first, last in pairs]
    return [one for one in found if one is not None]


def _split(
    indicator: IndicatorRow, rows: Sequence[Observation], first: Observation, last: Observation, codes: Sequence[str]
) -> Split | None:
    before, after = (_areas(rows, row.period, codes) for row in (first, last))
    shared = [code for code in codes if code in before and code in after]
    if len(shared) < 2 or first.value is None or last.value is None:
        return None
    moments = [
        Moment({code: areas[code] for code in shared}, _unlocated(row, areas, shared))
        for row, areas in ((first, before), (last, after))
    ]
    parts = decompose(moments[0], moments[1], indicator.per or 1.0, Published(first.value, last.value))
    return Split(first, last, parts, tuple(code for code in codes if code not in shared))


def _areas(rows: Sequence[Observation], period: str, codes: Sequence[str]) -> dict[str, Ratio]:
    return {
        row.territory_code: Ratio(row.numerator, row.denominator)
        for row in rows
        if row.period == period and row.territory_code in codes and row.numerator is not None and row.denominator
    }


def _unlocated(city: Observation, areas: Mapping[str, Ratio], shared: Sequence[str]) -> float:
    return (city.numerator or 0.0) - sum(areas[code].numerator for code in shared)


def decomposition_section(view: View, shown: Shown) -> str:
    """The city's last change and its longest in parts: sentence, table, bars; empty where it cannot be split."""
    breaks = [row.period for row in view.book.breaks_of(shown.indicator.indicator_id)]
    if (shown.place, shown.dim) != (CITY, TOTAL):
        return ""
    found = splits(shown.indicator, shown.all_rows, view.book.localities(), breaks)
    if not found:
        return ""
    w, indicator = view.words, shown.indicator
    newest = found[0]
    bars = parts_bar(*_bars(view, indicator, newest), view.page_look, label=_alt(view, indicator, newest))
    lines = [_intro(view, indicator, newest), *_leaders(view, indicator, newest)]
    said = "".join(told(view, "p", line) for line in lines)
    note = tag("p", w("decomposition.note"), "obs-note")
    return f"<h2>{escape(w('decomposition.title'))}</h2>{said}{bars}{_table(view, indicator, found)}{note}"


def _signed(view: View, indicator: IndicatorRow, value: float) -> str:
    return view.words.signed(value * indicator.factor, indicator.decimals + 1)


def _named_parts(view: View, split: Split) -> list[tuple[str, float]]:
    w = view.words
    found = [(w("decomposition.within"), split.parts.within), (w("decomposition.shift"), split.parts.shift)]
    if split.missing:
        places = ", ".join(view.name(code) for code in split.missing)
        return [*found, (w("decomposition.left", places=places), split.elsewhere)]
    is_slight = abs(split.elsewhere) <= SLIGHT * max(abs(split.parts.start), abs(split.parts.end))
    return found if is_slight else [*found, (w("decomposition.unlocated"), split.elsewhere)]


def _bars(view: View, indicator: IndicatorRow, split: Split) -> tuple[list[Part], Part]:
    parts = [Part(name, value, _signed(view, indicator, value)) for name, value in _named_parts(view, split)]
    total = split.parts.total
    return parts, Part(view.words("decomposition.total"), total, _signed(view, indicator, total))


def _alt(view: View, indicator: IndicatorRow, split: Split) -> str:
    parts, total = _bars(view, indicator, split)
    return view.words("decomposition.bar", parts="; ".join(f"{part.name} {part.said}" for part in [*parts, total]))


def _intro(view: View, indicator: IndicatorRow, split: Split) -> str:
    w = view.words
    said = w(
        "decomposition.intro",
        first=w.period(split.first.period),
        last=w.period(split.last.period),
        start=opens(brief(split.parts.start, indicator, w), of_row(split.first)),
        end=opens(brief(split.parts.end, indicator, w), of_row(split.last)),
        total=opens(_signed(view, indicator, split.parts.total), of_row(split.last)),
        unit=indicator.symbol(view.lang),
    )
    return said.rstrip(". ") + "."


def _leaders(view: View, indicator: IndicatorRow, split: Split) -> list[str]:
    """The localities that raised the city's rate most, and those that lowered it most."""
    w = view.words
    ordered = sorted(split.parts.areas, key=lambda area: (-_weight(area), area.code))
    sides = {"up": ordered, "down": ordered[::-1]}
    lines = []
    for key, areas in sides.items():
        named = [area for area in areas[:MOST] if (_weight(area) > 0) == (key == "up") and _weight(area)]
        said = []
        for area in named:
            shown = receipt(indicator.indicator_id, area.code, split.last.period)
            value = opens(_signed(view, indicator, _weight(area)), shown)
            said.append(w("decomposition.place", place=view.name(area.code), value=value))
        if said:
            lines.append(w(f"decomposition.{key}", places=joined(", ", said)))
    return lines


def _weight(area: Contribution) -> float:
    return area.within + area.shift


def _table(view: View, indicator: IndicatorRow, found: Sequence[Split]) -> str:
    """Parts of each change, one column a change; names of the parts are those of the change with most of them."""
    w = view.words
    names = max((dict(_named_parts(view, split)) for split in found), key=len)
    columns = [{**dict.fromkeys(names, 0.0), **dict(_named_parts(view, split))} for split in found]

    def shown(split: Split, value: float) -> str:
        return opens(_signed(view, indicator, value), of_row(split.last))

    rows = [
        [
            escape(name),
            *(prose(view, shown(one, column.get(name, 0.0))) for one, column in zip(found, columns, strict=True)),
        ]
        for name in names
    ]
    total = [told(view, "strong", shown(split, split.parts.total)) for split in found]
    rows.append([tag("strong", w("decomposition.total")), *total])
    spans = [f"{w.period(split.first.period)} → {w.period(split.last.period)}" for split in found]
    caption = w("decomposition.caption", unit=indicator.unit(view.lang))
    return table(caption, [w("decomposition.part"), *spans], rows, numeric=frozenset({1, 2}), css="obs-parts")
