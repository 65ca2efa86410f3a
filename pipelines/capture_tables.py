"""Captures, and what became of their records, as rows of the edition's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from observatory.rows.account import AccountRow, CaptureRow, CheckRow
from observatory.rows.catalogue import SourceRow
from pipelines.layout import Layout
from pipelines.read_figures import FigureTable, read_accounts
from pipelines.source_tables import PassedOver, SourceTable, embedded


def capture_rows(origin: SourceTable, table: FigureTable, layout: Layout) -> Iterator[CaptureRow]:
    """What a source's figures came in: a capture, the embedded table, or both."""
    own = embedded(origin.source_id, layout).figures
    path, capture, merged = f"data/figures/{own.name}", origin.capture, origin.merged
    if capture is None:
        yield CaptureRow(origin.source_id, path, table.sha256, table.bytes, table.row_count, origin.kind)
        return
    rows = table.row_count - len(table.kept)
    place = f"data/captures/{origin.source_id}/{capture.folder.name}"
    yield CaptureRow(
        origin.source_id, place, capture.sha256, capture.size, rows, origin.kind, capture.retrieved, capture.address
    )
    if merged is not None:
        rows = len(merged.kept) + merged.superseded + len(merged.withdrawn)
        yield CaptureRow(origin.source_id, path, table.kept_hash, own.stat().st_size, rows, "embedded")


def passed_over_row(item: PassedOver) -> CaptureRow | None:
    """A capture that was not used; None where the lock file itself cannot be read."""
    capture = item.capture
    if capture is None:
        return None
    path = f"data/captures/{item.source_id}/{capture.folder.name}"
    seen = (capture.retrieved, capture.address, item.reason, item.detail)
    return CaptureRow(item.source_id, path, capture.sha256, capture.size, 0, "refused", *seen)


def account_rows(origin: SourceTable, layout: Layout) -> Iterator[AccountRow]:
    """What became of the records of the published files, and of embedded rows beside a capture."""
    name, merged = origin.source_id, origin.merged
    for line in read_accounts(origin.accounts):
        yield AccountRow(name, "file", *line)
    if merged is None:
        return
    for line in read_accounts(embedded(name, layout).accounts) if merged.kept else []:
        yield AccountRow(name, "file_kept", *line)
    for rule, rows in (("superseded", merged.superseded), ("withdrawn", len(merged.withdrawn))):
        if rows:
            yield AccountRow(name, "figures", f"{name}.csv", "excluded", rule, rows)


def capture_checks(origins: Iterable[SourceTable], passed_over: Iterable[PassedOver]) -> Iterator[CheckRow]:
    """Warnings: captures not used or shorter than the one before, embedded figures that a capture no longer carries."""
    for item in passed_over:
        place = f"{item.capture.folder.name}: " if item.capture else ""
        yield CheckRow("captures_read", item.source_id, "warned", f"{item.reason}: {place}{item.detail}")
    for origin in origins:
        if origin.capture and origin.shorter:
            fix = "is the file whole? If not, capture it again"
            detail = f"{origin.capture.folder.name}: {origin.shorter} → {fix}"
            yield CheckRow("captures_shorter", origin.source_id, "warned", detail)
        gone = origin.merged.withdrawn if origin.merged else []
        if gone:
            detail = f"{len(gone)} figures are no longer published, the first: {' '.join(gone[0])}"
            yield CheckRow("captures_withdrawn", origin.source_id, "warned", detail)


def reached(row: SourceRow, origin: SourceTable, table: FigureTable) -> SourceRow:
    """The source with the days its capture brought: a period that ended before it was taken, the publisher's change."""
    capture = origin.capture
    if capture is None or row.nature == "projection":
        return row
    ends = [figure.period.end for figure in table.figures if figure.value is not None]
    cutoff = max([row.cutoff, *(day for day in ends if day <= capture.retrieved)])
    known = [day for day in (row.published, capture.published) if day is not None]
    return row._replace(cutoff=cutoff, published=max(known, default=None))
