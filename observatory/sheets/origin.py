"""What the figures of a source were taken from: a capture, the figures embedded in the repository, or both."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from observatory.rows.account import AccountRow, CaptureRow
from observatory.sheets.accounting import CameIn
from observatory.sheets.marks import heading, tag
from observatory.sheets.table import folded
from observatory.sheets.view import View


def origin_html(view: View, came: CameIn) -> str:
    """Sentences on what is used and what was passed over."""
    w, captures = view.words, came.captures
    said = [_used(view, row) for row in captures if row.kind in ("capture", "declared")]
    own = next((row for row in captures if row.kind == "embedded"), None)
    if own is not None:
        embedded = escape(w("capture.embedded", path=own.path, rows=w.number(own.rows)))
        said += _beside(view, own, came.accounts) if said else [embedded]
    parts = [heading(3, w("capture.title")), *(f"<p>{text}</p>" for text in said)]
    parts += [_refused(view, row) for row in captures if row.kind == "refused"]
    parts += [tag("p", w("capture.lock_damaged"), "obs-note")] if came.locked else []
    return "".join(parts)


def _used(view: View, row: CaptureRow) -> str:
    w = view.words
    key = "capture.captured" if row.kind == "capture" else "capture.declared"
    day = w.date(row.retrieved) if row.retrieved else ""
    told = escape(w(key, day=day, place=row.taken_from or row.path, rows=w.number(row.rows)))
    return f'{told} <code class="obs-hash">{escape(row.sha256[:16])}</code>'


def _beside(view: View, own: CaptureRow, accounts: Sequence[AccountRow]) -> list[str]:
    """What of the embedded table stays, what the capture replaced and what is gone."""
    w = view.words
    gone = {row.rule: row.rows for row in accounts if row.rule in ("superseded", "withdrawn")}
    superseded, withdrawn = gone.get("superseded", 0), gone.get("withdrawn", 0)
    kept = own.rows - superseded - withdrawn
    key = "capture.beside" if kept else "capture.replaced"
    said = [escape(w(key, kept=w.number(kept), superseded=w.number(superseded)))]
    return said + ([escape(w("capture.withdrawn", n=w.number(withdrawn)))] if withdrawn else [])


def _refused(view: View, row: CaptureRow) -> str:
    w = view.words
    day = w.date(row.retrieved) if row.retrieved else ""
    told = w("capture.refused", day=day, reason=w(f"capture.reason.{row.reason}"))
    found = f'<code lang="en">{escape(row.detail or "")}</code>'
    return tag("p", told, "obs-note") + folded(w("capture.finding"), found)
