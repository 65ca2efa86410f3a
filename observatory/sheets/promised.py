"""The milestones of a target of the catalogue as text."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.quantities import brief, quantity
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.sentences.opening import promised
from observatory.sentences.promise import change, unknown_level
from observatory.sheets.view import View
from observatory.wording.told import filled, joined, opens


def milestones_text(view: View, rows: Sequence[TargetRow], indicator: IndicatorRow | None = None) -> str:
    """`11 (2025); 8 (2026–2027)`, in the unit of the indicator that is held against it where one is given.

    Changes in percent say what they count from, or that it is not known: `2024: 20 % lower than in 2019 (from …)`.
    """
    w, first = view.words, rows[0]
    parts: list[str] = []
    for row, *later in _runs(rows):
        value = opens(_value(view, row, indicator, is_first=not parts), promised(row))
        period = w.period(row.period) if row.period else "" if indicator is None else w("working.in_force")
        period = f"{period}–{later[-1].period}" if later else period
        form = f"{period}: {{value}}" if row.kind == "percent_change" else f"{{value}} ({period})"
        parts.append(filled(form if period else "{value}", {"value": value}))
    if first.kind == "percent_change" and any(row.value is not None for row in rows):
        parts.append(unknown_level(first.baseline_value, first.baseline_period, w))
    return joined("; ", [part for part in parts if part])


def _runs(rows: Sequence[TargetRow]) -> list[list[TargetRow]]:
    """Milestones that ask for the same value year after year, together."""
    runs: list[list[TargetRow]] = []
    for row in rows:
        if runs and _goes_on(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _goes_on(before: TargetRow, row: TargetRow) -> bool:
    one, other = before.period or "", row.period or ""
    is_next = one.isdigit() and other.isdigit() and int(other) == int(one) + 1
    is_level = row.value is not None and row.kind != "percent_change"
    return is_next and is_level and (row.kind, row.value) == (before.kind, before.value)


def _value(view: View, row: TargetRow, indicator: IndicatorRow | None, *, is_first: bool) -> str:
    """A milestone's value; the unit stands at the first, the sign of per cent at each."""
    w = view.words
    if row.value is None:
        return (row.text_en if view.lang == "en" else row.text_es) or w("working.no_number")
    if row.kind == "percent_change":
        return change(row.value, row.baseline_value, row.baseline_period, w)
    if indicator is not None:
        return (quantity if is_first else brief)(row.value, indicator, w)
    if "%" in row.unit_es:
        return w.percent(row.value, 0 if round(row.value * 100, 6).is_integer() else 1)
    return w.number(row.value, 0 if float(row.value).is_integer() else 2)
