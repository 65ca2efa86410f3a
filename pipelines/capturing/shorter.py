"""Files of a capture that have fewer records than in the capture before it: a download or a copy that broke off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from observatory.errors import ObservatoryError
from pipelines.capturing.captures import Captures, Entry
from pipelines.counting_records import records_in


def shorter_files(store: Captures, source: str, newest: Entry) -> Iterator[str]:
    """One line for each file of a new capture that has fewer records than under its name before.

    Only files that lost bytes are counted. One whose records cannot be counted is not told: what reads its source
    refuses it, or takes it as it is.
    """
    before = next((entry for entry in reversed(store.entries(source)) if entry.sha256 != newest.sha256), None)
    if before is None:
        return
    sizes = {file.name: file.size for file in before.files}
    for name in (file.name for file in newest.files if file.size < sizes.get(file.name, 0)):
        now = _records(store.folder(source, newest) / name)
        then = _records(store.folder(source, before) / name)
        if now is not None and then is not None and now < then:
            yield f"{name} has {now} records, {then} in the capture before it"


def _records(path: Path) -> int | None:
    try:
        return records_in(path)
    except (ObservatoryError, BadZipFile, LookupError, OSError, RuntimeError, TypeError, ValueError):
        return None
