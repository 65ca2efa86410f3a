"""When a target would be reached at the observed pace, against when it falls due."""

from __future__ import annotations

import math

from observatory.editions import reads
from observatory.period import parse_period
from observatory.progress.pace import PaceReason
from observatory.rows.progress import ProgressRow, ReadingRow
from observatory.sentences.opening import of_progress
from observatory.sheets.view import View
from observatory.wording.told import opens

FARTHEST = 100  # years: an arrival beyond it is told as later than that


def is_declared(progress: ProgressRow) -> bool:
    """Whether what is measured from is the target's own baseline."""
    return progress.baseline is not None and progress.baseline_period is not None


def said(view: View, row: ReadingRow, progress: ProgressRow) -> str:
    """When a target is reached at the observed pace, or that it is not and why."""
    w = view.words
    due = w.period(row.target_period or "")
    if row.arrival_reason == PaceReason.MOVING_AWAY:
        since = "baseline" if is_declared(progress) else "first"
        return w(f"court.away_from_{since}", period=w.period(row.base_period or ""))
    if row.arrival is None:
        return w("court.never", reason=w(f"pace.reason.{row.arrival_reason}"))
    farthest = parse_period(row.period or "").year + FARTHEST
    year, shown = year_of(row.arrival), of_progress(progress)
    if year > farthest:
        return w("court.far", year=opens(str(farthest), shown), due=due)
    return w("court.arrives", year=opens(str(year), shown), due=due)


def year_of(moment: float) -> int:
    """The year that a moment on the axis of years ends."""
    return math.ceil(moment) - 1


def late(view: View, progress: ProgressRow) -> str:
    """That a target which is on track would be reached after it falls due; empty where it is not so."""
    if progress.status != "on_track":
        return ""
    found = reads.readings(view.book.edition, progress.indicator_id)
    key = (progress.territory_code, progress.target_id)
    row = next((one for one in found if (one.territory_code, one.target_id) == key), None)
    if row is None or row.arrival is None or row.target_period is None or row.refusal is not None:
        return ""
    year = year_of(row.arrival)
    if year <= parse_period(row.target_period).end.year:
        return ""
    shown = opens(str(year), of_progress(progress))
    return view.words("court.late", year=shown, due=view.words.period(row.target_period))
