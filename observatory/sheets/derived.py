"""What is computed with one number, worked out: its change, how far from its target it is, the pace, its part in it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from observatory.editions import reads
from observatory.period import parse_period
from observatory.progress.path import decimal_year
from observatory.quantities import number
from observatory.rows.observation import TOTAL, Observation
from observatory.rows.progress import ProgressRow
from observatory.sentences.finding import comparable_before, is_broken
from observatory.sheets.court import read_court, words_of_pace
from observatory.sheets.decomposition import Split, splits
from observatory.sheets.indicator import read
from observatory.sheets.receipt_rows import Receipt
from observatory.sheets.view import View
from observatory.territory import CITY


def derived(view: View, receipt: Receipt) -> str:
    """Every difference, gap and pace that pages tell of the number, as a line of arithmetic; empty without any."""
    if receipt.row.value is None:
        return ""
    lines = [*_change(view, receipt), *_aimed(view, receipt), *_part(view, receipt)]
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in lines)
    return f'<dl class="obs-facts">{told}</dl>' if lines else ""


def _said(view: View, receipt: Receipt, value: float) -> str:
    return number(value, receipt.indicator, view.words, extra=2)


def _change(view: View, receipt: Receipt) -> Iterator[tuple[str, str]]:
    """Against the value before that may be compared with it."""
    w, row, one = view.words, receipt.row, receipt.row.indicator_id
    series = reads.series(view.book.edition, one, [row.territory_code], row.disaggregation)
    before = comparable_before(row, series)
    if before is None or before.value is None or row.value is None or is_broken(before, row, view.book.breaks_of(one)):
        return
    ends = {"now": _said(view, receipt, row.value), "before": _said(view, receipt, before.value)}
    step = words_of_pace(view, receipt.indicator, row.value - before.value)
    yield w("receipt.change", period=w.period(before.period)), w("receipt.difference", step=step, **ends)


def _aimed(view: View, receipt: Receipt) -> Iterator[tuple[str, str]]:
    """How far the number is from each target, and the pace that is left for it."""
    row = receipt.row
    if row.disaggregation != TOTAL:
        return
    court = read_court(view, row.indicator_id)
    for progress in reads.progress(view.book.edition, row.indicator_id):
        if (progress.territory_code, progress.period) != (row.territory_code, row.period) or not progress.target_id:
            continue
        yield from _gap(view, receipt, progress)
        reading = court.readings.get((progress.territory_code, progress.target_id))
        if reading is None or reading.needed is None or reading.value is None or reading.target is None:
            continue
        w, due = view.words, reading.target_period or ""
        years = decimal_year(parse_period(due).end) - decimal_year(parse_period(reading.period or "").end)
        ends = {"target": _said(view, receipt, reading.target), "now": _said(view, receipt, reading.value)}
        pace = words_of_pace(view, receipt.indicator, reading.needed)
        yield (
            w("receipt.pace", due=w.period(due)),
            w("receipt.pace_worked", years=w.number(years, 1), pace=pace, **ends),
        )


def _gap(view: View, receipt: Receipt, progress: ProgressRow) -> Iterator[tuple[str, str]]:
    w = view.words
    asked = progress.expected if progress.expected is not None else progress.target
    if asked is None or progress.value is None or progress.status == "not_assessed":
        return
    key = "receipt.gap_expected" if progress.expected is not None else "receipt.gap"
    ends = {"now": _said(view, receipt, progress.value), "before": _said(view, receipt, asked)}
    step = words_of_pace(view, receipt.indicator, progress.value - asked)
    yield w(key), w("receipt.difference", step=step, **ends)


def _part(view: View, receipt: Receipt) -> Iterator[tuple[str, str]]:
    """What a locality adds to each change of the city that ends with this number, or what the city's is made of."""
    row, indicator = receipt.row, receipt.indicator
    if row.disaggregation != TOTAL or "locality" not in indicator.levels or row.numerator is None:
        return
    rows = read(view, indicator, CITY).all_rows
    breaks = [one.period for one in view.book.breaks_of(row.indicator_id)]
    for split in splits(indicator, rows, view.book.localities(), breaks):
        if split.last.period == row.period:
            yield from _of_split(view, receipt, split, rows)


def _of_split(view: View, receipt: Receipt, split: Split, rows: list[Observation]) -> Iterator[tuple[str, str]]:
    w, indicator, code = view.words, receipt.indicator, receipt.row.territory_code

    def signed(value: float) -> str:
        return w.signed(value * indicator.factor, indicator.decimals + 1)

    name = w("receipt.part_of", first=w.period(split.first.period), last=w.period(split.last.period))
    if code == CITY:
        parts = {"within": signed(split.parts.within), "shift": signed(split.parts.shift)}
        rest, total = signed(split.elsewhere), signed(split.parts.total)
        yield name, w("receipt.part_city", rest=rest, total=total, **parts)
        return
    area = next((one for one in split.parts.areas if one.code == code), None)
    if area is None:
        return
    codes = {one.code for one in split.parts.areas}
    told: dict[str, str] = {}
    for end, period in (("before", split.first.period), ("now", split.last.period)):
        people = {one.territory_code: one.denominator or 0.0 for one in rows if one.period == period}
        events = {one.territory_code: one.numerator or 0.0 for one in rows if one.period == period}
        rate = events[code] / people[code] * (indicator.per or 1.0)
        told[f"rate_{end}"] = _said(view, receipt, rate)
        told[f"weight_{end}"] = w.percent(people[code] / sum(people[one] for one in codes), 2)
    parts = {"within": signed(area.within), "shift": signed(area.shift), "total": signed(area.within + area.shift)}
    yield name, w("receipt.part_locality", **told, **parts)
