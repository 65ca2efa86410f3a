"""The milestones of a target of the catalogue as text."""

from __future__ import annotations

from collections.abc import Sequence

from observatory.quantities import quantity
from observatory.rows.catalogue import IndicatorRow, TargetRow
from observatory.sentences.promise import change, unknown_level
from observatory.sheets.view import View


def milestones_text(view: View, rows: Sequence[TargetRow], indicator: IndicatorRow | None = None) -> str:
    """`11 (2025); 8 (2027)`, in the unit of the indicator that is held against it where one is given.

    Changes in percent say what they count from, or that it is not known: `2024: 20 % lower than in 2019 (from …)`.
    """
    w, first = view.words, rows[0]
    parts = []
    for row in rows:
        period = w.period(row.period) if row.period else "" if indicator is None else w("working.in_force")
        form = f"{period}: {{}}" if row.kind == "percent_change" else f"{{}} ({period})"
        parts.append((form if period else "{}").format(_value(view, row, indicator)))
    if first.kind == "percent_change" and any(row.value is not None for row in rows):
        parts.append(unknown_level(first.baseline_value, first.baseline_period, w))
    return "; ".join(filter(None, parts))


def _value(view: View, row: TargetRow, indicator: IndicatorRow | None) -> str:
    w = view.words
    if row.value is None:
        return (row.text_en if view.lang == "en" else row.text_es) or w("working.no_number")
    if row.kind == "percent_change":
        return change(row.value, row.baseline_value, row.baseline_period, w)
    if indicator is not None:
        return quantity(row.value, indicator, w)
    if "%" in row.unit_es:
        return w.percent(row.value, 0 if round(row.value * 100, 6).is_integer() else 1)
    return w.number(row.value, 0 if float(row.value).is_integer() else 2)
